"""The import screen: a path, then what would come of it, then what did."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from srs.errors import SrsError
from srs.render.controls import clean
from srs.tui.screens.page import Page
from srs.tui.widgets.decisions import DecisionList
from srs.tui.widgets.paths import PathField
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.importing import Importing, Outlook
    from srs.practice.paths import Completion
    from srs.practice.rows import Row
    from srs.store.ingest.report import Pair

PROMPT = "A file or folder with cards: your notes, or decks of other programs."
NO_DECK = """\
A deck is a Markdown file, whose name ends in .md. A heading that asks is a card:

    ## What bounds decode?
    Memory bandwidth.

So are lines that begin with Q: and A:. srs reads decks of other programs too."""
BAR_CELLS = 30
LOOKS_EVERY_S = 0.25
SHOWS_AFTER = 2  # looks, so half a second


class Stage(Enum):
    """What the screen is at."""

    PATH = "path"
    WORKING = "working"
    PREVIEW = "preview"
    DONE = "done"


class ImportScreen(Page[None]):
    """Brings decks in. Reading and storing run beside the screen, and `esc` ends them."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "import", id="import.go-on", tooltip="Import what is shown"),
        Binding("o", "keep_going", "only the good files", id="import.keep-going"),
        Binding(
            "u",
            "take_back",
            "undo decision",
            id="import.take-back",
            tooltip="Part a card into two, or join two into one",
        ),
        Binding("escape", "leave", "leave", id="import.leave", tooltip="Stop, or back home"),
    ]

    def __init__(self, importing: Importing) -> None:
        super().__init__()
        self._importing = importing
        self._stage = Stage.PATH
        self._before = Stage.PATH
        self._outlook: Outlook | None = None
        self._looks = 0
        self._looked_at: str | None = None

    def compose_page(self) -> ComposeResult:
        """Build the frame; the stages show what they need of it."""
        with Horizontal(id="top"):
            yield Static("import", id="name")
            yield Static(id="what")
        yield Static(PROMPT, id="prompt")
        yield PathField()
        yield Static(id="choices")
        yield Static(id="progress")
        yield Static(id="headline")
        yield Static(id="advice")
        yield DecisionList()

    def on_mount(self) -> None:
        """Ask for the path."""
        self.set_interval(LOOKS_EVERY_S, self._show_progress)
        self._enter(Stage.PATH)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the stage allows."""
        outlook, stage = self._outlook, self._stage
        preview = stage is Stage.PREVIEW and outlook is not None
        match action:
            case "go_on":
                can = stage is Stage.DONE or (preview and outlook is not None and outlook.can_store)
            case "keep_going":
                can = preview and outlook is not None and outlook.offers_keep_going
            case "take_back":
                row = self.query_one(DecisionList).chosen if self.is_mounted else None
                can = stage is Stage.DONE and row is not None and row.number is not None
            case _:
                can = True
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what a key does now."""
        if binding.action == "go_on" and self._stage is Stage.DONE:
            return "home"
        if binding.action == "leave" and self._stage is Stage.WORKING:
            return "stop"
        return super().short_name(binding)

    def on_input_changed(self) -> None:
        """Show how the path may go on."""
        self._complete(take=False)

    def on_path_field_completing(self) -> None:
        """Take what the path can only go on as."""
        self._complete(take=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at what the path holds; without one, at what was decided before."""
        typed = event.value.strip()
        self._work(partial(self._importing.look, typed) if typed else self._importing.earlier)

    def on_option_list_option_highlighted(self) -> None:
        """Offer what can be done with the row."""
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Import what is shown, after asking about what is in doubt; when it is done, go home."""
        if self._stage is Stage.DONE or self._outlook is None:
            self.dismiss(None)
        elif self._outlook.doubts:
            from srs.tui.screens.doubts import DoubtScreen

            self.app.push_screen(DoubtScreen(self._outlook.doubts), self._store)
        else:
            self._store(frozenset())

    def action_keep_going(self) -> None:
        """Look again, leaving out the files with errors."""
        field = self.query_one(PathField)
        self._work(partial(self._importing.look, field.value, keep_going=True))

    def action_take_back(self) -> None:
        """Part the highlighted pair, or join it."""
        row = self.query_one(DecisionList).chosen
        if row is not None and row.number is not None:
            self._take_back(row.number)

    def action_leave(self) -> None:
        """Stop what is under way; else go home."""
        if self._stage is Stage.WORKING:
            self._importing.stop()
            self._line("progress", Content("Stopping…"))
        else:
            self.dismiss(None)

    def _store(self, same: frozenset[Pair] | None) -> None:
        if same is not None:
            self._work(partial(self._importing.store, same))

    def _work(self, job: Callable[[], Outlook]) -> None:
        self.app.clear_notifications()
        self._looked_at = self.query_one(PathField).value
        self._before, self._looks = self._stage, 0
        self._importing.step = None
        self._enter(Stage.WORKING)
        self._run(job)

    @work(thread=True, exclusive=True, group="import")
    def _run(self, job: Callable[[], Outlook]) -> None:
        try:
            outlook = job()
        except SrsError as error:
            self.app.call_from_thread(self._failed, str(error))
        else:
            self.app.call_from_thread(self._show, outlook)

    @work(thread=True, exclusive=True, group="take-back")
    def _take_back(self, number: int) -> None:
        try:
            row = self._importing.take_back(number)
        except SrsError as error:
            self.app.call_from_thread(self.complain, str(error))
        else:
            self.app.call_from_thread(self._taken_back, row)

    @work(thread=True, group="complete")
    def _complete(self, *, take: bool) -> None:
        from srs.practice.paths import completion

        typed = self.query_one(PathField).value
        self.app.call_from_thread(self._show_choices, typed, completion(typed), take)

    def _show_choices(self, typed: str, found: Completion, take: bool) -> None:
        if not self.is_attached or self._stage is not Stage.PATH:
            return
        field = self.query_one(PathField)
        if field.value != typed:  # the person has typed on
            return
        if typed == self._looked_at and not take:  # what the look said stands there
            return
        if take:
            field.value = found.common
            field.cursor_position = len(found.common)
        names = [safe(name, "$text-muted") for name in found.choices if typed]
        self._line("choices", Content("\n").join(names))

    def _show(self, outlook: Outlook) -> None:
        if not self.is_attached:
            return
        self._outlook = outlook
        named = outlook.path != Path()
        what = safe(str(outlook.path) if named else "", "$text-muted")
        if outlook.found_nothing:
            self._enter(Stage.PATH)
            said = outlook.trouble or f"No deck was found there.\n\n{NO_DECK}"
            self._line("choices", Content(clean(said)))
            return
        self._enter(Stage.DONE if outlook.stored else Stage.PREVIEW)
        self._line("what", what)
        self._line("headline", safe(outlook.headline))
        more = outlook.all_rows - len(outlook.rows)
        tail = f" Of {outlook.all_rows} rows the first {len(outlook.rows)}." if more else ""
        self._line("advice", safe(outlook.advice + tail))
        folder = outlook.path if outlook.path.is_dir() else outlook.path.parent
        self.query_one(DecisionList).show(outlook.rows, folder)

    def _failed(self, sentence: str) -> None:
        if not self.is_attached:
            return
        self._enter(self._before)
        if self._before is Stage.PATH:
            self._line("choices", Content(clean(sentence)))
        else:
            self.complain(sentence)

    def _taken_back(self, row: Row) -> None:
        self.query_one(DecisionList).replace(row)
        said = "One card again." if row.what == "same card" else "Two cards now."
        self._line("advice", Content(f"{said} u takes that back."))

    def _show_progress(self) -> None:
        if self._stage is not Stage.WORKING:
            return
        self._looks += 1
        step = self._importing.step
        if self._looks < SHOWS_AFTER or step is None:
            return
        if not step.total:
            self._line("progress", Content(f"{step.stage}…"))
            return
        full = round(BAR_CELLS * step.done / step.total)
        self._line(
            "progress",
            Content.assemble(
                ("━" * full, "$accent"),
                ("╌" * (BAR_CELLS - full), "$text-muted"),
                f"  {step.stage}: {step.done} of {step.total}",
            ),
        )

    def _enter(self, stage: Stage) -> None:
        """Show what belongs to a stage, and nothing else."""
        self._stage = stage
        shown = {
            Stage.PATH: {"prompt", "path", "choices"},
            Stage.WORKING: {"progress"},
            Stage.PREVIEW: {"what", "headline", "advice", "decisions"},
            Stage.DONE: {"what", "headline", "advice", "decisions"},
        }[stage]
        for name in ("what", "prompt", "path", "choices", "progress", "headline", "advice"):
            self.query_one(f"#{name}").display = name in shown
        rows = self.query_one(DecisionList)
        rows.display = "decisions" in shown
        self._line("progress", Content("Reading…"), display=stage is Stage.WORKING)
        if stage is Stage.PATH:
            self.query_one(PathField).focus()
        elif rows.display:
            rows.focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def _line(self, name: str, text: Content, *, display: bool = True) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(text)
        line.display = display and bool(text)
