"""The lines of a rubric with the points they got, the present one marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from srs.tui.widgets.card import CardText


class RubricLine(Horizontal):
    """One line: its points or its place, earlier points, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Build the mark and the text."""
        yield Static(classes="mark")
        yield Static(classes="past")
        yield CardText(classes="line")

    def on_mount(self) -> None:
        """Show the text."""
        self.query_one(CardText).show(self._text)

    def show(self, points: int | None, *, present: bool, past: str) -> None:
        """Show how the line stands."""
        mark = "▸" if present else " "
        found = "·" if points is None else str(points)
        style = {None: "$text-muted", 0: "bold $text-warning", 2: "bold $text-success"}
        self.query_one(".mark", Static).update(
            Content.assemble((mark, "$text-accent"), " ", (found, style.get(points, "bold")))
        )
        earlier = self.query_one(".past", Static)
        earlier.update(Content(past))
        earlier.display = bool(past)
        self.set_class(present, "-present")


class RubricList(Vertical):
    """The whole rubric."""

    DEFAULT_CSS = """
    RubricList { height: auto; }
    RubricLine { height: auto; }
    RubricLine .mark { width: 5; }
    RubricLine .past { width: auto; margin-right: 2; color: $text-muted; }
    RubricLine .line { width: 1fr; color: $text-muted; }
    RubricLine.-present .line { color: $foreground; }
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Build the lines."""
        for line in self._lines:
            yield RubricLine(line)

    def show(self, points: Sequence[int], present: int | None, past: Sequence[str] = ()) -> None:
        """Show the points given so far, and which line is to be scored."""
        for place, line in enumerate(self.query(RubricLine)):
            line.show(
                points[place] if place < len(points) else None,
                present=place == present,
                past=past[place] if past else "",
            )
            if place == present:
                line.scroll_visible(animate=False)
