"""Where a note of another program belongs: one rule for Anki's packages, CrowdAnki and tables.

Our own packages mark the topic of a note by a tag, `topic::serving::batching`, so that it comes
back as it was. Any other note has its deck's path for a topic, below which its one tag that is a
path leads: flat tags are often many to a note and say what it is like, not where it belongs, and of
several paths none is the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from srs.deck.topics import topic_path

MARK = "topic::"
NAMELESS = "deck"


def mark_of(topic: str) -> str:
    """Return the tag that marks a topic."""
    return MARK + topic.replace("/", "::")


def topic_of(deck: str, tags: Sequence[str]) -> str:
    """Return the topic of a note, from its deck's name with `::` between the parts, and its tags.

    Where the tag's path begins as the deck's path ends, what they share is there once.
    """
    marked = _marked(tags)
    if marked is not None:
        return _path(marked.removeprefix(MARK))
    parts = _path(deck).split("/")
    paths = [tag for tag in tags if "::" in tag]
    if len(paths) == 1:
        below = _path(paths[0]).split("/")
        most = min(len(parts), len(below))
        shared = next((n for n in range(most, 0, -1) if parts[-n:] == below[:n]), 0)
        parts += below[shared:]
    return "/".join(filter(None, parts)) or NAMELESS


def without_mark(tags: Sequence[str]) -> tuple[str, ...]:
    """Return the tags without the one that marks the topic."""
    marked = _marked(tags)
    return tuple(tag for tag in tags if tag != marked)


def _marked(tags: Iterable[str]) -> str | None:
    found = [tag for tag in tags if tag.startswith(MARK) and _path(tag.removeprefix(MARK))]
    return found[0] if len(found) == 1 else None


def _path(name: str) -> str:
    return topic_path(name.replace("/", "-").replace("::", "/"))
