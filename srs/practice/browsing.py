"""Looking cards up by their text, and putting one in order: suspend it, flag it, mend its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from srs.deck.cards import faces
from srs.errors import SrsError
from srs.practice.phrases import counted, duration, wall_time, when
from srs.render.plain import one_line
from srs.schedule.clock import day_start_ms
from srs.schedule.days import fsrs_day
from srs.schedule.memory import retrievability
from srs.schedule.model import CardState, EventKind, ReviewKind, State
from srs.store import cards, locations, log
from srs.store.cards import Filter, ListedCard, PastAnswer, StoredCard
from srs.store.collection import Collection
from srs.store.search import FoundCard, search

MOST = 200
TITLE = 120
ANSWERS = 8
HOW_TO = "Type words of a card, each from its beginning."
ATTENTION = "Type words of a card. Below: what is suspended, flagged or a leech."


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A card in the list: how it stands in a word or two, its topic, its question."""

    card_id: int
    standing: str
    topic: str
    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a text led to, with a sentence on it."""

    headline: str
    rows: tuple[FoundRow, ...]


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card whole: both sides as Markdown, how it stands, its newest answers a line each."""

    card_id: int
    deck: str
    topic: str
    question: str
    answer: str
    hints: tuple[str, ...]
    source: str | None
    standing: str
    answers: tuple[str, ...]
    suspended: bool
    flag: str | None
    file: Path | None
    line: int


class Browser:
    """Finds cards in a collection. Its acts are rows of the log, as those of a sitting are."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def find(self, text: str) -> Found:
        """Return the cards that have every word; without a word those that want attention."""
        if text.strip():
            found = search(self._collection, text, MOST)
            return Found(_headline(len(found)), tuple(self._row(card) for card in found))
        with self._collection.reading_sql() as execute:
            listed = cards.listed(execute, list(Filter))[:MOST]
        rows = tuple(self._row(card) for card in listed)
        return Found(ATTENTION if rows else HOW_TO, rows)

    def page(self, card_id: int) -> CardPage:
        """Return a card whole. Raises SrsError when it is gone."""
        card = self._fetch(card_id)
        with self._collection.reading_sql() as execute:
            past = cards.answers(execute, card_id, ANSWERS)
        shown = faces(card.note, card.sibling)
        file = locations.deck_file(card.deck_path)
        return CardPage(
            card_id=card.id,
            deck=card.deck,
            topic=card.topic,
            question=shown.question,
            answer=shown.answer,
            hints=card.note.hints,
            source=card.note.source,
            standing=self._standing(card),
            answers=tuple(self._answer(each) for each in past),
            suspended=card.suspended,
            flag=card.flag,
            file=file if file.exists() else None,
            line=card.note.line,
        )

    def suspend(self, card_id: int) -> str:
        """Take a card out of the queue, or into it again; says which."""
        if self._fetch(card_id).suspended:
            log.record_event(self._collection, card_id, EventKind.UNSUSPEND)
            return "It is asked again."
        log.record_event(self._collection, card_id, EventKind.SUSPEND)
        return "Suspended: it is not asked until you take it in again."

    def flag(self, card_id: int, note: str) -> str:
        """Mark a card as bad, with a note; an empty note takes the flag off."""
        note = note.strip()
        kind = EventKind.FLAG if note else EventKind.UNFLAG
        log.record_event(self._collection, card_id, kind, text=note)
        return "Flagged." if note else "The flag is off."

    def edit_place(self, card_id: int) -> tuple[Path, int]:
        """Return a card's file and line, copying a bundled deck to the person first.

        Raises SrsError when the file is gone, is another program's, or the copy cannot be made.
        """
        from srs.practice import editing

        return editing.place(self._collection, self._fetch(card_id))

    def take_up_edit(self, card_id: int) -> str:
        """Read a card's file again; says what came of it.

        Raises SrsError, with file and line, when the file has an error; nothing is changed then.
        """
        from srs.practice import editing

        changes = editing.reread(self._collection, self._fetch(card_id))
        return "The card is up to date." if changes else "Nothing changed."

    def _fetch(self, card_id: int) -> StoredCard:
        with self._collection.reading_sql() as execute:
            card = cards.fetch(execute, card_id)
        if card is None or card.retired:
            raise SrsError("That card left its deck; its answers are kept.")
        return card

    def _row(self, card: FoundCard | ListedCard) -> FoundRow:
        if card.leech:
            standing = "leech"
        elif card.suspended:
            standing = "suspended"
        elif card.flag is not None:
            standing = "flagged"
        else:
            standing = self._due(card) if isinstance(card, FoundCard) else ""
        return FoundRow(card.id, standing, card.topic, one_line(card.front, TITLE))

    def _due(self, card: FoundCard) -> str:
        if card.state == State.NEW:
            return "new"
        days = (card.due_day or 0) - self._collection.now().study_day
        if card.state != State.REVIEW or days <= 0:
            return "due"
        return "tomorrow" if days == 1 else f"in {days} days"

    def _standing(self, card: StoredCard) -> str:
        state = card.state
        if state.state is State.NEW:
            return "suspended, not asked yet" if card.suspended else "not asked yet"
        parts = [counted(state.reps, "answer")]
        if state.lapses:
            parts.append(f"forgotten {state.lapses}×")
        if state.stability is not None and state.fsrs_day is not None:
            elapsed = fsrs_day(state, self._collection.now()) - state.fsrs_day
            if elapsed:
                recall = retrievability(state.stability, elapsed, self._collection.weights)
                parts.append(f"recall now {recall:.0%}")
            parts.append(f"stability {_days(state.stability)}")
        if card.leech:
            parts.append("a leech")
        parts.append("suspended" if card.suspended else f"due {self._due_phrase(state)}")
        return " · ".join(parts)

    def _due_phrase(self, state: CardState) -> str:
        collection = self._collection
        hour = collection.settings.scheduling.rollover_hour
        ms = state.due_ms
        if ms is None:
            ms = day_start_ms(collection.clock, state.due_day or 0, hour)
        if ms <= collection.now().ms:
            return "now"
        phrase = when(collection.clock, ms, hour)
        return f"at {phrase}" if ":" in phrase else phrase

    def _answer(self, answer: PastAnswer) -> str:
        day = wall_time(self._collection.clock, answer.ms)
        date = f"{day:%a} {day.day} {day:%b %Y}"
        spent = duration(answer.duration_ms)
        kind = "" if answer.kind is ReviewKind.REVIEW else f"   {answer.kind.value}"
        if not answer.scheduled:
            kind += ", moved no schedule"
        return f"{date:<16} {answer.rating.name.capitalize():<5} {spent:>6}{kind}"


def _headline(count: int) -> str:
    if not count:
        return "No card has that text."
    if count >= MOST:
        return f"The first {MOST} cards; another word finds fewer."
    return counted(count, "card")


def _days(stability: float) -> str:
    return f"{stability:.1f} days" if stability < 10 else f"{stability:.0f} days"
