"""The dialects by name. This module imports nothing, so that `--help` is quick."""

from __future__ import annotations

SRS = "srs"
MARKDOWN = "markdown"
HASHCARDS = "hashcards"
REPEATER = "repeater"
QUESTIONS = "questions"
OBSIDIAN = "obsidian"

FORMATS = (SRS, MARKDOWN, HASHCARDS, REPEATER, QUESTIONS, OBSIDIAN)
