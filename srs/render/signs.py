"""The signs drawn around text: typographic on a screen, ASCII where text is read or piped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """What marks a construct beside its roles."""

    bullets: tuple[str, ...]
    """By depth, repeating."""
    box: str
    ticked_box: str
    quote: str
    rule: str
    heading: str
    """Set before a heading once per level; empty where its role is enough."""
    code: str
    """Set on both sides of code within a sentence."""
    strike: str
    """Set on both sides of struck-out text."""
    listing: str
    """The indent of a code block."""
    continued: str
    """The indent of a line of code that goes on from the line above; as wide as `listing`."""


SCREEN = Signs(
    bullets=("•", "◦"),
    box="☐",
    ticked_box="☑",
    quote="│",
    rule="─",
    heading="",
    code="",
    strike="",
    listing="  ",
    continued="↪ ",
)
PLAIN = Signs(
    bullets=("-",),
    box="[ ]",
    ticked_box="[x]",
    quote=">",
    rule="-",
    heading="#",
    code="`",
    strike="~~",
    listing="    ",
    continued="... ",
)
