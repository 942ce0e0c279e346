"""The options of a card, written in an HTML comment: `<!-- id: x · reverse · minutes: 3 -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from srs.deck.topics import slug, topic_path

SIDES = ("infrastructure", "modelling", "both")
JUDGEMENTS = ("data-serving", "latency-cost", "silent-degradation")
COMPANIES = ("big-tech", "startup", "high-traffic")
STORY_KINDS = ("data-integrity", "serving", "monitoring", "trade-off")
LONGEST_STORY_MINUTES = 60

_FLAGS = ("reverse", "type-in")
_LISTS = {"judgement": JUDGEMENTS, "company": COMPANIES}
_KEYS = ("id", "topic", "kind", "minutes", "side", "tags", *_LISTS)

_SEPARATOR = re.compile(r"[·,\n]")
_PART = re.compile(r"(?P<key>[A-Za-z][A-Za-z-]*)\s*(?::\s*(?P<value>.*))?", re.DOTALL)


class Comment(NamedTuple):
    """The text between `<!--` and `-->`, and where it begins, both from 1."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class Options:
    """What the comments of one card say; None and empty where they say nothing."""

    explicit_id: str | None = None
    topic: str | None = None
    kind: str | None = None
    minutes: float | None = None
    side: str | None = None
    judgement: tuple[str, ...] | None = None
    company: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    flags: set[str] = field(default_factory=set)


Complain = Callable[[str, str], None]


def is_options(text: str) -> bool:
    """Tell whether a comment holds at least one option; any other is just a comment."""
    return any(
        key in _FLAGS if value is None else key in _KEYS for key, value in _parts(text) if key
    )


def misspelt(text: str) -> str | None:
    """Return what a comment without any option most likely meant, such as `revers` → `reverse`."""
    for key, value in _parts(text):
        known = _FLAGS if value is None else _KEYS
        guess = _closest(key, known) if key else None
        if guess:
            return guess
    return None


def read_options(text: str, options: Options, complain: Complain) -> set[str]:
    """Add the options in a comment's text to `options` and return the names that were given.

    `complain(code, message)` hears of unknown options and of values that make no sense.
    """
    given: set[str] = set()
    listed: str | None = None
    for key, value in _parts(text):
        if key in _FLAGS and value is None:
            options.flags.add(key)
        elif key in _LISTS and value is not None:
            _set_list(options, key, value, complain)
        elif key in _KEYS and value is not None:
            _set_value(options, key, value, complain)
        elif listed and value is None:
            _set_list(options, listed, key, complain)
            continue
        else:
            complain("unknown-option", _unknown(key, value))
        given.add(key)
        listed = key if key in _LISTS else None
    return given


def known_values(key: str, words: list[str], complain: Complain) -> tuple[str, ...]:
    """Return the words that `judgement` or `company` knows, complaining of the others."""
    known = []
    for word in filter(None, map(slug, words)):
        if word in _LISTS[key]:
            known.append(word)
        else:
            complain("bad-option", _one_of(key, word, _LISTS[key]))
    return tuple(dict.fromkeys(known))


def known_side(text: str, complain: Complain) -> str | None:
    """Return the side that a text names, or complain and return None."""
    if slug(text) in SIDES:
        return slug(text)
    complain("bad-option", _one_of("side", text, SIDES))
    return None


def _parts(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield each part of a comment as key and value; the value is None where there is no colon."""
    for raw in _SEPARATOR.split(text):
        part = raw.strip()
        found = _PART.fullmatch(part)
        if found:
            yield found["key"].lower(), found["value"]
        elif part:
            yield part, None


def _set_list(options: Options, key: str, value: str, complain: Complain) -> None:
    words = known_values(key, value.strip("[] ").split(), complain)
    if key == "judgement":
        options.judgement = tuple(dict.fromkeys((options.judgement or ()) + words))
    else:
        options.company = tuple(dict.fromkeys((options.company or ()) + words))


def _set_value(options: Options, key: str, value: str, complain: Complain) -> None:
    match key:
        case "id":
            if value and not re.search(r"\s", value):
                options.explicit_id = value
            else:
                complain("bad-option", "an id is one word; write `id: batching-p50`")
        case "topic":
            options.topic = topic_path(value) or None
            if options.topic is None:
                complain("bad-option", "the topic is empty; write `topic: serving/batching`")
        case "kind":
            if slug(value) in STORY_KINDS:
                options.kind = slug(value)
            else:
                complain("bad-option", _one_of("kind", value, STORY_KINDS))
        case "minutes":
            options.minutes = _minutes(value)
            if options.minutes is None:
                complain("bad-option", f"`minutes: {value}` is no length; write `minutes: 3`")
        case "tags":
            options.tags = tuple(value.split())
        case _:
            options.side = known_side(value, complain) or options.side


def _minutes(value: str) -> float | None:
    try:
        minutes = float(value)
    except ValueError:
        return None
    return minutes if 0 < minutes <= LONGEST_STORY_MINUTES else None


def _one_of(key: str, value: str, known: tuple[str, ...]) -> str:
    return f"`{key}: {value}` is not known; write one of {', '.join(known)}"


def _unknown(key: str, value: str | None) -> str:
    if value is None and key in _KEYS:
        return f"the option `{key}` needs a value; write `{key}: …`"
    if value is not None and key in _FLAGS:
        return f"the option `{key}` takes no value; write `{key}` alone"
    guess = _closest(key, (*_FLAGS, *_KEYS))
    hint = f"did you mean `{guess}`?" if guess else f"known are {', '.join((*_FLAGS, *_KEYS))}"
    return f"there is no option `{key}`; {hint}"


def _closest(key: str, known: tuple[str, ...]) -> str | None:
    # Imported here: difflib takes longer to load than most decks take to read.
    from difflib import get_close_matches

    return next(iter(get_close_matches(key[:20], known, n=1, cutoff=0.75)), None)
