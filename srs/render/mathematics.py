r"""LaTeX mathematics as a line of Unicode: `\frac{QK^T}{\sqrt{d_k}}` becomes `QKᵀ/√dₖ`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from srs.render import symbols
from srs.render.controls import clean
from srs.render.formula import Atom, Kind, atom, join, numerator, operand
from srs.render.latex import ROW_END, SPACE, LatexReader, NoUnicodeError, whole

_CELL_ENDS = frozenset({"&", ROW_END, "\\end"})
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_MATRICES = {
    "matrix": ("[", "]"),
    "smallmatrix": ("[", "]"),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "array": ("", ""),
}
_CASES = symbols.words("cases dcases")
_ROWS = symbols.words(
    "aligned align align* gathered gather gather* split equation equation* multline"
)


@lru_cache(maxsize=512)
def unicode_math(latex: str) -> str | None:
    """Return `latex` in Unicode, rows of an aligned formula on lines of their own.

    None means that part of it has no such form, an unknown command or a lone brace: show the
    LaTeX itself. Nothing is ever left out. A matrix is written by rows: `[a, b; c, d]`.
    """
    try:
        shown = join(LatexReader(clean(latex), _command).sequence(frozenset()))
    except NoUnicodeError:
        return None
    return "\n".join(row.strip() for row in shown.split("\n")).strip("\n") or None


def scripted(sign: str, text: str) -> str:
    """Return `text` lowered (`_`) or raised (`^`); as `_(text)` where Unicode lacks a letter."""
    return Atom("", Kind.ORDINARY).with_script(sign, text.strip()).shown


def _command(reader: LatexReader, name: str) -> list[Atom]:
    if name in symbols.SPACES or name.isspace():
        return [Atom(symbols.SPACES.get(name, " "), Kind.SPACE)]
    if name in symbols.UNSEEN:
        return []
    if name in symbols.DELIMITER_SIZES:
        if reader.peek() == ".":
            reader.next()
        return []
    if name in symbols.FUNCTIONS:
        return [Atom(name, Kind.WORD)]
    if name in _COMMANDS:
        return _COMMANDS[name](reader, name)
    if symbols.is_accent(name):
        base = whole(reader.argument())
        return [replace(base, text=symbols.accented(name, base.text), compound=False)]
    if symbols.is_font(name):
        return [replace(one, text=symbols.in_font(name, one.text)) for one in reader.argument()]
    sign = symbols.symbol(name)
    if sign is None:
        raise NoUnicodeError
    return [atom(sign)]


def _text(reader: LatexReader, _: str) -> list[Atom]:
    text = reader.words()
    word = text.strip(" ")
    kind = Kind.ORDINARY if len(word) == 1 else Kind.WORD
    before = [SPACE] if text.startswith(" ") else []
    after = [SPACE] if text.endswith(" ") else []
    return [*before, Atom(word, kind), *after]


def _fraction(reader: LatexReader, _: str) -> list[Atom]:
    above = numerator(reader.argument())
    below = operand(reader.argument())
    return [Atom(f"{above}/{below}", Kind.FRACTION, compound=True)]


def _binomial(reader: LatexReader, _: str) -> list[Atom]:
    of, chosen = join(reader.argument()), join(reader.argument())
    return [Atom(f"C({of}, {chosen})", Kind.ORDINARY)]


def _root(reader: LatexReader, _: str) -> list[Atom]:
    degree = ""
    reader.skip_space()
    if reader.peek() == "[":
        reader.next()
        degree = join(reader.up_to("]"), tight=True)
    sign = _ROOTS.get(degree) or f"{scripted('^', degree)}√"
    return [Atom(sign + operand(reader.argument()), Kind.ORDINARY, compound=True)]


def _stacked(reader: LatexReader, name: str) -> list[Atom]:
    script = join(reader.argument(), tight=True)
    return [whole(reader.argument()).with_script("_" if name == "underset" else "^", script)]


def _braced(reader: LatexReader, _: str) -> list[Atom]:
    return [replace(whole(reader.argument()), compound=True)]


def _boxed(reader: LatexReader, _: str) -> list[Atom]:
    return reader.argument()


def _rows_in_a_script(reader: LatexReader, _: str) -> list[Atom]:
    return [Atom(join(reader.argument()).replace("\n", ", "), Kind.ORDINARY)]


def _negated(reader: LatexReader, _: str) -> list[Atom]:
    first, *others = reader.argument() or [Atom("", Kind.ORDINARY)]
    return [replace(first, text=symbols.struck(first.text)), *others]


def _modulus(reader: LatexReader, name: str) -> list[Atom]:
    if name == "bmod":
        return [SPACE, Atom("mod", Kind.WORD), SPACE]
    return [SPACE, Atom(f"(mod {join(reader.argument())})", Kind.WORD)]


def _tag(reader: LatexReader, _: str) -> list[Atom]:
    return [Atom("  ", Kind.SPACE), Atom(f"({reader.words()})", Kind.WORD)]


def _environment(reader: LatexReader, _: str) -> list[Atom]:
    name = reader.words()
    if name == "array":
        reader.words()
    rows = _rows(reader, name)
    if name in _ROWS:
        lines = [[one for cell in row for one in (SPACE, *cell)] for row in rows]
        return [one for line in lines for one in (*line, atom("\n"))][:-1]
    if name in _CASES:
        cases = [" ".join(join(cell) for cell in row) for row in rows]
        return [Atom(f"{{{'; '.join(cases)}}}", Kind.ORDINARY)]
    if name not in _MATRICES:
        raise NoUnicodeError
    opening, closing = _MATRICES[name]
    written = "; ".join(", ".join(join(cell) for cell in row) for row in rows)
    return [Atom(f"{opening}{written}{closing}", Kind.ORDINARY)]


def _rows(reader: LatexReader, name: str) -> list[list[list[Atom]]]:
    """Read the cells of an environment's rows, and its end."""
    rows: list[list[list[Atom]]] = [[]]
    while True:
        rows[-1].append(reader.sequence(_CELL_ENDS))
        token = reader.next()
        if token == ROW_END:
            rows.append([])
        elif token == "\\end":
            break
    if reader.words() != name:
        raise NoUnicodeError
    return [row for row in rows if any(join(cell) for cell in row)]


_COMMANDS: dict[str, Callable[[LatexReader, str], list[Atom]]] = {
    **dict.fromkeys(
        symbols.words(
            "text textrm textbf textit texttt textsf mbox mathrm operatorname operatorname*"
        ),
        _text,
    ),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(("underset", "overset", "stackrel"), _stacked),
    **dict.fromkeys(("underbrace", "overbrace"), _braced),
    **dict.fromkeys(("bmod", "pmod"), _modulus),
    "sqrt": _root,
    "boxed": _boxed,
    "substack": _rows_in_a_script,
    "not": _negated,
    "tag": _tag,
    "begin": _environment,
}
