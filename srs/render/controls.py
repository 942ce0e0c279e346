"""Text from outside, made harmless for a terminal."""

from __future__ import annotations

import re

TAB_WIDTH = 4

# ECMA-48: a string (OSC, DCS, SOS, PM, APC) with its payload, a CSI sequence, then any other
# escape. A string that is never terminated loses only its introducer, so no text vanishes.
_ESCAPE_SEQUENCE = re.compile(
    r"""
      (?: \x1b[\]PX^_] | [\x9d\x90\x98\x9e\x9f] ) [^\x07\x1b\x9c\n]* (?: \x07 | \x1b\\ | \x9c )
    | (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]
    | \x1b [ -/]* [0-~]
    """,
    re.VERBOSE,
)
_LINE_END = re.compile("\r\n?")
_OTHER_SEPARATOR = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNSHOWABLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides, embeddings and isolates
    "\u00ad\u200b\u2060-\u2064\ufeff"  # invisible, and of no agreed width in terminals
    "]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPICIOUS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return `text` with nothing in it that a terminal would obey.

    Escape sequences, control characters, bidirectional overrides and invisible format
    characters are removed; line ends become newlines, other separators spaces, a tab the spaces
    up to the next multiple of four columns; a lone surrogate becomes U+FFFD.
    """
    if not _SUSPICIOUS.search(text):
        return text
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _LINE_END.sub("\n", text)
    text = _OTHER_SEPARATOR.sub(" ", text)
    text = _UNSHOWABLE.sub("", text)
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return text.expandtabs(TAB_WIDTH)
