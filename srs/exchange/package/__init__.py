"""Writing Anki packages.

The writer is our own: the libraries that write packages (genanki) know neither review logs nor
scheduling, which are what a person would lose.
"""
