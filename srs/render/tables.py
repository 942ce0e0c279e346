"""Tables: columns aligned and narrowed to the width, or, where that is hopeless, records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from srs.render.lines import Line, Role, Span
from srs.render.wrap import Flow, longest_word, width_of, wrap_flows

GAP = "  "
# A longer word may be cut so that the columns fit; a shorter one never is.
LONGEST_WHOLE_WORD = 12

Cell = Sequence[Flow]


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of as many cells each, and per column `left`, `center` or `right`."""

    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    alignments: Sequence[str]


def table_lines(table: Table, width: int, rule: str) -> list[Line]:
    """Lay `table` out in at most `width` cells; `rule` is the sign under the head."""
    columns = _column_widths(table, width - len(GAP) * (len(table.head) - 1))
    if columns is None:
        return _records(table, width)
    head = _row(table.head, columns, table.alignments)
    rows = [_row(row, columns, table.alignments) for row in table.rows]
    under = Span(rule * (sum(columns) + len(GAP) * (len(columns) - 1)), (Role.TABLE_RULE,))
    lines = [*head, Line((under,))]
    wrapped = any(len(row) > 1 for row in rows)
    for number, row in enumerate(rows):
        if number and wrapped:
            lines.append(Line())
        lines += row
    return lines


def _column_widths(table: Table, room: int) -> list[int] | None:
    """Return widths that fit in `room`, taken from the widest columns; None if none are legible."""
    columns = [
        [flow for row in (table.head, *table.rows) for flow in row[column]]
        for column in range(len(table.head))
    ]
    widths = [max((min(flow.width, room) for flow in flows), default=0) for flows in columns]
    words = [max((longest_word(flow) for flow in flows), default=0) for flows in columns]
    least = words if sum(words) <= room else [min(word, LONGEST_WHOLE_WORD) for word in words]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        spare = [column for column, width in enumerate(widths) if width > least[column]]
        widths[max(spare, key=lambda column: widths[column])] -= 1
    return widths


def _row(cells: Sequence[Cell], columns: Sequence[int], alignments: Sequence[str]) -> list[Line]:
    stacks = [wrap_flows(cell, width) for cell, width in zip(cells, columns, strict=True)]
    lines = []
    for side_by_side in zip_longest(*stacks, fillvalue=Line()):
        spans: list[Span] = []
        padding = ""
        for line, width, alignment in zip(side_by_side, columns, alignments, strict=True):
            free = width - width_of(line.spans)
            before = {"right": free, "center": free // 2}.get(alignment, 0)
            padding += " " * before
            if line.spans:
                if padding:
                    spans.append(Span(padding))
                spans += line.spans
                padding = ""
            padding += " " * (free - before) + GAP
        lines.append(Line(tuple(spans)))
    return lines


def _records(table: Table, width: int) -> list[Line]:
    """Lay each row out as `head: cell` one below the other."""
    lines: list[Line] = []
    for row in table.rows or [[()] * len(table.head)]:
        if lines:
            lines.append(Line())
        for name, cell in zip(table.head, row, strict=True):
            label = [span for flow in name for span in flow.spans]
            first, *others = cell or [Flow(())]
            colon = [Span(": ", (Role.TABLE_HEAD,))] if label else []
            lines += wrap_flows([Flow((*label, *colon, *first.spans)), *others], width)
    return lines
