"""A package holds what Anki needs to go on where srs stands; Anki's own library is the judge."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.clock import ManualClock
from support.lived import lived_in

from srs.deck.cloze import deletions
from srs.deck.model import Ask, Kind, Note
from srs.exchange.importing import import_any
from srs.exchange.package.fields import fields_of, kind_of
from srs.exchange.package.writer import write
from srs.schedule.clock import DAY_S
from srs.store.collection import Collection
from srs.store.doctor import examine
from srs.store.ingest.run import import_paths
from srs.store.queue import Scope

STATES = "SELECT {} FROM card JOIN note ON note.id = card.note_id WHERE NOT card.retired"


@dataclass
class Opened:
    """A package as Anki imported it."""

    anki: Any

    def all(self, statement: str) -> list[Any]:
        return list(self.anki.db.all(statement))


@pytest.fixture
def lived(tmp_path: Path, clock: ManualClock) -> Collection:
    return lived_in(tmp_path / "lived", clock)


@pytest.fixture
def imported(tmp_path: Path, lived: Collection) -> Iterator[Opened]:
    opened = into_anki(lived, tmp_path)
    yield opened
    opened.anki.close()


def into_anki(collection: Collection, folder: Path) -> Opened:
    from anki import import_export_pb2 as messages
    from anki.collection import Collection as Anki

    write(collection, folder / "out.apkg", force=True)
    anki = Anki(str(folder / "anki.anki2"))
    options = messages.ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = messages.ImportAnkiPackageRequest(
        package_path=str(folder / "out.apkg"), options=options
    )
    log = anki.import_anki_package(request).log
    unwelcome = (log.conflicting, log.missing_notetype, log.missing_deck, log.duplicate)
    assert not any(map(len, unwelcome))
    return Opened(anki)


def srs_rows(collection: Collection, statement: str) -> list[Any]:
    with collection.reading_sql() as execute:
        return [tuple(row) for row in execute(statement, {})]


def test_every_living_note_and_card_is_there_with_its_topic_and_deck(
    lived: Collection, imported: Opened
) -> None:
    guids = {guid for (guid,) in imported.all("SELECT guid FROM notes")}
    notes = "SELECT uid FROM note WHERE NOT retired"
    assert guids == {uid.hex() for (uid,) in srs_rows(lived, notes)}
    assert len(imported.all("SELECT id FROM cards")) == len(srs_rows(lived, STATES.format("1")))
    names = {deck.name for deck in imported.anki.decks.all_names_and_ids()}
    assert names == {"Default", "Leaving", "Serving path"}
    tags = imported.all("SELECT tags FROM notes WHERE flds LIKE '%p50%'")
    assert "topic::serving::batching" in tags[0][0].split()


def test_every_answer_that_was_not_taken_back_is_there(lived: Collection, imported: Opened) -> None:
    kept = srs_rows(
        lived,
        "SELECT rating, duration_ms FROM review r JOIN card c ON c.id = r.card_id "
        "WHERE NOT retired AND NOT EXISTS "
        "(SELECT 1 FROM event v WHERE v.target = r.uid AND v.kind = 'void') "
        "ORDER BY r.card_id, r.ms",
    )
    resets = srs_rows(
        lived,
        "SELECT 1 FROM event e JOIN card c ON c.id = e.card_id WHERE kind = 'reset' "
        "AND NOT retired AND NOT EXISTS "
        "(SELECT 1 FROM event v WHERE v.target = e.uid AND v.kind = 'void')",
    )
    answers = imported.all("SELECT ease, time FROM revlog WHERE type <> 4")
    assert sorted(map(tuple, answers)) == sorted(kept)
    assert len(imported.all("SELECT id FROM revlog WHERE type = 4")) == len(resets)


def test_cards_are_due_there_on_the_day_they_are_due_here(
    lived: Collection, imported: Opened, clock: ManualClock
) -> None:
    here = srs_rows(
        lived, STATES.format("note.uid, sibling, due_day, reps, lapses") + " AND state = 2"
    )
    # The package counts days from a day of its own; Anki shifts them by what today is to both.
    with zipfile.ZipFile(lived.path.parent.parent / "out.apkg") as package:
        assert set(package.namelist()) == {"collection.anki21", "media"}
    today_there = imported.anki.sched.today
    created = imported.anki.db.scalar("SELECT crt FROM col")
    first_day = (created + clock.utc_offset_s(created)) // DAY_S
    there: dict[str, list[tuple[int, ...]]] = {}
    for guid, due, reps, lapses in imported.all(
        "SELECT guid, due, reps, lapses FROM cards c JOIN notes n ON n.id = c.nid WHERE type = 2"
    ):
        there.setdefault(guid, []).append((due + first_day, reps, lapses))
    assert today_there >= 0
    wanted: dict[str, list[tuple[int, ...]]] = {}
    for uid, _, due_day, reps, lapses in here:
        wanted.setdefault(uid.hex(), []).append((due_day, reps, lapses))
    assert {guid: sorted(rows) for guid, rows in there.items()} == {
        guid: sorted(rows) for guid, rows in wanted.items()
    }


def test_memory_suspension_and_flags_go_along(lived: Collection, imported: Opened) -> None:
    here = srs_rows(
        lived,
        STATES.format("note.uid, stability, difficulty, suspended, flag IS NOT NULL")
        + " AND state <> 0",
    )
    there = imported.all(
        "SELECT guid, c.data, queue, c.flags FROM cards c JOIN notes n ON n.id = c.nid "
        "WHERE type <> 0"
    )
    found = sorted(
        (guid, json.loads(data)["s"], json.loads(data)["d"], queue == -1, flags == 1)
        for guid, data, queue, flags in there
    )
    wanted = sorted(
        (uid.hex(), round(s, 4), round(d, 3), bool(suspended), bool(flag))
        for uid, s, d, suspended, flag in here
    )
    assert found == wanted


def test_anki_shows_the_question_the_answer_and_the_deletion(imported: Opened) -> None:
    shown = {}
    for (card_id,) in imported.all("SELECT id FROM cards"):
        card = imported.anki.get_card(card_id)
        shown[card.id] = (card.question(), card.answer())
    questions = " ".join(question for question, _ in shown.values())
    answers = " ".join(answer for _, answer in shown.values())
    assert r"\(M/M/1\)" in questions
    assert "[...]" in questions
    assert ">memory bandwidth</span>" in answers
    assert "☐ Situation with scale" in answers
    assert "<strong>20</strong>" in answers
    assert "hint" in questions


def test_the_package_is_the_same_for_anki_when_it_comes_again(
    tmp_path: Path, lived: Collection, imported: Opened
) -> None:
    from anki import import_export_pb2 as messages

    before = imported.all("SELECT count() FROM notes UNION ALL SELECT count() FROM revlog")
    write(lived, tmp_path / "again.apkg")
    options = messages.ImportAnkiPackageOptions(with_scheduling=True)
    request = messages.ImportAnkiPackageRequest(
        package_path=str(tmp_path / "again.apkg"), options=options
    )
    log = imported.anki.import_anki_package(request).log
    assert (len(log.new), len(log.conflicting)) == (0, 0)
    assert imported.all("SELECT count() FROM notes UNION ALL SELECT count() FROM revlog") == before


def test_pictures_go_along_and_files_outside_the_folder_do_not(
    tmp_path: Path, collection: Collection, folder: Path
) -> None:
    (folder / "img").mkdir()
    (folder / "img" / "a.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "pictures.md").write_text(
        "---\ndeck: Pictures\n---\n## What is ![it](img/a.png)?\n\n![b](img/a.png) ![no](gone.png) "
        f"![out](../secret.png) ![abs]({tmp_path}/secret.png) ![web](https://x.example/y.png)\n"
    )
    import_paths(collection, [folder])
    packed = write(collection, tmp_path / "out.apkg")
    assert packed.media == 1
    assert "gone.png" in packed.missing
    with zipfile.ZipFile(tmp_path / "out.apkg") as package:
        assert json.loads(package.read("media")) == {"0": "a.png"}
        assert package.read("0") == b"picture"


def test_srs_reads_its_own_packages_with_every_answer(
    tmp_path: Path, lived: Collection, collection: Collection
) -> None:
    packed = write(lived, tmp_path / "out.apkg")
    report = import_any(collection, [tmp_path / "out.apkg"])
    assert (report.errors, report.added) == ([], packed.cards)
    typed = "SELECT back FROM note WHERE front = 'The law of the queue''s length?'"
    assert srs_rows(collection, typed) == [("Little's law",)]
    dues = STATES.format("due_day, reps") + " AND state = 2 ORDER BY due_day, reps"
    assert srs_rows(collection, dues) == srs_rows(lived, dues)
    assert examine(collection).findings == ()


def test_a_scope_leaves_the_rest_out(tmp_path: Path, lived: Collection) -> None:
    assert write(lived, tmp_path / "one.apkg", Scope(deck="Leaving")).notes == 1


def field(text: str, kind: Kind = Kind.CLOZE) -> str:
    return fields_of(Note(kind, text, "back", "a", 1), lambda _: None)[0]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[`a::b`] is", "<p>{{c1::<code>a:<!-- -->:b</code>}} is</p>"),
        ("[x] and `{{c2::y}}`", "{<!-- -->{c2::y}<!-- -->}"),
        (r"[$\frac{1}{x_{2}}$]", r"<p>{{c1::\(\frac{1}{x_{2} }\)}}</p>"),
        ("[a] <script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[a] [l](javascript:alert)", "{{c1::a}} [l](javascript:alert)"),
        ("- [ ] [a] and\n- [b]", "{{c2::b}}"),
    ],
)
def test_deletions_code_and_mathematics_do_not_get_into_each_others_way(
    text: str, html: str
) -> None:
    assert html in field(text)
    assert field(text).count("{{c") == len(deletions(text))


def test_a_note_of_several_questions_has_a_card_for_each() -> None:
    asks = (Ask("1", "One?", "1"), Ask("2", "Two?", "2"))
    note = Note(Kind.BASIC, "f", "b", "a", 1, asks=asks)
    assert len(kind_of(note).templates) == 2
    assert fields_of(note, lambda _: None) == ["<p>One?</p>", "<p>1</p>", "<p>Two?</p>", "<p>2</p>"]
