"""Small phrases of the screens: counts, times, the names of keys, text made safe to show."""

from __future__ import annotations

from textual.content import Content

from srs.practice.phrases import stopwatch as stopwatch
from srs.render.controls import clean

NEW_AT_A_TIME = 5

KEY_NAMES = {
    "enter": "⏎",
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "upper_g": "G",
}


def safe(text: str, style: str = "") -> Content:
    """Return text as it stands, for the screen: no markup, no control characters, one line."""
    line = " ".join(clean(text).split())
    return Content.styled(line, style) if style else Content(line)


def at(phrase: str) -> str:
    """Return when something comes, fit for a sentence: `at 18:40`, `tomorrow`."""
    return f"at {phrase}" if phrase[:1].isdigit() else phrase


def key_name(key: str) -> str:
    """Return a key as people write it: `⏎`, `?`, `ctrl+p`."""
    *modifiers, last = key.split("+")
    return "+".join([*modifiers, KEY_NAMES.get(last, last)])
