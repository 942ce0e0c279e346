"""The four grades with the interval each would give, as keys to press or to click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from srs.practice.model import Button
from srs.schedule.model import Rating


class Grade(Static):
    """One grade: its key, its name, the interval."""

    ALLOW_SELECT = False

    def __init__(self, rating: Rating) -> None:
        super().__init__(id=rating.name.lower(), classes="grade")
        self.rating = rating

    def show(self, button: Button) -> None:
        """Show the grade with its interval."""
        self.update(
            Content.assemble(
                (str(int(button.rating)), "bold $text-accent"),
                " ",
                (button.label, "bold"),
                " ",
                (button.interval, "$text-muted"),
            )
        )

    def on_click(self) -> None:
        """Choose this grade."""
        self.post_message(GradeBar.Chosen(self.rating))


class GradeBar(Horizontal):
    """The grades in their order, Again to Easy, each always at the same place."""

    @dataclass
    class Chosen(Message):
        """A grade was clicked."""

        rating: Rating

    def compose(self) -> ComposeResult:
        """Build the four grades."""
        for rating in Rating:
            yield Grade(rating)

    def show(self, buttons: Sequence[Button]) -> None:
        """Show the intervals of the card that is asked."""
        for grade, button in zip(self.query(Grade), buttons, strict=True):
            grade.show(button)
