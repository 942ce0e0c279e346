"""One card whole: both sides, how it stands, what was answered; suspend, flag or mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.errors import SrsError
from srs.tui import editor
from srs.tui.screens.page import Page
from srs.tui.widgets.card import CardText
from srs.tui.widgets.cardview import Rule
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.browsing import Browser, CardPage


class CardScreen(Page[bool]):
    """A card that was found. Gives whether anything was changed."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", id="card.edit", tooltip="Edit it in $EDITOR"),
        Binding("s", "suspend", "suspend", id="card.suspend", tooltip="Suspend it, or ask again"),
        Binding("f", "flag", "flag", id="card.flag", tooltip="Flag it, with a note"),
        Binding("j,down", "scroll_card(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_card(-1)", "Up a line", show=False, id="move.up"),
        Binding("escape,enter", "leave", "back", id="card.leave", tooltip="Back to the list"),
    ]

    def __init__(self, browser: Browser, card_id: int) -> None:
        super().__init__()
        self._browser = browser
        self._card_id = card_id
        self._page: CardPage | None = None
        self._changed = False

    def compose_page(self) -> ComposeResult:
        """Build the frame; `_show` fills it."""
        with Horizontal(id="top"):
            yield Static(id="topic")
            yield Static(id="deck")
        yield Static(id="flag")
        with VerticalScroll(id="card", can_focus=False):
            yield CardText(id="question")
            yield CardText(id="hint-text")
            yield Rule()
            yield CardText(id="answer")
            yield CardText(id="source")
            yield Rule()
            yield Static(id="standing")
            yield Static(id="answers")
        yield Static(id="said")

    def on_mount(self) -> None:
        """Show the card."""
        self._say("")
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done to the card."""
        page = self._page
        match action:
            case "edit":
                can = page is not None and page.file is not None
            case "suspend" | "flag":
                can = page is not None
            case _:
                can = True
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now."""
        if binding.action == "suspend" and self._page is not None and self._page.suspended:
            return "ask again"
        return super().short_name(binding)

    def action_suspend(self) -> None:
        """Take the card out of the queue, or into it again."""
        with self.telling_errors():
            self._done(self._browser.suspend(self._card_id))

    def action_flag(self) -> None:
        """Ask what is wrong with the card, and flag it."""
        from srs.tui.screens.dialogs import FlagDialog

        if self._page is not None:
            self.app.push_screen(FlagDialog(self._page.flag), self._flag)

    def action_edit(self) -> None:
        """Open the card's file at its line, and take up what changed."""
        with self.telling_errors():
            editor.edit(self.app, *self._browser.edit_place(self._card_id))
            self._done(self._browser.take_up_edit(self._card_id))

    def action_scroll_card(self, lines: int) -> None:
        """Scroll a long card."""
        self.query_one("#card").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back to the list."""
        self.dismiss(self._changed)

    def _flag(self, note: str | None) -> None:
        if note is None:
            return
        with self.telling_errors():
            self._done(self._browser.flag(self._card_id, note))

    def _done(self, sentence: str) -> None:
        self._changed = True
        self._say(sentence)
        self._show()

    def _show(self) -> None:
        try:
            page = self._page = self._browser.page(self._card_id)
        except SrsError as error:
            self._page = None
            self._say(str(error))
            self.refresh_bindings()
            return
        self.query_one("#topic", Static).update(safe(page.topic))
        self.query_one("#deck", Static).update(safe(page.deck))
        flag = self.query_one("#flag", Static)
        flag.display = page.flag is not None
        flag.update(Content("⚑ flagged: ") + safe(page.flag or ""))
        self.query_one("#question", CardText).show(page.question)
        self.query_one("#hint-text", CardText).show(*page.hints)
        self.query_one("#answer", CardText).show(page.answer)
        self.query_one("#source", CardText).show(page.source or "")
        self.query_one("#standing", Static).update(safe(page.standing))
        answers = self.query_one("#answers", Static)
        answers.update(Content("\n".join(page.answers)))
        answers.display = bool(page.answers)
        self.refresh_bindings()

    def _say(self, sentence: str) -> None:
        said = self.query_one("#said", Static)
        said.update(safe(sentence))
        said.display = bool(sentence)
