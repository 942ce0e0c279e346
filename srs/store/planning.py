"""The plan's aim, from the settings, the person's pace and the weights in the collection.

`srs due` waits for this module; what only a date needs is imported once there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.schedule.clock import Moment
from srs.schedule.plan import Aim, Pace, cards_within
from srs.store.queue import STORY_NOTES, Execute, totals
from srs.store.settings import Settings

if TYPE_CHECKING:
    from srs.schedule.simulation import CardColumns, Course, Topics

NEWEST_WEIGHTS = """
SELECT parameters FROM weights ORDER BY created_ms DESC, id DESC LIMIT 1
"""
# A card's answers of one day together are the time it took; apart those of its first day.
PACE = """
SELECT first_day, SUM(ms), COUNT(*) FROM (
    SELECT SUM(duration_ms) AS ms, NOT EXISTS (
        SELECT 1 FROM review earlier
        WHERE earlier.card_id = newest.card_id AND earlier.study_day < newest.study_day
    ) AS first_day
    FROM (
        SELECT card_id, study_day, duration_ms FROM review WHERE kind <> 'rehearsal'
        ORDER BY id DESC LIMIT :answers) newest
    GROUP BY card_id, study_day) asked
GROUP BY first_day
"""
COLUMNS = f"""
SELECT stability, difficulty, fsrs_day, due_day, reps, topic_id FROM card
WHERE NOT retired AND NOT suspended
AND deck_id IN (SELECT id FROM deck WHERE enabled AND NOT retired)
AND note_id NOT IN {STORY_NOTES} ORDER BY uid
"""
# how many cards the newest study days asked, and how many of those days there were
HABIT = """
SELECT COUNT(*), COUNT(DISTINCT study_day) FROM (
    SELECT DISTINCT study_day, card_id FROM (
        SELECT study_day, card_id FROM review
        WHERE study_day BETWEEN :since AND :until AND kind <> 'rehearsal'
        ORDER BY study_day DESC, ms DESC LIMIT :answers) newest) asked
"""
HABIT_DAYS, HABIT_ANSWERS = 14, 5_000
# A day is looked up, as counting distinct ones would go through all answers.
STUDIED = """
WITH RECURSIVE span (day) AS (
    SELECT :since UNION ALL SELECT day + 1 FROM span WHERE day < :until)
SELECT (SELECT MIN(study_day) FROM review), COUNT(*) FROM span
WHERE EXISTS (SELECT 1 FROM review WHERE study_day = span.day)
"""
STEADY_DAYS, FEWEST_DAYS = 28, 7
DEFAULT_MINUTES = 30
NEWEST_ANSWERS = 300
ENOUGH_CARDS = 20
# twenty seconds an answer, of which a new card takes two or three
DEFAULT_PACE = Pace(new_ms=50_000, seen_ms=20_000)


def day_of(iso_date: str) -> int:
    """Return the study day that bears an ISO date."""
    from datetime import date

    return date.fromisoformat(iso_date).toordinal() - date(1970, 1, 1).toordinal()


def read_aim(execute: Execute, settings: Settings, now: Moment) -> Aim | None:
    """Return what the plan aims at, None where no interview lies ahead.

    A day may take as many cards as the settings allow new ones and reviews together, and no more
    than fit into its minutes. Where the person has not said how many minutes, it is half an hour,
    or as many cards as they have been studying a day if that is more.
    """
    if settings.interview_date is None:
        return None
    day = day_of(settings.interview_date)
    if day <= now.study_day:
        return None
    import json

    limits = settings.scheduling
    cards_per_day = limits.new_per_day + limits.reviews_per_day
    minutes = settings.minutes_per_day or DEFAULT_MINUTES
    cards, unseen = totals(execute)
    days_left = day - now.study_day
    fitting = cards_within(
        minutes, read_pace(execute), cards=cards, unseen=unseen, days_left=days_left
    )
    if settings.minutes_per_day is None:
        fitting = max(fitting, _habit(execute, now))
    cards_per_day = min(cards_per_day, fitting)
    ((parameters,),) = execute(NEWEST_WEIGHTS, {})
    return Aim(day, cards_per_day, tuple(json.loads(parameters)))


def read_course(execute: Execute, settings: Settings, now: Moment) -> Course | None:
    """Return the days until the interview as the plan fills them, None where none lies ahead.

    The person is expected to study on as many of them as lately.
    """
    from srs.schedule.simulation import Course

    aim = read_aim(execute, settings, now)
    if aim is None:
        return None
    limits = settings.scheduling
    return Course(
        aim.day - now.study_day,
        aim.cards_per_day,
        limits.new_per_day,
        aim.weights,
        limits.desired_retention,
        studied=_studied(execute, now),
    )


def _studied(execute: Execute, now: Moment) -> float:
    """Return the share of the last four weeks' days before today that had a sitting.

    Somebody who began later is judged by the days since; who began within a week, or has not
    studied for four, is taken at the word that they will every day.
    """
    span = {"since": now.study_day - STEADY_DAYS, "until": now.study_day - 1}
    ((first, studied),) = execute(STUDIED, span)
    days = 0 if first is None else now.study_day - max(first, span["since"])
    return studied / days if studied and days >= FEWEST_DAYS else 1.0


def _habit(execute: Execute, now: Moment) -> int:
    """Return the mean number of cards of the last two weeks' study days before today."""
    span = {"since": now.study_day - HABIT_DAYS, "until": now.study_day - 1}
    ((cards, days),) = execute(HABIT, {**span, "answers": HABIT_ANSWERS})
    return -(-cards // days) if days else 0


def read_pace(execute: Execute) -> Pace:
    """Return how long cards take, by the newest answers, each sort once there are enough of it."""
    own = {
        bool(first_day): spent_ms / cards
        for first_day, spent_ms, cards in execute(PACE, {"answers": NEWEST_ANSWERS})
        if cards >= ENOUGH_CARDS and spent_ms
    }
    return Pace(own.get(True, DEFAULT_PACE.new_ms), own.get(False, DEFAULT_PACE.seen_ms))


def read_columns(execute: Execute, now: Moment, most: int) -> tuple[CardColumns, Topics, int]:
    """Return up to `most` of the cards that can be asked, evenly chosen, and how many there are.

    With the cards come their topics and what the newest answers tell of them.
    """
    from srs.schedule.observed import Evidence
    from srs.schedule.simulation import CardColumns, Topics
    from srs.store.ranking import told_of_topics

    rows = list(execute(COLUMNS, {}))
    step = max(1, -(-len(rows) // most))
    columns = zip(*rows[::step], strict=True) if rows else ((),) * 6
    stability, difficulty, last, due, reps, topic = columns
    told = told_of_topics(execute)
    places = {id_: place for place, id_ in enumerate({*topic, *told})}
    shown = [told.get(id_, Evidence()) for id_ in places]
    return (
        CardColumns(
            [value or 0.0 for value in stability],
            [value or 0.0 for value in difficulty],
            [0 if day is None else day - now.study_day for day in last],
            [0 if day is None else day - now.study_day for day in due],
            reps,
        ),
        Topics(
            [places[id_] for id_ in topic],
            [each.residual for each in shown],
            [each.information for each in shown],
        ),
        len(rows),
    )
