"""The tables of what is practised beside the schedule: drills' numbers, mock and real interviews.

All are append-only, as the review log is.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from srs.store.tables import table_of, uid_column


class Drawn(SQLModel, table=True):
    """The numbers that a drill was answered with: the seed that draws them again.

    `review_uid` is the answer in the log. `correct` is None when nothing readable was typed.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    review_uid: bytes = Field(sa_type=LargeBinary, index=True)
    seed: int = Field(sa_type=BigInteger)
    typed: str = ""
    correct: bool | None = None


class Mock(SQLModel, table=True):
    """A mock interview as it was planned: `plan` is the JSON list of what is asked, by card uid."""

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    ms: int = Field(sa_type=BigInteger)
    study_day: int
    seed: int = Field(sa_type=BigInteger)
    minutes: float
    kind: str
    company: str | None = None
    plan: str
    device_id: int = Field(foreign_key="device.id")


class MockEntry(SQLModel, table=True):
    """One thing that happened in a mock interview; nothing is changed or removed.

    `place` counts the plan's items from 0, `line` the lines of its rubric or its probes. `what` is
    spoken, score, probe, note, rating, skip or end; the newest row of a place, a line and a what
    counts. `spent_ms` is the time on the item so far.
    """

    __tablename__ = "mock_entry"

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    mock_uid: bytes = Field(sa_type=LargeBinary, index=True)
    ms: int = Field(sa_type=BigInteger)
    place: int
    what: str
    line: int | None = None
    points: int | None = None
    text: str = ""
    spent_ms: int


class RealInterview(SQLModel, table=True):
    """An interview that took place. `day` counts from 1970-01-01."""

    __tablename__ = "real_interview"

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    ms: int = Field(sa_type=BigInteger)
    day: int
    company: str
    note: str = ""


class RealQuestion(SQLModel, table=True):
    """A question of a real interview, 0 to 2 for how it went, and what it was matched to.

    `card_uid` and `topic` are None where nothing matched; `expected` is the recall that was
    expected of the topic's cards on that day.
    """

    __tablename__ = "real_question"

    id: int | None = Field(default=None, primary_key=True)
    uid: bytes = Field(sa_column=uid_column())
    interview_uid: bytes = Field(sa_type=LargeBinary, index=True)
    place: int
    text: str
    points: int
    card_uid: bytes | None = Field(default=None, sa_type=LargeBinary)
    topic: str | None = None
    expected: float | None = None


MODELS: tuple[type[SQLModel], ...] = (Drawn, Mock, MockEntry, RealInterview, RealQuestion)
ALL = tuple(table_of(model) for model in MODELS)
