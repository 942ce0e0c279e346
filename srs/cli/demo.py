"""`srs demo`: everything there is to see, on reviews that are made up."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from srs.cli import screen
from srs.cli.arguments import date_argument, parser
from srs.cli.output import show, tell

if TYPE_CHECKING:
    from srs.store.collection import Collection

LINE = (
    "This is a demo: four months of made-up reviews on the bundled decks. Your own data is not "
    "touched."
)


def run(argv: list[str]) -> int:
    """Make the demo, and show it on the screen, as lines or as a report."""
    found = _parser()
    arguments = found.parse_args(argv)
    target = _target(found, arguments)
    from srs.practice.demo import make_demo

    if arguments.keep is not None:
        folder = Path(arguments.keep).expanduser()
        make_demo(folder).close()
        show(f"{folder}: a demo; SRS_HOME={folder} srs opens it")
        return 0
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="srs-demo-") as name:
        folder = Path(name)
        with make_demo(folder) as collection:
            if target is not None:
                from srs.cli import report

                report.write(
                    collection,
                    target,
                    arguments.on,
                    arguments.company,
                    force=arguments.force,
                    made_up=True,
                )
                return 0
            if arguments.plain or not screen.is_terminal():
                _show_lines(collection, arguments)
                return 0
        return screen.start(demo=folder)


def _show_lines(collection: Collection, arguments: Namespace) -> None:
    from srs.cli.weak import show_weak
    from srs.insight.dashboard import read_insight

    tell(LINE)
    show_weak(read_insight(collection, arguments.on, arguments.company))


def _target(found: ArgumentParser, arguments: Namespace) -> Path | None:
    """Return the file of the report that is wanted, if one is."""
    if not arguments.what:
        return None
    if arguments.what[0] != "report" or len(arguments.what) != 2:
        found.error("write srs demo, or srs demo report FILE.html")
    if arguments.keep is not None:
        found.error("--keep makes no report; leave one of the two out")
    from srs.cli.report import report_file

    return report_file(found, arguments.what[1])


def _parser() -> ArgumentParser:
    about = (
        "Open srs on a throwaway collection: the bundled decks with four months of made-up reviews "
        "and an interview in three weeks. Your own data is not touched, and the demo is gone when "
        "you leave."
    )
    found = parser("demo", about, "srs demo report demo.html")
    found.add_argument(
        "what", nargs="*", metavar="report FILE.html", help="write the demo's report instead"
    )
    found.add_argument("--plain", action="store_true", help="print srs weak of it, no screen")
    found.add_argument("--keep", metavar="DIR", help="make it in a folder, and leave it there")
    found.add_argument("--on", type=date_argument, metavar="DATE", help="the day looked at")
    found.add_argument("--company", metavar="P", help="a company profile, as in srs weak")
    found.add_argument("--force", action="store_true", help="write over any file of that name")
    return found
