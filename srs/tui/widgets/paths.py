"""The field for the path of a file or folder."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from srs.tui.widgets.lines import LineField


class PathField(LineField):
    """A line for a path: `tab` asks for its completion, `esc` is the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "look", id="import.look"),
        Binding("tab", "complete", "complete", id="import.complete"),
    ]

    class Completing(Message):
        """The person asks how the path may go on."""

    def __init__(self) -> None:
        super().__init__(id="path", placeholder="~/notes — or nothing, for what was decided before")

    def action_complete(self) -> None:
        """Ask for the completion."""
        self.post_message(self.Completing())
