"""A page whose content is read in a thread: it is there at once, and filled in when it is read."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from srs.errors import SrsError
from srs.tui.screens.page import Page

Found = TypeVar("Found")


class ReadingPage(Page[None], Generic[Found]):
    """Reads beside the screen; what comes after the person has left is dropped."""

    class Done(Message):
        """What was being read is there; `sentence` says why when there is nothing."""

        def __init__(self, found: object, sentence: str = "") -> None:
            super().__init__()
            self.found = found
            self.sentence = sentence

    def read(self) -> Found:
        """Read; called in a thread. May raise SrsError."""
        raise NotImplementedError

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        raise NotImplementedError

    def show_failure(self, sentence: str) -> None:
        """Say that nothing could be read."""
        self.complain(sentence)

    @work(thread=True, exclusive=True, group="reading")
    def begin_reading(self) -> None:
        """Read anew; an earlier reading under way is dropped."""
        worker = get_current_worker()
        try:
            done = self.Done(self.read())
        except SrsError as error:
            done = self.Done(None, str(error))
        if not worker.is_cancelled:
            self.post_message(done)

    def on_reading_page_done(self, message: Done) -> None:
        """Show what was read, or why it could not be."""
        if message.sentence:
            self.show_failure(message.sentence)
        else:
            self.show_found(message.found)  # type: ignore[arg-type]
