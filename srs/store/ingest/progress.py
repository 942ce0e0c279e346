"""How far an import has come, told as it runs, and stopping one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from srs.errors import SrsError

# Cards between two tellings: often enough for the eye, too seldom to cost time.
EVERY = 256
T = TypeVar("T")


class Stage(StrEnum):
    """What an import is doing. What it has written counts from the end of `FINISHING` on."""

    READING = "reading files"
    MATCHING = "finding what each card continues"
    WRITING = "writing notes"
    TAKING_IN = "taking in a collection"
    FINISHING = "finishing"


class Step(NamedTuple):
    """How many of how many files or notes are done; of 0, where that cannot be told."""

    stage: Stage
    done: int = 0
    total: int = 0


Progress = Callable[[Step], None]


class ImportStopped(SrsError):  # noqa: N818 -- the person stopped it, nothing is wrong
    """The person stopped an import; it is raised by the callback that is told of the progress."""


def followed(
    items: Sequence[T], stage: Stage, tell: Progress | None, every: int = 1
) -> Iterator[T]:
    """Yield the items, telling how many are done before every so many of them."""
    for done, item in enumerate(items):
        if tell is not None and done % every == 0:
            tell(Step(stage, done, len(items)))
        yield item
