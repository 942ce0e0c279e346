"""The dialogs of the dashboard: which company, and the interview's date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from srs.errors import SrsError
from srs.practice.dates import read_day
from srs.practice.phrases import counted
from srs.tui.words import safe


class CompanyDialog(ModalScreen[str | None]):
    """Asks for a company profile. Gives its name, or None when the person thought better."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave it", show=False, id="dialog.leave"),
        Binding("j", "move('down')", "Down", show=False, id="dialog.down"),
        Binding("k", "move('up')", "Up", show=False, id="dialog.up"),
    ]

    def __init__(self, companies: Sequence[str], present: str) -> None:
        super().__init__()
        self._companies = tuple(companies)
        self._present = present

    def compose(self) -> ComposeResult:
        """Build the list of profiles."""
        with Vertical(classes="dialog"):
            yield Static("What kind of company is it?", classes="title")
            yield OptionList(*(safe(name) for name in self._companies), markup=False)
            yield Static("⏎ choose   esc leave it", classes="keys")

    def on_mount(self) -> None:
        """Begin at the present profile."""
        choices = self.query_one(OptionList)
        if self._present in self._companies:
            choices.highlighted = self._companies.index(self._present)
        choices.focus()

    def action_move(self, direction: str) -> None:
        """Move in the list."""
        choices = self.query_one(OptionList)
        choices.action_cursor_down() if direction == "down" else choices.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the one chosen."""
        self.dismiss(self._companies[event.option_index])


class DateDialog(ModalScreen[str | None]):
    """Asks for the interview's date, typed or moved to with the arrows.

    Gives an ISO date, an empty text to take it away, or None when the person thought better.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it", show=False, id="dialog.leave"),
        Binding("up", "shift(1)", "A day later", show=False, id="date.later", priority=True),
        Binding("down", "shift(-1)", "A day sooner", show=False, id="date.sooner", priority=True),
        Binding(
            "pageup", "shift(7)", "A week later", show=False, id="date.week-later", priority=True
        ),
        Binding(
            "pagedown",
            "shift(-7)",
            "A week sooner",
            show=False,
            id="date.week-sooner",
            priority=True,
        ),
    ]

    def __init__(self, today: date, present: date | None) -> None:
        super().__init__()
        self._today = today
        self._present = present

    def compose(self) -> ComposeResult:
        """Build the field."""
        with Vertical(classes="dialog"):
            yield Static("When is the interview?", classes="title")
            field = Input(
                self._present.isoformat() if self._present else "",
                placeholder="2026-12-15, 15 Dec, in 3 weeks …",
            )
            field.cursor_blink = False
            yield field
            yield Static(id="meant")
            yield Static(
                "↑ ↓ a day   pgup pgdn a week   ⏎ set it   esc leave it\n"
                "an empty field takes the date away",
                classes="keys",
            )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which day the text means."""
        day, sentence = self._read(event.value)
        if day is not None:
            days = (day - self._today).days
            sentence = f"{day:%A} {day.day} {day:%B %Y}, in {counted(days, 'day')}"
        self.query_one("#meant", Static).update(safe(sentence))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the day, once it is one."""
        day, _ = self._read(event.value)
        if day is not None:
            self.dismiss(day.isoformat())
        elif not event.value.strip():
            self.dismiss("")

    def action_shift(self, days: int) -> None:
        """Move by some days, not before today."""
        field = self.query_one(Input)
        day = self._read(field.value)[0] or self._present or self._today
        field.value = max(self._today, day + timedelta(days=days)).isoformat()
        field.cursor_position = len(field.value)

    def _read(self, text: str) -> tuple[date | None, str]:
        if not text.strip():
            return None, "no date"
        try:
            return read_day(text, self._today), ""
        except SrsError as error:
            return None, str(error)
