"""`srs debrief`: what the last mock interview showed, and how real interviews went."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json, tell
from srs.errors import SrsError
from srs.practice import real
from srs.practice.desk import Desk, open_desk
from srs.practice.phrases import counted, date_of
from srs.render.plain import one_line
from srs.store.real_interviews import Interview

WENT = ("could not", "partly", "well")
TITLE = 70


def run(argv: list[str]) -> int:
    """Show a debrief, or log, list and show real interviews."""
    arguments = _parser().parse_args(argv)
    acts: dict[str | None, Callable[[Desk, Namespace], int]] = {
        None: _of_mock,
        "new": _new,
        "list": _list,
        "show": _show,
    }
    desk = open_desk()
    try:
        return acts[arguments.act](desk, arguments)
    finally:
        desk.close()


def _of_mock(desk: Desk, arguments: Namespace) -> int:
    from srs.cli.debriefing import show_debrief

    show_debrief(desk.last_debrief())
    return 0


def _new(desk: Desk, arguments: Namespace) -> int:
    today = desk.collection.now().study_day
    day = today if arguments.date is None else _day(arguments.date, today)
    asked = real.read_questions(_written())
    matched = []
    for each in asked:
        found = real.offers(desk.collection, each.text)
        chosen = (found[0] if found else None) if arguments.yes else _confirm(each, found)
        matched.append((each, chosen))
    company = arguments.company or desk.collection.settings.company or "a company"
    drafts = real.log_interview(desk.collection, day, company, matched)
    _tell_interview(real.interviews(desk.collection)[0])
    if drafts is not None:
        tell(f"Questions without a card are drafts in {drafts}: write their answers there.")
    return 0


def _day(text: str, today: int) -> int:
    from datetime import date

    try:
        day = (date.fromisoformat(text) - date(1970, 1, 1)).days
    except ValueError:
        raise SrsError(f"{text!r} is no date; write it as 2026-12-15.") from None
    if day > today:
        raise SrsError(f"{text} has not come yet; log the interview when it is over.")
    return day


def _written() -> str:
    """Return the questions from the editor, or from standard input down to an empty line."""
    if sys.stdin.isatty():
        from srs.cli.editing import written

        return written(real.TEMPLATE)
    lines = []
    for line in sys.stdin:
        if not line.strip():
            break
        lines.append(line)
    return "".join(lines)


def _confirm(asked: real.Asked, found: list[real.Offer]) -> real.Offer | None:
    show(one_line(asked.text, TITLE))
    if not found:
        show("  no card is like it; it becomes a draft")
        return None
    for number, offer in enumerate(found, 1):
        show(f"  {number} {offer.topic}: {one_line(offer.front, TITLE)}")
    tell("Which card is it about? A number, Enter for the first, 0 for none of them.")
    while True:
        line = sys.stdin.readline()
        if not line:
            raise SrsError("Nothing was stored; --yes takes the likeliest card of each question.")
        choice = line.strip() or "1"
        if choice in map(str, range(len(found) + 1)):
            return found[int(choice) - 1] if choice != "0" else None
        tell("A number, Enter for the first, 0 for none of them.")


def _list(desk: Desk, arguments: Namespace) -> int:
    found = real.interviews(desk.collection)
    if arguments.json:
        show_json([_as_json(each) for each in found])
        return 0
    for number, each in enumerate(found, 1):
        questions = counted(len(each.questions), "question")
        show(f"{number}  {_date(each)}  {each.company}  {questions}")
        show(f"   {real.verdict(real.account(each.questions))}")
    if not found:
        tell("No interview is logged; srs debrief new logs one.")
    return 0


def _show(desk: Desk, arguments: Namespace) -> int:
    found = real.interviews(desk.collection)
    if not 1 <= arguments.number <= len(found):
        raise SrsError(f"There is no interview {arguments.number}; srs debrief list numbers them.")
    interview = found[arguments.number - 1]
    if arguments.json:
        show_json(_as_json(interview))
        return 0
    _tell_interview(interview)
    return 0


def _tell_interview(interview: Interview) -> None:
    found = real.account(interview.questions)
    show(f"{interview.company}, {_date(interview)}")
    for each in interview.questions:
        expected = "" if each.expected is None else f", expected {each.expected:.0%}"
        show(f"  {WENT[each.points]:9}  {one_line(each.text, TITLE)}")
        show(f"             {each.topic or 'no card: a draft'}{expected}")
    show(real.verdict(found))
    if found.unmatched:
        show(f"{counted(found.unmatched, 'question')} had no card.")


def _date(interview: Interview) -> str:
    return date_of(interview.day).date().isoformat()


def _as_json(interview: Interview) -> dict[str, object]:
    found = real.account(interview.questions)
    return {
        "date": _date(interview),
        "company": interview.company,
        "expected": found.expected,
        "actual": found.actual,
        "questions": [
            {
                "text": each.text,
                "points": each.points,
                "topic": each.topic,
                "expected": each.expected,
            }
            for each in interview.questions
        ],
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _parser() -> ArgumentParser:
    about = (
        "What the last mock interview showed; with new, log a real interview: what was asked and "
        "how it went, matched to your cards, the rest drafted as new ones. list and show compare "
        "what was expected with how it went."
    )
    found = parser("debrief", about, "srs debrief new --company startup --date 2026-12-15")
    acts = found.add_subparsers(dest="act", metavar="new|list|show")
    new = acts.add_parser("new", help="log a real interview", allow_abbrev=False)
    new.add_argument("--company", metavar="NAME", help="with whom")
    new.add_argument("--date", metavar="DATE", help="as 2026-12-15; today unless given")
    new.add_argument("--yes", action="store_true", help="take the likeliest card of each question")
    add_json(acts.add_parser("list", help="the interviews so far", allow_abbrev=False))
    one = acts.add_parser("show", help="one of them", allow_abbrev=False)
    one.add_argument("number", nargs="?", type=_number, default=1, help="the newest is 1")
    add_json(one)
    return found
