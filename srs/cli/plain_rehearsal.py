"""A rehearsal line by line on standard input and output, for screen readers, pipes and tests."""

from __future__ import annotations

import shutil
import sys

from srs.cli.output import show, tell
from srs.practice.phrases import stopwatch
from srs.practice.rehearsal import Past, Rehearsal
from srs.practice.repertoire import Repertoire
from srs.practice.rubric import MEANINGS, MOST_POINTS
from srs.render.plain import one_line, plain

WIDEST = 100
TELLING = "Enter when you have told it, h next beat, p probe, t time, q quit"
SCORING = "2 said well, 1 there but thin, 0 missing, u the line before, q quit"


class _Left(Exception):  # noqa: N818 -- the person leaves, which is no error
    pass


class Telling:
    """One plain rehearsal: it prints and reads lines, the rehearsal does the rest."""

    def __init__(self, repertoire: Repertoire) -> None:
        self._repertoire = repertoire
        self._width = min(shutil.get_terminal_size().columns, WIDEST)

    def hold(self, wanted: str | None) -> int:
        """Rehearse one prompt; returns the exit code."""
        rehearsal = self._repertoire.rehearse(self._repertoire.choose(wanted))
        try:
            self._ask(rehearsal)
            self._tell(rehearsal)
            note = self._score(rehearsal)
            self._end(rehearsal, note)
        except _Left:
            tell("What was scored is kept; srs rehearse goes on with it today.")
        finally:
            rehearsal.close()
        return 0

    def _ask(self, rehearsal: Rehearsal) -> None:
        prompt = rehearsal.prompt
        show(f"{prompt.kind or 'story'} · {prompt.minutes:g} min")
        show(plain(prompt.text, self._width))
        if prompt.is_design and prompt.back:
            show()
            show(plain(prompt.back, self._width))
        show()
        show(rehearsal.framing)
        if rehearsal.story is not None:
            show(f"Your story: {rehearsal.story.title}")

    def _tell(self, rehearsal: Rehearsal) -> None:
        if rehearsal.spoken:
            spoken = stopwatch(rehearsal.spoken_ms)
            tell(f"Told earlier today, in {spoken}; going on with the score.")
            return
        tell(TELLING)
        while True:
            line = self._read()
            if line == "":
                break
            if line == "h":
                more = rehearsal.hint()
                beat = rehearsal.beats[rehearsal.beats_shown - 1]
                show(plain(beat, self._width) if more else "No more beats.")
            elif line == "p":
                more = rehearsal.probe()
                show(
                    plain(f"Probe: {rehearsal.probes[rehearsal.probes_shown - 1]}", self._width)
                    if more
                    else "No more probes."
                )
            elif line == "t":
                show(_length(rehearsal.spoken_ms, rehearsal.prompt.target_ms))
            else:
                tell(TELLING)
        rehearsal.stop()
        show(f"Told in {_length(rehearsal.spoken_ms, rehearsal.prompt.target_ms)}.")

    def _score(self, rehearsal: Rehearsal) -> str:
        """Read the points of every line, then the note, which is returned."""
        prompt = rehearsal.prompt
        if not prompt.is_design and prompt.back:
            show(plain(prompt.back, self._width))
        tell(SCORING)
        lines = rehearsal.prompt.rubric
        while True:
            at = rehearsal.line
            if at is None:
                tell("A note to yourself; an empty line keeps none, u is the line before.")
                note = sys.stdin.readline().strip()
                if note != "u":
                    return "" if note == "q" else note
                rehearsal.back()
                continue
            show(plain(f"{at + 1} of {len(lines)}: {lines[at]}", self._width))
            answer = self._read()
            if answer in ("0", "1", "2"):
                rehearsal.give(int(answer))
            elif answer == "u":
                rehearsal.back()
            else:
                tell(SCORING)

    def _end(self, rehearsal: Rehearsal, note: str) -> None:
        rehearsal.write_note(note)
        result = rehearsal.grade()
        came_to = result.score
        show()
        show(
            f"{came_to.points} of {came_to.possible}, {came_to.rating.name.capitalize()}: "
            f"{came_to.why}. Due again {result.next_due}."
        )
        for line in past_in_words(rehearsal.prompt.rubric, rehearsal.history()):
            show(line)

    def _read(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise _Left
        line = line.strip()
        if line == "q":
            raise _Left
        return line


def past_in_words(rubric: tuple[str, ...], past: tuple[Past, ...]) -> list[str]:
    """Say how each line went over time, the newest last, and how long it took."""
    newest = past[-6:]
    lines = []
    for place, text in enumerate(rubric):
        points = " ".join("–" if each.points[place] is None else str(each.points[place])
                          for each in newest)  # fmt: skip
        thin = newest and newest[-1].points[place] == 0
        mark = f"  {MEANINGS[0]}" if thin else ""
        lines.append(f"  {points}  {place + 1} {one_line(text, WIDEST)}{mark}")
    totals = ", ".join(f"{each.total} of {MOST_POINTS * len(rubric)}" for each in newest)
    lengths = ", ".join(_length(each.spoken_ms, each.target_ms) for each in newest)
    return [*lines, f"Scores: {totals}.", f"Lengths: {lengths}."] if newest else []


def _length(spoken_ms: int, target_ms: int) -> str:
    return f"{stopwatch(spoken_ms)} of {stopwatch(target_ms)}"
