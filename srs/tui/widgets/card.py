"""The text of a card: Markdown laid out for the width at hand, shown as styled text."""

from __future__ import annotations

from functools import lru_cache

from textual.content import Content, Span
from textual.geometry import Size
from textual.visual import VisualType
from textual.widget import Widget

from srs.render.lines import Layout, Picture, Role

STYLES: dict[Role, str] = {
    Role.STRONG: "bold",
    Role.EMPHASIS: "italic",
    Role.STRIKE: "strike",
    Role.HEADING: "bold $text-accent",
    Role.LINK: "underline",
    Role.QUOTE: "$text-muted",
    Role.MUTED: "$text-muted",
    Role.RULE: "$text-muted",
    Role.BULLET: "$accent",
    Role.TABLE_HEAD: "bold",
    Role.TABLE_RULE: "$text-muted",
    Role.MATH: "italic $text-accent",
    Role.CODE: "$text-accent",
    Role.LISTING: "$foreground",
    Role.KEYWORD: "bold $text-secondary",
    Role.STRING: "$text-success",
    Role.NUMBER: "$text-warning",
    Role.COMMENT: "italic $text-muted",
    Role.NAME: "$text-primary",
    Role.OPERATOR: "$text-muted",
}
LEAST_WIDTH = 20


def _lay_out(markdown: str, width: int) -> Layout:
    # The renderer brings a Markdown parser with it: only a card needs that, not the first frame.
    from srs.render.layout import lay_out

    return lay_out(markdown, max(LEAST_WIDTH, width))


@lru_cache(maxsize=64)
def styled(parts: tuple[str, ...], width: int) -> Content:
    """Return pieces of Markdown as one text of that many columns, a blank line between them."""
    text: list[str] = []
    spans: list[Span] = []
    at = 0
    for part in parts:
        if text:
            text.append("\n\n")
            at += 2
        for number, line in enumerate(_lay_out(part, width).lines):
            if number:
                text.append("\n")
                at += 1
            for span in line.spans:
                end = at + len(span.text)
                text.append(span.text)
                spans += [Span(at, end, STYLES[role]) for role in span.roles if role in STYLES]
                at = end
    # The renderer has cleaned the text; cleaning it again would shift the spans.
    return Content("".join(text), spans, strip_control_codes=False)


class CardText(Widget):
    """Markdown pieces one below the other, laid out again whenever the width changes."""

    DEFAULT_CSS = """
    CardText { height: auto; text-wrap: nowrap; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._parts: tuple[str, ...] = ()

    def show(self, *parts: str) -> None:
        """Show these pieces; with none, or with empty ones, the widget takes no room."""
        self._parts = tuple(part for part in parts if part)
        self.display = bool(self._parts)
        self.refresh(layout=True)

    def prepare(self, *parts: str) -> None:
        """Lay out pieces that a text of the same width will show next."""
        if self.content_size.width:
            styled(parts, self.content_size.width)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that the shown pieces refer to, in reading order."""
        width = self.content_size.width
        return tuple(picture for part in self._parts for picture in _lay_out(part, width).pictures)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the text takes at a width."""
        return styled(self._parts, width).plain.count("\n") + 1 if self._parts else 0

    def render(self) -> VisualType:
        """Return the text laid out for the present width."""
        return styled(self._parts, self.content_size.width)
