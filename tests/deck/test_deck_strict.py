"""The stricter profile of a deck that is meant for others."""

from __future__ import annotations

import pytest

from srs.deck.model import Severity
from srs.deck.reader import read_deck
from srs.deck.strict import held_strictly

GOOD = """\
---
deck: Caching
side: infrastructure
judgement: [latency-cost]
---

## Why does a cache make p99 worse?

When it empties, everybody asks the slow store at once.

Source: Redis, https://redis.io/docs/
"""


def codes(text: str) -> list[str]:
    return [p.code for p in held_strictly(read_deck(text, "deck.md"), "deck.md").errors]


def test_a_card_with_source_side_and_judgement_passes() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Source: Redis, https://redis.io/docs/\n", "", "no-source"),
        (", https://redis.io/docs/", "", "no-source"),
        ("side: infrastructure\n", "", "no-side"),
        ("judgement: [latency-cost]\n", "", "no-judgement"),
        ("once.", "once. " + "More of it. " * 60, "long-back"),
        ("once.\n", "once.\n\n> [!TIP]\n", "empty-hint"),
        ("deck: Caching\n", "deck: Caching\nflavour: salty\n", "unknown-key"),
    ],
)
def test_what_a_published_card_lacks_is_an_error(old: str, new: str, code: str) -> None:
    assert codes(GOOD.replace(old, new)) == [code]


def test_the_place_is_that_of_the_card() -> None:
    bare = read_deck(GOOD.replace("side: infrastructure\n", ""), "deck.md")
    (problem,) = held_strictly(bare, "deck.md").errors
    assert (problem.file, problem.line, problem.severity) == ("deck.md", 6, Severity.ERROR)


def test_a_story_may_be_long_and_an_empty_hint_only_warns_by_default() -> None:
    story = GOOD.replace("## Why does", "## Story: Why does")
    long = story.replace("once.", "once.\n\n- [ ] " + "a " * 200)
    assert codes(long) == []
    hint = read_deck(GOOD.replace("once.\n", "once.\n\n> [!TIP]\n"), "deck.md")
    assert [(p.code, p.severity) for p in hint.problems] == [("empty-hint", Severity.WARNING)]
