"""What an import decided, as lines: what became of which card, with its old and its new text."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from srs.cli.output import show
from srs.practice.rows import Row
from srs.practice.wording import clipped, marked


def show_rows(rows: Iterable[Row]) -> None:
    """Print each decision; one that can be undone has its number in brackets."""
    width = shutil.get_terminal_size().columns
    for row in rows:
        why = f" ({row.why})" if row.why else ""
        number = "" if row.number is None else f"  [{row.number}]"
        show(f"{row.what:9} {row.file}:{row.line}{why}{number}")
        for line in row.texts:
            show(f"  {line.sign} {marked(clipped(line.pieces, width - len('  - ')))}")
