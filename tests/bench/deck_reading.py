"""How fast a deck is read, beside a bare markdown-it block parse of the same text.

Run as `python tests/bench/deck_reading.py [MEGABYTES]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from markdown_it import MarkdownIt

from srs.deck.markup import block_tokens
from srs.deck.reader import read_deck

_RUNS = 3


def synthetic_deck(size: int) -> str:
    """Return a deck of about `size` characters, with cards of every kind and code in most."""
    cards = ["---\ndeck: Synthetic\ntopic: synthetic\n---\n"]
    length = 0
    number = 0
    while length < size:
        card = _card(number)
        cards.append(card)
        length += len(card)
        number += 1
    return "\n".join(cards)


def _card(number: int) -> str:
    reason = (
        f"Requests wait for the batch to fill, so that arrival {number} pays for the last one. "
    )
    code = f"```python\nfor request in queue[:{number}]:\n    batch.append(request)\n```\n"
    hint = "> [!TIP]\n> Multiply arrivals by the delay.\n"
    match number % 5:
        case 0:
            topic = f"# Topic {number % 20}\n\n"
            return f"{topic}## Why does batch {number} wait?\n\n{reason * 3}\n\n{code}"
        case 1:
            return f"Q: What does option {number} trade?\nA: {reason * 3}\n\n{code}"
        case 2:
            return f"C: Decode {number} is bound by [memory], prefill by [compute]. {reason * 2}\n"
        case 3:
            body = f"{reason * 2}\n\n- one\n- two\n\n{hint}\nSource: {number}\n"
            return f"## What is limit {number}?\n\n{body}"
        case _:
            answer = f"The $k_{{{number}}}$ of `x[{number}]`"
            return f"Q: Which of {number}?\n<!-- type-in -->\nA: {answer}\n"


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def main() -> None:
    """Print both speeds and their ratio."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    text = synthetic_deck(int(megabytes * 1e6))
    size = len(text.encode()) / 1e6
    bare = MarkdownIt("commonmark")
    parsing = _seconds(lambda: block_tokens(bare, text))
    reading = _seconds(lambda: read_deck(text, "synthetic.md"))
    deck = read_deck(text, "synthetic.md").deck
    notes = len(deck.notes) if deck else 0
    print(f"{size:.1f} MB, {notes} notes")
    print(f"bare markdown-it block parse  {size / parsing:6.2f} MB/s")
    print(f"read_deck                     {size / reading:6.2f} MB/s  {reading / parsing:.2f}×")


if __name__ == "__main__":
    main()
