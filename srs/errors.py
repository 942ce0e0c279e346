"""The one exception whose text is meant for the person at the terminal."""


class SrsError(Exception):
    """Something the user can put right.

    The message is one sentence or two: what is wrong, where, and what to do.
    """
