"""A text cut at the lines that look like structure of ours, and what of it a code fence hides."""

from __future__ import annotations

import re

from srs.deck.markers import MARKER

# The first letter is looked at by itself: it tells most lines apart, and quickest.
_BREAK = re.compile(rf"\n(?=[#QAC-])(?=##?(?:[ \t\n]|\Z)|{MARKER.pattern}|---+[ \t]*(?:\n|\Z))")
# A text, its lines outside fences, the place of the next piece; and whether all its fences are
# closed as they seem to be, and nothing else in it could be structure to a parser.
Gathered = tuple[str, str, int, bool]


class Pieces:
    """A text cut before every line that looks like structure of ours.

    `before` is what stands before the first of these lines, None if nothing does.
    """

    def __init__(self, text: str) -> None:
        """Cut a text that begins with a line end, which belongs to the line before it."""
        before, *self.pieces = _BREAK.split(text)
        self.before = before[1:] if before else None
        self._has_tildes = "~" in text and "~~~" in text

    def gather(self, index: int, opening: str) -> Gathered:
        """Return a piece with what only seems to begin another one.

        That is what stands in a fence, and a line `---` below a `##`.
        """
        text = self.pieces[index]
        # To look for one character takes a fraction of the time that two take.
        if "`" in text or self._has_tildes:
            found = self._with_plain_fence(index) or self._with_fences(index)
        else:
            found = text, text, index + 1, True
        text, prose, after, is_sure = found
        if after == len(self.pieces) or self.pieces[after][0] != "-":
            return found
        texts, proses = [text], [prose]
        while self._goes_on(found, opening):
            # Under a line with a bar it may be the second row of a table.
            found = self._with_fences(after)
            text, prose, after, sure_too = found
            is_sure = is_sure and sure_too and opening == "##"
            texts.append(text)
            proses.append(prose)
        return "\n".join(texts), "\n".join(proses), after, is_sure

    def _goes_on(self, gathered: Gathered, opening: str) -> bool:
        text, _, after, _ = gathered
        if after == len(self.pieces) or self.pieces[after][0] != "-":
            return False
        return opening == "##" or "|" in text[text.rfind("\n") + 1 :]

    def _with_plain_fence(self, index: int) -> Gathered | None:
        """Return a piece that has no fence, or one as most are: of three ticks, and closed."""
        if self._has_tildes:
            return None
        text = self.pieces[index]
        opened = text.find("\n```")
        if opened < 0:
            return text, text, index + 1, True
        line_end = text.find("\n", opened + 4)
        closed = text.find("```", line_end) + 3
        if (
            opened < line_end < closed
            and text[closed - 4 : closed + 1] in ("\n```\n", "\n```")
            and "`" not in text[opened + 4 : line_end]
            and text.find("```", closed) < 0
        ):
            return text, text[:opened] + text[closed:], index + 1, True
        return None

    def _with_fences(self, index: int) -> Gathered:
        """Return a piece with those that only a fence of it parts from it."""
        text, after = self.pieces[index], index + 1
        before: list[str] = []
        prose: list[str] = []
        at = 0
        is_sure = True
        opened = self._next_fence(text, 0)
        while opened >= 0:
            prose.append(text[at:opened])
            sign = text[opened + 1 : opened + 4]
            line_end = text.find("\n", opened + 4)
            # Whatever has three such signs closes the fence, or nothing is sure.
            closing = text.find(sign, line_end) if line_end > 0 else -1
            if closing < 0:
                further = self._next_with(sign, after)
                if further == 0:
                    is_sure = False
                    break
                before.append(text[:opened])
                text = "\n".join([text[opened:], *self.pieces[after:further]])
                opened, after = 0, further
                line_end = text.find("\n", 4)
                closing = text.find(sign, line_end)
            info = text[opened + 4 : line_end]
            at = text.find("\n", closing)
            at = at if at > 0 else len(text)
            if not _is_closed(sign[0], info, text[closing - 1 : at]):
                is_sure = False
                break
            opened = self._next_fence(text, at)
        whole = "".join([*before, text])
        return whole, "".join([*prose, text[at:]]) if prose else whole, after, is_sure

    def _next_fence(self, text: str, at: int) -> int:
        """Return the place of the line end before the next fence, -1 if there is none."""
        ticks = text.find("\n```", at)
        tildes = text.find("\n~~~", at) if self._has_tildes else -1
        return max(ticks, tildes) if ticks < 0 or tildes < 0 else min(ticks, tildes)

    def _next_with(self, sign: str, first: int) -> int:
        """Return the place after the first piece, from one on, that holds a sign, 0 if none."""
        for place in range(first, len(self.pieces)):
            if sign in self.pieces[place]:
                return place + 1
        return 0


def _is_closed(sign: str, info: str, closing: str) -> bool:
    """Tell whether a line, given with the character before it, closes a fence.

    `info` is what follows the opening's three signs.
    """
    wider = len(info) - len(info.lstrip(sign))
    bare = closing[1:].rstrip(" \t")
    return (
        closing[0] == "\n"
        and sign not in info[wider:]
        and len(bare) >= wider + 3
        and not bare.strip(sign)
    )
