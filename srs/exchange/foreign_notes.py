"""Fields of other programs, HTML or plain, made into notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from srs.deck.cloze import deletions
from srs.deck.model import Ask, Kind, Note
from srs.deck.topics import slug, topic_path
from srs.exchange.anki.cloze import Cloze, Deletion, has_deletion
from srs.exchange.html import markdown_of

_DELETION = re.compile(r"\{\{c\d+::")
_RULE = re.compile(r"\A(?:\s|<br\s*/?>)*<hr[^>]*>", re.IGNORECASE)


def is_cloze(text: str) -> bool:
    """Tell whether a field holds one of Anki's deletions."""
    return _DELETION.search(text) is not None


def as_html(text: str) -> str:
    """Return plain text as a field of HTML, its lines kept."""
    return escape(text, quote=False).replace("\n", "<br>")


def answer_of(html: str) -> str:
    """Return an answer's HTML as Markdown, without the line that parts it from the question."""
    return markdown_of(_RULE.sub("", html))


def cloze_note(html: str, extra: str, topic: str, line: int) -> Note | None:
    """Make a note of a text with deletions and of what is shown with its answers.

    Where each deletion has a number of its own it is a cloze of ours. Where several are asked at
    once, or lie in each other, the note asks for each number. None when nothing is deleted.
    """
    cloze = Cloze(html)
    numbers = [number for each in cloze.deletions for number in each.numbers]
    if not numbers:
        return None
    told = f"\n\n{answer_of(extra)}" if extra.strip() else ""
    if len(set(numbers)) == len(numbers) and not cloze.is_nested and not told:
        front = _with_brackets(cloze.parts)
        if len(deletions(front)) == len(numbers):
            hints = tuple(markdown_of(d.hint) for d in cloze.deletions if d.hint)
            return Note(Kind.CLOZE, front, "", topic, line, hints=hints)
    asks = tuple(
        Ask(f"c{n}", markdown_of(cloze.question(n)), markdown_of(cloze.answer(n)) + told)
        for n in sorted(set(numbers))
        if has_deletion(html, n)
    )
    return Note(Kind.CLOZE, markdown_of(html), told.strip(), topic, line, asks=asks)


def topic_of(tags: Sequence[str], deck: str) -> str:
    """Return the topic of a note: its first tag as a path, else its deck's name."""
    for tag in tags:
        path = topic_path(tag.replace("::", "/"))
        if path and path not in ("leech", "marked"):
            return path
    return topic_path(deck.replace("::", "/")) or slug(deck) or "deck"


def _with_brackets(parts: Sequence[str | Deletion]) -> str:
    # Signs of private use stand for our brackets while the text's own are escaped.
    html = "".join(
        part if isinstance(part, str) else f"\ue0f0{''.join(map(str, part.parts))}\ue0f1"
        for part in parts
    )
    text = markdown_of(html, escape_brackets=True)
    return text.replace("\ue0f0", "[").replace("\ue0f1", "]")
