"""`srs report`: one page to read on a phone or to print on the eve."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli.arguments import date_argument, parser
from srs.cli.output import show, tell

if TYPE_CHECKING:
    from datetime import date

    from srs.store.collection import Collection

SUFFIXES = (".html", ".htm")


def run(argv: list[str]) -> int:
    """Write the report."""
    found = _parser()
    arguments = found.parse_args(argv)
    target = report_file(found, arguments.file)
    from srs.store.collection import Collection

    with Collection.open() as collection:
        write(collection, target, arguments.on, arguments.company, force=arguments.force)
    return 0


def report_file(parser: ArgumentParser, text: str) -> Path:
    """Return the file to write, or end with a usage error when it is no HTML file."""
    target = Path(text).expanduser()
    if target.suffix.lower() not in SUFFIXES:
        parser.error(f"the report is a page; name it {target.stem or 'report'}.html")
    return target


def write(
    collection: Collection,
    target: Path,
    on: date | None = None,
    company: str | None = None,
    *,
    force: bool = False,
    made_up: bool = False,
) -> None:
    """Write the report of a collection and say where it is."""
    from srs.practice.report.content import read_report
    from srs.practice.report.page import write_report

    report = read_report(collection, on, company, made_up=made_up)
    write_report(report, target, force=force)
    show(f"{target}: ready for {report.insight.readiness.estimate:.0%}; open it in a browser")
    if report.insight.whole is None or not report.insight.whole.cards:
        tell(report.insight.instruction)


def _parser() -> ArgumentParser:
    about = (
        "Write one page that needs nothing beside it: readiness on the day, what to do next, the "
        "topics that cost most, the balance, the thirty cards likeliest to be forgotten with their "
        "answers, and four stories in cues. It runs no script and fetches nothing."
    )
    found = parser("report", about, "srs report eve.html --on 2026-12-15 --company big-tech")
    found.add_argument("file", metavar="FILE.html", help="an earlier report is written over")
    found.add_argument(
        "--on", type=date_argument, metavar="DATE", help="the day; the interview's if set"
    )
    found.add_argument("--company", metavar="P", help="a company profile, as in srs weak")
    found.add_argument("--force", action="store_true", help="write over any file of that name")
    return found
