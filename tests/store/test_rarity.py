"""What is counted only when it is asked about is counted right."""

from __future__ import annotations

import re
from math import fsum, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.store.ingest.rarity import Rarity, Recurring, features_of, lines_of

_TEXT = st.text(alphabet="abCß \n.", max_size=12)
_NOTES = st.lists(st.tuples(_TEXT, _TEXT), max_size=6)
_ASKED = st.lists(_TEXT, min_size=1, max_size=12)


@given(st.text(max_size=40) | st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_words_are_letters_digits_and_underscores_without_case(text: str) -> None:
    words = re.findall(r"\w+", text.casefold())
    assert {each for each in features_of(text) if " " not in each} == set(words)


@given(_NOTES, _ASKED)
def test_features_weigh_by_the_notes_that_have_them(
    notes: list[tuple[str, str]], asked: list[str]
) -> None:
    have = [features_of(front) | features_of(back) for front, back in notes]
    rarity = Rarity(notes)
    for text in asked:
        features = features_of(text) | {"never-seen."}
        counts = (sum(each in some for some in have) for each in features)
        weighed = fsum(log(1 + max(1, len(notes)) / (count or 1)) for count in counts)
        assert rarity.weight(features) == pytest.approx(weighed, rel=1e-12)


@given(st.lists(_TEXT, max_size=6), st.lists(_TEXT, max_size=6), _ASKED)
def test_a_line_recurs_if_three_texts_of_one_group_have_it(
    olds: list[str], news: list[str], asked: list[str]
) -> None:
    recurring = Recurring(olds, news)
    for text in asked:
        expected = {
            line
            for line in lines_of(text)
            if any(sum(line in lines_of(each) for each in group) >= 3 for group in (olds, news))
        }
        assert recurring.among(lines_of(text)) == expected
