"""A card's Markdown as lines for a terminal."""
