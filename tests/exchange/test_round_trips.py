"""What comes back of a collection that was exported and imported into an empty one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.clock import ManualClock
from support.lived import lived_in

from srs.exchange import complete, folder, table
from srs.exchange.importing import import_any
from srs.exchange.package import writer
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.run import Options

WAYS: dict[str, Callable[[Collection, Path], Any]] = {
    "out.json": complete.write,
    "out.apkg": writer.write,
    "text": folder.write_folder,
    "out.md": folder.write_file,
    "out.csv": table.write,
}
LIVING = "FROM note n JOIN topic t ON t.id = n.topic_id WHERE NOT n.retired"
LIVING_CARDS = (
    "FROM card c JOIN note n ON n.id = c.note_id JOIN deck d ON d.id = c.deck_id "
    "WHERE NOT c.retired"
)
# What each way keeps, as the manual's table says: `In and out` in the README.
SAME = {
    "cards": f"SELECT count(*) {LIVING_CARDS}",
    "topics": "SELECT t.path, count(*) FROM card c JOIN topic t ON t.id = c.topic_id "
    "WHERE NOT c.retired GROUP BY t.path ORDER BY t.path",
    "texts": f"SELECT text_hash {LIVING} ORDER BY 1",
    "decks": f"SELECT DISTINCT d.name {LIVING_CARDS} ORDER BY 1",
    "suspended": f"SELECT count(*) {LIVING_CARDS} AND suspended",
    "answers": "SELECT rating, duration_ms FROM review r JOIN card c ON c.id = r.card_id "
    "WHERE NOT c.retired AND NOT EXISTS (SELECT 1 FROM event v WHERE v.target = r.uid "
    "AND v.kind = 'void') ORDER BY rating, duration_ms",
    "due": f"SELECT due_day, reps, lapses {LIVING_CARDS} AND state = 2 ORDER BY 1, 2, 3",
    "log": "SELECT uid FROM review ORDER BY 1",
    "settings": "SELECT name, value FROM setting ORDER BY 1",
}
KEPT = {
    "out.json": set(SAME),
    "out.apkg": {"cards", "topics", "decks", "suspended", "answers", "due"},
    "text": {"cards", "topics", "texts", "decks"},
    "out.md": {"cards", "topics", "texts"},
    "out.csv": {"cards", "topics", "decks"},
}


def found(collection: Collection) -> dict[str, list[tuple[Any, ...]]]:
    with collection.reading_sql() as execute:
        return {name: [tuple(r) for r in execute(sql, {})] for name, sql in SAME.items()}


@pytest.mark.parametrize("name", WAYS)
def test_what_goes_out_comes_back_as_the_manual_says(
    tmp_path: Path, clock: ManualClock, name: str
) -> None:
    lived = lived_in(tmp_path / "lived", clock)
    WAYS[name](lived, tmp_path / name)
    other = Collection.open(tmp_path / "other" / "c.db", clock=clock, chance=random.Random(4))
    if name == "out.json":
        complete.read(other, tmp_path / name)
    else:
        report = import_any(other, [tmp_path / name], Options())
        assert report.errors == []
    before, after = found(lived), found(other)
    assert {each for each in SAME if before[each] == after[each]} >= KEPT[name]
    assert examine(other).findings == ()


def test_the_readme_names_the_keys_of_an_imports_json() -> None:
    from srs.store.ingest.report import ImportReport

    manual = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for key in json.loads(json.dumps(ImportReport().as_json())):
        assert f"`{key}`" in manual
