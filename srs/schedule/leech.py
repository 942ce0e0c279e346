"""When a card that keeps being forgotten is called a leech."""


def becomes_leech(lapses: int, threshold: int) -> bool:
    """Return whether a card that has just lapsed for the `lapses`-th time is to be suspended.

    It is at the threshold, and again after every half threshold (rounded up): 8, 12, 16, …
    """
    return lapses >= threshold and (lapses - threshold) % ((threshold + 1) // 2) == 0
