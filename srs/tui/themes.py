"""The program's own themes: a calm pair, dark and light, and one of high contrast."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "srs-dark"

DARK = Theme(
    name="srs-dark",
    primary="#7fb8a4",
    secondary="#7d94b5",
    accent="#7fb8a4",
    foreground="#d8dbe0",
    background="#16181d",
    surface="#1d2027",
    panel="#252932",
    success="#8fbf7f",
    warning="#d9b26f",
    error="#df7f78",
    variables={
        "text-muted": "#8d949f",
        "footer-background": "#16181d",
        "block-cursor-text-style": "none",
        "border": "#3a404c",
        "border-blurred": "#2b303a",
        "scrollbar": "#2f3540",
        "scrollbar-hover": "#454d5b",
        "scrollbar-active": "#5a6475",
        "scrollbar-background": "#16181d",
        "scrollbar-background-hover": "#16181d",
        "scrollbar-background-active": "#16181d",
    },
)

LIGHT = Theme(
    name="srs-light",
    primary="#1f7a63",
    secondary="#4a6489",
    accent="#1f7a63",
    foreground="#23272e",
    background="#faf9f6",
    surface="#f0efea",
    panel="#e6e4dd",
    success="#3d7a33",
    warning="#8a5c0b",
    error="#b23a34",
    dark=False,
    variables={
        "text-muted": "#666c75",
        "footer-background": "#faf9f6",
        "block-cursor-text-style": "none",
        "border": "#c3c1b9",
        "border-blurred": "#d8d6ce",
        "scrollbar": "#d0cec6",
        "scrollbar-hover": "#b5b3ab",
        "scrollbar-active": "#98968e",
        "scrollbar-background": "#faf9f6",
        "scrollbar-background-hover": "#faf9f6",
        "scrollbar-background-active": "#faf9f6",
    },
)

HIGH_CONTRAST = Theme(
    name="srs-high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff66",
    warning="#ffd000",
    error="#ff8c8c",
    text_alpha=1.0,
    variables={
        "text": "#ffffff",
        "text-muted": "#e0e0e0",
        "text-disabled": "#bdbdbd",
        "footer-background": "#000000",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "border": "#ffffff",
        "border-blurred": "#ffffff",
        "scrollbar": "#ffffff",
        "scrollbar-hover": "#ffff00",
        "scrollbar-active": "#ffff00",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
    },
)

OWN = (DARK, LIGHT, HIGH_CONTRAST)
