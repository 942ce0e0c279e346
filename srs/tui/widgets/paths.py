"""The field for the path of a file or folder."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.widgets import Input


class PathField(Input):
    """A line for a path: `tab` asks for its completion, `?` for help, `esc` is the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "look", id="import.look"),
        Binding("tab", "complete", "complete", id="import.complete"),
    ]

    class Completing(Message):
        """The person asks how the path may go on."""

    def __init__(self) -> None:
        super().__init__(
            id="path",
            placeholder="~/notes — or nothing, for what was decided before",
            select_on_focus=False,
        )
        self.cursor_blink = False

    async def _on_key(self, event: Key) -> None:
        if event.key == "question_mark":
            event.stop()
            event.prevent_default()
            await self.app.run_action("help")
            return
        await super()._on_key(event)

    def action_complete(self) -> None:
        """Ask for the completion."""
        self.post_message(self.Completing())
