"""The card on the review screen: question, hints, field, then the answer below a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from srs.tui.widgets.card import CardText

if TYPE_CHECKING:
    from srs.practice.model import Asked
    from srs.practice.numbers import Verdict
    from srs.tui.widgets.typing import AnswerField


class Rule(Widget):
    """A quiet dotted line between question and answer."""

    DEFAULT_CSS = "Rule { height: 1; color: $text-muted; }"

    def render(self) -> Content:
        """Return the line, as long as the column is wide."""
        return Content("┈" * self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return 1."""
        return 1


class CardView(VerticalScroll, can_focus=False):
    """One card at a time; knows how many hints are out and whether the answer is."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self._asked: Asked | None = None
        self._hints_out = 0
        self._revealed = False
        self._field: AnswerField | None = None
        self._verdict: Verdict | None = None

    def compose(self) -> ComposeResult:
        """Build the parts; each is filled when its card comes."""
        yield CardText(id="question")
        with Vertical(id="hints"):
            yield Static(id="hint-count")
            yield CardText(id="hint-text")
        with Vertical(id="back"):
            yield Rule()
            yield Static(id="difference")
            yield CardText(id="answer")
            yield CardText(id="source")

    @property
    def revealed(self) -> bool:
        """Whether the answer is shown."""
        return self._revealed

    @property
    def hints_left(self) -> int:
        """How many hints are still to come; none once the answer is shown."""
        if self._asked is None or self._revealed:
            return 0
        return len(self._asked.hints) - self._hints_out

    @property
    def pictures(self) -> tuple[str, ...]:
        """The paths and addresses of the pictures in what is shown, each once."""
        targets = [picture.target for text in self.query(CardText) for picture in text.pictures]
        return tuple(dict.fromkeys(targets))

    def ask(self, asked: Asked) -> None:
        """Show a question, its answer hidden."""
        self._asked = asked
        self._hints_out = 0
        self._revealed = False
        self._verdict = None
        for text in self.query(CardText):
            text.show()
        self.query_one("#question", CardText).show(asked.question)
        self.query_one("#hints").display = False
        self.query_one("#back").display = False
        if self._field is None:
            self.call_after_refresh(self._bring_field)
        else:
            self._offer(self._field, asked)
        self.scroll_home(animate=False)
        self.call_after_refresh(self.query_one("#question", CardText).prepare, asked.answer)

    def hint(self) -> None:
        """Show the next hint."""
        if self._asked is None or not self.hints_left:
            return
        self._hints_out += 1
        hints = self._asked.hints
        self.query_one("#hint-count", Static).update(
            Content(f"hint {self._hints_out} of {len(hints)}" if len(hints) > 1 else "hint")
        )
        self.query_one("#hint-text", CardText).show(*hints[: self._hints_out])
        block = self.query_one("#hints")
        block.display = True
        self.call_after_refresh(self.scroll_to_widget, block, animate=False)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return "" if self._field is None else self._field.value.strip()

    def reveal(self, verdict: Verdict | None = None) -> None:
        """Show the answer, and how a typed answer differs from it, or the verdict on it."""
        self._verdict = verdict
        asked = self._asked
        if asked is None or self._revealed:
            return
        self._revealed = True
        self._compare(asked)
        self.query_one("#answer", CardText).show(asked.answer)
        self.query_one("#source", CardText).show(asked.source or "")
        back = self.query_one("#back")
        back.display = True
        self.call_after_refresh(self.scroll_to_widget, back, animate=False, top=True)

    async def _bring_field(self) -> None:
        # The field is a large widget that few cards need: the first card does not wait for it.
        from srs.tui.widgets.typing import AnswerField

        if self._field is not None:
            return
        self._field = AnswerField()
        await self.mount(self._field, before="#back")
        if self._asked is not None:
            self._offer(self._field, self._asked)

    def _offer(self, field: AnswerField, asked: Asked) -> None:
        field.value = ""
        field.display = asked.is_typed and not self._revealed
        if field.display:
            self.screen.set_focus(field)
        elif self.screen.focused is field:
            self.screen.set_focus(None)

    def _compare(self, asked: Asked) -> None:
        line = self.query_one("#difference", Static)
        line.display = self._verdict is not None
        if self._verdict is not None:
            from srs.tui.widgets.typing import judged

            line.update(judged(self._verdict))
        if self._field is None:
            return
        if asked.expected is not None and self._field.value.strip():
            from srs.practice.typed import compare
            from srs.tui.widgets.typing import difference

            line.update(difference(compare(self._field.value, asked.expected)))
            line.display = True
        self._offer(self._field, asked)
