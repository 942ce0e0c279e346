"""The rehearsal screen: a prompt told aloud against the clock, then its rubric, then the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from srs.errors import SrsError
from srs.tui.screens.page import Page
from srs.tui.widgets.card import CardText
from srs.tui.widgets.rubric import RubricList
from srs.tui.widgets.timer import Timer
from srs.tui.words import safe, stopwatch

if TYPE_CHECKING:
    from srs.practice.rehearsal import Past, Rehearsal, Result

PAST_SHOWN = 5


class RehearsalScreen(Page[None]):
    """One rehearsal. Every line's points are on the disk before the next line is asked."""

    CSS_PATH = "rehearsal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "told", id="rehearsal.go-on", tooltip="I have told it"),
        Binding("h", "hint", "next beat", id="rehearsal.hint", tooltip="Show the next beat"),
        Binding("p", "probe", "probe", id="rehearsal.probe", tooltip="Be asked a probe"),
        Binding("0", "give(0)", "missing", id="rehearsal.missing"),
        Binding("1", "give(1)", "thin", id="rehearsal.thin"),
        Binding("2", "give(2)", "said well", id="rehearsal.well"),
        Binding("u", "back", "back", id="rehearsal.back", tooltip="Score the line before again"),
        Binding("j,down", "scroll_tale(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_tale(-1)", "Up a line", show=False, id="move.up"),
        Binding("ctrl+z", "app.suspend_process", "To the shell", show=False, id="rehearsal.shell"),
        Binding("escape", "leave", "Back; what was scored is kept", show=False, id="rehearsal.out"),
    ]

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()
        self._rehearsal = rehearsal
        prompt = rehearsal.prompt
        self._timer = Timer(lambda: rehearsal.spoken_ms, prompt.target_ms)
        self._rubric = RubricList(prompt.rubric)

    def compose_page(self) -> ComposeResult:
        """Build the frame; `_show` fills it."""
        with Horizontal(id="top"):
            yield Static(id="kind")
            yield self._timer
        with VerticalScroll(id="tale", can_focus=False):
            yield CardText(id="prompt")
            yield CardText(id="task")
            yield Static(id="framing")
            yield CardText(id="beats")
            yield CardText(id="probes")
            yield self._rubric
            yield CardText(id="result")
        yield Static(id="said")
        yield Input(placeholder="A note to yourself, or nothing; ⏎ grades", id="note")

    def on_mount(self) -> None:
        """Ask the prompt; the clock runs."""
        prompt = self._rehearsal.prompt
        kind = (
            "design" if prompt.is_design else f"story · {prompt.kind}" if prompt.kind else "story"
        )
        self.query_one("#kind", Static).update(safe(kind, "$text-muted"))
        self.query_one("#prompt", CardText).show(prompt.text)
        framing = Content(self._rehearsal.framing)
        if self._rehearsal.story is not None:
            framing += Content("\nYour story: ") + safe(self._rehearsal.story.title)
        self.query_one("#framing", Static).update(framing)
        # At once: a message would be read only after the process has been in the background.
        watch, app = self._rehearsal.watch, self.app
        app.app_suspend_signal.subscribe(self, lambda _: watch.pause(), immediate=True)
        app.app_resume_signal.subscribe(self, lambda _: watch.go_on(), immediate=True)
        said = "Told earlier today; going on with the score." if self._rehearsal.resumed else ""
        self._show(said)

    def on_unmount(self) -> None:
        """End the rehearsal."""
        with self.telling_errors():
            self._rehearsal.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done at this stage."""
        rehearsal = self._rehearsal
        match action:
            case "hint":
                can = not rehearsal.spoken and rehearsal.beats_shown < len(rehearsal.beats)
            case "probe":
                can = not rehearsal.spoken and rehearsal.probes_shown < len(rehearsal.probes)
            case "give":
                can = rehearsal.spoken and rehearsal.line is not None
            case "back":
                can = rehearsal.spoken and bool(rehearsal.points) and not rehearsal.finished
            case "go_on":
                can = not rehearsal.spoken or rehearsal.finished
            case _:
                can = True
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now."""
        if binding.action == "go_on" and self._rehearsal.finished:
            return "done"
        return super().short_name(binding)

    def action_go_on(self) -> None:
        """Stop the clock and begin to score; when all is scored, leave."""
        if self._rehearsal.finished:
            self.dismiss(None)
            return
        with self.telling_errors():
            self._rehearsal.stop()
            self._show()

    def action_hint(self) -> None:
        """Show the next beat."""
        self._rehearsal.hint()
        self._show()

    def action_probe(self) -> None:
        """Ask a probe."""
        self._rehearsal.probe()
        self._show()

    def action_give(self, points: int) -> None:
        """Score the present line."""
        with self.telling_errors():
            self._rehearsal.give(points)
            self._show()

    def action_back(self) -> None:
        """Score the line before again."""
        self._rehearsal.back()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note and grade."""
        with self.telling_errors():
            self._rehearsal.write_note(event.value)
            self._rehearsal.grade()
            self._show()

    def action_scroll_tale(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one("#tale").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back; a rehearsal scored to its last line is graded."""
        rehearsal = self._rehearsal
        if rehearsal.spoken and rehearsal.line is None and not rehearsal.finished:
            try:
                rehearsal.grade()
            except SrsError as error:
                self.complain(str(error))
                return
        self.dismiss(None)

    def _show(self, said: str = "") -> None:
        rehearsal = self._rehearsal
        telling, noting = not rehearsal.spoken, rehearsal.spoken and rehearsal.line is None
        result = rehearsal.result
        self._timer.look()
        self.query_one("#framing").display = telling
        # A design's text is the task itself, a story's belongs to the answer.
        shown = rehearsal.prompt.is_design or not telling
        self.query_one("#task", CardText).show(rehearsal.prompt.back if shown else "")
        beats = rehearsal.beats[: rehearsal.beats_shown] if telling else ()
        self.query_one("#beats", CardText).show(*(f"- {beat}" for beat in beats))
        probes = rehearsal.probes[: rehearsal.probes_shown] if not noting else ()
        self.query_one("#probes", CardText).show(*(f"> {probe}" for probe in probes))
        past = rehearsal.history() if result is not None else ()
        self._rubric.display = not telling
        if not telling:
            self._rubric.show(rehearsal.points, rehearsal.line, _by_line(past[:-1]))
        self.query_one("#result", CardText).show(_in_words(result, past) if result else "")
        note = self.query_one("#note", Input)
        note.display = noting and result is None
        if note.display:
            note.focus()
        else:
            self.set_focus(None)
        line = self.query_one("#said", Static)
        line.update(Content(said))
        line.display = bool(said)
        if result is not None:
            self.query_one("#tale").scroll_end(animate=False)
        self.refresh_bindings()


def _by_line(past: tuple[Past, ...]) -> list[str]:
    """Return each line's points in the rehearsals before, oldest first."""
    newest = past[-PAST_SHOWN:]
    if not newest:
        return []
    return [
        " ".join("–" if points is None else str(points) for points in column)
        for column in zip(*(each.points for each in newest), strict=True)
    ]


def _in_words(result: Result, past: tuple[Past, ...]) -> str:
    score = result.score
    grade = score.rating.name.capitalize()
    told = f"{stopwatch(result.spoken_ms)} of {stopwatch(result.target_ms)}"
    lines = [
        f"**{score.points} of {score.possible}, {grade}**: {score.why}. "
        f"Told in {told}. Due again {result.next_due}."
    ]
    if len(past) > 1:
        earlier = ", ".join(
            f"{each.total} in {stopwatch(each.spoken_ms)}" for each in past[-PAST_SHOWN - 1 : -1]
        )
        lines.append(f"Before: {earlier}.")
    return "\n\n".join(lines)
