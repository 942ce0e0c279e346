"""A mock interview line by line on standard input and output."""

from __future__ import annotations

import shutil
import sys

from srs.cli.debriefing import show_debrief
from srs.cli.output import show, tell
from srs.practice.debrief import of_mock
from srs.practice.mock import MockInterview, Phase
from srs.practice.phrases import stopwatch
from srs.render.plain import plain
from srs.schedule.model import Rating
from srs.store.collection import Collection

WIDEST = 100
HELP = {
    Phase.ASK: "Enter shows the answer",
    Phase.GRADE: "1 again, 2 hard, 3 good, 4 easy",
    Phase.SPEAK: "Speak; Enter when you have told it",
    Phase.PROBE: "Answer aloud, then 2 said well, 1 thin, 0 missing; u before",
    Phase.SCORE: "2 said well, 1 there but thin, 0 missing, u the line before",
}


class _Left(Exception):  # noqa: N818 -- the person leaves, which is no error
    pass


class Interviewing:
    """One plain mock interview: it prints and reads lines, the interview does the rest."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._width = min(shutil.get_terminal_size().columns, WIDEST)
        self._section = ""
        self._told: Phase | None = None

    def hold(self, interview: MockInterview) -> int:
        """Go through the interview, then say what it showed; returns the exit code."""
        tell("Always: t time, p pause, n NOTE a note, s skip, q quit.")
        try:
            asked = None
            while interview.phase is not Phase.OVER:
                asked = self._ask(interview, asked)
                self._read(interview)
        except _Left:
            tell("What was scored is kept; srs mock --resume goes on.")
        finally:
            interview.close()
        show()
        show_debrief(of_mock(self._collection, interview.stored_now()))
        return 0

    def _ask(self, interview: MockInterview, before: object) -> object:
        shown = interview.shown
        assert shown is not None
        place = (shown.section, shown.place)
        if place != before:
            show()
            clock = f"{stopwatch(interview.spent_ms)} / {stopwatch(interview.target_ms)}"
            show(f"{shown.section} · {shown.place} of {shown.places} · {clock}")
            show(plain(shown.question, self._width))
        if shown.phase is not self._told:
            tell(HELP[shown.phase])
            self._told = shown.phase
        if shown.phase is Phase.PROBE:
            show(f"Probe {shown.line + 1} of {shown.probes}: {plain(shown.probe, self._width)}")
        elif shown.phase is Phase.SCORE:
            text = plain(shown.rubric[shown.line], self._width)
            show(f"{shown.line + 1} of {len(shown.rubric)}: {text}")
        elif shown.phase is Phase.GRADE:
            show()
            show(plain(shown.answer, self._width))
        return place

    def _read(self, interview: MockInterview) -> None:
        phase = interview.phase
        while True:
            line = sys.stdin.readline()
            if not line:
                raise _Left
            command, _, rest = line.strip().partition(" ")
            if command == "q":
                raise _Left
            if command == "t":
                self._time(interview)
            elif command == "p":
                interview.pause()
                tell("Paused; p goes on." if interview.paused else "Going on.")
            elif command == "n" and rest:
                interview.note(rest)
                tell("Noted.")
            elif self._act(interview, phase, command):
                return
            else:
                tell(HELP[phase])

    def _act(self, interview: MockInterview, phase: Phase, command: str) -> bool:
        if command == "s":
            interview.skip()
        elif phase in (Phase.ASK, Phase.SPEAK) and command == "":
            interview.go_on()
            if phase is Phase.SPEAK:
                self._time(interview)
        elif phase is Phase.GRADE and command in ("1", "2", "3", "4"):
            interview.grade(Rating(int(command)))
        elif phase in (Phase.PROBE, Phase.SCORE) and command in ("0", "1", "2"):
            interview.give(int(command))
        elif command == "u" and phase in (Phase.PROBE, Phase.SCORE):
            interview.back()
        else:
            return False
        return True

    def _time(self, interview: MockInterview) -> None:
        section = f"{stopwatch(interview.spent_ms)} of {stopwatch(interview.target_ms)}"
        show(f"{section} for this section, {stopwatch(interview.total_ms)} in all.")
