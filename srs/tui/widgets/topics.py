"""The topics with cards due, as a list one can move in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from srs.practice.model import TopicDue
from srs.tui.words import safe

LONGEST_BAR = 40
NUMBER_CELLS = 17
GAP_CELLS = 3
NARROWEST_WITH_BAR = 54


class TopicList(OptionList, inherit_bindings=False):
    """Topics in rows of name, bar, due and new. Nothing is highlighted until one moves in."""

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

    def on_resize(self) -> None:
        """Fit the rows to the width."""
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
        room = width - NUMBER_CELLS - GAP_CELLS
        if width < NARROWEST_WITH_BAR:
            return [self._row(topic, min(longest, room), 0) for topic in self._topics]
        name_cells = min(longest, room // 2)
        bar_cells = min(LONGEST_BAR, room - name_cells - GAP_CELLS)
        return [self._row(topic, name_cells, bar_cells) for topic in self._topics]

    def _row(self, topic: TopicDue, name_cells: int, bar_cells: int) -> Content:
        due = topic.learning + topic.review
        name = safe(topic.topic).truncate(name_cells, ellipsis=True)
        bar = Content("")
        if bar_cells:
            most = max(topic.total for topic in self._topics)
            all_cells = max(1, round(bar_cells * topic.total / most))
            due_cells = round(all_cells * due / topic.total)
            bar = Content.assemble(
                ("━" * due_cells, "$accent"),
                ("╌" * (all_cells - due_cells), "$accent"),
                " " * (bar_cells - all_cells + GAP_CELLS),
            )
        return Content.assemble(
            name.pad_right(name_cells - name.cell_length + GAP_CELLS),
            bar,
            f"{due:>4} due" if due else " " * 8,
            (f"{topic.new:>5} new" if topic.new else "", "$text-muted"),
        )
