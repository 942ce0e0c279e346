"""Answers given by typing: the field, and how what was typed differs from what was expected."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from srs.practice.numbers import Verdict
from srs.practice.typed import Comparison
from srs.render.controls import clean
from srs.tui.words import safe


class AnswerField(Input):
    """The line one types an answer into; `esc` leaves it, so that the other keys act."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "other keys", id="typing.leave"),
        Binding("enter", "submit", "check", id="typing.check"),
    ]

    def __init__(self) -> None:
        super().__init__(id="field", placeholder="type the answer")
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


def difference(comparison: Comparison) -> Content:
    """Return what was typed above what was expected, the differing stretches in ‹ ›.

    The marks say without colour what the colours say.
    """
    if comparison.correct:
        right = "".join(piece.text for piece in comparison.pieces)
        return Content.assemble(("✓ right  ", "bold $text-success"), safe(right))
    typed = _line(comparison, "extra", "$text-error strike")
    expected = _line(comparison, "missing", "bold underline $text-success")
    return Content.assemble(
        ("✗ typed     ", "bold $text-error"),
        typed,
        "\n",
        ("  expected  ", "bold $text-success"),
        expected,
    )


def judged(verdict: Verdict) -> Content:
    """Return the verdict on a typed number, with a sign for what the colour says."""
    if verdict.right:
        return Content.styled(f"✓ {verdict.sentence}", "bold $text-success")
    return Content.assemble(("✗ ", "bold $text-error"), safe(verdict.sentence))


def _line(comparison: Comparison, kind: str, style: str) -> Content:
    pieces = []
    for piece in comparison.pieces:
        if piece.kind == "same":
            pieces.append(Content(clean(piece.text)))
        elif piece.kind == kind:
            pieces.append(Content.assemble("‹", (clean(piece.text), style), "›"))
    return Content("").join(pieces)
