"""The dialects by name. This module imports nothing, so that `--help` is quick."""

from __future__ import annotations

SRS = "srs"
MARKDOWN = "markdown"
HASHCARDS = "hashcards"
REPEATER = "repeater"
QUESTIONS = "questions"
OBSIDIAN = "obsidian"
OBSIDIAN_TO_ANKI = "obsidian-to-anki"
LOGSEQ = "logseq"
MOCHI = "mochi"

FORMATS = (
    SRS,
    MARKDOWN,
    HASHCARDS,
    REPEATER,
    QUESTIONS,
    OBSIDIAN,
    OBSIDIAN_TO_ANKI,
    LOGSEQ,
    MOCHI,
)
