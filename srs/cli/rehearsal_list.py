"""The prompts to rehearse, as `srs rehearse --list` and `--json` print them."""

from __future__ import annotations

from srs.cli.output import show, show_json, tell
from srs.practice.phrases import date_of
from srs.practice.repertoire import KINDS, Listed, Repertoire
from srs.practice.rubric import MOST_POINTS
from srs.render.plain import one_line

TITLE = 60


def show_list(repertoire: Repertoire, wanted: str | None, *, as_json: bool) -> int:
    """Print all prompts, those of a kind, or those whose text holds some words."""
    text = (wanted or "").casefold()
    listed = [
        each
        for each in repertoire.listed()
        if wanted is None
        or each.prompt.kind == wanted
        or (wanted not in KINDS and text in each.prompt.text.casefold())
    ]
    if as_json:
        show_json([_as_json(each) for each in listed])
        return 0
    for each in listed:
        prompt = each.prompt
        show(f"{_standing(each):11}  {prompt.kind or '–':14}  {one_line(prompt.text, TITLE)}")
        if each.newest is not None:
            show(f"{'':27}  {_newest(each)}")
    if not listed:
        tell("There is no such prompt; a deck with `## Story: …` brings some.")
    return 0


def _standing(each: Listed) -> str:
    if each.due:
        return "due"
    day = each.prompt.due_day
    return "new" if day is None else f"{date_of(day):%Y-%m-%d}"


def _newest(each: Listed) -> str:
    newest = each.newest
    assert newest is not None
    most = MOST_POINTS * len(newest.points)
    spoken, target = newest.spoken_ms / 60_000, newest.target_ms / 60_000
    story = f", told with {each.story}" if each.story else ""
    return f"{each.times}×, last {newest.total} of {most} in {spoken:.1f} of {target:g} min{story}"


def _as_json(each: Listed) -> dict[str, object]:
    prompt, newest = each.prompt, each.newest
    return {
        "prompt": prompt.text,
        "id": prompt.explicit_id,
        "kind": prompt.kind,
        "topic": prompt.topic,
        "deck": prompt.deck,
        "company": list(prompt.company),
        "minutes": prompt.minutes,
        "due": each.due,
        "due_on": None if prompt.due_day is None else f"{date_of(prompt.due_day):%Y-%m-%d}",
        "story": each.story,
        "rehearsals": each.times,
        "points": None if newest is None else newest.total,
        "possible": MOST_POINTS * len(prompt.rubric),
        "spoken_s": None if newest is None else round(newest.spoken_ms / 1000),
    }
