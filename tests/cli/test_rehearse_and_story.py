"""`srs rehearse` line by line and as a list, and `srs story`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import Srs
from support.stories import P99, WHOLE

DECK = f"""---
deck: Mine
topic: mine
---
## Story: {P99}
<!-- kind: serving · minutes: 2 · id: p99 -->
- [ ] Numbers: before, after
- [ ] Your own **decision**

### Probes
- Which hop?

## Story: A model got worse for weeks.
<!-- kind: monitoring -->
- [ ] The signal

Q: A question?
A: An answer.
"""


@pytest.fixture
def filled(srs: Srs, tmp_path: Path, home: Path) -> Path:
    deck = tmp_path / "mine.md"
    deck.write_text(DECK, encoding="utf-8")
    assert srs("import", deck).status == 0
    (home / "stories").mkdir()
    (home / "stories" / "week.md").write_text(WHOLE, encoding="utf-8")
    return home / "stories"


def test_a_plain_rehearsal_asks_tells_scores_and_says_when_it_is_due(
    srs: Srs, filled: Path
) -> None:
    done = srs("rehearse", "p99", "--plain", typed="h\np\np\nt\nx\n\n2\n1\nu\n2\n\n")
    assert done.status == 0
    said = done.out.splitlines()
    assert said[:2] == ["serving · 2 min", P99]
    assert "Your story: The week p99 doubled" in said
    assert "Situation: A ranking service at 9,000 requests a second." in said
    assert said.index("Probe: Which hop?") < said.index("No more probes.")
    assert said.count("2 of 2: Your own decision") == 2
    assert any(line.startswith("4 of 4, Easy: nine tenths or more. Due again ") for line in said)
    assert "  2  2 Your own decision" in said
    assert srs("doctor").status == 0


def test_a_plain_rehearsal_that_was_left_goes_on(srs: Srs, filled: Path) -> None:
    assert "What was scored is kept" in srs("rehearse", "p99", "--plain", typed="\n2\n").err
    again = srs("rehearse", "p99", "--plain", typed="2\nword\n")
    assert "Told earlier today" in again.err
    assert "1 of 2: Numbers" not in again.out
    assert "4 of 4, Easy" in again.out


def test_the_list_says_what_is_due_and_how_it_went(srs: Srs, filled: Path) -> None:
    srs("rehearse", "p99", "--plain", typed="\n2\n2\n\n")
    listed = srs("rehearse", "--json").json
    assert [(each["prompt"], each["due"], each["rehearsals"]) for each in listed] == [
        ("A model got worse for weeks.", False, 0),
        (P99, False, 1),
    ]
    assert listed[1]["story"] == "week"
    assert (listed[1]["points"], listed[1]["possible"], listed[1]["minutes"]) == (4, 4, 2)
    plain = srs("rehearse", "serving", "--list").out
    assert "1×, last 4 of 4 in 0.0 of 2 min, told with week" in plain
    assert "got worse" not in plain


def test_stories_are_counted_beside_what_is_due(srs: Srs, filled: Path) -> None:
    counts = srs("due", "--json").json
    assert (counts["new"], counts["total"], counts["stories"]) == (1, 1, 0)


def test_an_unknown_prompt_ends_with_a_sentence(srs: Srs, filled: Path) -> None:
    failed = srs("rehearse", "nonsense", "--plain")
    assert failed.status == 1
    assert "There is no prompt 'nonsense'" in failed.err


def test_a_new_story_is_a_file_to_fill_in(srs: Srs, filled: Path) -> None:
    made = srs("story", "new", "The leak", "--kind", "data-integrity")
    assert made.out.strip() == str(filled / "the-leak.md")
    assert "kind: data-integrity" in (filled / "the-leak.md").read_text(encoding="utf-8")
    prompted = srs("story", "new", "--prompt", "p99")
    assert P99 in Path(prompted.out.strip()).read_text(encoding="utf-8")


def test_the_list_of_stories_names_length_and_gaps(srs: Srs, filled: Path) -> None:
    text = WHOLE.replace("80 ms before, 170 ms after, 41 minutes, 2.1 million users.", "")
    (filled / "week.md").write_text(text, encoding="utf-8")
    srs("rehearse", "p99", "--plain", typed="\n2\n1\n\n")
    said = srs("story", "list").out.splitlines()
    assert said[0] == "week: serving, 86 words, about 0.6 min, answers 1 prompt"
    assert said[1] == "  line 25: nothing is written under `Numbers`"
    assert said[2] == "  told 1×, last 3 of 4 in 0.0 of 2 min"
    (listed,) = srs("story", "list", "--json").json
    assert (listed["words"], listed["missing"][0]["code"]) == (86, "story-empty")


def test_the_map_shows_gaps_and_set_closes_one(srs: Srs, filled: Path) -> None:
    (filled / "week.md").write_text(
        WHOLE.replace(f"answers:\n  - {P99}", "answers: []"), encoding="utf-8"
    )
    before = srs("story", "map").out
    assert "serving               0 of 1        0 of 1        0 of 1" in before
    assert "week may fit: srs story map --set week 'p99 rose" in before
    assert srs("story", "map", "--set", "week", P99).status == 0
    cells = srs("story", "map", "--json").json["cells"]
    assert {"kind": "serving", "company": "startup", "told": 1, "prompts": 1} in cells


def test_check_says_what_a_story_lacks(srs: Srs, filled: Path) -> None:
    whole = srs("check", filled)
    assert (whole.status, whole.out.splitlines()[-1]) == (
        0,
        "1 file, 0 notes, 0 cards, 1 story, 0 errors, 0 warnings",
    )
    text = WHOLE.replace("## Numbers", "## Figures")
    (filled / "week.md").write_text(text, encoding="utf-8")
    found = srs("check", filled, "--json").json
    assert [(each["code"], each["line"]) for each in found["warnings"]] == [("story-empty", 1)]
    assert found["stories"] == 1


def test_a_story_is_no_deck_when_its_folder_is_imported(srs: Srs, filled: Path) -> None:
    taken = srs("import", filled, "--json").json
    assert (taken["added"], taken["errors"]) == (0, [])
