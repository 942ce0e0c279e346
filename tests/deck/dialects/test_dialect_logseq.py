"""Pages of Logseq."""

from __future__ import annotations

from datetime import date

import pytest

from srs.deck.cards import card_keys, faces
from srs.deck.dialects.formats import LOGSEQ
from srs.deck.dialects.reader import read_any
from srs.deck.identity import text_hash
from srs.deck.model import Deck, Kind, Note, Start


def deck_of(text: str, file: str = "page.md") -> Deck:
    reading = read_any(text, file, LOGSEQ)
    assert reading.problems == ()
    assert reading.deck is not None
    return reading.deck


def note_of(text: str) -> Note:
    (note,) = deck_of(text).notes
    return note


@pytest.mark.parametrize(
    "question",
    ["Why batch? #card", "#card Why batch?", "Why batch? [[card]]", "## Why batch? #Card"],
)
def test_a_block_with_the_tag_asks_and_the_block_below_it_answers(question: str) -> None:
    note = note_of(f"- notes\n\t- {question}\n\t\t- To share the weights.\n\t- more\n")
    assert (note.front, note.back, note.line) == ("Why batch?", "To share the weights.", 2)


def test_several_blocks_below_are_a_list() -> None:
    note = note_of("- Which two? #card\n\t- one\n\t\t- of them\n\t- two\n\t  and a half\n")
    assert note.back == "- one\n  - of them\n- two\n  and a half"


def test_code_below_a_card_is_kept_and_bullets_in_it_are_code() -> None:
    note = note_of("- How? #card\n\t- ```yaml\n\t  - a: #card\n\t  ```\n- #card\n")
    assert note.back == "```yaml\n- a: #card\n```"


def test_the_tag_in_code_is_no_card() -> None:
    assert deck_of("- write `x #card` here\n\t- b\n- #cards c\n\t- d\n").notes == ()


def test_a_card_without_an_answer_is_counted_as_skipped() -> None:
    deck = deck_of("- Later #card\n- a #card\n\t- b\n")
    assert (len(deck.notes), deck.skipped) == (1, 1)


def test_marked_text_is_asked_for() -> None:
    note = note_of("- {{cloze Prefill}} is bound by {{cloze compute\\\\not memory}}, a[0] #card\n")
    assert note.kind is Kind.CLOZE
    assert card_keys(note) == ("cloze:Prefill", "cloze:compute")
    assert note.hints == ("not memory",)
    assert faces(note, "cloze:compute").question == "Prefill is bound by […], a\\[0\\]"


SCHEDULE = """\
- a #card #ml
  id:: 65a0c1de-0000-4000-8000-00000000000a
  card-last-interval:: 8.4
  card-repeats:: 2
  card-ease-factor:: 2.36
  card-next-schedule:: 2026-01-12T00:00:00.000Z
\t- b
"""


def test_the_schedule_is_where_the_card_starts_and_no_part_of_its_text() -> None:
    note = note_of(SCHEDULE)
    due = date(2026, 1, 12).toordinal() - date(1970, 1, 1).toordinal()
    assert note.starts == (Start("front", due, 8, ease=2.36),)
    assert (note.front, note.back, note.tags) == ("a", "b", ("ml",))
    assert note.explicit_id == "65a0c1de-0000-4000-8000-00000000000a"
    later = note_of(SCHEDULE.replace("8.4", "20").replace("2026-01", "2026-02"))
    assert later.starts != note.starts
    assert text_hash(later) == text_hash(note)


def test_a_block_copied_with_its_id_is_another_card() -> None:
    first, second = deck_of(SCHEDULE + SCHEDULE.replace("- a", "- c")).notes
    assert first.explicit_id is not None
    assert second.explicit_id is None


def test_a_card_in_a_card_is_both() -> None:
    outer, inner = deck_of("- a #card\n\t- b #card\n\t\t- c\n").notes
    assert (inner.front, inner.back) == ("b", "c")
    assert outer.front == "a"
    assert "c" in outer.back


def test_the_page_name_is_the_topic() -> None:
    assert deck_of("- a #card\n\t- b\n", "ml___Serving path.md").topic == "ml/serving-path"
    assert deck_of("title:: ML/Data\n\n- a #card\n\t- b\n").topic == "ml/data"


def test_a_page_is_recognised_by_a_bullet_with_the_tag() -> None:
    assert read_any("- a\n\t- b #card\n\t\t- c\n", "page.md").format == LOGSEQ
    assert read_any("a #card game\n", "page.md").format != LOGSEQ
