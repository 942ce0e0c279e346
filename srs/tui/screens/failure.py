"""The screen for a collection that cannot be opened: one sentence."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from srs.tui.screens.page import Page
from srs.tui.words import safe


class FailureScreen(Page[None]):
    """Says what is wrong; leaving is all that can be done."""

    CSS_PATH = "failure.tcss"

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose_page(self) -> ComposeResult:
        """Build the sentence."""
        with Vertical(id="failure"):
            yield Static("Your collection could not be opened.", id="what")
            yield Static(safe(self._sentence), id="why")
            yield Static(
                Content.assemble(("q", "bold $text-accent"), " leaves; nothing was changed."),
                id="how",
            )
