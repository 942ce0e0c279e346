"""The line that says how far a long command has come; only a person at a terminal sees it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from srs.store.ingest.progress import Step

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

PATIENCE_S = 0.5
BAR_CELLS = 30
A_SECOND = 8


class ProgressLine:
    """Shows the newest step once the command has taken `wait_s` seconds, and vanishes at the end.

    Telling it a step costs an assignment: the line looks at it when it draws itself.
    """

    def __init__(self, console: Console | None = None, wait_s: float = PATIENCE_S) -> None:
        self._console, self._wait_s = console, wait_s
        self._step: Step | None = None
        self._live: Live | None = None
        self._turn = threading.Lock()
        self._timer: threading.Timer | None = None
        self.shown = threading.Event()

    def __enter__(self) -> ProgressLine:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hide()

    def tell(self, step: Step) -> None:
        """Take note of how far it has come."""
        self._step = step
        if self._timer is None:
            self._start()

    def hide(self) -> None:
        """Take the line away until the next step."""
        with self._turn:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._live is not None:
                self._live.stop()
                self._live = None

    def _start(self) -> None:
        self._timer = threading.Timer(self._wait_s, self._show)
        self._timer.daemon = True
        self._timer.start()

    def _show(self) -> None:
        # Imported in this thread, beside the work: few commands take so long.
        from rich.console import Console
        from rich.live import Live

        with self._turn:
            if self._timer is None:
                return
            self._live = Live(
                get_renderable=self._line,
                console=self._console or Console(stderr=True),
                refresh_per_second=A_SECOND,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._live.start(refresh=True)
        self.shown.set()

    def _line(self) -> RenderableType:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        step = self._step
        if step is None:
            return Text("reading …")
        if not step.total:
            return Text(f"{step.stage} …")
        line = Table.grid(padding=(0, 2))
        bar = ProgressBar(total=step.total, completed=step.done, width=BAR_CELLS)
        line.add_row(step.stage.value, bar, f"{step.done} of {step.total}")
        return line
