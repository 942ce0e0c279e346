"""`srs due` reads the collection by a light path of its own; it gives the full path's answer."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock

from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.due import NOTHING, count, read_due
from srs.store.ingest.run import import_paths
from srs.store.statements import executing

acts = st.lists(
    st.tuples(
        st.sampled_from(["again", "hard", "good", "easy", "bury", "suspend", "undo", "wait"]),
        st.integers(1, 4000),
    ),
    max_size=40,
)


def deck(notes: int) -> str:
    text = "---\ndeck: d\n---\n"
    for n in range(notes):
        text += f"\n# topic {n % 4}\n\nC: Card [{n}] has [two {n}] deletions.\n"
        text += f"\nQ: Question {n}?\nA: Answer.\n"
    return text


@settings(max_examples=25, deadline=None)
@given(
    notes=st.integers(0, 9),
    new=st.integers(0, 6),
    reviews=st.integers(0, 6),
    bury=st.booleans(),
    seed=st.integers(0, 99),
    acts=acts,
)
def test_the_light_path_counts_what_a_sitting_would_ask(
    notes: int, new: int, reviews: int, bury: bool, seed: int, acts: list[tuple[str, int]]
) -> None:
    clock = ManualClock("2026-11-24T09:00")
    with tempfile.TemporaryDirectory() as folder:
        file, path = Path(folder) / "d.md", Path(folder) / "collection.db"
        file.write_text(deck(notes))
        with Collection.open(path, clock=clock, chance=random.Random(seed)) as collection:
            import_paths(collection, [file])
            collection.change_setting("new-per-day", str(new))
            collection.change_setting("reviews-per-day", str(reviews))
            collection.change_setting("bury-siblings", "yes" if bury else "no")
            desk = Desk(collection)
            sitting = desk.start()
            for act, minutes in acts:
                if act == "wait":
                    clock.advance(minutes=minutes)
                    sitting = desk.start()
                elif act == "undo":
                    sitting.undo()
                elif sitting.asked is None:
                    continue
                elif act == "bury":
                    sitting.bury()
                elif act == "suspend":
                    sitting.suspend()
                else:
                    sitting.answer(Rating[act.upper()])
            light = read_due(path, clock)
            with collection.reading() as connection:
                full = count(
                    executing(connection),
                    collection.settings,
                    collection.now(),
                    clock,
                )
            assert light == full
            fresh = desk.start()
            asked = set()
            while fresh.asked is not None:
                assert fresh.asked.card_id not in asked
                asked.add(fresh.asked.card_id)
                fresh.suspend()
            assert len(asked) == light.total


def test_without_a_collection_nothing_is_due(tmp_path: Path) -> None:
    assert read_due(tmp_path / "none.db", ManualClock("2026-11-24T09:00")) == NOTHING
