"""A stored card as the one that is asked."""

from __future__ import annotations

from srs.deck.cards import faces
from srs.practice.model import Asked, Button
from srs.schedule.clock import Moment
from srs.schedule.days import fsrs_day
from srs.schedule.intervals import interval_label
from srs.schedule.model import Rating, State
from srs.schedule.queue import Candidate
from srs.store import locations
from srs.store.cards import StoredCard
from srs.store.collection import Collection


def as_asked(
    card: StoredCard, collection: Collection, now: Moment, seed: int | None = None
) -> Asked:
    """Return what a face shows of a card: its two sides, its place, the interval on each button.

    `seed` draws the numbers of a drill.
    """
    outcomes = collection.scheduler.preview(card.state, card.uid, now)
    again, hard, good, easy = (
        Button(rating, rating.name.capitalize(), interval_label(outcomes[rating], now))
        for rating in Rating
    )
    shown = faces(card.note, card.sibling, seed)
    file = locations.deck_file(card.deck_path)
    return Asked(
        card_id=card.id,
        deck=card.deck,
        topic=card.topic,
        kind=card.note.kind,
        question=shown.question,
        answer=shown.answer,
        hints=card.note.hints,
        source=card.note.source,
        expected=shown.expected,
        is_new=card.state.state is State.NEW,
        flag=card.flag,
        folder=locations.picture_folder(collection.path, card.deck_path),
        file=file if file.exists() else None,
        line=card.note.line,
        buttons=(again, hard, good, easy),
        number=shown.number,
        seed=None if shown.number is None else seed,
    )


def may_schedule(card: StoredCard, now: Moment) -> bool:
    """Tell whether a day has passed for FSRS since the card's last answer, or there was none."""
    return card.state.fsrs_day is None or fsrs_day(card.state, now) > card.state.fsrs_day


def still_due(card: StoredCard, candidate: Candidate, now: Moment) -> bool:
    """Tell whether a card stands as it did when the queue was read."""
    state = card.state
    if candidate.early:
        return state.state is State.REVIEW and may_schedule(card, now)
    if candidate.due_ms is not None:
        return state.state in (State.LEARNING, State.RELEARNING) and (
            (state.due_ms or 0) == candidate.due_ms
        )
    if state.state is State.REVIEW:
        return state.due_day is not None and state.due_day <= now.study_day
    return state.state is State.NEW
