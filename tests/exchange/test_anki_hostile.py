"""Packages that are damaged or mean harm: one sentence, and nothing written."""

from __future__ import annotations

import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd
from support.anki_files import AnkiFile
from support.looking import rows

from srs.exchange.anki import archive
from srs.store.collection import Collection
from srs.store.ingest.report import ImportReport

Bring = Callable[..., ImportReport]


def assert_refused(collection: Collection, report: ImportReport, code: str, says: str) -> None:
    (error,) = report.errors
    assert (error.code, error.line) == (code, 1)
    assert says in error.message
    assert "\n" not in error.message
    assert rows(collection, "SELECT COUNT(*) FROM note") == [(0,)]
    assert not (collection.path.parent / "media").exists()


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "lfs-pointer", "git lfs"),
        (b"", "bad-package", "no whole Anki package"),
        (b"PK\x03\x04 and nothing more", "bad-package", "no whole Anki package"),
        (b"\x00" * 5000, "bad-package", "no whole Anki package"),
    ],
)
def test_what_is_no_package_is_refused(
    collection: Collection, tmp_path: Path, bring: Bring, content: bytes, code: str, says: str
) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(content)
    assert_refused(collection, bring(path), code, says)


def test_a_truncated_package_is_refused(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b")
    path = anki_file.package()
    path.write_bytes(path.read_bytes()[:-200])
    assert_refused(collection, bring(path), "bad-package", "no whole Anki package")


def test_a_package_without_a_collection_is_refused(
    collection: Collection, tmp_path: Path, bring: Bring
) -> None:
    path = pack(tmp_path, {"media": b"{}", "../collection.anki2": b"x"})
    assert_refused(collection, bring(path), "no-collection", "holds no Anki collection")


def test_a_link_in_the_place_of_the_collection_is_refused(
    collection: Collection, tmp_path: Path, bring: Bring
) -> None:
    path = tmp_path / "deck.apkg"
    with zipfile.ZipFile(path, "w") as target:
        link = zipfile.ZipInfo("collection.anki2")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
    assert_refused(collection, bring(path), "bad-package", "is a link")


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_is_refused_before_it_fills_the_disk(
    collection: Collection,
    tmp_path: Path,
    bring: Bring,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(archive, "RATIO_COUNTS_FROM", 1 << 20)
    bomb = bytes(8 << 20)
    data = zstd.compress(bomb) if name.endswith("b") else bomb
    path = pack(tmp_path, {name: data})
    assert_refused(collection, bring(path), "too-large", "far more than a deck needs")


@pytest.mark.parametrize("data", [b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database_is_refused(
    collection: Collection, tmp_path: Path, bring: Bring, data: bytes
) -> None:
    path = pack(tmp_path, {"collection.anki21": data})
    assert_refused(collection, bring(path), "bad-package", "damaged")


def test_a_database_cut_in_the_middle_is_refused(
    collection: Collection, anki_file: AnkiFile, tmp_path: Path, bring: Bring
) -> None:
    for number in range(300):
        anki_file.add(f"g{number}", "a" * 200, "b")
    whole = anki_file.path.read_bytes()
    path = pack(tmp_path, {"collection.anki2": whole[: len(whole) // 2]})
    assert_refused(collection, bring(path), "bad-package", "damaged")


def test_views_in_the_place_of_tables_are_refused(
    collection: Collection, anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.db.executescript(
        "DROP TABLE revlog; CREATE VIEW revlog AS WITH RECURSIVE t(id) AS "
        "(SELECT 1 UNION ALL SELECT id + 1 FROM t) SELECT id FROM t"
    )
    anki_file.add("g1", "a", "b")
    assert_refused(collection, bring(anki_file.package()), "bad-package", "no table revlog")


@pytest.mark.parametrize("column", ["models", "decks", "conf"])
@pytest.mark.parametrize("value", ["[1", "[]", '{"1": 5}', "null", "[" * 100_000])
def test_json_of_other_shapes_is_refused_or_reads_as_nothing(
    anki_file: AnkiFile, bring: Bring, column: str, value: str
) -> None:
    anki_file.add("g1", "a", "b")
    anki_file.db.execute(f"UPDATE col SET {column} = ?", (value,))
    report = bring(anki_file.package())
    assert all(error.code == "bad-package" for error in report.errors)
    assert len(report.errors) <= 1


def test_columns_of_other_types_are_refused_or_read_as_nothing(
    anki_file: AnkiFile, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b", due="soon", ivl=b"\xff")
    anki_file.db.execute("UPDATE notes SET flds = x'ff00'")
    assert [error.code for error in bring(anki_file.package()).errors] == ["bad-package"]


@pytest.mark.parametrize("media_map", [b"[", b"[]", b"\xff\xff", b"[" * 100_000])
def test_a_damaged_list_of_media_is_refused(
    collection: Collection, anki_file: AnkiFile, bring: Bring, media_map: bytes
) -> None:
    anki_file.add("g1", "a", "b")
    report = bring(anki_file.package(media_map=media_map))
    assert_refused(collection, report, "bad-package", "list of media is damaged")


@pytest.mark.parametrize("name", ["../up.png", "/abs.png", "a/b.png", "..", "c:\\x.png", ".part"])
def test_media_never_leave_their_folder(
    collection: Collection, tmp_path: Path, anki_file: AnkiFile, bring: Bring, name: str
) -> None:
    anki_file.add("g1", f'<img src="{name}">', "b")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    path = anki_file.package(media={name: b"x"})
    bring(path)
    after = sorted(path.name for path in tmp_path.rglob("*"))
    assert [each for each in after if each not in before] == ["deck.apkg"]


def test_one_bad_package_keeps_the_others_out_unless_told_to_go_on(
    collection: Collection, anki_file: AnkiFile, tmp_path: Path, bring: Bring
) -> None:
    anki_file.add("g1", "a", "b")
    good = anki_file.package("good.apkg")
    bad = tmp_path / "bad.apkg"
    bad.write_bytes(b"x")
    assert bring(good, bad).added == 0
    assert rows(collection, "SELECT COUNT(*) FROM note") == [(0,)]
    assert bring(good, bad, keep_going=True).added == 1


def test_a_database_is_never_written_to(anki_file: AnkiFile, bring: Bring) -> None:
    anki_file.db.execute("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END")
    anki_file.add("g1", "a", "b", deck=1)
    with sqlite3.connect(anki_file.path) as db:
        assert db.execute("SELECT COUNT(*) FROM notes").fetchone() == (0,)
    assert [w.code for w in bring(anki_file.package()).warnings] == ["no-cards"]


def pack(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "deck.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path
