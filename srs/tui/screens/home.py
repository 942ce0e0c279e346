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
from srs.tui.opening import WantedMock
from srs.tui.screens import home_lines
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.topics import TopicList
from srs.tui.words import NEW_AT_A_TIME, safe

if TYPE_CHECKING:
    from srs.practice.dashboard import Dashboard
    from srs.practice.debrief import Action
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
        Binding("r", "rehearse", "rehearse", id="home.rehearse", tooltip="Tell a story aloud"),
        Binding("m", "mock", "mock", id="home.mock", tooltip="A mock interview"),
        Binding("d", "drill", "drill", id="home.drill", tooltip="Numbers: drills"),
        Binding("i", "import", "import", id="home.import", tooltip="Bring decks in"),
        Binding("slash", "find", "find", id="home.find", tooltip="Find cards, put them in order"),
        Binding("l", "look_again", "look again", id="home.look-again"),
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
        yield Static(id="stories")
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
        self._line("stories", home_lines.stories(overview))
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
        elif action == "rehearse":
            can = overview.cards > 0
        elif action == "look_again":
            can = overview.due == 0
        else:
            can = True
        return super().check_action(action, parameters) and (can or None)

    def action_start(self) -> None:
        """Start a sitting on the highlighted topic, or on everything."""
        topic = self.query_one(TopicList).chosen
        self._start(None if topic is None else topic.topic)

    def action_rehearse(self) -> None:
        """Show the prompts to rehearse."""
        from srs.tui.screens.prompts import PromptsScreen

        self.app.push_screen(PromptsScreen(self._desk), self._after_sitting)

    def rehearse(self, wanted: str | None) -> None:
        """Rehearse the prompt that is meant, the next one when none is named."""
        from srs.tui.screens.rehearsal import RehearsalScreen

        with self.telling_errors():
            repertoire = self._desk.repertoire()
            rehearsal = repertoire.rehearse(repertoire.choose(wanted))
            self.app.push_screen(RehearsalScreen(rehearsal), self._after_sitting)

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

    def action_mock(self) -> None:
        """Begin a mock interview, or go on with today's."""
        self.mock(WantedMock())

    def mock(self, wanted: WantedMock) -> None:
        """Hold a mock interview."""
        from srs.tui.screens.mock import MockScreen

        with self.telling_errors():
            interview = self._desk.mock(
                minutes=wanted.minutes,
                kind=wanted.kind,
                company=wanted.company,
                resume=wanted.resume,
            )
            self.app.push_screen(MockScreen(self._desk.collection, interview), self._after_sitting)

    def act(self, action: Action) -> None:
        """Do what a debrief advised."""
        with self.telling_errors():
            match action.what:
                case "focus":
                    self.enter(self._desk.focus_or_learn(action.scope or ""))
                case "rehearse":
                    self.rehearse(action.scope)
                case "mock":
                    self.mock(WantedMock(kind=action.scope or "mixed"))
                case _:
                    self.enter(self._desk.drill(action.scope))

    def action_drill(self) -> None:
        """Start a sitting on the drills of the highlighted topic, or on all."""
        topic = self.query_one(TopicList).chosen
        with self.telling_errors():
            self.enter(self._desk.drill(None if topic is None else topic.topic))

    def action_look_again(self) -> None:
        """Look what is due by now."""
        self.read_overview()

    def action_import(self) -> None:
        """Bring decks in."""
        from srs.tui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen(self._desk.importing()), self._after_sitting)

    def action_find(self) -> None:
        """Look cards up."""
        from srs.tui.screens.find import FindScreen

        self.app.push_screen(FindScreen(self._desk.browser()), self._after_sitting)

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
