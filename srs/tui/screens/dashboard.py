"""The dashboard: an instruction, then the reasons, then the detail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from srs.practice.dashboard import Dashboard
from srs.tui.screens import dashboard_lines
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.topic_tree import TopicTree
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.insights import Insights
    from srs.practice.review import ReviewSitting

MEDIUM, WIDE = 60, 110
LEGEND = "━ known on the day  ╍ forgotten by then  ├●┤ strength  ? few answers"


class DashboardScreen(ReadingPage[Dashboard]):
    """What is weak, and what to do about it."""

    CSS_PATH = "dashboard.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_topic", "topic", id="dashboard.topic", tooltip="The topic's page"),
        Binding(
            "f", "study", "study", id="dashboard.study", tooltip="Study the topic, or the step"
        ),
        Binding("c", "company", "company", id="dashboard.company"),
        Binding("t", "date", "date", id="dashboard.date", tooltip="The interview's date"),
        Binding("s", "statistics", "statistics", id="dashboard.statistics"),
        Binding("escape", "back", "Back home", show=False, id="dashboard.back"),
    ]

    def __init__(self, insights: Insights) -> None:
        super().__init__()
        self._insights = insights
        self._shown: Dashboard | None = None

    def compose_page(self) -> ComposeResult:
        """Build the frame; it is filled when the log has been read."""
        with Horizontal(id="top"):
            yield Static("srs", id="name")
            yield Static("reading…", id="state")
        yield Static(id="ready")
        yield Static(id="plan")
        with Horizontal(id="instruction"):
            yield Static(id="step")
            yield Static(id="start")
        with Horizontal(id="body"):
            with Vertical(id="table"):
                yield Static(id="heading")
                yield TopicTree()
                yield Static(LEGEND, id="legend")
            with VerticalScroll(id="beside", can_focus=False):
                for part in ("steps", "balance", "judgements", "remarks", "stories", "verdict"):
                    yield Static(id=part)

    def on_mount(self) -> None:
        """Show what was read last, and read anew."""
        self.query_one("#body").display = False
        self.query_one("#instruction").display = False
        if self._insights.latest is not None:
            self.show_found(self._insights.latest)
        self._read_anew()

    def read(self) -> Dashboard:
        """Read the dashboard."""
        return self._insights.dashboard()

    def show_found(self, found: Dashboard) -> None:
        """Show newer figures."""
        self._shown = found
        self._line("state", Content(""))
        self._line("ready", dashboard_lines.ready(found))
        self._line("plan", safe("" if found.is_empty else found.ready.plan))
        self._line("step", dashboard_lines.step(found))
        self.query_one("#body").display = not found.is_empty
        self.query_one("#instruction").display = True
        self._line("steps", dashboard_lines.steps(found))
        self._line("judgements", dashboard_lines.shares(found.judgements, "Judgements"))
        self._line("remarks", Content("\n").join(map(safe, found.remarks)))
        self._line("stories", dashboard_lines.stories(found))
        self._line("verdict", dashboard_lines.verdict(found))
        tree = self.query_one(TopicTree)
        tree.show(found.topics)
        if self.is_current:
            tree.focus()
        self._fit()
        self._name_start()
        self.refresh_bindings()

    def show_failure(self, sentence: str) -> None:
        """Say that nothing could be read, and leave what was read before."""
        self._line("state", Content(""))
        super().show_failure(sentence)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with what is known."""
        shown = self._shown
        if action == "open_topic":
            can = shown is not None and (shown.is_empty or self._tree.chosen is not None)
        elif action == "study":
            can = shown is not None and not shown.is_empty
            can = can and (bool(shown and shown.steps) or self._tree.chosen is not None)
        else:
            can = action == "back" or shown is not None
        return super().check_action(action, parameters) and (can or None)

    def short_name(self, binding: Binding) -> str:
        """Name what enter does now."""
        if binding.action == "open_topic" and self._shown is not None and self._shown.is_empty:
            return "start"
        return binding.description

    def action_open_topic(self) -> None:
        """Open the highlighted topic's page; without answers begin to learn."""
        if self._shown is not None and self._shown.is_empty:
            self._enter(self._insights.begin)
        elif (chosen := self._tree.chosen) is not None:
            self._open(chosen.topic)

    def action_study(self) -> None:
        """Study the highlighted topic, or take the step that the instruction names."""
        chosen = self._tree.chosen
        if chosen is None:
            self._enter(self._insights.take_step)
        else:
            self._enter(lambda: self._insights.study(chosen.topic))

    def action_company(self) -> None:
        """Choose the company."""
        from srs.tui.screens.dashboard_dialogs import CompanyDialog

        if self._shown is not None:
            dialog = CompanyDialog(self._shown.companies, self._shown.company)
            self.app.push_screen(dialog, self._take_company)

    def action_date(self) -> None:
        """Choose the interview's date."""
        from srs.tui.screens.dashboard_dialogs import DateDialog

        if self._shown is not None:
            dialog = DateDialog(self._shown.today, self._shown.on if self._shown.has_date else None)
            self.app.push_screen(dialog, self._take_date)

    def action_statistics(self) -> None:
        """Open the statistics."""
        from srs.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self._insights))

    def action_back(self) -> None:
        """Go home."""
        self.dismiss(None)

    def on_resize(self) -> None:
        """Fit the names of the columns to the rows."""
        super().on_resize()
        self.call_after_refresh(self._fit)

    def on_topic_tree_fitted(self) -> None:
        """Name the columns as wide as they are now."""
        self._name_columns()

    def on_option_list_option_highlighted(self) -> None:
        """Say what would be studied."""
        self._name_start()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the page of the topic that was clicked."""
        self._open(self._tree.row_at(event.option_index).topic)

    @property
    def _tree(self) -> TopicTree:
        return self.query_one(TopicTree)

    def _open(self, topic: str) -> None:
        from srs.tui.screens.dashboard_topic import TopicScreen

        self.app.push_screen(TopicScreen(self._insights, topic), self._come_back)

    def _enter(self, begin: Callable[[], ReviewSitting]) -> None:
        from srs.tui.screens.review import ReviewScreen

        with self.telling_errors():
            self.app.push_screen(ReviewScreen(begin()), self._come_back)

    def _come_back(self, _: None) -> None:
        self._read_anew()

    def _take_company(self, name: str | None) -> None:
        if name is not None:
            with self.telling_errors():
                self._insights.set_company(name)
                self._read_anew()

    def _take_date(self, day: str | None) -> None:
        if day is not None:
            with self.telling_errors():
                self._insights.set_date(day)
                self._read_anew()

    def _read_anew(self) -> None:
        self._line("state", Content("reading…"))
        self.begin_reading()

    def _fit(self) -> None:
        if self._shown is not None:
            line = MEDIUM <= self.size.width < WIDE
            self._line(
                "balance", dashboard_lines.shares(self._shown.sides, "Balance", in_a_line=line)
            )
        self._name_columns()

    def _name_columns(self) -> None:
        self._line("heading", self._tree.heading())

    def _name_start(self) -> None:
        shown = self._shown
        if shown is None or shown.is_empty:
            self._line("start", Content(""))
            return
        chosen = self._tree.chosen
        text = Content.assemble(("f", "bold $text-accent"), "  ")
        if chosen is not None:
            self._line("start", text + safe(chosen.topic).truncate(24, ellipsis=True))
        else:
            self._line("start", text + "start" if shown.steps else Content(""))

    def _line(self, name: str, text: Content) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(text)
        line.set_class(not text, "-empty")
