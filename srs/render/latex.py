"""LaTeX mathematics read from left to right into the atoms of a formula."""

from __future__ import annotations

import re
from collections.abc import Callable

from srs.render import symbols
from srs.render.formula import Atom, Kind, atom, join

ROW_END = "\\\\"
SPACE = Atom(" ", Kind.SPACE)

_TOKEN = re.compile(r"\\operatorname\*|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SPACE_BELOW_A_ROW = re.compile(r"\\\\\[-?[\d.]+(?:pt|em|ex|mm|cm)\]")
_DEEPEST = 30
_SCRIPT_SIGNS = frozenset("^_'")


class NoUnicodeError(Exception):
    """The formula holds something that has no form on a line of Unicode."""


class LatexReader:
    """Reads `latex`, leaving each command to `command`, which may read its arguments here."""

    def __init__(self, latex: str, command: Callable[[LatexReader, str], list[Atom]]) -> None:
        self._tokens: list[str] = _TOKEN.findall(_SPACE_BELOW_A_ROW.sub(r"\\\\", latex))
        self._place = 0
        self._depth = 0
        self._command = command

    def sequence(self, closers: frozenset[str]) -> list[Atom]:
        """Read up to one of `closers`, which stays to be read, or to the end if there are none."""
        atoms: list[Atom] = []
        self._enter()
        while (token := self.peek()) is not None and token not in closers:
            if token in _SCRIPT_SIGNS:
                self._script(atoms)
            else:
                atoms += self._one()
        if token is None and closers:
            raise NoUnicodeError
        self._depth -= 1
        return atoms

    def up_to(self, closer: str) -> list[Atom]:
        """Read up to `closer` and past it."""
        atoms = self.sequence(frozenset({closer}))
        self.next()
        return atoms

    def argument(self) -> list[Atom]:
        """Read what a command or a script applies to: a group, or the next single thing."""
        self.skip_space()
        if self.peek() == "{":
            self.next()
            return self.up_to("}")
        if self.peek() in _SCRIPT_SIGNS | {"&"}:
            raise NoUnicodeError
        self._enter()
        atoms = self._one()
        self._depth -= 1
        return atoms

    def words(self) -> str:
        """Read an argument of plain text, as it is written."""
        self.skip_space()
        token = self.next()
        if token != "{":
            if token in "}$&" or token.startswith("\\"):
                raise NoUnicodeError
            return token
        text = ""
        while (token := self.next()) != "}":
            if token in ("{", "$"):
                raise NoUnicodeError
            text += _spoken(token[1:]) if token.startswith("\\") else token
        return re.sub(r"\s+", " ", text)

    def peek(self) -> str | None:
        """Return the next token without reading it; None at the end."""
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def next(self) -> str:
        """Read the next token."""
        token = self.peek()
        if token is None:
            raise NoUnicodeError
        self._place += 1
        return token

    def skip_space(self) -> None:
        """Read past white space."""
        while (token := self.peek()) is not None and token.isspace():
            self._place += 1

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NoUnicodeError

    def _one(self) -> list[Atom]:
        token = self.next()
        if token.isspace() or token in "&~":
            return [SPACE]
        if token == "{":
            return self._group()
        if token == "}":
            raise NoUnicodeError
        if token == "-":
            return [atom("−")]
        if token == ROW_END:
            return [atom("\n")]
        if token.startswith("\\"):
            return self._command(self, token[1:])
        return [atom(token)]

    def _group(self) -> list[Atom]:
        """Read a group; it is one atom only where a script applies to all of it."""
        atoms = self.up_to("}")
        place = self._place
        self.skip_space()
        scripted = self.peek() in _SCRIPT_SIGNS
        self._place = place
        return [whole(atoms)] if scripted else atoms

    def _script(self, atoms: list[Atom]) -> None:
        sign = self.next()
        if sign == "'":
            sign, text = "^", "′"
        else:
            text = join(self.argument(), tight=True)
        while atoms and atoms[-1].kind is Kind.SPACE:
            atoms.pop()
        base = atoms.pop() if atoms else Atom("", Kind.ORDINARY)
        atoms.append(base.with_script(sign, text))


def whole(atoms: list[Atom]) -> Atom:
    """Return `atoms` as the one thing that a script or a mark applies to."""
    seen = [one for one in atoms if one.kind is not Kind.SPACE]
    return seen[0] if len(seen) == 1 else Atom(join(atoms), Kind.ORDINARY, compound=True)


def _spoken(name: str) -> str:
    r"""Return what an escape such as `\_` stands for within text."""
    spoken = symbols.SPACES.get(name, symbols.symbol(name) if len(name) == 1 else None)
    if spoken is None or name.isalpha():
        raise NoUnicodeError
    return spoken
