"""Notes as JSON and back, and what makes two notes the same text."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.deck_samples import note_of

from srs.deck.codec import decode, encode
from srs.deck.identity import front_hash, text_hash
from srs.deck.model import Ask, Choices, Drill, Kind, Note, Range, Story

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_TEXTS = st.tuples() | st.lists(st.text(), max_size=3).map(tuple)
_STORIES = st.builds(
    Story, st.none() | st.text(), st.none() | _NUMBERS, rubric=_TEXTS, probes=_TEXTS
)
_VARIABLES = st.dictionaries(
    st.text(),
    st.builds(Choices, st.lists(_NUMBERS, min_size=1, max_size=3).map(tuple))
    | st.builds(Range, _NUMBERS, _NUMBERS, _NUMBERS),
    max_size=3,
)
_NOTES = st.builds(
    Note,
    kind=st.sampled_from(Kind),
    front=st.text(),
    back=st.text(),
    topic=st.text(),
    line=st.integers(1),
    hints=_TEXTS,
    source=st.none() | st.text(),
    explicit_id=st.none() | st.text(),
    reverse=st.booleans(),
    type_in=st.booleans(),
    side=st.none() | st.text(),
    judgement=_TEXTS,
    company=_TEXTS,
    story=st.none() | _STORIES,
    drill=st.none() | st.builds(Drill, _VARIABLES, st.text(), _NUMBERS),
    tags=_TEXTS,
    asks=st.lists(st.builds(Ask, st.text(), st.text(), st.text()), max_size=3).map(tuple),
)


@given(_NOTES)
def test_a_note_survives_json(note: Note) -> None:
    encoded = json.loads(json.dumps(encode(note)))
    assert note == decode(
        encoded,
        kind=note.kind,
        front=note.front,
        back=note.back,
        topic=note.topic,
        line=note.line,
    )


def test_defaults_are_left_out() -> None:
    assert encode(note_of("Q: a\nA: b\n")) == {}


def test_white_space_that_no_one_sees_changes_no_hash() -> None:
    note = note_of("Q: a\nA: b\n\nc\n")
    for text in ("Q: a  \r\nA: b\t\r\n\r\nc", "\n\nQ:  a\n\nA:\n\nb\n  \nc\n\n---\n"):
        assert text_hash(note_of(text)) == text_hash(note)


def test_the_text_hash_tells_kinds_fronts_and_backs_apart() -> None:
    note = note_of("Q: a\nA: b\n")
    others = [
        replace(note, back="c"),
        replace(note, front="c"),
        replace(note, kind=Kind.STORY),
        replace(note, front="a\nb", back=""),
        replace(note, front="ab", back=""),
    ]
    assert len({text_hash(n) for n in [note, *others]}) == 6
    assert len(text_hash(note)) == 16


def test_a_hint_source_option_or_topic_does_not_change_it() -> None:
    plain = note_of("## Why?\na\n\nb\n")
    dressed = note_of(
        "# Topic\n## Why? <!-- reverse -->\n<!-- id: x -->\n"
        "a\n\n> [!TIP]\n> hint\n\nb\n\nSource: s\n"
    )
    assert text_hash(dressed) == text_hash(plain)


def test_the_front_hash_is_that_of_the_front_alone() -> None:
    note = note_of("Q: a\nA: b\n")
    assert front_hash(replace(note, back="c", kind=Kind.DRILL)) == front_hash(note)
    assert front_hash(replace(note, front="c")) != front_hash(note)
