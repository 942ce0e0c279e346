"""The tables of the collection.

`review` and `event` are append-only and hold the truth; the scheduling columns of `card` are a
cache that can be rebuilt from them. Instants are epoch milliseconds, days are days since
1970-01-01, uids are 16 random bytes.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, text
from sqlmodel import Field, SQLModel


def uid_column() -> Column[bytes]:
    """Return a column of 16 random bytes, each unlike the others."""
    return Column(LargeBinary(16), nullable=False, unique=True)


def _index_of_few(name: str, column: str, which: str) -> Index:
    """Return an index of only those rows that are looked for by the column.

    It serves a query only whose condition says so too: one side of an OR is enough.
    """
    return Index(name, column, sqlite_where=text(which), postgresql_where=text(which))


_ASKABLE = ("deck_id", "retired", "suspended", "buried_until")


class Migration(SQLModel, table=True):
    """A migration that has been applied."""

    name: str = Field(primary_key=True)
    applied_ms: int = Field(sa_type=BigInteger)


class Setting(SQLModel, table=True):
    """One setting as the person wrote it."""

    name: str = Field(primary_key=True)
    value: str


class Device(SQLModel, table=True):
    """A computer that has written to the log."""

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    name: str


class Weights(SQLModel, table=True):
    """A version of the FSRS weights: the model's name and its parameters as a JSON list."""

    id: int | None = Field(default=None, primary_key=True)
    model: str
    parameters: str
    created_ms: int = Field(sa_type=BigInteger)


class Source(SQLModel, table=True):
    """A file or folder that was imported and is reread when it changes.

    `format` is the dialect that was asked for with `--format`; without it each file's is
    recognised. The bundled decks' source has the path `bundled:`.
    """

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(unique=True)
    format: str | None = None
    added_ms: int = Field(sa_type=BigInteger)


class Deck(SQLModel, table=True):
    """A deck file. `digest` is of its bytes as last read; `retired` that the file is gone."""

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    path: str = Field(unique=True)
    name: str
    digest: bytes = Field(sa_type=LargeBinary)
    size: int = Field(sa_type=BigInteger)
    mtime_ns: int = Field(sa_type=BigInteger)
    skipped: int = 0
    enabled: bool = True
    retired: bool = False


class Topic(SQLModel, table=True):
    """A topic path, such as `serving/batching`."""

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(unique=True)


class Note(SQLModel, table=True):
    """One entry of a deck; `details` is the JSON of everything but its front and back."""

    __table_args__ = (
        Index("ix_note_deck", "deck_id"),
        _index_of_few("ix_note_kind", "kind", "kind = 'story' OR kind = 'drill'"),
        Index("ix_note_text", "text_hash"),
        _index_of_few("ix_note_explicit_id", "explicit_id", "explicit_id IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    deck_id: int = Field(foreign_key="deck.id")
    topic_id: int = Field(foreign_key="topic.id")
    kind: str
    front: str
    back: str
    details: str
    explicit_id: str | None = None
    text_hash: bytes = Field(sa_type=LargeBinary)
    front_hash: bytes = Field(sa_type=LargeBinary)
    line: int
    retired: bool = False


class Card(SQLModel, table=True):
    """One thing asked, its place, and the cache of its scheduling state.

    `sibling` names the card among its note's. `position` orders the cards of a deck. `revision`
    grows with every change of the scheduling state, so that a second terminal sees it.
    """

    __table_args__ = (
        Index("ix_card_note", "note_id"),
        # The queue is read from these two alone; the columns after the first few only save the
        # look at each card.
        Index(
            "ix_card_due", "state", "due_day", *_ASKABLE, "stability", "uid", "note_id", "topic_id"
        ),
        Index("ix_card_topic", "topic_id", "state", "deck_id", "position", "retired", "suspended"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    note_id: int = Field(foreign_key="note.id")
    deck_id: int = Field(foreign_key="deck.id")
    topic_id: int = Field(foreign_key="topic.id")
    sibling: str
    position: int
    retired: bool = False
    state: int = 0
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    fsrs_day: int | None = None
    answered_ms: int | None = Field(default=None, sa_type=BigInteger)
    due_day: int | None = None
    due_ms: int | None = Field(default=None, sa_type=BigInteger)
    reps: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: int | None = None
    flag: str | None = None
    leech: bool = False
    revision: int = 0


class Decision(SQLModel, table=True):
    """What an import decided about two notes that do not say the same, so it can be taken back.

    While `joined`, the old note carries the new text, and `before` is the JSON of what it and its
    cards were. Otherwise the old note is retired and the new one stands for the new text; a joined
    pair that was never parted has no new note.
    """

    __table_args__ = (Index("ix_decision_old_note", "old_note_id"),)

    id: int | None = Field(default=None, primary_key=True)
    ms: int = Field(sa_type=BigInteger)
    old_note_id: int = Field(foreign_key="note.id")
    new_note_id: int | None = Field(default=None, foreign_key="note.id")
    joined: bool
    reason: str
    before: str = ""


class Review(SQLModel, table=True):
    """One graded answer, with the state it led to.

    `predicted` is the recall expected before the answer, None for a new card or the same FSRS
    day. `leech` says that this answer made the card a leech and suspended it.
    """

    __table_args__ = (
        Index("ix_review_card", "card_id", "ms"),
        Index("ix_review_day", "study_day", "ms"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    card_id: int = Field(foreign_key="card.id")
    ms: int = Field(sa_type=BigInteger)
    study_day: int
    fsrs_day: int
    rating: int
    duration_ms: int
    kind: str
    scheduled: bool
    predicted: float | None = None
    weights_id: int = Field(foreign_key="weights.id")
    device_id: int = Field(foreign_key="device.id")
    state: int
    step: int | None = None
    due_day: int | None = None
    due_ms: int | None = Field(default=None, sa_type=BigInteger)
    leech: bool = False


class Event(SQLModel, table=True):
    """Something other than an answer that happened to a card; a void takes back `target`."""

    __table_args__ = (
        Index("ix_event_card", "card_id", "ms"),
        Index("ix_event_target", "target"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    card_id: int = Field(foreign_key="card.id")
    ms: int = Field(sa_type=BigInteger)
    study_day: int
    kind: str
    target: bytes | None = Field(default=None, sa_type=LargeBinary)
    until_day: int | None = None
    text: str = ""
    device_id: int = Field(foreign_key="device.id")


class Rehearsal(SQLModel, table=True):
    """A story told aloud: for how long, against which target, with which probes asked.

    `probes` is the JSON list of their texts, `story` the name of the person's own story, and
    `seed` the number that the probes and the framing were drawn by.
    """

    __table_args__ = (Index("ix_rehearsal_card", "card_id", "ms"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    card_id: int = Field(foreign_key="card.id")
    ms: int = Field(sa_type=BigInteger)
    study_day: int
    target_ms: int
    spoken_ms: int
    seed: int = Field(sa_type=BigInteger)
    probes: str
    story: str | None = None
    device_id: int = Field(foreign_key="device.id")


class RehearsalMark(SQLModel, table=True):
    """What was written down about a rehearsal, as it came; of alike rows the newest counts.

    `kind` is `line` (the rubric's line of that `position` with its `points`, 0 to 2), `note` (a
    word to oneself), or `graded` (the whole was scored, and `review_uid` is the answer it became).
    """

    __table_args__ = (Index("ix_rehearsalmark_rehearsal", "rehearsal_id"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    rehearsal_id: int = Field(foreign_key="rehearsal.id")
    ms: int = Field(sa_type=BigInteger)
    kind: str
    position: int | None = None
    points: int | None = None
    text: str = ""
    review_uid: bytes | None = Field(default=None, sa_type=LargeBinary)


def table_of(model: type[SQLModel]) -> Table:
    """Return the table that a model stands for."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


settings, devices, weights = table_of(Setting), table_of(Device), table_of(Weights)
sources, decks, topics = table_of(Source), table_of(Deck), table_of(Topic)
notes, cards, decisions = table_of(Note), table_of(Card), table_of(Decision)
reviews, events = table_of(Review), table_of(Event)
rehearsals, rehearsal_marks = table_of(Rehearsal), table_of(RehearsalMark)
migrations = table_of(Migration)
