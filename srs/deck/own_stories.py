"""A person's own stories: Markdown files, one a story, with what it answers in the front matter.

    ---
    story: The week p99 doubled
    kind: serving
    answers:
      - p99 rose after a model or dependency change. Walk me through it.
    ---

    ## Situation
    …

A prompt is named by its text or its id. Nothing here writes a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from srs.deck.files import DeckFileError, decode, load
from srs.deck.model import Problem
from srs.deck.options import STORY_KINDS
from srs.deck.page import Page, read_page
from srs.deck.problems import Problems
from srs.deck.reader import clean_text
from srs.deck.yaml_block import Entry, YamlBlockError, read_yaml_block

SECTIONS = (
    "Situation",
    "Task",
    "Actions",
    "Result",
    "Numbers",
    "Trade-off",
    "What I would do differently",
)
KEYS = ("story", "kind", "answers")
WORDS_A_MINUTE = 150

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ITEM = re.compile(r"^[ \t]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_CLOSING = ("---", "...")


@dataclass(frozen=True, slots=True)
class Section:
    """One `##` section: its heading, the heading's line from 1, its text without comments.

    Taking comments out keeps the line ends, so that line `n` of the text is the file's line
    `line + n`.
    """

    name: str
    line: int
    text: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class OwnStory:
    """A story as its file tells it; `file` is the name it was read by."""

    file: str
    title: str
    kind: str | None
    answers: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending, by which a person names the story."""
        return PurePath(self.file).stem

    @property
    def words(self) -> int:
        """How many words are told."""
        return sum(len(_WORD.findall(section.text)) for section in self.sections)

    @property
    def minutes(self) -> float:
        """How long it takes to tell, at 150 words a minute."""
        return self.words / WORDS_A_MINUTE

    def section(self, name: str) -> Section | None:
        """Return the section of that heading, in whatever case it is written."""
        wanted = name.casefold()
        return next((each for each in self.sections if each.name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class StoryReading:
    """What a file gave: the story, None if an error makes it unusable, and the problems."""

    story: OwnStory | None
    problems: tuple[Problem, ...]


def is_story(text: str) -> bool:
    """Tell whether a text is a story: its front matter has `story` and neither deck nor topic."""
    lines = clean_text(text, Problems("")).split("\n")
    closing = _closing(lines)
    if closing is None:
        return False
    try:
        entries = read_yaml_block("\n".join(lines[1:closing]))
    except YamlBlockError:
        # A broken block is a story's when it says so in plain sight.
        return any(re.match(r"story\s*:", line) for line in lines[1:closing])
    return entries is not None and "story" in entries and not {"deck", "topic"} & entries.keys()


def read_story(text: str, file: str) -> StoryReading:
    """Read a story from its text. Any text can be read; `file` names it in problems."""
    problems = Problems(file)
    lines = clean_text(text, problems).split("\n")
    closing = _closing(lines)
    entries: Mapping[str, Entry] | None = None
    if closing is not None:
        try:
            entries = read_yaml_block("\n".join(lines[1:closing]))
        except YamlBlockError as error:
            problems.add("bad-front-matter", min(error.line + 2, closing), str(error))
    if not problems.has_errors and (not entries or "story" not in entries):
        problems.add(
            "bad-front-matter", 1, "a story begins with front matter; write `story: Its title`"
        )
    taken = 0 if closing is None else closing + 1
    page = read_page([""] * taken + lines[taken:], problems, markers=False)
    if problems.has_errors or entries is None:
        return StoryReading(None, problems.in_order())
    story = _story(entries, file, _sections(page), problems)
    return StoryReading(story, problems.in_order())


def read_story_file(path: Path) -> StoryReading:
    """Read a story's file; whatever keeps it from being read is a problem of the reading."""
    try:
        text = decode(load(path), str(path))
    except DeckFileError as error:
        return StoryReading(None, (error.problem,))
    return read_story(text, str(path))


def beats(story: OwnStory) -> tuple[str, ...]:
    """Return the story's cues in order, as Markdown: each item of a list, else a first sentence.

    Actions written as paragraphs give a cue for each.
    """
    found: list[str] = []
    for section in story.sections:
        items = [match[1].strip() for match in map(_ITEM.match, section.text.split("\n")) if match]
        if not items:
            paragraphs = [part.strip() for part in re.split(r"\n\s*\n", section.text)]
            items = [_SENTENCE_END.split(part, maxsplit=1)[0] for part in paragraphs if part]
            if section.name.casefold() != "actions":
                items = items[:1]
        found += [f"**{section.name}**: {' '.join(item.split())}" for item in items if item]
    return tuple(found)


def same_prompt(written: str, text: str, explicit_id: str | None) -> bool:
    """Tell whether an entry of `answers` names a prompt, by its id or by its text."""
    return written == explicit_id or _plain(written) == _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _closing(lines: Sequence[str]) -> int | None:
    if not lines or lines[0].rstrip() != "---":
        return None
    return next((i for i, line in enumerate(lines) if i and line.rstrip() in _CLOSING), None)


def _sections(page: Page) -> tuple[Section, ...]:
    headings = [block for block in page.blocks if block.level == 2]
    ends = [block.start for block in page.blocks if block.level in (1, 2)] + [len(page.lines)]
    found = []
    for heading in headings:
        end = min(end for end in ends if end > heading.start)
        text = "\n".join(page.lines[heading.end : end])
        told = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
        found.append(Section(" ".join(heading.content.split()), heading.start + 1, told))
    return tuple(found)


def _story(
    entries: Mapping[str, Entry], file: str, sections: tuple[Section, ...], problems: Problems
) -> OwnStory:
    def text_of(key: str) -> str | None:
        value = entries[key].value if key in entries else None
        return " ".join(value.split()) or None if isinstance(value, str) else None

    for key, entry in entries.items():
        if key not in KEYS:
            known = ", ".join(KEYS)
            problems.add(
                "unknown-key",
                entry.line + 2,
                f"there is no key `{key}` in a story's front matter; known are {known}",
            )
    kind = text_of("kind")
    if kind not in STORY_KINDS:
        line = entries["kind"].line + 2 if "kind" in entries else 1
        problems.add("story-no-kind", line, f"give the story a kind: {', '.join(STORY_KINDS)}")
        kind = None
    answers = entries["answers"].value if "answers" in entries else None
    named = [answers] if isinstance(answers, str) else answers or []
    prompts = tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in named))))
    title = text_of("story") or PurePath(file).stem or "story"
    return OwnStory(file, title, kind, prompts, sections)
