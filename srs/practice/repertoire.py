"""What can be rehearsed: the prompts of the collection, the person's stories, how they went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from srs.deck.model import DESIGN
from srs.deck.options import STORY_KINDS
from srs.errors import SrsError
from srs.practice.prompts import Prompt, prompt_of
from srs.practice.rehearsal import Past, Rehearsal, past_of
from srs.practice.stories import Coverage, Shelf, coverage, map_prompt, read_shelf
from srs.schedule.clock import Moment
from srs.store import cards, locations, prompts, rehearsals
from srs.store.collection import Collection

KINDS = (*STORY_KINDS, DESIGN)


@dataclass(frozen=True, slots=True)
class Listed:
    """A prompt in the list: whether it is due, the story mapped to it, its newest rehearsal."""

    prompt: Prompt
    due: bool
    story: str | None
    times: int
    newest: Past | None


class Repertoire:
    """The prompts and stories of one collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.folder = locations.stories_folder(collection.path)

    def shelf(self) -> Shelf:
        """Read the person's own stories."""
        return read_shelf(self.folder)

    def prompts(self) -> list[Prompt]:
        """Return the prompts that may be rehearsed, by deck and place."""
        with self._collection.reading_sql() as execute:
            ids = prompts.card_ids(execute, self._now.study_day)
            found = [cards.fetch(execute, card_id) for card_id in ids]
        return [prompt_of(card) for card in found if card is not None]

    def listed(self) -> list[Listed]:
        """Return the prompts in the order in which they are offered.

        Those that are due come first, the longest due before the others; then those never
        rehearsed, the ones with an own story before the others, designs last; then the rest by
        the day on which they fall due.
        """
        shelf = self.shelf()
        with self._collection.reading_sql() as execute:
            told = rehearsals.everything(execute)
        by_card: dict[int, list[rehearsals.Told]] = {}
        for each in told:
            by_card.setdefault(each.card_id, []).append(each)
        found = []
        for prompt in self.prompts():
            story = shelf.told_for(prompt)
            past = past_of(by_card.get(prompt.card_id, []), prompt.rubric)
            due, name = prompt.is_due(self._now), story.name if story else None
            found.append(Listed(prompt, due, name, len(past), past[-1] if past else None))
        return sorted(found, key=_offered)

    def choose(self, wanted: str | None = None) -> Prompt:
        """Return the prompt to rehearse: of a kind, by its id or a part of its text, or the next.

        Raises SrsError when there is none, or when several are meant.
        """
        offered = [each.prompt for each in self.listed()]
        if wanted is None or wanted in KINDS:
            among = [prompt for prompt in offered if wanted is None or prompt.kind == wanted]
            if not among:
                kind = "prompt" if wanted is None else f"prompt of the kind {wanted}"
                raise SrsError(
                    f"There is no {kind} to rehearse; srs import brings decks with some."
                )
            return among[0]
        return _the_one(offered, wanted)

    def rehearse(self, prompt: Prompt) -> Rehearsal:
        """Begin to rehearse a prompt, or go on where today's rehearsal of it was cut off."""
        return Rehearsal(self._collection, prompt, self.shelf().told_for(prompt))

    def coverage(self) -> Coverage:
        """Hold the stories against the prompts."""
        return coverage(self.shelf().stories, self.prompts())

    def map(self, story: str, prompt: str) -> bool:
        """Write into a story's file that it answers a prompt; False when it says so already.

        Raises SrsError when one of them is not found, or the file cannot be changed.
        """
        found = self.shelf().find(story)
        return map_prompt(found, _the_one(self.prompts(), prompt))

    def past_of_story(self, name: str) -> list[rehearsals.Told]:
        """Return the rehearsals, scored to the end, that were told with a story; oldest first."""
        with self._collection.reading_sql() as execute:
            told = rehearsals.everything(execute)
        return [each for each in told if each.story == name and each.rating is not None]

    @property
    def _now(self) -> Moment:
        return self._collection.now()


def _offered(each: Listed) -> tuple[object, ...]:
    prompt = each.prompt
    if each.due:
        return 0, prompt.due_day
    if prompt.due_day is None:
        return 1, prompt.is_design, each.story is None
    return 2, prompt.due_day


def _the_one(prompts: Iterable[Prompt], wanted: str) -> Prompt:
    text = " ".join(wanted.casefold().split())
    found = []
    for prompt in prompts:
        front = " ".join(prompt.text.casefold().split())
        if wanted == prompt.explicit_id or text == front:
            return prompt
        if text and text in front:
            found.append(prompt)
    if len(found) == 1:
        return found[0]
    if not found:
        raise SrsError(f"There is no prompt {wanted!r}; srs rehearse --list shows them.")
    raise SrsError(
        f"{len(found)} prompts hold {wanted!r}, such as “{found[0].text}” and “{found[1].text}”; "
        "write more of the one you mean."
    )
