"""A collection that has been lived in: sittings, undos, leeches, resets, flags, retired cards."""

from __future__ import annotations

import random
from pathlib import Path

from support.clock import ManualClock

from srs.practice.desk import Desk
from srs.schedule.model import EventKind, Rating
from srs.store import log, sources
from srs.store.collection import Collection
from srs.store.ingest.run import Options, import_paths

SERVING = """---
deck: Serving path
topic: serving
side: infrastructure
judgement: [latency-cost]
---

# Batching

## Why does a larger batch raise p50 even when throughput rises?

Requests wait for the batch to fill, and `max_delay` says **how long**.

> [!TIP]
> Multiply arrivals per second by the delay.

Source: the batcher's manual

Q: What is the utilisation in $M/M/1$?
A: $\\rho = \\lambda / \\mu$, below 1.

C: Decode is bound by [memory bandwidth]; prefill by [compute].

## What does a queue cost?
<!-- reverse · id: queue-cost -->
Latency & patience, `a < b`

## The law of the queue's length?
<!-- type-in -->
Little's law

## Story: p99 doubled after a model change.
<!-- kind: serving · minutes: 3 -->
- [ ] Situation with scale
- [ ] Numbers before and after

### Probes
- Which hop was it?

## Drill: How many sequences fit?
{gb} GB of memory, {each} GB a sequence.

```drill
gb: [80, 141]
each: 4
answer: gb / each
tolerance: 5%
```
"""
LEAVING = "---\ndeck: Leaving\n---\n\nQ: What stays?\nA: One.\n\nQ: What goes?\nA: Two.\n"


def lived_in(folder: Path, clock: ManualClock, seed: int = 3, days: int = 25) -> Collection:
    """Make a collection below a folder and practise on it for some days; the clock moves."""
    chance = random.Random(seed)
    decks = folder / "notes"
    decks.mkdir(parents=True)
    (decks / "serving.md").write_text(SERVING, encoding="utf-8")
    (decks / "leaving.md").write_text(LEAVING, encoding="utf-8")
    collection = Collection.open(folder / "collection.db", clock=clock, chance=chance)
    collection.change_setting("leech-threshold", "2")
    collection.change_setting("key.review.undo", "z")
    import_paths(collection, [decks], Options())
    sources.remember(collection, [decks])
    for _ in range(days):
        _one_day(collection, chance)
        clock.advance(days=chance.choice([1, 1, 2, 5]))
    (decks / "leaving.md").write_text(LEAVING.partition("\n\nQ: What goes")[0] + "\n")
    import_paths(collection, [decks], Options())
    return collection


def _one_day(collection: Collection, chance: random.Random) -> None:
    sitting = Desk(collection).start()
    for _ in range(chance.randint(1, 9)):
        if sitting.asked is None:
            break
        act, card = chance.random(), sitting.asked.card_id
        if act < 0.08:
            sitting.undo()
        elif act < 0.12:
            sitting.flag("look — again 🚩")
        elif act < 0.15:
            sitting.bury()
        elif act < 0.17:
            sitting.suspend()
        elif act < 0.2:
            log.record_event(collection, card, EventKind.RESET)
            break
        else:
            sitting.answer(chance.choices(list(Rating), (30, 10, 50, 10))[0])
    sitting.close()
