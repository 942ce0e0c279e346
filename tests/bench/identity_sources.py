"""A deck's git history as cards, each with the id that its source gave it.

The ids are taken out of the text, so that a matcher does not see them: `guid:` and `nid:` of ki,
`<!--ID: 17…-->` of Obsidian_to_Anki's blocks and of its `#flashcard` paragraphs, `<!-- id: … -->`
of ours, the number before an interview question, the schedule comment under a card of an Obsidian
vault. The last two are no ids by design, yet hardly ever change with the text.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from srs.deck.dialects.reader import read_any
from srs.deck.identity import front_hash, text_hash
from srs.deck.model import Kind, Note

_KI = re.compile(
    r"^#+ Note\n(?:```\n)?(?P<id>(?:guid|nid): .*?)\n.*?^##+ Front\n(?P<front>.*?)^##+ Back\n",
    re.MULTILINE | re.DOTALL,
)
_BLOCK = re.compile(
    r"^(?:%%\s*ANKI|START)[ \t]*\n(?P<type>[^\n]*)\n(?P<body>.*?)^END", re.MULTILINE | re.DOTALL
)
_FLASHCARD = re.compile(
    r"^(?P<front>[^\n]+(?:\n[^\n]+)*?) #flashcard[^\n]*\n+"
    r"(?P<back>(?:(?!<!--)[^\n]*[^\s\n][^\n]*\n)+)<!--ID: (?P<id>\d+)-->",
    re.MULTILINE,
)
_BLOCK_ID = re.compile(r"^(?:<!--\s*)?ID: *(?P<id>\d+)(?:\s*-->)?[ \t]*\n?", re.MULTILINE)
_BLOCK_BACK = re.compile(r"^Back:", re.MULTILINE)
_BLOCK_REFERENCE = re.compile(r"^(?:Reference|Back Extra|Extra):", re.MULTILINE)
_DELETION = re.compile(r"\{[^{}\n]+\}")
_BLOCK_TAGS = re.compile(r"^Tags:[^\n]*\n?", re.MULTILINE)
_NUMBER = re.compile(r"^(?:#+|<summary>)?\W*(?:Q(?:uestion)?\s*)?(?P<id>\d+)[.):]")
_SCHEDULE = re.compile(r"<!--SR:(?P<id>[^>]*)-->")


@dataclass(frozen=True, slots=True)
class Card:
    """One note of a commit, and the id its source gave it."""

    deck: str
    truth: str | None
    kind: Kind
    front: str
    back: str
    line: int = 0
    text_hash: bytes = field(default=b"", compare=False)
    front_hash: bytes = field(default=b"", compare=False)

    @property
    def bare(self) -> str:
        """The text without white space: what a content hash knows a card by."""
        return "".join(f"{self.front}\0{self.back}".split())


Snapshot = dict[str, list[Card]]
"""The cards of each file, in order."""


def history(repo: Path, path: str) -> Iterator[tuple[str, Snapshot]]:
    """Yield every commit that touches a path, oldest first, with the files it changed.

    A file that is gone has no cards.
    """
    commits = list(_changes(repo, path))
    texts = _blobs(repo, sorted({blob for _, files in commits for blob in files.values() if blob}))
    read: dict[tuple[str, str], list[Card]] = {}
    for commit, files in commits:
        changed: Snapshot = {}
        for name, blob in files.items():
            key = blob, name
            if blob and key not in read:
                read[key] = cards_of(texts.get(blob, ""), name)
            changed[name] = read[key] if blob else []
        yield commit, changed


def cards_of(text: str, name: str) -> list[Card]:
    """Return the cards of a file, whichever of the known sources it is of."""
    text = text.replace("\r\n", "\n")
    ki = _KI.match(text)
    if ki is not None:
        return [_card(str(Path(name).parent), ki["id"], ki["front"], text[ki.end() :])]
    if _BLOCK.search(text) or (_has_flashcards(text) and _FLASHCARD.search(text)):
        return _obsidian_to_anki(text, name)
    return _any_dialect(text, name)


def _has_flashcards(text: str) -> bool:
    """Tell whether flashcard paragraphs may be found: to look for them is slow in long ones."""
    return " #flashcard" in text and "<!--ID: " in text


def _obsidian_to_anki(text: str, name: str) -> list[Card]:
    found: list[tuple[int, Card]] = []
    for block in _BLOCK.finditer(text):
        body = _BLOCK_TAGS.sub("", block["body"])
        ids = _BLOCK_ID.search(body)
        body = _BLOCK_ID.sub("", body)
        cloze = "cloze" in block["type"].lower()
        cut = (_BLOCK_REFERENCE if cloze else _BLOCK_BACK).search(body)
        front, back = (body[: cut.start()], body[cut.start() :]) if cut else (body, "")
        truth = f"note {ids['id']}" if ids else None
        back = back.removeprefix("Back:")
        if not (_DELETION.search(front) if cloze else back.strip()):
            continue  # nothing to answer: no card in this program
        kind = Kind.CLOZE if cloze else Kind.BASIC
        found.append((block.start(), _card(name, truth, front, back, kind)))
    for paragraph in _FLASHCARD.finditer(text) if _has_flashcards(text) else ():
        truth = f"note {paragraph['id']}"
        found.append((paragraph.start(), _card(name, truth, paragraph["front"], paragraph["back"])))
    return [card for _, card in sorted(found, key=lambda item: item[0])]


def _any_dialect(text: str, name: str) -> list[Card]:
    deck = read_any(text, name).deck
    if deck is None or not deck.notes:
        return []
    lines = text.split("\n")
    ends = [note.line - 1 for note in deck.notes[1:]] + [len(lines)]
    cards = []
    for note, end in zip(deck.notes, ends, strict=True):
        block = "\n".join(lines[note.line - 1 : end])
        truth = _truth(note, block, name)
        front, back = (_SCHEDULE.sub("", side) for side in (note.front, note.back))
        front = _NUMBER.sub("", front, count=1)
        cards.append(_card(name, truth, front, back, note.kind, note.line))
    return cards


def _truth(note: Note, block: str, name: str) -> str | None:
    if note.explicit_id:
        return f"id {note.explicit_id}"
    schedule = _SCHEDULE.search(block)
    if schedule is not None:
        return f"schedule {schedule['id']}"
    number = _NUMBER.match(block)
    return f"number {number['id']} of {name}" if number is not None else None


def _card(
    deck: str, truth: str | None, front: str, back: str, kind: Kind = Kind.BASIC, line: int = 0
) -> Card:
    note = Note(kind, front.strip(), back.strip(), "", line)
    hashes = text_hash(note), front_hash(note)
    return Card(deck, truth, kind, note.front, note.back, line, *hashes)


def _git(repo: Path, *arguments: str, given: bytes | None = None) -> bytes:
    command = ["git", "-C", str(repo), "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, input=given).stdout


def _changes(repo: Path, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each commit and, of every Markdown file that it changed, the blob, empty if gone."""
    options = ("--first-parent", "-m", "--reverse", "--root", "--raw", "--no-abbrev", "-z")
    out = _git(repo, "log", *options, "--no-renames", "--format=commit %h", "--", path)
    commit, files, blob = "", dict[str, str](), ""
    for word in out.decode("utf-8", "replace").split("\0"):
        word = word.strip("\n")
        if word.startswith("commit "):
            if files:
                yield commit, files
            commit, files = word.split()[1], {}
        elif word.startswith(":"):
            blob = word.split()[3].strip("0")
            blob = word.split()[3] if blob else ""
        elif word.endswith(".md"):
            files[word] = blob
    if files:
        yield commit, files


def _blobs(repo: Path, hashes: list[str]) -> dict[str, str]:
    """Return the text of many blobs by their hash; a snapshot may lack some."""
    out = _git(repo, "cat-file", "--batch", given="\n".join(hashes).encode())
    found: dict[str, str] = {}
    start = 0
    while start < len(out):
        end = out.index(b"\n", start)
        words = out[start:end].split()
        if len(words) < 3:
            start = end + 1
            continue
        stop = end + 1 + int(words[2])
        found[words[0].decode()] = out[end + 1 : stop].decode("utf-8", "replace")
        start = stop + 1
    return found
