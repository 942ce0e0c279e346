"""`srs story`: a person's own stories."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json, tell
from srs.deck.options import COMPANIES, STORY_KINDS
from srs.practice.phrases import counted
from srs.practice.repertoire import Repertoire
from srs.practice.rubric import MOST_POINTS
from srs.practice.stories import Coverage
from srs.render.plain import one_line

TITLE = 64


def run(argv: list[str]) -> int:
    """Write a new story, list them, or hold them against the prompts."""
    arguments = _parser().parse_args(argv)
    from srs.practice.desk import open_desk

    desk = open_desk()
    try:
        said = desk.reread()
        if said:
            tell(said)
        repertoire = desk.repertoire()
        if arguments.act == "new":
            return _new(repertoire, arguments.kind, arguments.title, arguments.prompt)
        if arguments.act == "list":
            return _list(repertoire, as_json=arguments.json)
        if arguments.set:
            story, prompt = arguments.set
            changed = repertoire.map(story, prompt)
            show(f"{story} {'answers it now' if changed else 'answers it already'}: {prompt}")
            return 0
        return _map(repertoire.coverage(), as_json=arguments.json)
    finally:
        desk.close()


def _new(repertoire: Repertoire, kind: str, title: str | None, wanted: str | None) -> int:
    from srs.practice.stories import new_story

    prompt = repertoire.choose(wanted) if wanted else None
    file = new_story(repertoire.folder, (prompt and prompt.kind) or kind, title, prompt)
    show(str(file))
    _edit(file)
    return 0


def _edit(file: Path) -> None:
    """Open the editor where a person sits at a terminal and has named one."""
    from srs.cli import screen
    from srs.errors import SrsError
    from srs.tui import editor

    if not screen.is_terminal():
        return
    try:
        editor.run(editor.command(file, 1))
    except SrsError as error:
        tell(f"{error} The story waits in its file.")


def _list(repertoire: Repertoire, *, as_json: bool) -> int:
    shelf = repertoire.shelf()
    told = {story.name: repertoire.past_of_story(story.name) for story in shelf.stories}
    if as_json:
        show_json(
            [
                {
                    "story": story.name,
                    "title": story.title,
                    "file": story.file,
                    "kind": story.kind,
                    "words": story.words,
                    "minutes": round(story.minutes, 1),
                    "answers": list(story.answers),
                    "missing": [asdict(problem) for problem in shelf.missing_from(story)],
                    "rehearsals": [
                        {
                            "points": sum(each.points.values()),
                            "possible": MOST_POINTS * len(each.points),
                            "spoken_s": round(each.spoken_ms / 1000),
                            "target_s": round(each.target_ms / 1000),
                        }
                        for each in told[story.name]
                    ],
                }
                for story in shelf.stories
            ]
        )
        return 0
    for story in shelf.stories:
        length = f"{counted(story.words, 'word')}, about {story.minutes:.1f} min"
        answered = counted(len(story.answers), "prompt")
        show(f"{story.name}: {story.kind or 'no kind'}, {length}, answers {answered}")
        for problem in shelf.missing_from(story):
            show(f"  line {problem.line}: {problem.message}")
        for each in told[story.name][-1:]:
            points = f"{sum(each.points.values())} of {MOST_POINTS * len(each.points)}"
            minutes = f"{each.spoken_ms / 60_000:.1f} of {each.target_ms / 60_000:g} min"
            show(f"  told {len(told[story.name])}×, last {points} in {minutes}")
    for problem in shelf.problems:
        if problem.file not in {story.file for story in shelf.stories}:
            show(f"{problem.file}:{problem.line}: {problem.message}")
    if not shelf.stories:
        tell(f"There is no story in {repertoire.folder} yet; srs story new begins one.")
    return 0


def _map(found: Coverage, *, as_json: bool) -> int:
    if as_json:
        show_json(
            {
                "cells": [
                    {"kind": kind, "company": company, "told": cell.told, "prompts": cell.prompts}
                    for (kind, company), cell in found.cells.items()
                ],
                "without": [
                    {
                        "prompt": prompt.text,
                        "kind": prompt.kind,
                        "proposed": story.name if story else None,
                    }
                    for prompt in found.without
                    for story in (found.proposals.get(prompt.card_id),)
                ],
                "overloaded": [
                    {"story": story.name, "prompts": count} for story, count in found.overloaded
                ],
            }
        )
        return 0
    show("  ".join([f"{'':14}", *(f"{company:>12}" for company in COMPANIES)]))
    for kind in STORY_KINDS:
        cells = (found.cells[kind, company] for company in COMPANIES)
        show("  ".join([f"{kind:14}", *(f"{f'{c.told} of {c.prompts}':>12}" for c in cells)]))
    if found.without:
        show()
        show("Prompts without a story:")
    for prompt in found.without:
        show(f"  {prompt.kind or '–'}: {one_line(prompt.text, TITLE)}")
        story = found.proposals.get(prompt.card_id)
        if story is not None:
            show(
                f"    {story.name} may fit: srs story map --set {story.name} {_quoted(prompt.text)}"
            )
    for story, count in found.overloaded:
        show(f"{story.name} carries {counted(count, 'prompt')}: an interviewer hears it twice.")
    return 0


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def _parser() -> ArgumentParser:
    about = (
        "Your own stories: Markdown files, one a story, in the folder `stories` beside your data. "
        "Only `new` and `map --set` write one."
    )
    found = parser("story", about, "srs story new --kind serving")
    acts = found.add_subparsers(dest="act", required=True, metavar="new|list|map")
    new = acts.add_parser("new", help="write a template and open it in $EDITOR")
    new.add_argument("title", nargs="?", metavar="TITLE", help="what you call the story")
    new.add_argument("--kind", choices=STORY_KINDS, default=STORY_KINDS[0])
    new.add_argument("--prompt", metavar="PROMPT", help="a prompt that it answers")
    listed = acts.add_parser("list", help="kind, length, what is missing, how it was told")
    add_json(listed)
    mapped = acts.add_parser("map", help="which prompts have a story, by company profile")
    mapped.add_argument(
        "--set",
        nargs=2,
        metavar=("STORY", "PROMPT"),
        help="write into the story's front matter that it answers the prompt",
    )
    add_json(mapped)
    return found
