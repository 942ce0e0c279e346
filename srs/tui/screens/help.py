"""The help over a screen: its keys, read from its bindings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from srs.tui.words import key_name

GENERAL = ("move.", "app.")


class HelpScreen(ModalScreen[None]):
    """Every key that the screen below knows; those that cannot act now are muted."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter,space", "dismiss", "Close", id="help.close"),
        Binding("j,down", "scroll_keys(1)", "Down", show=False, id="help.down"),
        Binding("k,up", "scroll_keys(-1)", "Up", show=False, id="help.up"),
    ]

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._columns = _columns(bindings)

    def compose(self) -> ComposeResult:
        """Build the list of keys: what they do to the left, moving and leaving to the right."""
        with Vertical(classes="dialog"):
            yield Static("Keys", classes="title")
            with VerticalScroll(can_focus=False, id="keys"), Horizontal(id="columns"):
                first, second = self._columns
                yield Static(first, classes="column -first")
                yield Static(second, classes="column")
            yield Static("esc close   ctrl+p all commands by name", classes="keys")

    def action_scroll_keys(self, lines: int) -> None:
        """Scroll a long list."""
        self.query_one("#keys").scroll_relative(y=lines, animate=False)


def _columns(bindings: Iterable[ActiveBinding]) -> tuple[Content, Content]:
    keys: dict[str, list[str]] = {}
    named: dict[str, ActiveBinding] = {}
    for active in bindings:
        name = active.binding.id
        if name and active.binding.description:
            keys.setdefault(name, []).append(key_name(active.binding.key))
            named.setdefault(name, active)
    acts = [name for name in named if not name.startswith(GENERAL)]
    general = [name for name in named if name.startswith(GENERAL)]
    left, right = (
        Content("\n").join(_rows([(" ".join(keys[name]), named[name]) for name in names]))
        for names in (acts, general)
    )
    return left, right


def _rows(keys: list[tuple[str, ActiveBinding]]) -> list[Content]:
    width = max((len(names) for names, _ in keys), default=0) + 3
    rows = []
    for names, active in keys:
        quiet = "" if active.enabled else "$text-muted"
        does = active.binding.tooltip or active.binding.description.capitalize()
        rows.append(
            Content.assemble((f"{names:<{width}}", quiet or "bold $text-accent"), (does, quiet))
        )
    return rows
