"""Anki's note types, as both generations of its database keep them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from srs.exchange.anki.database import Database, damaged
from srs.exchange.anki.protobuf import ProtobufError, last, text
from srs.exchange.anki.templates import Part, TemplateError, parse


class Template(NamedTuple):
    """One card template: its name and its two sides, None where they cannot be read."""

    name: str
    question: tuple[Part, ...] | None
    answer: tuple[Part, ...] | None


class NoteType(NamedTuple):
    """A note type: what its notes have and which cards they make."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: Mapping[int, Template]


def note_types(database: Database) -> dict[int, NoteType]:
    """Return the note types by id; raises PackageError when they cannot be read."""
    try:
        return _from_tables(database) if database.is_newest else _from_json(database)
    except (ProtobufError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged("its note types cannot be read") from error


def _from_json(database: Database) -> dict[int, NoteType]:
    found = {}
    for key, model in database.json("models").items():
        fields = sorted(model["flds"], key=_place)
        found[int(key)] = NoteType(
            str(model["name"]),
            int(model.get("type", 0)) == 1,
            tuple(str(field["name"]) for field in fields),
            {
                place: template(str(each["name"]), str(each["qfmt"]), str(each["afmt"]))
                for place, each in enumerate(sorted(model["tmpls"], key=_place))
            },
        )
    return found


def _place(entry: Mapping[str, Any]) -> int:
    return int(entry.get("ord") or 0)


def _from_tables(database: Database) -> dict[int, NoteType]:
    fields: dict[int, dict[int, str]] = {}
    for note_type, place, name in database.rows("SELECT ntid, ord, name FROM fields"):
        fields.setdefault(int(note_type), {})[int(place)] = str(name)
    templates: dict[int, dict[int, Template]] = {}
    for note_type, place, name, config in database.rows(
        "SELECT ntid, ord, name, config FROM templates"
    ):
        sides = last(bytes(config))
        made = template(str(name), text(sides.get(1)), text(sides.get(2)))
        templates.setdefault(int(note_type), {})[int(place)] = made
    return {
        int(key): NoteType(
            str(name),
            last(bytes(config)).get(1) == 1,
            tuple(name for _, name in sorted(fields.get(int(key), {}).items())),
            templates.get(int(key), {}),
        )
        for key, name, config in database.rows("SELECT id, name, config FROM notetypes")
    }


def template(name: str, question: str, answer: str) -> Template:
    """Return a template from its two sides as Anki writes them."""
    try:
        return Template(name, parse(question), parse(answer))
    except TemplateError:
        return Template(name, None, None)
