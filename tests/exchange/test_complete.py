"""The complete JSON takes everything away and brings it back equal."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel
from support.clock import ManualClock
from support.lived import lived_in

from srs.errors import SrsError
from srs.exchange import complete
from srs.practice.desk import Desk
from srs.schedule.model import Rating
from srs.store.collection import Collection
from srs.store.complete import LEFT_OUT, PARTS, dump
from srs.store.doctor import examine
from srs.store.ingest.run import Options, import_paths


def everything(collection: Collection) -> dict[str, list[Any]]:
    """Return the rows of every part but for ids of their own, in an order of their own."""
    with collection.reading_sql() as execute:
        return {name: sorted(map(repr, rows)) for name, _, rows in dump(execute)}


@pytest.fixture
def lived(tmp_path: Path, clock: ManualClock) -> Collection:
    return lived_in(tmp_path / "lived", clock)


def opened(path: Path, clock: ManualClock, seed: int = 9) -> Collection:
    return Collection.open(path, clock=clock, chance=random.Random(seed))


def test_every_table_is_in_the_document() -> None:
    parts = {table.name for table in PARTS.values()}
    assert parts | LEFT_OUT == set(SQLModel.metadata.tables)
    assert not parts & LEFT_OUT


@pytest.mark.parametrize("seed", range(4))
def test_an_empty_collection_becomes_equal(tmp_path: Path, clock: ManualClock, seed: int) -> None:
    lived = lived_in(tmp_path / "lived", clock, seed)
    with lived.reading_sql() as execute:
        kinds = {kind for (kind,) in execute("SELECT DISTINCT kind FROM event", {})}
        leeches = [id_ for (id_,) in execute("SELECT id FROM card WHERE leech", {})]
        retired = [id_ for (id_,) in execute("SELECT id FROM card WHERE retired", {})]
    assert "void" in kinds or seed
    assert retired
    assert leeches or seed
    counts = complete.write(lived, tmp_path / "all.json")
    assert counts["reviews"] > 30
    other = opened(tmp_path / "other" / "collection.db", clock)
    merged = complete.read(other, tmp_path / "all.json")
    assert everything(other) == everything(lived)
    assert merged.into_empty
    assert examine(other).findings == ()
    assert other.settings == lived.settings


def test_the_document_is_plain_json_that_names_its_columns(
    tmp_path: Path, lived: Collection
) -> None:
    complete.write(lived, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert document["format"] == "srs-collection"
    reviews = document["reviews"]
    first = dict(zip(reviews["columns"], reviews["rows"][0], strict=True))
    assert first["card"] in {row[0] for row in document["cards"]["rows"]}
    assert first["scheduled"] is True


def test_the_layout_of_the_json_does_not_matter(
    tmp_path: Path, lived: Collection, clock: ManualClock
) -> None:
    complete.write(lived, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    (tmp_path / "wide.json").write_text(json.dumps(document, indent=3), encoding="utf-8")
    other = opened(tmp_path / "other.db", clock)
    complete.read(other, tmp_path / "wide.json")
    assert everything(other) == everything(lived)


def test_two_computers_that_went_apart_come_together_to_the_same(
    tmp_path: Path, lived: Collection, clock: ManualClock
) -> None:
    complete.write(lived, tmp_path / "start.json")
    other = opened(tmp_path / "other.db", clock)
    complete.read(other, tmp_path / "start.json")
    for collection, rating in ((lived, Rating.GOOD), (other, Rating.AGAIN)):
        clock.advance(minutes=7)
        sitting = Desk(collection).start()
        for _ in range(3):
            if sitting.asked is not None:
                sitting.answer(rating)
        sitting.close()
    complete.write(lived, tmp_path / "here.json")
    complete.write(other, tmp_path / "there.json")
    complete.read(lived, tmp_path / "there.json")
    merged = complete.read(other, tmp_path / "here.json")
    assert merged.reviews
    assert merged.changed
    logs = [
        {name: rows for name, rows in everything(each).items() if name in ("reviews", "events")}
        for each in (lived, other)
    ]
    assert logs[0] == logs[1]
    for each in (lived, other):
        assert examine(each).findings == ()
    with lived.reading_sql() as here, other.reading_sql() as there:
        state = "SELECT uid, state, stability, due_day, due_ms, leech FROM card ORDER BY uid"
        assert list(here(state, {})) == list(there(state, {}))


def test_a_second_time_changes_nothing(
    tmp_path: Path, lived: Collection, clock: ManualClock
) -> None:
    complete.write(lived, tmp_path / "all.json")
    before = everything(lived)
    merged = complete.read(lived, tmp_path / "all.json")
    assert (merged.notes, merged.cards, merged.reviews, merged.changed) == (0, 0, 0, 0)
    assert everything(lived) == before


def test_the_same_deck_imported_on_both_sides_is_the_same_cards(
    tmp_path: Path, lived: Collection, clock: ManualClock
) -> None:
    from srs.store.ingest.run import import_paths

    other = opened(tmp_path / "other.db", clock)
    import_paths(other, [tmp_path / "lived" / "notes"])
    complete.write(lived, tmp_path / "all.json")
    merged = complete.read(other, tmp_path / "all.json")
    assert merged.reviews
    living = "SELECT count(*) FROM card WHERE NOT retired"
    with lived.reading_sql() as here, other.reading_sql() as there:
        assert list(here(living, {})) == list(there(living, {}))
    assert examine(other).findings == ()


def broken(document: dict[str, Any], how: str) -> str:
    """Return the text of a document after something was done to it."""
    rows = document["reviews"]["rows"]
    columns = document["reviews"]["columns"]
    match how:
        case "cut":
            text = json.dumps(document)
            return text[: len(text) * 3 // 4]
        case "rating":
            rows[-1][columns.index("rating")] = 9
        case "uid":
            rows[-1][0] = "not hexadecimal"
        case "card":
            rows[-1][columns.index("card")] = "00" * 16
        case "day":
            rows[-1][columns.index("study_day")] = 10**12
        case "truth":
            rows[-1][columns.index("scheduled")] = "yes"
        case "newer":
            document["migrations"].append("of_tomorrow")
        case "column":
            document["events"]["columns"][0] = "surprise"
        case "deep":
            return '{"format": "srs-collection", "x": ' + "[" * 200_000
        case "details":
            notes = document["notes"]
            notes["rows"][0][notes["columns"].index("details")] = "[1]"
        case "half":
            notes = document["notes"]
            notes["rows"][0][notes["columns"].index("front")] = "\ud800"
        case "path":
            decks = document["decks"]
            decks["rows"][0][decks["columns"].index("path")] = "bundled:../../secret"
        case "nothing":
            return "{}"
        case "part":
            del document["events"]
        case "settings":
            document["settings"]["rows"].append(["new-per-day", "many"])
        case "weights":
            document["weights"]["rows"][0][2] = "[0, NaN]"
        case _:
            return '{"format": "srs-collection", "version": 1} {}'
    return json.dumps(document)


WAYS = """
cut rating uid card day truth newer column deep details half path nothing part settings weights two
"""


@pytest.mark.parametrize("how", WAYS.split())
def test_a_file_that_is_not_sound_changes_nothing_and_says_why_in_one_sentence(
    tmp_path: Path, lived: Collection, clock: ManualClock, how: str
) -> None:
    complete.write(lived, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    (tmp_path / "bad.json").write_text(broken(document, how), encoding="utf-8")
    other = opened(tmp_path / "other.db", clock)
    before = everything(other)
    with pytest.raises(SrsError) as raised:
        complete.read(other, tmp_path / "bad.json")
    assert str(tmp_path / "bad.json") in str(raised.value)
    assert "\n" not in str(raised.value)
    assert everything(other) == before


def test_rehearsals_go_along_line_by_line_and_only_once(
    tmp_path: Path, lived: Collection, clock: ManualClock
) -> None:
    deck = tmp_path / "stories.md"
    deck.write_text("---\ndeck: S\n---\n## Story: Why?\n- [ ] One\n- [ ] Two\n", encoding="utf-8")
    import_paths(lived, [deck], Options())
    repertoire = Desk(lived).repertoire()
    rehearsal = repertoire.rehearse(repertoire.choose("why"))
    rehearsal.stop()
    rehearsal.give(2)
    rehearsal.give(1)
    rehearsal.write_note("slower")
    rehearsal.grade()
    complete.write(lived, tmp_path / "all.json")
    other = opened(tmp_path / "other.db", clock)
    complete.read(other, tmp_path / "all.json")
    complete.read(other, tmp_path / "all.json")
    assert everything(other) == everything(lived)
    told = Desk(other).repertoire().listed()
    assert [each.newest.total for each in told if each.newest] == [3]
    assert examine(other).findings == ()


@pytest.mark.parametrize(
    ("part", "column", "value"),
    [
        ("rehearsals", "probes", "{"),
        ("rehearsals", "probes", "[1]"),
        ("rehearsal_marks", "points", 3),
        ("rehearsal_marks", "position", None),
        ("rehearsal_marks", "kind", "cheer"),
    ],
)
def test_rows_about_rehearsals_that_mean_nothing_are_refused(
    tmp_path: Path, lived: Collection, clock: ManualClock, part: str, column: str, value: object
) -> None:
    deck = tmp_path / "stories.md"
    deck.write_text("---\ndeck: S\n---\n## Story: Why?\n- [ ] One\n", encoding="utf-8")
    import_paths(lived, [deck], Options())
    repertoire = Desk(lived).repertoire()
    rehearsal = repertoire.rehearse(repertoire.choose("why"))
    rehearsal.stop()
    rehearsal.give(2)
    complete.write(lived, tmp_path / "all.json")
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    place = document[part]["columns"].index(column)
    document[part]["rows"][0][place] = value
    (tmp_path / "bad.json").write_text(json.dumps(document), encoding="utf-8")
    other = opened(tmp_path / "other.db", clock)
    with pytest.raises(SrsError, match=f"row 1 of {part}"):
        complete.read(other, tmp_path / "bad.json")
