"""CrowdAnki's JSON comes in with its tree of decks and its kinds of notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.clock import ManualClock

from srs.deck.cards import card_keys
from srs.deck.model import Kind
from srs.exchange.readers import Surroundings, reader_of
from srs.store.collection import Collection
from srs.store.ingest.foreign import ForeignFile
from srs.store.ingest.report import ImportReport
from srs.store.locations import media_folder


def model(name: str, fields: str, *templates: tuple[str, str], kind: int = 0) -> dict[str, Any]:
    return {
        "__type__": "NoteModel",
        "crowdanki_uuid": name,
        "name": name,
        "type": kind,
        "flds": [{"name": each, "ord": n} for n, each in enumerate(fields.split())],
        "tmpls": [
            {"name": f"Card {n}", "qfmt": q, "afmt": a} for n, (q, a) in enumerate(templates, 1)
        ],
    }


def note(kind: str, *fields: str, tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "__type__": "Note",
        "guid": "guid-" + fields[0][:9],
        "note_model_uuid": kind,
        "fields": list(fields),
        "tags": list(tags),
    }


DECK = {
    "__type__": "Deck",
    "name": "ML",
    "note_models": [
        model("basic", "Front Back", ("<i>{{Front}}</i>", "{{FrontSide}}<hr id=answer>{{Back}}")),
        model("both", "A B", ("{{A}}", "{{B}}"), ("{{B}}", "{{A}}")),
        model(
            "three",
            "A B C",
            ("{{A}}", "{{C}}"),
            ("{{B}}", "{{C}}"),
            ("{{#C}}is {{C}}?{{/C}}", "{{A}}"),
            ("shows no field: {{^B}}{{A}}{{/B}}{{#C}}?{{/C}}", "{{A}}"),
        ),
        model("cloze", "Text Extra", ("{{cloze:Text}}", "{{cloze:Text}}"), kind=1),
    ],
    "notes": [note("basic", "What is it?", "A <b>thing</b>", tags=("ml::what",))],
    "children": [
        {
            "__type__": "Deck",
            "name": "Serving",
            "notes": [
                note("both", "one", "two"),
                note("three", "a", "b", "c"),
                note("cloze", "{{c1::Decode}} and {{c2::prefill}}", ""),
                note("cloze", "{{c1::both}} of {{c1::these}}", ""),
                note("basic", "No answer", ""),
                note("gone", "x", "y"),
            ],
            "children": [],
        }
    ],
}


def read(folder: Path, text: str) -> ForeignFile:
    path = folder / "deck.json"
    path.write_text(text, encoding="utf-8")
    reader = reader_of(path)
    assert reader is not None
    return reader.read(path, Surroundings(ManualClock("2026-11-24T09:00"), 4))


def test_the_tree_becomes_decks_and_templates_become_questions(tmp_path: Path) -> None:
    file = read(tmp_path, json.dumps(DECK))
    top, below = (each.deck for each in file.decks)
    assert (top.name, below.name) == ("ML", "ML::Serving")
    (basic,) = top.notes
    assert (basic.front, basic.back) == ("*What is it?*", "A **thing**")
    assert (basic.topic, basic.tags, basic.explicit_id) == (
        "ml/what",
        ("ml::what",),
        "guid-What is i",
    )
    both, three, cloze, shared, without_answer = below.notes
    assert both.reverse
    assert [ask.answer for ask in three.asks] == ["c", "c", "a"]
    assert (cloze.kind, card_keys(cloze)) == (Kind.CLOZE, ("cloze:Decode", "cloze:prefill"))
    assert len(card_keys(shared)) == 1
    assert (without_answer.front, without_answer.back) == ("*No answer*", "")
    assert below.skipped == 1
    assert [problem.code for problem in file.warnings] == ["note-left-out"]


def test_a_rule_around_a_side_is_left_out(tmp_path: Path) -> None:
    ruled = model("ruled", "A B", ("{{A}}<hr>", "{{FrontSide}}<br><hr>{{B}}<hr>{{A}}"))
    deck = {**DECK, "note_models": [ruled], "notes": [note("ruled", "one", "two")], "children": []}
    ((found,),) = (each.deck.notes for each in read(tmp_path, json.dumps(deck)).decks)
    assert (found.front, found.back) == ("one", "two\n\n***\n\none")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"__type__": "Deck", "notes"', "[" * 100_000, '{"__type__": "Note"}'],
)
def test_anything_else_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = read(tmp_path, text)
    assert [problem.code for problem in file.errors] == ["no-crowdanki"]
    assert file.decks == ()


def test_a_whole_collection_is_no_deck_and_says_where_it_goes(tmp_path: Path) -> None:
    (error,) = read(tmp_path, '{"format": "srs-collection", "version": 1}').errors
    assert error.message == "this is a whole collection; give it to srs import by itself"


@pytest.mark.parametrize("value", [None, 7, {}, [7], [None]])
@pytest.mark.parametrize("key", ["fields", "tags", "note_model_uuid", "guid"])
def test_odd_values_of_a_note_do_no_harm(tmp_path: Path, key: str, value: object) -> None:
    deck = {**DECK, "notes": [{**note("basic", "a", "b"), key: value}]}
    assert read(tmp_path, json.dumps(deck)).errors == ()


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [7], [[]], [{}]])
@pytest.mark.parametrize("key", ["notes", "children", "note_models", "name"])
def test_odd_values_do_no_harm(tmp_path: Path, key: str, value: object) -> None:
    file = read(tmp_path, json.dumps({**DECK, key: value}))
    assert file.errors == () or file.decks == ()


def test_a_folder_gives_its_crowdanki_files_and_no_other_json(
    tmp_path: Path, bring: Callable[..., ImportReport]
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "deck.json").write_text(json.dumps(DECK), encoding="utf-8")
    (folder / "package.json").write_text('{"name": "no deck"}', encoding="utf-8")
    models = [{"__type__": "NoteModel", "crowdanki_uuid": "x"}]
    (folder / "models.json").write_text(json.dumps(models), encoding="utf-8")
    report = bring(folder)
    assert (report.files, report.errors) == (1, [])
    assert report.formats == {"crowdanki": 1}


def test_pictures_beside_the_file_come_along_and_others_do_not(
    tmp_path: Path, bring: Callable[..., ImportReport], collection: Collection
) -> None:
    media = tmp_path / "media"
    media.mkdir()
    (media / "a.png").write_bytes(b"picture")
    (tmp_path / "secret").write_bytes(b"secret")
    (media / "link.png").symlink_to(tmp_path / "secret")
    names = ["a.png", "../secret", "link.png", "gone.png", str(tmp_path / "secret")]
    path = tmp_path / "deck.json"
    path.write_text(json.dumps({**DECK, "media_files": names}), encoding="utf-8")
    report = bring(path)
    assert report.errors == []
    assert "media" in [problem.code for problem in report.warnings]
    folder = media_folder(collection.path, path)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"a.png": b"picture"}
