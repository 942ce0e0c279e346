"""A card's Markdown as HTML that runs nothing and loads nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from srs.deck.markup import new_parser

# The file name under which a picture can be shown, None where it cannot.
Picture = Callable[[str], str | None]
# A formula, and whether it stands on lines of its own, as HTML.
Formula = Callable[[str, bool], str]

_BARE_TAG = re.compile(r"</?(?:b|br|em|i|kbd|mark|s|strong|sub|sup|u)\s*/?>", re.IGNORECASE)
_FORMATTING = re.compile(r"(</?(?:b|em|i|s|strong|u)\s*>)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BOX = re.compile(r'<input class="task-list-item-checkbox"([^>]*)>')
# One line without a sign that Markdown could read, as most questions are.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?()/%=+'\"-])*(?<! )")
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_PICTURE, _FORMULA = "picture", "formula"


def html(text: str, picture: Picture | None = None, formula: Formula | None = None) -> str:
    r"""Return a Markdown text as HTML.

    Mathematics stands in `\(…\)` and `\[…\]`, as MathJax reads it, or as `formula` writes it.
    HTML in the text is shown as text, but for bare tags such as `<br>`; comments are left out. A
    picture is shown where `picture` gives it a name, and is a link or its description elsewhere.
    """
    if _PLAIN.fullmatch(text):
        shown = escape(text, quote=False).replace('"', "&quot;")  # as markdown-it does
        return f"<p>{shown}</p>"
    means = {_PICTURE: picture or (lambda _: None), _FORMULA: formula or _for_mathjax}
    return str(_parser().render(text, means)).strip()


def _for_mathjax(latex: str, on_its_own: bool) -> str:
    return rf"\[{escape(latex)}\]" if on_its_own else rf"\({escape(latex)}\)"


def closed(shown: str) -> str:
    """Return what `html` gave with the tags that are not opened or closed in it as text.

    Browsers carry an open `<b>` on into all that follows, and so out of a card.
    """
    pieces = _FORMATTING.split(shown)
    open_at: list[int] = []
    lone = set(range(1, len(pieces), 2))
    for at in range(1, len(pieces), 2):
        name = pieces[at].strip("</ >").lower()
        if not pieces[at].startswith("</"):
            open_at.append(at)
        elif any(pieces[each].strip("< >").lower() == name for each in open_at):
            while pieces[opened := open_at.pop()].strip("< >").lower() != name:
                pass
            lone -= {opened, at}
    return "".join(escape(piece) if at in lone else piece for at, piece in enumerate(pieces))


@cache
def _parser() -> MarkdownIt:
    md = new_parser()
    rules: dict[str, Any] = md.renderer.rules  # type: ignore[attr-defined]
    rules["html_inline"] = rules["html_block"] = _html
    rules["math_inline"] = _inline_math
    for name in ("math_block", "math_block_label", "math_inline_double"):
        rules[name] = _block_math
    rules["image"] = _image
    rules["link_open"] = _link_open
    return md


def _html(tokens: Sequence[Token], index: int, *_: Any) -> str:
    box = _BOX.fullmatch(tokens[index].content)
    if box:  # the plug-in for task lists writes it as HTML
        return "☑" if "checked" in box[1] else "☐"
    text = _COMMENT.sub("", tokens[index].content)
    position, pieces = 0, []
    for found in _BARE_TAG.finditer(text):
        pieces += [escape(text[position : found.start()]), found.group()]
        position = found.end()
    return "".join([*pieces, escape(text[position:])])


def _inline_math(tokens: Sequence[Token], index: int, _: Any, env: Any) -> str:
    return str(env[_FORMULA](tokens[index].content, False))


def _block_math(tokens: Sequence[Token], index: int, _: Any, env: Any) -> str:
    return str(env[_FORMULA](tokens[index].content.strip(), True))


def _image(tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    source, text = str(tokens[index].attrGet("src") or ""), tokens[index].content
    name = env[_PICTURE](source)
    if name is not None:
        return f'<img src="{escape(name)}" alt="{escape(text)}">'
    if _WEB.match(source):
        return f'<a href="{escape(source)}">{escape(text or source)}</a>'
    return f"[{escape(text or source)}]"


def _link_open(tokens: Sequence[Token], index: int, *_: Any) -> str:
    target = str(tokens[index].attrGet("href") or "")
    return f'<a href="{escape(target)}">' if _WEB.match(target) else "<a>"
