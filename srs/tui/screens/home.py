"""The home screen: what there is to do now, and one key to start."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from srs.errors import SrsError
from srs.practice.model import Overview
from srs.tui.messages import OverviewRead, Told
from srs.tui.screens import home_lines
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.topics import TopicList
from srs.tui.words import NEW_AT_A_TIME, safe

if TYPE_CHECKING:
    from srs.practice.dashboard import Dashboard
    from srs.practice.desk import Desk
    from srs.practice.review import ReviewSitting


class HomeScreen(ReadingPage["Dashboard"]):
    """Today at a glance."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "start", "start", id="home.start"),
        Binding(
            "w", "weakness", "weakness", id="home.weakness", tooltip="What is weak: the dashboard"
        ),
        Binding("n", "learn_new", "learn new", id="home.learn-new"),
        Binding("r", "look_again", "look again", id="home.look-again"),
        Binding("i", "import", "import", id="home.import", tooltip="Bring decks in"),
        Binding("s", "statistics", "Statistics", show=False, id="home.statistics"),
        Binding("escape", "all_topics", "All topics", show=False, id="home.all-topics"),
    ]

    def __init__(self, desk: Desk, overview: Overview) -> None:
        super().__init__()
        self._desk = desk
        self._overview = overview
        self._insights = desk.insights()
        self._known: Dashboard | None = None

    def compose_page(self) -> ComposeResult:
        """Build the frame; `show` fills it."""
        with Horizontal(id="top"):
            yield Static("srs", id="name")
            yield Static(id="today")
        with Vertical(id="now"):
            with Horizontal(id="instruction"):
                yield Static(id="headline")
                yield Static(id="start")
            yield Static(id="advice")
        yield Static(id="interview")
        with Horizontal(id="body"):
            yield TopicList()
            with Vertical(id="beside"):
                yield Static(id="week")
                yield Static(id="next")
        yield Static(id="standing")

    def on_mount(self) -> None:
        """Show today's numbers."""
        self.show(self._overview)

    def show(self, overview: Overview) -> None:
        """Show newer numbers."""
        self._overview = overview
        self._line("today", home_lines.today(overview))
        self._line("headline", home_lines.headline(overview))
        self._line("advice", home_lines.advice(overview))
        self._line("interview", home_lines.interview(overview, self._known))
        self._line("standing", home_lines.standing(overview))
        topics = self.query_one(TopicList)
        topics.show(overview.topics)
        topics.display = bool(overview.topics)
        if overview.topics and self.is_current:
            topics.focus()
        self._name_start()
        self.refresh_bindings()
        self.begin_reading()

    def read(self) -> Dashboard:
        """Read what the log says about the interview."""
        return self._insights.dashboard()

    def show_found(self, found: Dashboard) -> None:
        """Show how ready the person is and what to do about it."""
        self._known = found
        self._line("interview", home_lines.interview(self._overview, found))
        self._line("week", home_lines.week(found))
        self._line("next", home_lines.next_steps(found))
        self.query_one(TopicList).show_known({row.topic: row for row in found.topics})

    def show_failure(self, sentence: str) -> None:
        """Leave it to the dashboard to say why: home is for what is due."""

    def enter(self, sitting: ReviewSitting) -> None:
        """Go to the cards of a sitting."""
        from srs.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(sitting), self._after_sitting)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the cards there are."""
        overview = self._overview
        if action == "start":
            can = overview.due > 0
        elif action == "learn_new":
            can = overview.due == 0 and overview.new_beyond_limit > 0
        elif action == "look_again":
            can = overview.due == 0
        else:
            can = True
        return super().check_action(action, parameters) and (can or None)

    def action_start(self) -> None:
        """Start a sitting on the highlighted topic, or on everything."""
        topic = self.query_one(TopicList).chosen
        self._start(None if topic is None else topic.topic)

    def action_weakness(self) -> None:
        """Open the dashboard."""
        from srs.tui.screens.dashboard import DashboardScreen

        self.app.push_screen(DashboardScreen(self._insights), self._after_sitting)

    def action_statistics(self) -> None:
        """Open the statistics."""
        from srs.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self._insights))

    def action_learn_new(self) -> None:
        """Start a sitting with new cards beyond today's limit."""
        self._start(None, more_new=NEW_AT_A_TIME)

    def action_look_again(self) -> None:
        """Look what is due by now."""
        self.read_overview()

    def action_import(self) -> None:
        """Bring decks in."""
        from srs.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self._desk.importing()), self._after_sitting)

    def action_all_topics(self) -> None:
        """Leave the list of topics: the next sitting is on everything."""
        self.query_one(TopicList).highlighted = None

    def on_option_list_option_highlighted(self) -> None:
        """Say which topic a sitting would be on."""
        self._name_start()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Start a sitting on the topic that was clicked."""
        self._start(self.query_one(TopicList).topic_at(event.option_index).topic)

    @work(thread=True, exclusive=True)
    def read_overview(self) -> None:
        """Read today's numbers again, beside the screen."""
        try:
            overview = self._desk.overview()
        except SrsError as error:
            self.app.post_message(Told(str(error), is_error=True))
        else:
            self.app.post_message(OverviewRead(overview))

    def _after_sitting(self, _: None) -> None:
        self.read_overview()

    def _start(self, scope: str | None, more_new: int = 0) -> None:
        with self.telling_errors():
            sitting = self._desk.start(scope)
            if more_new:
                sitting.learn_more(more_new)
            self.enter(sitting)

    def _name_start(self) -> None:
        overview = self._overview
        if not overview.due:
            self._line("start", Content(""))
            return
        topic = self.query_one(TopicList).chosen
        text = Content.assemble(("⏎", "bold $text-accent"), "  start")
        if topic is not None:
            text += Content(" ") + safe(topic.topic)
        self._line("start", text)

    def _line(self, name: str, text: Content) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(text)
        line.set_class(not text, "-empty")
