"""`srs weak` as a person or a script calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.commands import Srs

from srs.store import collection as store

Write = Callable[[str, str], Path]
NESTED = (
    "# serving\n\nQ: a?\nA: b.\n\n# a-topic-with-a-rather-long-name-of-its-own\n\nQ: c?\nA: d.\n"
)


@pytest.fixture
def answered(srs: Srs, write: Write, monkeypatch: pytest.MonkeyPatch) -> ManualClock:
    """Answer two cards well, and come back a fortnight later."""
    clock = ManualClock("2026-11-24T09:00")
    monkeypatch.setattr(store, "SystemClock", lambda: clock)
    srs("import", write("a.md", NESTED))
    for _ in range(3):
        srs("review", "--plain", typed="\n3\n" * 6)
        clock.advance(days=3)
    clock.advance(days=14)
    return clock


def test_without_cards_it_says_how_to_get_some(srs: Srs) -> None:
    outcome = srs("weak")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("There are no cards yet: srs begins with its own")
    assert srs("weak", "--json").json["topics"] == []


def test_without_answers_it_says_how_to_begin(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", NESTED))
    assert srs("weak").out == (
        "None of 2 cards has been answered yet, so nothing is known to be weak: srs review begins."
        "\n"
    )
    (first, *_) = srs("weak", "--json").json["topics"]
    assert (first["seen"], first["recall_on"], first["reviews"]) == (0, None, 0)


def test_the_json_is_the_contracts(srs: Srs, answered: ManualClock) -> None:
    found = srs("weak", "--on", "2027-01-15", "--company", "startup", "--json").json
    assert list(found) == ["on", "company", "readiness", "topics"]
    assert (found["on"], found["company"]) == ("2027-01-15", "startup")
    assert list(found["readiness"]) == ["estimate", "low", "high"]
    assert 0 < found["readiness"]["low"] <= found["readiness"]["estimate"]
    keys = "topic cards seen reviews recall_now recall_on strength low high recall_planned"
    for topic in found["topics"]:
        assert list(topic) == keys.split()
        assert topic["low"] < topic["strength"] < topic["high"]
        assert 0 < topic["recall_on"] < topic["recall_now"] < 1
        assert topic["recall_on"] < topic["recall_planned"] < 1
        assert topic["cards"] == topic["seen"]
    assert sorted(topic["cards"] for topic in found["topics"]) == [1, 1, 2]


def test_the_table_names_the_day_the_topics_and_what_to_do(srs: Srs, answered: ManualClock) -> None:
    outcome = srs("weak", "--on", "2027-01-15", "--company", "big-tech")
    assert "of an interview at big-tech on Fri 15 Jan 2027" in " ".join(outcome.out.split())
    assert "Do next" in outcome.out
    assert "serving" in outcome.out
    assert "▓" in outcome.out
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize("columns", [40, 60, 80, 84, 98, 114, 160])
def test_the_table_keeps_within_the_terminal(
    srs: Srs, answered: ManualClock, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    table = srs("weak").out.split("\n\n")[2]
    assert table.startswith("topic")
    assert max(map(len, table.splitlines())) <= columns


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--on", "tomorrow"], 2, "'tomorrow' is not a date such as 2026-12-15"),
        (["--on", "2001-01-01"], 1, "srs: 2001-01-01 is over; give a date from "),
        (["--company", "nasa"], 1, "srs: There is no company profile 'nasa'; there are general,"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    srs: Srs, arguments: list[str], status: int, said: str
) -> None:
    outcome = srs("weak", *arguments)
    assert outcome.status == status
    assert said in outcome.err


def test_a_wide_table_has_the_plan_the_trend_and_leeches(
    srs: Srs, answered: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    text = srs("weak", "--on", "2027-01-15").out
    header, *topics = text.split("\n\n")[2].splitlines()
    assert header.split()[-4:] == ["plan", "trend", "seen", "tested"]
    assert all("·" in line for line in topics)
    assert "by the plan about" in " ".join(text.split())
    assert "Plan is the recall" in " ".join(text.split())


def test_a_wide_table_counts_leeches(
    srs: Srs, answered: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    srs("config", "leech-threshold", "1")
    srs("review", "--plain", typed="\n1\n" * 4)
    assert "2 leeches" in srs("weak").out


def test_on_the_day_itself_there_is_no_plan(srs: Srs, answered: ManualClock) -> None:
    assert "by the plan" not in srs("weak").out
    assert {topic["recall_planned"] for topic in srs("weak", "--json").json["topics"]} == {None}


def test_a_profile_of_ones_own_is_taken_from_the_data_folder(srs: Srs, home: Path) -> None:
    srs("config")
    (home / "companies.toml").write_text('[acme]\nlike = "startup"\n', encoding="utf-8")
    srs("config", "company", "acme")
    assert srs("weak", "--json").json["company"] == "acme"
