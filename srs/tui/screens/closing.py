"""The closing screen: what a sitting did, what went wrong, when the next card is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.practice.model import Summary, Waiting
from srs.practice.phrases import counted, duration
from srs.tui.screens.page import Page
from srs.tui.words import NEW_AT_A_TIME, at, safe

if TYPE_CHECKING:
    from srs.practice.review import ReviewSitting

BAR_CELLS = 30
MOST_MISSED = 8
NAME_CELLS = 30


class ClosingScreen(Page[str | None]):
    """Gives a sentence when the sitting goes on, which may be empty, and None when it is over."""

    CSS_PATH = "closing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "home", "home", id="closing.home"),
        Binding("space", "go_on", "look again", id="closing.go-on"),
        Binding("n", "learn_new", "learn new", id="closing.learn-new"),
        Binding("d", "debrief", "debrief", id="closing.debrief", tooltip="What it showed"),
        Binding("u", "undo", "undo", id="review.undo"),
        Binding("j,down", "scroll_page(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_page(-1)", "Up a line", show=False, id="move.up"),
        Binding("escape", "home", "Back home", show=False, id="closing.back"),
    ]

    def __init__(self, sitting: ReviewSitting, can_undo: bool, said: str) -> None:
        super().__init__()
        self._sitting = sitting
        self._can_undo = can_undo
        self._said = said
        self._answered = False
        self._new_waiting = 0
        self._something_comes = False

    def compose_page(self) -> ComposeResult:
        """Build the frame; `show` fills it."""
        with Horizontal(id="top"):
            yield Static("srs", id="name")
        yield Static(id="said")
        yield Static(id="headline")
        with VerticalScroll(id="account", can_focus=False):
            for part in ("ratings", "topics", "missed", "leeches"):
                yield Static(id=part, classes="part")
        yield Static(id="next")

    def on_mount(self) -> None:
        """Show the account."""
        self.show()

    def show(self) -> None:
        """Show what was done and what comes."""
        with self.telling_errors():
            summary, waiting = self._sitting.summary(), self._sitting.waiting
            self._answered = summary.answered > 0
            self._new_waiting = waiting.new_beyond_limit
            self._something_comes = waiting.next_due_ms is not None
            self._part("said", safe(self._said))
            self._part("headline", _headline(summary, waiting))
            self._part("ratings", _ratings(summary))
            self._part("topics", _topics(summary))
            self._part("missed", _missed(summary))
            self._part("leeches", _leeches(summary))
            self._part("next", _next(summary, waiting))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done."""
        can = {
            "undo": self._can_undo,
            "debrief": self._answered,
            "learn_new": self._new_waiting > 0,
            "go_on": self._something_comes,
        }.get(action, True)
        return super().check_action(action, parameters) and (can or None)

    def action_home(self) -> None:
        """End the sitting."""
        self.dismiss(None)

    def action_go_on(self) -> None:
        """Look whether something has come due."""
        self._go_on(self._sitting.refresh)

    def action_learn_new(self) -> None:
        """Learn some new cards beyond the day's limit."""
        self._go_on(lambda: self._sitting.learn_more(NEW_AT_A_TIME))

    def action_debrief(self) -> None:
        """Say what the sitting showed, and what to do next."""
        from srs.tui.screens.debrief import DebriefScreen

        with self.telling_errors():
            self.app.push_screen(DebriefScreen(self._sitting.debrief(), "sitting"))

    def action_undo(self) -> None:
        """Take back the sitting's newest act."""
        self._go_on(self._sitting.undo)

    def action_scroll_page(self, lines: int) -> None:
        """Scroll a long account."""
        self.query_one("#account").scroll_relative(y=lines, animate=False)

    def _go_on(self, act: Callable[[], str | None]) -> None:
        with self.telling_errors():
            sentence = act()
            if self._sitting.asked is not None:
                self.dismiss(sentence or "")
                return
            self._said = sentence or "Nothing is due yet."
            self.show()

    def _part(self, name: str, text: Content) -> None:
        part = self.query_one(f"#{name}", Static)
        part.update(text)
        part.display = bool(text)


def _headline(summary: Summary, waiting: Waiting) -> Content:
    if not summary.answered:
        return Content.styled("Nothing is due.", "bold")
    asked = f" on {counted(summary.cards, 'card')}" if summary.cards != summary.answered else ""
    new = f", {summary.new} new" if summary.new else ""
    end = "The end of what you set out to do" if waiting.stopped else "Done"
    return Content.assemble(
        (f"{end}. ", "bold"),
        f"{counted(summary.answered, 'answer')}{asked} in {duration(summary.elapsed_ms)}{new}.",
    )


def _ratings(summary: Summary) -> Content:
    if not summary.answered:
        return Content("")
    given = [
        ("Again", summary.again),
        ("Hard", summary.hard),
        ("Good", summary.good),
        ("Easy", summary.easy),
    ]
    most = max(number for _, number in given)
    return Content("\n").join(
        Content.assemble(
            (f"{label:<6}", "" if number else "$text-muted"),
            (f"{number:>4}   ", "" if number else "$text-muted"),
            ("━" * max(bool(number), round(BAR_CELLS * number / most)), "$accent"),
        )
        for label, number in given
    )


def _topics(summary: Summary) -> Content:
    wrong = [topic for topic in summary.topics if topic.again]
    if not wrong:
        return Content("")
    wrong.sort(key=lambda topic: (-topic.again, topic.topic))
    width = min(NAME_CELLS, max(safe(topic.topic).cell_length for topic in wrong))
    rows = [
        Content.assemble(
            _column(topic.topic, width),
            f"{topic.again:>6}",
            (f" of {topic.answered}", "$text-muted"),
        )
        for topic in wrong
    ]
    return _titled("Forgotten", rows)


def _missed(summary: Summary) -> Content:
    if not summary.missed:
        return Content("")
    rows = [
        _one_line(card.question) + (f"  ×{card.again}" if card.again > 1 else "")
        for card in summary.missed[:MOST_MISSED]
    ]
    more = len(summary.missed) - MOST_MISSED
    if more > 0:
        rows.append(Content.styled(f"and {more} more", "$text-muted"))
    return _titled("Look at these again", rows)


def _leeches(summary: Summary) -> Content:
    if not summary.leeches:
        return Content("")
    rows = [_one_line(question) for question in summary.leeches]
    return _titled("Leeches, now suspended: reword them, then srs unsuspend", rows)


def _next(summary: Summary, waiting: Waiting) -> Content:
    parts = []
    if summary.next_due:
        parts.append(Content(f"The next card comes {at(summary.next_due)}."))
    else:
        parts.append(Content("No card is scheduled."))
    if waiting.new_beyond_limit:
        parts.append(
            Content.assemble(
                f"{counted(waiting.new_beyond_limit, 'new card')} beyond today's limit: ",
                ("n", "bold $text-accent"),
                f" learns {min(NEW_AT_A_TIME, waiting.new_beyond_limit)} now.",
            )
        )
    parts += [safe(sentence) for sentence in waiting.plan]
    return Content("\n").join(parts)


def _titled(title: str, rows: list[Content]) -> Content:
    return Content("\n").join([Content.styled(title, "$text-muted"), *rows])


def _column(text: str, width: int) -> Content:
    name = safe(text).truncate(width, ellipsis=True)
    return name.pad_right(width - name.cell_length)


def _one_line(markdown: str) -> Content:
    from srs.render.plain import one_line

    return safe(one_line(markdown, 90))
