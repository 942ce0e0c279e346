"""A person's stories beside the prompts: what is told by which, where the gaps are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.stories import P99, WHOLE

from srs.errors import SrsError
from srs.practice.desk import Desk
from srs.practice.repertoire import Repertoire
from srs.practice.stories import new_story
from srs.store.ingest.report import ImportReport

PROMPTS = f"""
## Story: {P99}
<!-- kind: serving -->
- [ ] Numbers

## Story: The p99 of a ranking service doubled in a week. What did you do?
<!-- kind: serving · company: high-traffic · id: ranking -->
- [ ] Numbers

## Story: A model got worse for weeks.
<!-- kind: monitoring -->
- [ ] Numbers
"""


@pytest.fixture
def repertoire(
    write: Callable[[str, str], Path], take_in: Callable[..., ImportReport], desk: Desk
) -> Repertoire:
    write("a.md", PROMPTS)
    take_in()
    repertoire = desk.repertoire()
    repertoire.folder.mkdir()
    (repertoire.folder / "week.md").write_text(WHOLE, encoding="utf-8")
    return repertoire


def test_the_map_counts_prompts_by_kind_and_company_profile(repertoire: Repertoire) -> None:
    found = repertoire.coverage()
    assert found.cells["serving", "big-tech"] == type(found.cells["serving", "big-tech"])(1, 1)
    high = found.cells["serving", "high-traffic"]
    assert (high.told, high.prompts) == (1, 2)
    assert [prompt.kind for prompt in found.without] == ["serving", "monitoring"]


def test_a_story_of_the_same_kind_is_proposed_and_nothing_is_written(
    repertoire: Repertoire,
) -> None:
    found = repertoire.coverage()
    proposed = {prompt.kind: found.proposals.get(prompt.card_id) for prompt in found.without}
    assert proposed["monitoring"] is None
    serving = proposed["serving"]
    assert serving is not None
    assert serving.name == "week"
    assert (repertoire.folder / "week.md").read_text(encoding="utf-8") == WHOLE


def test_mapping_writes_the_prompt_and_keeps_the_rest(repertoire: Repertoire) -> None:
    assert repertoire.map("week", "ranking")
    text = (repertoire.folder / "week.md").read_text(encoding="utf-8")
    assert text == WHOLE.replace(f"  - {P99}\n", f"  - {P99}\n  - ranking\n")
    assert not repertoire.map("The week p99 doubled", "ranking")
    assert [each.story for each in repertoire.listed()] == ["week", "week", None]
    assert list(repertoire.folder.iterdir()) == [repertoire.folder / "week.md"]


def test_answers_that_cannot_be_changed_safely_are_left_alone(repertoire: Repertoire) -> None:
    file = repertoire.folder / "week.md"
    odd = WHOLE.replace("answers:\n", "answers:\n# a word on the list\n")
    file.write_text(odd, encoding="utf-8")
    with pytest.raises(SrsError, match="by hand"):
        repertoire.map("week", "ranking")
    assert file.read_text(encoding="utf-8") == odd


def test_a_story_that_carries_too_many_prompts_is_named(repertoire: Repertoire) -> None:
    from srs.practice.stories import TOO_MANY_PROMPTS, coverage

    story, prompts = repertoire.shelf().find("week"), repertoire.prompts()
    many = [prompts[0]] * (TOO_MANY_PROMPTS + 1)
    assert coverage([story], many).overloaded == ((story, TOO_MANY_PROMPTS + 1),)
    assert coverage([story], many[1:]).overloaded == ()


def test_a_new_story_never_overwrites_one(repertoire: Repertoire) -> None:
    names = [new_story(repertoire.folder, "serving", title).name for title in ("Week", None, None)]
    assert names == ["week-2.md", "serving-1.md", "serving-2.md"]
    assert (repertoire.folder / "week.md").read_text(encoding="utf-8") == WHOLE


def test_a_file_that_cannot_be_read_is_named_and_hides_no_other(repertoire: Repertoire) -> None:
    (repertoire.folder / "latin.md").write_bytes(b"---\nstory: caf\xe9\n---\n")
    shelf = repertoire.shelf()
    assert [story.name for story in shelf.stories] == ["week"]
    assert [problem.code for problem in shelf.problems] == ["not-utf8"]


def test_an_unclear_prompt_is_asked_about(repertoire: Repertoire) -> None:
    with pytest.raises(SrsError, match="2 prompts hold 'p99'"):
        repertoire.choose("p99")
    with pytest.raises(SrsError, match="no prompt 'q'"):
        repertoire.choose("q")
    with pytest.raises(SrsError, match="kind trade-off"):
        repertoire.choose("trade-off")
    assert repertoire.choose("got worse").kind == "monitoring"
