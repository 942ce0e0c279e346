"""Links between the pages of Obsidian, Logseq and their like."""

from __future__ import annotations

import re

from srs.deck.dialects.pairs import hidden_places, is_hidden

_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def without_wikilinks(text: str) -> str:
    """Return a text with `[[page|name]]` as `name` and `![[picture]]` as a Markdown picture."""
    if "[[" not in text:
        return text
    hidden = hidden_places(text)

    def shown(link: re.Match[str]) -> str:
        if is_hidden(link.start(), hidden):
            return link.group()
        is_picture, page, name = link.groups()
        return f"![](<{page.strip()}>)" if is_picture else (name or page).strip()

    return _WIKI.sub(shown, text)
