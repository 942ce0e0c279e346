"""Asking about cards that may be old ones reworded: both texts side by side, one key a card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.practice.wording import wording
from srs.tui.screens.page import Page
from srs.tui.widgets.decisions import pieces
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.store.ingest.report import Doubt, Pair


class DoubtScreen(Page[frozenset["Pair"] | None]):
    """Gives the pairs that are the same card, or None when the person goes back."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "same", "same card", id="doubt.same", tooltip="It keeps its history"),
        Binding("n", "new", "new card", id="doubt.new", tooltip="The old one is retired"),
        Binding("a", "all_same", "all the same", id="doubt.all-same"),
        Binding("q", "rest_new", "the rest are new", id="doubt.rest-new"),
        Binding("j,down", "scroll_texts(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_texts(-1)", "Up a line", show=False, id="move.up"),
        Binding("escape", "back", "Back, nothing imported", show=False, id="doubt.back"),
    ]

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__()
        self._doubts = doubts
        self._at = 0
        self._same: set[Pair] = set()

    def compose_page(self) -> ComposeResult:
        """Build the two columns."""
        with Horizontal(id="top"):
            yield Static("import", id="name")
            yield Static(id="what")
        yield Static("Is this the same card? Then it keeps its history.", id="headline")
        with VerticalScroll(id="texts", can_focus=False), Horizontal(id="columns"):
            for name in ("old", "new"):
                with Vertical(classes=f"column -{name}"):
                    yield Static(name, classes="title")
                    yield Static(id=f"{name}-front")
                    yield Static(id=f"{name}-back")

    def on_mount(self) -> None:
        """Ask about the first."""
        self._ask()

    def action_same(self) -> None:
        """Take the two for one card."""
        self._same.add(self._doubts[self._at].pair)
        self._next()

    def action_new(self) -> None:
        """Take the new text for a new card."""
        self._next()

    def action_all_same(self) -> None:
        """Take this and every later pair for one card."""
        self._same |= {doubt.pair for doubt in self._doubts[self._at :]}
        self.dismiss(frozenset(self._same))

    def action_rest_new(self) -> None:
        """Take this and every later text for a new card."""
        self.dismiss(frozenset(self._same))

    def action_back(self) -> None:
        """Go back to what would be done."""
        self.dismiss(None)

    def action_scroll_texts(self, lines: int) -> None:
        """Scroll long texts."""
        self.query_one("#texts").scroll_relative(y=lines, animate=False)

    def _next(self) -> None:
        self._at += 1
        if self._at == len(self._doubts):
            self.dismiss(frozenset(self._same))
        else:
            self._ask()

    def _ask(self) -> None:
        doubt = self._doubts[self._at]
        place = f"{Path(doubt.file).name}:{doubt.line} · {self._at + 1} of {len(self._doubts)}"
        self._line("what", safe(place, "$text-muted"))
        for name, old, new in zip(("front", "back"), doubt.before, doubt.after, strict=True):
            found = wording(old, new)
            self._line(f"old-{name}", pieces(found.before))
            self._line(f"new-{name}", pieces(found.after))
        self.query_one("#texts").scroll_home(animate=False)

    def _line(self, name: str, text: Content) -> None:
        self.query_one(f"#{name}", Static).update(text)
