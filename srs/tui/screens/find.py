"""Finding cards: a line to type in, the cards below it, and on a wide screen the one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from srs.errors import SrsError
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.card import CardText
from srs.tui.widgets.cardview import Rule
from srs.tui.widgets.lines import LineField
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.browsing import Browser, CardPage, Found, FoundRow

STANDING_CELLS = 13
TOPIC_CELLS = 24
ROOM_FOR_TOPIC = 72


class WordsField(LineField):
    """The line for the words of a card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "open", id="find.open", tooltip="Open the card")
    ]

    def __init__(self) -> None:
        super().__init__(id="text", placeholder="words of a card")


class FindScreen(ReadingPage["Found"]):
    """Cards by their text. Every letter typed looks anew, beside the screen."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False, id="find.down"),
        Binding("up", "move(-1)", "Before", show=False, id="find.up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="find.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="find.page-up"),
        Binding("escape", "leave", "back", id="find.leave", tooltip="Back home"),
    ]

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser
        self._text = ""
        self._rows: tuple[FoundRow, ...] = ()

    def compose_page(self) -> ComposeResult:
        """Build the frame; `show_found` fills it."""
        yield WordsField()
        yield Static(id="headline")
        with Horizontal(id="body"):
            rows = OptionList(id="rows", markup=False)
            rows.can_focus = False
            yield rows
            with VerticalScroll(id="preview", can_focus=False):
                yield CardText(id="question")
                yield Rule()
                yield CardText(id="answer")
                yield CardText(id="source")

    def on_mount(self) -> None:
        """Begin with the cards that want attention."""
        self.query_one("#preview").visible = False
        self.query_one(WordsField).focus()
        self.begin_reading()

    def read(self) -> Found:
        """Look for what was typed."""
        return self._browser.find(self._text)

    def show_found(self, found: Found) -> None:
        """Show the cards, the first one highlighted."""
        self._rows = found.rows
        self.query_one("#headline", Static).update(safe(found.headline))
        rows = self.query_one("#rows", OptionList)
        rows.clear_options()
        rows.add_options([Option(self._prompt(row)) for row in found.rows])
        self.query_one("#preview").visible = bool(found.rows)
        if found.rows:
            rows.highlighted = 0
        self.refresh_bindings()

    def on_input_changed(self) -> None:
        """Look anew."""
        self._text = self.query_one(WordsField).value
        self.begin_reading()

    def on_input_submitted(self) -> None:
        """Open the highlighted card."""
        self._open()

    def on_option_list_option_highlighted(self) -> None:
        """Show the card beside the list, where there is room."""
        row = self._chosen
        if row is not None and self.has_class("-wide"):
            self._preview(row.card_id)

    def on_option_list_option_selected(self) -> None:
        """Open the card that was clicked."""
        self._open()

    def on_resize(self) -> None:
        """Fit the rows, and the card beside them, to the width."""
        super().on_resize()
        self.call_after_refresh(self._fit)

    def action_move(self, rows: int) -> None:
        """Go up or down the list."""
        options = self.query_one("#rows", OptionList)
        if rows > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_page(self, pages: int) -> None:
        """Go up or down the list by what fits on the screen."""
        options = self.query_one("#rows", OptionList)
        page = max(1, options.size.height - 1)
        at = (options.highlighted or 0) + pages * page
        options.highlighted = max(0, min(at, len(self._rows) - 1)) if self._rows else None

    def action_leave(self) -> None:
        """Go home."""
        self.dismiss(None)

    def _open(self) -> None:
        from srs.tui.screens.card import CardScreen

        row = self._chosen
        if row is not None:
            self.app.push_screen(CardScreen(self._browser, row.card_id), self._after_card)

    @property
    def _chosen(self) -> FoundRow | None:
        at = self.query_one("#rows", OptionList).highlighted
        return None if at is None or at >= len(self._rows) else self._rows[at]

    def _prompt(self, row: FoundRow) -> Content:
        topic = ""
        if self.query_one("#rows").size.width >= ROOM_FOR_TOPIC:
            cut = safe(row.topic).truncate(TOPIC_CELLS, ellipsis=True, pad=True)
            topic = cut.plain + "  "
        return Content.assemble(
            (f"{row.standing:<{STANDING_CELLS}}", "$text-muted"), (topic, "$text-muted")
        ) + safe(row.question)

    def _fit(self) -> None:
        rows = self.query_one("#rows", OptionList)
        for index, row in enumerate(self._rows):
            rows.replace_option_prompt_at_index(index, self._prompt(row))
        self.on_option_list_option_highlighted()

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, card_id: int) -> None:
        try:
            page = self._browser.page(card_id)
        except SrsError:
            return
        self.app.call_from_thread(self._show_card, page)

    def _show_card(self, page: CardPage) -> None:
        row = self._chosen
        if not self.is_attached or row is None or row.card_id != page.card_id:
            return
        self.query_one("#question", CardText).show(page.question)
        self.query_one("#answer", CardText).show(page.answer)
        self.query_one("#source", CardText).show(page.source or "")
        self.query_one("#preview").scroll_home(animate=False)

    def _after_card(self, changed: bool | None) -> None:
        if changed:
            self.begin_reading()
