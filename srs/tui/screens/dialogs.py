"""The small dialogs over a card: a note for a flag, which picture to open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from srs.tui.words import safe


class FlagDialog(ModalScreen[str | None]):
    """Asks what is wrong with a card. Gives the note, or None when the person thought better."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it", show=False, id="dialog.leave")
    ]

    def __init__(self, note: str | None) -> None:
        super().__init__()
        self._note = note

    def compose(self) -> ComposeResult:
        """Build the field."""
        flagged = self._note is not None
        with Vertical(classes="dialog"):
            yield Static("What is wrong with this card?", classes="title")
            field = Input(self._note or "", placeholder="outdated, ambiguous, too long …")
            field.cursor_blink = False
            yield field
            off = "   an empty note takes the flag off" if flagged else ""
            yield Static(f"⏎ flag   esc leave it{off}", classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the note."""
        if self._note is None and not event.value.strip():
            self.dismiss(None)
        else:
            self.dismiss(event.value)


class PictureDialog(ModalScreen[str | None]):
    """Shows where pictures lie before one is opened. Gives the one chosen, or None."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave it", show=False, id="dialog.leave"),
        Binding("j", "move('down')", "Down", show=False, id="dialog.down"),
        Binding("k", "move('up')", "Up", show=False, id="dialog.up"),
    ]

    def __init__(self, targets: Sequence[str]) -> None:
        super().__init__()
        self._targets = targets

    def compose(self) -> ComposeResult:
        """Build the list of paths and addresses."""
        with Vertical(classes="dialog"):
            yield Static(
                "Open this?" if len(self._targets) == 1 else "Open which?", classes="title"
            )
            yield OptionList(*(safe(target) for target in self._targets), markup=False)
            yield Static(Content("⏎ open   esc leave it"), classes="keys")

    def action_move(self, direction: str) -> None:
        """Move in the list."""
        choices = self.query_one(OptionList)
        choices.action_cursor_down() if direction == "down" else choices.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the one chosen."""
        self.dismiss(self._targets[event.option_index])
