"""Topic paths such as `serving/batching`."""

from __future__ import annotations

import re

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
