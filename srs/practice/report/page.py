"""The report as one HTML page that runs nothing, loads nothing and needs nothing beside it.

Text of decks reaches the page through Jinja's escaping or through `srs.render.html` alone. Should
something slip through, the page's own policy still forbids scripts, requests and any style but the
page's, which is named by its hash.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from srs.errors import SrsError
from srs.exchange.writing import whole_file
from srs.practice.phrases import counted
from srs.practice.report.content import Report
from srs.render.controls import clean
from srs.render.html import closed, html
from srs.render.mathml import mathml

GENERATOR = "srs report"
MARK = f'<meta name="generator" content="{GENERATOR}">'
MARK_WITHIN = 2_000
KINDS = {
    "data-integrity": "Data integrity",
    "serving": "Serving",
    "monitoring": "Monitoring",
    "trade-off": "Trade-off",
}
SIDES = {
    "modelling": "modelling",
    "infrastructure": "infrastructure",
    "data-serving": "data and serving agree",
    "latency-cost": "latency and cost are met",
    "silent-degradation": "silent degradation is seen",
}
_FOLDER = Path(__file__).parent


def write_report(report: Report, target: Path, *, force: bool = False) -> None:
    """Write the page to a file, over an earlier report too.

    Raises SrsError when there is another file of that name (unless `force`) or the disk refuses.
    """
    if target.is_file() and not force and not _is_report(target):
        raise SrsError(
            f"{target} is there already and is no report of srs; name another file, or add --force."
        )
    text = page(report)
    with whole_file(target, force=target.is_file()) as file:
        file.write_text(text, encoding="utf-8")


def page(report: Report) -> str:
    """Return the page."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clean": clean,
        "day": _day,
        "markdown": _markdown,
        "percent": lambda share: f"{100 * share:.0f}%",
        "width": lambda share: f"{100 * min(1.0, max(0.0, share)):.2f}%",
    }
    style = (_FOLDER / "page.css").read_text(encoding="utf-8")
    return environment.get_template("page.html").render(
        report=report,
        insight=report.insight,
        mark=Markup(MARK),
        style=Markup(style),
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        kinds=KINDS,
        sides=SIDES,
        most_due=max((each.due for each in report.ahead), default=0),
        level=_level,
        total=sum,
        duration=_duration,
    )


def _is_report(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return MARK in opened.read(MARK_WITHIN)
    except OSError as error:
        raise SrsError(f"{file} cannot be read: {error.strerror or error}.") from error


def _markdown(text: str) -> Markup:
    return Markup(closed(html(clean(text), formula=mathml)))


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def _level(share: float) -> str:
    """Return the name of the colour of a recall."""
    return "low" if share < 0.6 else "middle" if share < 0.8 else "high"


def _duration(minutes: Iterable[float]) -> str:
    whole = round(sum(minutes))
    return f"about {counted(whole, 'minute')}" if whole else "under a minute"
