"""Headings such as `What is it?`, which ask about what the heading above them names."""

from __future__ import annotations

import re

from srs.deck.dialects.signs import plain

_NUMBER = re.compile(r"\A(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+)\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PRONOUNS = frozenset({"it", "they", "them", "this", "that", "these", "those"})
# With a pronoun, words that leave open what is spoken of.
_OPEN = re.compile(
    r"what(?:['’]?s)?|why|how|when|where|which|who|is|are|was|were|do|does|did|done|can|could"
    r"|should|would|will|shall|must|may|might|be|been|being|have|has|had|not|to|for|in|of|on|with"
    r"|by|from|at|as|about|and|or|so|we|you|i|one|people|us|an?|the|use|used|using|useful|need"
    r"|needed|works?|working|happens?|matters?|means?|helps?|important|necessary|exists?|called"
    r"|apply|prevent|avoid|fix|handle|solve|implement|implemented|different|better|good|bad"
)


class Antecedents:
    """The headings above the place where a page is being read."""

    def __init__(self) -> None:
        # Level, title, and whether a question below it names something else by now.
        self._above: list[tuple[int, str, bool]] = []

    def meet(self, level: int, title: str, *, asks: bool, names: bool) -> str:
        """Note a heading; return its title, behind that of the heading above if it needs it.

        It does where it asks and all it names is a pronoun, and no question between the two can
        have given that its meaning. `names` is false for a heading that names nothing itself,
        such as `Questions`.
        """
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        full = title
        is_bare = asks and _is_bare(title)
        if asks and self._above:
            parent_level, parent, names_other = self._above[-1]
            if not is_bare:
                self._above[-1] = (parent_level, parent, True)
            elif parent and not names_other:
                full = f"{parent} {title}" if parent[-1] in "?？!.:" else f"{parent}: {title}"
        names = names and (full != title or not is_bare)
        name = _NUMBER.sub("", plain(full), count=1) if names else ""
        self._above.append((level, name, False))
        return full


def _is_bare(title: str) -> bool:
    words = [word.lower() for word in _WORD.findall(plain(title))]
    return not _PRONOUNS.isdisjoint(words) and all(
        word in _PRONOUNS or _OPEN.fullmatch(word) for word in words
    )
