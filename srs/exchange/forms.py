"""How one note is written in our format, and what a deck says for all of its notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srs.deck.model import Choices, Drill, Kind, Note, Range
from srs.deck.topics import slug

_PLAIN_NAME = re.compile(r"[A-Za-z][\w .,()&-]*[\w)]")
_DEFINITIONS = re.compile(r"(?:[ ]{0,3}\[[^\n]+\]:[^\n]*(?:\n|$))+")


@dataclass(frozen=True, slots=True)
class Head:
    """What a deck's front matter says, which its notes need not repeat."""

    name: str
    topic: str
    side: str | None
    judgement: tuple[str, ...]
    company: tuple[str, ...]

    @property
    def text(self) -> str:
        """The front matter."""
        lines = [f"deck: {_yaml(self.name)}", f"topic: {self.topic}"]
        if self.side:
            lines.append(f"side: {self.side}")
        for key, words in (("judgement", self.judgement), ("company", self.company)):
            if words:
                lines.append(f"{key}: [{', '.join(words)}]")
        return "\n".join(["---", *lines, "---", ""])


def head_of(name: str, notes: Sequence[Note]) -> Head:
    """Return what the notes of a deck have in common."""
    name = " ".join(name.split()) or "Deck"
    topics = [note.topic.split("/") for note in notes]
    shared = []
    for parts in zip(*topics, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    sides = {note.side for note in notes}
    judgements = {note.judgement for note in notes}
    companies = {note.company for note in notes}
    return Head(
        name,
        "/".join(shared) or slug(name) or "deck",
        sides.pop() if len(sides) == 1 else None,
        judgements.pop() if len(judgements) == 1 else (),
        companies.pop() if len(companies) == 1 else (),
    )


def _yaml(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def forms(note: Note, head: Head) -> Iterator[str]:
    """Yield the ways to write a note, the plainest first."""
    options = _options(note, head)
    title, _, definitions = note.front.partition("\n\n")
    tail = _tail(note)
    match note.kind:
        case Kind.CLOZE:
            yield _joined([f"C: {note.front}\n{options}".rstrip("\n"), *tail])
        case Kind.STORY:
            if "\n" not in title:
                parts = [f"## Story: {title}\n{options}", note.back, *_story(note), *tail]
                yield _joined([*parts, definitions])
                # A back of nothing but `### Probes` would take the rubric for its probes.
                yield _joined([parts[0], *_story(note), note.back, *tail, definitions])
        case Kind.DRILL:
            if "\n" not in title and note.drill is not None:
                drill = _drill(note.drill)
                yield _joined(
                    [f"## Drill: {title}\n{options}", definitions, drill, note.back, *tail]
                )
        case _:
            if "\n" not in title and (not definitions or _DEFINITIONS.fullmatch(definitions)):
                yield _joined([f"## {title}\n{options}", note.back, definitions, *tail])
            yield _joined([f"Q: {note.front}\n{options}\nA: {note.back}", *tail])


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part.rstrip() for part in parts if part.strip())


def _tail(note: Note) -> list[str]:
    parts = []
    for hint in note.hints:
        lines = [f"> {line}".rstrip() for line in hint.split("\n")]
        parts.append("\n".join(["> [!TIP]", *lines]))
    if note.source:
        parts.append(f"Source: {note.source}")
    return parts


def _story(note: Note) -> list[str]:
    if note.story is None:
        return []
    parts = ["\n".join(_item("- [ ] ", text) for text in note.story.rubric)]
    if note.story.probes:
        parts += ["### Probes", "\n".join(_item("- ", text) for text in note.story.probes)]
    return parts


def _item(sign: str, text: str) -> str:
    return sign + "\n".join(
        line if index == 0 else f"  {line}".rstrip() for index, line in enumerate(text.split("\n"))
    )


def _drill(drill: Drill) -> str:
    lines = [f"{name}: {_variable(variable)}" for name, variable in drill.variables.items()]
    lines += [f"answer: {drill.answer}", f"tolerance: {_number(drill.tolerance)}"]
    if drill.unit is not None:
        lines.append(f"unit: {drill.unit}")
    return "\n".join(["```drill", *lines, "```"])


def _variable(variable: Choices | Range) -> str:
    if isinstance(variable, Range):
        low, high, step = map(_number, (variable.minimum, variable.maximum, variable.step))
        return f"{{min: {low}, max: {high}, step: {step}}}"
    values = [_number(value) for value in variable.values]
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _options(note: Note, head: Head) -> str:
    parts = []
    if note.explicit_id:
        parts.append(f"id: {note.explicit_id}")
    parts += [
        name for name, holds in (("reverse", note.reverse), ("type-in", note.type_in)) if holds
    ]
    if note.story:
        parts += [f"kind: {note.story.kind}"] if note.story.kind else []
        parts += [f"minutes: {_number(note.story.minutes)}"] if note.story.minutes else []
    if note.side and note.side != head.side:
        parts.append(f"side: {note.side}")
    for key, words, common in (
        ("judgement", note.judgement, head.judgement),
        ("company", note.company, head.company),
    ):
        if words and words != common:
            parts.append(f"{key}: {' '.join(words)}")
    if note.tags:
        parts.append(f"tags: {' '.join(note.tags)}")
    # Last, and always there: the deck takes it out where a heading or the front matter says it.
    parts.append(f"topic: {note.topic}")
    return f"<!-- {' · '.join(parts)} -->"
