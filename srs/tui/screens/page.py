"""What all screens share: the frame, the keys below, sentences for errors, the least size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from srs.errors import SrsError
from srs.render.controls import clean
from srs.tui.widgets.keyline import KeyLine

LEAST_COLUMNS, LEAST_ROWS = 32, 10
NOTICE_STAYS_S = 12.0

Result = TypeVar("Result")


class Page(Screen[Result]):
    """A full screen. A terminal too small for it gets a sentence, and no key acts unseen."""

    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """Build the frame around `compose_page`."""
        yield Static(
            f"srs needs more room: {LEAST_COLUMNS} columns and {LEAST_ROWS} rows.", id="room"
        )
        with Vertical(id="page"):
            yield from self.compose_page()
            yield KeyLine(self.short_name)

    def compose_page(self) -> ComposeResult:
        """Build what stands between the edges of the screen."""
        raise NotImplementedError

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now, for the line below."""
        return binding.description

    @property
    def too_small(self) -> bool:
        """Whether the terminal is smaller than the screen can be shown in."""
        width, height = self.size
        return width < LEAST_COLUMNS or height < LEAST_ROWS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep keys from acting on what cannot be seen: too small, not yet there, or going."""
        return self.is_attached and bool(self.children) and not self.too_small

    def on_resize(self) -> None:
        """Show or hide the keys with the screen."""
        self.refresh_bindings()

    def on_screen_suspend(self) -> None:
        """Another screen comes over this one."""
        self.take_off_notices()

    def take_off_notices(self) -> None:
        """Take off what was said here: the person has gone on, and it would hide what comes."""
        self.app.clear_notifications()

    @contextmanager
    def telling_errors(self) -> Iterator[None]:
        """Show an SrsError raised in the block as its sentence; the block ends there.

        What was said before is taken off: the person has gone on.
        """
        self.app.clear_notifications()
        try:
            yield
        except SrsError as error:
            self.complain(str(error))

    def complain(self, sentence: str) -> None:
        """Show what went wrong."""
        self.notify(clean(sentence), severity="error", timeout=NOTICE_STAYS_S, markup=False)
