"""A sitting without a screen; the plain mode and the TUI drive the same objects."""
