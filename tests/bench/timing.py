"""What the benchmarks share: percentiles, and fresh processes run by turns."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

BARE_INTERPRETER = [sys.executable, "-c", "pass"]
SRS = [sys.executable, "-c", "import sys; from srs.cli.main import main; sys.exit(main())"]
SRS_DUE = [*SRS, "due"]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share`, 0 to 1, of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def spread(seconds: Sequence[float], against: Sequence[float]) -> str:
    """Return p50, p99 and the maximum in ms, and p50 and p99 as ratios to another's."""
    p50, p99 = percentile(seconds, 0.5), percentile(seconds, 0.99)
    return (
        f"p50 {p50 * 1e3:6.2f}  p99 {p99 * 1e3:6.2f}  max {max(seconds) * 1e3:6.2f} ms"
        f"   ×{p50 / percentile(against, 0.5):5.1f} ×{p99 / percentile(against, 0.99):5.1f}"
    )


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installed srs with its data in `home`.

    The byte code is kept beside the data, as installed modules have theirs while those of a
    checkout may not; the first run of a command writes it.
    """
    changed = {"SRS_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | changed


def by_turns(commands: Mapping[str, Sequence[str]], runs: int, home: Path) -> dict[str, float]:
    """Return the median seconds of each command in fresh processes, run in turn after a warm-up.

    Raises CalledProcessError when one fails.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            began = perf_counter()
            subprocess.run(
                command,
                env=environment(home),
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            if run:
                seconds[name].append(perf_counter() - began)
    return {name: median(taken) for name, taken in seconds.items()}
