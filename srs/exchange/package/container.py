"""The database inside a package: Anki's tables of schema 11, which every Anki since 2.1 reads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from srs.exchange.package.fields import CSS, NoteKind
from srs.schedule.settings import SchedulingSettings

SCHEMA = 11
DEFAULT_DECK = 1
OPTIONS = 1_700_000_000_000
TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
    scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
    ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
    dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
    sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
    ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
    queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
    reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
    odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
    ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL,
    factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""
INDEXES = """
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""


class Container:
    """A package's database while it is filled. `now_s` is the time in epoch seconds."""

    def __init__(self, database: sqlite3.Connection, now_s: int) -> None:
        self._database = database
        self._now_s = now_s
        self._decks: dict[str, int] = {}
        self._kinds: dict[NoteKind, int] = {}
        database.executescript(TABLES)

    def deck(self, name: str) -> int:
        """Return the id of a deck; `::` in its name makes a tree."""
        parts = [part.strip() or "blank" for part in name.split("::")]
        for depth in range(1, len(parts) + 1):
            full = "::".join(parts[:depth])
            self._decks.setdefault(full, self._now_s * 1000 + 1 + len(self._decks))
        return self._decks["::".join(parts)]

    def kind(self, kind: NoteKind) -> int:
        """Return the id of a kind of notes; it is the same in every package."""
        if kind not in self._kinds:
            # Anki takes kinds of one id and other fields for different ones, so the id stands for
            # what the kind is.
            self._kinds[kind] = OPTIONS + _number(kind)
        return self._kinds[kind]

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to a table, with a value for every column."""
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def finish(
        self,
        *,
        created_s: int,
        west_minutes: tuple[int, int],
        scheduling: SchedulingSettings,
        weights: Sequence[float],
    ) -> None:
        """Write what the collection is: its kinds, decks, options, and the days it counts from.

        `west_minutes` says how far local time was west of UTC at `created_s`, and is now.
        """
        decks = {DEFAULT_DECK: "Default", **{id_: name for name, id_ in self._decks.items()}}
        conf = {
            "schedVer": 2,
            "sched2021": True,
            "rollover": scheduling.rollover_hour,
            "creationOffset": west_minutes[0],
            "localOffset": west_minutes[1],
            "collapseTime": scheduling.learn_ahead_minutes * 60,
            "curDeck": DEFAULT_DECK,
            "activeDecks": [DEFAULT_DECK],
            "nextPos": 1,
            "fsrs": True,
        }
        values = (
            1,
            created_s,
            self._now_s * 1000,
            self._now_s * 1000,
            SCHEMA,
            0,
            0,
            0,
            json.dumps(conf),
            json.dumps({id_: self._kind(kind, id_) for kind, id_ in self._kinds.items()}),
            json.dumps({id_: self._deck(id_, name) for id_, name in decks.items()}),
            json.dumps(
                {id_: _options(scheduling, weights, id_) for id_ in (DEFAULT_DECK, OPTIONS)}
            ),
            "{}",
        )
        self.add("col", [values])
        self._database.executescript(INDEXES)

    def _kind(self, kind: NoteKind, id_: int) -> Mapping[str, Any]:
        fields = [
            {"name": name, "ord": n, "sticky": False, "rtl": False, "font": "Arial", "size": 20}
            for n, name in enumerate(kind.fields)
        ]
        templates = [
            {"name": t.name, "ord": n, "qfmt": t.question, "afmt": t.answer, "did": None,
             "bqfmt": "", "bafmt": ""}
            for n, t in enumerate(kind.templates)
        ]  # fmt: skip
        return {
            "id": id_,
            "name": kind.name,
            "type": int(kind.is_cloze),
            "mod": self._now_s,
            "usn": -1,
            "sortf": 0,
            "did": DEFAULT_DECK,
            "tmpls": templates,
            "flds": fields,
            "css": CSS,
            "latexPre": "",
            "latexPost": "",
            "req": [[n, "any", [0]] for n in range(len(templates))],
            "tags": [],
            "vers": [],
        }

    def _deck(self, id_: int, name: str) -> Mapping[str, Any]:
        today = {f"{each}Today": [0, 0] for each in ("new", "rev", "lrn", "time")}
        return {
            "id": id_,
            "name": name,
            "mod": self._now_s,
            "usn": -1,
            "desc": "",
            "dyn": 0,
            "collapsed": False,
            "conf": 1 if id_ == DEFAULT_DECK else OPTIONS,
            "extendNew": 0,
            "extendRev": 0,
            **today,
        }


def _number(kind: NoteKind) -> int:
    from hashlib import blake2b

    return int.from_bytes(blake2b(repr(kind).encode(), digest_size=4).digest(), "big")


def _options(
    scheduling: SchedulingSettings, weights: Sequence[float], id_: int
) -> Mapping[str, Any]:
    steps = [seconds / 60 for seconds in scheduling.learning_steps_s]
    again = [seconds / 60 for seconds in scheduling.relearning_steps_s]
    longest = scheduling.maximum_interval_days
    return {
        "id": id_,
        "name": "srs" if id_ == OPTIONS else "Default",
        "mod": 0,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {"delays": steps, "ints": [1, 4, 0], "initialFactor": 2500, "order": 1,
                "perDay": scheduling.new_per_day, "bury": scheduling.bury_siblings},
        "lapse": {"delays": again, "mult": 0, "minInt": 1, "leechAction": 0,
                  "leechFails": scheduling.leech_threshold},
        "rev": {"perDay": scheduling.reviews_per_day, "ease4": 1.3, "ivlFct": 1, "maxIvl": longest,
                "hardFactor": 1.2, "bury": scheduling.bury_siblings},
        "desiredRetention": scheduling.desired_retention,
        "fsrsParams6": list(weights),
    }  # fmt: skip
