r"""LaTeX as Anki's `[latex]` holds it, text with formulas in it, as Markdown.

Formulas stay as they are, between `$` or `$$`. Lists, emphasis and line breaks become Markdown's;
any other command stays.
"""

from __future__ import annotations

import re

_ENVIRONMENT = r"math|displaymath|equation|align|aligned|alignat|gather|multline|eqnarray|flalign"
_OPENING = re.compile(rf"\$\$|\$|\\\(|\\\[|\\begin\{{({_ENVIRONMENT})(\*?)\}}")
_CLOSING = {"$$": "$$", "$": "$", r"\(": r"\)", r"\[": r"\]"}
_BARE = ("math", "displaymath")
_BLOCK = ("$$", r"\[")
_TEXT_COMMAND = (
    r"text(?:bf|it|tt|sc|rm|sf)?|emph|underline|item|(?:begin|end)\{(?:itemize|enumerate"
    r"|description|center|flushleft)\}|newline|hfill|noindent|quad|qquad|par|dots|ldots"
)
# What only a formula says: an index, a power, a command that is none of text.
_ONLY_MATH = re.compile(rf"(?<!\\)[\^_]|(?<!\\)\\(?!(?:{_TEXT_COMMAND})(?![A-Za-z]))[A-Za-z]")
_STYLED = re.compile(
    r"\\(textbf|textit|emph|underline|texttt|textsc|textrm|textsf|text)\{([^{}]*)\}"
)
_STYLE = {"textbf": "**", "textit": "*", "emph": "*", "texttt": "`"}
_DEEPEST = 4
_LIST = re.compile(
    r"\s*\\(begin|end)\{(itemize|enumerate|description)\}\s*"
    r"|\s*\\item\b[ \t]*(?:\[([^\]\n]*)\])?\s*"
)
_BREAK = re.compile(r"[ \t]*(?:\\\\|\\newline\b)[ \t]*\n?")
_SPACE = re.compile(
    r"\\(?:hfill|noindent|quad|qquad|par|(?:begin|end)\{(?:center|flushleft)\})(?![A-Za-z])|~"
)
_SPACES = re.compile(r"[ \t]{2,}")
_SIGN = re.compile(r"\\([%&#_$])")


def latex_markdown(latex: str, *, narrow: bool) -> str:
    """Return the Markdown that says what LaTeX says; with `narrow` a formula stays on its line."""
    parts: list[str] = []
    position = 0
    hopeless: set[str] = set()
    for opening in _OPENING.finditer(latex):
        name = opening.group(1)
        closing = rf"\end{{{name}{opening.group(2)}}}" if name else _CLOSING[opening.group()]
        if opening.start() < position or closing in hopeless:
            continue
        end = latex.find(closing, opening.end())
        if end < 0:
            hopeless.add(closing)
            continue
        parts.append(latex[position : opening.start()])
        position = end + len(closing)
        whole = name is not None and name not in _BARE
        inside = latex[opening.start() : position] if whole else latex[opening.end() : end]
        is_block = name not in (None, "math") or opening.group() in _BLOCK
        parts.append(formula(inside, is_block=is_block, narrow=narrow))
    parts.append(latex[position:])
    if len(parts) == 1 and _ONLY_MATH.search(latex.replace(r"\\", "\n")):
        return formula(latex, is_block=True, narrow=narrow)
    parts[::2] = map(_styled, parts[::2])
    text = _lists("".join(parts)).rstrip()
    while text.endswith("\\"):  # a break that ends the text breaks nothing
        text = text[:-1].rstrip()
    return text.lstrip()


def formula(text: str, *, is_block: bool, narrow: bool) -> str:
    """Return a formula between Markdown's signs; with `narrow` a block stays on its line."""
    text = text.strip()
    if not text:
        return ""
    if is_block and not narrow:
        return f"\n\n$$\n{text}\n$$\n\n"
    sign = "$$" if is_block else "$"
    return f"{sign}{' '.join(text.split())}{sign}"


def _styled(text: str) -> str:
    """Return text without formulas with its emphasis, breaks and signs as Markdown's."""
    text = _SPACES.sub(" ", text)
    for _ in range(_DEEPEST):
        text, count = _STYLED.subn(_style, text)
        if not count:
            break
    text = _SPACE.sub(" ", _BREAK.sub("\\\\\n", text))
    return _SIGN.sub(r"\1", text)


def _style(found: re.Match[str]) -> str:
    sign = _STYLE.get(found.group(1), "")
    inside = found.group(2).strip()
    return f"{sign}{inside}{sign}" if inside else ""


def _lists(text: str) -> str:
    """Return text with its lists as Markdown's."""
    depth: list[str] = []

    def line(found: re.Match[str]) -> str:
        edge, kind, label = found.groups()
        if edge == "begin":
            depth.append(kind)
            return "\n\n" if len(depth) == 1 else ""
        if edge == "end":
            if depth:
                depth.pop()
            return "" if depth else "\n\n"
        sign = "1. " if depth and depth[-1] == "enumerate" else "- "
        label = f"**{label.strip()}** " if label and label.strip() else ""
        return "\n" + "  " * max(0, len(depth) - 1) + sign + label

    return _LIST.sub(line, text)
