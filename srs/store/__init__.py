"""The collection: everything a person has learned, in one SQLite file."""
