"""A sitting line by line on standard input and output, for screen readers, pipes and tests."""

from __future__ import annotations

import shutil
import sys

from srs.cli.output import show, tell
from srs.practice.desk import Desk
from srs.practice.model import Asked, Summary
from srs.practice.phrases import counted, duration
from srs.practice.review import ReviewSitting
from srs.practice.typed import Comparison, compare
from srs.render.plain import one_line, plain
from srs.schedule.model import Rating

WIDEST = 100
TITLE = 70
BEFORE = "Enter reveals, h hint, u undo, s suspend, b bury, f NOTE flag, q quit"
AFTER = "1 again, 2 hard, 3 good, 4 easy, u undo, s suspend, b bury, f NOTE flag, q quit"


class _Left(Exception):  # noqa: N818 -- the person leaves, which is no error
    pass


class Conversation:
    """One plain sitting: it prints and reads lines, the sitting does the rest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._width = min(shutil.get_terminal_size().columns, WIDEST)

    def hold(self, scope: str | None, limit: int | None, minutes: float | None) -> int:
        """Ask until nothing is due or the person leaves; returns the exit code."""
        self._reread()
        return self._hold(self._desk.start(scope, limit=limit, minutes=minutes))

    def focus(self, scope: str, limit: int | None, minutes: float | None) -> int:
        """Ask a scope's weakest cards until they are through or the person leaves."""
        self._reread()
        return self._hold(self._desk.focus(scope, limit=limit, minutes=minutes))

    def drill(self, scope: str | None, limit: int | None) -> int:
        """Ask drills until they are through or the person leaves."""
        self._reread()
        return self._hold(self._desk.drill(scope, limit=limit))

    def _reread(self) -> None:
        said = self._desk.reread()
        if said:
            tell(said)

    def _hold(self, sitting: ReviewSitting) -> int:
        try:
            while sitting.asked is not None:
                self._ask(sitting, sitting.asked)
        except _Left:
            pass
        finally:
            sitting.close()
        self._close(sitting)
        return 0

    def _ask(self, sitting: ReviewSitting, card: Asked) -> None:
        progress = sitting.progress()
        show()
        kind = " · new" if card.is_new else ""
        show(f"{progress.answered + 1} of {progress.answered + progress.left} · {card.topic}{kind}")
        if card.flag is not None:
            show(f"Flagged: {card.flag}")
        show(plain(card.question, self._width))
        if not self._reveal(sitting, card):
            return
        show()
        show(plain(card.answer, self._width))
        if card.source:
            show()
            show(plain(f"Source: {card.source}", self._width))
        show("   ".join(f"{int(b.rating)} {b.label} {b.interval}" for b in card.buttons))
        while True:
            line = self._read()
            if line in ("1", "2", "3", "4"):
                self._tell(sitting.answer(Rating(int(line))))
                return
            if self._act(sitting, line):
                return
            if line not in ("", "?"):
                tell(f"There is no {line!r} here.")
            tell(AFTER)

    def _reveal(self, sitting: ReviewSitting, card: Asked) -> bool:
        """Read until the answer is wanted; False when the card was left for another."""
        hints = list(card.hints)
        if card.is_typed:
            tell("Type the answer; an empty line shows it. A command begins with a colon: :q, :?")
        while True:
            line = self._read()
            if card.is_typed and not line.startswith(":"):
                if line and card.expected is not None:
                    show(_compared(compare(line, card.expected)))
                elif line:
                    verdict = sitting.judge(line)
                    show(verdict.sentence)
                    if verdict.right is None:
                        continue
                return True
            line = line.removeprefix(":")
            if line == "":
                return True
            if line == "h":
                show(f"Hint: {plain(hints.pop(0), self._width)}" if hints else "No more hints.")
            elif self._act(sitting, line):
                return False
            else:
                if line != "?":
                    tell(f"There is no {line!r} here.")
                tell(BEFORE)

    def _act(self, sitting: ReviewSitting, line: str) -> bool:
        """Do what a line asks for, if it does; True when another card, or this anew, is asked."""
        command, _, rest = line.partition(" ")
        if command == "q":
            raise _Left
        if command == "u":
            tell(sitting.undo())
        elif command == "s":
            tell(sitting.suspend())
        elif command == "b":
            tell(sitting.bury())
        elif command == "f":
            tell(sitting.flag(rest))
        else:
            return False
        return True

    def _tell(self, sentence: str | None) -> None:
        if sentence:
            tell(sentence)

    def _read(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise _Left
        return line.strip()

    def _close(self, sitting: ReviewSitting) -> None:
        show()
        summary = sitting.summary()
        for line in in_words(summary):
            show(line)
        if summary.answered:
            from srs.cli.debriefing import show_actions

            show_actions(sitting.debrief())
        waiting = sitting.waiting
        for sentence in waiting.plan:
            show(sentence)
        if sitting.asked is None and waiting.new_beyond_limit:
            beyond = counted(waiting.new_beyond_limit, "new card")
            tell(f"{beyond} beyond today's limit; srs config new-per-day N raises it.")


def in_words(summary: Summary) -> list[str]:
    """Say what a sitting did, a line each."""
    lines = []
    if summary.answered:
        ratings = f"{summary.again} again, {summary.hard} hard, {summary.good} good"
        lines.append(
            f"{counted(summary.answered, 'answer')} on {counted(summary.cards, 'card')} "
            f"in {duration(summary.elapsed_ms)}: {ratings}, {summary.easy} easy."
        )
        for topic in summary.topics:
            if topic.again:
                lines.append(f"  {topic.topic}: {topic.again} of {topic.answered} again")
        for card in summary.missed:
            lines.append(f"  again: {one_line(card.question, TITLE)}")
        for question in summary.leeches:
            lines.append(f"  leech, suspended: {one_line(question, TITLE)}")
    else:
        lines.append("Nothing was answered.")
    if summary.next_due is None:
        lines.append("Nothing else is scheduled.")
    else:
        lines.append(f"Next card due {summary.next_due}.")
    return lines


def _compared(comparison: Comparison) -> str:
    if comparison.correct:
        return "Right."
    marks = {"same": "{}", "missing": "[+{}]", "extra": "[-{}]"}
    text = "".join(marks[piece.kind].format(piece.text) for piece in comparison.pieces)
    return f"Not quite, [+missing] [-too much]: {text}"
