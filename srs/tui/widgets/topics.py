"""The topics with cards due, as a list one can move in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from srs.practice.model import TopicDue
from srs.tui.widgets.figures import share_bar
from srs.tui.words import safe

if TYPE_CHECKING:
    from srs.practice.dashboard import TopicRow

LONGEST_BAR = 28
NUMBER_CELLS = 17
SHARE_CELLS = 6
COSTLIEST = "  costs most"
GAP_CELLS = 3
NARROWEST_WITH_BAR = 54


class TopicList(OptionList, inherit_bindings=False):
    """Topics in rows of name, what would be answered now, due, new, its share.

    Nothing is highlighted until one moves in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Next topic", show=False, id="move.down"),
        Binding("k,up", "cursor_up", "Topic before", show=False, id="move.up"),
        Binding("g,home", "first", "First topic", show=False, id="move.first"),
        Binding("G,end", "last", "Last topic", show=False, id="move.last"),
        Binding("ctrl+d,pagedown", "page_down", "Page down", show=False, id="move.page-down"),
        Binding("ctrl+u,pageup", "page_up", "Page up", show=False, id="move.page-up"),
    ]

    def __init__(self) -> None:
        super().__init__(id="topics", markup=False)
        self._topics: tuple[TopicDue, ...] = ()
        self._known: dict[str, TopicRow] = {}

    @property
    def chosen(self) -> TopicDue | None:
        """The highlighted topic."""
        return None if self.highlighted is None else self._topics[self.highlighted]

    def show(self, topics: Sequence[TopicDue]) -> None:
        """Show these topics, keeping the highlight on the same one if it is still there."""
        chosen = self.chosen
        self._topics = tuple(topics)
        self.set_options(self._rows())
        names = [topic.topic for topic in topics]
        if chosen is not None and chosen.topic in names:
            self.highlighted = names.index(chosen.topic)

    def show_known(self, known: Mapping[str, TopicRow]) -> None:
        """Show how much of each topic is known."""
        self._known = dict(known)
        self._fit()

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        self._fit()

    def _fit(self) -> None:
        for index, row in enumerate(self._rows()):
            self.replace_option_prompt_at_index(index, row)

    def topic_at(self, index: int) -> TopicDue:
        """Return the topic of a row."""
        return self._topics[index]

    def _rows(self) -> list[Content]:
        if not self._topics:
            return []
        width = self.scrollable_content_region.width or NARROWEST_WITH_BAR
        longest = max(safe(topic.topic).cell_length for topic in self._topics)
        if width < NARROWEST_WITH_BAR:
            room = width - NUMBER_CELLS - GAP_CELLS
            return [self._row(topic, min(longest, room), 0) for topic in self._topics]
        room = width - NUMBER_CELLS - GAP_CELLS - SHARE_CELLS - len(COSTLIEST)
        name_cells = min(longest, room // 2)
        bar_cells = min(LONGEST_BAR, room - name_cells - GAP_CELLS)
        return [self._row(topic, name_cells, bar_cells) for topic in self._topics]

    def _row(self, topic: TopicDue, name_cells: int, bar_cells: int) -> Content:
        due = topic.learning + topic.review
        name = safe(topic.topic).truncate(name_cells, ellipsis=True)
        known = self._known.get(topic.topic)
        bar, share = Content(""), Content("")
        if bar_cells:
            bar = Content(" " * (bar_cells + GAP_CELLS))
        if bar_cells and known is not None:
            bar = share_bar(known.answered_now, known.answered_now, bar_cells) + " " * GAP_CELLS
            percent = f"{100 * known.answered_now:.0f}%".rjust(SHARE_CELLS)
            share = Content.assemble(percent, (COSTLIEST if known.weakest else "", "$text-muted"))
        return Content.assemble(
            name.pad_right(name_cells - name.cell_length + GAP_CELLS),
            bar,
            f"{due:>4} due" if due else " " * 8,
            (f"{topic.new:>5} new" if topic.new else " " * 9, "$text-muted"),
            share,
        )
