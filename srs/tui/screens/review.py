"""The review screen: a card, its answer when asked for, and the four grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from srs.errors import SrsError
from srs.practice.model import Asked
from srs.schedule.model import Rating
from srs.tui import editor, opener
from srs.tui.screens.page import Page
from srs.tui.widgets.cardview import CardView
from srs.tui.widgets.grades import GradeBar
from srs.tui.words import safe, stopwatch

if TYPE_CHECKING:
    from srs.practice.review import ReviewSitting


GO_ON = "Answer; then Good"


class ReviewScreen(Page[None]):
    """One sitting, card after card. Every grade is on the disk before the next card shows."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "reveal", id="review.go-on", tooltip=GO_ON),
        Binding("1", "grade(1)", "Again", show=False, id="review.again"),
        Binding("2", "grade(2)", "Hard", show=False, id="review.hard"),
        Binding("3", "grade(3)", "Good", show=False, id="review.good"),
        Binding("4", "grade(4)", "Easy", show=False, id="review.easy"),
        Binding("h", "hint", "hint", id="review.hint", tooltip="The next hint"),
        Binding(
            "u",
            "undo",
            "undo",
            id="review.undo",
            tooltip="Take back the last act",
        ),
        Binding("o", "picture", "picture", id="review.picture", tooltip="Open its picture"),
        Binding("e", "edit", "edit", id="review.edit", tooltip="Edit it in $EDITOR"),
        Binding("s", "suspend", "suspend", id="review.suspend", tooltip="Suspend it"),
        Binding("b", "bury", "bury", id="review.bury", tooltip="Bury it until tomorrow"),
        Binding("f", "flag", "flag", id="review.flag", tooltip="Flag it, with a note"),
        Binding("j,down", "scroll_card(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_card(-1)", "Up a line", show=False, id="move.up"),
        Binding("ctrl+d,pagedown", "page_card(1)", "Down a page", show=False, id="move.page-down"),
        Binding("ctrl+u,pageup", "page_card(-1)", "Up a page", show=False, id="move.page-up"),
        Binding("g,home", "card_top", "Top of the card", show=False, id="move.first"),
        Binding("G,end", "card_end", "End of the card", show=False, id="move.last"),
        Binding("escape", "leave", "Back home", show=False, id="review.leave"),
    ]

    def __init__(self, sitting: ReviewSitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._acts = 0
        self._suggested = Rating.GOOD
        self._card = CardView()
        self._grades = GradeBar()

    def compose_page(self) -> ComposeResult:
        """Build the frame; `show_card` fills it."""
        with Horizontal(id="top"):
            yield Static(id="topic")
            yield Static(id="progress")
        yield Static(id="flag")
        yield self._card
        yield Static(id="said")
        yield self._grades

    def on_mount(self) -> None:
        """Ask the first card."""
        self._say("")
        self.show_card()

    def on_unmount(self) -> None:
        """End the sitting."""
        with self.telling_errors():
            self._sitting.close()

    def show_card(self) -> None:
        """Ask the sitting's present card, or close when there is none."""
        asked = self._sitting.asked
        if asked is None:
            self._finish()
            return
        self._show_place(asked)
        self._card.ask(asked)
        self._suggested = Rating.GOOD
        self._grades.show(asked.buttons)
        self._grades.visible = False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done to the card as it stands."""
        asked = self._sitting.asked
        match action:
            case "grade":
                can = self._card.revealed
            case "hint":
                can = self._card.hints_left > 0
            case "undo":
                can = self._acts > 0
            case "picture":
                can = bool(self._card.pictures)
            case "edit":
                can = asked is not None and asked.file is not None
            case _:
                can = True
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now."""
        if binding.action == "go_on" and self._card.revealed:
            return self._suggested.name.lower()
        return super().short_name(binding)

    def action_go_on(self) -> None:
        """Show the answer and the grades; when they are shown, grade the card Good."""
        if self._card.revealed:
            self._grade(self._suggested)
            return
        verdict = None
        asked = self._sitting.asked
        if asked is not None and asked.number is not None and self._card.typed:
            verdict = self._sitting.judge(self._card.typed)
            if verdict.right is None:
                self._say(verdict.sentence)
                return
            self._suggested = Rating.GOOD if verdict.right else Rating.AGAIN
        self._card.reveal(verdict)
        self._grades.visible = True
        self._say("")
        self.refresh_bindings()

    def action_grade(self, rating: int) -> None:
        """Grade the card."""
        self._grade(Rating(rating))

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        """Grade the card by the grade that was clicked."""
        if self._card.revealed:
            self._grade(event.rating)

    def on_input_submitted(self) -> None:
        """Compare the typed answer."""
        self.action_go_on()

    def action_hint(self) -> None:
        """Show the next hint."""
        self._card.hint()
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take back the sitting's newest act and ask its card again."""
        with self.telling_errors():
            sentence = self._sitting.undo()
            self._acts = max(0, self._acts - 1)
            self._say(sentence)
            self.show_card()

    def action_suspend(self) -> None:
        """Take the card out until it is unsuspended."""
        with self.telling_errors():
            self._done(self._sitting.suspend())

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        with self.telling_errors():
            self._done(self._sitting.bury())

    def action_flag(self) -> None:
        """Ask what is wrong with the card, and flag it."""
        from srs.tui.screens.dialogs import FlagDialog

        asked = self._sitting.asked
        if asked is not None:
            self.app.push_screen(FlagDialog(asked.flag), self._flag)

    def action_picture(self) -> None:
        """Open its picture: one file at once, an address after showing it."""
        from srs.tui.screens.dialogs import PictureDialog

        targets = self._card.pictures
        if len(targets) == 1 and not opener.is_link(targets[0]):
            self._open(targets[0])
        else:
            self.app.push_screen(PictureDialog(targets), self._open)

    def action_edit(self) -> None:
        """Open the card's file at its line, and take up what changed."""
        with self.telling_errors():
            editor.edit(self.app, *self._sitting.edit_place())
            self._say(self._sitting.take_up_edit())
            self.show_card()

    def action_scroll_card(self, lines: int) -> None:
        """Scroll a long card."""
        self._card.scroll_relative(y=lines, animate=False)

    def action_page_card(self, pages: int) -> None:
        """Scroll a long card by what fits on the screen, less a line to find the place by."""
        page = max(1, self._card.size.height - 1)
        self._card.scroll_relative(y=pages * page, animate=False)

    def action_card_top(self) -> None:
        """Scroll to the beginning."""
        self._card.scroll_home(animate=False)

    def action_card_end(self) -> None:
        """Scroll to the end."""
        self._card.scroll_end(animate=False)

    def action_leave(self) -> None:
        """Go home; what was graded is kept."""
        self.dismiss(None)

    def _grade(self, rating: Rating) -> None:
        with self.telling_errors():
            self._done(self._sitting.answer(rating))

    def _done(self, sentence: str | None) -> None:
        self._acts += 1
        self._say(sentence or "")
        self.show_card()

    def _flag(self, note: str | None) -> None:
        if note is None:
            return
        with self.telling_errors():
            self._say(self._sitting.flag(note))
            self._acts += 1
            if self._sitting.asked is not None:
                self._show_place(self._sitting.asked)
            self.refresh_bindings()

    def _open(self, target: str | None) -> None:
        asked = self._sitting.asked
        if target is None or asked is None:
            return
        with self.telling_errors():
            if not opener.is_link(target):
                target = str(opener.picture_file(asked.folder, target))
            self._open_outside(target)

    @work(thread=True)
    def _open_outside(self, target: str) -> None:
        try:
            opener.open_outside(target)
        except SrsError as error:
            self.app.call_from_thread(self.complain, str(error))

    def _finish(self) -> None:
        from srs.tui.screens.closing import ClosingScreen

        self._grades.visible = False
        said = str(self.query_one("#said", Static).content)
        self.app.push_screen(
            ClosingScreen(self._sitting, self._acts > 0, said), self._after_closing
        )

    def _after_closing(self, sentence: str | None) -> None:
        if sentence is None:
            self.dismiss(None)
        else:
            self._say(sentence)
            self.show_card()

    def _show_place(self, asked: Asked) -> None:
        new = Content.styled("  new", "$text-accent") if asked.is_new else Content("")
        self.query_one("#topic", Static).update(safe(asked.topic, "$text-muted") + new)
        progress = self._sitting.progress()
        total = progress.answered + progress.left
        self.query_one("#progress", Static).update(
            Content(f"{progress.answered} of {total} · {stopwatch(progress.elapsed_ms)}")
        )
        flag = self.query_one("#flag", Static)
        flag.display = asked.flag is not None
        flag.update(Content("⚑ flagged: ") + safe(asked.flag or ""))

    def _say(self, sentence: str) -> None:
        said = self.query_one("#said", Static)
        said.update(safe(sentence))
        said.display = bool(sentence)
