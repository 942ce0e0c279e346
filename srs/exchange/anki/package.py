"""Reading an Anki package into decks with their histories."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from srs.deck.model import Deck, Note, Problem, Severity
from srs.exchange.anki.archive import Package, PackageError
from srs.exchange.anki.content import Content, load
from srs.exchange.anki.database import opened
from srs.exchange.anki.history import past
from srs.exchange.anki.notes import Place, convert, is_occlusion
from srs.exchange.anki.sides import NoteRow
from srs.exchange.readers import Surroundings
from srs.exchange.topics import topic_of
from srs.store.ingest.foreign import ForeignDeck, ForeignFile, Past

FORMAT = "anki"
PROGRAM = "Anki"
USUAL_RETENTION = 0.9

_REFERRED = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))|\[sound:([^]]*)\]")


def read_package(path: Path, surroundings: Surroundings) -> ForeignFile:
    """Read an `.apkg` or `.colpkg` of any generation; what is wrong is among the problems."""
    try:
        with Package(path) as package, tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "collection")
            package.unpack_collection(file)
            with opened(file) as database:
                content = load(database, surroundings)
            held = package.media()
    except PackageError as error:
        return ForeignFile(
            path, FORMAT, problems=(Problem(str(path), 1, 1, error.code, str(error)),)
        )
    except OSError as error:
        message = f"it cannot be unpacked ({error.strerror}); make room on the disk"
        return ForeignFile(
            path, FORMAT, problems=(Problem(str(path), 1, 1, "unreadable", message),)
        )
    return _Reading(path, content, held).file()


class _Reading:
    """Turns a package's content into a file's decks, counting what cannot be taken."""

    def __init__(self, path: Path, content: Content, held: Mapping[str, str]) -> None:
        self._path = path
        self._content = content
        self._held = held
        self._missing: set[str] = set()
        self._media: dict[str, str] = {}
        self._left_out: Counter[str] = Counter()

    def file(self) -> ForeignFile:
        """Return the file."""
        notes: dict[str, list[Note]] = defaultdict(list)
        pasts: dict[str, dict[tuple[str, str], Past]] = defaultdict(dict)
        for note in self._content.notes:
            self._take(note, notes, pasts)
        decks = tuple(
            ForeignDeck(Deck(name, topic_of(name, ()), tuple(found)), pasts[name])
            for name, found in sorted(notes.items())
        )
        return ForeignFile(
            self._path,
            FORMAT,
            decks,
            tuple(self._problems()),
            self._media,
            PROGRAM,
        )

    def _take(
        self,
        note: NoteRow,
        notes: dict[str, list[Note]],
        pasts: dict[str, dict[tuple[str, str], Past]],
    ) -> None:
        cards = self._content.cards[note.id]
        kind = self._content.note_types.get(note.type_id)
        if kind is None:
            self._left_out["no-note-type"] += len(cards)
            return
        if is_occlusion(note, kind):
            self._left_out["image-occlusion"] += len(cards)
            return
        deck = self._content.decks.get(cards[0].deck_id, "Default")
        place = Place(deck, topic_of(deck, note.tags), len(notes[deck]) + 1)
        converted = convert(note, kind, [card.ord for card in cards], place)
        keys = {} if converted is None else converted.keys
        self._left_out["empty-card"] += sum(card.ord not in keys for card in cards)
        if converted is None:
            if not notes[deck]:
                del notes[deck]
            return
        notes[deck].append(converted.note)
        for card in cards:
            if card.ord in keys:
                learned = past(
                    note.guid, card, self._content.log.get(card.id, ()), self._content.times
                )
                pasts[deck][note.guid, keys[card.ord]] = learned
        self._note_media(note.fields)

    def _note_media(self, fields: Iterable[str]) -> None:
        for field in fields:
            for groups in _REFERRED.findall(field):
                name = unquote(unescape("".join(groups).strip()))
                if name in self._held:
                    self._media[name] = self._held[name]
                elif name and "://" not in name and not name.startswith("data:"):
                    self._missing.add(name)

    def _problems(self) -> Iterable[Problem]:
        if not self._content.notes:
            yield self._warning("no-cards", "the package has no cards")
        for code, sentence in (
            ("image-occlusion", "hiding parts of a picture, which a terminal cannot show"),
            ("empty-card", "that ask nothing in Anki either, or whose template it cannot read"),
            ("no-note-type", "of a note type that the package lacks"),
        ):
            if count := self._left_out[code]:
                cards = "1 card" if count == 1 else f"{count} cards"
                yield self._warning(code, f"{cards} left out: {sentence}")
        if self._missing:
            some = ", ".join(sorted(self._missing)[:3])
            count = len(self._missing)
            message = f"{count} pictures or sounds are not in the package, such as {some}"
            yield self._warning("missing-media", message)
        wanted = self._content.desired_retention
        if wanted is not None and round(wanted, 4) != USUAL_RETENTION:
            yield self._warning(
                "desired-retention",
                f"it was learned at a desired retention of {wanted:g}; "
                f"to go on so here, run srs config desired-retention {wanted:g}",
            )

    def _warning(self, code: str, message: str) -> Problem:
        return Problem(str(self._path), 1, 1, code, message, Severity.WARNING)
