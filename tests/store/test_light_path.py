"""What the light path knows by heart agrees with what it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from srs.store import home, migrations, preferences, sqlite, versions
from srs.store.collection import Collection


def test_the_light_path_knows_every_migration() -> None:
    assert tuple(migrations.STEPS) == versions.MIGRATIONS


@pytest.mark.parametrize("data", [None, "", "/elsewhere"])
def test_data_lives_where_the_platform_prescribes(
    data: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SRS_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data)
    assert Path(home.folder()) == user_data_path("srs", appauthor=False)


def test_a_folder_with_awkward_signs_in_its_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20 d" / "collection.db"
    with Collection.open(path) as collection:
        collection.change_setting("theme", "nord")
        collection.change_setting("key.review.undo", "z")
    assert preferences.read_preferences(path) == ("nord", {"review.undo": "z"})
    with sqlite.read_only(path) as connection:
        assert connection.execute("SELECT count(*) FROM card").fetchone() == (0,)
