"""The sentence that a front opens with, which names the question where the rest only tells more.

*How is drift found? Give an example.* and *How is drift found? The model serves loans.* ask one
thing, if nothing else in either deck opens in that way.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from srs.store.ingest.likeness import Text, plain

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# A full stop after less may end an abbreviation.
_END = re.compile(r"[?!](?!\S)|(?<=\w{4})\.(?!\S)")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
# *What does this print?* names nothing without what it shows.
_SHOWN = re.compile(r"```|~~~|!\[|\$\$|<(?:img|pre)\b|^(?: {4}|\t)\S", re.MULTILINE)


def opening(front: str) -> tuple[str, str]:
    """Return the words of the first sentence of a front, and what is left of its paragraph.

    The words are empty where they are too few to name a question, or where it is about code, a
    picture or a formula that follows.
    """
    paragraph = plain(_PARAGRAPH.split(front.strip(), maxsplit=1)[0])
    end = _END.search(paragraph)
    cut = end.end() if end else len(paragraph)
    words = _WORD.findall(paragraph[:cut].casefold())
    names = len(words) >= _FEWEST_WORDS and not _SHOWN.search(front)
    return " ".join(words) if names else "", paragraph[cut:].strip()


def same_opening(olds: Mapping[int, Text], news: Mapping[int, Text]) -> dict[tuple[int, int], str]:
    """Return the new and old notes that alone among these open in one way, and its words."""
    of_new, of_old = _holders(news), _holders(olds)
    return {
        (of_new[words][0], of_old[words][0]): words
        for words in of_new
        if len(of_new[words]) == len(of_old.get(words, ())) == 1
    }


def openings_of(texts: Iterable[Text]) -> Counter[str]:
    """Count how many texts open in each way."""
    return Counter(opening(text.front)[0] for text in texts)


def _holders(texts: Mapping[int, Text]) -> Mapping[str, list[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for position, text in texts.items():
        words, _ = opening(text.front)
        if words:
            holders[words].append(position)
    return holders
