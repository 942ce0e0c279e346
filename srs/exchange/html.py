r"""HTML fields of other programs as clean Markdown.

markdownify does the conversion; what is ours is which signs have to be escaped, and what Anki
writes beside HTML: mathematics as `\(…\)`, `\[…\]`, `[$]…[/$]`, `[$$]…[/$$]`, `[latex]…[/latex]`
and `<anki-mathjax>`, which becomes `$…$` and `$$…$$`, and `[sound:…]`, which becomes a link.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from srs.exchange.escaping import (
    BREAKING_TAG,
    SPACE,
    TAG,
    escaped,
    picture_target,
    without_tags,
)
from srs.exchange.latex import formula, latex_markdown
from srs.exchange.simple_html import EDGE, RULE, picture, simple_markdown

if TYPE_CHECKING:
    from markdownify import MarkdownConverter

# Longer fields are no notes; their tags are only taken off.
LONGEST_FIELD = 1_000_000

_BLOCK, _INLINE, _LATEX, _SOUND = "block", "inline", "latex", "sound"
_PAIRS = {
    r"\(": (r"\)", _INLINE),
    r"\[": (r"\]", _BLOCK),
    "[$]": ("[/$]", _INLINE),
    "[$$]": ("[/$$]", _BLOCK),
    "[latex]": ("[/latex]", _LATEX),
    "[sound:": ("]", _SOUND),
    "<anki-mathjax": ("</anki-mathjax>", _INLINE),
}
_OPENING = re.compile("|".join(re.escape(each) for each in _PAIRS), re.IGNORECASE)
_MATHJAX_START = re.compile(r"[^<>]*>")
_BLOCK_ATTRIBUTE = re.compile(r"block\s*=\s*[\"']?true", re.IGNORECASE)

# What is kept from the conversion is replaced by its number between two signs of private use.
_KEPT = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000-\ue009]")

_END_OF = {
    name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style", "button")
}
_UNSEEN = re.compile(r"<(script|style|button)\b[^<>]*>", re.IGNORECASE)
_NO_TAG = re.compile(r"<(?![A-Za-z/][^<>]*>)")
_EDGE_RUN = re.compile(
    r"(?:[ \t]*(?:\\\n|\n|\ue002))*[ \t]*(?:\\\n|\ue002)"
    r"(?:[ \t]*(?:\\\n|\n|\ue002))*([ \t]*)"
)
_AFTER_MARKER = re.compile(r"^([ \t>]*(?:-|\d+\.)[ \t]+)[\ue002 \t]+", re.MULTILINE)
_AFTER_FORMULA = re.compile(r"(?<=\n\$\$\n\n)[ \t]+")
_NARROW = re.compile(r"<(?:li|td|th|blockquote|h\d)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)*")


def markdown_of(html: str, *, escape_brackets: bool = False) -> str:
    """Return the Markdown that says what an HTML field says.

    Scripts, styles, buttons, comments and colours are left out. With `escape_brackets` no bracket
    of the text can be taken for a deletion.
    """
    html = _without_unseen(_without_comments(_PRIVATE.sub("", html)))
    kept: list[str] = []
    text = _keep(html, kept)
    if len(text) > LONGEST_FIELD:
        found = escaped(without_tags(text), brackets=escape_brackets)
    elif "<" not in text:
        found = escaped(SPACE.sub(" ", unescape(text)).strip(), brackets=escape_brackets)
    else:
        # A sign that begins no tag costs the parser a look at all that follows it.
        text = _NO_TAG.sub("&lt;", text)
        simple = simple_markdown(text, escape_brackets=escape_brackets)
        found = simple or _converted(text, escape_brackets=escape_brackets)
    return _tidy(_KEPT.sub(lambda sign: kept[int(sign.group(1))], found))


def _keep(html: str, kept: list[str]) -> str:
    """Return the field with its mathematics and sounds replaced by signs."""
    parts: list[str] = []
    position = 0
    hopeless: set[str] = set()
    narrow = _NARROW.search(html) is not None
    for opening in _OPENING.finditer(html):
        if opening.start() < position:
            continue
        closing, sort = _PAIRS[opening.group().lower()]
        if closing in hopeless:
            continue
        end = html.find(closing, opening.end())
        if end < 0:
            hopeless.add(closing)
            continue
        inside = html[opening.end() : end]
        if opening.group().startswith("<"):
            start = _MATHJAX_START.match(inside)
            if start is None:
                continue
            sort = _BLOCK if _BLOCK_ATTRIBUTE.search(start.group()) else sort
            inside = inside[start.end() :]
        shown = _sound(inside) if sort is _SOUND else _mathematics(inside, sort, narrow=narrow)
        parts += [html[position : opening.start()], f"\ue000{len(kept)}\ue001"]
        kept.append(shown)
        position = end + len(closing)
    parts.append(html[position:])
    return "".join(parts)


def _mathematics(inside: str, sort: str, *, narrow: bool) -> str:
    """Return a formula; within lists, tables and quotes (`narrow`) it stays on its line."""
    text = TAG.sub("", BREAKING_TAG.sub("\n", inside))
    lines = [line.strip() for line in unescape(text).replace("\u00a0", " ").split("\n")]
    found = "\n".join(filter(None, lines))
    if sort is _LATEX:
        return latex_markdown(found, narrow=narrow)
    return formula(found, is_block=sort is _BLOCK, narrow=narrow)


def _sound(name: str) -> str:
    name = unescape(name).strip()
    return f"[sound: {escaped(name, brackets=True)}]({picture_target(name)})"


def _without_unseen(html: str) -> str:
    """Return a field without its scripts, styles and buttons; an open one hides the rest."""
    parts: list[str] = []
    position = 0
    while opening := _UNSEEN.search(html, position):
        parts.append(html[position : opening.start()])
        closing = _END_OF[opening.group(1).lower()].search(html, opening.end())
        if closing is None:
            return "".join(parts)
        position = closing.end()
    return "".join([*parts, html[position:]]) if parts else html


def _without_comments(html: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        parts.append(html[position:start])
        end = html.find("-->", start + 4)
        if end < 0:
            return "".join(parts)
        position = end + 3
    return "".join([*parts, html[position:]])


def _converted(html: str, *, escape_brackets: bool) -> str:
    try:
        found = str(_converter(escape_brackets).convert(html))
    except RecursionError:  # tags nested deeper than any note needs
        return escaped(without_tags(html), brackets=escape_brackets)
    # markdownify takes the line end off a break that ends the text; of an even number of
    # backslashes each stands for itself.
    return f"{found}\n" if (len(found) - len(found.rstrip("\\"))) % 2 else found


def _tidy(text: str) -> str:
    text = _EDGE_RUN.sub(_broken, _AFTER_MARKER.sub(r"\1", text))
    text = _AFTER_FORMULA.sub("", _BLANK_LINES.sub("\n\n", text))
    return text.replace(" \n\n", "\n\n").strip()


def _broken(run: re.Match[str]) -> str:
    """Return the line break or the blank line that a run of breaks and edges amounts to."""
    signs = run.group().replace(" ", "").replace("\t", "")
    indent = run.group(1)
    breaks = signs.count("\\\n")
    if run.start() == 0 or run.end() == len(run.string):
        return ""
    if signs.replace("\\\n", "").count("\n"):  # beside a list, a table or a paragraph
        return f"\n\n{indent}" if "\n\n" in signs or breaks else f"\n{indent}"
    blank = breaks > 1 or (breaks and signs.startswith(EDGE) and signs.endswith(EDGE))
    return f"\n\n{indent}" if blank else f"\\\n{indent}"


@cache
def _converter(escape_brackets: bool) -> MarkdownConverter:
    # Imported here: only files of other programs need it.
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """markdownify with our escapes, our line ends and our way with pictures."""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            return escaped(text.replace("\u00a0", " "), brackets=escape_brackets)

        def convert_div(self, el: Any, text: str, parent_tags: set[str]) -> str:
            """Break the line around it, as it does on the screen."""
            if "_inline" in parent_tags:
                return f" {text.strip()} "
            return f"{EDGE}{text}{EDGE}"

        def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
            """Break the line, in code too."""
            if "pre" in parent_tags:
                return "\n"
            return " " if "_inline" in parent_tags else "\\\n"

        def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return picture(el.attrs)

        def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
            """Leave spans out: Markdown has none."""
            return f" {text.strip().replace(chr(10), ' ')} |"

        convert_th = convert_td

        def convert_hr(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return RULE

        def convert_rt(self, el: Any, text: str, parent_tags: set[str]) -> str:
            """Set how a word is read behind it, as the filter `furigana` does."""
            return f"（{text.strip()}）" if text.strip() else ""

        def convert_rp(self, el: Any, text: str, parent_tags: set[str]) -> str:
            """Leave out what stands for `rt` where that is unknown."""
            return ""

        def _kept_as(self, name: str, text: str) -> str:
            return f"<{name}>{text}</{name}>" if text else ""

        def convert_sub(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return self._kept_as("sub", text)

        def convert_sup(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return self._kept_as("sup", text)

    return Converter(heading_style="ATX", bullets="-", newline_style="BACKSLASH", autolinks=False)
