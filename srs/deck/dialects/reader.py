"""A file's text read in the dialect it is written in."""

from __future__ import annotations

from dataclasses import replace

from srs.deck.dialects import formats
from srs.deck.dialects.recognition import recognise
from srs.deck.model import Reading
from srs.deck.reader import read_deck


def read_any(text: str, file: str, format_name: str | None = None) -> Reading:
    """Read a deck in the dialect `format_name`, or in the one that is recognised.

    The reading names the dialect and the sign it was recognised by. Any text can be read in any
    of them.
    """
    if format_name is not None:
        return replace(_read(text, file, format_name), format=format_name)
    found = recognise(text, file)
    return replace(_read(text, file, found.format), format=found.format, sign=found.sign)


def _read(text: str, file: str, name: str) -> Reading:
    # Each imported where it is used: most collections hold one dialect.
    match name:
        case formats.HASHCARDS:
            from srs.deck.dialects.hashcards import read_hashcards

            return read_hashcards(text, file)
        case formats.REPEATER:
            from srs.deck.dialects.repeater import read_repeater

            return read_repeater(text, file)
        case formats.QUESTIONS:
            from srs.deck.dialects.questions import read_questions

            return read_questions(text, file)
        case formats.OBSIDIAN:
            from srs.deck.dialects.obsidian import read_obsidian
            from srs.deck.dialects.obsidian_settings import settings_for

            return read_obsidian(text, file, settings_for(file))
        case formats.OBSIDIAN_TO_ANKI:
            from srs.deck.dialects.anki_blocks import read_anki_blocks, signs_for

            return read_anki_blocks(text, file, signs_for(file))
        case formats.LOGSEQ:
            from srs.deck.dialects.logseq import read_logseq

            return read_logseq(text, file)
        case formats.MOCHI:
            from srs.deck.dialects.mochi import read_mochi

            return read_mochi(text, file)
        case _:
            return read_deck(text, file, own_format=name == formats.SRS)
