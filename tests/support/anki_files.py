"""Small Anki packages made by hand, so that tests need no Anki."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

TABLES = """
CREATE TABLE col (id INTEGER, crt INTEGER, conf TEXT, models TEXT, decks TEXT, dconf TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);
CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, did INTEGER, ord INTEGER, type INTEGER,
    queue INTEGER, due INTEGER, ivl INTEGER, factor INTEGER, left INTEGER, odue INTEGER,
    odid INTEGER, flags INTEGER, data TEXT);
CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid INTEGER, usn INTEGER, ease INTEGER, ivl INTEGER,
    lastIvl INTEGER, factor INTEGER, time INTEGER, type INTEGER);
"""
# 2026-11-01 04:00 in Berlin, the first day of the collections made here
CREATED_S = 1_793_502_000
FIRST_DAY = 20_758
BASIC, CLOZE = 1, 2
MODELS = {
    "1": {
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
        "tmpls": [
            {
                "name": "Card 1",
                "ord": 0,
                "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
            }
        ],
    },
    "2": {
        "name": "Cloze",
        "type": 1,
        "flds": [{"name": "Text", "ord": 0}, {"name": "Extra", "ord": 1}],
        "tmpls": [
            {
                "name": "Cloze",
                "ord": 0,
                "qfmt": "{{cloze:Text}}",
                "afmt": "{{cloze:Text}}<br>{{Extra}}",
            }
        ],
    },
}


class AnkiFile:
    """A collection of schema 11 in the making."""

    def __init__(self, folder: Path, *, conf: Mapping[str, object] | None = None) -> None:
        self.path = folder / "collection.db"
        self.path.unlink(missing_ok=True)
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.executescript(TABLES)
        decks = {"1": {"name": "Default"}, "2": {"name": "ML::Serving"}}
        settings = {"schedVer": 2, "creationOffset": -60, **(conf or {})}
        self.db.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, ?, '{}')",
            (CREATED_S, json.dumps(settings), json.dumps(MODELS), json.dumps(decks)),
        )

    def add(
        self,
        guid: str,
        *fields: str,
        kind: int = BASIC,
        tags: str = "",
        deck: int = 2,
        ords: Sequence[int] = (0,),
        **card: object,
    ) -> int:
        """Add a note with its cards, which are new unless columns say otherwise."""
        (note,) = self.db.execute("SELECT COUNT(*) + 100 FROM notes").fetchone()
        self.db.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, ?)",
            (note, guid, kind, tags, "\x1f".join((*fields, *[""] * (2 - len(fields))))),
        )
        for ord_ in ords:
            values = {
                **dict.fromkeys(("type", "queue", "due", "ivl", "factor", "left"), 0),
                **dict.fromkeys(("odue", "odid", "flags"), 0),
                **{"id": note * 10 + ord_, "nid": note, "did": deck, "ord": ord_, "data": ""},
                **card,
            }
            self.db.execute(
                f"INSERT INTO cards ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
        return int(note) * 10

    def log(
        self, card: int, ms: int, ease: int, ivl: int, last: int, factor: int, kind: int
    ) -> None:
        """Add an answer of five seconds."""
        self.db.execute(
            "INSERT INTO revlog VALUES (?, ?, 0, ?, ?, ?, ?, 5000, ?)",
            (ms, card, ease, ivl, last, factor, kind),
        )

    def package(
        self,
        name: str = "deck.apkg",
        media: Mapping[str, bytes] | None = None,
        media_map: bytes | None = None,
    ) -> Path:
        """Write the package beside the collection and return its path."""
        path = self.path.with_name(name)
        files = media or {}
        names = {str(place): file for place, file in enumerate(files)}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("collection.anki2", self.path.read_bytes())
            target.writestr("media", media_map or json.dumps(names))
            for place, data in enumerate(files.values()):
                target.writestr(str(place), data)
        return path
