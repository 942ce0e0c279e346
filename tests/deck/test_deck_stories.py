"""Story prompts."""

from __future__ import annotations

from support.deck_samples import codes_of, note_of

from srs.deck.cards import card_keys, faces
from srs.deck.model import DESIGN, Kind, Story
from srs.deck.reader import read_deck

STORY = """\
## Story: p99 doubled. Walk me through it.
<!-- kind: serving · minutes: 3 -->
Tell it in order.

- [ ] Situation,
  with scale
- [x] Numbers

A closing remark.

### Probes
- Which hop?
- How did you isolate it?

### Later
- a list like any other

Source: experience
"""


def test_a_story_has_a_kind_minutes_a_rubric_and_probes() -> None:
    note = note_of(STORY)
    assert note.kind is Kind.STORY
    assert note.front == "p99 doubled. Walk me through it."
    assert note.story == Story(
        kind="serving",
        minutes=3.0,
        rubric=("Situation,\nwith scale", "Numbers"),
        probes=("Which hop?", "How did you isolate it?"),
    )
    assert note.source == "experience"


def test_what_remains_is_its_back() -> None:
    assert note_of(STORY).back == (
        "Tell it in order.\n\nA closing remark.\n\n### Later\n- a list like any other"
    )


def test_its_answer_shows_everything() -> None:
    note = note_of(
        "## Story: An outage\nBriefly.\n\n- [ ] Scale\n- [ ] Cost\n\n### Probes\n- Why?\n"
    )
    assert card_keys(note) == ("front",)
    assert faces(note, "front").answer == (
        "Briefly.\n\n- [ ] Scale\n- [ ] Cost\n\n### Probes\n\n- Why?"
    )


def test_a_list_with_and_without_boxes_is_no_rubric() -> None:
    note = note_of("## Story: a\n- [ ] b\n- c\n")
    assert note.story == Story()
    assert note.back == "- [ ] b\n- c"


def test_a_nested_list_stays_with_its_item() -> None:
    note = note_of("## Story: a\n- [ ] b\n    - c\n    - d\n")
    assert note.story is not None
    assert note.story.rubric == ("b\n- c\n- d",)
    assert faces(note, "front").answer == "- [ ] b\n  - c\n  - d"


def test_the_rubric_of_another_card_is_just_a_list() -> None:
    assert note_of("## Why?\n- [ ] b\n").back == "- [ ] b"


def test_a_story_needs_something_to_go_by() -> None:
    assert codes_of("## Story: a\n> [!TIP]\n> x\n") == ["no-answer"]


def test_a_bare_story_is_never_a_topic() -> None:
    assert codes_of("## Story: a\n\nQ: b\nA: c\n") == ["empty-card"]


DESIGN_PROMPT = """\
---
deck: Designs
---
## Design: Search over ten million recipes.
<!-- minutes: 30 -->
Filters must hold.

- [ ] Numbers
- [ ] Cost

### Probes
- How do you change the encoder?
"""


def test_a_design_asks_with_its_text_and_keeps_its_checklist_for_afterwards() -> None:
    note = note_of(DESIGN_PROMPT)
    assert note.kind is Kind.STORY
    assert note.front == "Search over ten million recipes.\n\nFilters must hold."
    assert note.story == Story(
        kind=DESIGN,
        minutes=30.0,
        rubric=("Numbers", "Cost"),
        probes=("How do you change the encoder?",),
    )
    assert "Numbers" not in faces(note, "front").question
    assert "Numbers" in faces(note, "front").answer


def test_a_section_called_design_in_someones_notes_is_no_card() -> None:
    reading = read_deck("## Design: the overview\nText.\n\n## Why?\nBecause.\n", "notes.md")
    assert reading.deck is not None
    assert [note.front for note in reading.deck.notes] == ["Why?"]
    assert reading.deck.skipped == 1
