"""Whether weights fitted to the person's log would predict them better than the present ones.

The older answers are fitted and the newer ones judge, which the fit has not seen: with few answers
a fit only repeats their luck. Only then are weights fitted to everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from srs.insight.calibration import log_loss, moving_average
from srs.insight.fitting import Answers, fit
from srs.store.collection import Collection
from srs.store.replay import History, read_history
from srs.store.review_columns import read_reviews

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

ENOUGH = 1_000
JUDGING_SHARE = 0.2
BINS = 20


class Stage(StrEnum):
    """What is being done."""

    JUDGED = "fitting the older answers"
    WHOLE = "fitting all answers"


@dataclass(frozen=True, slots=True)
class Score:
    """How far predictions are from answers; 0 is perfect.

    `log_loss` is the mean in nats. `rmse` is the root mean square, over 20 equal bins of predicted
    recall weighted by their answers, of predicted minus observed recall.
    """

    log_loss: float
    rmse: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit came to: `fitted_on` and `judged_on` are the numbers of tested answers.

    `present`, `fitted` and `average` are the scores, on the newer answers, of the present weights,
    of those fitted to the older answers, and of a moving average of the person's answers. The fit
    is `better` when its log loss is lower by more than the standard error of the difference, over
    cards. `weights` are fitted to all answers, None unless it is better.
    """

    fitted_on: int
    judged_on: int
    present: Score
    fitted: Score
    average: Score
    better: bool
    weights: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Log:
    """The log as a fit needs it; `tested` are the answers a day or more after the last."""

    history: History
    tested: Truths

    @property
    def answers(self) -> int:
        """The number of tested answers."""
        return int(self.tested.sum())

    @property
    def missing(self) -> int:
        """How many more tested answers a fit needs."""
        return max(0, ENOUGH - self.answers)


def read_log(collection: Collection) -> Log:
    """Read what a fit needs. Raises SrsError when the collection cannot be read."""
    reviews = read_reviews(collection)
    with collection.reading_sql() as execute:
        history = read_history(execute, reviews)
    answers = history.answers
    first = (np.cumsum(history.counts) - history.counts)[history.counts > 0]
    elapsed = np.diff(answers.fsrs_day, prepend=0).astype(np.int64)
    before = [None if start is None else start.day for start in history.starts]
    started = np.array([np.inf if day is None else day for day in before], np.float64)
    elapsed[first] = np.maximum(0, answers.fsrs_day[first] - started[history.counts > 0])
    return Log(history, elapsed > 0)


def optimize(log: Log, present: Sequence[float], progress: Callable[[Stage], None]) -> Fit:
    """Fit weights and judge them against the present ones.

    Raises FitError when the fit breaks off. Interrupted, it leaves nothing behind.
    """
    answers, right = log.history.answers, log.history.answers.rating > 1
    newest = np.sort(answers.ms[log.tested])[-max(1, int(log.answers * JUDGING_SHARE)) :]
    judged = log.tested & (answers.ms >= newest[0])
    progress(Stage.JUDGED)
    fitted = fit(_answers(log.history, answers.ms < newest[0]))
    expected = {}
    for name, weights in (("present", present), ("fitted", fitted)):
        recalls = np.full(len(answers), np.nan)
        log.history.replayed(weights, recalls)
        expected[name] = recalls
    expected["average"] = np.full(len(answers), np.nan)
    in_order = np.flatnonzero(log.tested)[np.argsort(answers.ms[log.tested], kind="stable")]
    expected["average"][in_order] = moving_average(right[in_order])
    scores = {name: score(recalls[judged], right[judged]) for name, recalls in expected.items()}
    better = _surely_less(
        log_loss(expected["fitted"][judged], right[judged]),
        log_loss(expected["present"][judged], right[judged]),
        answers.card[judged],
    )
    whole: tuple[float, ...] | None = None
    if better:
        progress(Stage.WHOLE)
        whole = fit(_answers(log.history, np.ones(len(answers), np.bool_)))
    judged_on = int(judged.sum())
    return Fit(log.answers - judged_on, judged_on, **scores, better=better, weights=whole)


def score(recall: Floats, right: Truths) -> Score:
    """Score predictions of recall."""
    place = np.minimum((recall * BINS).astype(np.int64), BINS - 1)
    off = np.bincount(place, recall - right, BINS)
    answers = np.maximum(np.bincount(place, minlength=BINS), 1)
    squares = float(np.sum(off**2 / answers)) / len(recall)
    return Score(float(log_loss(recall, right).mean()), float(np.sqrt(squares)))


def _surely_less(one: Floats, other: Floats, cards: NDArray[np.integer]) -> bool:
    """Tell whether the mean is lower by more than its standard error, a card's answers as one."""
    less = other - one
    _, of_card = np.unique(cards, return_inverse=True)
    spread = np.bincount(of_card, less - less.mean())
    return bool(less.sum() > np.sqrt(np.sum(spread**2)))


def _answers(history: History, chosen: Truths) -> Answers:
    """Return the chosen answers of the cards that began here."""
    began_here = np.array([start is None for start in history.starts], np.bool_)
    card = np.repeat(np.arange(len(history.counts)), history.counts)
    kept = chosen & began_here[card]
    counts = np.bincount(card[kept])
    columns = history.answers.take(kept)
    return Answers(
        counts[counts > 0],
        columns.rating.astype(np.int64),
        columns.fsrs_day.astype(np.int64),
        columns.ms,
    )
