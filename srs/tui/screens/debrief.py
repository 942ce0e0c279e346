"""The debrief: what went well, what cost points, against last time, and three next actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.practice.debrief import Debrief
from srs.tui.messages import ActionChosen
from srs.tui.screens.page import Page
from srs.tui.words import safe


class DebriefScreen(Page[None]):
    """One account. A next action's key tells the app to do it."""

    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "done", id="debrief.done"),
        Binding("f", "act('f')", "focus", id="debrief.focus"),
        Binding("r", "act('r')", "rehearse", id="debrief.rehearse"),
        Binding("d", "act('d')", "drill", id="debrief.drill"),
        Binding("m", "act('m')", "mock", id="debrief.mock"),
        Binding("j,down", "scroll_page(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_page(-1)", "Up a line", show=False, id="move.up"),
        Binding("escape", "leave", "Back", show=False, id="debrief.back"),
    ]

    def __init__(self, debrief: Debrief, of: str) -> None:
        super().__init__()
        self._debrief = debrief
        self._of = of

    def compose_page(self) -> ComposeResult:
        """Build the account."""
        debrief = self._debrief
        with Horizontal(id="top"):
            yield Static(f"debrief · {self._of}", id="of")
        yield Static(safe(debrief.title, "bold"), id="headline")
        with VerticalScroll(id="account", can_focus=False):
            if debrief.sections:
                yield Static(safe(" · ".join(debrief.sections)), classes="part")
            if debrief.against_last:
                yield Static(safe(debrief.against_last), classes="part")
            if debrief.went_well:
                yield Static(
                    _part("Went well", safe(" · ".join(debrief.went_well))), classes="part"
                )
            if debrief.cost:
                yield Static(_part("Cost points", _lines(debrief.cost)), classes="part cut")
        yield Static(_actions(debrief), id="actions", classes="cut")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the actions that the account names."""
        keys = {each.key for each in self._debrief.actions}
        can = action != "act" or parameters[0] in keys
        return super().check_action(action, parameters) and (can or None)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_act(self, key: str) -> None:
        """Do the action of a key."""
        for each in self._debrief.actions:
            if each.key == key:
                self.app.post_message(ActionChosen(each))

    def action_scroll_page(self, lines: int) -> None:
        """Scroll a long account."""
        self.query_one("#account").scroll_relative(y=lines, animate=False)


def _part(name: str, text: Content) -> Content:
    return Content.assemble((name, "$text-accent"), "\n", text)


def _lines(lines: tuple[str, ...]) -> Content:
    return Content("\n").join(safe(line) for line in lines)


def _actions(debrief: Debrief) -> Content:
    return Content("\n").join(
        Content.assemble((each.key, "bold $text-accent"), "  ", safe(each.sentence))
        for each in debrief.actions
    )
