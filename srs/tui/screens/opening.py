"""The first frame: painted before anything heavy is imported."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from srs.tui.screens.page import Page


class OpeningScreen(Page[None]):
    """The name of the program where the home screen has it, and what is going on."""

    def compose_page(self) -> ComposeResult:
        """Build the two lines; the second stays empty until the first frame is out."""
        yield Static("srs", id="name")
        yield Static(id="doing")

    def on_mount(self) -> None:
        """Say what is going on once the frame is out."""
        self.call_after_refresh(self.query_one("#doing", Static).update, "Opening your collection…")

    def take_off_notices(self) -> None:
        """Leave what was said at the start to the screen that takes its place."""
