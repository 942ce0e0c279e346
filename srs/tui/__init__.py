"""The Textual face of srs."""
