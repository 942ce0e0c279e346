"""Driving the app in tests: open it on a desk, press keys, read what the screen says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual.events import Key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled
from tui.fake_desk import FakeDesk, as_desk

from srs.practice.desk import Desk
from srs.tui.app import SrsApp

EIGHTY = (80, 24)
HOPS = 3  # a key goes from the app to a widget, to the screen, to a callback after the refresh


def app_on(desk: FakeDesk | Desk, **options: Any) -> SrsApp:
    """Return an app that opens this desk."""
    real = as_desk(desk) if isinstance(desk, FakeDesk) else desk
    return SrsApp(lambda: real, **options)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the screens, and the threads beside them, have done all they had to do."""
    for _ in range(HOPS):
        await pilot.pause(0)
    while len(pilot.app.workers):
        with suppress(WorkerCancelled):  # a newer reading took its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0)
        await pilot.pause(0)


@asynccontextmanager
async def running(app: SrsApp, size: tuple[int, int] = EIGHTY) -> AsyncIterator[Pilot[None]]:
    """Run the app without a terminal; it is at home, its collection open, when the block begins."""
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await settle(pilot)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, letting the screen follow each.

    Unlike `Pilot.press` this waits for messages rather than for an idle processor.
    """
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        pilot.app.post_message(Key(key, character))
        await settle(pilot)


def seen(pilot: Pilot[None]) -> str:
    """Return the lines that stand on the screen now."""
    screen = pilot.app.screen
    lines = screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in lines)


def screen_name(pilot: Pilot[None]) -> str:
    return type(pilot.app.screen).__name__


def place(widget: Widget) -> tuple[int, int]:
    """Return where a widget stands on the screen, as row and column."""
    return widget.region.y, widget.region.x
