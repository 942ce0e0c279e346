"""What makes two notes the same text."""

from __future__ import annotations

from hashlib import blake2b

from srs.deck.model import Note

# Copying it takes less time than making one anew, and a large import hashes a great many texts.
_EMPTY = blake2b(digest_size=16)


def text_hash(note: Note) -> bytes:
    """Return 16 bytes that stand for a note's kind, front, back and asks.

    Line ends, white space at the end of a line and blank lines at either end do not count.
    """
    return hashes(note)[0]


def front_hash(note: Note) -> bytes:
    """Return 16 bytes that stand for a note's front, under the same rules."""
    return hashes(note)[1]


def hashes(note: Note) -> tuple[bytes, bytes]:
    """Return a note's `text_hash` and its `front_hash`."""
    front = normal(note.front)
    # No text holds NUL, so the parts cannot run into each other.
    text = f"{note.kind}\0{front}\0{normal(note.back)}"
    for ask in note.asks:
        text += f"\0{normal(ask.question)}\0{normal(ask.answer)}"
    return _hash(text), _hash(front)


def normal(text: str) -> str:
    """Return a text without what does not count in its hash."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        return text.rstrip()
    return "\n".join(map(str.rstrip, text.split("\n"))).strip("\n")


def _hash(text: str) -> bytes:
    begun = _EMPTY.copy()
    begun.update(text.encode("utf-8", "surrogatepass"))
    return begun.digest()
