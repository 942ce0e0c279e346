"""`srs interview` and `srs focus` as a person or a script calls them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.commands import Srs

Write = Callable[[str, str], Path]

TWELVE = "# t\n" + "".join(f"\nQ: What is {n}?\nA: It is {n}.\n" for n in range(12))


def in_days(days: int) -> str:
    # From midnight to four the study day is still yesterday's, so no test looks a day away.
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_the_interview_is_set_shown_and_cleared(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWELVE))
    assert srs("interview").out.startswith("No interview is set: srs interview 2026-12-15")
    outcome = srs("interview", "in", "20", "days", "--company", "startup", "--minutes", "10")
    assert outcome.status == 0
    assert "(startup), 20 days from today.\n" in outcome.out
    assert "12 of 12 cards unseen: 2 new today keep you in time.\n" in outcome.out
    assert "0% of all cards without another review" in outcome.out
    assert srs("interview").out == outcome.out
    assert srs("config", "company", "--json").json == {"company": "startup"}
    assert srs("interview", "clear").out.startswith("No interview is set")


def test_too_few_minutes_are_said_with_those_that_would_do(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWELVE))
    outcome = srs("interview", "in", "3", "days", "--minutes", "1")
    assert "At 1 minute a day 25% of the cards will have been seen by " in outcome.out
    assert "4 minutes would do." in outcome.out


def test_the_interviews_json_has_every_key_even_when_none_is_set(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWELVE))
    unset = srs("interview", "--json").json
    assert set(unset.values()) == {None}
    found = srs("interview", in_days(30), "--json").json
    assert found.keys() == unset.keys()
    assert found["date"] == in_days(30)
    assert found["days"] in (30, 31)
    assert (found["cards"], found["unseen"], found["coverage"]) == (12, 12, 1.0)
    assert found["recall_without_reviews"] == 0
    assert 0 < found["recall_with_plan"] <= 1


def test_a_day_that_has_passed_is_refused_with_a_sentence(srs: Srs) -> None:
    outcome = srs("interview", "2001-01-01")
    assert outcome.status == 1
    assert outcome.err.startswith("srs: 2001-01-01 has passed; give a day from ")
    assert srs("interview", "some day").err.startswith("srs: 'some day' is no date; write a date")


def test_the_plan_says_how_it_stands_after_a_sitting(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWELVE))
    srs("interview", "in", "20", "days")
    closing = srs("review", "--plain", typed="\n4\n" + "q\n").out
    assert "11 of 12 cards unseen: 2 new today keep you in time." in closing


def test_focus_asks_a_topics_weak_cards_and_needs_one_that_was_seen(srs: Srs, write: Write) -> None:
    srs("import", write("a.md", TWELVE))
    nothing = srs("focus", "a/t", "--plain")
    assert nothing.status == 1
    assert "You have seen no card of a/t yet" in nothing.err
    srs("review", "--plain", typed="\n4\n\n4\nq\n")
    outcome = srs("focus", "a/t", "--plain", typed="\n3\n\n1\n\n3\n")
    assert "1 of 2 · a/t" in outcome.out
    assert "3 Good –" in outcome.out
    assert "3 answers on 2 cards" in outcome.out
    assert srs("doctor").status == 0


def test_a_company_may_be_a_profile_of_ones_own(srs: Srs, home: Path) -> None:
    srs("config")
    (home / "companies.toml").write_text('[acme]\nlike = "startup"\n', encoding="utf-8")
    assert "(acme)" in srs("interview", "in", "20", "days", "--company", "acme").out
    unknown = srs("interview", "--company", "nasa")
    assert unknown.status == 1
    assert unknown.err.startswith("srs: There is no company profile 'nasa'")
    assert srs("config", "company", "--json").json == {"company": "acme"}
