"""The topics as a tree in rows of figures, the costliest first, which opens and closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from srs.practice.dashboard import TopicRow
from srs.tui.widgets.figures import column, interval, share_bar, sparkline
from srs.tui.words import safe

GAP = 2
BAR, RECALL, INTERVAL, MARK = 10, 10, 13, 1
WIDE_BAR, WIDE_INTERVAL = 16, 21
TREND, SHORT_TREND = 8, 5
NARROWEST_NAME, NAME_BESIDE_TREND, WIDEST_NAME = 14, 18, 44
NOW_THEN = "now → then"
OPEN, CLOSED, NONE = "▾ ", "▸ ", "  "


class Columns(NamedTuple):
    """The cells of each column; 0 where there is no room for it."""

    name: int
    bar: int
    recall: int
    interval: int
    trend: int
    cards: int

    @classmethod
    def fitting(cls, width: int, longest: int, cards: int) -> Columns:
        """Return what fits: the trend goes first, then the interval, then the bar."""
        choices = [
            (WIDE_BAR, WIDE_INTERVAL, TREND),
            (BAR, INTERVAL, TREND),
            (BAR, INTERVAL, SHORT_TREND),
            (BAR, INTERVAL, 0),
            (BAR, 0, 0),
            (0, 0, 0),
        ]
        left = 0
        for bar, span, trend in choices:
            taken = [RECALL, cards, bar, span + MARK if span else 0, trend]
            left = width - sum(cells + GAP for cells in taken if cells)
            wanted = min(longest, NAME_BESIDE_TREND) if trend else NARROWEST_NAME
            if left >= wanted:
                break
        name = max(1, min(left, longest, WIDEST_NAME))
        return cls(name, bar, RECALL, span, trend, cards)


class TopicTree(OptionList, inherit_bindings=False):
    """Topics in rows; a parent's children are shown when it is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Next topic", show=False, id="move.down"),
        Binding("k,up", "cursor_up", "Topic before", show=False, id="move.up"),
        Binding("g,home", "first", "First topic", show=False, id="move.first"),
        Binding("G,end", "last", "Last topic", show=False, id="move.last"),
        Binding("ctrl+d,pagedown", "page_down", "Page down", show=False, id="move.page-down"),
        Binding("ctrl+u,pageup", "page_up", "Page up", show=False, id="move.page-up"),
        Binding("l,right", "open", "Open the topic", show=False, id="tree.open"),
        Binding("h,left", "close", "Close it", show=False, id="tree.close"),
        Binding("space", "toggle_topic", "Open or close", show=False, id="tree.toggle"),
        Binding("x", "toggle_all", "Open or close all", show=False, id="tree.all"),
    ]

    class Fitted(Message):
        """The columns have other widths than before."""

    def __init__(self) -> None:
        super().__init__(id="topics", markup=False)
        self._topics: tuple[TopicRow, ...] = ()
        self._open: set[str] = set()
        self._shown: list[TopicRow] = []
        self._width = 0

    @property
    def chosen(self) -> TopicRow | None:
        """The highlighted topic."""
        return None if self.highlighted is None else self._shown[self.highlighted]

    def show(self, topics: Sequence[TopicRow]) -> None:
        """Show these topics, keeping what is open and the highlight."""
        self._topics = tuple(topics)
        self._refill()

    def row_at(self, index: int) -> TopicRow:
        """Return the topic of a row."""
        return self._shown[index]

    def heading(self) -> Content:
        """Return the names of the columns, as wide as they are."""
        columns = self._columns()
        names = [("topic", columns.name), ("on the day", columns.bar), (NOW_THEN, columns.recall)]
        names += [("strength", columns.interval + MARK if columns.interval else 0)]
        names += [("trend", columns.trend)]
        line = [column(Content(name), cells) for name, cells in names if cells]
        seen = Content("seen".rjust(columns.cards))
        return Content.styled((" " * GAP).join(part.plain for part in [*line, seen]), "$text-muted")

    def action_open(self) -> None:
        """Open the highlighted topic, or go into it."""
        chosen = self.chosen
        if chosen is None or not chosen.is_parent:
            return
        if chosen.topic in self._open:
            self.action_cursor_down()
        else:
            self._open.add(chosen.topic)
            self._refill()

    def action_close(self) -> None:
        """Close the highlighted topic, or go to the one above it."""
        chosen = self.chosen
        if chosen is None:
            return
        if chosen.topic in self._open:
            self._open.discard(chosen.topic)
            self._refill()
            return
        above = chosen.topic.rpartition("/")[0]
        names = [row.topic for row in self._shown]
        if above in names:
            self.highlighted = names.index(above)

    def action_toggle_topic(self) -> None:
        """Open the highlighted topic, or close it."""
        chosen = self.chosen
        if chosen is not None and chosen.is_parent:
            self._open ^= {chosen.topic}
            self._refill()

    def action_toggle_all(self) -> None:
        """Open every topic, or close them if some are open."""
        parents = {row.topic for row in self._topics if row.is_parent}
        self._open = set() if self._open else parents
        self._refill()

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        if self.scrollable_content_region.width != self._width:
            self._refill()
            self.post_message(self.Fitted())

    def _refill(self) -> None:
        chosen = self.chosen
        self._shown = [row for row in self._topics if self._is_shown(row)]
        self._width = self.scrollable_content_region.width
        columns = self._columns()
        self.set_options([self._row(row, columns) for row in self._shown])
        names = [row.topic for row in self._shown]
        topic = "" if chosen is None else chosen.topic
        while topic and topic not in names:
            topic = topic.rpartition("/")[0]
        if topic:
            self.highlighted = names.index(topic)

    def _is_shown(self, row: TopicRow) -> bool:
        parts = row.topic.split("/")
        return all("/".join(parts[:depth]) in self._open for depth in range(1, len(parts)))

    def _columns(self) -> Columns:
        names = [2 * row.depth + len(OPEN) + safe(row.name).cell_length for row in self._topics]
        cards = max((len(f"{row.seen}/{row.cards}") for row in self._topics), default=0)
        longest = max(names, default=NARROWEST_NAME)
        return Columns.fitting(self._width or 72, longest, max(len("seen"), cards))

    def _row(self, row: TopicRow, columns: Columns) -> Content:
        sign = NONE if not row.is_parent else OPEN if row.topic in self._open else CLOSED
        name = Content("  " * row.depth + sign) + safe(row.name)
        parts = [column(name, columns.name)]
        if columns.bar:
            parts.append(share_bar(row.answered_on, row.answered_now, columns.bar))
        parts.append(Content(row.recall.rjust(columns.recall)))
        if columns.interval:
            parts.append(_strength(row, columns.interval))
        if columns.trend:
            parts.append(sparkline(row.trend, columns.trend))
        parts.append(Content(f"{row.seen}/{row.cards}".rjust(columns.cards)))
        return Content(" " * GAP).join(parts)


def _strength(row: TopicRow, cells: int) -> Content:
    if row.strength is None:
        return column(Content.styled("not tested yet", "$text-muted"), cells + MARK)
    low, middle, high = row.strength
    mark = "?" if row.small_sample else " "
    return interval(low, middle, high, cells) + Content.styled(mark, "$text-muted")
