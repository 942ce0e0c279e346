"""The open collection: one SQLite file, its settings, its clock, its transactions."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import sqlite3
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, exc, select

from srs.errors import SrsError
from srs.schedule.clock import Clock, SystemClock, moment
from srs.schedule.model import Moment
from srs.schedule.scheduler import DEFAULT_WEIGHTS, Scheduler
from srs.store import locations, migrations, settings, sqlite, tables

FSRS_MODEL = "fsrs-6"


class Collection:
    """Everything a person has learned, open for reading and writing.

    `clock` gives the time and `chance` the uids; tests pass their own.
    """

    def __init__(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        chance: random.Random,
        *,
        check_settings: bool = True,
    ) -> None:
        self.engine = engine
        self.path = path
        self.clock = clock
        self._chance = chance
        with self.reading() as connection:
            device, weights = self._own_device(connection), _newest_weights(connection)
        if device is None or weights is None:
            with self.writing() as connection:
                device = self._own_device(connection) or self._add_device(connection)
                weights = _newest_weights(connection) or self._add_default_weights(connection)
        self.device_id = device
        self.weights_id, self.weights = weights
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
        sqlite.check_file(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite.explain(error, path) from error
        engine = _engine(path)
        try:
            _bring_up_to_date(engine, path, clock.now_ms())
            chance = chance or random.SystemRandom()
            return cls(engine, path, clock, chance, check_settings=check_settings)
        except (exc.SQLAlchemyError, sqlite3.Error) as error:
            engine.dispose()
            raise sqlite.explain(error, path) from error
        except SrsError:
            engine.dispose()
            raise

    def close(self) -> None:
        """Close the file, moving the write-ahead log into it."""
        with contextlib.suppress(SrsError):
            self.checkpoint()
        self.engine.dispose()

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the collection throughout."""
        with self._explained(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on the disk when the block ends, or not at all."""
        with self._explained(), self.engine.connect() as connection:
            connection = connection.execution_options(immediate=True)
            with connection.begin():
                yield connection

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database; called between sittings."""
        with self._explained():
            raw = self.engine.raw_connection()
            try:
                driver = raw.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                sqlite.checkpoint(driver)
            finally:
                raw.close()

    def now(self) -> Moment:
        """Return the present moment by the collection's clock and rollover hour."""
        return moment(self.clock, self.settings.scheduling.rollover_hour)

    def new_uid(self) -> bytes:
        """Return 16 fresh random bytes."""
        return self._chance.randbytes(16)

    @cached_property
    def scheduler(self) -> Scheduler:
        """The scheduler of the present settings and weights."""
        return Scheduler(self.settings.scheduling, self.weights)

    def stored_settings(self) -> dict[str, str]:
        """Return the settings' rows as the person wrote them."""
        with self.reading() as connection:
            rows = connection.execute(select(tables.settings.c.name, tables.settings.c.value))
            return {row.name: row.value for row in rows}

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
        with self.writing() as connection:
            connection.execute(delete(tables.settings).where(tables.settings.c.name == name))
            if value is not None:
                connection.execute(tables.settings.insert().values(name=name, value=value.strip()))
        self.reload_settings()

    def back_up(self, target: Path | None = None) -> Path:
        """Copy the collection to a file and return its path; by default among the backups."""
        target = target or _backup_name(self.path, self.clock.now_ms())
        sqlite.back_up(self.path, target)
        return target

    def _own_device(self, connection: Connection) -> int | None:
        table = tables.devices
        found = select(table.c.id).where(table.c.name == socket.gethostname())
        return connection.execute(found.order_by(table.c.id)).scalar()

    def _add_device(self, connection: Connection) -> int:
        row = tables.devices.insert().values(uid=self.new_uid(), name=socket.gethostname())
        return _new_id(connection.execute(row).inserted_primary_key)

    def _add_default_weights(self, connection: Connection) -> tuple[int, tuple[float, ...]]:
        row = tables.weights.insert().values(
            model=FSRS_MODEL,
            parameters=json.dumps(list(DEFAULT_WEIGHTS)),
            created_ms=self.clock.now_ms(),
        )
        return _new_id(connection.execute(row).inserted_primary_key), tuple(DEFAULT_WEIGHTS)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (exc.SQLAlchemyError, sqlite3.Error) as error:
            raise sqlite.explain(error, self.path) from error


def _newest_weights(connection: Connection) -> tuple[int, tuple[float, ...]] | None:
    table = tables.weights
    row = connection.execute(
        select(table.c.id, table.c.parameters).order_by(table.c.id.desc())
    ).first()
    return None if row is None else (row.id, tuple(json.loads(row.parameters)))


def _new_id(key: Any) -> int:
    assert key is not None
    return int(key[0])


def _engine(path: Path) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, check_same_thread=False),
        pool_size=4,
    )

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        sqlite.prepare(connection)

    # The driver's own transactions begin late and never as writers: begin them here, so that a
    # write waits for its turn at the start and a reader sees one state.
    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _bring_up_to_date(engine: Engine, path: Path, now_ms: int) -> None:
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        is_collection = sqlite.check_owner(driver, path)
        todo = migrations.pending(connection, path)
        connection.rollback()
        if not todo:
            return
        if is_collection:
            sqlite.back_up(path, _backup_name(path, now_ms))
        writing = connection.execution_options(immediate=True)
        if not is_collection:
            with writing.begin():
                # Another process may have made the tables while this one waited for its turn.
                if not migrations.applied(writing):
                    migrations.create(writing, now_ms)
                    sqlite.mark_owner(driver)
            return
        for name in todo:
            with writing.begin():
                if name not in migrations.applied(writing):
                    migrations.apply(writing, name, now_ms)


def _backup_name(path: Path, now_ms: int) -> Path:
    from datetime import UTC, datetime

    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    return locations.backup_folder(path) / f"{path.stem}-{stamp}.db"
