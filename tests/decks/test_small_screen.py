"""Every bundled card that is asked fits the smallest usual terminal, answer, hints and all."""

from __future__ import annotations

from decks.test_bundled_decks import all_notes
from tui.driving import EIGHTY, app_on, running
from tui.fake_desk import FakeDesk, FakeSitting, card

from srs.deck.cards import card_keys, faces
from srs.deck.model import Kind
from srs.practice.model import Asked
from srs.tui.widgets.cardview import CardView

ASKED = (Kind.BASIC, Kind.CLOZE, Kind.DRILL)


def all_cards() -> list[Asked]:
    return [
        card(shown.question, shown.answer, hints=note.hints, source=note.source)
        for note in all_notes()
        if note.kind in ASKED
        for shown in (faces(note, key) for key in card_keys(note))
    ]


async def test_no_card_has_to_be_scrolled() -> None:
    cards = all_cards()
    assert len(cards) > 600
    too_long = []
    desk = FakeDesk(FakeSitting(cards[:1]))
    async with running(app_on(desk, straight_to_review=True), EIGHTY) as pilot:
        view = pilot.app.screen.query_one(CardView)
        for each in cards:
            view.ask(each)
            for _ in each.hints:
                view.hint()
            view.reveal()
            await pilot.pause(0)
            if view.max_scroll_y:
                too_long.append((view.max_scroll_y, each.question))
    assert not too_long, "\n".join(f"{lines} {text}" for lines, text in too_long)
