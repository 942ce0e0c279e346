"""The mock interview: a question, a design or a story at a time, a clock for each section."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from srs.practice.debrief import of_mock
from srs.practice.mock import MockInterview, Phase, Shown
from srs.schedule.model import Rating
from srs.tui.screens.debrief import DebriefScreen
from srs.tui.screens.page import Page
from srs.tui.widgets.card import CardText
from srs.tui.widgets.rubric import RubricList
from srs.tui.widgets.timer import Timer
from srs.tui.words import safe, stopwatch

if TYPE_CHECKING:
    from srs.store.collection import Collection

GRADES = {number: Rating(number).name.capitalize() for number in range(1, 5)}
POINTS = {0: "missing", 1: "thin", 2: "said well"}
SCORED = (Phase.PROBE, Phase.SCORE)


class MockScreen(Page[None]):
    """One mock interview. What is scored is on the disk before the next thing is asked."""

    CSS_PATH = "mock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "go on", id="mock.go-on", tooltip="Answer; I have told it"),
        *(
            Binding(str(number), f"number({number})", str(number), id=f"mock.{name}",
                    tooltip="Points, or the grade of an answer")
            for number, name in enumerate(("nought", "one", "two", "three", "four"))
        ),
        Binding("p", "pause", "pause", id="mock.pause", tooltip="Stop the clock, or go on"),
        Binding("s", "skip", "skip", id="mock.skip", tooltip="Leave this one out"),
        Binding("n", "note", "note", show=False, id="mock.note", tooltip="Write a note"),
        Binding("u", "back", "back", show=False, id="mock.back", tooltip="Score the last again"),
        Binding("j,down", "scroll_text(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_text(-1)", "Up a line", show=False, id="move.up"),
        Binding("ctrl+z", "app.suspend_process", "To the shell", show=False, id="mock.shell"),
        Binding("escape", "leave", "End it; it can be gone on with", show=False, id="mock.out"),
    ]  # fmt: skip

    def __init__(self, collection: Collection, interview: MockInterview) -> None:
        super().__init__()
        self._collection = collection
        self._interview = interview
        self._timer = Timer(lambda: interview.spent_ms, interview.target_ms)
        self._rubric: RubricList | None = None
        self._lines: tuple[str, ...] = ()

    def compose_page(self) -> ComposeResult:
        """Build the frame; `_show` fills it."""
        with Horizontal(id="top"):
            yield Static(id="section")
            yield self._timer
        with VerticalScroll(id="text", can_focus=False):
            yield CardText(id="question")
            yield CardText(id="answer")
            yield CardText(id="source")
            yield CardText(id="probe")
            yield Vertical(id="lines")
        yield Static(id="said")
        yield Input(placeholder="A note to yourself", id="note")

    def on_mount(self) -> None:
        """Ask the first thing; the clock runs."""
        # At once: a message would be read only after the process has been in the background.
        self.app.app_suspend_signal.subscribe(self, lambda _: self._stand_still(), immediate=True)
        self._show()

    def on_unmount(self) -> None:
        """Keep the time spent."""
        with self.telling_errors():
            self._interview.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        phase, paused = self._interview.phase, self._interview.paused
        match action:
            case "go_on":
                can = phase in (Phase.ASK, Phase.SPEAK) and not paused
            case "number":
                number = parameters[0]
                wanted = GRADES if phase is Phase.GRADE else POINTS if phase in SCORED else {}
                can = number in wanted and not paused
            case "back":
                can = phase in SCORED
            case "skip" | "note":
                can = phase is not Phase.OVER and not paused
            case _:
                can = True
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now."""
        phase = self._interview.phase
        if binding.action.startswith("number("):
            number = int(binding.key)
            return GRADES[number] if phase is Phase.GRADE else POINTS.get(number, "")
        if binding.action == "go_on":
            return "answer" if phase is Phase.ASK else "told"
        if binding.action == "pause" and self._interview.paused:
            return "go on"
        return super().short_name(binding)

    def action_go_on(self) -> None:
        """Show the answer, or end the telling."""
        with self.telling_errors():
            self._interview.go_on()
            self._show()

    def action_number(self, number: int) -> None:
        """Grade the answer, or give the line its points."""
        with self.telling_errors():
            if self._interview.phase is Phase.GRADE:
                self._interview.grade(Rating(number))
            else:
                self._interview.give(number)
            self._show()

    def action_pause(self) -> None:
        """Stop the clock, or let it run."""
        with self.telling_errors():
            self._interview.pause()
            self._show()

    def action_skip(self) -> None:
        """Leave the present one out."""
        with self.telling_errors():
            self._interview.skip()
            self._show()

    def action_back(self) -> None:
        """Score the line before again."""
        self._interview.back()
        self._show()

    def action_note(self) -> None:
        """Write a note on what is asked."""
        shown = self._interview.shown
        field = self.query_one("#note", Input)
        field.value = shown.note if shown is not None else ""
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note."""
        with self.telling_errors():
            self._interview.note(event.value)
        self._show()

    def action_scroll_text(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one("#text").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Close the note; else end the interview and say what it showed."""
        if self.query_one("#note").display:
            self._show()
            return
        self._finish()

    def _stand_still(self) -> None:
        if not self._interview.paused and self._interview.phase is not Phase.OVER:
            self._interview.pause()
            self._show()

    def _finish(self) -> None:
        with self.telling_errors():
            self._interview.close()
            debrief = of_mock(self._collection, self._interview.stored_now())
            self.app.push_screen(DebriefScreen(debrief, "mock interview"), self.dismiss)

    def _show(self) -> None:
        shown = self._interview.shown
        self.query_one("#note").display = False
        self.set_focus(None)
        if shown is None:
            self._finish()
            return
        self._timer.aim(self._interview.target_ms)
        self.query_one("#section", Static).update(_place(shown))
        scoring = shown.phase is Phase.SCORE
        self.query_one("#question", CardText).show(shown.question)
        self.query_one("#answer", CardText).show(shown.answer)
        self.query_one("#source", CardText).show(shown.source)
        probe = f"**Probe {shown.line + 1} of {shown.probes}** {shown.probe}" if shown.probe else ""
        self.query_one("#probe", CardText).show(probe)
        self.query_one("#lines").display = scoring
        if scoring and shown.rubric != self._lines:
            self._lines = shown.rubric
            self.call_later(self._bring_rubric)
        elif scoring and self._rubric is not None:
            self._rubric.show(shown.points, shown.line)
        said = self.query_one("#said", Static)
        said.update(_said(shown, paused=self._interview.paused, spent=self._interview.total_ms))
        if not scoring:
            self.query_one("#text").scroll_home(animate=False)
        self.refresh_bindings()

    async def _bring_rubric(self) -> None:
        holder = self.query_one("#lines")
        await holder.remove_children()
        self._rubric = RubricList(self._lines)
        await holder.mount(self._rubric)
        shown = self._interview.shown
        if shown is not None and shown.rubric == self._lines:
            self._rubric.show(shown.points, shown.line)


def _place(shown: Shown) -> Content:
    many = f" {shown.place} of {shown.places}" if shown.places > 1 else ""
    return safe(f"mock · {shown.section}{many}", "$text-muted")


def _said(shown: Shown, *, paused: bool, spent: int) -> Content:
    if paused:
        return Content(f"Paused at {stopwatch(spent)}; p goes on.")
    told = {
        Phase.ASK: "Answer aloud.",
        Phase.GRADE: "How did it go?",
        Phase.SPEAK: "Speak; the checklist comes afterwards.",
        Phase.PROBE: "Answer aloud, then score it.",
        Phase.SCORE: "Which of these did you say?",
    }
    return Content(told[shown.phase])
