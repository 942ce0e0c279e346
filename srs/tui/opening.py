"""What happens in the thread beside the first frame: the collection's news, as messages."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from srs.errors import SrsError
from srs.tui.messages import NoSitting, OverviewRead, SittingReady, Told

if TYPE_CHECKING:
    from srs.practice.desk import Desk
    from srs.practice.review import ReviewSitting


class WantedSitting(NamedTuple):
    """The sitting asked for on the command line."""

    scope: str | None
    limit: int | None
    minutes: float | None
    focus: bool = False
    drill: bool = False

    def start(self, desk: Desk) -> ReviewSitting:
        """Start it. Raises SrsError when no topic or deck has that name."""
        if self.drill:
            return desk.drill(self.scope, limit=self.limit)
        if self.focus and self.scope is not None:
            return desk.focus(self.scope, limit=self.limit, minutes=self.minutes)
        return desk.start(self.scope, limit=self.limit, minutes=self.minutes)


class WantedMock(NamedTuple):
    """The mock interview asked for on the command line."""

    minutes: float = 45.0
    kind: str = "mixed"
    company: str | None = None
    resume: bool = False


@contextlib.contextmanager
def few_collections() -> Iterator[None]:
    """Keep the garbage collector out of a block that imports much, and away from it afterwards.

    Modules live as long as the program. Searching them again and again while they are imported
    takes a tenth of the time until the first card, and later costs a sitting its even pace.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def first_sitting(desk: Desk, wanted: WantedSitting) -> ReviewSitting | None:
    """Return the wanted sitting if it has a card to ask already.

    On a first run neither its scope nor any card is there until `catch_up` has been.
    """
    _import_what_a_card_needs()
    with contextlib.suppress(SrsError):
        sitting = wanted.start(desk)
        if sitting.asked is not None:
            return sitting
    return None


def catch_up(desk: Desk, wanted: WantedSitting | None, tell: Callable[[Message], object]) -> None:
    """Tell today's numbers and what the sources changed; then start the sitting still wanted.

    Raises SrsError when the collection cannot be read.
    """
    overview = desk.overview()
    # Without cards this is a first run: there is nothing to count until the bundled decks come.
    if overview.cards:
        tell(OverviewRead(overview))
    _import_what_a_card_needs()
    try:
        news = desk.reread()
    except SrsError as error:
        news = None
        tell(Told(str(error), is_error=True))
    if news or not overview.cards:
        tell(OverviewRead(desk.overview()))
    if wanted is not None:
        try:
            tell(SittingReady(wanted.start(desk)))
        except SrsError as error:
            tell(NoSitting(str(error)))
    if news:
        tell(Told(news))


def _import_what_a_card_needs() -> None:
    from srs.tui.screens import review  # noqa: F401
    from srs.tui.widgets.card import styled

    styled(("",), 80)
