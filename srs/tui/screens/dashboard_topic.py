"""A topic's page: how it is forgotten until the date, its worst cards, its calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from srs.practice.phrases import counted
from srs.practice.topic_page import Bin, CardLine, CurveDay, TopicPage
from srs.tui.screens.reading import ReadingPage
from srs.tui.widgets.figures import interval
from srs.tui.words import safe

if TYPE_CHECKING:
    from textual_plotext import PlotextPlot

    from srs.practice.insights import Insights

TICK_GAPS = 4
BIN_CELLS = 26
QUESTION_CELLS = 200


class TopicScreen(ReadingPage[TopicPage]):
    """One topic with all below it."""

    CSS_PATH: ClassVar = ["dashboard.tcss", "dashboard_topic.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "study", "study", id="topic.study", tooltip="Study its weakest cards"),
        Binding("escape,enter,backspace", "back", "back", id="topic.back"),
        Binding("j,down", "scroll_page(1)", "Down a line", show=False, id="move.down"),
        Binding("k,up", "scroll_page(-1)", "Up a line", show=False, id="move.up"),
    ]

    def __init__(self, insights: Insights, topic: str) -> None:
        super().__init__()
        self._insights = insights
        self._topic = topic
        self._is_read = False

    def compose_page(self) -> ComposeResult:
        """Build the frame; it is filled when the topic has been read."""
        # Imported here: only this page draws a curve.
        from textual_plotext import PlotextPlot

        with Horizontal(id="top"):
            yield Static(safe(self._topic), id="name")
            yield Static("reading…", id="state")
        with VerticalScroll(id="account", can_focus=False):
            yield Static(id="headline")
            with Vertical(id="columns"):
                with Vertical(id="pictures"):
                    curve = PlotextPlot(id="curve")
                    curve.theme = "clear"
                    yield curve
                    yield Static(id="bins", classes="part")
                with Vertical(id="cards"):
                    yield Static(id="weakest", classes="part")
                    yield Static(id="slow", classes="part")

    def on_mount(self) -> None:
        """Read."""
        self.query_one("#curve").display = False
        self.begin_reading()

    def read(self) -> TopicPage:
        """Read the topic."""
        return self._insights.topic(self._topic)

    def show_found(self, found: TopicPage) -> None:
        """Show the topic."""
        self._is_read = True
        self._line("state", Content(f"{found.row.seen} of {counted(found.row.cards, 'card')} seen"))
        self._line("headline", safe(found.headline))
        self._draw(found.curve)
        self._line("weakest", _cards("Likeliest to be forgotten then", found.weakest))
        self._line("slow", _cards("Right, but slow", found.slow))
        self._line("bins", bins("Predicted and recalled here", found.bins))
        self.refresh_bindings()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing."""
        self._line("state", Content(""))
        self._line("headline", safe(sentence))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Study only what has been read."""
        can = action != "study" or self._is_read
        return super().check_action(action, parameters) and (can or None)

    def action_study(self) -> None:
        """Study the topic."""
        from srs.tui.screens.review import ReviewScreen

        with self.telling_errors():
            sitting = self._insights.study(self._topic)
            self.app.push_screen(ReviewScreen(sitting), self._come_back)

    def action_back(self) -> None:
        """Go back to the dashboard."""
        self.dismiss(None)

    def action_scroll_page(self, lines: int) -> None:
        """Scroll a long account."""
        self.query_one("#account").scroll_relative(y=lines, animate=False)

    def _come_back(self, _: None) -> None:
        self.begin_reading()

    def _draw(self, curve: Sequence[CurveDay]) -> None:
        plot: PlotextPlot = self.query_one("#curve")  # type: ignore[assignment]
        plot.display = len(curve) > 1
        if not plot.display:
            return
        plt = plot.plt
        plt.clear_figure()
        days = [day.ahead for day in curve]
        plt.plot(days, [100 * day.recall for day in curve], marker="braille", color="default")
        plt.ylim(0, 100)
        plt.yticks([0, 50, 100], ["0", "50", "100%"])
        last = len(curve) - 1
        ticks = [
            curve[place] for place in sorted({last * n // TICK_GAPS for n in range(TICK_GAPS + 1)})
        ]
        plt.xticks([day.ahead for day in ticks], [day.name for day in ticks])
        plt.frame(False)
        plot.refresh()

    def _line(self, name: str, text: Content) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(text)
        line.set_class(not text, "-empty")


def bins(title: str, found: Sequence[Bin], unit: str = "predicted") -> Content:
    """Return groups of answers: the interval of what was recalled, `◆` where it was predicted."""
    if not found:
        return Content("")
    widest = max(len(unit), *(len(each.name) for each in found))
    most = max(len("answers"), *(len(f"{each.answers:,}") for each in found))
    low = min(min(each.low, each.predicted) for each in found)
    scale = f"{low:.0%}".ljust(BIN_CELLS - 4) + "100%"
    heading = f"{unit:<{widest}}  {scale}  recalled  {'answers':>{most}}"
    rows = [Content.styled(title, "bold"), Content.styled(heading, "$text-muted")]
    for each in found:
        marks = (each.low, each.observed, each.high, each.predicted)
        first, middle, last, predicted = ((x - low) / max(1 - low, 1e-9) for x in marks)
        line = interval(first, middle, last, BIN_CELLS)
        at = round((BIN_CELLS - 1) * predicted)
        if line.plain[at] != "●":
            line = line[:at] + Content.styled("◆", "$accent") + line[at + 1 :]
        rows.append(
            Content.assemble(
                f"{each.name:<{widest}}  ",
                line,
                f"  {f'{each.observed:.0%}':>8}  {each.answers:>{most},}",
            )
        )
    rows.append(Content.styled("● recalled, with its 90% interval   ◆ predicted", "$text-muted"))
    return Content("\n").join(rows)


def _cards(title: str, found: Sequence[CardLine]) -> Content:
    from srs.render.plain import one_line

    if not found:
        return Content("")
    rows = [Content.styled(title, "bold")]
    for each in found:
        remark = f"  {each.remark}" if each.remark else ""
        rows.append(
            Content.assemble(
                f"{each.figure:>5}  ",
                safe(one_line(each.question, QUESTION_CELLS)),
                (remark, "$text-muted"),
            )
        )
    return Content("\n").join(rows)
