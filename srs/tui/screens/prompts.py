"""The list of prompts: which is due, which story answers it, how it went the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from srs.practice.phrases import counted
from srs.tui.screens.page import Page
from srs.tui.words import safe, stopwatch

if TYPE_CHECKING:
    from srs.practice.desk import Desk
    from srs.practice.repertoire import Listed

KIND_WIDTH = 14


class PromptsScreen(Page[None]):
    """All prompts, those that are due first; enter rehearses one."""

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "rehearse", "rehearse", id="prompts.rehearse"),
        Binding("j", "move(1)", "Down", show=False, id="move.down"),
        Binding("k", "move(-1)", "Up", show=False, id="move.up"),
        Binding("escape", "leave", "back", id="prompts.leave", tooltip="Back home"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._repertoire = desk.repertoire()
        self._listed: list[Listed] = []

    def compose_page(self) -> ComposeResult:
        """Build the frame; `_show` fills it."""
        yield Static(id="standing")
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        """List the prompts."""
        self._show(None)

    def action_rehearse(self) -> None:
        """Rehearse the highlighted prompt."""
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        from srs.tui.screens.rehearsal import RehearsalScreen

        with self.telling_errors():
            rehearsal = self._repertoire.rehearse(self._listed[at].prompt)
            self.app.push_screen(RehearsalScreen(rehearsal), self._show)

    def on_option_list_option_selected(self) -> None:
        """Rehearse the prompt that was clicked, or chosen by enter."""
        self.action_rehearse()

    def action_move(self, lines: int) -> None:
        """Go up or down the list."""
        options = self.query_one(OptionList)
        if lines > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_leave(self) -> None:
        """Go home."""
        self.dismiss(None)

    def _show(self, _: None) -> None:
        with self.telling_errors():
            self._listed = self._repertoire.listed()
        due = sum(each.due for each in self._listed)
        new = sum(each.times == 0 for each in self._listed)
        own = sum(each.story is not None for each in self._listed)
        self.query_one("#standing", Static).update(
            Content(
                f"{counted(len(self._listed), 'prompt')}: {due} due, {new} not rehearsed yet, "
                f"{own} with a story of yours"
            )
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_row(each)) for each in self._listed])
        if self._listed:
            options.highlighted = 0
            options.focus()


def _row(each: Listed) -> Content:
    newest = each.newest
    if newest is not None:
        possible = 2 * len(newest.points)
        last = f"{newest.total:>2}/{possible:<2} {stopwatch(newest.spoken_ms):>5}"
    else:
        last = f"{'new':^11}"
    mark = ("●", "$text-accent") if each.due else ("✎", "$text-muted") if each.story else (" ", "")
    kind = f"{each.prompt.kind or '':{KIND_WIDTH}}"
    return Content.assemble(
        mark, " ", (last, "$text-muted"), "  ", (kind, "$text-muted"), "  "
    ) + safe(each.prompt.text)
