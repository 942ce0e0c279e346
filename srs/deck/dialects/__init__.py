"""The Markdown decks of other programs and of interview repositories, read into the same notes."""
