"""A story prompt as it is rehearsed: what is asked, for how long, by which rubric and probes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from srs.deck.model import DESIGN
from srs.practice.rubric import EIGHT_LINES
from srs.schedule.clock import Moment
from srs.schedule.model import State
from srs.store.cards import StoredCard

STORY_MINUTES = 3.0
DESIGN_MINUTES = 35.0
PROBES_AT_ONCE = 2
# To whom, or under which circumstance, the story is told: it rotates, so that no wording is
# learnt by heart.
FRAMINGS = (
    "You sit with the hiring manager.",
    "You sit with an engineer who knows such systems.",
    "You sit with someone from product: no jargon.",
    "You may be stopped half-way: the most important first.",
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt, as Markdown; `rubric` is the card's own list, else the eight lines.

    `explicit_id` and `text` are what a story names it by. `due_day` is the study day on which it
    is due, None while it was never rehearsed.
    """

    card_id: int
    uid: bytes
    revision: int
    reps: int
    text: str
    back: str
    kind: str | None
    minutes: float
    rubric: tuple[str, ...]
    probes: tuple[str, ...]
    source: str | None
    explicit_id: str | None
    company: tuple[str, ...]
    topic: str
    deck: str
    due_day: int | None

    @property
    def target_ms(self) -> int:
        """How long it should take."""
        return round(self.minutes * 60_000)

    @property
    def is_design(self) -> bool:
        """Whether a system is to be designed."""
        return self.kind == DESIGN

    def is_due(self, now: Moment) -> bool:
        """Tell whether it is due to be rehearsed again."""
        return self.due_day is not None and self.due_day <= now.study_day


def prompt_of(card: StoredCard) -> Prompt:
    """Return the prompt that a story card holds."""
    note, story = card.note, card.note.story
    kind = story.kind if story else None
    minutes = story.minutes if story else None
    state = card.state
    return Prompt(
        card_id=card.id,
        uid=card.uid,
        revision=card.revision,
        reps=state.reps,
        text=note.front,
        back=note.back,
        kind=kind,
        minutes=minutes or (DESIGN_MINUTES if kind == DESIGN else STORY_MINUTES),
        rubric=(story.rubric if story else ()) or EIGHT_LINES,
        probes=story.probes if story else (),
        source=note.source,
        explicit_id=note.explicit_id,
        company=note.company,
        topic=card.topic,
        deck=card.deck,
        due_day=None if state.state is State.NEW else state.due_day or 0,
    )


def seed_of(uid: bytes, reps: int) -> int:
    """Return the number by which a rehearsal is drawn, fixed by the card and its review count."""
    digest = blake2b(uid + reps.to_bytes(8, "big"), digest_size=6).digest()
    return int.from_bytes(digest, "big")


def draw_probes(uid: bytes, reps: int, probes: Sequence[str]) -> tuple[str, ...]:
    """Return the probes of one rehearsal: two, in an order that only the card and turn decide.

    They are dealt from one shuffled row, so that none comes again before all have come.
    """
    shuffled = sorted(
        probes, key=lambda probe: blake2b(uid + probe.encode(errors="replace")).digest()
    )
    count = min(PROBES_AT_ONCE, len(shuffled))
    return tuple(shuffled[(reps * count + turn) % len(shuffled)] for turn in range(count))


def draw_framing(uid: bytes, reps: int) -> str:
    """Return the circumstance of one rehearsal; each comes once before one comes again."""
    return FRAMINGS[(seed_of(uid, 0) + reps) % len(FRAMINGS)]
