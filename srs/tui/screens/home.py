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
from srs.tui.screens.page import Page
from srs.tui.widgets.topics import TopicList
from srs.tui.words import NEW_AT_A_TIME, at, count, safe

if TYPE_CHECKING:
    from srs.practice.desk import Desk
    from srs.practice.review import ReviewSitting


class HomeScreen(Page[None]):
    """Today at a glance."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "start", "start", id="home.start"),
        Binding("n", "learn_new", "learn new", id="home.learn-new"),
        Binding("r", "rehearse", "rehearse", id="home.rehearse", tooltip="Tell a story aloud"),
        Binding("l", "look_again", "look again", id="home.look-again"),
        Binding("i", "import", "import", id="home.import", tooltip="Bring decks in"),
        Binding("escape", "all_topics", "All topics", show=False, id="home.all-topics"),
    ]

    def __init__(self, desk: Desk, overview: Overview) -> None:
        super().__init__()
        self._desk = desk
        self._overview = overview

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
        yield TopicList()
        yield Static(id="stories")
        yield Static(id="standing")

    def on_mount(self) -> None:
        """Show today's numbers."""
        self.show(self._overview)

    def show(self, overview: Overview) -> None:
        """Show newer numbers."""
        self._overview = overview
        self._line("today", _today(overview))
        self._line("headline", _headline(overview))
        self._line("advice", _advice(overview))
        self._line("interview", _interview(overview))
        self._line("stories", _stories(overview))
        self._line("standing", _standing(overview))
        topics = self.query_one(TopicList)
        topics.show(overview.topics)
        topics.display = bool(overview.topics)
        if overview.topics and self.is_current:
            topics.focus()
        self._name_start()
        self.refresh_bindings()

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
        line.display = bool(text)


def _today(overview: Overview) -> Content:
    week = Content.assemble(
        *((("▮", "$text-accent") if done else ("▯", "$text-muted")) for done in overview.week)
    )
    streak = f" · day {overview.streak_days} " if overview.streak_days else " "
    return safe(overview.today) + Content(streak) + week


def _headline(overview: Overview) -> Content:
    if not overview.cards:
        return Content("No cards yet.")
    if not overview.due:
        if overview.answered_today:
            return Content("Done for today.")
        return Content("Nothing is due.")
    due = overview.learning + overview.review
    parts = [f"{due} due"] if due else []
    if overview.new:
        parts.append(f"{overview.new} new")
    return Content.assemble(
        (" · ".join(parts), "bold"), (f" · about {count(overview.minutes, 'minute')}", "")
    )


def _advice(overview: Overview) -> Content:
    if not overview.cards:
        return Content.assemble(
            ("i", "bold $text-accent"),
            " brings your notes in, as does ",
            ("srs import FOLDER", "bold"),
            ".",
        )
    if overview.due:
        return Content("")
    parts = []
    if overview.next_due:
        parts.append(Content(f"The next card comes {at(overview.next_due)}."))
    if overview.new_beyond_limit:
        parts.append(
            Content.assemble(
                f"{count(overview.new_beyond_limit, 'new card')} beyond today's limit: ",
                ("n", "bold $text-accent"),
                f" learns {min(NEW_AT_A_TIME, overview.new_beyond_limit)} now.",
            )
        )
    return Content("\n").join(parts)


def _interview(overview: Overview) -> Content:
    days = overview.interview_days
    if days is None:
        return Content("")
    date = f", {overview.interview_date}" if overview.interview_date else ""
    if days > 0:
        when = "tomorrow" if days == 1 else f"in {days} days"
        parts = [Content(f"Interview {when}{date}"), *map(safe, overview.plan)]
        return Content("\n").join(parts)
    if days == 0:
        return Content("Interview today. Good luck.")
    return Content(f"The interview was {count(-days, 'day')} ago{date}")


def _stories(overview: Overview) -> Content:
    if not overview.stories_due:
        return Content("")
    due = count(overview.stories_due, "story", "stories")
    return Content.assemble(f"{due} due  ", ("r", "bold $text-accent"), " rehearse")


def _standing(overview: Overview) -> Content:
    if not overview.cards:
        return Content("")
    parts = [f"{overview.seen} of {count(overview.cards, 'card')} seen"]
    if overview.answered_today:
        parts.insert(0, f"{overview.answered_today} answered today")
    return Content(" · ".join(parts))
