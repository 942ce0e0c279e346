"""`srs optimize` as a person calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import Srs
from support.learner import study
from support.looking import rows

from srs.insight import fitting
from srs.schedule.memory import DEFAULT_WEIGHTS
from srs.store.collection import Collection
from srs.store.doctor import examine

# forgets faster at first, gains less by each answer, and forgets along another curve
FORGETFUL = tuple(
    weight * (0.45 if place < 4 else {8: 0.75, 11: 0.6, 20: 2.2}.get(place, 1.0))
    for place, weight in enumerate(DEFAULT_WEIGHTS)
)


def deck(folder: Path, cards: int) -> Path:
    folder.mkdir()
    body = "\n\n".join(f"Q: Question {number}?\nA: Answer {number}." for number in range(cards))
    path = folder / "deck.md"
    path.write_text(f"---\ndeck: D\n---\n\n# t\n\n{body}\n", encoding="utf-8")
    return path


def lived(srs: Srs, folder: Path, cards: int, weights: tuple[float, ...]) -> None:
    srs("import", deck(folder, cards))
    with Collection.open() as collection:
        study(collection, weights, 8)
        examine(collection, repair=True)


def memories() -> list[tuple[float, float]]:
    with Collection.open() as collection:
        return rows(collection, "SELECT stability, difficulty FROM card ORDER BY id")


def versions() -> int:
    with Collection.open() as collection:
        ((count,),) = rows(collection, "SELECT COUNT(*) FROM weights")
    return int(count)


def test_weights_of_another_learner_are_found_taken_and_given_back(
    srs: Srs, tmp_path: Path
) -> None:
    lived(srs, tmp_path / "d", 350, FORGETFUL)
    before = memories()
    with Collection.open() as collection:
        due = rows(collection, "SELECT due_day, state, step FROM card ORDER BY id")
    found = srs("optimize", "--yes", "--json").json
    assert found["better"]
    assert found["accepted"]
    assert found["fitted"]["log_loss"] < found["present"]["log_loss"] - 0.005
    assert found["fitted"]["rmse"] < found["present"]["rmse"]
    assert found["fitted_on"] + found["judged_on"] == 350 * 8
    assert found["rebuilt"] == 350
    with Collection.open() as collection:
        assert collection.weights == pytest.approx(found["weights"])
        assert rows(collection, "SELECT due_day, state, step FROM card ORDER BY id") == due
        assert examine(collection).healthy
    assert memories() != before
    assert "350 cards were rebuilt" in srs("optimize", "--undo").out
    assert memories() == [pytest.approx(pair, rel=1e-9) for pair in before]
    assert srs("doctor").status == 0
    again = srs("optimize", "--undo")
    assert (again.status, again.out) == (1, "")
    assert "none to go back to" in again.err


def test_weights_that_fit_already_stay(srs: Srs, tmp_path: Path) -> None:
    lived(srs, tmp_path / "d", 150, DEFAULT_WEIGHTS)
    outcome = srs("optimize", "--yes")
    assert "present weights" in outcome.out
    assert "fitted weights" in outcome.out
    assert "moving average" in outcome.out
    assert "do not surely predict you better" in outcome.out
    assert versions() == 1


def test_with_300_answers_it_says_how_many_are_missing(srs: Srs, tmp_path: Path) -> None:
    srs("import", deck(tmp_path / "d", 50))
    with Collection.open() as collection:
        study(collection, FORGETFUL, 6)
    outcome = srs("optimize", "--yes")
    assert outcome.status == 0
    assert "300 answers" in outcome.out
    assert "700 more are needed" in outcome.out
    assert srs("optimize", "--json").json["missing"] == 700
    assert versions() == 1


@pytest.fixture
def enough(srs: Srs, tmp_path: Path) -> None:
    lived(srs, tmp_path / "d", 130, FORGETFUL)


def test_without_the_library_it_says_what_to_install(
    srs: Srs, enough: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "find_spec", lambda _: None)
    outcome = srs("optimize", "--yes")
    assert outcome.status == 1
    assert f"run {sys.executable} -m pip install fsrs-rs-python" in outcome.err
    assert versions() == 1


def test_a_fit_that_crashes_changes_nothing(
    srs: Srs, enough: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = memories()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    outcome = srs("optimize", "--yes")
    assert outcome.status == 1
    assert outcome.err.startswith("srs: The fit broke off, so nothing was changed")
    assert (versions(), memories()) == (1, before)


def test_a_fit_that_is_stopped_changes_nothing_and_leaves_no_process(
    srs: Srs, enough: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = memories()
    begun = []

    class Interrupted(subprocess.Popen[bytes]):
        def communicate(self, *_: object, **__: object) -> tuple[bytes, bytes]:
            begun.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    outcome = srs("optimize", "--yes")
    assert (outcome.status, outcome.err) == (130, "Stopped; nothing was changed.\n")
    assert begun[0].returncode is not None
    assert (versions(), memories()) == (1, before)


def test_nothing_is_taken_unasked(srs: Srs, tmp_path: Path) -> None:
    lived(srs, tmp_path / "d", 350, FORGETFUL)
    outcome = srs("optimize")
    assert "srs optimize --yes takes the new weights" in outcome.out
    assert versions() == 1


def test_a_sitting_elsewhere_goes_on_by_the_new_weights(srs: Srs, enough: None) -> None:
    from srs.practice.desk import Desk
    from srs.schedule.model import Rating
    from srs.store.weights import adopt

    with Collection.open() as sitting, Collection.open() as other:
        adopt(other, FORGETFUL)
        asked = Desk(sitting).start()
        asked.answer(Rating.GOOD)
        assert sitting.weights == FORGETFUL
        assert examine(other).healthy


def test_a_higher_retention_costs_more_and_gives_more(srs: Srs, enough: None) -> None:
    found = srs("optimize", "--workload", "--json").json["workload"]
    assert [load["desired_retention"] for load in found][::7] == [0.80, 0.97]
    assert found[-1]["minutes_per_day"] > found[0]["minutes_per_day"] > 0
    assert found[-1]["recall"] > found[0]["recall"] + 0.05
    shown = srs("optimize", "--workload").out
    assert "0.90 *" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_without_cards_there_is_no_workload(srs: Srs) -> None:
    assert srs("optimize", "--workload").out.startswith("There are no cards yet")
