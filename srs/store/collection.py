"""The open collection: one SQLite file, its settings, its clock, its transactions."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srs.errors import SrsError
from srs.schedule.clock import Clock, SystemClock, moment
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.schedule.model import Moment, ReviewKind
from srs.store import locations, settings, sqlite, versions
from srs.store.plain import insertion
from srs.store.queue import Execute

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from srs.schedule.scheduler import Scheduler

FSRS_MODEL = "fsrs-6"
NEWEST_WEIGHTS = "SELECT id, parameters FROM weights ORDER BY created_ms DESC, id DESC LIMIT 1"


class Collection:
    """Everything a person has learned, open for reading and writing.

    `clock` gives the time and `chance` the uids; tests pass their own.
    """

    def __init__(
        self,
        driver: sqlite3.Connection,
        path: Path,
        clock: Clock,
        chance: random.Random,
        *,
        check_settings: bool = True,
    ) -> None:
        self._driver = driver
        self._turn = threading.RLock()
        self.path = path
        self.clock = clock
        self._chance = chance
        self.weights_id, self.weights = 0, DEFAULT_WEIGHTS
        self.find_own_rows()
        self.settings = settings.Settings()
        if check_settings:
            self.reload_settings()

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        check_settings: bool = True,
    ) -> Collection:
        """Open the collection at a path, making or migrating it as needed.

        Without `check_settings` the defaults hold, so that a bad setting can be put right.

        Raises SrsError, with one sentence, when the file is damaged, foreign, newer than this
        program, or cannot be written.
        """
        path = path or locations.collection_file()
        clock = clock or SystemClock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite.explain(error, path) from error
        _prepare_tables(path, clock.now_ms())
        chance = chance or random.SystemRandom()
        try:
            driver = sqlite3.connect(path, check_same_thread=False)
            sqlite.prepare(driver)
            return cls(driver, path, clock, chance, check_settings=check_settings)
        except sqlite3.Error as error:
            raise sqlite.explain(error, path) from error

    def find_own_rows(self) -> None:
        """Find this computer's row and the newest weights, or add them."""
        with self.reading_sql() as execute:
            device, weights = _own_device(execute), newest_weights(execute)
        if device is None or weights is None:
            with self.writing_sql() as execute:
                device = _own_device(execute) or self._add_device(execute)
                weights = newest_weights(execute) or self._add_default_weights(execute)
        self.device_id = device
        self.weights_id, self.weights = weights
        self.__dict__.pop("scheduler", None)

    def close(self) -> None:
        """Close the file, moving the write-ahead log into it."""
        with contextlib.suppress(SrsError):
            self.checkpoint()
        if "engine" in self.__dict__:
            self.engine.dispose()
        self._driver.close()

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def reading_sql(self) -> Iterator[Execute]:
        """Give a way to run plain SQL that sees one state of the collection throughout."""
        with self._transaction("BEGIN") as execute:
            yield execute

    @contextlib.contextmanager
    def writing_sql(self) -> Iterator[Execute]:
        """Give a way to run plain SQL; its changes are on the disk at the end, or not at all."""
        with self._transaction("BEGIN IMMEDIATE") as execute:
            self._follow(first(execute(NEWEST_WEIGHTS, {})))
            yield execute

    @cached_property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, imported when first wanted."""
        from srs.store.engine import make_engine

        return make_engine(self.path)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection of SQLAlchemy's that sees one state of the collection throughout."""
        from srs.store.engine import ERRORS

        try:
            with self.engine.begin() as connection:
                yield connection
        except ERRORS as error:
            raise sqlite.explain(error, self.path) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection of SQLAlchemy's whose changes are stored at the end, or not at all."""
        from srs.store.engine import ERRORS

        try:
            with self.engine.connect() as connection:
                connection = connection.execution_options(immediate=True)
                with connection.begin():
                    self._follow(connection.exec_driver_sql(NEWEST_WEIGHTS).first())
                    yield connection
        except ERRORS as error:
            raise sqlite.explain(error, self.path) from error

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database; called between sittings."""
        try:
            with self._turn:
                sqlite.checkpoint(self._driver)
        except sqlite3.Error as error:
            raise sqlite.explain(error, self.path) from error

    def now(self) -> Moment:
        """Return the present moment by the collection's clock and rollover hour."""
        return moment(self.clock, self.settings.scheduling.rollover_hour)

    def new_uid(self) -> bytes:
        """Return 16 fresh random bytes."""
        return self._chance.randbytes(16)

    def new_uids(self, count: int) -> list[bytes]:
        """Return so many times 16 fresh random bytes, in ascending order.

        In that order a great many of them go into an index quickest.
        """
        drawn = self._chance.randbytes(16 * count)
        return sorted([drawn[at : at + 16] for at in range(0, len(drawn), 16)])

    def new_seed(self) -> int:
        """Return a fresh random number of 48 bits, for what is drawn by one."""
        return int.from_bytes(self._chance.randbytes(6))

    @cached_property
    def scheduler(self) -> Scheduler:
        """The scheduler of the present settings and weights."""
        # Imported here and below: an import of decks schedules nothing.
        from srs.schedule.scheduler import Scheduler

        return Scheduler(self.settings.scheduling, self.weights)

    def scheduler_of(self, kind: ReviewKind) -> Scheduler:
        """Return the scheduler of a practice; a story told is due in whole days, without steps."""
        if kind is not ReviewKind.REHEARSAL:
            return self.scheduler
        from srs.schedule.scheduler import Scheduler

        settings = self.settings.scheduling._replace(learning_steps_s=(), relearning_steps_s=())
        return Scheduler(settings, self.weights)

    def stored_settings(self) -> dict[str, str]:
        """Return the settings' rows as the person wrote them."""
        with self.reading_sql() as execute:
            return dict(execute("SELECT name, value FROM setting", {}))

    def reload_settings(self) -> None:
        """Read the settings again. Raises SrsError for a value that is not allowed."""
        self.settings = settings.parse(self.stored_settings().items())
        self.__dict__.pop("scheduler", None)

    def change_setting(self, name: str, value: str | None) -> None:
        """Store one setting, or take it back to its default with None; raises as `check` does."""
        if value is not None:
            settings.check(self.stored_settings(), name, value)
        elif name not in settings.DEFINITIONS and not name.startswith(settings.KEY_PREFIX):
            raise settings.UnknownSettingError(
                f"There is no setting {name!r}; srs config lists them."
            )
        with self.writing_sql() as execute:
            execute("DELETE FROM setting WHERE name = :name", {"name": name})
            if value is not None:
                insert(execute, "setting", {"name": name, "value": value.strip()})
        self.reload_settings()

    def back_up(self, target: Path | None = None) -> Path:
        """Copy the collection to a file and return its path; by default among the backups."""
        target = target or sqlite.backup_name(self.path, self.clock.now_ms())
        sqlite.back_up(self.path, target)
        return target

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[Execute]:
        try:
            with self._turn:
                self._driver.execute(begin)
                try:
                    yield self._driver.execute
                except BaseException:
                    self._driver.rollback()
                    raise
                self._driver.commit()
        except sqlite3.Error as error:
            raise sqlite.explain(error, self.path) from error

    def _follow(self, newest: Any | None) -> None:
        """Take up the weights that another process has made the current ones."""
        if newest is not None and newest[0] != self.weights_id:
            self.weights_id, self.weights = newest[0], tuple(json.loads(newest[1]))
            self.__dict__.pop("scheduler", None)

    def _add_device(self, execute: Execute) -> int:
        values = {"uid": self.new_uid(), "name": socket.gethostname()}
        insert(execute, "device", values)
        return _own_device(execute) or 0

    def _add_default_weights(self, execute: Execute) -> tuple[int, tuple[float, ...]]:
        values = {
            "model": FSRS_MODEL,
            "parameters": json.dumps(list(DEFAULT_WEIGHTS)),
            "created_ms": self.clock.now_ms(),
        }
        insert(execute, "weights", values)
        weights = newest_weights(execute)
        assert weights is not None
        return weights


def insert(execute: Execute, table: str, values: Mapping[str, Any]) -> None:
    """Insert one row; the names are those of the table's columns."""
    execute(insertion(table, values), values)


def first(rows: Iterable[Any]) -> Any | None:
    """Return the first of some rows, None when there is none."""
    return next(iter(rows), None)


def _prepare_tables(path: Path, now_ms: int) -> None:
    """Make or migrate the tables; raises SrsError as `open` does."""
    if not sqlite.check_file(path):
        from srs.store import schema

        schema.create(path, now_ms)
        return
    with sqlite.read_only(path) as connection:
        applied = {name for (name,) in connection.execute("SELECT name FROM migration")}
    versions.refuse_newer(applied, path, versions.MIGRATIONS)
    if applied.issuperset(versions.MIGRATIONS):
        return
    # Imported here: migrations alone need SQLAlchemy.
    from srs.store.engine import bring_up_to_date

    bring_up_to_date(path, now_ms)


def _own_device(execute: Execute) -> int | None:
    row = first(
        execute(
            "SELECT id FROM device WHERE name = :name ORDER BY id", {"name": socket.gethostname()}
        )
    )
    return None if row is None else int(row[0])


def newest_weights(execute: Execute) -> tuple[int, tuple[float, ...]] | None:
    """Return the id and the values of the newest weights, None in a new collection."""
    row = first(execute(NEWEST_WEIGHTS, {}))
    return None if row is None else (row[0], tuple(json.loads(row[1])))
