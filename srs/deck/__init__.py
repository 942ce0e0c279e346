"""A deck file and the notes in it."""
