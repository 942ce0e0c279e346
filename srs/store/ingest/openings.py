"""The sentence that a front opens with, which names the question where the rest only tells more.

*How is drift found? Give an example.* and *How is drift found? The model serves loans.* ask one
thing, if nothing else in either deck opens in that way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set

from srs.store.ingest.likeness import Text, plain

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# A full stop after less may end an abbreviation.
_END = re.compile(r"[?!](?!\S)|(?<=\w{4})\.(?!\S)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5


def opening(front: str) -> tuple[str, str]:
    """Return the words of the first sentence of a front, and what is left of its paragraph.

    The words are empty where they are too few to name a question.
    """
    paragraph = plain(_PARAGRAPH.split(front.strip(), maxsplit=1)[0])
    end = _END.search(paragraph)
    cut = end.end() if end else len(paragraph)
    words = _WORD.findall(paragraph[:cut].casefold())
    return " ".join(words) if len(words) >= _FEWEST_WORDS else "", paragraph[cut:].strip()


def same_opening(
    olds: Mapping[int, Text], news: Mapping[int, Text], free_old: Set[int], free_new: Set[int]
) -> list[tuple[int, int]]:
    """Return the free new and old notes with an opening that nothing else of either side has."""
    wanted = {opening(news[new].front)[0] for new in free_new}
    wanted &= {opening(olds[old].front)[0] for old in free_old}
    wanted.discard("")
    if not wanted:
        return []
    of_new, of_old = _holders(news, wanted), _holders(olds, wanted)
    return [
        (of_new[each][0], of_old[each][0])
        for each in sorted(wanted)
        if len(of_new[each]) == len(of_old[each]) == 1
    ]


def _holders(texts: Mapping[int, Text], wanted: Set[str]) -> Mapping[str, list[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for position, text in texts.items():
        words, _ = opening(text.front)
        if words in wanted:
            holders[words].append(position)
    return holders
