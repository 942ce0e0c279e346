"""Seen cards in the order of what a review today does for the date of the interview.

Only a queue with a date ahead imports this module.
"""

from __future__ import annotations

from srs.schedule.backlog import ORDER_SQL
from srs.schedule.clock import Moment
from srs.schedule.days import SAME_SITTING_MS
from srs.schedule.observed import Evidence, offset
from srs.schedule.outlook import gain, worth
from srs.schedule.plan import LEAST_GAIN, Aim, DayPlan
from srs.schedule.queue import Candidate
from srs.store.queue import LIVE, NOT_VOIDED, Execute, Scope

# The worth of a review is worked out for those that will have faded most by the day; of up to so
# many cards that is all of them. The interval stands for the stability's share of the wait, so
# that the due day gives the order that the last answer's day would.
WEIGHED_CARDS = 2_000
SEEN = f"""
SELECT id, note_id, topic_id, due_day <= :study_day, uid, stability, difficulty,
    fsrs_day FROM card
WHERE state = 2 AND fsrs_day < :study_day AND answered_ms <= :rested_ms AND {LIVE}{{scope}}
ORDER BY (due_day - :aim_day) / stability, uid
LIMIT :most
"""
# Before the last days it is weighed for the due ones, of a backlog for the first.
WEIGHED_DUE = 1_000
DUE = f"""
SELECT card.id, card.note_id, card.topic_id, 1, card.uid, stability, difficulty, fsrs_day
FROM (
    SELECT id FROM card WHERE state = 2 AND due_day <= :study_day AND {LIVE}{{scope}}
    ORDER BY {ORDER_SQL}, uid LIMIT :most) due
JOIN card ON card.id = due.id
WHERE fsrs_day < :study_day AND answered_ms <= :rested_ms
"""
# What the newest answers tell of each topic (srs.schedule.observed).
TOLD_BY = 2_000
TOLD = f"""
SELECT card.topic_id, SUM(CASE WHEN answer.rating > 1 THEN 1 ELSE 0 END - answer.predicted),
    SUM(answer.predicted * (1 - answer.predicted)) FROM (
    SELECT card_id, rating, predicted FROM review
    WHERE predicted IS NOT NULL AND kind <> 'rehearsal' AND {NOT_VOIDED.format("review")}
    ORDER BY id DESC LIMIT :answers) answer
JOIN card ON card.id = answer.card_id GROUP BY card.topic_id
"""


def told_of_topics(execute: Execute) -> dict[int, Evidence]:
    """Return what the newest answers tell of the topics they were about, by topic id."""
    return {id_: Evidence(*sums) for id_, *sums in execute(TOLD, {"answers": TOLD_BY})}


def best_first(
    execute: Execute, aim: Aim, now: Moment, scope: Scope, plan: DayPlan, room: int
) -> list[Candidate]:
    """Return the seen cards by what a review today does for the date, the best first.

    In the last days those are all it does enough for, before that the due ones, and none of them
    when the day has room for all.
    """
    values = {
        "study_day": now.study_day,
        "rested_ms": now.ms - SAME_SITTING_MS,
        "aim_day": aim.day,
        "most": WEIGHED_CARDS if plan.by_worth else WEIGHED_DUE,
        **scope.parameters,
    }
    statement = SEEN if plan.by_worth else DUE
    rows = list(execute(statement.format(scope=scope.condition), values))
    if not plan.by_worth and len(rows) <= room:
        return []
    told = told_of_topics(execute)
    whole = Evidence(*map(sum, zip(*told.values(), strict=True))) if told else Evidence()
    weighed = []
    for card_id, note_id, topic_id, is_due, uid, stability, difficulty, fsrs_day in rows:
        memory = (stability, difficulty, now.study_day - fsrs_day, aim.day - now.study_day)
        shown = offset(told.get(topic_id, Evidence()), whole)
        gained = gain(*memory, aim.weights, shown)
        if plan.by_worth and gained <= LEAST_GAIN:
            continue
        key = worth(*memory, aim.weights, shown, plan.eve_share) if plan.by_worth else gained
        weighed.append((-key, uid, Candidate(card_id, note_id, topic_id, early=not is_due)))
    return [card for _, _, card in sorted(weighed)]
