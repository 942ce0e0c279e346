"""The review log as numpy columns, kept in a file beside the collection.

SQLite hands a million rows to Python in a second or two, numpy reads them from a file in a few
hundredths. The log is append-only, so the file stays right: only rows and voids that came after it
was written are read from the collection. It holds nothing of its own and may be deleted.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from srs.store.collection import Collection, first
from srs.store.queue import Execute

FILE_NAME = "review-columns.npz"
NEWEST = "SELECT id, uid FROM {0} ORDER BY id DESC LIMIT 1"
UID_OF = "SELECT uid FROM {0} WHERE id = :id"
ROWS = """
SELECT id, card_id, ms, study_day, fsrs_day, rating, COALESCE(predicted, -1), duration_ms,
    scheduled
FROM review WHERE id > :after AND id <= :last ORDER BY id
"""
VOIDED = """
SELECT review.id FROM event JOIN review ON review.uid = event.target
WHERE event.kind = 'void' AND event.id > :after AND event.id <= :last
"""
RESETS = """
SELECT card_id, ms FROM event e WHERE kind = 'reset'
AND NOT EXISTS (SELECT 1 FROM event v WHERE v.target = e.uid AND v.kind = 'void')
"""
ROW = np.dtype(
    [
        ("id", np.int32),
        ("card", np.int32),
        ("ms", np.int64),
        ("study_day", np.int32),
        ("fsrs_day", np.int32),
        ("rating", np.int8),
        ("predicted", np.float32),  # NaN where nothing was predicted
        ("duration_ms", np.int32),
        ("scheduled", np.bool_),
    ]
)


WORTH_WRITING = 0.02
NO_UID = bytes(16)


class Mark(NamedTuple):
    """The newest row of a log that the columns know; its random uid tells logs apart."""

    id: int = 0
    uid: bytes = NO_UID


class ReviewColumns(NamedTuple):
    """The unvoided answers in columns of one length, a card's together in the order of giving.

    `rows` is a structured array with the columns of `ROW`; `counted` says which answers tell how
    well the person remembers: the first with a prediction on an FSRS day of its card, so that
    neither learning nor cramming within a day is taken for remembering.
    """

    rows: NDArray[Any]
    counted: NDArray[np.bool_]

    @property
    def tested(self) -> NDArray[Any]:
        """The rows that are counted."""
        return self.rows[self.counted]


def read_reviews(collection: Collection) -> ReviewColumns:
    """Return the unvoided answers, and bring the file beside the collection up to date."""
    file = collection.path.with_name(FILE_NAME)
    with collection.reading_sql() as execute:
        known = _read_file(file, execute)
        reviews, events = _newest(execute, "review"), _newest(execute, "event")
        rows = known.rows
        if reviews != known.reviews:
            rows = _joined(rows, _added(execute, known.reviews.id, reviews.id), execute)
        if events != known.events:
            rows = _without_voided(rows, execute, known.events.id, events.id)
    # A few answers are soon read again; a large file is not written anew for them.
    if reviews.id - known.reviews.id + events.id - known.events.id > len(rows) * WORTH_WRITING:
        _write_file(file, _Known(rows, reviews, events))
    return ReviewColumns(rows, _counted(rows))


class _Known(NamedTuple):
    """What the file holds: the columns, and how far into the two logs they reach."""

    rows: NDArray[Any] = np.empty(0, ROW)
    reviews: Mark = Mark()
    events: Mark = Mark()


def resets(execute: Execute) -> dict[int, int]:
    """Return the instant of each card's newest unvoided reset, by card."""
    newest: dict[int, int] = {}
    for card, ms in execute(RESETS, {}):
        newest[card] = max(ms, newest.get(card, ms))
    return newest


def _counted(rows: NDArray[Any]) -> NDArray[np.bool_]:
    counted: NDArray[np.bool_] = ~np.isnan(rows["predicted"])
    at = np.flatnonzero(counted)
    again = (np.diff(rows["card"][at]) == 0) & (np.diff(rows["fsrs_day"][at]) == 0)
    counted[at[1:][again]] = False
    return counted


def _newest(execute: Execute, log: str) -> Mark:
    row = first(execute(NEWEST.format(log), {}))
    return Mark() if row is None else Mark(*row)


def _uid(execute: Execute, log: str, id_: int) -> bytes:
    row = first(execute(UID_OF.format(log), {"id": id_}))
    return NO_UID if row is None else bytes(row[0])


def _added(execute: Execute, after: int, last: int) -> NDArray[Any]:
    rows = np.fromiter(execute(ROWS, {"after": after, "last": last}), ROW)
    rows["predicted"][rows["predicted"] < 0] = np.nan
    return rows


def _joined(known: NDArray[Any], added: NDArray[Any], execute: Execute) -> NDArray[Any]:
    """Return all rows by card, milliseconds and uid, which is the order of a replay."""
    rows = np.concatenate((known, added)) if len(known) else added
    rows = rows[np.lexsort((rows["ms"], rows["card"]))]
    tied = np.flatnonzero((np.diff(rows["card"]) == 0) & (np.diff(rows["ms"]) == 0))
    for at in np.unique(np.concatenate((tied, tied + 1))):  # only where two logs were merged
        same = (rows["card"] == rows["card"][at]) & (rows["ms"] == rows["ms"][at])
        places = np.flatnonzero(same)
        uids = [_uid(execute, "review", int(id_)) for id_ in rows["id"][places]]
        rows[places] = rows[places[sorted(range(len(uids)), key=uids.__getitem__)]]
    return rows


def _without_voided(rows: NDArray[Any], execute: Execute, after: int, last: int) -> NDArray[Any]:
    voided = [id_ for (id_,) in execute(VOIDED, {"after": after, "last": last})]
    return rows[~np.isin(rows["id"], voided)] if voided else rows


def _read_file(file: Path, execute: Execute) -> _Known:
    try:
        with np.load(file, allow_pickle=False) as stored:
            rows, ids, uids = stored["rows"], stored["ids"], stored["uids"]
        known = _Known(rows, *(Mark(int(ids[i]), uids[i].tobytes()) for i in (0, 1)))
    except Exception:  # a file that is missing, cut short or foreign is as good as none
        return _Known()
    if rows.dtype != ROW:
        return _Known()
    for log, mark in (("review", known.reviews), ("event", known.events)):
        if _uid(execute, log, mark.id) != mark.uid:
            return _Known()  # it is of another log, or of one that a backup has replaced since
    return known


def _write_file(file: Path, known: _Known) -> None:
    marks = (known.reviews, known.events)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):  # it only saves time
        try:
            with unfinished.open("wb") as out:
                np.savez(
                    out,
                    rows=known.rows,
                    ids=np.array([mark.id for mark in marks], np.int64),
                    uids=np.array([list(mark.uid) for mark in marks], np.uint8),
                )
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
