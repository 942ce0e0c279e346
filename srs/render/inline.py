"""What stands within a paragraph: emphasis, links, code, mathematics, pictures, a little HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from markdown_it.token import Token

from srs.deck.markup import markdown
from srs.render.controls import clean
from srs.render.lines import Picture, Role, Span
from srs.render.signs import Signs
from srs.render.wrap import Flow

FORMULA_INDENT = 4

_SPACES = re.compile("[ \n]+")
_COMMENT_START, _COMMENT_END = "<!--", "-->"
_TAG = re.compile(r"<(/?)([a-z]+)\s*/?>", re.IGNORECASE)
_TASK_BOX = 'class="task-list-item-checkbox"'
_OPENING = {"em_open": Role.EMPHASIS, "strong_open": Role.STRONG, "s_open": Role.STRIKE}
_CLOSING = frozenset({"em_close", "strong_close", "s_close"})
_ROLE_TAGS = {
    "b": Role.STRONG,
    "strong": Role.STRONG,
    "i": Role.EMPHASIS,
    "em": Role.EMPHASIS,
    "s": Role.STRIKE,
    "del": Role.STRIKE,
    "kbd": Role.CODE,
    "code": Role.CODE,
}
_EDGE = ""
_SCRIPT_TAGS = {"sub": "_", "sup": "^"}


def is_task_box(token: Token) -> bool:
    """Tell whether `token` is the box that the task-list rule sets before an item."""
    return token.type == "html_inline" and _TASK_BOX in token.content


def without_comments(html: str) -> str:
    """Return `html` without its comments; one that never ends is text."""
    kept = ""
    while (start := html.find(_COMMENT_START)) >= 0:
        end = html.find(_COMMENT_END, start + len(_COMMENT_START))
        if end < 0:
            break
        kept += html[:start]
        html = html[end + len(_COMMENT_END) :]
    return kept + html


def formula(latex: str) -> list[Flow]:
    """Return displayed mathematics: a flow a row, or the LaTeX as code where it has no Unicode."""
    from srs.render.mathematics import unicode_math

    shown, role = unicode_math(latex), Role.MATH
    if shown is None:
        shown, role = clean(latex).strip("\n"), Role.CODE
    return [Flow((Span(row, (role,)),), FORMULA_INDENT) for row in shown.split("\n") if row.strip()]


class InlineReader:
    """Reads the inline tokens of one card into flows and collects the pictures it meets."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.pictures: list[Picture] = []

    def flows(self, children: Sequence[Token], *roles: Role) -> list[Flow]:
        """Return the text of inline tokens, all of it in `roles` besides their own.

        A hard break begins a new flow, and displayed mathematics is a flow of its own.
        """
        return _Run(self, children, roles).flows


class _Run:
    """One pass over the children of an inline token."""

    def __init__(
        self, reader: InlineReader, children: Sequence[Token], roles: tuple[Role, ...]
    ) -> None:
        self._reader = reader
        self._signs = reader.signs
        self._roles = [roles]
        self._scripts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._spans: list[Span] = []
        self.flows: list[Flow] = []
        tags = _paired_tags(children)
        for index, child in enumerate(children):
            self._read(child, tags.get(index))
        self._end_flow()

    def _read(self, token: Token, tag: str | None) -> None:
        kind = token.type
        if kind == "text":
            self._add(token.content)
        elif kind == "softbreak":
            self._add(" ")
        elif kind == "hardbreak":
            self._end_flow()
        elif kind in _OPENING:
            self._open(_OPENING[kind])
        elif kind in _CLOSING:
            self._close()
        elif kind == "code_inline":
            sign = self._signs.code
            self._add_verbatim(f"{sign}{token.content}{sign}", Role.CODE)
        elif kind == "math_inline":
            self._add_formula(token.content)
        elif kind == "math_inline_double":
            self._end_flow()
            self.flows += formula(token.content)
        elif kind == "link_open":
            self._links.append((str(token.attrs.get("href", "")), len(self._spans)))
            self._open(Role.LINK)
        elif kind == "link_close":
            self._close()
            self._add_target(*self._links.pop())
        elif kind == "image":
            self._add_picture(token)
        elif kind == "html_inline":
            self._read_html(token.content, tag)
        else:
            self._add(token.content)

    def _read_html(self, html: str, tag: str | None) -> None:
        if tag == "br":
            self._end_flow()
        elif tag is None:
            if _TASK_BOX not in html:
                self._add(without_comments(html))
        elif tag.startswith("/"):
            if tag[1:] in _SCRIPT_TAGS:
                self._scripts.pop()
            else:
                self._close()
        elif tag in _SCRIPT_TAGS:
            self._scripts.append(_SCRIPT_TAGS[tag])
        else:
            self._open(_ROLE_TAGS[tag])

    def _open(self, role: Role) -> None:
        self._roles.append((*self._roles[-1], role))
        self._add_verbatim(self._sign_of(role))

    def _close(self) -> None:
        self._add_verbatim(self._sign_of(self._roles[-1][-1]))
        self._roles.pop()

    def _sign_of(self, role: Role) -> str:
        return {Role.STRIKE: self._signs.strike, Role.CODE: self._signs.code}.get(role, "")

    def _add(self, text: str) -> None:
        text = _SPACES.sub(" ", clean(text))
        if self._scripts and text:
            from srs.render.mathematics import scripted

            text = scripted(self._scripts[-1], text)
        self._add_verbatim(text)

    def _add_verbatim(self, text: str, role: Role | None = None) -> None:
        text = clean(text).replace("\n", " ")
        if text:
            roles = (*self._roles[-1], role) if role else self._roles[-1]
            self._spans.append(Span(text, roles or (Role.TEXT,)))

    def _add_formula(self, latex: str) -> None:
        from srs.render.mathematics import unicode_math

        shown = unicode_math(latex)
        if shown is None:
            sign = self._signs.code
            self._add_verbatim(f"{sign}{latex}{sign}", Role.CODE)
        else:
            self._add_verbatim(shown.replace("\n", "; "), Role.MATH)

    def _add_target(self, href: str, start: int) -> None:
        shown = "".join(span.text for span in self._spans[start:])
        target = _decoded(href, markdown().normalizeLinkText(href))
        if target and _bare(target) != _bare(shown):
            self._add_verbatim(f" ({target})" if shown else target, Role.MUTED)

    def _add_picture(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        target = clean(source) if "://" in source else _decoded(source, unquote(source))
        alt = _SPACES.sub(" ", clean(_plain_text(token.children or []))).strip()
        self._reader.pictures.append(Picture(alt, target))
        self._add_verbatim(f"[picture: {alt or target}]", Role.LINK)

    def _end_flow(self) -> None:
        spans = _trimmed(self._spans)
        if spans:
            self.flows.append(Flow(spans))
        self._spans = []
        self._links = [(href, 0) for href, _ in self._links]


def _paired_tags(children: Sequence[Token]) -> dict[int, str]:
    """Return, by index, the HTML tags to honour: `br`, and those that open and close in order.

    Any other tag is text, so that `List<int>` stays whole. A tag does not close across the edge
    of emphasis or a link.
    """
    honoured: dict[int, str] = {}
    opened: list[tuple[str, int]] = []
    for index, child in enumerate(children):
        if child.nesting > 0:
            opened.append((_EDGE, index))
        elif child.nesting < 0:
            while opened.pop()[0] != _EDGE:
                pass
        match = _TAG.fullmatch(child.content) if child.type == "html_inline" else None
        if match is None:
            continue
        closing, name = match[1], match[2].lower()
        if name == "br":
            honoured[index] = name
        elif not closing and (name in _ROLE_TAGS or name in _SCRIPT_TAGS):
            opened.append((name, index))
        elif opened and closing and opened[-1][0] == name:
            honoured[opened.pop()[1]] = name
            honoured[index] = f"/{name}"
    return honoured


def _trimmed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` without the space that stood around a break."""
    trimmed = list(spans)
    while trimmed and not trimmed[0].text.strip(" "):
        del trimmed[0]
    while trimmed and not trimmed[-1].text.strip(" "):
        del trimmed[-1]
    if trimmed:
        trimmed[0] = Span(trimmed[0].text.lstrip(" "), trimmed[0].roles)
        trimmed[-1] = Span(trimmed[-1].text.rstrip(" "), trimmed[-1].roles)
    return tuple(trimmed)


def _plain_text(children: Sequence[Token]) -> str:
    """Return the text of `children` without its marks, as a picture's description."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content or _plain_text(inner)
        for child in children
        for inner in [child.children or []]
    )


def _decoded(address: str, decoded: str) -> str:
    """Return `decoded`, or `address` as it is where percent signs hide control characters."""
    return decoded if decoded == clean(decoded).replace("\n", "") else clean(address)


def _bare(address: str) -> str:
    """Return `address` without the parts that a reader leaves out when writing it."""
    for scheme in ("https://", "http://", "mailto:"):
        address = address.removeprefix(scheme)
    return address.rstrip("/")
