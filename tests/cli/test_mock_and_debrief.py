"""`srs drill`, `srs mock` and `srs debrief`, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from practice.test_mock_interview import DECK
from support.commands import Srs

DRILL = """
## Drill: How many GB?
```drill
users: 4
answer: users * 16
unit: GB
```
{users} × 16 = {answer}.
"""


@pytest.fixture
def deck(srs: Srs, tmp_path: Path) -> Path:
    file = tmp_path / "serving.md"
    file.write_text(f"---\ndeck: Serving\n---\n{DECK}{DRILL}", encoding="utf-8")
    assert srs("import", file).status == 0
    return file


def test_a_plain_drill_judges_the_number_and_shows_the_solution(srs: Srs, deck: Path) -> None:
    outcome = srs("drill", "Serving", "--plain", typed="five\n60000 MB\n2\n")
    assert outcome.status == 0
    assert "'five' is no number; type one such as 101, 5.4k or 64 GB." in outcome.out
    assert "Right. It is 64 GB." in outcome.out
    assert "4 × 16 = 64." in outcome.out


def test_a_plain_mock_is_cut_off_resumed_and_debriefed(srs: Srs, deck: Path) -> None:
    first = srs("mock", "--minutes", "3", typed="\n1\n\n2\n2\n0\n")
    assert "Probe 2 of 2" in first.out
    assert "1 of 3: Requirements: goal" in first.out
    assert "2 not reached" in first.out
    assert "srs mock --resume goes on" in first.err
    second = srs("mock", "--resume", typed="x\nt\np\np\nn a note\n1\nu\n2\n1\n\ns\n")
    assert "2 of 3: Numbers: reads" in second.out
    assert "Cost points:" in second.out
    assert "design: Requirements" in second.out
    assert "1. srs focus serving/" in second.out
    assert srs("mock", "--resume").err.startswith("srs: No mock interview was cut off")
    assert (
        srs("debrief").out.splitlines()[0]
        == second.out[second.out.index("7 of 12") :][: len(srs("debrief").out.splitlines()[0])]
    )


def test_a_real_interview_is_matched_confirmed_drafted_and_compared(
    srs: Srs, deck: Path, home: Path
) -> None:
    asked = "# remark\nWhy batch at all? 2\nWhich animal is fastest? 0\nWhat drifts, and why? 1\n\n"
    logged = srs("debrief", "new", "--company", "ACME", typed=asked + "1\n\n")
    assert logged.status == 0
    assert "serving/batching, expected 0%" in logged.out
    assert "1 question had no card." in logged.out
    assert "better than expected" in logged.out
    drafts = home / "decks" / "drafts.md"
    assert "Q: Which animal is fastest?\nA: To be written. Asked by ACME" in drafts.read_text()
    assert srs("check", drafts).status == 0
    (interview,) = srs("debrief", "list", "--json").json
    assert interview["company"] == "ACME"
    assert [each["points"] for each in interview["questions"]] == [2, 0, 1]
    assert interview["actual"] == 0.75
    assert "ACME" in srs("debrief", "show").out


def test_the_draft_of_a_question_is_found_when_it_is_asked_again(srs: Srs, deck: Path) -> None:
    for _ in range(2):
        outcome = srs("debrief", "new", "--yes", typed="Which animal is the fastest runner? 0\n")
    assert "drafts, expected 0%" in outcome.out


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("How long is it?\n", "Line 1 says not how it went"),
        ("", "There is no question"),
        ("Why batch at all? 2\n", "--yes takes the likeliest card"),
    ],
)
def test_what_cannot_be_logged_stores_nothing(srs: Srs, deck: Path, typed: str, says: str) -> None:
    outcome = srs("debrief", "new", typed=typed)
    assert outcome.status == 1
    assert says in outcome.err
    assert srs("debrief", "list", "--json").json == []


def test_an_interview_of_tomorrow_or_of_no_date_is_refused(srs: Srs, deck: Path) -> None:
    assert "has not come yet" in srs("debrief", "new", "--date", "2999-01-01").err
    assert "is no date" in srs("debrief", "new", "--date", "soon").err


def test_a_debrief_without_a_mock_says_what_to_do(srs: Srs, deck: Path) -> None:
    assert "srs mock begins one" in srs("debrief").err
