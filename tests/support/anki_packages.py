"""Anki itself, as the oracle of what a package holds; only where its library is installed."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

GENERATIONS = ("anki2", "anki21", "anki21b", "colpkg", "colpkg21")


def fill(col: Any) -> None:
    """Give a collection notes of every type, answers, and cards in every state."""
    add_notes(col)
    answer_some(col)


def add_notes(col: Any) -> None:
    deck = col.decks.id("ML interview::Serving")
    other = col.decks.id("Default")

    def add(kind: str, into: int, tags: tuple[str, ...] = (), **fields: str) -> Any:
        note = col.new_note(col.models.by_name(kind))
        for name, value in fields.items():
            note[name.replace("_", " ")] = value
        note.tags = list(tags)
        col.add_note(note, into)
        return note

    add(
        "Basic",
        deck,
        ("serving::batching", "hard"),
        Front="Why batch?",
        Back="Share <b>weights</b>",
    )
    add("Basic", deck, Front=r"What is \(a_1 &lt; b\)?", Back="a<br>b<br><br>c &amp; d")
    add("Basic", other, ("flat",), Front="<div>one</div><div>two</div>", Back="<ul><li>x</li></ul>")
    add("Basic (and reversed card)", deck, Front="TTFT", Back="time to first token")
    add("Basic (optional reversed card)", deck, Front="f1", Back="b1")
    add("Basic (optional reversed card)", deck, Front="f2", Back="b2", Add_Reverse="y")
    add("Basic (type in the answer)", deck, Front="Type me", Back="KV cache")
    add("Cloze", deck, Text="Decode is bound by {{c1::memory}}; prefill by {{c2::compute [x]}}.")
    add("Cloze", deck, Text="A {{c1::b::hint}} and {{c1::c}}", Back_Extra="extra")
    add("Cloze", deck, Text="{{c1::outer {{c2::inner}}}} end", Back_Extra="")
    add("Cloze", deck, Text=r"Math {{c1::\(x^2\)}} in", Back_Extra="<i>why</i>")
    models = col.models
    custom = models.new("Custom")
    for name in ("Term", "Meaning", "Note"):
        models.add_field(custom, models.new_field(name))
    for name, question, answer in (
        (
            "Recall",
            "{{Term}} {{#Note}}({{Note}}){{/Note}}",
            "{{FrontSide}}<hr id=answer>{{Meaning}}",
        ),
        ("Where", "{{#Note}}Where is {{text:Term}}?{{/Note}}", "{{Note}} {{hint:Meaning}}"),
        ("Say", "{{Meaning}} {{^Note}}no note{{/Note}} {{Deck}} {{Tags}}", "{{furigana:Term}}"),
    ):
        template = models.new_template(name)
        template["qfmt"], template["afmt"] = question, answer
        models.add_template(custom, template)
    models.add(custom)
    add("Custom", deck, ("a", "b"), Term="<b>KV</b> 日本[にほん]", Meaning="cache", Note="HBM")
    add("Custom", deck, Term="<i>t</i>", Meaning="m", Note="")


def answer_some(col: Any) -> None:
    day = 86_400_000
    cards = [col.get_card(i) for i in col.find_cards("", order="c.id")]
    now = time.time_ns() // 1_000_000_000 * 1000
    start = now - 60 * day  # sixty days before the packages are made
    today = col.sched.today

    def log(card: Any, *rows: tuple[int, int, int, int, int, int]) -> None:
        for days, ease, interval, last, factor, kind in rows:
            col.db.execute(
                "insert into revlog values (?,?,-1,?,?,?,?,?,?)",
                start + days * day + card.ord + cards.index(card) * 10,
                card.id,
                ease,
                interval,
                last,
                factor,
                4000 + card.ord * 1000,
                kind,
            )

    def put(card: Any, **values: Any) -> None:
        names = ", ".join(f"{name}=?" for name in values)
        col.db.execute(f"update cards set {names} where id=?", *values.values(), card.id)

    put(cards[0], type=2, queue=2, due=today - 20, ivl=30, factor=2450, reps=3, lapses=1)
    log(cards[0], (0, 3, 1, -60, 0, 0), (1, 3, 4, 1, 2500, 1), (6, 4, 34, 4, 2650, 1))
    # begins in the middle: its first answers are not in the log
    put(cards[1], type=2, queue=2, due=today + 5, ivl=20, factor=2100, reps=9)
    log(cards[1], (45, 3, 20, 12, 2100, 1))
    # no log at all, but a schedule
    put(cards[2], type=2, queue=2, due=today + 9, ivl=15, factor=2500, reps=4)
    # FSRS knows it, the log does not
    put(
        cards[3],
        type=2,
        queue=2,
        due=today + 3,
        ivl=12,
        factor=2500,
        data='{"s":13.5,"d":4.25,"dr":0.92}',
    )
    put(cards[4], queue=-1)
    put(cards[5], queue=-3, type=2, due=today, ivl=2, factor=2500)
    log(cards[5], (57, 3, 2, -600, 2500, 0))
    put(cards[6], flags=1)
    # made new again after an answer
    log(cards[7], (3, 3, 2, -60, 0, 0), (4, 0, 0, 0, 0, 4))
    # relearning and learning
    put(cards[8], type=3, queue=1, due=now // 1000 - 100, ivl=1, factor=2300, left=1001)
    log(cards[8], (2, 3, 5, -600, 2500, 0), (59, 1, -600, 5, 2300, 1))
    put(cards[9], type=1, queue=1, due=now // 1000 - 50, left=1001)
    log(cards[9], (59, 3, -600, -60, 0, 0))
    # a cram that moved nothing, in a filtered deck
    put(cards[10], type=2, queue=2, due=today + 4, ivl=8, factor=2500)
    log(cards[10], (10, 3, 8, -600, 2500, 0), (30, 3, 8, 8, 0, 3))
    cram = col.decks.new_filtered("Cram")
    config = col.decks.get(cram)
    config["terms"] = [[f"cid:{cards[10].id}", 10, 1]]
    col.decks.save(config)
    col.sched.rebuild_filtered_deck(cram)


def package(folder: Path, generation: str, fill_it: Callable[[Any], None] = fill) -> Path:
    """Write a package of a generation with Anki; `anki2` and `anki21` are legacy exports."""
    from anki.collection import Collection, ExportAnkiPackageOptions

    col = Collection(str(folder / "source.anki2"))
    try:
        fill_it(col)
        if generation.startswith("colpkg"):
            path = folder / f"{generation}.colpkg"
            col.export_collection_package(str(path), True, generation == "colpkg21")
            return path
        path = folder / f"{generation}.apkg"
        options = ExportAnkiPackageOptions(
            with_scheduling=True,
            with_deck_configs=True,
            with_media=True,
            legacy=generation != "anki21b",
        )
        col.export_anki_package(out_path=str(path), options=options, limit=None)
    finally:
        col.close()
    return _as_anki2(path) if generation == "anki2" else path


def _as_anki2(path: Path) -> Path:
    """Write a package as Anki 2.0 did: the same tables in the one `collection.anki2`."""
    older = path.with_name("older.apkg")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(older, "w") as target:
        for name in source.namelist():
            if name == "collection.anki21":
                target.writestr("collection.anki2", source.read(name))
            elif name not in ("collection.anki2", "meta"):
                target.writestr(name, source.read(name))
    return older


def read_by_anki(path: Path, folder: Path) -> Any:
    """Return a fresh Anki collection into which a package was imported."""
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    target = folder / "read.anki2"
    if path.suffix == ".colpkg":
        from anki._backend import RustBackend

        RustBackend().import_collection_package(
            col_path=str(target),
            backup_path=str(path),
            media_folder=str(folder / "read.media"),
            media_db=str(folder / "read.media.db2"),
        )
        return Collection(str(target))
    col = Collection(str(target))
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
    return col
