"""Which order among due reviews serves a backlog best: `python tests/bench/backlog_order.py`.

FSRS-6 with the default weights is taken as the truth. A collection is built up with nothing left
over on any day, then nobody studies for a while, then a daily limit that is too small for what is
due is worked off in one order or another. An answer's outcome depends only on the seed, the card
and its count of reviews, and on the recall at that moment, so that the orders are compared over
the same luck, seed by seed.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import sqrt

from srs.schedule.fuzz import fuzzed
from srs.schedule.memory import DEFAULT_WEIGHTS, first_memory, next_memory, retrievability
from srs.schedule.model import Rating

LEARNED_PER_DAY = 20
LONGEST_DAYS = 36_500
# how often each rating is given, as the simulator of fsrs-rs assumes
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
PASSING_RATINGS = (0.224, 0.631, 0.145)


@dataclass(slots=True)
class Card:
    """A card of the simulated person; days are counted from the first of the simulation."""

    number: int
    stability: float
    difficulty: float
    answered: int
    due: int
    reps: int


Order = Callable[[Card, int], float]


def _overdue_share(card: Card, day: int) -> float:
    """Return the days overdue as a share of the interval."""
    return (day - card.due) / max(1, card.due - card.answered)


# the smallest is asked first
ORDERS: dict[str, Order] = {
    "due day": lambda card, day: card.due,
    "recall, highest first": lambda card, day: (day - card.answered) / card.stability,
    "recall, lowest first": lambda card, day: -(day - card.answered) / card.stability,
    "difficulty, easiest first": lambda card, day: card.difficulty,
    "difficulty, hardest first": lambda card, day: -card.difficulty,
    "stability, longest first": lambda card, day: -card.stability,
    "stability, shortest first": lambda card, day: card.stability,
    "overdue share, least first": lambda card, day: _overdue_share(card, day),
    "overdue share, most first": lambda card, day: -_overdue_share(card, day),
    "days overdue / (stability + 20)": lambda card, day: (card.due - day) / (card.stability + 20),
    "days overdue / (stability + 50)": lambda card, day: (card.due - day) / (card.stability + 50),
    "random": lambda card, day: random.Random(card.number * 100_003 + day).random(),
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A collection and the person's days; `new_per_day` goes on during the backlog."""

    name: str
    cards: int
    days_away: int
    reviews_per_day: int
    days: int
    new_per_day: int = 0
    weights: tuple[float, ...] = DEFAULT_WEIGHTS


# the default weights with the last, the decay, of someone who forgets more steeply
STEEP = (*DEFAULT_WEIGHTS[:20], 0.5)
SCENARIOS = (
    Scenario("a month away, then 60 a day", 2000, 30, 60, 120),
    Scenario("a week away, then 20 a day and 5 new", 300, 7, 20, 35, 5),
    Scenario("always too many: 40 a day and 10 new", 1000, 0, 40, 120, 10),
    Scenario("the same, forgetting steeply", 1000, 0, 40, 120, 10, STEEP),
)


@dataclass(slots=True)
class Outcome:
    """What a run came to; remembered cards are the sum of the recall of all cards."""

    remembered_at_end: float
    remembered_on_average: float
    reviews: int
    lapses: int
    due_at_end: int


@dataclass(slots=True)
class Person:
    """A collection, and the luck of whoever studies it."""

    seed: int
    weights: tuple[float, ...]
    cards: list[Card] = field(default_factory=list)
    lapses: int = 0

    def learn(self, day: int) -> None:
        """Answer a new card, and once more on the same day if it was not known."""
        number = len(self.cards)
        rating = self._luck(number, 0).choices(tuple(Rating), FIRST_RATINGS)[0]
        memory = first_memory(rating, self.weights)
        if rating is not Rating.EASY:
            memory = next_memory(memory, Rating.GOOD, 0, self.weights)
        self.cards.append(Card(number, *memory, answered=day, due=0, reps=1))
        self._schedule(self.cards[-1])

    def review(self, card: Card, day: int) -> None:
        """Answer a due card; a forgotten one is relearned with one Good on the same day."""
        luck = self._luck(card.number, card.reps)
        remembers = luck.random() < self._recall(card, day)
        passed = luck.choices((Rating.HARD, Rating.GOOD, Rating.EASY), PASSING_RATINGS)[0]
        memory = (card.stability, card.difficulty)
        elapsed = day - card.answered
        if remembers:
            memory = next_memory(memory, passed, elapsed, self.weights)
        else:
            memory = next_memory(memory, Rating.AGAIN, elapsed, self.weights)
            memory = next_memory(memory, Rating.GOOD, 0, self.weights)
            self.lapses += 1
        card.stability, card.difficulty = memory
        card.answered = day
        card.reps += 1
        self._schedule(card)

    def remembered(self, day: int) -> float:
        return sum(self._recall(card, day) for card in self.cards)

    def due(self, day: int) -> list[Card]:
        return [card for card in self.cards if card.due <= day]

    def copy(self) -> Person:
        return Person(self.seed, self.weights, [replace(card) for card in self.cards])

    def _recall(self, card: Card, day: int) -> float:
        return retrievability(card.stability, day - card.answered, self.weights)

    def _schedule(self, card: Card) -> None:
        interval = max(1, round(card.stability))  # a desired retention of 0.9
        factor = self._luck(card.number, -card.reps).random()
        card.due = card.answered + fuzzed(interval, factor, 1, LONGEST_DAYS)

    def _luck(self, number: int, count: int) -> random.Random:
        return random.Random((self.seed * 1_000_003 + number) * 10_007 + count)


def grown(scenario: Scenario, seed: int) -> tuple[Person, int]:
    """Return the person when the backlog begins, and that day."""
    person = Person(seed, scenario.weights)
    day = 0
    while len(person.cards) < scenario.cards:
        for card in person.due(day):
            person.review(card, day)
        for _ in range(LEARNED_PER_DAY):
            person.learn(day)
        day += 1
    return person, day + scenario.days_away


def work_off(person: Person, first_day: int, scenario: Scenario, order: Order) -> Outcome:
    """Return what comes of the person working the backlog off in one order."""
    daily: list[float] = []
    reviews = 0
    last_day = first_day + scenario.days
    for day in range(first_day, last_day):
        due = sorted(person.due(day), key=lambda card: (order(card, day), card.number))
        for card in due[: scenario.reviews_per_day]:
            person.review(card, day)
            reviews += 1
        for _ in range(scenario.new_per_day):
            person.learn(day)
        daily.append(person.remembered(day))
    return Outcome(
        daily[-1], statistics.fmean(daily), reviews, person.lapses, len(person.due(last_day))
    )


def _paired(values: list[float], against: list[float]) -> str:
    """Return the mean difference and its standard error over the seeds."""
    differences = [a - b for a, b in zip(values, against, strict=True)]
    error = statistics.stdev(differences) / sqrt(len(differences))
    return f"{statistics.fmean(differences):+7.1f} ±{error:4.1f}"


def run(scenario: Scenario, seeds: int) -> None:
    """Print a scenario's table; differences are against the order by due day."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in ORDERS}
    backlog: list[int] = []
    for seed in range(seeds):
        person, day = grown(scenario, seed)
        backlog.append(len(person.due(day)))
        for name, order in ORDERS.items():
            outcomes[name].append(work_off(person.copy(), day, scenario, order))
    print(f"\n{scenario.name}: {scenario.cards} cards, {statistics.fmean(backlog):.0f} due")
    print(
        f"{'order':32} {'at end':>7} {'difference':>14} {'average':>8} {'difference':>14}", end=""
    )
    print(f" {'reviews':>8} {'lapses':>7} {'due':>5}")
    baseline = outcomes["due day"]
    for name, results in outcomes.items():
        at_end = [r.remembered_at_end for r in results]
        on_average = [r.remembered_on_average for r in results]
        print(
            f"{name:32} {statistics.fmean(at_end):7.1f}",
            f"{_paired(at_end, [r.remembered_at_end for r in baseline]):>14}",
            f"{statistics.fmean(on_average):8.1f}",
            f"{_paired(on_average, [r.remembered_on_average for r in baseline]):>14}",
            f"{statistics.fmean(r.reviews for r in results):8.0f}",
            f"{statistics.fmean(r.lapses for r in results):7.0f}",
            f"{statistics.fmean(r.due_at_end for r in results):5.0f}",
        )


def main() -> None:
    """Print the tables over as many seeds as the first argument says, six unless given."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    began = time.perf_counter()
    for scenario in SCENARIOS:
        run(scenario, seeds)
    print(f"\n{seeds} seeds, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
