"""Every number that a bundled card computes, computed again."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from srs.deck.drill import evaluate, fixed_draw
from srs.deck.model import Choices, Drill, Kind, Note, Range
from srs.deck.reader import read_deck

DECKS = Path(__file__).parents[2] / "decks"
COMPUTED = re.compile(r"\barithmetic\b|sample size")
MINUTES_30_DAYS = 30 * 24 * 60


class Figure(NamedTuple):
    """A number printed on a card: a piece of the card's front, its value, and how it is printed.

    The value has the printed unit: 63.4 for `63%`, 2.1 for `2.1 TB`.
    """

    deck: str
    front: str
    value: float
    printed: str


def mm1(service_ms: float, load: float) -> float:
    """Return the mean time in an M/M/1 queue."""
    return service_ms / (1 - load)


def psi(expected: list[float], actual: list[float]) -> float:
    """Return the population stability index of two lists of shares."""
    return sum((a - e) * math.log(a / e) for e, a in zip(expected, actual, strict=True))


def users_per_arm(before: float, after: float) -> float:
    """Return the sample size for two proportions: two-sided 5 %, power 80 %."""
    mean = (before + after) / 2
    noise = 1.96 * math.sqrt(2 * mean * (1 - mean))
    signal = 0.8416 * math.sqrt(before * (1 - before) + after * (1 - after))
    return (noise + signal) ** 2 / (after - before) ** 2


def coin_reaches(correct: int, rows: int) -> float:
    """Return the chance that a coin-flip model is right on at least `correct` of `rows` rows."""
    return sum(math.comb(rows, k) for k in range(correct, rows + 1)) / 2.0**rows


def burn(rate: float, hours: float) -> float:
    """Return the share, in percent, of a 30-day error budget that a burn rate spends."""
    return 100 * rate * hours / (30 * 24)


WATERMARK = datetime(2026, 1, 1, 12, 0, 30) - timedelta(seconds=20, milliseconds=1)

FRESHNESS = [
    ("newest event seen is stamped", WATERMARK.microsecond / 1e6 + WATERMARK.second, "09.999"),
    ("raise the out-of-orderness bound", 60 - 5, "55 s"),
    ("merchant key gets 25 events", 25 * 6 * 3600, "540,000"),
    ("12 million events behind", 12e6 / (90e3 - 60e3), "400 s"),
    ("12 million events behind", 12e6 / (65e3 - 60e3), "2,400 s"),
    ("train on 60 days", 60 + 30, "90 days"),
    ("train on 60 days", 168 / 24, "7 days"),
    ("AUC is 0.86", 0.79 - 0.71, "0.08"),
    ("35% of conversions", 100 - 35, "65%"),
    ("kept 1 in 10 negatives", 0.2 / (0.2 + (1 - 0.2) / 0.1), "0.024"),
    ("keep 5% of the shown", 1 / 0.05, "20"),
    ("filter blocks 60%", 60 * (1 - 0.01), "59.4%"),
    ("500 ranked items", 500 - 8, "492"),
    ("9:14 you read", 14 - 10, "4 min"),
]

SERVING = [
    ("path has 80 ms", 5 + 20 + 25 + 10, "60 ms"),
    ("path has 80 ms", 80 - (5 + 20 + 25 + 10), "20 ms"),
    ("8, 12 and 6 ms", 8 + 12 + 6, "26 ms"),
    ("8, 12 and 6 ms", max(8, 12, 6), "12 ms"),
    ("35 ms at 4,000", 4000 * 0.035, "140"),
    ("M/M/1", mm1(10, 0.8), "50 ms"),
    ("M/M/1", mm1(10, 0.9), "100 ms"),
    ("M/M/1", mm1(10, 0.95), "200 ms"),
    ("ranks 400 items", 15_000 * 401 / 1e6, "6.0 million"),
    ("fans out to 100 leaves", 1 - 0.99**100, "0.634"),
    ("fans out to 100 leaves", 100 * (1 - 0.99**100), "63%"),
    ("fans out to 100 leaves", 100 * (1 - 0.99**10), "9.6%"),
    ("over 100 leaves may be slow", 100 * (1 - 0.99 ** (1 / 100)), "0.0100%"),
    ("over 100 leaves may be slow", 100 - 100 * (1 - 0.99 ** (1 / 100)), "99.99"),
    ("delay requests by 3 ms", 150 * 0.003, "0.45"),
    ("delay requests by 3 ms", 1 / 0.003, "333/s"),
    ("seven texts of 32 tokens", 7 * 32 + 512, "736"),
    ("seven texts of 32 tokens", 8 * 512, "4,096"),
    ("seven texts of 32 tokens", 100 * (7 * 32 + 512) / (8 * 512), "18%"),
    ("Three layers each", 3**3, "27"),
    ("With K = 2", max(0.0, (1000 - 2 * 300) / (1000 + 1)), "0.40"),
    ("canary takes 1%", 2000 * 600 * 0.01, "12,000"),
    ("canary takes 1%", round(users_per_arm(0.100, 0.102), -3), "356,000"),
    ("HNSW need for 40 million", 4 * 256 + 8 * 32, "1,280"),
    ("HNSW need for 40 million", 40e6 * (4 * 256 + 8 * 32) / 1e9, "51 GB"),
    ("in IVF-PQ", 40e6 * (16 + 8) / 1e9, "0.96 GB"),
    ("tenant owns 0.2%", 50 * 0.002, "0.1 rows"),
    ("tenant owns 0.2%", 10 / 0.002, "5,000"),
    ("Eight pods", math.ceil(8 * 30 / 20), "12 pods"),
    ("Knative's autoscaler panic", 60 * 0.10, "6 s"),
    ("141 GB and storage", round(141 / 2, -1), "70 s"),
    ("climb by 50 requests", 50 * 3 * 60, "9,000"),
    ("over three zones", 1 / (1 - 1 / 3), "1.5 times"),
]

MONITORING = [
    ("99.95% over 30 days", MINUTES_30_DAYS * 0.0005, "21.6 minutes"),
    ("99.95% over 30 days", MINUTES_30_DAYS, "43,200 min"),
    ("99.95% over 30 days", 60 * 0.05, "3 minutes"),
    ("burn rates does a 99.9%", burn(14.4, 1), "2%"),
    ("burn rates does a 99.9%", burn(6, 6), "5%"),
    ("burn rates does a 99.9%", burn(1, 72), "10%"),
    ("one twelfth", 60 / 12, "5 minutes"),
    ("10 requests an hour", (1 / 10) / 0.001, "100"),
    ("four services in series", 100 * 0.999**4, "99.6%"),
    ("four services in series", 0.999**4, "0.9960"),
    ("50/30/20", psi([0.5, 0.3, 0.2], [0.6, 0.25, 0.15]), "0.042"),
    ("50/30/20", 0.1 * math.log(0.60 / 0.50), "0.0182"),
    ("50/30/20", -0.05 * math.log(0.25 / 0.30), "0.0091"),
    ("50/30/20", -0.05 * math.log(0.15 / 0.20), "0.0144"),
    ("PSI over 10 bins", (10 - 1) * (1 / 100 + 1 / 100), "0.18"),
    ("million rows", 1.358 * math.sqrt(2 / 1e6), "0.0019"),
    ("million rows", 1.358 * math.sqrt(2 / 1e3), "0.061"),
    ("200 features a day", 200 * 0.05, "10 false alarms"),
    ("nulls rise from 2%", 100 - 40, "60%"),
    ("0.9, 0.8, 0.6 and 0.2", (0.9 + 0.8 + 0.6 + (1 - 0.2)) / 4, "0.775"),
    ("coin-flip model", 100 * coin_reaches(60, 100), "2.8%"),
    ("coin-flip model", 1 / coin_reaches(60, 100), "35"),
    ("coin-flip model", 100 * (1 - (1 - coin_reaches(60, 100)) ** 20), "44%"),
    ("coin-flip model", 100 * math.sqrt(0.25 / 100), "5 points"),
    ("One client version", 2 / 100 * (90 - 50), "0.8 points"),
    ("retrain costs $30k", math.sqrt(2 * 30 / 15), "2 weeks"),
    ("retrain costs $30k", 100 * (1 - math.sqrt(1 / 2)), "29%"),
]

RESOURCES = [
    ("989 dense BF16", 989 / 3.35, "295 FLOP"),
    ("989 dense BF16", 2 / 2, "1 FLOP"),
    ("A100, L4 or H200", 312 / 2.039, "153"),
    ("A100, L4 or H200", 989 / 4.8, "206"),
    ("A100, L4 or H200", 121 / 0.30, "403"),
    ("2,000-token prompt", 1e3 * 2 * 8.03e9 * 2000 / (989e12 / 2), "65 ms"),
    ("2,000-token prompt", 2 * 8.03e9 * 2000 / 1e13, "3.2e13"),
    ("2,000-token prompt", round(989e12 / 2 / 1e14, 2), "4.95e14"),
    ("8B BF16 model decodes", 1e3 * 16 / 3350, "4.8 ms"),
    ("8B BF16 model decodes", 1e3 * 2 * 8e9 / 989e12, "0.016 ms"),
    ("13B model take", 13 * 16, "208 GB"),
    ("13B model take", 13 * 2, "26 GB"),
    ("800 million ids", 8e8 * 64 * 4 / 1e9, "205 GB"),
    ("INT8 makes the model", 7 * 2, "14 GB"),
    ("INT8 makes the model", 7 * 1, "7 GB"),
    ("INT8 makes the model", 7 * 0.5, "3.5 GB"),
    ("small model costs 0.04", 0.04 + 0.25 * 1.00, "0.29"),
    ("small model costs 0.04", 0.75 * 0.04 + 0.25 * 1.00, "0.28"),
    ("5-minute write", 1.25 + 0.1, "1.35"),
    ("5-minute write", 2 + 2 * 0.1, "2.2"),
    ("answers 90% of requests", 100 - 90, "10%"),
    ("$2.40/h node", 2.40 / (600 * 3600 * 0.4) * 1000, "$0.0028"),
    ("$2.40/h node", 2.40 / (600 * 3600) * 1000, "$0.0011"),
    ("GPU at $3/h", 3 / (2000 * 3600) * 1e6, "$0.42"),
    ("GPU at $3/h", 3 / (2000 * 3600) * 1e6 / 0.35, "$1.19"),
    ("GPU at $3/h", 100 * 3 / (2000 * 3600) * 1e6 / 0.60, "69%"),
    ("CPU node at $0.25/h", 1 / 0.25 * 100 * 0.5, "200 requests"),
    ("250 features", 250 * 8 * 12_000 * 86_400 / 1e12, "2.1 TB"),
    ("larger ranker costs $18,000", 100 * 18_000 / (60e6 * 12), "0.0025 percentage"),
    ("larger ranker costs $18,000", 18_000 / (60e6 * 12), "0.000025"),
    ("2.5 MW", 2500 * 0.08, "$200"),
    ("2.5 MW", 2500 * 0.08 * 8760 / 1e6, "$1.75 million"),
    ("tops out at 900", 450 * 0.6, "270"),
    ("4,096 GPUs", 50_000 / 4096, "12.2 h"),
]

FIGURES = [
    Figure(deck, *row)
    for deck, rows in (
        ("feature-freshness", FRESHNESS),
        ("serving-path", SERVING),
        ("monitoring", MONITORING),
        ("resource-trade-offs", RESOURCES),
    )
    for row in rows
]

DRILL_ANSWERS = [
    ("KV cache fit", math.floor((80 * 0.92 - 16.06 - 3) * 1e9 / 131_072 / 4096)),
    ("online feature store", 50e6 * 200 * 4 * 1.5 * 2 / 1e9),
    ("time per token", 16 / 300 * 1e3),
    ("meets a slow leaf", 100 - 100 * 0.99**10),
    ("million tokens cost", 4e6 / (2500 * 0.4 * 3600)),
    ("loss of a zone", math.ceil(1.5 * 12_000 / 270)),
    ("nothing has drifted", 9 * 0.02),
    ("days must the A/B test", 360_000 / 100_000),
    ("the incident spend", 100 * 2 / 43.2),
]


@cache
def notes(deck: str) -> tuple[Note, ...]:
    reading = read_deck((DECKS / f"{deck}.md").read_text(encoding="utf-8"), f"{deck}.md")
    assert reading.deck is not None, reading.problems
    return reading.deck.notes


def the_note(deck: str, front: str) -> Note:
    found = [note for note in notes(deck) if front.lower() in note.front.lower()]
    assert len(found) == 1, f"{len(found)} cards of {deck} have {front!r} in their front"
    return found[0]


def number(printed: str) -> tuple[float, float]:
    """Return the first number in a text and half a unit of its last digit."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?(?:e\d+)?", printed)
    assert found is not None
    mantissa = found.group().partition("e")[0].replace(",", "")
    return float(mantissa), 0.5 * 10.0 ** -len(found.group(1) or "")


def draws(drill: Drill) -> list[dict[str, float]]:
    """Return every set of numbers that a drill can show."""
    return [
        dict(zip(drill.variables, values, strict=True))
        for values in product(*(all_values(variable) for variable in drill.variables.values()))
    ]


def all_values(variable: Choices | Range) -> tuple[float, ...]:
    if isinstance(variable, Choices):
        return variable.values
    steps = round((variable.maximum - variable.minimum) / variable.step)
    return tuple(variable.minimum + variable.step * step for step in range(steps + 1))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.front}: {figure.printed}")
def test_a_printed_number_is_what_its_expression_gives(figure: Figure) -> None:
    note = the_note(figure.deck, figure.front)
    text = " ".join("\n".join((note.back, *note.hints)).split())
    assert re.search(rf"(?<![\d.,]){re.escape(figure.printed)}(?!\d|[.,]\d)", text) or re.search(
        rf":{re.escape(figure.printed)}", text
    )
    printed, half_a_digit = number(figure.printed)
    assert figure.value == pytest.approx(printed, abs=half_a_digit * (1 + 1e-9))


@pytest.mark.parametrize(
    "deck", ["feature-freshness", "serving-path", "monitoring", "resource-trade-offs"]
)
def test_a_card_whose_source_is_arithmetic_is_computed_here(deck: str) -> None:
    computed = {the_note(deck, f.front).front for f in FIGURES if f.deck == deck}
    claimed = {note.front for note in notes(deck) if COMPUTED.search(note.source or "")}
    assert claimed <= computed


@pytest.mark.parametrize(("front", "answer"), DRILL_ANSWERS)
def test_a_drill_gives_the_answer_that_its_first_draw_should(front: str, answer: float) -> None:
    drill = the_note("drills", front).drill
    assert drill is not None
    assert evaluate(drill.answer, fixed_draw(drill)) == pytest.approx(answer, rel=1e-9)


def test_every_drill_is_computed_here() -> None:
    known = {the_note("drills", front).front for front, _ in DRILL_ANSWERS}
    assert known == {note.front for note in notes("drills") if note.kind is Kind.DRILL}


def test_every_draw_of_a_drill_has_an_answer_above_zero() -> None:
    for note in notes("drills"):
        assert note.drill is not None
        for values in draws(note.drill):
            assert evaluate(note.drill.answer, values) > 0, (note.front, values)
