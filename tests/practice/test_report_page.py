"""The report: what is on the page, and what never is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.clock import ManualClock

from srs.errors import SrsError
from srs.practice.demo import make_demo
from srs.practice.desk import Desk
from srs.practice.report.content import MOST_CARDS, Report, read_report
from srs.practice.report.page import page, write_report
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.locations import stories_folder

Study = Callable[[str], Report]

HARMLESS = frozenset(
    """
    html head meta title style body header main section footer article details summary div span p
    h1 h2 h3 ul ol li b strong em i code pre a br sub sup table thead tbody tr th td blockquote
    svg rect line circle text title
    math mrow mfrac mi mo mn msub msup msqrt mtext
    """.split()  # noqa: SIM905 -- sixty quotation marks would hide the names
)
HOSTILE = """
Q: <script>alert("front")</script> **why**?
A: <img src=x onerror="alert(1)"> and <svg onload=alert(2)>

Q: Where does [this](javascript:alert(3)) lead, and [that](data:text/html,<script>1</script>)?
A: ![picture](data:image/svg+xml,<svg/onload=alert(4)>) ![other](https://tracker.example/a.png)

Q: <style>body{display:none}</style> <link rel=stylesheet href=//evil.example> ?
A: <p style="position:fixed">over all</p> <iframe src="https://evil.example"></iframe>

Q: {{ 7 * 7 }} {% raw %} ]]> --> </style></title></details>?
A: $\\href{javascript:alert(5)}{x}$ and $\\style{position:fixed}{y}$

Q: abc\u202edcba\u2066?
A: fine
"""

OWN_STORY = """---
story: The week <b>p99 doubled
kind: serving
answers:
  - What was slow?
---

## Situation

A ranking service. It was large.

## Numbers

- 40 ms before, 90 ms after
"""


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def study(
    collection: Collection,
    clock: ManualClock,
    write: Callable[[str, str], Path],
    take_in: Callable[[], object],
) -> Study:
    """Import a deck, answer every card once, and read the report three weeks ahead."""

    def run(deck: str) -> Report:
        write("mine.md", deck)
        take_in()
        sitting = Desk(collection).start()
        while sitting.asked is not None:
            clock.advance(minutes=0.2)
            sitting.answer(Rating.EASY)
        today = date(1970, 1, 1) + timedelta(days=collection.now().study_day)
        return read_report(collection, today + timedelta(days=21))

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("demo")
    with make_demo(folder, clock=ManualClock("2026-11-24T09:00")) as made:
        yield made


@pytest.fixture(scope="module")
def report(demo: Collection) -> Report:
    return read_report(demo)


def test_it_says_how_ready_one_is_and_what_to_do_next(report: Report) -> None:
    text = " ".join(Elements(page(report)).text.split())
    ready = report.insight.readiness
    assert f"{ready.estimate:.0%} of the interview answered" in text
    assert f"{ready.low:.0%} to {ready.high:.0%}" in text
    assert report.insight.readiness_planned is not None
    assert f"By the plan about {report.insight.readiness_planned:.0%}, studying" in text
    assert "21 days left · Tue 15 Dec 2026 · big-tech" in text
    for step in report.insight.steps[:3]:
        assert step.sentence in text
    for sentence in (*report.plan, *report.insight.balance.sentences):
        assert sentence in text
    assert report.insight.calibration.verdict in text


def test_topics_are_those_that_cost_most_and_none_counts_twice(report: Report) -> None:
    names = [topic.name for topic in report.topics]
    assert not [name for name in names if any(other.startswith(f"{name}/") for other in names)]
    costs = [topic.missed for topic in report.topics]
    assert costs == sorted(costs, reverse=True)
    for topic in report.topics:
        assert topic.low <= topic.then + 1e-9
        assert topic.then <= topic.high + 1e-9 <= topic.seen / topic.cards + 2e-9


def test_the_thirty_cards_are_the_least_sure_and_carry_their_answers(report: Report) -> None:
    recalls = [card.recall for card in report.cards]
    assert len(recalls) == MOST_CARDS
    assert recalls == sorted(recalls)
    assert all(card.answer for card in report.cards)


def test_there_is_a_story_of_each_kind_in_cues(report: Report) -> None:
    assert [story.kind for story in report.stories] == [
        "data-integrity",
        "serving",
        "monitoring",
        "trade-off",
    ]
    assert all(len(story.cues) > 4 for story in report.stories)
    assert page(report).count("no story of yours yet") == 4


def test_the_persons_own_story_stands_in_place_of_the_rubric(
    study: Study, collection: Collection
) -> None:
    folder = stories_folder(collection.path)
    folder.mkdir()
    (folder / "p99.md").write_text(OWN_STORY, encoding="utf-8")
    report = study(
        "## Story: What was slow?\n<!-- kind: serving -->\n- [ ] Numbers\n\n"
        "## Story: What broke?\n<!-- kind: monitoring -->\n- [ ] The first signal\n\n"
        "Q: What?\nA: That.\n"
    )
    assert [(story.kind, story.own) for story in report.stories] == [
        ("serving", True),
        ("monitoring", False),
    ]
    text = Elements(page(report)).text
    assert "The week <b>p99 doubled" in text
    assert "Numbers: 40 ms before, 90 ms after" in text
    assert "The first signal" in text
    assert "What was slow?" not in text


def test_a_far_date_is_shown_by_weeks(demo: Collection) -> None:
    far = read_report(demo, date(2027, 5, 1))
    assert far.days_a_column == 7
    assert sum(each.due for each in far.ahead) == sum(day.due for day in far.insight.forecast)
    assert "each column is a week" in page(far)


def test_without_cards_it_says_what_to_do(collection: Collection) -> None:
    text = Elements(page(read_report(collection))).text
    assert "srs import PATH adds yours" in text
    assert "Likeliest to be forgotten" not in text


def test_a_story_is_no_card_to_be_forgotten(study: Study) -> None:
    report = study("## Story: What broke?\n\n- [ ] Numbers\n\n## What held?\n\nThe cache.\n")
    assert [card.question for card in report.cards] == ["What held?"]


def test_mathematics_is_set_without_a_script(study: Study) -> None:
    found = page(study("Q: What scales the logits?\nA: $\\frac{1}{\\sqrt{d_k}}$"))
    assert "<msqrt>" in found
    assert "\\frac" not in found


def test_hostile_text_stays_text(study: Study) -> None:
    report = study(HOSTILE)
    assert len(report.cards) == 5
    found = Elements(page(report))
    for tag, attributes in found.elements:
        assert tag in HARMLESS
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "https:").startswith(("https:", "http:", "mailto:"))
        assert "src" not in attributes
    for said in (
        '<script>alert("front")</script>',
        'onerror="alert(1)"',
        "javascript:alert(3)",
        "<style>body{display:none}</style>",
        '<p style="position:fixed">over all</p>',
        "{{ 7 * 7 }} {% raw %}",
        "abcdcba?",
    ):
        assert said in found.text
    assert [tag for tag, _ in found.elements].count("style") == 1
    assert [tag for tag, _ in found.elements].count("details") == 5


def test_the_pages_policy_allows_its_own_style_and_nothing_else(report: Report) -> None:
    text = page(report)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_an_earlier_report_is_written_over_and_nothing_else_is(
    report: Report, tmp_path: Path
) -> None:
    target = tmp_path / "eve.html"
    write_report(report, target)
    write_report(report, target)
    other = tmp_path / "thesis.html"
    other.write_text("<h1>My thesis</h1>", encoding="utf-8")
    with pytest.raises(SrsError, match="is no report of srs"):
        write_report(report, other)
    assert other.read_text(encoding="utf-8") == "<h1>My thesis</h1>"
    write_report(report, other, force=True)
    assert "of the interview answered" in other.read_text(encoding="utf-8")
    with pytest.raises(SrsError, match="is a folder"):
        write_report(report, tmp_path, force=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["eve.html", "thesis.html"]
