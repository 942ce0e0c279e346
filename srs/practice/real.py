"""Logging a real interview: its questions matched to cards, the rest drafted as new ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from srs.errors import SrsError
from srs.practice.phrases import date_of
from srs.render.controls import clean
from srs.store import locations, real_interviews
from srs.store.collection import Collection
from srs.store.real_interviews import Interview, Question

MOST_POINTS = 2
OFFERED = 3
# Of 100; below it two texts merely share a word or two.
LIKELY = 42
FOUND_A_WORD = 300
LONGEST_QUESTION = 500
DRAFTS = "drafts.md"
TEMPLATE = """\
# One question a line, as it was asked. End each with how it went:
# 0 could not, 1 partly, 2 well. Lines that begin with # are left out.
"""
_QUESTION = re.compile(r"(?P<text>.*\S)\s+(?P<points>[0-2])")
_WORD = re.compile(r"\w{3,}")
_HEAD = "---\ndeck: Drafts\ntopic: drafts\n---\n"
COMMON = frozenset(
    """what which when where does would could should have with your from that this they them there
    about into between explain describe tell design system model models walk through the and for
    how you are did why can not its""".split()  # noqa: SIM905 -- a list of words reads as one
)


class Asked(NamedTuple):
    """A question as it was asked, and how it went, 0 to 2."""

    text: str
    points: int


class Offer(NamedTuple):
    """A card that a question may be about, and how like they are, 0 to 100."""

    card_id: int
    topic: str
    front: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Account:
    """Expected against actual over the questions that matched a topic; shares, 0 to 1."""

    expected: float | None
    actual: float | None
    matched: int
    unmatched: int


def read_questions(text: str) -> list[Asked]:
    """Read questions, one a line, each ending with 0, 1 or 2.

    Raises SrsError, naming the line, for one that says not how it went, and for none at all.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        line = " ".join(clean(line).split())
        if not line or line.startswith("#"):
            continue
        parts = _QUESTION.fullmatch(line)
        if parts is None or len(line) > LONGEST_QUESTION:
            raise SrsError(
                f"Line {number} says not how it went: end the question with 0 (could not), "
                "1 (partly) or 2 (well). Nothing was stored."
            )
        found.append(Asked(parts["text"], int(parts["points"])))
    if not found:
        raise SrsError("There is no question; write one a line. Nothing was stored.")
    return found


def offers(collection: Collection, question: str) -> list[Offer]:
    """Return the cards a question is likely about, the likeliest first.

    Cards are found by the question's words. A word counts the more the fewer cards have it, and
    more where it stands in a card's front or topic; the likeness of the fronts is the rest.
    """
    # Imported here: only this needs them.
    from rapidfuzz import fuzz

    from srs.store.search import search

    words = {word.casefold().removesuffix("s") for word in _WORD.findall(question)} - COMMON
    hits = {word: search(collection, word, FOUND_A_WORD) for word in words}
    worth = {word: math.log1p(FOUND_A_WORD / max(1, len(cards))) for word, cards in hits.items()}
    whole = sum(worth.values())
    begins = {word: re.compile(rf"\b{re.escape(word)}") for word in words}
    ranked = []
    for card in {card.id: card for cards in hits.values() for card in cards}.values():
        front = f"{card.front} {card.topic}".casefold()
        text = f"{front} {card.back}".casefold()
        in_text = sum(worth[word] for word in words if begins[word].search(text)) / whole
        in_front = sum(worth[word] for word in words if begins[word].search(front)) / whole
        fronts = fuzz.token_set_ratio(question.casefold(), card.front.casefold()) / 100
        likeness = 45 * in_text + 40 * in_front + 15 * fronts
        ranked.append(Offer(card.id, card.topic, card.front, likeness))
    ranked.sort(key=lambda offer: (-offer.likeness, offer.card_id))
    return [offer for offer in ranked[:OFFERED] if offer.likeness >= LIKELY]


def log_interview(
    collection: Collection,
    day: int,
    company: str,
    asked: Sequence[tuple[Asked, Offer | None]],
) -> Path | None:
    """Write an interview down, with what was expected of each question's topic on the day.

    Questions without a card become drafts in the person's own deck. Returns that deck's file,
    None when nothing was drafted. Raises SrsError when something cannot be written.
    """
    questions = []
    with collection.reading_sql() as execute:
        for each, offer in asked:
            if offer is None:
                questions.append(Question(each.text, each.points))
                continue
            expected = real_interviews.expected_of(execute, offer.topic, day, collection.weights)
            uid = real_interviews.card_uid(execute, offer.card_id)
            questions.append(Question(each.text, each.points, uid, offer.topic, expected))
    unmatched = [each.text for each, offer in asked if offer is None]
    file = _draft(collection, unmatched, company, day) if unmatched else None
    real_interviews.record(collection, day, company, questions)
    return file


def interviews(collection: Collection) -> list[Interview]:
    """Return the interviews that were logged, the newest first."""
    with collection.reading_sql() as execute:
        return real_interviews.interviews(execute)


def account(questions: Iterable[Question]) -> Account:
    """Return expected against actual."""
    questions = list(questions)
    known = [each for each in questions if each.expected is not None]
    expected = [each.expected for each in known if each.expected is not None]
    count = len(known)
    return Account(
        sum(expected) / count if count else None,
        sum(each.points for each in known) / (MOST_POINTS * count) if count else None,
        sum(each.topic is not None for each in questions),
        sum(each.topic is None for each in questions),
    )


def verdict(found: Account) -> str:
    """Say how it went against what was expected."""
    if found.expected is None or found.actual is None:
        return "No question matched a topic, so nothing had been expected."
    difference = found.actual - found.expected
    told = (
        f"Expected {found.expected:.0%} of the questions that matched, it went {found.actual:.0%}"
    )
    if abs(difference) < 0.1:
        return f"{told}: about as expected."
    if difference > 0:
        return f"{told}: better than expected."
    return f"{told}: worse than expected; rehearse those topics aloud, not only by card."


def _draft(collection: Collection, texts: Sequence[str], company: str, day: int) -> Path:
    """Add questions to the person's own deck of drafts, and import it."""
    from srs.deck.reader import read_deck
    from srs.store import sources
    from srs.store.ingest.run import Options, import_paths

    file = locations.personal_decks(collection.path) / DRAFTS
    on = date_of(day)
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    except (OSError, UnicodeDecodeError) as error:
        raise SrsError(f"{file} cannot be read ({error}); nothing was stored.") from None
    text = before.rstrip("\n") + "\n"
    for each in texts:
        if f"Q: {each}\n" not in text:
            text += (
                f"\nQ: {each}\nA: To be written. Asked by {clean(company)} on "
                f"{on.day} {on:%b %Y}.\n"
            )
    problems = read_deck(text, str(file)).errors
    if problems:
        raise SrsError(f"{file}:{problems[0].line}: {problems[0].message}. Nothing was stored.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"{file.name}.part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError as error:
        raise SrsError(
            f"{file} cannot be written ({error.strerror}); nothing was stored."
        ) from None
    import_paths(collection, [file], Options())
    sources.remember(collection, [file])
    return file
