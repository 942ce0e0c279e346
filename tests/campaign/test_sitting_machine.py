"""Whatever a person does in sittings, at whatever hour and place, the collection stays sound."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support.clock import ManualClock
from support.looking import rows

from srs.practice.desk import Desk
from srs.practice.review import ReviewSitting
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.due import read_due
from srs.store.ingest.run import import_paths

DECK = "---\ndeck: d\n---\n" + "".join(
    f"\n# topic {n % 2}\n\nC: Card [{n}] has [two {n}] deletions.\n\nQ: Question {n}?\nA: Answer.\n"
    for n in range(4)
)
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland", "UTC")


class Sittings(RuleBasedStateMachine):
    """Two sittings on one collection; `present` is the one that acts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "collection.db"
        self.clock = ManualClock("2026-03-27T22:30")
        self.chance = random.Random(1)
        self.collection = Collection.open(self.path, clock=self.clock, chance=self.chance)
        deck = Path(self.folder.name) / "d.md"
        deck.write_text(DECK, encoding="utf-8")
        import_paths(self.collection, [deck])
        self.collection.change_setting("leech-threshold", "2")
        self.present, self.other = self.start(), self.start()
        self.logged: dict[str, list[tuple[object, ...]]] = {"review": [], "event": []}

    def start(self) -> ReviewSitting:
        return Desk(self.collection).start()

    def asks(self) -> bool:
        return self.present.asked is not None

    @precondition(asks)
    @rule(rating=st.sampled_from(Rating))
    def answer(self, rating: Rating) -> None:
        self.present.answer(rating)

    @rule()
    def undo(self) -> None:
        self.present.undo()

    @precondition(asks)
    @rule()
    def bury(self) -> None:
        self.present.bury()

    @precondition(asks)
    @rule()
    def suspend(self) -> None:
        self.present.suspend()

    @precondition(asks)
    @rule(note=st.sampled_from(["wrong number", ""]))
    def flag(self, note: str) -> None:
        self.present.flag(note)

    @rule(minutes=st.integers(1, 30))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.present.refresh()

    @rule(hours=st.integers(1, 60))
    def come_back_later(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        self.present = self.start()

    @rule(zone=st.sampled_from(ZONES))
    def fly(self, zone: str) -> None:
        self.clock.fly(zone)

    @rule(minutes=st.integers(1, 180))
    def set_the_clock_back(self, minutes: int) -> None:
        newest = rows(self.collection, "SELECT COALESCE(MAX(ms), 0) FROM review")[0][0]
        if self.clock.now_ms() - minutes * 60_000 > newest - 20 * 3_600_000:
            self.clock.advance(minutes=-minutes)

    @rule()
    def turn_to_the_other_sitting(self) -> None:
        self.present, self.other = self.other, self.present

    @rule()
    def reopen(self) -> None:
        self.collection.close()
        self.collection = Collection.open(self.path, clock=self.clock, chance=self.chance)
        self.present, self.other = self.start(), self.start()

    @invariant()
    def a_replay_of_the_log_gives_every_card(self) -> None:
        assert examine(self.collection).findings == ()

    @invariant()
    def the_log_only_grows(self) -> None:
        for table, before in self.logged.items():
            now = rows(self.collection, f"SELECT * FROM {table} ORDER BY id")
            assert now[: len(before)] == before
            self.logged[table] = now

    @invariant()
    def the_light_path_sees_what_the_full_one_sees(self) -> None:
        light = read_due(self.path, self.clock)
        full = Desk(self.collection).overview()
        assert (light.new, light.learning, light.review) == (full.new, full.learning, full.review)
        assert light.next_due_ms == full.next_due_ms

    def teardown(self) -> None:
        self.collection.close()
        self.folder.cleanup()


def run(machine: type[RuleBasedStateMachine], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_acts_in_any_order_leave_a_sound_collection() -> None:
    run(Sittings, examples=12, steps=25)


@pytest.mark.campaign
def test_many_acts_in_any_order_leave_a_sound_collection() -> None:
    run(Sittings, examples=200, steps=60)
