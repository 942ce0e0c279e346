"""What a sitting or a mock interview showed: what went well, what cost points, what to do next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from srs.practice.mock_item import Item, read_items
from srs.practice.model import Summary
from srs.practice.phrases import duration
from srs.practice.rubric import MOST_POINTS
from srs.store import activity, mocks
from srs.store.collection import Collection
from srs.store.mocks import StoredMock

MOST_LINES, MOST_PRAISE = 5, 3
ACTIONS = 3
LABEL_LENGTH = 56
NUMBERS = ("number", "estimate", "memory")


@dataclass(frozen=True, slots=True)
class Action:
    """A next thing to do: the key that does it, what it is, and on which topic or prompt.

    `what` is `focus`, `review`, `rehearse`, `drill` or `mock`.
    """

    key: str
    what: str
    scope: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """The account, in sentences; texts of cards among them are one plain line each."""

    title: str
    sections: tuple[str, ...]
    went_well: tuple[str, ...]
    cost: tuple[str, ...]
    against_last: str
    actions: tuple[Action, ...]


def of_mock(collection: Collection, stored: StoredMock) -> Debrief:
    """Return the account of a mock interview, as far as it went."""
    items = [item for item in read_items(collection, stored) if not item.skipped]
    done = [item for item in items if item.done]
    points, possible = _total(done)
    with collection.reading_sql() as execute:
        before = [mock for mock in mocks.mocks(execute) if mock.ms < stored.ms and mock.entries]
    skipped = len(stored.plan) - len(items)
    left = f", {skipped} left out" if skipped else ""
    undone = len(items) - len(done)
    left += f", {undone} not reached" if undone else ""
    spent = sum(item.spent_ms for item in items)
    title = (
        f"{points} of {possible} points ({_share(points, possible)}) in {duration(spent)}{left}."
        if possible
        else f"Nothing was scored{left}."
    )
    return Debrief(
        title=title,
        sections=tuple(_by_section(done)),
        went_well=tuple(_went_well(done)),
        cost=tuple(_cost(done)),
        against_last=_against(collection, done, [m for m in before if m.kind == stored.kind][:1]),
        actions=_mock_actions(done, stored),
    )


def of_sitting(collection: Collection, summary: Summary) -> Debrief:
    """Return the account of a sitting."""
    passed = summary.answered - summary.again
    well = [topic for topic in summary.topics if not topic.again]
    well.sort(key=lambda topic: (-topic.answered, topic.topic))
    wrong = sorted((topic for topic in summary.topics if topic.again), key=lambda each: -each.again)
    actions: list[tuple[str, str, str | None, str]] = []
    if wrong:
        worst = wrong[0].topic
        actions.append(("f", "focus", worst, f"the weakest cards of {worst}"))
    actions.append(("d", "drill", None, "a few numbers"))
    actions.append(("r", "rehearse", None, "tell the next story aloud"))
    return Debrief(
        title=f"{passed} of {summary.answered} passed in {duration(summary.elapsed_ms)}.",
        sections=(),
        went_well=tuple(f"{topic.topic}: all {topic.answered}" for topic in well[:MOST_LINES]),
        cost=tuple(
            [f"{each.topic}: {each.again} of {each.answered} again" for each in wrong[:MOST_LINES]]
            + [f"again: {_line(card.question)}" for card in summary.missed[:MOST_LINES]]
        ),
        against_last=_against_last_day(collection, summary),
        actions=tuple(Action(*each) for each in actions[:ACTIONS]),
    )


def _total(items: Iterable[Item]) -> tuple[int, int]:
    scores = [item.score for item in items]
    return sum(given for given, _ in scores), sum(possible for _, possible in scores)


def _share(points: int, possible: int) -> str:
    return f"{points / possible:.0%}" if possible else "–"


def _sections(items: Sequence[Item]) -> dict[str, tuple[int, int]]:
    """Return the points of each section, probes apart."""
    found: dict[str, tuple[int, int]] = {}

    def add(name: str, given: int, possible: int) -> None:
        if possible:
            before = found.get(name, (0, 0))
            found[name] = (before[0] + given, before[1] + possible)

    for item in items:
        given, possible = item.score
        probes = sum(item.probe_points)
        add(item.section, given - probes, possible - MOST_POINTS * len(item.probe_points))
        add("probes", probes, MOST_POINTS * len(item.probe_points))
    return found


def _by_section(items: Sequence[Item]) -> list[str]:
    spent: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in items:
        spent[item.section][0] += item.spent_ms
        spent[item.section][1] += item.target_ms
    return [
        f"{name}: {given} of {possible}"
        + (f", {duration(spent[name][0])} of {duration(spent[name][1])}" if name in spent else "")
        for name, (given, possible) in _sections(items).items()
    ]


def _went_well(items: Sequence[Item]) -> list[str]:
    topics = defaultdict(list)
    for item in items:
        if not item.is_prompt:
            topics[item.topic].append(item.score[0])
    found = [
        f"{topic}: known" for topic, given in topics.items() if all(g == MOST_POINTS for g in given)
    ]
    for item in items:
        found += [
            f"{item.section}: {_label(text)}"
            for text, given in zip(item.rubric, item.points, strict=False)
            if given == MOST_POINTS
        ]
    return _shortened(found, MOST_PRAISE)


def _cost(items: Sequence[Item]) -> list[str]:
    """Return what cost points, the dearest first: topics, rubric lines, probes."""
    lost: list[tuple[int, str]] = []
    by_topic: Counter[str] = Counter()
    missed: dict[str, str] = {}
    for item in items:
        given, possible = item.score
        if not item.is_prompt and given < possible:
            by_topic[item.topic] += possible - given
            missed.setdefault(item.topic, _line(item.question))
        for text, got in [
            *zip(item.rubric, item.points, strict=False),
            *zip(item.probes, item.probe_points, strict=False),
        ]:
            if got < MOST_POINTS:
                lost.append((MOST_POINTS - got, f"{item.section}: {_label(text)}"))
    lost[:0] = [(points, f"{topic}: {missed[topic]}") for topic, points in by_topic.items()]
    lost.sort(key=lambda each: -each[0])
    return _shortened([f"−{points}  {where}" for points, where in lost])


def _shortened(found: list[str], most: int = MOST_LINES) -> list[str]:
    rest = len(found) - most
    return found if rest <= 1 else [*found[:most], f"and {rest} more"]


def _against(collection: Collection, done: Sequence[Item], before: Sequence[StoredMock]) -> str:
    if not before:
        return "The first of its kind: the next one is measured against it."
    earlier = [item for item in read_items(collection, before[0]) if item.done]
    (points, possible), (was, might) = _total(done), _total(earlier)
    if not possible or not might:
        return "Too little was scored to compare it with the last one."
    moved = round(100 * points / possible) - round(100 * was / might)
    told = f"Last time {_share(was, might)}; now {_share(points, possible)} ({moved:+d} points)."
    then, now = _sections(earlier), _sections(done)
    parts = [f"{name} {_share(*then[name])} → {_share(*now[name])}" for name in now if name in then]
    return f"{told} {', '.join(parts)}." if len(parts) > 1 else told


def _against_last_day(collection: Collection, summary: Summary) -> str:
    today = collection.now().study_day
    with collection.reading_sql() as execute:
        earlier = [each for each in activity.days(execute, today - 60) if each.study_day < today]
    if not earlier or not earlier[-1].tested or not summary.answered:
        return ""
    last = earlier[-1]
    passed = summary.answered - summary.again
    return (
        f"Last time {last.recalled / last.tested:.0%} of the reviews were remembered; "
        f"{passed / summary.answered:.0%} of these answers passed."
    )


def _mock_actions(done: Sequence[Item], stored: StoredMock) -> tuple[Action, ...]:
    """Return three next actions, those on what cost most first."""
    topics: Counter[str] = Counter()
    prompts: list[tuple[float, Item]] = []
    numbers_lost = 0
    for item in done:
        given, possible = item.score
        if not item.is_prompt and given < possible:
            topics[item.topic] += possible - given
        elif item.is_prompt and possible:
            prompts.append((given / possible, item))
            numbers_lost += sum(
                MOST_POINTS - got
                for text, got in zip(item.rubric, item.points, strict=False)
                if any(word in text.casefold() for word in NUMBERS)
            )
    found: list[Action] = []
    if topics:
        worst = topics.most_common(1)[0][0]
        found.append(Action("f", "focus", worst, f"the weakest cards of {worst}"))
    if prompts:
        _, item = min(prompts, key=lambda each: each[0])
        found.append(
            Action("r", "rehearse", item.question, f"tell it again: {_line(item.question)}")
        )
    why = ", where points were lost" if numbers_lost else ""
    found.append(Action("d", "drill", None, f"a few numbers{why}"))
    found.append(Action("m", "mock", stored.kind, "another mock interview, drawn anew"))
    return tuple(found[:ACTIONS])


def _line(text: str) -> str:
    """Return the first line of a card's text without its signs, cut to a length."""
    # Imported here: the Markdown parser is only needed for an account.
    from srs.render.plain import one_line

    return one_line(text, LABEL_LENGTH)


def _label(text: str) -> str:
    """Return what a rubric's line is about: the words before its colon, else all of it."""
    head, colon, _ = text.partition(":")
    return _line(head if colon and len(head) < LABEL_LENGTH else text)
