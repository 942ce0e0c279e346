"""Anki's packages: reading them."""
