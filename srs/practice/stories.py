"""A person's own stories beside the prompts: what is told by which, and where the gaps are."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from srs.deck.files import DeckFileError, decode, find_decks, load
from srs.deck.model import DESIGN, Problem
from srs.deck.options import COMPANIES, STORY_KINDS
from srs.deck.own_stories import OwnStory, is_story, read_story, same_prompt
from srs.deck.story_gaps import gaps
from srs.deck.story_text import template, with_answers
from srs.deck.topics import slug
from srs.errors import SrsError
from srs.practice.prompts import Prompt

TOO_MANY_PROMPTS = 5
LIKELY = 40.0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stories in a folder, by name, and what is wrong with or missing from them."""

    folder: Path
    stories: tuple[OwnStory, ...]
    problems: tuple[Problem, ...]

    def find(self, name: str) -> OwnStory:
        """Return the story of a name or title. Raises SrsError when there is none."""
        wanted = name.removesuffix(".md").casefold()
        for story in self.stories:
            if wanted in (story.name.casefold(), story.title.casefold()):
                return story
        raise SrsError(f"There is no story {name!r} in {self.folder}; srs story list shows them.")

    def told_for(self, prompt: Prompt) -> OwnStory | None:
        """Return the story that says it answers a prompt."""
        return next((story for story in self.stories if answers(story, prompt)), None)

    def missing_from(self, story: OwnStory) -> list[Problem]:
        """Return what one story lacks."""
        return [problem for problem in self.problems if problem.file == story.file]


@dataclass(frozen=True, slots=True)
class Cell:
    """The prompts of one kind that a company profile may ask, and how many have a story."""

    told: int
    prompts: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Kind × company profile, the prompts without a story, and the stories that carry too many.

    A prompt that names no company may be asked by any. `proposals` names, for a prompt without a
    story, the one that seems to fit.
    """

    cells: dict[tuple[str, str], Cell]
    without: tuple[Prompt, ...]
    overloaded: tuple[tuple[OwnStory, int], ...]
    proposals: dict[int, OwnStory]


def read_shelf(folder: Path) -> Shelf:
    """Read the stories of a folder; one that cannot be read is among the problems."""
    stories: list[OwnStory] = []
    problems: list[Problem] = []
    for file in find_decks([folder]).files if folder.is_dir() else ():
        try:
            text = decode(load(file), str(file))
        except DeckFileError as error:
            problems.append(error.problem)
            continue
        if is_story(text):
            reading = read_story(text, str(file))
            problems += reading.problems
            if reading.story is not None:
                stories.append(reading.story)
                problems += gaps(reading.story)
    return Shelf(folder, tuple(stories), tuple(problems))


def answers(story: OwnStory, prompt: Prompt) -> bool:
    """Tell whether a story says that it answers a prompt."""
    return any(same_prompt(each, prompt.text, prompt.explicit_id) for each in story.answers)


def coverage(stories: Sequence[OwnStory], prompts: Iterable[Prompt]) -> Coverage:
    """Hold the stories against the prompts of the four kinds; designs need no story."""
    asked = [prompt for prompt in prompts if prompt.kind != DESIGN]
    told = {p.card_id for p in asked if any(answers(story, p) for story in stories)}
    cells = {}
    for kind in STORY_KINDS:
        for company in COMPANIES:
            here = [p for p in asked if p.kind == kind and (not p.company or company in p.company)]
            cells[kind, company] = Cell(sum(p.card_id in told for p in here), len(here))
    carried = [(story, sum(answers(story, prompt) for prompt in asked)) for story in stories]
    without = tuple(p for p in asked if p.card_id not in told)
    likely = {p.card_id: story for p in without if (story := propose(stories, p)) is not None}
    overloaded = tuple(each for each in carried if each[1] > TOO_MANY_PROMPTS)
    return Coverage(cells, without, overloaded, likely)


def propose(stories: Sequence[OwnStory], prompt: Prompt) -> OwnStory | None:
    """Return the story of the prompt's kind that shares most of its words, if any is near."""
    from rapidfuzz import fuzz, utils

    def likeness(story: OwnStory) -> float:
        situation = story.section("Situation")
        words = f"{story.title} {situation.text if situation else ''}"
        return fuzz.token_set_ratio(prompt.text, words, processor=utils.default_process)

    alike = [story for story in stories if story.kind == prompt.kind]
    best = max(alike, key=likeness, default=None)
    return best if best is not None and likeness(best) >= LIKELY else None


def new_story(folder: Path, kind: str, title: str | None, prompt: Prompt | None = None) -> Path:
    """Write a template into the folder and return its file; an existing file is never touched.

    Raises SrsError when it cannot be written.
    """
    stem = slug(title or "")[:60] or kind
    title = title or f"A {kind} story"
    text = template(title, kind, (prompt.text,) if prompt else ())
    number = 1
    while True:
        name = f"{stem}-{number}.md" if number > 1 or stem == kind else f"{stem}.md"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise SrsError(f"{folder / name} cannot be written ({error.strerror}).") from error
        else:
            return folder / name


def map_prompt(story: OwnStory, prompt: Prompt) -> bool:
    """Write into a story's file that it answers a prompt; False when it says so already.

    All else in the file stays as it is. Raises SrsError when that cannot be done for sure.
    """
    if answers(story, prompt):
        return False
    file = Path(story.file).resolve()
    raw = load(file)
    before = read_story(decode(raw, story.file), story.file).story
    wanted = (*(before or story).answers, prompt.explicit_id or prompt.text)
    try:
        text = with_answers(raw.decode(), wanted)
        after = read_story(text, story.file).story
    except ValueError:
        after = None
    if before is None or after is None or (after.answers, after.words) != (wanted, before.words):
        raise SrsError(
            f"{file}: its `answers` are written in a way that cannot be changed safely; "
            f"add the prompt by hand: {prompt.explicit_id or prompt.text}"
        )
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(text.encode())
        shutil.copymode(file, part)
        part.replace(file)
    except OSError as error:
        raise SrsError(f"{file} cannot be written ({error.strerror}).") from error
    return True
