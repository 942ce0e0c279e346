"""The collection that the benchmarks run on is one that srs could have written."""

from __future__ import annotations

from pathlib import Path

from bench.generate import generate
from support.clock import ManualClock
from support.looking import rows

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.doctor import examine


def test_a_generated_collection_has_the_size_wanted_and_is_sound(tmp_path: Path) -> None:
    path, clock = tmp_path / "collection.db", ManualClock("2026-11-24T09:00")
    generate(path, 600, 6000, clock=clock)
    with Collection.open(path, clock=clock) as collection:
        found = examine(collection)
        assert found.findings == ()
        assert found.cards == 600
        assert abs(found.reviews - 6000) < 60
        due = rows(collection, "SELECT count(*) FROM card WHERE state = 2 AND due_day <= 20781")
        assert 100 < due[0][0] < 200
        assert Desk(collection).start().asked is not None
