"""Reading the study day's queue out of the collection.

The statements are portable SQL with named parameters and run through any `Execute`: the full
program gives SQLAlchemy's, `srs due` gives the driver's own, so both see the same queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, starmap
from typing import Any, NamedTuple

from srs.errors import SrsError
from srs.schedule.backlog import ORDER_SQL
from srs.schedule.clock import Moment
from srs.schedule.plan import Aim, plan_day
from srs.schedule.queue import Candidate, Chosen, TopicSupply, interleave, take
from srs.schedule.settings import SchedulingSettings

Execute = Callable[[str, Mapping[str, Any]], Iterable[Any]]

NOT_VOIDED = "NOT EXISTS (SELECT 1 FROM event v WHERE v.target = {0}.uid AND v.kind = 'void')"
ASKABLE = (
    "NOT retired AND NOT suspended AND (buried_until IS NULL OR buried_until <= :study_day) "
    "AND deck_id IN (SELECT id FROM deck WHERE enabled AND NOT retired)"
)
# Prompts to speak about take minutes each: they are rehearsed (srs.store.prompts), never asked
# among the cards.
STORY_NOTES = "(SELECT id FROM note WHERE kind = 'story')"
LIVE = f"{ASKABLE} AND note_id NOT IN {STORY_NOTES}"
IN_TOPIC = (
    " AND topic_id IN (SELECT id FROM topic WHERE path = :topic "
    "OR SUBSTR(path, 1, LENGTH(:topic) + 1) = :topic || '/')"
)
IN_DECK = " AND deck_id IN (SELECT id FROM deck WHERE name = :deck)"

ANSWERED_TODAY = f"""
SELECT today.card_id, today.note_id, COALESCE((
    SELECT e.state FROM review e
    WHERE e.card_id = today.card_id AND e.study_day < :study_day AND e.scheduled
    AND {NOT_VOIDED.format("e")}
    ORDER BY e.ms DESC, e.uid DESC LIMIT 1), (
    SELECT 2 FROM event s
    WHERE s.card_id = today.card_id AND s.kind = 'start' AND {NOT_VOIDED.format("s")} LIMIT 1))
FROM (
    SELECT DISTINCT r.card_id, c.note_id FROM review r JOIN card c ON c.id = r.card_id
    WHERE r.study_day = :study_day AND r.scheduled AND r.kind <> 'rehearsal'
    AND {NOT_VOIDED.format("r")}) today
"""
LEARNING = f"""
SELECT id, note_id, topic_id, COALESCE(due_ms, 0) FROM card
WHERE state IN (1, 3) AND (due_ms IS NOT NULL OR due_day <= :study_day) AND {LIVE}{{scope}}
ORDER BY COALESCE(due_ms, 0), id
"""
REVIEWS = f"""
SELECT id, note_id, topic_id, NULL FROM card
WHERE state = 2 AND due_day <= :study_day AND {LIVE}{{scope}}
ORDER BY {ORDER_SQL}, uid
LIMIT :most OFFSET :passed
"""
UNSEEN = f"""
SELECT id, note_id, topic_id, NULL FROM card
WHERE topic_id = :topic_id AND state = 0 AND {LIVE}{{scope}}
ORDER BY deck_id, position
"""
# The story prompts are taken off by a count of their own, as the one of all cards needs its index
# alone.
SUPPLY = f"""
SELECT topic.id, topic.path, supply.total, supply.unseen FROM topic JOIN (
    SELECT topic_id, SUM(cards) AS total, SUM(CASE WHEN state = 0 THEN cards ELSE 0 END) AS unseen
    FROM (
        SELECT topic_id, state, deck_id, COUNT(*) AS cards FROM card
        WHERE NOT retired AND NOT suspended GROUP BY topic_id, state, deck_id
        UNION ALL
        SELECT topic_id, state, deck_id, -1 FROM card
        WHERE NOT retired AND NOT suspended AND note_id IN {STORY_NOTES}) counted
    WHERE deck_id IN (SELECT id FROM deck WHERE enabled AND NOT retired){{scope}}
    GROUP BY topic_id HAVING SUM(cards) > 0) supply ON supply.topic_id = topic.id
"""
NEXT_DAY = f"""
SELECT MIN(due_day) FROM card
WHERE state IN (1, 2, 3) AND due_ms IS NULL AND due_day > :study_day AND {LIVE}{{scope}}
"""


class UnknownScopeError(SrsError):
    """No topic or deck has the name that was given."""


class Scope(NamedTuple):
    """The part of the collection a sitting is about: a topic with all below it, or a deck."""

    topic: str | None = None
    deck: str | None = None

    @property
    def condition(self) -> str:
        """The scope as a condition on `card`."""
        if self.topic is not None:
            return IN_TOPIC
        return IN_DECK if self.deck is not None else ""

    @property
    def parameters(self) -> dict[str, str]:
        """The values of the condition's parameters."""
        if self.topic is not None:
            return {"topic": self.topic}
        return {"deck": self.deck} if self.deck is not None else {}


class DayQueue(NamedTuple):
    """A study day's cards, and what lies beyond them.

    `topics` maps topic ids to paths. `held_back_new` counts unseen cards beyond the day's limit,
    `next_day` is the earliest later study day on which a card falls due. `new_beyond_limit` counts
    the new cards that were learnt today beyond the limit.
    """

    chosen: Chosen
    topics: dict[int, str]
    held_back_new: int
    held_back_reviews: bool
    next_day: int | None
    new_beyond_limit: int


def find_scope(execute: Execute, name: str) -> Scope:
    """Return the scope that a topic path or deck name stands for.

    Raises UnknownScopeError, with the nearest names, when there is none.
    """
    topics = [path for (path,) in execute("SELECT path FROM topic", {})]
    wanted = name.strip().strip("/")
    if any(path == wanted or path.startswith(f"{wanted}/") for path in topics):
        return Scope(topic=wanted)
    decks = [deck for (deck,) in execute("SELECT name FROM deck WHERE NOT retired", {})]
    for deck in decks:
        if deck.casefold() == wanted.casefold():
            return Scope(deck=deck)
    import difflib

    near = difflib.get_close_matches(wanted, [*topics, *decks], n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "srs decks lists what there is."
    raise UnknownScopeError(f"There is no topic or deck {name!r}; {hint}")


def read(
    execute: Execute,
    settings: SchedulingSettings,
    now: Moment,
    scope: Scope | None = None,
    aim: Aim | None = None,
    *,
    more_new: int = 0,
) -> DayQueue:
    """Read the study day's queue under limits and sibling burying.

    The learning cards include those whose step is not over yet. `aim` plans toward a date until
    its eve. `more_new` raises the day's limit of new cards.
    """
    scope = scope or Scope()
    values = {"study_day": now.study_day, **scope.parameters}

    def candidates(statement: str, **more: int) -> Iterator[Candidate]:
        scoped = statement.format(scope=scope.condition)
        return starmap(Candidate, execute(scoped, {**values, **more}))

    answered = [tuple(row) for row in execute(ANSWERED_TODAY, {"study_day": now.study_day})]
    new_done = sum(before is None for _, _, before in answered)
    reviews_done = sum(before == 2 for _, _, before in answered)
    learning = list(candidates(LEARNING))
    taken = None
    if settings.bury_siblings:
        taken = {note for _, note, _ in answered} | {card.note_id for card in learning}

    def by_pages(statement: str, size: int) -> Iterator[Candidate]:
        # SQLite sorts the first few of a backlog in half the time it takes to sort all of it.
        passed = 0
        while page := list(candidates(statement, most=size, passed=passed)):
            yield from page
            if len(page) < size:
                break
            passed += size

    topics: dict[int, str] = {}
    supplies: list[TopicSupply] = []
    unseen_cards = seen_cards = 0
    for topic_id, path, total, unseen in execute(SUPPLY.format(scope=scope.condition), values):
        topics[topic_id] = path
        seen_cards += total - unseen
        if unseen:
            unseen_cards += unseen
            fetch = partial(candidates, UNSEEN, topic_id=topic_id)
            supplies.append(TopicSupply(path, total, total - unseen, fetch))

    plan = None
    counts = (seen_cards + unseen_cards, unseen_cards)
    if aim is not None and now.study_day < aim.day:
        # The day is shared out over the whole collection, whatever the scope of a sitting.
        counts = totals(execute) if scope.condition else counts
        plan = plan_day(
            aim.day - now.study_day,
            *counts,
            aim.cards_per_day,
            seen_today=len(answered) - new_done,
            begun_today=new_done,
        )
    room = settings.reviews_per_day - reviews_done
    if plan is not None:
        room = min(room, plan.room - min(max(plan.new, 0), unseen_cards))
    # Some of them may have a sibling that was asked today.
    due = by_pages(REVIEWS, 2 * max(room, 0) + 1)
    if aim is not None and plan is not None and room > 0 and seen_cards:
        # Imported here, as only a date needs it.
        from srs.store.ranking import best_first

        best = best_first(execute, aim, now, scope, cards=counts[0], unseen=counts[1])
        known = {card.card_id for card in best}
        due = chain(best, (card for card in due if card.card_id not in known))
    reviews = take(due, room, taken)
    held_back_reviews = len(reviews) == max(room, 0) and any(not card.early for card in due)

    new_room = settings.new_per_day - new_done
    if plan is not None:
        new_room = max(plan.new, min(new_room, plan.room - len(reviews)))
    new = take(interleave(supplies), new_room + more_new, taken)

    next_day = next(iter(execute(NEXT_DAY.format(scope=scope.condition), values)), (None,))[0]
    if aim is not None and plan is not None and now.study_day + 1 < aim.day and seen_cards:
        # Tomorrow's cards are chosen by their worth, due or not.
        next_day = now.study_day + 1
    return DayQueue(
        Chosen(learning, reviews, new),
        topics,
        unseen_cards - len(new),
        held_back_reviews,
        next_day,
        max(0, -new_room),
    )


def totals(execute: Execute) -> tuple[int, int]:
    """Count the cards that can be asked at all, and those of them that never were."""
    rows = [(total, unseen) for _, _, total, unseen in execute(SUPPLY.format(scope=""), {})]
    return sum(total for total, _ in rows), sum(unseen for _, unseen in rows)
