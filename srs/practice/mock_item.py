"""One thing asked in a mock interview, and how it stands by what was written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from srs.deck.cards import Faces, faces
from srs.practice.prompts import prompt_of
from srs.practice.rubric import MOST_POINTS
from srs.schedule.model import Rating
from srs.store import cards, mocks
from srs.store.cards import StoredCard
from srs.store.collection import Collection
from srs.store.mocks import Entry, PlannedItem, StoredMock

# What a grade counts in points: Hard is a pass with a gap.
POINTS_OF = {Rating.AGAIN: 0, Rating.HARD: 1, Rating.GOOD: 2, Rating.EASY: 2}


@dataclass(slots=True)
class Item:
    """A question, a design or a story. Texts are Markdown; a prompt has a rubric, others none."""

    section: str
    card_uid: bytes
    card_id: int
    target_ms: int
    topic: str
    question: str
    answer: str
    source: str
    is_prompt: bool
    story_kind: str | None
    rubric: tuple[str, ...]
    probes: tuple[str, ...]
    spoken: bool = False
    points: list[int] = field(default_factory=list)
    probe_points: list[int] = field(default_factory=list)
    rating: Rating | None = None
    skipped: bool = False
    note: str = ""
    spent_ms: int = 0

    @classmethod
    def of(cls, planned: PlannedItem, card: StoredCard, shown: Faces) -> Item:
        """Return a planned item with its card's texts, untouched yet."""
        prompt = prompt_of(card) if card.note.story is not None else None
        return cls(
            planned.section,
            planned.card_uid,
            card.id,
            planned.target_ms,
            card.topic,
            shown.question,
            card.note.back if prompt else shown.answer,
            f"Source: {card.note.source}" if card.note.source else "",
            prompt is not None,
            prompt.kind if prompt else None,
            prompt.rubric if prompt else (),
            planned.probes,
        )

    @classmethod
    def gone(cls, planned: PlannedItem) -> Item:
        """Return an item whose card is no longer there; it is passed over."""
        return cls(
            planned.section, planned.card_uid, 0, 0, "", "", "", "", False, None, (), (),
            skipped=True,
        )  # fmt: skip

    @property
    def done(self) -> bool:
        """Whether it was scored to the end, or left out."""
        return self.skipped or self.rating is not None

    @property
    def probes_left(self) -> bool:
        """Whether a probe is still to be asked."""
        return len(self.probe_points) < len(self.probes)

    @property
    def score(self) -> tuple[int, int]:
        """The points and the possible ones; nothing of nothing while it is not done."""
        if self.skipped or self.rating is None:
            return 0, 0
        if not self.is_prompt:
            return POINTS_OF[self.rating], MOST_POINTS
        given = self.points + self.probe_points
        return sum(given), MOST_POINTS * len(given)

    def take(self, entry: Entry) -> None:
        """Take up one row of what happened; a later row of the same line replaces an earlier."""
        self.spent_ms = max(self.spent_ms, entry.spent_ms)
        match entry.what:
            case "spoken":
                self.spoken = True
            case "score" if entry.line is not None and entry.line <= len(self.points):
                self.points[entry.line :] = [entry.points or 0]
            case "probe" if entry.line is not None and entry.line <= len(self.probe_points):
                self.probe_points[entry.line :] = [entry.points or 0]
            case "rating" if entry.points:
                self.rating = Rating(entry.points)
            case "skip":
                self.skipped = True
            case "note":
                self.note = entry.text


def read_items(collection: Collection, stored: StoredMock) -> list[Item]:
    """Return the items of a mock interview as far as their cards are still there, as they stand."""
    found = []
    with collection.reading_sql() as execute:
        for place, planned in enumerate(stored.plan):
            card_id = mocks.card_id_of(execute, planned.card_uid)
            card = None if card_id is None else cards.fetch(execute, card_id)
            if card is None:
                found.append(Item.gone(planned))
                continue
            item = Item.of(planned, card, faces(card.note, card.sibling))
            for entry in stored.entries:
                if entry.place == place:
                    item.take(entry)
            found.append(item)
    return found
