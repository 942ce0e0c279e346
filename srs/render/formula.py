"""A formula on one line: its atoms, the space between them, and the brackets they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from unicodedata import combining

from srs.render.symbols import script

_RELATION = re.compile("[×·÷±←-⇿⟰-⟿∈-∌∓∔∖-∙∝∣-∨∴-⊣⊥-⋄⋈-⋭]")
_LARGE_OPERATOR = re.compile("[∏-∑∫-∳⋀-⋃⨀-⨆]")


class Kind(Enum):
    """How an atom meets its neighbours."""

    ORDINARY = auto()
    WORD = auto()
    """A function's name, text, or a large operator: set apart from letters beside it."""
    FRACTION = auto()
    SIGN = auto()
    """An operator spaced as it was written."""
    RELATION = auto()
    """An operator always set between spaces."""
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    PUNCTUATION = auto()
    SPACE = auto()


_NUMBER = re.compile(r"\d+(\.\d+)?")
# Letters that apply to the brackets behind them; any other letter is a factor.
_APPLIED = frozenset("PQfghpq𝔼")
_BOUND_TO_THE_NEXT = frozenset("∂∇∆¬")
_OPERANDS = frozenset({Kind.ORDINARY, Kind.WORD, Kind.FRACTION})
_KINDS = {
    **dict.fromkeys("([{⟨⌊⌈", Kind.OPEN),
    **dict.fromkeys(")]}⟩⌋⌉", Kind.CLOSE),
    **dict.fromkeys("|‖", Kind.BAR),
    **dict.fromkeys(",;:.!?\n", Kind.PUNCTUATION),
    **dict.fromkeys("+−=<>/*", Kind.SIGN),
}


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula with its scripts; `compound` if a script on it needs brackets."""

    text: str
    kind: Kind
    compound: bool = False
    subscript: str = ""
    superscript: str = ""

    @property
    def scripted(self) -> bool:
        """Whether anything is lowered or raised beside it."""
        return bool(self.subscript or self.superscript)

    @property
    def shown(self) -> str:
        """The atom with its scripts, those that Unicode can set coming first."""
        base = f"({self.text})" if self.compound and self.scripted else self.text
        small: list[str] = []
        written: list[str] = []
        for sign, text in (("_", self.subscript), ("^", self.superscript)):
            if text:
                glyphs = script(sign, text)
                (written if glyphs is None else small).append(glyphs or _written(sign, text))
        return base + "".join(small) + "".join(written)

    @property
    def ends_in_written_script(self) -> bool:
        """Whether a letter put behind it would read as part of its script."""
        return any(
            text and script(sign, text) is None and not _written(sign, text).endswith(")")
            for sign, text in (("_", self.subscript), ("^", self.superscript))
        )

    def with_script(self, sign: str, text: str) -> Atom:
        """Return the atom with `text` lowered (`_`) or raised (`^`) behind what is there."""
        if sign == "_":
            return replace(self, subscript=self.subscript + text)
        return replace(self, superscript=self.superscript + text)


def atom(text: str) -> Atom:
    """Return the atom of a single sign or letter."""
    if _LARGE_OPERATOR.fullmatch(text):
        return Atom(text, Kind.WORD)
    if _RELATION.fullmatch(text):
        return Atom(text, Kind.RELATION)
    return Atom(text, _KINDS.get(text, Kind.ORDINARY))


def join(atoms: Sequence[Atom], *, tight: bool = False) -> str:
    """Return `atoms` on one line; `tight` leaves out the space around operators, as in scripts."""
    text = ""
    gap = ""
    previous: Atom | None = None
    shown = [one for one in _closed_up(atoms) if one.kind is Kind.SPACE or one.shown]
    for place, one in enumerate(shown):
        if one.kind is Kind.SPACE:
            gap = max(gap, one.text, key=len)
            continue
        if previous is not None:
            text += _gap(previous, one, gap, tight=tight)
        in_doubt = one.kind is Kind.FRACTION and not one.scripted
        if in_doubt and _touches(previous, _next_seen(shown, place)):
            text += f"({one.shown})"
        else:
            text += one.shown
        gap = ""
        previous = one
    return text.strip(" ")


def _next_seen(atoms: Sequence[Atom], place: int) -> Atom | None:
    return next((one for one in atoms[place + 1 :] if one.kind is not Kind.SPACE), None)


def numerator(atoms: Sequence[Atom]) -> str:
    """Return what stands above a fraction's bar, in brackets unless it is plainly one product."""
    text = join(atoms)
    factors = (Kind.ORDINARY, Kind.BAR)
    plain = all(depth or one.kind in factors for depth, one in _depths(_closed_up(atoms)))
    return text if plain or _NUMBER.fullmatch(text) else f"({text})"


def operand(atoms: Sequence[Atom]) -> str:
    """Return what stands under a fraction's bar or a root, in brackets unless it is one thing."""
    text = join(atoms)
    seen = [one for one in atoms if one.kind is not Kind.SPACE]
    if seen and seen[0].text in _BOUND_TO_THE_NEXT:
        del seen[0]
    single = len(seen) == 1 and seen[0].kind is Kind.ORDINARY
    return text if single or _NUMBER.fullmatch(text) or _enclosed(atoms) else f"({text})"


def _enclosed(atoms: Sequence[Atom]) -> bool:
    """Tell whether one pair of brackets or bars, or a function's brackets, holds all `atoms`."""
    inner = list(atoms)
    bars = [place for place, one in enumerate(inner) if one.kind is Kind.BAR]
    if bars == [0, len(inner) - 1]:
        return True
    if inner and inner[0].text in _APPLIED:
        del inner[0]
    pairs = _depths(inner)
    outermost = [one for depth, one in pairs if depth == 1 and one.kind is Kind.OPEN]
    return len(outermost) == 1 and all(depth for depth, _ in pairs)


def _closed_up(atoms: Sequence[Atom]) -> list[Atom]:
    """Return `atoms` without the space that LaTeX needs between `∂` and its variable."""
    closed: list[Atom] = []
    for one in atoms:
        if not (one.kind is Kind.SPACE and closed and closed[-1].text in _BOUND_TO_THE_NEXT):
            closed.append(one)
    return closed


def _depths(atoms: Sequence[Atom]) -> list[tuple[int, Atom]]:
    """Pair each atom with the number of brackets around it, brackets counting as inside."""
    depth = 0
    pairs = []
    for one in atoms:
        depth += one.kind is Kind.OPEN
        pairs.append((depth, one))
        depth -= one.kind is Kind.CLOSE and depth > 0
    return pairs


def _touches(previous: Atom | None, following: Atom | None) -> bool:
    """Tell whether an operand stands beside a fraction, so that its extent is in doubt."""
    before = previous is not None and previous.kind in _OPERANDS | {Kind.CLOSE}
    after = following is not None and following.kind in _OPERANDS | {Kind.OPEN, Kind.BAR}
    return before or after


def _gap(previous: Atom, one: Atom, written: str, *, tight: bool) -> str:
    kinds = (previous.kind, one.kind)
    if "\n" in (previous.text, one.text):
        return ""
    if Kind.OPEN is previous.kind or Kind.CLOSE is one.kind:
        return ""
    if one.kind in _OPERANDS and previous.kind in _OPERANDS | {Kind.CLOSE}:
        apart = previous.ends_in_written_script or Kind.WORD in kinds
        return (written or " ") if apart else ("" if tight else written)
    if tight:
        return ""
    return (written or " ") if Kind.RELATION in kinds else written


def _written(sign: str, text: str) -> str:
    """Return a script as text, in brackets unless it is one word or has its own."""
    word = all(character.isalnum() or combining(character) for character in text)
    bracketed = (text[0], text[-1]) in (("(", ")"), ("[", "]"))
    return f"{sign}{text}" if len(text) == 1 or word or bracketed else f"{sign}({text})"
