"""The settings of a vault decide how its notes are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from srs.deck.cards import card_keys
from srs.deck.dialects.formats import MARKDOWN, OBSIDIAN
from srs.deck.files import read_file
from srs.deck.model import Reading

PLUGIN = Path(".obsidian", "plugins", "obsidian-spaced-repetition", "data.json")


def settings_file(vault: Path, text: str) -> Path:
    path = vault / PLUGIN
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def read_in_vault(vault: Path, text: str, **settings: Any) -> Reading:
    settings_file(vault, json.dumps({"settings": settings}))
    file = vault / "ml" / "Serving path" / "note.md"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return read_file(file)


def fronts(reading: Reading) -> list[str]:
    assert reading.deck is not None
    return [note.front for note in reading.deck.notes]


def test_the_vaults_own_separators_are_used(tmp_path: Path) -> None:
    reading = read_in_vault(
        tmp_path,
        "#flashcards\n\na ;; b\n\nc ;;; d\n\ne\n||\nf\n\ng::h\n\ni\n?\nj\n",
        singleLineCardSeparator=";;",
        singleLineReversedCardSeparator=";;;",
        multilineCardSeparator="||",
        multilineReversedCardSeparator="|||",
    )
    assert fronts(reading) == ["a", "c", "e"]
    assert reading.deck is not None
    assert [note.reverse for note in reading.deck.notes] == [False, True, False]


def test_the_vaults_own_tags_recognise_a_note_and_name_its_topic(tmp_path: Path) -> None:
    reading = read_in_vault(tmp_path, "#cards/ml\n\na::b\n", flashcardTags=["#cards"])
    assert reading.format == OBSIDIAN
    assert reading.sign == "the tag `#cards`"
    assert reading.deck is not None
    assert [note.topic for note in reading.deck.notes] == ["ml"]


def test_of_several_tags_each_is_a_topic(tmp_path: Path) -> None:
    reading = read_in_vault(tmp_path, "#serving/kv a::b\n", flashcardTags=["#serving", "#data"])
    assert reading.deck is not None
    assert [note.topic for note in reading.deck.notes] == ["serving/kv"]


def test_a_folder_is_the_topic_where_folders_are_decks(tmp_path: Path) -> None:
    reading = read_in_vault(tmp_path, "a::b\n", convertFoldersToDecks=True)
    assert reading.format == OBSIDIAN
    assert reading.deck is not None
    assert reading.deck.topic == "ml/serving-path"


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        ({}, ("cloze:a",)),
        ({"convertHighlightsToClozes": False}, ()),
        ({"convertBoldTextToClozes": True}, ("cloze:a", "cloze:b")),
        ({"convertCurlyBracketsToClozes": True}, ("cloze:a", "cloze:c")),
        ({"clozePatterns": ["{{[123;;]answer[;;hint]}}"]}, ("cloze:c",)),
        ({"clozePatterns": ["{@{answer}@}", "**[123;;]answer**"]}, ("cloze:b", "cloze:d")),
        ({"clozePatterns": ["answer", "[answer]", "== answer ==", 7]}, ()),
    ],
)
def test_what_is_asked_for_is_what_the_settings_say(
    tmp_path: Path, settings: dict[str, Any], keys: tuple[str, ...]
) -> None:
    text = "#flashcards\n\n==a== and **b** and {{1;;c;;hint}}, {@{d}@}.\n"
    reading = read_in_vault(tmp_path, text, **settings)
    assert reading.deck is not None
    assert tuple(key for note in reading.deck.notes for key in card_keys(note)) == keys


def test_an_end_sign_lets_a_card_have_blank_lines(tmp_path: Path) -> None:
    reading = read_in_vault(
        tmp_path, "#flashcards\n\na\n?\nb\n\nc\n+++\n\nd::e\n", multilineCardEndMarker="+++"
    )
    assert reading.deck is not None
    assert [note.back for note in reading.deck.notes] == ["b\n\nc", "e"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[" * 100_000,
        "[]",
        '{"settings": []}',
        '{"settings": {"singleLineCardSeparator": 7, "flashcardTags": [1, ""]}}',
        '{"settings": {"flashcardTags": 7, "clozePatterns": {}}}',
        '{"settings": {"singleLineCardSeparator": "' + "x" * 100 + '"}}',
    ],
)
def test_settings_that_make_no_sense_are_the_plug_ins_own(tmp_path: Path, text: str) -> None:
    settings_file(tmp_path, text)
    file = tmp_path / "note.md"
    file.write_text("#flashcards\n\na::b\n\n==c==\n")
    assert fronts(read_file(file)) == ["a", "[c]"]


def test_settings_that_lead_out_of_the_vault_are_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text('{"settings": {"flashcardTags": ["#cards"]}}')
    link = tmp_path / "vault" / PLUGIN
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    file = tmp_path / "vault" / "note.md"
    file.write_text("#cards\n\na::b\n")
    assert read_file(file).format == MARKDOWN


def test_changed_settings_hold_from_the_next_reading_on(tmp_path: Path) -> None:
    path = settings_file(tmp_path, '{"settings": {"singleLineCardSeparator": ";;"}}')
    file = tmp_path / "note.md"
    file.write_text("#flashcards\n\na;;b\n\nc=>d\n")
    assert fronts(read_file(file)) == ["a"]
    path.write_text('{"settings": {"singleLineCardSeparator": "=>", "x": 1}}')
    assert fronts(read_file(file)) == ["c"]
