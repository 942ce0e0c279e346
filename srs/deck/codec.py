"""A note's fields as a JSON object, beside front, back, kind, topic and line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from srs.deck.model import Ask, Choices, Drill, Kind, Note, Range, Story

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def encoded_text(note: Note) -> str:
    """Return what `encode` keeps as JSON text, the same for equal notes."""
    encoded = encode(note)
    return _JSON.encode(encoded) if encoded else "{}"


def encode(note: Note) -> dict[str, object]:
    """Return what JSON keeps of a note; defaults are left out, and `starts` are not kept."""
    story, drill = note.story, note.drill
    encoded: dict[str, object] = {}
    if note.hints:
        encoded["hints"] = list(note.hints)
    if note.source is not None:
        encoded["source"] = note.source
    if note.explicit_id is not None:
        encoded["id"] = note.explicit_id
    if note.reverse:
        encoded["reverse"] = True
    if note.type_in:
        encoded["type_in"] = True
    if note.side is not None:
        encoded["side"] = note.side
    if note.judgement:
        encoded["judgement"] = list(note.judgement)
    if note.company:
        encoded["company"] = list(note.company)
    if note.tags:
        encoded["tags"] = list(note.tags)
    if note.asks:
        encoded["asks"] = [[ask.name, ask.question, ask.answer] for ask in note.asks]
    if story is not None:
        encoded["story"] = _encode_story(story)
    if drill is not None:
        encoded["drill"] = {
            "variables": {name: _encode_variable(v) for name, v in drill.variables.items()},
            "answer": drill.answer,
            "tolerance": drill.tolerance,
            **({} if drill.unit is None else {"unit": drill.unit}),
        }
    return encoded


def decode(
    encoded: Mapping[str, Any], *, kind: Kind, front: str, back: str, topic: str, line: int
) -> Note:
    """Return the note that `encode` was given."""
    story, drill = encoded.get("story"), encoded.get("drill")
    return Note(
        kind=kind,
        front=front,
        back=back,
        topic=topic,
        line=line,
        hints=tuple(encoded.get("hints", ())),
        source=encoded.get("source"),
        explicit_id=encoded.get("id"),
        reverse=encoded.get("reverse", False),
        type_in=encoded.get("type_in", False),
        side=encoded.get("side"),
        judgement=tuple(encoded.get("judgement", ())),
        company=tuple(encoded.get("company", ())),
        story=None if story is None else _decode_story(story),
        drill=None if drill is None else _decode_drill(drill),
        tags=tuple(encoded.get("tags", ())),
        asks=tuple(Ask(*ask) for ask in encoded.get("asks", ())),
    )


def _encode_story(story: Story) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": story.kind,
        "minutes": story.minutes,
        "rubric": list(story.rubric),
        "probes": list(story.probes),
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _decode_story(encoded: Mapping[str, Any]) -> Story:
    return Story(
        kind=encoded.get("kind"),
        minutes=encoded.get("minutes"),
        rubric=tuple(encoded.get("rubric", ())),
        probes=tuple(encoded.get("probes", ())),
    )


def _encode_variable(variable: Choices | Range) -> object:
    if isinstance(variable, Choices):
        return list(variable.values)
    return {"min": variable.minimum, "max": variable.maximum, "step": variable.step}


def _decode_drill(encoded: Mapping[str, Any]) -> Drill:
    variables: dict[str, Choices | Range] = {
        name: Choices(tuple(value))
        if isinstance(value, list)
        else Range(value["min"], value["max"], value["step"])
        for name, value in encoded["variables"].items()
    }
    return Drill(variables, encoded["answer"], encoded["tolerance"], encoded.get("unit"))
