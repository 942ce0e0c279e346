"""A line to type in, which leaves the help key to the app."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input


class LineField(Input):
    """A line of text on a screen whose keys are named below; `?` still opens their help."""

    def __init__(self, *, id: str, placeholder: str) -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, select_on_focus=False)
        self.cursor_blink = False

    async def _on_key(self, event: Key) -> None:
        if event.key == "question_mark":
            event.stop()
            event.prevent_default()
            await self.app.run_action("help")
            return
        await super()._on_key(event)
