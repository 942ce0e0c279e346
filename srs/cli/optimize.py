"""`srs optimize`: the weights of FSRS fitted to the person's own log."""

from __future__ import annotations

import contextlib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json, tell
from srs.practice.phrases import counted

if TYPE_CHECKING:
    from srs.insight.optimizing import Fit, Log, Stage
    from srs.insight.workload import Load
    from srs.store.collection import Collection

INTERRUPTED = 130


def run(argv: list[str]) -> int:
    """Fit weights, go back to those before, or show what a retention costs."""
    arguments = _parser().parse_args(argv)
    from srs.store.collection import Collection

    try:
        with Collection.open() as collection:
            if arguments.undo:
                return _go_back(collection, arguments)
            if arguments.workload:
                return _show_workload(collection, arguments)
            return _optimize(collection, arguments)
    except KeyboardInterrupt:
        tell("Stopped; nothing was changed.")
        return INTERRUPTED


def _optimize(collection: Collection, arguments: Namespace) -> int:
    from srs.insight.fitting import require_library
    from srs.insight.optimizing import optimize, read_log

    log = read_log(collection)
    if log.missing:
        _show_missing(log, arguments)
        return 0
    require_library()
    with _progress(arguments) as progress:
        fit = optimize(log, collection.weights, progress)
    if not arguments.json:
        _show_fit(fit)
    accepted = fit.weights is not None and (arguments.yes or _agreed(arguments))
    rebuilt = 0
    if accepted:
        from srs.store.weights import adopt

        assert fit.weights is not None
        rebuilt = adopt(collection, fit.weights)
    if arguments.json:
        show_json({"missing": 0, **asdict(fit), "accepted": accepted, "rebuilt": rebuilt})
    elif accepted:
        show(
            f"Taken: the memories of {counted(rebuilt, 'card')} were rebuilt, and no due date "
            "moved. srs optimize --undo goes back."
        )
    elif fit.weights is not None:
        show("Nothing was changed: srs optimize --yes takes the new weights.")
    return 0


def _show_missing(log: Log, arguments: Namespace) -> None:
    if arguments.json:
        show_json({"missing": log.missing, "accepted": False, "rebuilt": 0})
        return
    show(
        f"There is too little to fit yet: {counted(log.answers, 'answer')} came a day or more "
        f"after the card's last, and {log.missing} more are needed. Until then the weights that "
        "fit most people are the better ones."
    )


def _show_fit(fit: Fit) -> None:
    show(
        f"Fitted to your older {fit.fitted_on:,} answers, judged on the newer {fit.judged_on:,} "
        "(less is better):"
    )
    show()
    show(f"{'':18} log loss   error of recall")
    for name, score in (
        ("present weights", fit.present),
        ("fitted weights", fit.fitted),
        ("moving average", fit.average),
    ):
        show(f"{name:18} {score.log_loss:8.4f}   {100 * score.rmse:6.1f} points")
    show()
    if fit.better:
        show("The fitted weights predict you better.")
    else:
        show(
            "The fitted weights do not surely predict you better, so the present ones stay. "
            "Try again after some hundred answers."
        )


def _agreed(arguments: Namespace) -> bool:
    if arguments.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input("Take them, fitted to all your answers? [y/N] ").strip().lower() in ("y", "yes")


def _go_back(collection: Collection, arguments: Namespace) -> int:
    from srs.store.weights import go_back

    rebuilt = go_back(collection)
    if arguments.json:
        show_json({"rebuilt": rebuilt})
    else:
        show(
            "The weights before these are current again: the memories of "
            f"{counted(rebuilt, 'card')} were rebuilt, and no due date moved."
        )
    return 0


def _show_workload(collection: Collection, arguments: Namespace) -> int:
    from srs.insight.workload import DAYS, workload

    with _progress(arguments) as _:
        loads = workload(collection)
    if arguments.json:
        show_json({"days": DAYS, "workload": [asdict(load) for load in loads]})
        return 0
    if not loads:
        show("There are no cards yet, so nothing can be said about the work they make.")
        return 0
    show(f"Over the next {DAYS} days, by simulation with your cards, weights and pace:")
    show()
    show("desired retention   minutes a day   cards a day   known at the end")
    most = max(load.minutes_per_day for load in loads)
    present = collection.settings.scheduling.desired_retention
    for load in loads:
        show(_load_line(load, most, present))
    show()
    show("srs config desired-retention 0.92 changes it; * is the present one.")
    return 0


def _load_line(load: Load, most: float, present: float) -> str:
    mark = "*" if abs(load.desired_retention - present) < 1e-9 else " "
    bar = "▓" * round(12 * load.minutes_per_day / most) if most else ""
    return (
        f"{load.desired_retention:16.2f} {mark} {load.minutes_per_day:14.1f} "
        f"{load.cards_per_day:13.1f} {load.recall:17.1%}  {bar}"
    ).rstrip()


@contextlib.contextmanager
def _progress(arguments: Namespace) -> Iterator[Callable[[Stage], None]]:
    """Give a way to say what is being done; a person at a terminal sees it."""
    if arguments.json or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading …")
        yield lambda stage: progress.update(task, description=f"{stage} … Ctrl-C stops")


def _parser() -> ArgumentParser:
    about = (
        "Fit the weights of FSRS to your review log. They are fitted to the older answers and "
        "judged on the newer; only if they surely predict those better than the present weights "
        "are they offered, fitted to all answers. No due date moves, and --undo goes back."
    )
    found = parser("optimize", about, "srs optimize")
    found.add_argument("--yes", action="store_true", help="take better weights without asking")
    found.add_argument(
        "--undo", action="store_true", help="make the weights before the present ones current again"
    )
    found.add_argument(
        "--workload",
        action="store_true",
        help="show minutes a day and recall for desired retentions from 0.80 to 0.97",
    )
    add_json(found)
    return found
