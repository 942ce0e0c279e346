"""The YAML block that a deck may begin with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from srs.deck.options import known_side, known_values
from srs.deck.problems import Problems
from srs.deck.yaml_block import Entry, YamlBlockError, read_yaml_block

KEYS = ("deck", "topic", "side", "judgement", "company")

_OPENING = re.compile(r"---[^\S\n]*(?=\n|\Z)")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*(?=\n|\Z)")
_TOML = re.compile(r"(\s*(#.*)?\n)*[\w.\"-]+\s*=")
_KEY = re.compile(r"^[\"']?([\w-]+)[\"']?[ \t]*:", re.MULTILINE)
_KEY_LINE = re.compile(r"\w[\w -]*:(\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says, and how many lines it takes with both of its `---` lines.

    `is_ours` is whether it says that the file is a deck of ours.
    """

    deck: str | None = None
    topic: str | None = None
    side: str | None = None
    judgement: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    lines: int = 0
    is_ours: bool = False


def says_ours(block: str) -> bool:
    """Tell whether a block says that its file is a deck of ours."""
    return _are_ours(_KEY.findall(block))


def _are_ours(keys: Collection[str]) -> bool:
    """Tell whether keys are those of a deck of ours.

    Others write `topic`, and now and then `deck`, among many keys of their own.
    """
    known = sum(key in KEYS for key in keys)
    most = 4 if "deck" in keys else 2 if "topic" in keys else 0
    return most * known >= len(keys) > 0


def read_front_matter(text: str, problems: Problems) -> FrontMatter:
    """Read the front matter of a file; its text holds no carriage returns.

    A TOML block is passed over. A block that is no mapping is ordinary text. One that cannot be
    read is an error where it has a `deck` or `topic`; elsewhere it means nothing here.
    """
    opened = _OPENING.match(text)
    if opened is None:
        return FrontMatter()
    # A large text is not copied to look at its beginning.
    start = opened.end() + 1
    closed = _CLOSING.search(text, opened.end())
    if closed is None:
        if _KEY_LINE.match(text[start:].partition("\n")[0]):
            # What follows the first empty line is text more likely than not.
            message = "the front matter is never closed; end it with a line `---`"
            problems.add(_code(text[start:].partition("\n\n")[0]), 1, message)
        return FrontMatter()
    block = text[start : closed.start()]
    closing = text.count("\n", 0, closed.start()) + 1
    if _TOML.match(block):
        return FrontMatter(lines=closing + 1)
    try:
        entries = read_yaml_block(block)
    except YamlBlockError as error:
        problems.add(_code(block), min(error.line + 2, closing), str(error))
        return FrontMatter(lines=closing + 1)
    if entries is None:
        return FrontMatter()
    return _interpret(entries, closing + 1, problems)


def _code(block: str) -> str:
    is_named = {"deck", "topic"} & set(_KEY.findall(block))
    return "bad-front-matter" if is_named else "foreign-front-matter"


def _interpret(entries: Mapping[str, Entry], lines: int, problems: Problems) -> FrontMatter:
    """Check the values; a file that is not ours may hold anything, and its topic is still one."""
    if not _are_ours(entries):
        topic = entries["topic"].value if "topic" in entries else None
        return FrontMatter(topic=topic if isinstance(topic, str) else None, lines=lines)
    single: dict[str, str | None] = {}
    several: dict[str, tuple[str, ...]] = {}
    for key, entry in entries.items():
        value = entry.value
        # YAML counts more characters as line ends than a deck does.
        line = min(entry.line + 2, lines - 1)

        def complain(code: str, message: str, line: int = line) -> None:
            problems.add(code, line, message)

        if key not in KEYS:
            known = ", ".join(KEYS)
            complain("unknown-key", f"there is no front-matter key `{key}`; known are {known}")
        elif key in ("judgement", "company") and value is not None:
            words = re.split(r"[,\s]+", value) if isinstance(value, str) else value
            several[key] = known_values(key, words, complain)
        elif not isinstance(value, str) or not value.strip():
            complain("bad-front-matter", f"`{key}` needs one value; write `{key}: …`")
        elif key == "side":
            single[key] = known_side(value, complain)
        else:
            single[key] = " ".join(value.split())
    return FrontMatter(
        deck=single.get("deck"),
        topic=single.get("topic"),
        side=single.get("side"),
        judgement=several.get("judgement", ()),
        company=several.get("company", ()),
        lines=lines,
        is_ours="deck" in single or "topic" in single,
    )
