"""How a vault writes its cards: the settings of Obsidian's spaced-repetition plug-in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from srs.deck.dialects.pairs import COLONS, Separators
from srs.deck.dialects.vault import find_vault, plugin_data
from srs.deck.topics import topic_path

PLUGIN = "obsidian-spaced-repetition"
TAG = "flashcards"

_SWITCHES = {
    "convertHighlightsToClozes": ("==", "=="),
    "convertBoldTextToClozes": ("**", "**"),
    "convertCurlyBracketsToClozes": ("{{", "}}"),
}
# `==[123;;]answer[;;hint]==`: what is in brackets may be left out.
_PATTERN = re.compile(r"([^\s\[\]]+)(?:\[[^\]]*\])*answer(?:\[[^\]]*\])*([^\s\[\]]+)")
_LONGEST_SIGN = 20
_LONGEST_PATTERN = 100
_LONGEST_TAG = 100
_MOST_TAGS = 50


@dataclass(frozen=True, slots=True)
class ObsidianSettings:
    """The signs of a vault's cards.

    `tags` are without `#`. `divider` and `both_ways` are the lines between a question and its
    answer, `end` the line that ends a card of several lines, a blank one if it is empty. `marks`
    are the signs before and behind a deletion. `folder_topic` is the topic of the file's folder
    where folders are decks, else empty.
    """

    tags: tuple[str, ...] = (TAG,)
    separators: Separators = COLONS
    divider: str = "?"
    both_ways: str = "??"
    end: str = ""
    marks: tuple[tuple[str, str], ...] = (("==", "=="),)
    folders_are_decks: bool = False
    folder_topic: str = ""

    @property
    def tag(self) -> re.Pattern[str]:
        """Matches a tag in a text; groups: the tag's name, and the path below it."""
        return _tag_pattern(self.tags)

    @property
    def front_matter_tag(self) -> re.Pattern[str]:
        """Matches a tag in front matter, with the same groups."""
        return _front_matter_pattern(self.tags)

    def topic_of(self, tag: re.Match[str]) -> str:
        """Return the topic that a tag names; empty if it only says that there are cards."""
        name, path = tag.group(1, 2)
        says_nothing = name == TAG or len(self.tags) == 1
        return topic_path(path if says_nothing else name + path)


DEFAULT = ObsidianSettings()


def settings_for(file: str) -> ObsidianSettings:
    """Return the settings of the vault that a file is in; the plug-in's own where it is in none.

    A setting that is missing or makes no sense is the plug-in's own.
    """
    vault = find_vault(file)
    if vault is None:
        return DEFAULT
    settings = plugin_data(vault, PLUGIN).get("settings")
    return _interpret(settings, vault, file) if isinstance(settings, dict) else DEFAULT


def _interpret(settings: Mapping[str, Any], vault: Path, file: str) -> ObsidianSettings:
    def sign(key: str, default: str) -> str:
        value = settings.get(key)
        if not isinstance(value, str) or len(value) > _LONGEST_SIGN or "\n" in value:
            return default
        return value.strip()

    pairs = [
        (sign("singleLineCardSeparator", "::"), False),
        (sign("singleLineReversedCardSeparator", ":::"), True),
    ]
    folders = settings.get("convertFoldersToDecks") is True
    return ObsidianSettings(
        tags=_tags(settings.get("flashcardTags")) or DEFAULT.tags,
        separators=tuple(
            sorted(((text, both) for text, both in pairs if text), key=lambda pair: -len(pair[0]))
        ),
        divider=sign("multilineCardSeparator", "?"),
        both_ways=sign("multilineReversedCardSeparator", "??"),
        end=sign("multilineCardEndMarker", ""),
        marks=tuple(_marks(settings)),
        folders_are_decks=folders,
        folder_topic=_folder_topic(vault, file) if folders else "",
    )


def _tags(value: object) -> tuple[str, ...]:
    texts = value.split() if isinstance(value, str) else value
    if not isinstance(texts, list):
        return ()
    names = (text.strip().lstrip("#") for text in texts if isinstance(text, str))
    fitting = [
        name for name in names if 0 < len(name) <= _LONGEST_TAG and not re.search(r"\s", name)
    ]
    return tuple(dict.fromkeys(fitting[:_MOST_TAGS]))


def _marks(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    patterns = settings.get("clozePatterns")
    if not isinstance(patterns, list):
        default = {"convertHighlightsToClozes": True}
        return [
            signs
            for key, signs in _SWITCHES.items()
            if settings.get(key, default.get(key, False)) is True
        ]
    texts = (text for text in patterns if isinstance(text, str) and len(text) <= _LONGEST_PATTERN)
    found = (_PATTERN.fullmatch(text.strip()) for text in texts)
    return list(dict.fromkeys((each.group(1), each.group(2)) for each in found if each))


def _folder_topic(vault: Path, file: str) -> str:
    try:
        inside = Path(file).absolute().parent.relative_to(vault)
    except ValueError:
        return ""
    return topic_path(inside.as_posix())


def _names(tags: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(tags, key=len, reverse=True)))


@lru_cache(maxsize=64)
def _tag_pattern(tags: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\s(])#({_names(tags)})((?:/[\w-]+)*)(?![\w/-])")


@lru_cache(maxsize=64)
def _front_matter_pattern(tags: tuple[str, ...]) -> re.Pattern[str]:
    before = r"^(?:tags?[ \t]*:(?:.*[\s\"'#,\[])?|[ \t]*-[ \t]*[\"']?#?)"
    return re.compile(rf"{before}({_names(tags)})((?:/[\w-]+)*)(?![\w/-])", re.MULTILINE)
