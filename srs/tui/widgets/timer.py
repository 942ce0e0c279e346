"""A clock one can glance at while speaking: time spent, the target, a bar."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from srs.practice.phrases import stopwatch

TICK_S = 0.5
LONGEST_BAR = 60
FEWEST_SLOTS = 4


class Timer(Widget):
    """Shows what `spent` says at each tick; it counts nothing itself, so a late tick is no error.

    It carries the class `-over` once the target is passed.
    """

    DEFAULT_CSS = """
    Timer { height: 1; color: $text-accent; text-wrap: nowrap; }
    Timer.-over { color: $text-warning; text-style: bold; }
    """

    def __init__(self, spent: Callable[[], int], target_ms: int) -> None:
        super().__init__()
        self._spent = spent
        self._target_ms = target_ms

    def on_mount(self) -> None:
        """Look at the clock twice a second."""
        self.set_interval(TICK_S, self.look)

    def aim(self, target_ms: int) -> None:
        """Measure against another target from now on."""
        self._target_ms = target_ms
        self.look()

    def look(self) -> None:
        """Show the time as it is."""
        self.set_class(self._spent() > self._target_ms, "-over")
        self.refresh()

    def render(self) -> RenderResult:
        """Return the bar, then the time spent and the target."""
        spent = self._spent()
        over = " over" if spent > self._target_ms else ""
        figures = f"{stopwatch(spent)} / {stopwatch(self._target_ms)}{over}"
        slots = min(LONGEST_BAR, self.content_size.width - len(figures) - 2)
        if slots < FEWEST_SLOTS:
            return Content(figures)
        full = min(slots, slots * spent // max(1, self._target_ms))
        return Content.assemble("▮" * full, ("▯" * (slots - full), "$text-muted"), f"  {figures}")
