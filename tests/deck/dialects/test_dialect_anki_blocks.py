"""Notes of Obsidian_to_Anki."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from srs.deck.cards import card_keys, faces
from srs.deck.dialects.formats import OBSIDIAN_TO_ANKI
from srs.deck.dialects.reader import read_any
from srs.deck.files import read_file
from srs.deck.model import Deck, Kind, Note


def deck_of(text: str) -> Deck:
    reading = read_any(text, "note.md", OBSIDIAN_TO_ANKI)
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck


def note_of(text: str) -> Note:
    (note,) = deck_of(text).notes
    return note


@pytest.mark.parametrize(("start", "end"), [("START", "END"), ("%%ANKI", "END%%")])
def test_a_note_stands_between_two_lines(start: str, end: str) -> None:
    note = note_of(
        f"prose\n\n{start}\nBasic\nWhy batch?\n\nTwo lines.\nBack: To share\nthe weights.\n"
        f"Reference: a book\nTags: ml serving\n<!--ID: 1700000000001-->\n{end}\n"
    )
    assert (note.front, note.back) == ("Why batch?\n\nTwo lines.", "To share\nthe weights.")
    assert (note.source, note.tags, note.line) == ("a book", ("ml", "serving"), 3)
    assert note.explicit_id == "1700000000001"


def test_a_note_may_stand_within_a_line() -> None:
    first, second = deck_of(
        "1. STARTI [Basic] Why? Back: Because. Tags: a b <!--ID: 17--> ENDI\n"
        "2. STARTI [Basic (and reversed card)] x Back: y ENDI\n"
    ).notes
    assert (first.front, first.back, first.tags) == ("Why?", "Because.", ("a", "b"))
    assert first.explicit_id == "17"
    assert (second.front, second.back, second.reverse) == ("x", "y", True)


@pytest.mark.parametrize(
    "text",
    [
        "{Decode} waits for {2:memory}, `{x}`.",
        "{{c1::Decode}} waits for {{c2::memory}}, `{x}`.",
        "==Decode== waits for ==memory==, `{x}`.",
    ],
)
def test_braces_of_a_cloze_are_asked_for(text: str) -> None:
    note = note_of(f"START\nCloze\n{text}\nEND\n")
    assert note.kind is Kind.CLOZE
    assert card_keys(note) == ("cloze:Decode", "cloze:memory")


def test_braces_in_mathematics_are_not() -> None:
    note = note_of("START\nCloze\nThe sum is {$\\frac{n}{2}$}.\nEND\n")
    assert card_keys(note) == ("cloze:$\\frac{n}{2}$",)


def test_what_a_cloze_says_beside_its_text_is_told_with_the_answer() -> None:
    note = note_of("START\nCloze\n{Decode} waits.\nExtra: For memory.\nEND\n")
    assert faces(note, "cloze:Decode").answer == "**Decode** waits.\n\nFor memory."
    assert "memory" not in faces(note, "cloze:Decode").question


def test_the_target_deck_is_the_topic_and_file_tags_hold_for_every_note() -> None:
    deck = deck_of(
        "---\nTARGET DECK: ML::Serving path\n---\nFILE TAGS\na b\n\nSTART\nBasic\nx\nBack: y\nEND\n"
    )
    assert deck.topic == "ml/serving-path"
    assert deck.notes[0].tags == ("a", "b")


def test_a_note_whose_type_was_forgotten_is_a_question() -> None:
    note = note_of("START\nWhat does a long line without a note type ask?\nBack: This.\nEND\n")
    assert note.back == "This."


def test_what_is_no_card_is_counted() -> None:
    deck = deck_of("START\nBasic\nno answer\nEND\n\nSTART\nBasic\na\nBack: b\nEND\nSTART\nBasic\n")
    assert (len(deck.notes), deck.skipped) == (1, 2)


def test_of_notes_with_one_id_the_first_keeps_it() -> None:
    block = "START\nBasic\n{}\nBack: b\n<!--ID: 5-->\nEND\n"
    first, second = deck_of(block.format("a") + block.format("c")).notes
    assert (first.explicit_id, second.explicit_id) == ("5", None)


def test_notes_in_code_are_none() -> None:
    assert deck_of("```\nSTART\nBasic\na\nBack: b\nEND\n```\n").notes == ()


def test_the_settings_of_the_vault_name_the_signs_and_the_fields(tmp_path: Path) -> None:
    plugin = tmp_path / ".obsidian" / "plugins" / "obsidian-to-anki-plugin"
    plugin.mkdir(parents=True)
    (plugin / "data.json").write_text(
        json.dumps(
            {
                "settings": {"Syntax": {"Begin Note": "NOTE", "End Note": "DONE"}},
                "fields_dict": {"Term": ["Word", "Meaning", "Source"]},
            }
        )
    )
    file = tmp_path / "notes" / "a.md"
    file.parent.mkdir()
    file.write_text("NOTE\nTerm\nTTFT\nMeaning: time to first token\nSource: a talk\nDONE\n")
    reading = read_file(file)
    assert reading.format == OBSIDIAN_TO_ANKI
    assert reading.deck is not None
    (note,) = reading.deck.notes
    assert (note.front, note.back, note.source) == ("TTFT", "time to first token", "a talk")
