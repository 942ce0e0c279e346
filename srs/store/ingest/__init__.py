"""Bringing deck files into the collection without losing a history."""
