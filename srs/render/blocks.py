"""Block structure: paragraphs, headings, lists, quotes, code, tables, one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from srs.render.code import listing
from srs.render.controls import clean
from srs.render.inline import InlineReader, formula, is_task_box, without_comments
from srs.render.lines import Line, Role, Span
from srs.render.tables import Table, table_lines
from srs.render.wrap import Flow, width_of, wrap, wrap_flows

# Nesting indents no further once it would leave less than this.
NARROWEST_TEXT = 10

_CALLOUT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ ]*")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class BlockReader:
    """Lays the blocks of one card out, its inline text read by `inline`."""

    def __init__(self, inline: InlineReader) -> None:
        self._inline = inline
        self._signs = inline.signs

    def stack(
        self, nodes: Sequence[SyntaxTreeNode], width: int, *, tight: bool = False, depth: int = 0
    ) -> list[Line]:
        """Return the lines of `nodes` in `width` cells, a blank line between them unless `tight`.

        A heading stands directly above its text. `depth` counts the lists around the nodes.
        """
        lines: list[Line] = []
        under_heading = False
        for node in nodes:
            block = self._block(node, width, depth)
            if not block:
                continue
            if lines and not tight and not under_heading:
                lines.append(Line())
            lines += block
            under_heading = node.type == "heading"
        return lines

    def _block(self, node: SyntaxTreeNode, width: int, depth: int) -> list[Line]:
        kind = node.type
        if kind == "paragraph":
            return self._text(node, width)
        if kind == "heading":
            return self._heading(node, width)
        if kind in ("bullet_list", "ordered_list"):
            return self._list(node, width, depth)
        if kind == "blockquote":
            return self._quote(node, width, depth)
        if kind == "table":
            return self._table(node, width)
        if kind == "hr":
            return [Line((Span(self._signs.rule * width, (Role.RULE,)),))]
        if kind in ("fence", "code_block"):
            return self._code(node, width)
        if kind.startswith("math_block"):
            label = f"\\tag{{{node.info}}}" if node.info else ""
            return wrap_flows(formula(node.content.strip() + label), width)
        return self._literal(node, width)

    def _text(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        return wrap_flows(self._flows(node), width)

    def _flows(self, node: SyntaxTreeNode, *roles: Role) -> list[Flow]:
        return self._inline.flows(_inline_tokens(node), *roles)

    def _heading(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        flows = self._flows(node, Role.HEADING)
        if flows and self._signs.heading:
            mark = Span(f"{self._signs.heading * int(node.tag[1:])} ", (Role.HEADING,))
            flows[0] = Flow((mark, *flows[0].spans))
        return wrap_flows(flows, width)

    def _list(self, node: SyntaxTreeNode, width: int, depth: int) -> list[Line]:
        items = node.children
        start = int(node.attrs.get("start", 1))
        bullet = self._signs.bullets[depth % len(self._signs.bullets)]
        markers = [bullet] * len(items)
        if node.type == "ordered_list":
            markers = [f"{start + place}{item.markup}" for place, item in enumerate(items)]
            longest = max(map(len, markers))
            markers = [marker.rjust(longest) for marker in markers]
        tight = all(
            block.hidden for item in items for block in item.children if block.type == "paragraph"
        )
        lines: list[Line] = []
        for item, marker in zip(items, markers, strict=True):
            marker = self._task_box(item) or marker
            prefix = Span(f"{marker} ", (Role.BULLET,))
            inner = width - width_of([prefix])
            if inner < NARROWEST_TEXT:
                body = wrap([prefix], width)
                body += self.stack(item.children, width, tight=tight, depth=depth + 1)
            else:
                body = self.stack(item.children, inner, tight=tight, depth=depth + 1)
                body = _hung(prefix, body)
            if lines and not tight:
                lines.append(Line())
            lines += body
        return lines

    def _task_box(self, item: SyntaxTreeNode) -> str | None:
        """Return the box of a task-list item; the inline reader passes it over."""
        if "task-list-item" not in str(item.attrs.get("class", "")):
            return None
        inline = item.children[0].children[0].token
        box = next(
            (child for child in (inline and inline.children) or [] if is_task_box(child)), None
        )
        if box is None:
            return None
        return self._signs.ticked_box if "checked=" in box.content else self._signs.box

    def _quote(self, node: SyntaxTreeNode, width: int, depth: int) -> list[Line]:
        bar, blank = (
            Span(text, (Role.QUOTE,)) for text in (self._signs.quote + " ", self._signs.quote)
        )
        inner = width - width_of([bar])
        if inner < NARROWEST_TEXT:
            return self._quoted(node, width, depth)
        lines = self._quoted(node, inner, depth)
        return [Line((bar, *line.spans) if line.spans else (blank,)) for line in lines]

    def _quoted(self, node: SyntaxTreeNode, width: int, depth: int) -> list[Line]:
        """Return a quote's lines; a first line such as `[!NOTE] Why` becomes its title."""
        first = node.children[0] if node.children else None
        tokens = _inline_tokens(first) if first and first.type == "paragraph" else []
        callout = _CALLOUT.match(tokens[0].content) if tokens and tokens[0].type == "text" else None
        if callout is None:
            return self.stack(node.children, width, depth=depth)
        end = next((place for place, token in enumerate(tokens) if _ends_line(token)), len(tokens))
        named = Span(callout[1].capitalize(), (Role.QUOTE, Role.STRONG))
        opening = tokens[0].copy(content=tokens[0].content[callout.end() :])
        titled = self._inline.flows([opening, *tokens[1:end]], Role.QUOTE, Role.STRONG)
        title = (
            Flow((named, Span(": ", named.roles), *titled[0].spans)) if titled else Flow((named,))
        )
        body = wrap_flows(self._inline.flows(tokens[end + 1 :]), width)
        others = self.stack(node.children[1:], width, depth=depth)
        gap = [Line()] if body and others else []
        return [*wrap_flows([title, *titled[1:]], width), *body, *gap, *others]

    def _table(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        head_row = node.children[0].children[0]
        bodies = node.children[1:]
        table = Table(
            head=[self._flows(cell, Role.TABLE_HEAD) for cell in head_row.children],
            rows=[
                [self._flows(cell) for cell in row.children]
                for body in bodies
                for row in body.children
            ],
            alignments=[
                str(cell.attrs.get("style", "")).removeprefix("text-align:")
                for cell in head_row.children
            ],
        )
        return table_lines(table, width, self._signs.rule)

    def _code(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        if node.info.strip() == "math":
            return wrap_flows(formula(node.content), width)
        code = clean(node.content.removesuffix("\n"))
        indent, continued = self._signs.listing, self._signs.continued
        if width - len(indent) < NARROWEST_TEXT:
            indent = continued = ""
        return listing(code, node.info, indent, continued, width)

    def _literal(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        """Return HTML, and any block unknown here, as the text it is."""
        text = _LINE_BREAK_TAG.sub("\n", without_comments(clean(node.content)))
        rows = [row.strip() for row in text.strip("\n").split("\n")]
        return [line for row in rows if row for line in wrap([Span(row)], width)]


def _inline_tokens(node: SyntaxTreeNode) -> Sequence[Token]:
    """Return the inline tokens of a block that holds text."""
    inline = node.children[0].token if node.children else None
    return (inline and inline.children) or []


def _ends_line(token: Token) -> bool:
    return token.type in ("softbreak", "hardbreak") and token.level == 0


def _hung(prefix: Span, body: Sequence[Line]) -> list[Line]:
    """Return `body` with `prefix` before its first line and as much space before the others."""
    space = Span(" " * width_of([prefix]))
    first, *others = body or [Line()]
    return [
        Line((prefix, *first.spans)),
        *(Line((space, *line.spans)) if line.spans else line for line in others),
    ]
