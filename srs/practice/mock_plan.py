"""What a mock interview asks: drawn by a seed, by company and by weakness, so that it hurts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection as AnyCollection
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from srs.deck.model import DESIGN
from srs.errors import SrsError
from srs.insight.company import find_company
from srs.practice.prompts import draw_probes, prompt_of
from srs.schedule.clock import Moment
from srs.schedule.scheduler import Scheduler
from srs.store import cards, mocks
from srs.store.collection import Collection
from srs.store.mocks import MockCard, PlannedItem

DEFAULT_MINUTES = 45.0
CONCEPT_MINUTES = 1.5
PROMPT_MINUTES = 6.0  # a story of three minutes, its probe and its score
MOST_CONCEPTS, MOST_STORIES = 40, 12
MOST_WARM_UPS = 8
# How weak a card counts: one never seen stands in the middle, and none is ever certain to be left
# out or asked.
UNSEEN_RECALL, CERTAIN = 0.5, 1.1
ASKED_LAST_TIME = 0.25
FOR_THIS_COMPANY = 3.0


class MockKind(StrEnum):
    """What a mock interview consists of."""

    CONCEPTS = "concepts"
    DESIGN = "design"
    STORIES = "stories"
    MIXED = "mixed"


class Section(StrEnum):
    """The parts of a mock interview."""

    WARM_UP = "warm-up"
    DESIGN = "design"
    STORY = "story"


# The shares of a mixed interview's time.
WARM_UP_SHARE, DESIGN_SHARE = 0.2, 0.6


def plan_mock(
    collection: Collection,
    seed: int,
    minutes: float,
    kind: MockKind,
    company: str | None,
    asked_before: AnyCollection[bytes] = (),
) -> list[PlannedItem]:
    """Draw the questions of a mock interview.

    A card's chance is its topic's weight in the company's profile, shared among its cards, times
    how likely it is to be forgotten today. Of a note only one card is asked. What was asked the
    last time (`asked_before`, card uids) is drawn less.

    Raises SrsError when there is no such profile, or no card of the kind.
    """
    now = collection.now()
    with collection.reading_sql() as execute:
        found = mocks.material(execute, now.study_day)
    weights = _weights(collection, found, company, now, asked_before)
    chance = random.Random(seed)
    concepts = [card for card in found if not card.is_prompt]
    designs = [card for card in found if card.story_kind == DESIGN]
    stories = [card for card in found if card.is_prompt and card.story_kind != DESIGN]
    whole_ms = round(minutes * 60_000)

    def drawn(cards: Sequence[MockCard], section: Section, count: int, ms: float) -> list[_Drawn]:
        chosen = _draw(cards, weights, count, chance)
        return [(section, card, round(ms / max(1, len(chosen)))) for card in chosen]

    if kind is MockKind.CONCEPTS:
        count = min(MOST_CONCEPTS, max(1, round(minutes / CONCEPT_MINUTES)))
        plan = drawn(concepts, Section.WARM_UP, count, whole_ms)
    elif kind is MockKind.DESIGN:
        plan = drawn(designs, Section.DESIGN, 1, whole_ms)
    elif kind is MockKind.STORIES:
        count = min(MOST_STORIES, max(1, round(minutes / PROMPT_MINUTES)))
        plan = drawn(stories, Section.STORY, count, whole_ms)
    else:
        share = minutes * WARM_UP_SHARE
        count = min(MOST_WARM_UPS, max(1, round(share / CONCEPT_MINUTES)))
        plan = drawn(concepts, Section.WARM_UP, count, whole_ms * WARM_UP_SHARE)
        plan += drawn(designs, Section.DESIGN, 1, whole_ms * DESIGN_SHARE)
        rest = whole_ms * (1 - WARM_UP_SHARE - DESIGN_SHARE)
        plan += drawn(stories, Section.STORY, 1, rest)
    if not plan:
        raise SrsError(
            f"There is no card for a mock interview of {kind.value}; srs import brings decks in."
        )
    return [_planned(collection, *each) for each in plan]


_Drawn = tuple[Section, MockCard, int]


def _planned(
    collection: Collection, section: Section, card: MockCard, target_ms: int
) -> PlannedItem:
    probes: tuple[str, ...] = ()
    if card.is_prompt:
        with collection.reading_sql() as execute:
            stored = cards.fetch(execute, card.id)
        if stored is not None:
            prompt = prompt_of(stored)
            probes = draw_probes(prompt.uid, prompt.reps, prompt.probes)
            probes = probes if section is Section.DESIGN else probes[:1]
    return PlannedItem(section.value, card.uid, target_ms, probes)


def _weights(
    collection: Collection,
    found: Sequence[MockCard],
    company: str | None,
    now: Moment,
    asked_before: AnyCollection[bytes],
) -> dict[int, float]:
    counts = Counter(card.topic for card in found)
    topics = find_company(company, _data_folder(collection)).weights(counts)
    weights = {}
    for card in found:
        weight = topics[card.topic] / counts[card.topic]
        weight *= CERTAIN - _recall(card, collection.scheduler, now)
        if company is not None and company in card.company:
            weight *= FOR_THIS_COMPANY
        if card.uid in asked_before:
            weight *= ASKED_LAST_TIME
        weights[card.id] = weight
    return weights


def _recall(card: MockCard, scheduler: Scheduler, now: Moment) -> float:
    if card.state.stability is None:
        return UNSEEN_RECALL
    recall = scheduler.recall(card.state, now)
    return 1.0 if recall is None else recall


def _draw(
    found: Sequence[MockCard], weights: dict[int, float], count: int, chance: random.Random
) -> list[MockCard]:
    """Draw without replacement, in the order drawn, one card a note.

    The largest of u^(1/w), u uniform and w the weight (Efraimidis and Spirakis, 2006,
    https://doi.org/10.1016/j.ipl.2005.11.003).
    """
    keyed = [(chance.random() ** (1 / max(weights[card.id], 1e-12)), card) for card in found]
    # The keys of small weights run into 0; the weight decides between those.
    keyed.sort(key=lambda each: (-each[0], -weights[each[1].id], each[1].uid))
    chosen: dict[int, MockCard] = {}
    for _, card in keyed:
        if len(chosen) == count:
            break
        chosen.setdefault(card.note_id, card)
    return list(chosen.values())


def _data_folder(collection: Collection) -> Path:
    return collection.path.parent
