"""A rehearsal: the prompt told aloud against the clock, then scored line by line.

It has no screen: the faces show its values and call what the person does. What was scored is on
the disk before the next line is asked, and a rehearsal that was cut off goes on at its next line.
"""

from __future__ import annotations

from dataclasses import dataclass

from srs.deck.own_stories import OwnStory, beats
from srs.errors import SrsError
from srs.practice.phrases import when
from srs.practice.prompts import Prompt, draw_framing, draw_probes, seed_of
from srs.practice.rubric import MOST_POINTS, Score, score
from srs.schedule.clock import Clock, day_start_ms
from srs.schedule.model import ReviewKind
from srs.store import log, rehearsals
from srs.store.collection import Collection


class Stopwatch:
    """Time spent since an instant by the steady clock, without the time it was paused."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started_ms = clock.monotonic_ms()
        self._paused_ms: int | None = None

    @property
    def elapsed_ms(self) -> int:
        """The milliseconds spent, worked out from the start, so that no late tick adds up."""
        until = self._clock.monotonic_ms() if self._paused_ms is None else self._paused_ms
        return until - self._started_ms

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused_ms is not None

    def pause(self) -> None:
        """Stand still until `go_on`."""
        if self._paused_ms is None:
            self._paused_ms = self._clock.monotonic_ms()

    def go_on(self) -> None:
        """Run again, as if the pause had not been."""
        if self._paused_ms is not None:
            self._started_ms += self._clock.monotonic_ms() - self._paused_ms
            self._paused_ms = None


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier rehearsal of a prompt: points by line (None: not scored), and its length."""

    ms: int
    points: tuple[int | None, ...]
    total: int
    spoken_ms: int
    target_ms: int
    note: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a rehearsal came to, and when the prompt is due again."""

    score: Score
    spoken_ms: int
    target_ms: int
    next_due: str


class Rehearsal:
    """One telling of one prompt, with the person's own story mapped to it if there is one."""

    def __init__(self, collection: Collection, prompt: Prompt, story: OwnStory | None) -> None:
        self._collection = collection
        self.prompt = prompt
        self.story = story
        self.framing = draw_framing(prompt.uid, prompt.reps)
        self.beats = beats(story) if story is not None else ()
        if not self.beats:
            # A design's checklist is for afterwards: only the name of each line is a cue.
            named = tuple(line.partition(":")[0] for line in prompt.rubric)
            self.beats = named if prompt.is_design else prompt.rubric
        self.probes = draw_probes(prompt.uid, prompt.reps, prompt.probes)
        self.beats_shown = 0
        self.probes_shown = 0
        self.points: list[int] = []
        self.note = ""
        self.result: Result | None = None
        self.watch = Stopwatch(collection.clock)
        self._spoken_ms: int | None = None
        self._rehearsal_id: int | None = None
        self.resumed = False
        self._go_on_where_it_was_cut_off()

    @property
    def spoken(self) -> bool:
        """Whether the story has been told, so that it can be scored."""
        return self._rehearsal_id is not None

    @property
    def spoken_ms(self) -> int:
        """How long has been spoken so far, or was."""
        return self.watch.elapsed_ms if self._spoken_ms is None else self._spoken_ms

    @property
    def line(self) -> int | None:
        """The rubric's line to score next, from 0; None when all are scored."""
        return len(self.points) if len(self.points) < len(self.prompt.rubric) else None

    @property
    def finished(self) -> bool:
        """Whether it was graded."""
        return self.result is not None

    def hint(self) -> bool:
        """Show one more beat; False when there are no more."""
        more = self.beats_shown < len(self.beats)
        self.beats_shown += more
        return more

    def probe(self) -> bool:
        """Ask one more probe; False when there are no more."""
        more = self.probes_shown < len(self.probes)
        self.probes_shown += more
        return more

    def stop(self) -> None:
        """End the telling and write down how long it took. Raises SrsError when that fails."""
        if self.spoken:
            return
        spoken_ms = self.watch.elapsed_ms
        self._rehearsal_id = rehearsals.record_told(
            self._collection,
            self.prompt.card_id,
            target_ms=self.prompt.target_ms,
            spoken_ms=spoken_ms,
            seed=seed_of(self.prompt.uid, self.prompt.reps),
            probes=self.probes[: self.probes_shown],
            story=None if self.story is None else self.story.name,
        )
        self._spoken_ms = spoken_ms

    def give(self, points: int) -> None:
        """Score the present line with 0 to 2 points; they are on the disk when this returns.

        Raises SrsError when nothing can be scored, or the disk fails.
        """
        line = self.line
        if self._rehearsal_id is None or line is None or self.finished:
            raise SrsError("There is no line to score.")
        if not 0 <= points <= MOST_POINTS:
            raise SrsError("A line gets 0, 1 or 2 points.")
        text = self.prompt.rubric[line]
        rehearsals.record_line(self._collection, self._rehearsal_id, line, text, points)
        self.points.append(points)

    def back(self) -> bool:
        """Score the line before again; False when there is none."""
        if self.finished or not self.points:
            return False
        self.points.pop()
        return True

    def write_note(self, text: str) -> None:
        """Keep a word to oneself; an empty one keeps nothing."""
        text = text.strip()
        if self._rehearsal_id is not None and text:
            rehearsals.record_note(self._collection, self._rehearsal_id, text)
            self.note = text

    def grade(self) -> Result:
        """Turn the points into a rating and schedule the prompt by it.

        Raises ChangedElsewhereError when the prompt was rehearsed elsewhere meanwhile, SrsError
        when a line is not scored yet or nothing could be stored.
        """
        if self.result is not None:
            return self.result
        if self._rehearsal_id is None or self.line is not None:
            raise SrsError("Score every line first.")
        came_to = score(self.points)
        graded = log.record_answer(
            self._collection,
            self.prompt.card_id,
            self.prompt.revision,
            came_to.rating,
            duration_ms=self.spoken_ms,
            kind=ReviewKind.REHEARSAL,
        )
        rehearsals.record_graded(self._collection, self._rehearsal_id, graded.review_uid)
        self.result = Result(
            came_to, self.spoken_ms, self.prompt.target_ms, self._phrase(graded.card.due_day)
        )
        return self.result

    def history(self) -> tuple[Past, ...]:
        """Return the prompt's rehearsals scored to the end, oldest first, this one with them."""
        with self._collection.reading_sql() as execute:
            return past_of(rehearsals.of_card(execute, self.prompt.card_id), self.prompt.rubric)

    def close(self) -> None:
        """End it; what was scored is kept."""
        self._collection.checkpoint()

    def _go_on_where_it_was_cut_off(self) -> None:
        now = self._collection.now()
        with self._collection.reading_sql() as execute:
            told = rehearsals.unfinished(execute, self.prompt.card_id, now.study_day)
        if told is None:
            return
        self.resumed = True
        self._rehearsal_id, self._spoken_ms, self.note = told.id, told.spoken_ms, told.note
        for position, text in enumerate(self.prompt.rubric):
            if told.lines.get(position) != text:  # an edit may have changed the rubric since
                break
            self.points.append(told.points[position])

    def _phrase(self, due_day: int | None) -> str:
        clock = self._collection.clock
        rollover = self._collection.settings.scheduling.rollover_hour
        day = self._collection.now().study_day if due_day is None else due_day
        return when(clock, day_start_ms(clock, day, rollover), rollover)


def past_of(told: list[rehearsals.Told], rubric: tuple[str, ...]) -> tuple[Past, ...]:
    """Return those rehearsals that were scored to the end, by the lines of today's rubric."""
    found = []
    for each in told:
        if each.rating is not None:
            by_text = {text: each.points[place] for place, text in each.lines.items()}
            points = tuple(by_text.get(line) for line in rubric)
            total = sum(point for point in points if point is not None)
            found.append(Past(each.ms, points, total, each.spoken_ms, each.target_ms, each.note))
    return tuple(found)
