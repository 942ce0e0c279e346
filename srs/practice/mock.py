"""A mock interview without a screen: warm-up questions, a design with its probes, a story.

Everything scored is on the disk before the next thing is asked, and an interview that was cut off
goes on where it was. It schedules nothing: the answers are logged for the insight alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from srs.errors import SrsError
from srs.practice.mock_item import Item, read_items
from srs.practice.mock_plan import Section
from srs.practice.rehearsal import Stopwatch
from srs.practice.rubric import MOST_POINTS, score
from srs.schedule.model import Rating, ReviewKind
from srs.store import cards, log, mocks
from srs.store.collection import Collection
from srs.store.mocks import StoredMock

OVER = "The mock interview is over."


class Phase(StrEnum):
    """What the interview waits for: an answer, its grade, the telling, points, nothing more."""

    ASK = "ask"
    GRADE = "grade"
    SPEAK = "speak"
    PROBE = "probe"
    SCORE = "score"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a face shows now, as Markdown. `places` counts the items of the present section.

    `answer` and `source` are empty until they may be seen. `line` is the rubric's line or the
    probe to score, from 0; `points` are those given to the lines so far.
    """

    section: str
    place: int
    places: int
    phase: Phase
    question: str
    answer: str
    source: str
    topic: str
    rubric: tuple[str, ...]
    points: tuple[int, ...]
    line: int
    probe: str
    probes: int
    note: str


class MockInterview:
    """One mock interview, new or gone on with."""

    def __init__(self, collection: Collection, stored: StoredMock) -> None:
        self._collection = collection
        self.stored = stored
        self._resumed = bool(stored.entries)
        self._items = read_items(self._collection, self.stored)
        self._at = 0
        self._revealed = False
        self._watch = Stopwatch(collection.clock)
        self._base_ms = 0
        self._enter_next()

    @property
    def phase(self) -> Phase:
        """What it waits for."""
        item = self._item
        if item is None:
            return Phase.OVER
        if not item.is_prompt:
            return Phase.GRADE if self._revealed else Phase.ASK
        if not item.spoken:
            return Phase.SPEAK
        return Phase.PROBE if item.probes_left else Phase.SCORE

    @property
    def shown(self) -> Shown | None:
        """What to show, None when it is over."""
        item, phase = self._item, self.phase
        if item is None:
            return None
        same = [each for each in self._items if each.section == item.section]
        seen = phase is Phase.GRADE or (phase is Phase.SCORE and item.section != Section.DESIGN)
        probe = item.probes[len(item.probe_points)] if phase is Phase.PROBE else ""
        scoring = phase is Phase.SCORE
        return Shown(
            section=item.section,
            place=same.index(item) + 1,
            places=len(same),
            phase=phase,
            question=item.question,
            answer=item.answer if seen else "",
            source=item.source if phase is Phase.GRADE else "",
            topic=item.topic,
            rubric=item.rubric if scoring else (),
            points=tuple(item.points) if scoring else (),
            line=len(item.probe_points) if phase is Phase.PROBE else len(item.points),
            probe=probe,
            probes=len(item.probes),
            note=item.note,
        )

    @property
    def spent_ms(self) -> int:
        """The time spent on the present section, from the clock and not from counting."""
        item = self._item
        if item is None:
            return 0
        others = sum(
            each.spent_ms
            for each in self._items
            if each.section == item.section and each is not item
        )
        return others + self._on_item_ms

    @property
    def target_ms(self) -> int:
        """The time the present section has."""
        item = self._item
        if item is None:
            return 0
        return sum(each.target_ms for each in self._items if each.section == item.section)

    @property
    def total_ms(self) -> int:
        """The time spent on all of it."""
        item = self._item
        others = sum(each.spent_ms for each in self._items if each is not item)
        return others + (self._on_item_ms if item is not None else 0)

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self._watch.paused

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is asked, with what was scored."""
        return tuple(self._items)

    def stored_now(self) -> StoredMock:
        """Return all that is written down of it by now."""
        return mocks.stored_mock(self._collection, self.stored.uid)

    def pause(self) -> None:
        """Stop the clock, or let it run again."""
        if self._watch.paused:
            self._watch.go_on()
        else:
            self._watch.pause()
            self._write("pause")

    def go_on(self) -> None:
        """Show the answer to a question, or end the telling. Raises SrsError when it cannot."""
        phase = self.phase
        if phase is Phase.ASK:
            self._revealed = True
        elif phase is Phase.SPEAK:
            self._write("spoken")
            self._present.spoken = True

    def grade(self, rating: Rating) -> None:
        """Grade the question whose answer is shown. Raises SrsError when it cannot be stored."""
        if self.phase is not Phase.GRADE:
            raise SrsError("There is no answer to grade.")
        self._grade(self._present, rating)
        self._leave_item()

    def give(self, points: int) -> None:
        """Give the present probe or line of the rubric 0 to 2 points.

        Raises SrsError when there is none, or it cannot be stored.
        """
        phase, item = self.phase, self._present
        if phase not in (Phase.PROBE, Phase.SCORE):
            raise SrsError("There is nothing to score yet.")
        if not 0 <= points <= MOST_POINTS:
            raise SrsError("Give 0, 1 or 2 points.")
        if phase is Phase.PROBE:
            line = len(item.probe_points)
            self._write("probe", line=line, points=points, text=item.probes[line])
            item.probe_points.append(points)
            return
        line = len(item.points)
        self._write("score", line=line, points=points, text=item.rubric[line])
        item.points.append(points)
        if len(item.points) == len(item.rubric):
            self._grade(item, score(item.points).rating)
            self._leave_item()

    def back(self) -> bool:
        """Score the line or probe before again; False when there is none in this item."""
        item = self._item
        if item is None or not item.spoken:
            return False
        if item.points:
            item.points.pop()
        elif item.probe_points:
            item.probe_points.pop()
        else:
            return False
        return True

    def skip(self) -> None:
        """Leave the present item out; it scores nothing and costs nothing."""
        if self._item is not None:
            self._write("skip")
            self._present.skipped = True
            self._leave_item()

    def note(self, text: str) -> None:
        """Keep a note on the present item; a newer one takes its place."""
        if self._item is not None:
            self._write("note", text=text.strip())
            self._present.note = text.strip()

    def close(self) -> None:
        """Leave it; what was scored is kept, and so is the time."""
        if self._item is not None and not self._watch.paused:
            self._write("pause")
        self._collection.checkpoint()

    @property
    def _item(self) -> Item | None:
        return self._items[self._at] if self._at < len(self._items) else None

    @property
    def _present(self) -> Item:
        item = self._item
        if item is None:
            raise SrsError(OVER)
        return item

    @property
    def _on_item_ms(self) -> int:
        return self._base_ms + self._watch.elapsed_ms

    def _write(
        self, what: str, *, line: int | None = None, points: int | None = None, text: str = ""
    ) -> None:
        mocks.record_entry(
            self._collection,
            self.stored.uid,
            self._at,
            what,
            line=line,
            points=points,
            text=text,
            spent_ms=self._on_item_ms,
        )
        self._present.spent_ms = self._on_item_ms

    def _grade(self, item: Item, rating: Rating) -> None:
        with self._collection.reading_sql() as execute:
            card = cards.fetch(execute, item.card_id)
            # Of an interview that was cut off, the answer may be in the log without its row here.
            known = self._resumed and mocks.graded_since(execute, item.card_uid, self.stored.ms)
        if card is not None and not known:
            log.record_answer(
                self._collection,
                card.id,
                card.revision,
                rating,
                duration_ms=self._on_item_ms,
                kind=ReviewKind.MOCK,
            )
        self._write("rating", points=int(rating))
        item.rating = rating

    def _leave_item(self) -> None:
        self._present.spent_ms = self._on_item_ms
        self._at += 1
        self._enter_next()

    def _enter_next(self) -> None:
        """Go to the next item that is not done; one cut off before its grade is graded now."""
        while (item := self._item) is not None and item.done:
            self._at += 1
        self._revealed = False
        paused = self._watch.paused
        self._watch = Stopwatch(self._collection.clock)
        if paused:
            self._watch.pause()
        self._base_ms = 0 if item is None else item.spent_ms
        if item is None:
            if not self.stored.ended and any(not each.skipped for each in self._items):
                self._end()
        elif item.rubric and len(item.points) == len(item.rubric):
            self._grade(item, score(item.points).rating)
            self._leave_item()

    def _end(self) -> None:
        entry = mocks.record_entry(
            self._collection, self.stored.uid, len(self._items), "end", spent_ms=self.total_ms
        )
        self.stored.entries.append(entry)
