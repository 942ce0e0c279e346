r"""What single LaTeX commands look like in Unicode: unicodeit's tables, and a few entries of ours.

The tables are looked up command by command, since `unicodeit.replace` substitutes prefixes:
it shows `\log` as `łog` and `\hat x` as `ℎat x`.
"""

from __future__ import annotations

import unicodedata
from functools import cache


def words(text: str) -> frozenset[str]:
    """Return the names in `text`."""
    return frozenset(text.split())


FUNCTIONS = words(
    "arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf "
    "ker lg lim liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh"
)
DELIMITER_SIZES = words(
    "left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr"
)
UNSEEN = words(
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag "
    "mathop mathbin mathrel mathord mathopen mathclose ensuremath"
)
SPACES = {",": " ", ":": " ", ";": " ", " ": " ", "~": " ", "!": "", "quad": "  ", "qquad": "    "}

# What unicodeit lacks, or shows as a sign of another meaning or of double width.
_OWN_SYMBOLS = {
    "dots": "…",
    "dotsc": "…",
    "dotsb": "⋯",
    "langle": "⟨",
    "rangle": "⟩",
    "lbrack": "[",
    "rbrack": "]",
    "lvert": "|",
    "rvert": "|",
    "lVert": "‖",
    "rVert": "‖",
    "square": "□",
    "star": "⋆",
    "|": "‖",
    **{sign: sign for sign in "{}$%&#_-/"},
}
_FONTS = {"boldsymbol": "mathbf", "bm": "mathbf", "mathscr": "mathcal"}
_STYLED = frozenset({"mathbf", "mathbb", "mathcal", "mathfrak"})
_UPRIGHT = frozenset({"mathsf", "mathtt", "mathit", "mathnormal"})
_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}
_LINES = {"overline": "\u0305", "underline": "\u0332"}
_STROKE = "\u0338"
_SUPERSCRIPT_SIGNS = {"⊤": "ᵀ", "⊺": "ᵀ", "∘": "°", "′": "′", "*": "*", "∗": "*", "†": "†"}
# unicodeit has a Hangul letter for ^V, a Canadian syllable for ^. and spacing arrowheads.
_UNFIT_SCRIPTS = frozenset({"^V", "^.", "_<", "_>", "^<", "^>"})


def symbol(name: str) -> str | None:
    r"""Return the sign of the command `\name`, or None if it has none."""
    return _OWN_SYMBOLS.get(name) or _unicodeit().get(f"\\{name}")


def is_font(name: str) -> bool:
    r"""Tell whether the command `\name` sets its argument in another alphabet."""
    return name in _STYLED or name in _UPRIGHT or name in _FONTS


def in_font(name: str, text: str) -> str:
    """Return `text` in an alphabet of Unicode's, letter by letter where it has the letter."""
    alphabet = _alphabet(_FONTS.get(name, name))
    return "".join(alphabet.get(character, character) for character in text)


def is_accent(name: str) -> bool:
    r"""Tell whether the command `\name` sets a mark on its argument."""
    return name in _ACCENTS or name in _LINES


def accented(name: str, text: str) -> str:
    """Return `text` with its mark; what is too long for a mark is named: `hat(abc)`."""
    if name in _LINES:
        return "".join(character + _LINES[name] for character in text)
    if len([character for character in text if not unicodedata.combining(character)]) > 1:
        return f"{name.removeprefix('wide')}({text})"
    return unicodedata.normalize("NFC", text + _ACCENTS[name])


def struck(text: str) -> str:
    r"""Return `text` with the stroke of `\not` through its first character."""
    return unicodedata.normalize("NFC", text[:1] + _STROKE) + text[1:]


def script(sign: str, text: str) -> str | None:
    """Return `text` raised (`^`) or lowered (`_`), or None where Unicode lacks a character."""
    raised = [_scripts().get(sign + character) for character in text]
    return None if None in raised else "".join(character or "" for character in raised)


@cache
def _unicodeit() -> dict[str, str]:
    from unicodeit.data import REPLACEMENTS

    return dict(REPLACEMENTS)


@cache
def _alphabet(font: str) -> dict[str, str]:
    """Return the letters of `font` by the plain letters they stand for, Greek ones included."""
    if font not in _STYLED:
        return {}
    table = _unicodeit()
    opening = f"\\{font}{{"
    letters = {}
    for command, letter in table.items():
        if command.startswith(opening):
            plain = command.removeprefix(opening).removesuffix("}")
            letters[table.get(plain, plain)] = letter
    return letters


@cache
def _scripts() -> dict[str, str]:
    from unicodeit.data import SUBSUPERSCRIPTS

    known = {written: shown for written, shown in SUBSUPERSCRIPTS if written not in _UNFIT_SCRIPTS}
    return known | {f"^{sign}": shown for sign, shown in _SUPERSCRIPT_SIGNS.items()}
