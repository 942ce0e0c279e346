"""The lines of the dashboard."""

from __future__ import annotations

from textual.content import Content

from srs.practice.dashboard import Dashboard, Share
from srs.tui.widgets.figures import share_bar, titled
from srs.tui.words import safe

SIDE_BAR = 10
EMPTY = """Nothing is known yet. After your first answers this page shows

  · how much of the interview you would answer on its day, with an interval
  · the twenty minutes that raise it most, and a key that starts them
  · your topics, the costliest first, and how sure their figures are
  · whether one side, modelling or infrastructure, lags behind"""


def ready(found: Dashboard) -> Content:
    """Return how ready the person is, or what the page will show."""
    if found.is_empty:
        return Content(EMPTY)
    ready = found.ready
    return Content.assemble(
        "Ready for ",
        (ready.share, "bold"),
        (f" {ready.interval}", "$text-muted"),
        " of ",
        safe(ready.interview),
    )


def step(found: Dashboard) -> Content:
    """Return the instruction."""
    if found.is_empty:
        return Content.assemble(("⏎", "bold $text-accent"), "  begins with the first cards")
    if not found.steps:
        return safe(found.instruction)
    first = found.steps[0]
    return Content.assemble(
        (f"{first.time} on ", "bold"), safe(first.topic, "bold"), (f": {first.gain}", "bold")
    )


def steps(found: Dashboard) -> Content:
    """Return the steps that come after it; a topic without room is cut, not what it gains."""
    rows = [
        Content.assemble(
            (f"{step.minutes:>3} min  ", "$text-muted"), step.gain, "  ", safe(step.topic)
        )
        for step in found.steps[1:]
    ]
    return titled("Then", rows)


def shares(shares: tuple[Share, ...], title: str, *, in_a_line: bool = False) -> Content:
    """Return named shares, in a line or below each other."""
    known = [each for each in shares if each.share is not None]
    if not known:
        return Content("")
    widest = max(len(each.name) for each in known)
    rows = [
        Content.assemble(
            each.name if in_a_line else f"{each.name:<{widest}}",
            " ",
            share_bar(each.share or 0.0, each.share or 0.0, SIDE_BAR),
            f" {100 * (each.share or 0.0):.0f}%",
        )
        for each in known
    ]
    if in_a_line:
        return Content("   ").join([Content.styled(title, "$text-muted"), *rows])
    return titled(title, rows)


def stories(found: Dashboard) -> Content:
    """Return how the own stories stand."""
    if not found.stories:
        return Content("")
    return Content.assemble(("Stories   ", "$text-muted"), safe(found.stories))


def verdict(found: Dashboard) -> Content:
    """Return whether the figures can be trusted."""
    if found.trusted:
        return safe(found.verdict)
    return Content.assemble(("Not to be trusted yet. ", "bold $foreground"), safe(found.verdict))
