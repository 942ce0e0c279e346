"""Notes as a deck of our own Markdown format, which is how a person comes to own their text.

A note is written in the plainest form that reads back as the same note: under a heading, between
`Q:` and `A:`, as `C:`, a story or a drill. What a deck cannot hold as it is, such as a line that
would begin another card, is escaped. What is written has always been read back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from srs.deck.codec import encode
from srs.deck.identity import text_hash
from srs.deck.model import Kind, Note
from srs.deck.reader import read_deck
from srs.deck.topics import below, slug, topic_path
from srs.exchange.escapes import escaped, fenced, on_one_line
from srs.exchange.forms import Head, forms, head_of

_OPTION_WORD = re.compile(r"(?!-)[^\s·,]+")
_SENTINEL = "\n\nQ: Does the deck go on here?\nA: It does.\n\n## And under a heading?\n\nYes.\n"
_SENTINELS = ("Does the deck go on here?", "And under a heading?")


@dataclass(slots=True)
class Written:
    """A deck as text, and what became of its notes.

    `escaped` are notes that read back with signs added, `left` those that the deck cannot hold:
    they are not in the text, or would change beside the others.
    """

    text: str = ""
    notes: list[Note] = field(default_factory=list)
    escaped: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)


def write_deck(name: str, notes: Sequence[Note]) -> Written:
    """Return a deck file that holds the notes, as far as one file can."""
    notes = _with_ids_once(_writable(each) for note in notes for each in _without_asks(note))
    head = head_of(name, notes)
    plain = [next(forms(note, head), "") for note in notes]
    text = _page(head, notes, plain)
    differing = _differing(text, notes)
    if differing is not None and not differing:
        return Written(text, notes)
    written = Written()
    kept: list[tuple[Note, str]] = []
    for note in notes:
        form = next((form for form in forms(note, head) if _reads_as(form, note, head)), None)
        changed = note
        if form is None:
            changed, form = _escaped_form(note, head)
            (written.escaped if form else written.left).append(note)
        if form:
            kept.append((changed, form))
    # Link definitions hold for a whole file, so a note can still change beside others.
    while kept:
        written.notes = [note for note, _ in kept]
        written.text = _page(head, written.notes, [form for _, form in kept])
        places = _differing(written.text, written.notes)
        if places is None:
            places = [_spoiling(head, kept)]
        if not places:
            break
        written.left += [kept[place][0] for place in places]
        kept = [each for place, each in enumerate(kept) if place not in set(places)]
    else:
        written.text, written.notes = "", []
    return written


def _spoiling(head: Head, kept: Sequence[tuple[Note, str]]) -> int:
    """Return the place of the first note with which a page no longer reads as its notes."""

    def is_spoilt(count: int) -> bool:
        notes = [note for note, _ in kept[:count]]
        return _differing(_page(head, notes, [form for _, form in kept[:count]]), notes) is None

    return bisect_left(range(1, len(kept)), True, key=is_spoilt)


def _page(head: Head, notes: Sequence[Note], forms: Sequence[str]) -> str:
    """Put the notes' forms below each other, opening topics where that is shorter than saying."""
    parts = [head.text]
    topic = head.topic
    for note, form in zip(notes, forms, strict=True):
        name = note.topic.rpartition("/")[2]
        option = f"topic: {note.topic}"
        if note.topic != topic and below(head.topic, name) == note.topic:
            topic = note.topic
            parts.append(f"# {name}\n")
        if note.topic == topic:
            form = _without_option(form, option)
        parts.append(form + "\n")
    return "\n".join(parts)


def _without_option(form: str, option: str) -> str:
    """Take the topic out of a form's first comment, which `_options` has put there last."""
    alone, behind = f"\n<!-- {option} -->", f" · {option} -->"
    return form.replace(alone, "", 1) if alone in form else form.replace(behind, " -->", 1)


def _differing(text: str, notes: Sequence[Note]) -> list[int] | None:
    """Return the places of the notes that read back otherwise, None if none can be told apart."""
    deck = read_deck(text, "deck.md").deck
    if deck is None or len(deck.notes) != len(notes):
        return None
    pairs = enumerate(zip(deck.notes, notes, strict=True))
    return [place for place, (found, wanted) in pairs if not _same(found, wanted)]


def _same(found: Note, wanted: Note) -> bool:
    return (
        text_hash(found) == text_hash(wanted)
        and found.topic == wanted.topic
        and encode(found) == encode(wanted)
    )


def _reads_as(form: str, note: Note, head: Head) -> bool:
    """Tell whether a form reads back as its note and leaves what follows it alone."""
    deck = read_deck(f"{head.text}\n{form}\n{_SENTINEL}", "deck.md").deck
    if deck is None or len(deck.notes) != 3:
        return False
    after = tuple(each.front for each in deck.notes[1:])
    return _same(deck.notes[0], note) and after == _SENTINELS


def _escaped_form(note: Note, head: Head) -> tuple[Note, str | None]:
    """Return the note with its text made safe, and the form that reads back as that."""
    for change in (escaped, fenced):
        for front in dict.fromkeys((note.front, escaped(note.front), on_one_line(note.front))):
            if note.kind is Kind.CLOZE and change is fenced:
                break
            changed = replace(
                note,
                front=front,
                back=change(note.back) if note.back else "",
                hints=tuple(change(hint) for hint in note.hints),
                source=on_one_line(note.source) if note.source else None,
            )
            for form in forms(changed, head):
                if _reads_as(form, changed, head):
                    return changed, form
    return note, None


def _without_asks(note: Note) -> Iterator[Note]:
    """Yield a note for each question of one that is made of fields, for which we have no form."""
    if not note.asks:
        yield note
    for ask in note.asks:
        yield replace(note, front=ask.question, back=ask.answer, asks=(), explicit_id=None)


def _writable(note: Note) -> Note:
    """Return a note without what no deck file says: another program's signs in ids and tags."""
    name = note.explicit_id
    return replace(
        note,
        topic=topic_path(note.topic) or slug(note.topic) or "deck",
        explicit_id=name if name and _is_word(name) else None,
        tags=tuple(tag for tag in note.tags if _is_word(tag)),
        type_in=note.type_in and "\n" not in note.back,
        starts=(),
    )


def _with_ids_once(notes: Iterable[Note]) -> list[Note]:
    """Take an id from the notes that have it after another one, which a file must not hold."""
    found: list[Note] = []
    taken: set[str | None] = {None}
    for note in notes:
        found.append(replace(note, explicit_id=None) if note.explicit_id in taken else note)
        taken.add(note.explicit_id)
    return found


def _is_word(text: str) -> bool:
    return bool(_OPTION_WORD.fullmatch(text)) and "--" not in text and not text.endswith("-")
