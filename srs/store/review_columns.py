"""The review log as numpy columns, kept in a file beside the collection.

SQLite hands a million rows to Python in a second or two, numpy reads them from a file in a few
hundredths. The log is append-only, so the file stays right: only rows and voids that came after it
was written are read from the collection. It holds nothing of its own and may be deleted.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.store.collection import Collection, first
from srs.store.queue import Execute

Column = NDArray[Any]
FILE_NAME = "review-columns.npy"
NEWEST = "SELECT id, uid FROM {0} ORDER BY id DESC LIMIT 1"
UID_OF = "SELECT uid FROM {0} WHERE id = :id"
# Each value of a row costs as much as a look at it, so small numbers share one of 64 bits.
ROWS = """
SELECT ms, id * 4294967296 + card_id,
    study_day * 4294967296 + (fsrs_day + 1000000) * 256 + rating * 2
        + CASE WHEN scheduled THEN 1 ELSE 0 END,
    duration_ms, COALESCE(predicted, -1)
FROM review WHERE id > :after AND id <= :last ORDER BY id
"""
PACKED = np.dtype(
    [("ms", "i8"), ("ids", "i8"), ("rest", "i8"), ("duration_ms", "i4"), ("predicted", "f4")]
)
VOIDED = """
SELECT review.id FROM event JOIN review ON review.uid = event.target
WHERE event.kind = 'void' AND event.id > :after AND event.id <= :last
"""
TYPES: dict[str, type[np.generic]] = {
    "id": np.int32,
    "card": np.int32,
    "ms": np.int64,
    "study_day": np.int32,
    "fsrs_day": np.int32,
    "rating": np.int8,
    "predicted": np.float32,
    "duration_ms": np.int32,
    "scheduled": np.bool_,
}
WORTH_WRITING = 0.02
NO_UID = bytes(16)


class Mark(NamedTuple):
    """The newest row of a log that the columns know; its random uid tells logs apart."""

    id: int = 0
    uid: bytes = NO_UID


@dataclass(frozen=True)
class ReviewColumns:
    """Unvoided answers in columns of one length, a card's together in the order of giving.

    `predicted` is NaN where nothing was predicted.
    """

    id: Column
    card: Column
    ms: Column
    study_day: Column
    fsrs_day: Column
    rating: Column
    predicted: Column
    duration_ms: Column
    scheduled: Column

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self.id)

    def take(self, places: Column) -> ReviewColumns:
        """Return the answers at some places, in their order, or those a mask chooses."""
        return ReviewColumns(*(getattr(self, name)[places] for name in TYPES))

    @cached_property
    def counted(self) -> Column:
        """The places of the answers that tell how well the person remembers.

        They are the first with a prediction on an FSRS day of their card, so that neither learning
        nor cramming within a day is taken for remembering.
        """
        at = np.flatnonzero(~np.isnan(self.predicted))
        again = (np.diff(self.card[at]) == 0) & (np.diff(self.fsrs_day[at]) == 0)
        return np.delete(at, np.flatnonzero(again) + 1) if again.any() else at

    @cached_property
    def tested(self) -> ReviewColumns:
        """Those answers."""
        return self.take(self.counted)


def read_reviews(collection: Collection) -> ReviewColumns:
    """Return the unvoided answers, and bring the file beside the collection up to date."""
    with collection.reading_sql() as execute:
        return read_reviews_by(execute, collection.path)


def read_reviews_by(execute: Execute, path: Path) -> ReviewColumns:
    """Return the same within a transaction on the collection at a path."""
    file = path.with_name(FILE_NAME)
    known = _read_file(file, execute)
    review, event = _newest(execute, "review"), _newest(execute, "event")
    reviews = known.reviews
    if review != known.newest_review:
        reviews = _joined(reviews, _added(execute, known.newest_review.id, review.id), execute)
    if event != known.newest_event:
        reviews = _without_voided(reviews, execute, known.newest_event.id, event.id)
    # A few answers are soon read again; a large file is not written anew for them.
    added = review.id - known.newest_review.id + event.id - known.newest_event.id
    if added > len(reviews) * WORTH_WRITING:
        _write_file(file, _Known(reviews, review, event))
    return reviews


def read_log(execute: Execute) -> ReviewColumns:
    """Return the same without a look at the file."""
    review, event = _newest(execute, "review"), _newest(execute, "event")
    reviews = _joined(_none(), _added(execute, 0, review.id), execute)
    return _without_voided(reviews, execute, 0, event.id)


class _Known(NamedTuple):
    """What the file holds: the columns, and how far into the two logs they reach."""

    reviews: ReviewColumns
    newest_review: Mark = Mark()
    newest_event: Mark = Mark()


def _newest(execute: Execute, log: str) -> Mark:
    row = first(execute(NEWEST.format(log), {}))
    return Mark() if row is None else Mark(*row)


def uid_of(execute: Execute, log: str, id_: int) -> bytes:
    """Return the uid of a row of a log, of zeros when there is none."""
    row = first(execute(UID_OF.format(log), {"id": id_}))
    return NO_UID if row is None else bytes(row[0])


def _none() -> ReviewColumns:
    return ReviewColumns(*(np.empty(0, kind) for kind in TYPES.values()))


def _added(execute: Execute, after: int, last: int) -> ReviewColumns:
    rows = execute(ROWS, {"after": after, "last": last})
    packed = np.fromiter(map(tuple, rows), PACKED)
    ids, rest = packed["ids"], packed["rest"]
    predicted = packed["predicted"].copy()
    predicted[predicted < 0] = np.nan
    values = {
        "id": ids >> 32,
        "card": ids & 0xFFFFFFFF,
        "ms": packed["ms"],
        "study_day": rest >> 32,
        "fsrs_day": ((rest & 0xFFFFFFFF) >> 8) - 1_000_000,
        "rating": (rest >> 1) & 0x7F,
        "predicted": predicted,
        "duration_ms": packed["duration_ms"],
        "scheduled": rest & 1,
    }
    return ReviewColumns(*(values[name].astype(kind) for name, kind in TYPES.items()))


def _concatenated(parts: Sequence[ReviewColumns]) -> ReviewColumns:
    return ReviewColumns(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in TYPES)
    )


def _joined(known: ReviewColumns, added: ReviewColumns, execute: Execute) -> ReviewColumns:
    """Return all answers by card, milliseconds and uid, which is the order of a replay."""
    every = _concatenated((known, added)) if len(known) else added
    order = np.lexsort((every.ms, every.card))
    card, ms = every.card[order], every.ms[order]
    same_instant = np.concatenate(([False], (np.diff(card) == 0) & (np.diff(ms) == 0)))
    if same_instant.any():  # only where two logs were merged
        groups = np.cumsum(~same_instant)
        for group in np.unique(groups[same_instant]):
            places = np.flatnonzero(groups == group)
            uids = [uid_of(execute, "review", int(every.id[order[at]])) for at in places]
            order[places] = order[places[sorted(range(len(uids)), key=uids.__getitem__)]]
    return every.take(order)


def _without_voided(
    reviews: ReviewColumns, execute: Execute, after: int, last: int
) -> ReviewColumns:
    voided = [id_ for (id_,) in execute(VOIDED, {"after": after, "last": last})]
    return reviews.take(~np.isin(reviews.id, voided)) if voided else reviews


def _read_file(file: Path, execute: Execute) -> _Known:
    try:
        with file.open("rb") as stored:
            ids, uids = (np.load(stored, allow_pickle=False) for _ in range(2))
            marks = [Mark(int(ids[i]), uids[i].tobytes()) for i in range(2)]
            columns = [np.load(stored, allow_pickle=False) for _ in TYPES]
    except Exception:  # a file that is missing, cut short or foreign is as good as none
        return _Known(_none())
    kinds = [column.dtype for column in columns]
    if kinds != list(TYPES.values()) or len({column.shape for column in columns}) > 1:
        return _Known(_none())
    for log, mark in zip(("review", "event"), marks, strict=True):
        if uid_of(execute, log, mark.id) != mark.uid:
            return _Known(_none())  # it is of another log, such as one before a backup's return
    return _Known(ReviewColumns(*columns), *marks)


def _write_file(file: Path, known: _Known) -> None:
    marks = (known.newest_review, known.newest_event)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):  # it only saves time
        try:
            with unfinished.open("wb") as out:
                np.save(out, np.array([mark.id for mark in marks], np.int64))
                np.save(out, np.array([list(mark.uid) for mark in marks], np.uint8))
                for name in TYPES:
                    np.save(out, getattr(known.reviews, name))
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
