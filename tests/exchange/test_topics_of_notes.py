"""Where a note of another program belongs."""

from __future__ import annotations

import pytest

from srs.exchange.topics import mark_of, topic_of, without_mark


@pytest.mark.parametrize(
    ("deck", "tags", "topic"),
    [
        ("ML::Serving path", (), "ml/serving-path"),
        ("ML", ("hard", "leech"), "ml"),
        ("ML", ("serving::batching", "hard"), "ml/serving/batching"),
        ("ML", ("serving::batching", "data::drift"), "ml"),
        ("ML::Serving", ("serving::batching",), "ml/serving/batching"),
        ("ML::Serving", ("ml::serving",), "ml/serving"),
        ("A/B tests", (), "a-b-tests"),
        ("::", (), "deck"),
        ("Serving path", ("topic::serving::batching", "x::y"), "serving/batching"),
        ("ML", ("topic::a", "topic::b"), "ml"),
    ],
)
def test_a_mark_decides_then_the_deck_and_its_one_path_of_tags(
    deck: str, tags: tuple[str, ...], topic: str
) -> None:
    assert topic_of(deck, tags) == topic


@pytest.mark.parametrize("topic", ["serving", "serving/kv-paging", "größe/µ"])
def test_what_marks_a_topic_gives_it_back_and_is_no_tag_of_the_note(topic: str) -> None:
    tags = ("hard", mark_of(topic))
    assert topic_of("Any::deck", tags) == topic
    assert without_mark(tags) == ("hard",)
