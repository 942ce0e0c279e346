"""Pictures of the dashboard, a topic's page, the statistics, and of cards that are looked up.

`pytest tests/tui/test_dashboard_pictures.py --snapshot-update` takes them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.clock import ManualClock
from support.studied import study
from textual.pilot import Pilot
from tui.driving import app_on, press, settle

from srs.practice.desk import Desk
from srs.store.collection import Collection
from srs.store.sources import remember

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (160, 50)


@pytest.mark.parametrize(
    ("keys", "size", "days"),
    [
        pytest.param([], LARGE, 20, id="home-wide"),
        pytest.param(["w"], SMALL, 20, id="dashboard"),
        pytest.param(["w", "x", "j"], LARGE, 20, id="dashboard-wide"),
        pytest.param(["w", "j", "enter"], SMALL, 20, id="topic"),
        pytest.param(["w", "j", "enter"], LARGE, 20, id="topic-wide"),
        pytest.param(["s"], SMALL, 20, id="statistics"),
        pytest.param(["s"], LARGE, 20, id="statistics-wide"),
        pytest.param(["slash", *"tail"], SMALL, 20, id="find"),
        pytest.param(["slash", *"tail", "down"], LARGE, 20, id="find-wide"),
        pytest.param(["slash", *"tail", "enter"], SMALL, 20, id="card"),
        pytest.param(["w"], SMALL, 0, id="dashboard-empty"),
        pytest.param(["s"], SMALL, 0, id="statistics-empty"),
        pytest.param(["w", "t"], SMALL, 20, id="date"),
        pytest.param(["w", "c"], SMALL, 20, id="company"),
    ],
)
def test_picture(
    keys: list[str],
    size: tuple[int, int],
    days: int,
    collection: Collection,
    clock: ManualClock,
    folder: Path,
    snap_compare: Compare,
) -> None:
    study(collection, clock, folder, days=days)
    remember(collection, [folder])
    collection.change_setting("interview-date", "2027-01-04")
    collection.change_setting("company", "big-tech")

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await settle(pilot)
        await press(pilot, *keys)

    assert snap_compare(app_on(Desk(collection)), terminal_size=size, run_before=drive)


@pytest.mark.parametrize("theme", ["srs-light", "srs-high-contrast"])
def test_theme(
    theme: str, collection: Collection, clock: ManualClock, folder: Path, snap_compare: Compare
) -> None:
    study(collection, clock, folder)
    remember(collection, [folder])

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await settle(pilot)
        await press(pilot, "w", "x", "j")

    app = app_on(Desk(collection), theme=theme)
    assert snap_compare(app, terminal_size=SMALL, run_before=drive)
