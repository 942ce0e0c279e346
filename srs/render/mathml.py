r"""LaTeX mathematics as MathML, which every present browser sets without a script.

latex2mathml makes the tree; what it holds is text of a deck, and its `\href`, `\style` and `\class`
would bring links and styles in, so only the elements and attributes that set a formula are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from srs.render.controls import clean
from srs.render.mathematics import unicode_math
from srs.render.symbols import words

_ELEMENTS = words(
    """
    math menclose mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
    ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
    """
)
_ATTRIBUTES = words(
    """
    accent accentunder columnalign columnspacing depth display displaystyle fence form height
    largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowspacing
    rspace scriptlevel separator separators stretchy symmetric width
    """
)
_NOT_IN_A_VALUE = frozenset("<>\"'&;:()\\/")
_DEEPEST = 60
_OPENING, _CLOSING = frozenset("([{⟨"), frozenset(")]}⟩")
_BREAKS = frozenset("=<>≤≥≈∼≡→⇒,")


class _UnsettableError(Exception):
    pass


def mathml(latex: str, on_its_own: bool) -> str:
    """Return a formula as MathML, on lines of its own (in a span of class formula) or in the text.

    What cannot be set so is shown in Unicode, and what has no such form as the LaTeX itself.
    """
    from latex2mathml.converter import convert_to_element

    shown = clean(latex)
    try:
        tree = convert_to_element(shown)
        if not on_its_own:
            return _written(tree, 0)
        lines = " ".join(f"<math>{piece}</math>" for piece in _pieces(tree))
        return f'<span class="formula">{lines}</span>'
    except Exception:  # it raises much beside its own errors on LaTeX that it does not know
        text = escape(unicode_math(shown) or shown)
        return f"<code>{text}</code>"


def _pieces(formula: Element) -> Iterator[str]:
    """Yield a formula in the pieces between which a line may end: behind relations and commas.

    Browsers break no line within a formula, and phones are narrow.
    """
    (row,) = formula
    piece, depth = "", 0
    for part in row:
        piece += _written(part, 0)
        sign = unescape(part.text or "") if part.tag in ("mo", "mi") else ""
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign in _BREAKS and not depth:
            yield f'<mstyle displaystyle="true">{piece}</mstyle>'
            piece = ""
    if piece:
        yield f'<mstyle displaystyle="true">{piece}</mstyle>'


def _written(element: Element, depth: int) -> str:
    name = element.tag
    if name not in _ELEMENTS or depth > _DEEPEST:
        raise _UnsettableError
    attributes = "".join(
        f' {key}="{value}"'
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES and not _NOT_IN_A_VALUE & set(value)
    )
    text = escape(unescape(element.text or ""))
    if name != "mtext" and ("\\" in text or text == "&amp;"):  # a command that it does not know
        raise _UnsettableError
    parts = [_written(child, depth + 1) for child in element]
    tail = escape(unescape(element.tail or "")).strip()
    return f"<{name}{attributes}>{text}{''.join(parts)}</{name}>{tail}"
