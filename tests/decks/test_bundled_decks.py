"""What every bundled card keeps to, so that a reader can trust and finish it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest
from decks.neighbours import NEIGHBOURS

from srs.deck.model import DESIGN, Kind, Note
from srs.deck.reader import read_deck
from srs.deck.strict import held_strictly
from srs.store.ingest.likeness import Likeness, Text

DECKS = sorted(p for p in (Path(__file__).parents[2] / "decks").glob("*.md") if p.stem != "README")
CORE_TOPICS = ("feature-freshness", "serving", "monitoring", "resources")
ASKED = (Kind.BASIC, Kind.CLOZE)
YES_NO = re.compile(r"(is|are|was|were|do|does|did|can|could|should|will|would|has|have)\b", re.I)
WORD = re.compile(r"\w{4,}")
DESIGN_LINES = [
    "Requirements",
    "Numbers",
    "Data and labels",
    "Features",
    "Model",
    "Serving path",
    "Monitoring",
    "Failure modes",
    "Cost",
]
ALIKE = 0.5  # of the longer words of two fronts, the share that both have
ALIKE_WHOLE = 0.15  # of the words of two whole cards, by their rarity, the share that both have
MISTAKE = re.compile(r"\bCommon mistake: \S")


def all_notes() -> list[Note]:
    readings = [read_deck(path.read_text(encoding="utf-8"), path.name) for path in DECKS]
    return [note for reading in readings if reading.deck for note in reading.deck.notes]


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_a_deck_is_clean_under_the_strict_profile(path: Path) -> None:
    reading = read_deck(path.read_text(encoding="utf-8"), path.name)
    assert held_strictly(reading, path.name).problems == ()


def test_the_core_topics_have_their_share_of_cards() -> None:
    counted = Counter(note.topic.split("/")[0] for note in all_notes() if note.kind in ASKED)
    assert all(counted[topic] >= 25 for topic in CORE_TOPICS), counted


def test_each_kind_of_story_is_there_with_a_rubric_and_probes() -> None:
    stories = [note.story for note in all_notes() if note.story and note.story.kind != DESIGN]
    assert {story.kind for story in stories} == {
        "data-integrity",
        "serving",
        "monitoring",
        "trade-off",
    }
    assert all(len(story.rubric) == 8 and len(story.probes) >= 3 for story in stories)


def test_every_card_has_a_source_and_its_tags() -> None:
    bare = [
        note.front
        for note in all_notes()
        if not (note.source and "http" in note.source and note.side and note.judgement)
    ]
    assert bare == []


def test_an_answer_is_short_enough_to_recall() -> None:
    lengths = [words(note.back) for note in all_notes() if note.kind is Kind.BASIC]
    assert median(lengths) < 60
    assert max(lengths) <= 80


def test_no_front_can_be_answered_by_yes_or_no() -> None:
    assert [note.front for note in all_notes() if YES_NO.match(note.front)] == []


def test_no_two_fronts_ask_the_same() -> None:
    telling = {note.front: frozenset(WORD.findall(note.front.lower())) for note in all_notes()}
    alike = [
        (one, other)
        for (one, a), (other, b) in combinations(telling.items(), 2)
        if len(a & b) / len(a | b) > ALIKE
    ]
    assert alike == []


def test_cards_that_say_much_the_same_are_known_neighbours_with_different_questions() -> None:
    cards = [note for note in all_notes() if note.kind in ASKED]
    likeness = Likeness([Text(note.front, note.back) for note in cards])
    features = [Text(f"{note.front}\n{note.back}", "").front_features for note in cards]
    weights = [likeness.weight(each) for each in features]
    alike = {
        frozenset((cards[a].front, cards[b].front))
        for a, b in combinations(range(len(cards)), 2)
        if 2 * likeness.weight(features[a] & features[b]) > ALIKE_WHOLE * (weights[a] + weights[b])
    }
    explained = {
        row: {pair for pair in alike if all(any(p in f for f in pair) for p in row[:2])}
        for row in NEIGHBOURS
    }
    assert [sorted(pair) for pair in alike - set().union(*explained.values())] == []
    assert [row for row, pairs in explained.items() if not pairs] == []


def test_common_misconceptions_are_called_so_and_in_one_way() -> None:
    said = [note for note in all_notes() if MISTAKE.search(note.back)]
    assert len(said) >= 40
    other = [n.front for n in all_notes() if re.search(r"misconception|common mistake", n.back)]
    assert other == []


def test_every_company_has_its_emphasis_on_some_cards() -> None:
    tagged = Counter(company for note in all_notes() for company in note.company)
    assert set(tagged) == {"big-tech", "startup", "high-traffic"}
    assert sum(bool(note.company) for note in all_notes()) >= 0.15 * len(all_notes())


def test_a_design_has_the_nine_lines_of_a_whole_system_and_probes() -> None:
    designs = [note.story for note in all_notes() if note.story and note.story.kind == DESIGN]
    assert len(designs) >= 12
    for design in designs:
        begin = [line.partition(":")[0] for line in design.rubric]
        assert begin == DESIGN_LINES
        assert len(design.probes) >= 3
