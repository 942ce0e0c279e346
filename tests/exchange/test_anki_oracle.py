"""Packages of every generation, written by Anki, hold for us what they hold for Anki."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from support import anki_packages
from support.looking import rows

from srs.exchange.anki.archive import Package
from srs.exchange.anki.content import load
from srs.exchange.anki.database import opened
from srs.exchange.anki.sides import NoteRow, card_html
from srs.exchange.importing import import_any
from srs.exchange.readers import Surroundings
from srs.schedule.clock import SystemClock
from srs.schedule.model import State
from srs.store.collection import Collection
from srs.store.doctor import examine

pytest.importorskip("anki", reason="Anki's own library is the oracle")

CARD = """
SELECT note.explicit_id, card.sibling, card.state, card.due_day, card.suspended, card.flag,
    card.buried_until, card.id
FROM card JOIN note ON note.id = card.note_id WHERE NOT card.retired
"""
REVIEW = """
SELECT note.explicit_id, review.ms, review.rating, review.duration_ms, review.scheduled
FROM review JOIN card ON card.id = review.card_id JOIN note ON note.id = card.note_id
"""


@pytest.fixture(params=anki_packages.GENERATIONS)
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return anki_packages.package(tmp_path, request.param)


@pytest.fixture
def anki(package: Path, tmp_path: Path) -> Iterator[Any]:
    col = anki_packages.read_by_anki(package, tmp_path)
    yield col
    col.close()


@pytest.fixture
def ours(package: Path, tmp_path: Path) -> Iterator[Collection]:
    # Anki reads the computer's clock, and so days are only told alike by the same one.
    with Collection.open(tmp_path / "ours" / "collection.db", clock=SystemClock()) as collection:
        report = import_any(collection, [package])
        assert report.errors == []
        yield collection


def test_notes_tags_and_cards_are_those_that_anki_reads(ours: Collection, anki: Any) -> None:
    found = rows(ours, "SELECT explicit_id, details FROM note")
    tags: dict[str, str] = dict(found)
    for note_id in anki.find_notes(""):
        note = anki.get_note(note_id)
        for tag in note.tags:
            assert f'"{tag}"' in tags[note.guid]
    assert len(found) == anki.note_count()
    expected = anki.db.all(
        "select n.guid, count() from cards c join notes n on n.id = c.nid group by 1 order by 1"
    )
    counted: dict[str, int] = {}
    for guid, *_ in rows(ours, CARD):
        counted[guid] = counted.get(guid, 0) + 1
    assert sorted(map(list, counted.items())) == expected


def test_every_review_is_kept_as_anki_has_it(ours: Collection, anki: Any) -> None:
    expected = anki.db.all(
        "select n.guid, r.id, r.ease, r.time from revlog r join cards c on c.id = r.cid "
        "join notes n on n.id = c.nid where r.ease > 0 order by r.id"
    )
    found = sorted(rows(ours, REVIEW), key=lambda row: row[1])
    assert [list(row[:4]) for row in found] == expected
    assert len(expected) > 8
    assert sum(not row[4] for row in found) == 1  # the cram moved no schedule


def test_scheduling_stands_where_it_stood(ours: Collection, anki: Any) -> None:
    today = ours.now().study_day
    expected = []
    for guid, type_, due, odue, odid in anki.db.all(
        "select n.guid, c.type, c.due, c.odue, c.odid from cards c join notes n on n.id = c.nid"
    ):
        day = None
        if type_ == State.REVIEW:
            day = today + (odue if odid else due) - anki.sched.today
        expected.append((guid, type_, day))
    found = [
        (guid, state, due if state == State.REVIEW else None)
        for guid, _, state, due, *_ in rows(ours, CARD)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert {state for _, state, _ in found} == {0, 1, 2, 3}


def test_suspended_buried_and_flagged_cards_are_so_here(ours: Collection, anki: Any) -> None:
    states = anki.db.all(
        "select sum(queue = -1), sum(queue in (-2, -3)), sum(flags & 7 > 0) from cards"
    )
    cards = rows(ours, CARD)
    found = [sum(bool(row[i]) for row in cards) for i in (4, 6, 5)]
    assert states == [found]
    assert min(found) > 0


def test_the_doctor_is_content_and_importing_again_changes_nothing(
    ours: Collection, package: Path
) -> None:
    assert examine(ours).findings == ()
    before = rows(ours, "SELECT * FROM card ORDER BY id"), rows(ours, "SELECT * FROM event")
    again = import_any(ours, [package])
    assert (again.changes, again.reviews) == (0, 0)
    assert again.unchanged == len(before[0])
    assert (rows(ours, "SELECT * FROM card ORDER BY id"), rows(ours, "SELECT * FROM event")) == (
        before
    )


def test_each_side_is_rendered_as_anki_renders_it(anki: Any, package: Path, tmp_path: Path) -> None:
    here = Surroundings(SystemClock(), 4)
    with Package(package) as opened_package:
        opened_package.unpack_collection(tmp_path / "unpacked")
    with opened(tmp_path / "unpacked") as database:
        content = load(database, here)

    def field(note: NoteRow, name: str) -> str:
        return note.fields[content.note_types[note.type_id].fields.index(name)]

    compared = 0
    for note in content.notes:
        for card in content.cards[note.id]:
            (theirs,) = anki.db.list(
                "select c.id from cards c join notes n on n.id = c.nid where n.guid = ? "
                "and c.ord = ?",
                note.guid,
                card.ord,
            )
            shown = anki.get_card(theirs).render_output(reload=True)
            sides = card_html(
                note, content.note_types[note.type_id], card.ord, content.decks[card.deck_id]
            )
            assert sides is not None
            assert plain(sides.question) == plain(shown.question_text)
            answer = shown.answer_text
            for box in re.findall(r"\[\[type:(.*?)\]\]", answer):
                answer = answer.replace(f"[[type:{box}]]", field(note, box))
            assert plain(sides.answer) == plain(answer)
            compared += 1
    assert compared == anki.card_count()


def plain(html: str) -> str:
    """Take off what Anki adds around deletions, hints, readings and the box to type in."""
    html = re.sub(r"<a class=hint.*?</a>\s*<div.*?</div>", "", html, flags=re.DOTALL)
    html = re.sub(r"\[\[type:.*?\]\]", "", html)
    html = re.sub(r"<ruby><rb>(.*?)</rb><rt>(.*?)</rt></ruby>", r"\1（\2）", html)
    html = re.sub(r"</?(?:span|b)\b[^<>]*>", "", html)
    return unescape(html).replace("[...]", "[…]").strip()
