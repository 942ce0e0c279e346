"""A collection to look at before one has data: months of reviews by a learner who is made up.

The learner remembers by FSRS-6 with weights that are not the scheduler's, better in some topics and
worse in others, so that the dashboard and the report have something to find. The same seed and
the same day give the same collection.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.practice.model import Overview
from srs.practice.phrases import date_of
from srs.schedule.clock import Clock, SystemClock, day_start_ms
from srs.schedule.days import fsrs_day
from srs.schedule.leech import becomes_leech
from srs.schedule.memory import DEFAULT_WEIGHTS, Memory, first_memory, next_memory, retrievability
from srs.schedule.model import CardState, Moment, Rating, State
from srs.store import sources
from srs.store.collection import Collection
from srs.store.many_answers import Answered, UnseenCard, record_many, unseen_cards

SEED = 7
DAYS = 120
DAYS_TO_THE_INTERVIEW = 21
COMPANY = "big-tech"
MINUTES_A_DAY = 20
COLLECTION = "collection.db"

SEEN = 0.9
NEW_UNTIL = 100
MOST_A_DAY = 70
MISSED = 0.12
HOLIDAY = range(52, 58)
STEADY_DAYS = 9
HOUR_MS, WAIT_MS, PATIENCE_MS = 3_600_000, 900_000, 4_500_000

# The learner: first answers hold a little differently than for most, and so does what comes after.
TRUE_WEIGHTS = tuple(
    weight * {0: 1.3, 2: 0.95, 3: 0.9, 8: 1.03, 11: 1.1}.get(number, 1.0)
    for number, weight in enumerate(DEFAULT_WEIGHTS)
)
USUAL_OFFSET, AREA_SPREAD, TOPIC_SPREAD, CARD_SPREAD = 0.8, 0.3, 0.5, 0.3
OF_SIDE = {"modelling": 0.5, "infrastructure": -0.45}
STUBBORN, STUBBORN_OFFSET = 0.015, -2.5
FIRST_RATINGS = (0.22, 0.12, 0.52, 0.14)
PASSING_RATINGS = (0.14, 0.74, 0.12)
SAME_DAY_RECALL = 0.93
USUAL_ANSWER_MS, ANSWER_SPREAD = 11_000, 0.45


class DemoDesk(Desk):
    """The desk of a demo: it says that it is one, and takes up no changes."""

    def reread(self) -> str | None:
        """Say what is on the screen."""
        return (
            "This is a demo: four months of made-up reviews on the bundled decks. Try anything; "
            "your own data is elsewhere, and this is gone when you leave."
        )

    def overview(self) -> Overview:
        """Return what the home screen says, with a word beside the date."""
        found = super().overview()
        return replace(found, today=f"Demo · {found.today}")


@dataclass(slots=True)
class _Card:
    """A card as the scheduler has it, and as it truly lies in the learner's memory."""

    card: UnseenCard
    offset: float
    state: CardState = CardState()  # noqa: RUF009 -- frozen
    memory: Memory | None = None
    leech: bool = False


def make_demo(folder: Path, *, clock: Clock | None = None, seed: int = SEED) -> Collection:
    """Make the demo's collection in a folder that is empty or not there, and return it open.

    Raises SrsError when the folder holds something or cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise SrsError(f"{folder} is not empty; name a folder that is, or a new one.")
    except OSError as error:
        raise SrsError(f"{folder} cannot be used ({error.strerror}).") from error
    clock = clock or SystemClock()
    chance = random.Random(seed)
    collection = Collection.open(folder / COLLECTION, clock=clock, chance=chance)
    try:
        sources.add_bundled(collection)
        with collection.reading_sql() as execute:
            cards = unseen_cards(execute)
        record_many(collection, _Months(collection, cards, seed).answers())
        interview = date_of(collection.now().study_day) + timedelta(days=DAYS_TO_THE_INTERVIEW)
        collection.change_setting("interview-date", interview.date().isoformat())
        collection.change_setting("company", COMPANY)
        collection.change_setting("minutes-per-day", str(MINUTES_A_DAY))
    except BaseException:
        collection.close()
        raise
    return collection


def open_demo_desk(folder: Path) -> DemoDesk:
    """Open a demo that was made."""
    return DemoDesk(Collection.open(folder / COLLECTION))


class _Months:
    """Plays the months until yesterday, a sitting a day."""

    def __init__(self, collection: Collection, cards: Iterable[UnseenCard], seed: int) -> None:
        self._scheduler = collection.scheduler
        self._scheduling = collection.settings.scheduling
        self._clock = collection.clock
        self._today = collection.now().study_day
        self._chance = random.Random(f"{seed} sittings")
        self._seed = seed
        self._cards = [_Card(card, self._offset(card)) for card in cards]
        self._found: list[Answered] = []

    def answers(self) -> list[Answered]:
        """Return all answers in the order they were given."""
        unseen = self._in_order_of_interest()
        studied = [day for day in range(DAYS) if self._studies(day)]
        learning = [day for day in studied if day < NEW_UNTIL]
        wanted = round(SEEN * len(unseen))
        for turn, day in enumerate(studied):
            share = min(1.0, (turn + 1) / max(1, len(learning)))
            seen = wanted - round(wanted * share)
            new = [unseen.pop() for _ in range(len(unseen) - (len(self._cards) - wanted) - seen)]
            self._sit(self._today - DAYS + day, new)
        return self._found

    def _studies(self, day: int) -> bool:
        missed = self._chance.random() < MISSED
        return day >= DAYS - STEADY_DAYS or not (missed or day in HOLIDAY)

    def _offset(self, card: UnseenCard) -> float:
        area = card.topic.partition("/")[0]
        of_card = self._drawn(card.topic, str(card.note_id))
        offset = self._drawn(area).gauss(USUAL_OFFSET, AREA_SPREAD) + OF_SIDE.get(
            card.side or "", 0.0
        )
        offset += self._drawn(card.topic, "topic").gauss(0, TOPIC_SPREAD)
        offset += of_card.gauss(0, CARD_SPREAD)
        return offset + STUBBORN_OFFSET * (of_card.random() < STUBBORN)

    def _in_order_of_interest(self) -> list[_Card]:
        """Return the cards, those that this learner turns to first at the end."""

        def interest(card: _Card) -> float:
            keen = self._drawn(card.card.topic, "interest").random()
            return float(self._drawn(card.card.topic, f"{card.card.id} first").random() + keen)

        return sorted(self._cards, key=interest)

    def _drawn(self, *names: str) -> random.Random:
        """Return luck that belongs to a topic or card, whatever else the decks hold."""
        return random.Random("/".join((str(self._seed), *names)))

    def _sit(self, day: int, new: list[_Card]) -> None:
        """Answer what is due on a study day and some new cards, as long as patience lasts."""
        due = [
            card
            for card in self._cards
            if not card.leech
            and card.state.state is not State.NEW
            and (card.state.due_day or 0) <= day
        ]
        self._chance.shuffle(due)
        waiting = [*new, *due[: MOST_A_DAY - len(new)]]
        waiting.reverse()
        hour = self._chance.choice((3.5, 8.5, 14.5, 15, 15.5)) + self._chance.random()
        ms = day_start_ms(self._clock, day, self._scheduling.rollover_hour) + int(hour * HOUR_MS)
        steps: list[_Card] = []
        until = ms + PATIENCE_MS
        while (waiting or steps) and ms < until:
            steps.sort(key=lambda card: (card.state.due_ms or 0, card.card.id))
            if steps and ((steps[0].state.due_ms or 0) <= ms or not waiting):
                card = steps.pop(0)
                rest = (card.state.due_ms or 0) - ms
                if rest > WAIT_MS:
                    break
                ms += max(0, rest)
            else:
                card = waiting.pop()
            ms = self._answer(card, Moment(ms, day))
            if card.state.due_ms is not None and not card.leech:
                steps.append(card)

    def _answer(self, card: _Card, now: Moment) -> int:
        """Let the learner answer, and return when that was."""
        before = card.state
        rating = self._rating(card, fsrs_day(before, now))
        slow = math.exp(-0.35 * card.offset) * (1.5 if rating is Rating.AGAIN else 1.0)
        taken = int(USUAL_ANSWER_MS * slow * math.exp(self._chance.gauss(0, ANSWER_SPREAD)))
        taken = min(max(1_500, taken), 110_000)
        now = Moment(now.ms + taken, now.study_day)
        day = fsrs_day(before, now)
        if card.memory is None or before.fsrs_day is None:
            card.memory = first_memory(rating, TRUE_WEIGHTS)
        else:
            card.memory = next_memory(card.memory, rating, day - before.fsrs_day, TRUE_WEIGHTS)
        card.state = self._scheduler.answer(before, card.card.uid, rating, now)
        lapsed = card.state.lapses > before.lapses
        card.leech = lapsed and becomes_leech(card.state.lapses, self._scheduling.leech_threshold)
        self._found.append(
            Answered(card.card.id, now, rating, taken, before, card.state, card.leech)
        )
        return now.ms

    def _rating(self, card: _Card, day: int) -> Rating:
        if card.memory is None or card.state.fsrs_day is None:
            return self._chance.choices(list(Rating), FIRST_RATINGS)[0]
        elapsed = day - card.state.fsrs_day
        recall = SAME_DAY_RECALL
        if elapsed:
            recall = retrievability(card.memory[0], elapsed, TRUE_WEIGHTS)
        odds = recall / max(1e-9, 1 - recall) * math.exp(card.offset)
        if self._chance.random() >= odds / (1 + odds):
            return Rating.AGAIN
        return self._chance.choices(list(Rating)[1:], PASSING_RATINGS)[0]
