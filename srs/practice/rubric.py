"""How a story is scored: lines of 0 to 2 points, the pass rule, and the rating that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srs.schedule.model import Rating

MOST_POINTS = 2
EIGHT_LINES = (
    "Situation in two sentences, with the scale",
    "Your task, not the team's",
    "Actions in order, with evidence for each",
    "Numbers: before, after, blast radius, duration",
    "Your own decision, and who disagreed",
    "The trade-off, with the rejected option",
    "Prevention: the check that would catch it today",
    "What you would do differently",
)
# Of a rubric of eight lines: numbers, own decision, trade-off.
KEY_LINES = (3, 4, 5)
MEANINGS = ("missing", "there, but thin", "said well")


@dataclass(frozen=True, slots=True)
class Score:
    """What the points of a rubric amount to. `why` says in a sentence what the rating follows."""

    points: int
    possible: int
    rating: Rating
    why: str

    @property
    def passed(self) -> bool:
        """Whether the story would carry in an interview."""
        return self.rating is not Rating.AGAIN


def score(points: Sequence[int]) -> Score:
    """Score a rubric whose lines got these points, 0 to 2 each.

    Eleven points of sixteen pass, or the same share of a rubric of another length; a rubric of
    eight lines, which are those of the four kinds of story, also needs a point on its lines 4, 5
    and 6: numbers, own decision, trade-off. A fail is Again, a pass Hard, from three quarters on
    Good, from nine tenths on Easy. Raises ValueError for no line at all.
    """
    if not points:
        raise ValueError("a rubric has at least one line")
    total, possible = sum(points), MOST_POINTS * len(points)
    empty = [line + 1 for line in KEY_LINES if len(points) == len(EIGHT_LINES) and not points[line]]
    if 16 * total < 11 * possible:
        least = -(-11 * possible // 16)
        return Score(total, possible, Rating.AGAIN, f"a pass begins at {least} of {possible}")
    if empty:
        lines = ", ".join(map(str, empty))
        noun = "line" if len(empty) == 1 else "lines"
        why = f"no point on {noun} {lines}: numbers, decision and trade-off each need one"
        return Score(total, possible, Rating.AGAIN, why)
    if 10 * total >= 9 * possible:
        return Score(total, possible, Rating.EASY, "nine tenths or more")
    if 4 * total >= 3 * possible:
        return Score(total, possible, Rating.GOOD, "three quarters or more")
    return Score(total, possible, Rating.HARD, "passed, below three quarters")
