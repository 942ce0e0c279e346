"""Topic paths such as `serving/batching`."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

NAMELESS = "deck"

_NAMED_BY_FOLDER = frozenset({"readme", "index"})
_LINK_TARGET = re.compile(r"\]\([^()\n]*\)")
_NOT_A_WORD = re.compile(r"[\W_]+")


def slug(name: str) -> str:
    """Return a name in lower case with one hyphen between words: `KV & paging` → `kv-paging`.

    It is empty when the name has no letter and no digit.
    """
    return _NOT_A_WORD.sub("-", _LINK_TARGET.sub("]", name).lower()).strip("-")


def topic_path(text: str) -> str:
    """Return a topic path with each of its parts made a slug; empty parts are left out."""
    return "/".join(filter(None, map(slug, text.split("/"))))


def below(topic: str, name: str) -> str:
    """Return the topic `name` under another one, or that one itself if the name has no slug."""
    return "/".join(filter(None, (topic, slug(name))))


def name_of_file(file: str) -> str:
    """Return the name of a deck that gives itself none: the file's, without its suffix.

    A README or an index says nothing, so such a file has the name of its folder.
    """
    stem = PurePath(file).stem
    if stem.lower() in _NAMED_BY_FOLDER:
        stem = Path(file).absolute().parent.name or stem
    return stem or NAMELESS
