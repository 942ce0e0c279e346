"""The rows of an import: problems, doubts and decisions, as a list one can move in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from srs.practice.rows import Line, Row
from srs.practice.typed import Piece
from srs.practice.wording import clipped
from srs.render.controls import clean
from srs.tui.words import safe

WHAT_CELLS = 11
STYLES = {"plain": "bold", "error": "bold $text-error", "warning": "bold $text-warning"}
NARROWEST, WIDEST, MARGINS = 30, 104, 9


class DecisionList(OptionList, inherit_bindings=False):
    """Rows of what happened, where and why, with the old text above the new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Next", show=False, id="move.down"),
        Binding("k,up", "cursor_up", "Before", show=False, id="move.up"),
        Binding("g,home", "first", "First", show=False, id="move.first"),
        Binding("G,end", "last", "Last", show=False, id="move.last"),
        Binding("ctrl+d,pagedown", "page_down", "Page down", show=False, id="move.page-down"),
        Binding("ctrl+u,pageup", "page_up", "Page up", show=False, id="move.page-up"),
    ]

    def __init__(self) -> None:
        super().__init__(id="decisions", markup=False)
        self._rows: list[Row] = []
        self._folder = Path()

    @property
    def chosen(self) -> Row | None:
        """The highlighted row."""
        return None if self.highlighted is None else self._rows[self.highlighted]

    def show(self, rows: Sequence[Row], folder: Path) -> None:
        """Show these rows; files below `folder` are named from there."""
        self._rows, self._folder = list(rows), folder
        self.set_options([self._prompt(row) for row in self._rows])

    def replace(self, row: Row) -> None:
        """Show a row anew in the place of that of the same number."""
        for index, old in enumerate(self._rows):
            if old.number == row.number:
                self._rows[index] = row
                self.replace_option_prompt_at_index(index, self._prompt(row))

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        for index, row in enumerate(self._rows):
            self.replace_option_prompt_at_index(index, self._prompt(row))

    def _prompt(self, row: Row) -> Content:
        # Before it was ever laid out, the list is as wide as the page will make it.
        page = min(self.app.size.width, WIDEST) - MARGINS
        width = max(NARROWEST, self.scrollable_content_region.width or page)
        column = f":{row.column}" if row.column else ""
        place = safe(f"{self._place(row.file)}:{row.line}{column}")
        why = safe(row.why)
        if row.tone == "plain":
            why = why.stylize("$text-muted")
        head = Content.assemble(
            (f"{row.what:<{WHAT_CELLS}}", STYLES[row.tone]),
            place.truncate(width - WHAT_CELLS, ellipsis=True),
        )
        lines = [head]
        if why.plain:
            beside = head.cell_length + 3 + why.cell_length <= width
            if beside:
                lines = [head + Content("   ") + why]
            elif row.tone == "plain":
                lines.append(_indented(why.truncate(width - 2, ellipsis=True)))
            else:
                lines += [_indented(part) for part in why.wrap(width - 2)]
        lines += [_text(line, width) for line in row.texts]
        return Content("\n").join(lines)

    def _place(self, file: str) -> str:
        path = Path(file)
        folder = self._folder.absolute()
        if path.is_relative_to(folder) and path != folder:
            return str(path.relative_to(folder))
        return path.name


def _indented(text: Content) -> Content:
    return Content("  ") + text


def _text(line: Line, width: int) -> Content:
    style = "$text-muted" if line.sign == "-" else ""
    return Content.assemble((f"  {line.sign} ", style)) + pieces(
        clipped(line.pieces, width - len("  - ")), style
    )


def pieces(parts: Sequence[Piece], style: str = "") -> Content:
    """Return a text with what differs in ‹ ›, which says without colour what the colours say."""
    found = Content("")
    for part in parts:
        if part.kind == "same":
            found += Content.styled(clean(part.text), style)
        else:
            colour = "$text-error" if part.kind == "extra" else "bold $text-success"
            found += Content.assemble("‹", (clean(part.text), colour), "›")
    return found
