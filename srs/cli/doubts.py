"""Asking whether a card that looks like an old one is the same: only where a person is present."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from srs.cli.output import tell
from srs.practice.phrases import counted
from srs.practice.typed import Piece
from srs.practice.wording import wording
from srs.store.ingest.report import Doubt, Pair
from srs.store.locations import deck_file

if TYPE_CHECKING:
    from rich.text import Text

QUESTION = "Same card?  y keeps its history · n new card · a all the same · q rest new: "


def ask(doubts: Sequence[Doubt]) -> frozenset[Pair]:
    """Show each pair side by side and return those the person says are the same."""
    same: set[Pair] = set()
    old = "an old one" if len(doubts) == 1 else "old ones"
    tell(f"{counted(len(doubts), 'card')} may be {old} reworded; you know best.")
    for place, doubt in enumerate(doubts, 1):
        _show(doubt, f"{place} of {len(doubts)}   {deck_file(doubt.file)}:{doubt.line}")
        match _answer():
            case "y":
                same.add(doubt.pair)
            case "a":
                return frozenset(same | {each.pair for each in doubts[place - 1 :]})
            case "q":
                break
    return frozenset(same)


def _answer() -> str:
    while True:
        print(QUESTION, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            tell("")
            return "q"
        if (letter := line.strip()[:1].lower()) in set("ynaq"):
            return letter


def _show(doubt: Doubt, title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True, highlight=False)
    fronts = wording(doubt.before[0], doubt.after[0])
    backs = wording(doubt.before[1], doubt.after[1])
    table = Table.grid(padding=(0, 3), expand=True)
    table.add_column("old", ratio=1)
    table.add_column("new", ratio=1)
    table.add_row("old", "new", style="dim")
    table.add_row(_text(fronts.before), _text(fronts.after))
    table.add_row("", "")
    table.add_row(_text(backs.before), _text(backs.after))
    tell("")
    tell(title)
    console.print(table)


def _text(pieces: Sequence[Piece]) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        if piece.kind == "same":
            text.append(piece.text)
        else:
            style = "red" if piece.kind == "extra" else "bold green"
            text.append(f"‹{piece.text}›", style)
    return text
