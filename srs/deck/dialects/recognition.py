"""Which dialect a file is written in, told from signs that need no Markdown parser."""

from __future__ import annotations

import re
from typing import NamedTuple

from srs.deck.dialects import formats
from srs.deck.front_matter import says_ours
from srs.deck.text import with_plain_line_ends

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML_NAME = re.compile(r"^[ \t]*name[ \t]*=", re.MULTILINE)


class Recognised(NamedTuple):
    """The dialect of a file, one of `formats.FORMATS`, and the sign that decided, in words."""

    format: str
    sign: str


def recognise(text: str, file: str) -> Recognised:
    """Tell the dialect of a file.

    The front matter decides first, then tags, schedule comments and block signs, then the markers,
    then the shapes in which people write questions. A file with none of them is `markdown`. Where
    `file` is on disk, the settings of the Obsidian vault that it is in name the tags and signs.
    """
    text = with_plain_line_ends(text)
    block = _FRONT_MATTER.match(text)
    front_matter = block.group(1) if block else ""
    if says_ours(front_matter):
        return Recognised(formats.SRS, "`deck` or `topic` in the front matter")
    if _TOML_NAME.search(front_matter):
        return Recognised(formats.HASHCARDS, "`name =` in the front matter")
    # Imported here: a deck of ours waits for no other dialect.
    from srs.deck.dialects.body_signs import told_by_body

    return Recognised(*told_by_body(front_matter, text[block.end() :] if block else text, file))
