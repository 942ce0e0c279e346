"""Seen cards in the order of what a review today does for the date of the interview.

Only a queue with a date ahead imports this module, and only one with cards to weigh numpy.
"""

from __future__ import annotations

from srs.schedule.clock import Moment
from srs.schedule.days import SAME_SITTING_MS
from srs.schedule.observed import Evidence, mean_offset, offset
from srs.schedule.plan import Aim, SlotPrice, least_worth
from srs.schedule.queue import Candidate
from srs.store.queue import LIVE, NOT_VOIDED, Execute, Scope

# The worth of a review is worked out for those that will have faded most by the day; of up to so
# many cards that is all of them. The interval stands for the stability's share of the wait, so
# that the due day gives the order that the last answer's day would.
WEIGHED_CARDS = 2_000
SEEN = f"""
SELECT id, note_id, topic_id, due_day <= :study_day, uid, stability, difficulty,
    fsrs_day, reps FROM card
WHERE state = 2 AND fsrs_day < :study_day AND answered_ms <= :rested_ms AND {LIVE}{{scope}}
ORDER BY (due_day - :aim_day) / stability, uid
LIMIT :most
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
    execute: Execute, aim: Aim, now: Moment, scope: Scope, *, cards: int, unseen: int
) -> list[Candidate]:
    """Return the seen cards by what a review today does for the date, the best first.

    Those that are not due are among them where it does enough. `cards` is how many there are in
    all and `unseen` how many of them were never asked, whatever the scope.
    """
    values = {
        "study_day": now.study_day,
        "rested_ms": now.ms - SAME_SITTING_MS,
        "aim_day": aim.day,
        "most": WEIGHED_CARDS,
        **scope.parameters,
    }
    rows = list(execute(SEEN.format(scope=scope.condition), values))
    if not rows:
        return []
    import numpy as np

    from srs.schedule.lookahead import look_ahead
    from srs.schedule.memory_arrays import Memories

    ids, notes, topics, due, uids, stability, difficulty, fsrs_days, reps = zip(*rows, strict=True)
    told = told_of_topics(execute)
    whole = Evidence(*map(sum, zip(*told.values(), strict=True))) if told else Evidence()
    shown = {topic: offset(told.get(topic, Evidence()), whole) for topic in set(topics)}
    days_left = aim.day - now.study_day
    answers = (cards - unseen) * sum(reps) / len(reps)
    mean = mean_offset(whole)
    price = SlotPrice.of(cards, aim.cards_per_day, days_left, answers, mean)
    worth = look_ahead(tuple(aim.weights), days_left, price).worth(
        Memories(np.array(stability), np.array(difficulty)),
        now.study_day - np.array(fsrs_days),
        days_left,
        np.array([shown[topic] for topic in topics]),
    )
    weighed = [
        (-value, uid, Candidate(id_, note, topic, early=not is_due))
        for value, uid, id_, note, topic, is_due in zip(
            worth.tolist(), uids, ids, notes, topics, due, strict=True
        )
        if is_due or value > least_worth(shown[topic], mean)
    ]
    return [card for _, _, card in sorted(weighed)]
