"""The command line: it finds the command, runs it, and turns what goes wrong into a sentence.

`srs due` waits for this module, so it imports next to nothing.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

from srs.errors import SrsError

# name: (module below srs.cli, what it does)
EVERY_DAY = {
    "review": ("review", "a sitting on what is due, on a topic or on a deck"),
    "focus": ("focus", "a sitting on the weakest cards of a topic or deck"),
    "drill": ("drill", "back-of-envelope questions with fresh numbers"),
    "mock": ("mock", "a timed mock interview, which moves no schedule"),
    "debrief": ("debrief", "what a mock showed; log how a real interview went"),
    "interview": ("interview", "set the day of the interview, and see what it takes"),
    "rehearse": ("rehearse", "tell a story aloud against the clock, and score it"),
    "due": ("due", "what is due now, for a shell prompt or a status bar"),
    "weak": ("weak", "what will be known on the day, and what costs most there"),
    "stats": ("stats", "what you have done, and how much you remembered"),
    "report": ("report", "one page of it all, for a phone or to print on the eve"),
    "demo": ("demo", "look around with made-up months of reviews; yours stay as they are"),
}
DECKS = {
    "import": ("importing", "bring in deck files and folders, or reread those you brought"),
    "check": ("check", "say what is wrong in deck files, and store nothing"),
    "decks": ("decks", "list your decks, leave one out, take it in again"),
    "story": ("story", "write, list and map your own stories"),
    "cards": ("cards", "list the cards that are suspended, flagged or leeches"),
    "unsuspend": ("unsuspend", "ask suspended cards again"),
    "search": ("search", "find cards by their text"),
}
UPKEEP = {
    "config": ("config", "show and change the settings"),
    "export": ("exporting", "take the cards away: an Anki package, Markdown, CSV, JSON"),
    "backup": ("backup", "copy the collection to a file"),
    "restore": ("restore", "go back to a backup, keeping a copy of what is there"),
    "optimize": ("optimize", "fit the weights of FSRS to your log, if that predicts you better"),
    "doctor": ("doctor", "check the collection against its review log"),
}
GROUPS = {"Every day": EVERY_DAY, "Your decks": DECKS, "Upkeep": UPKEEP}
COMMANDS = EVERY_DAY | DECKS | UPKEEP

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run a command line and return the exit code: 0 done, 1 found problems, 2 wrong usage."""
    _accept_any_text()
    try:
        status = _dispatch(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return status
    except SystemExit as ending:  # argparse: 0 after --help, 2 after a mistake
        return ending.code if isinstance(ending.code, int) else 2
    except SrsError as error:
        return _complain(str(error), 1)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not flush it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return _complain("a path is longer than this system allows; name another.", 1)
        if error.errno != errno.ENOSPC:
            return _report(error)
        return _complain("the disk is full; what was graded is safe. Free some room.", 1)
    except Exception as fault:
        return _report(fault)


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        from srs.cli import screen

        return screen.start() if screen.is_terminal() else _run("home", [])
    name, *rest = arguments
    if name in ("-h", "--help"):
        print(_help())
        return 0
    if name == "--version":
        from importlib.metadata import version

        print(f"srs {version('srs')}")
        return 0
    if name not in COMMANDS:
        return _complain(_unknown(name), 2)
    module, _ = COMMANDS[name]
    return _run(module, rest)


def _run(module: str, arguments: list[str]) -> int:
    status: int = import_module(f"srs.cli.{module}").run(arguments)
    return status


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [
        "usage: srs [COMMAND …]",
        "",
        "Spaced repetition for ML-systems interviews. Without a command it opens the screen.",
    ]
    for title, group in GROUPS.items():
        lines += ["", f"{title}:"]
        lines += [f"  {name:{width}}  {summary}" for name, (_, summary) in group.items()]
    lines += [
        "",
        "srs COMMAND --help says more, srs --version which srs this is.",
        "Example: srs review serving --limit 20",
    ]
    return "\n".join(lines)


def _unknown(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    hint = f"did you mean srs {near[0]}?" if near else "srs --help lists the commands."
    return f"there is no command {name!r}; {hint}"


def _report(fault: Exception) -> int:
    if os.environ.get("SRS_DEBUG") == "1":
        import traceback

        traceback.print_exception(fault)
        return 1
    what = f"{type(fault).__name__}: {fault}".rstrip(": ")
    return _complain(
        f"this is a fault of srs itself ({what}); what was graded is safe. "
        "Run it again with SRS_DEBUG=1 for the details.",
        1,
    )


def _complain(sentence: str, status: int) -> int:
    from srs.cli.output import tell

    tell(f"srs: {sentence}")
    return status


def _accept_any_text() -> None:
    """Let a terminal or pipe that lacks a character show a sign in its place."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
