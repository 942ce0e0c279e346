"""The statistics: what was done, what is to come, and whether the predictions come true."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.practice.statistics_page import HeatMap, Span, StatisticsPage
from srs.tui.screens.dashboard_topic import bins
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.figures import column_chart
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.insights import Insights

CELLS = "·░▒▓█"
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
LABEL = 4
FORECAST_ROWS = 4
EMPTY = """Nothing has been answered yet. After your first sittings this page shows

  · a map of the days you studied, and the time you spent
  · what falls due day by day until the interview
  · how much you remember, by the age of a memory
  · whether the predictions come true for you"""


class StatisticsScreen(ReadingPage[StatisticsPage]):
    """What the review log adds up to."""

    CSS_PATH: ClassVar = ["dashboard.tcss", "statistics.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "span(1)", "longer span", id="statistics.longer"),
        Binding("h,left", "span(-1)", "shorter span", id="statistics.shorter"),
        Binding("escape,enter", "back", "back", id="statistics.back"),
        Binding("j,down", "scroll_page(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_page(-1)", "Up a line", show=False, id="move.up"),
    ]

    def __init__(self, insights: Insights) -> None:
        super().__init__()
        self._insights = insights
        self._found: StatisticsPage | None = None
        self._span = 0

    def compose_page(self) -> ComposeResult:
        """Build the frame; it is filled when the log has been read."""
        with Horizontal(id="top"):
            yield Static("Statistics", id="name")
            yield Static("reading…", id="state")
        yield Static(id="standing")
        with VerticalScroll(id="account", can_focus=False), Vertical(id="columns"):
            with Vertical(id="days"):
                yield Static(id="heat", classes="part")
                yield Static(id="forecast", classes="part")
            with Vertical(id="shares"):
                yield Static(id="ages", classes="part")
                yield Static(id="bins", classes="part")
                yield Static(id="verdict")

    def on_mount(self) -> None:
        """Read."""
        self.begin_reading()

    def read(self) -> StatisticsPage:
        """Read the statistics."""
        return self._insights.statistics()

    def show_found(self, found: StatisticsPage) -> None:
        """Show the statistics."""
        if self._found is None:
            self._span = len(found.spans) - 1
        self._found = found
        self._show()
        self.refresh_bindings()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing."""
        self._line("state", Content(""))
        self._line("standing", safe(sentence))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the longer and the shorter span where there is one."""
        can = True
        if action == "span":
            found, step = self._found, int(str(parameters[0]))
            can = (
                found is not None
                and not found.is_empty
                and 0 <= self._span + step < len(found.spans)
            )
        return super().check_action(action, parameters) and (can or None)

    def action_span(self, step: int) -> None:
        """Look at a longer or a shorter span."""
        self._span += step
        self._show()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll_page(self, lines: int) -> None:
        """Scroll a long account."""
        self.query_one("#account").scroll_relative(y=lines, animate=False)

    def on_resize(self) -> None:
        """Fit the pictures to the width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.query_one("#account").display = not found.is_empty
        if found.is_empty:
            self._line("state", Content(""))
            self._line("standing", Content(EMPTY))
            return
        span = found.spans[self._span]
        room = self.query_one("#days").content_size.width
        self._line("state", _spans(found, self._span))
        self._line("standing", safe(found.standing))
        self._line("heat", _heat(span, room))
        self._line("forecast", _forecast(span, room))
        self._line("ages", bins("Remembered, by days since the last answer", found.ages, "days"))
        self._line("bins", bins("Predicted and recalled", found.bins))
        self._line("verdict", safe(found.calibration, "$text-muted"))

    def _line(self, name: str, text: Content) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(text)
        line.set_class(not text, "-empty")


def _spans(found: StatisticsPage, chosen: int) -> Content:
    return Content("   ").join(
        Content.assemble((f"‹{span.name}›", "bold"))
        if at == chosen
        else Content.styled(f" {span.name} ", "$text-muted")
        for at, span in enumerate(found.spans)
    )


def _heat(span: Span, room: int) -> Content:
    heat = span.heat
    weeks = len(heat.months)
    cells = 2 if LABEL + 2 * weeks <= room else 1
    shown = min(weeks, max(1, (room - LABEL) // cells))
    rows = [Content.assemble(("Studied  ", "bold"), (span.done, ""))]
    rows.append(Content.styled(" " * LABEL + _months(heat.months[-shown:], cells), "$text-muted"))
    for label, row in zip(WEEKDAYS, heat.rows, strict=True):
        marks = "".join(
            " " * cells if level is None else CELLS[level].ljust(cells) for level in row[-shown:]
        )
        rows.append(Content.assemble((f"{label:<{LABEL}}", "$text-muted"), (marks, "$accent")))
    rows.append(Content.styled(" " * LABEL + _key(heat), "$text-muted"))
    return Content("\n").join(rows)


def _key(heat: HeatMap) -> str:
    steps = "   ".join(f"{CELLS[level]} {least}+" for level, least in enumerate(heat.key, 1))
    return f"{CELLS[0]} none   {steps} answers"


def _months(names: tuple[str, ...], cells: int) -> str:
    line = ""
    for week, name in enumerate(names):
        at = week * cells
        if name and len(line) <= at:
            line = line.ljust(at) + name + " "
    return line[: len(names) * cells]


def _forecast(span: Span, room: int) -> Content:
    days = span.ahead[: max(1, room - LABEL)]
    most = max((day.due for day in days), default=0)
    rows = [Content.assemble(("To come  ", "bold"), span.ahead_in_words)]
    if not most:
        return rows[0]
    wide = 2 if LABEL + 2 * len(days) <= room else 1
    for at, line in enumerate(column_chart([day.due for day in days], FORECAST_ROWS)):
        label = f"{most:>{LABEL - 1}} " if at == 0 else " " * LABEL
        line = "".join(cell * wide if wide == 1 else cell + " " for cell in line)
        rows.append(Content.assemble((label, "$text-muted"), (line, "$accent")))
    names = f"{days[0].name}{days[-1].name:>{max(1, wide * len(days) - len(days[0].name))}}"
    rows.append(Content.styled(" " * LABEL + names, "$text-muted"))
    return Content("\n").join(rows)
