"""What was done in a sitting, so that it can be taken back and summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from srs.practice.model import MissedCard, Summary, TopicResult
from srs.schedule.model import Rating, State
from srs.schedule.queue import Candidate
from srs.store.cards import StoredCard


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a card: the log row's uid, its name, the card as it was before.

    `rating` is None for anything but an answer.
    """

    candidate: Candidate
    uid: bytes
    what: str
    card: StoredCard
    question: str
    rating: Rating | None = None
    leech: bool = False


def summarise(
    answers: Sequence[Act], elapsed_ms: int, next_due_ms: int | None, next_due: str | None
) -> Summary:
    """Sum up the answers of a sitting."""
    ratings = Counter(act.rating for act in answers)
    failed = [act for act in answers if act.rating is Rating.AGAIN]
    failed_topics = Counter(act.card.topic for act in failed)
    missed = Counter((act.card.topic, act.question) for act in failed)
    return Summary(
        answered=len(answers),
        cards=len({act.card.id for act in answers}),
        elapsed_ms=elapsed_ms,
        again=ratings[Rating.AGAIN],
        hard=ratings[Rating.HARD],
        good=ratings[Rating.GOOD],
        easy=ratings[Rating.EASY],
        new=len({act.card.id for act in answers if act.card.state.state is State.NEW}),
        topics=tuple(
            TopicResult(topic, count, failed_topics[topic])
            for topic, count in sorted(Counter(act.card.topic for act in answers).items())
        ),
        missed=tuple(
            MissedCard(topic, question, count) for (topic, question), count in missed.most_common()
        ),
        leeches=tuple(act.question for act in answers if act.leech),
        next_due_ms=next_due_ms,
        next_due=next_due,
    )
