"""A collection studied for some days, each topic recalled as often as is said."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from support.clock import ManualClock

from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.ingest.run import Options, import_paths

HALF_REMEMBERED = {
    "serving/tail-latency": 0.6,
    "serving/batching": 0.85,
    "monitoring/drift": 0.75,
    "resources": 0.95,
}


def write_decks(folder: Path, topics: Mapping[str, object], cards: int) -> None:
    """Write a deck a topic; those of training are about modelling, the rest infrastructure."""
    for topic in topics:
        side = "modelling" if topic.startswith("training") else "infrastructure"
        asked = "\n\n".join(f"Q: {topic}, question {n}?\nA: Answer." for n in range(cards))
        text = f"---\ndeck: {topic}\ntopic: {topic}\nside: {side}\n---\n{asked}\n"
        (folder / f"{topic.replace('/', '-')}.md").write_text(text, encoding="utf-8")


def study(
    collection: Collection,
    clock: ManualClock,
    folder: Path,
    recall: Mapping[str, float] = HALF_REMEMBERED,
    *,
    cards: int = 5,
    days: int = 20,
    slow: str = "",
) -> Collection:
    """Import the decks and answer what is due on so many days; the clock moves with it.

    An answer takes fifteen seconds, to the question `slow` ninety.
    """
    write_decks(folder, recall, cards)
    import_paths(collection, [folder], Options())
    collection.change_setting("leech-threshold", "99")
    chance = random.Random(5)
    desk = Desk(collection)
    for _ in range(days):
        sitting = desk.start()
        while sitting.asked is not None:
            clock.advance(minutes=1.5 if sitting.asked.question == slow else 0.25)
            right = chance.random() < recall[sitting.asked.topic]
            sitting.answer(Rating.GOOD if right else Rating.AGAIN)
        sitting.close()
        clock.advance(days=1)
    return collection
