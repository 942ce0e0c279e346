"""What makes two notes the same text."""

from __future__ import annotations

from hashlib import blake2b

from srs.deck.model import Note


def text_hash(note: Note) -> bytes:
    """Return 16 bytes that stand for a note's kind, front, back and asks.

    Line ends, white space at the end of a line and blank lines at either end do not count.
    """
    asks = (part for ask in note.asks for part in (_normal(ask.question), _normal(ask.answer)))
    return _hash(note.kind, _normal(note.front), _normal(note.back), *asks)


def front_hash(note: Note) -> bytes:
    """Return 16 bytes that stand for a note's front, under the same rules."""
    return _hash(_normal(note.front))


def _hash(*parts: str) -> bytes:
    # No text holds NUL, so the parts cannot run into each other.
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _normal(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")
