"""Figures drawn with characters; shape carries the meaning, colour only repeats it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

SPARKS = "▁▂▃▄▅▆▇█"
EIGHTHS = " ▁▂▃▄▅▆▇█"


def share_bar(on: float, now: float, cells: int) -> Content:
    """Return a share of so many cells: solid what stays, dashed what goes from `now` to `on`."""
    stays = round(cells * on)
    there = max(stays, round(cells * now))
    return Content.assemble(
        ("━" * stays, "$accent"),
        ("╍" * (there - stays), "$accent"),
        ("┈" * (cells - there), "$text-muted"),
    )


def interval(low: float, middle: float, high: float, cells: int) -> Content:
    """Return an interval on a scale of so many cells, its places from 0 to 1: `├──●──┤`."""
    first, dot, last = (min(cells - 1, max(0, round((cells - 1) * x))) for x in (low, middle, high))
    line = [" "] * cells
    for cell in range(first, last + 1):
        line[cell] = "─"
    line[first], line[last] = "├", "┤"
    line[dot] = "●"
    return Content.assemble(
        ("".join(line[:dot]), "$text-muted"), "●", ("".join(line[dot + 1 :]), "$text-muted")
    )


def sparkline(levels: Sequence[int | None], cells: int) -> Content:
    """Return the newest levels, 0 to 7, a cell each; a dot where there is none."""
    shown = levels[-cells:]
    line = "".join("·" if level is None else SPARKS[level] for level in shown)
    return Content.styled(line.rjust(cells), "$text-muted" if set(line) == {"·"} else "")


def column_chart(values: Sequence[float], rows: int) -> list[str]:
    """Return columns of one cell a value in so many rows, the top one first."""
    most = max(values, default=0.0) or 1.0
    eighths = [max(value > 0, round(value / most * rows * 8)) for value in values]
    return [
        "".join(EIGHTHS[min(8, max(0, each - row * 8))] for each in eighths)
        for row in reversed(range(rows))
    ]


def column(text: Content, cells: int) -> Content:
    """Return a text cut and filled to so many cells."""
    cut = text.truncate(cells, ellipsis=True)
    return cut.pad_right(cells - cut.cell_length)


def titled(title: str, rows: Sequence[Content]) -> Content:
    """Return rows below a quiet title; nothing without rows."""
    if not rows:
        return Content("")
    return Content("\n").join([Content.styled(title, "$text-muted"), *rows])
