"""The cards of a note: which there are, and what each of them asks."""

from __future__ import annotations

from dataclasses import dataclass

from srs.deck.cloze import Span, deletions
from srs.deck.model import ExpectedNumber, Kind, Note

FRONT = "front"
BACK = "back"

_CLOZE = "cloze:"
_ASK = "ask:"
_HOLE = "[…]"


@dataclass(frozen=True, slots=True)
class Faces:
    """What a card shows, as Markdown.

    `expected` is plain text, of a card answered by typing, `number` what a drill comes to.
    """

    question: str
    answer: str
    expected: str | None = None
    number: ExpectedNumber | None = None


def card_keys(note: Note) -> tuple[str, ...]:
    """Return the keys of a note's cards, each unlike the others.

    A basic note has `front`, and `back` too if it is reversed; a story and a drill have `front`.
    A cloze has `cloze:<deletion>` for each deletion, with `#2`, `#3` behind the text where it
    recurs, so that a card follows its deletion and not its place. A note with asks has
    `ask:<name>` for each.
    """
    if note.asks:
        return tuple(_ASK + ask.name for ask in note.asks)
    if note.kind is Kind.CLOZE:
        return tuple(_deletions_by_key(note.front))
    if note.kind is Kind.BASIC and note.reverse:
        return (FRONT, BACK)
    return (FRONT,)


def faces(note: Note, key: str, seed: int | None = None) -> Faces:
    """Return the question and the answer of one card of a note.

    A drill shows the numbers that the seed draws (`srs.deck.draws.draw`), without one the same
    every time (`srs.deck.drill.fixed_draw`).

    Raises:
        KeyError: the note has no card of that key.
    """
    if key not in card_keys(note):
        raise KeyError(key)
    if note.asks:
        (ask,) = (each for each in note.asks if _ASK + each.name == key)
        return Faces(ask.question, ask.answer)
    match note.kind:
        case Kind.CLOZE:
            return _cloze_faces(note, key)
        case Kind.STORY:
            return Faces(note.front, _story_answer(note))
        case Kind.DRILL:
            return _drill_faces(note, seed)
        case Kind.BASIC:
            asked, told = (note.front, note.back) if key == FRONT else (note.back, note.front)
            is_typed = note.type_in and "\n" not in told
            return Faces(asked, told, _plain(told) if is_typed else None)


def _deletions_by_key(text: str) -> dict[str, Span]:
    found: dict[str, Span] = {}
    seen: dict[str, int] = {}
    for span in deletions(text):
        base = _CLOZE + " ".join(_inside(text, span).split())
        key = base
        while key in found:
            seen[base] = seen.get(base, 1) + 1
            key = f"{base}#{seen[base]}"
        found[key] = span
    return found


def _inside(text: str, span: Span) -> str:
    return text[span.start + 1 : span.end - 1]


def _cloze_faces(note: Note, key: str) -> Faces:
    text = note.front
    spans = _deletions_by_key(text)
    asked = spans[key]
    question: list[str] = []
    answer: list[str] = []
    position = 0
    for span in spans.values():
        between = text[position : span.start]
        inside = _inside(text, span)
        if span is asked:
            after = text[span.end : span.end + 1]
            question += [between, _hole(after)]
            answer += [between, _marked(inside, text[span.start - 1 : span.start], after)]
        else:
            bare = _unbracketed(inside, text[: span.start])
            question += [between, bare]
            answer += [between, bare]
        position = span.end
    question.append(text[position:])
    answer.append(text[position:])
    expected = _plain(_inside(text, asked)) if note.type_in else None
    told = "\n\n".join(filter(None, ("".join(answer), note.back)))
    return Faces("".join(question), told, expected)


def _hole(after: str) -> str:
    """Return the sign for what is asked, escaped where it would begin a link or a definition."""
    return r"\[…\]" if after in ("(", "[", ":") else _HOLE


def _marked(inside: str, before: str, after: str) -> str:
    """Return a deletion in bold, or in brackets where Markdown would not take the asterisks.

    Emphasis opens before and closes after a letter or digit; beside punctuation or asterisks it
    also needs a space or punctuation on the outer side.
    """
    core = inside.strip()
    opens = core[0].isalnum() or not before.isalnum()
    closes = core[-1].isalnum() or not after.isalnum()
    if opens and closes and core[0] != "*" and core[-1] not in "*\\":
        return f"**{core}**"
    return rf"\[{core}\]"


def _unbracketed(inside: str, before: str) -> str:
    """Return a deletion without its brackets, kept from becoming a list or a heading."""
    line_start = before[before.rfind("\n") + 1 :]
    starts_line = not line_start.strip(" \t>")
    sign = inside.split(maxsplit=1)[0] if starts_line else ""
    if sign and not sign.strip("#>+-*=~"):
        return inside.replace(sign[0], "\\" + sign[0], 1)
    if sign and sign[:-1].isdigit() and sign[-1] in ".)":
        return inside.replace(sign, sign[:-1] + "\\" + sign[-1], 1)
    return inside


def _plain(text: str) -> str:
    """Return what a line of Markdown says, without its signs."""
    # Imported here: only what parses Markdown waits for the parser.
    from srs.deck.markup import markdown

    (line,) = markdown().parseInline(text)
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in line.children or ()
        if child.type != "html_inline"
    ).strip()


def _story_answer(note: Note) -> str:
    parts = [note.back]
    if note.story:
        parts.append("\n".join(_item("- [ ] ", text) for text in note.story.rubric))
        if note.story.probes:
            parts.append("### Probes")
            parts.append("\n".join(_item("- ", text) for text in note.story.probes))
    return "\n\n".join(filter(None, parts))


def _item(sign: str, text: str) -> str:
    return sign + text.replace("\n", "\n  ")


def _drill_faces(note: Note, seed: int | None) -> Faces:
    # Imported here: simpleeval is only needed where there is a drill.
    from srs.deck.draws import draw
    from srs.deck.drill import evaluate, fixed_draw
    from srs.deck.placeholders import ANSWER, fill, formatted, rounded

    if note.drill is None:
        return Faces(note.front, note.back)
    drill = note.drill
    drawn = fixed_draw(drill) if seed is None else draw(drill, seed)
    answer = evaluate(drill.answer, drawn)
    result = rounded(answer)
    values = {name: formatted(value) for name, value in drawn.items()}
    told = f"**{in_unit(result, drill.unit)}**"
    if drill.tolerance:
        told += f" (± {formatted(drill.tolerance * 100)} %)"
    worked = fill(note.back, {**values, ANSWER: result})
    return Faces(
        fill(note.front, values),
        "\n\n".join(filter(None, (told, worked))),
        number=ExpectedNumber(answer, drill.tolerance, drill.unit),
    )


def in_unit(number: str, unit: str | None) -> str:
    """Return a number with its unit as people write it: `64 GB`, `$1.11`, `40%`, `120/s`."""
    if unit is None:
        return number
    if unit in ("$", "€"):
        return f"{unit}{number}"
    return number + unit if unit[0] in "/%" else f"{number} {unit}"
