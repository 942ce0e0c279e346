"""Text from outside holds nothing that a terminal would obey."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.render.controls import clean

repeatably = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain — text\nand é 模型 👩\u200d👧", "plain — text\nand é 模型 👩\u200d👧"),
        ("a\x1b[1;31mred\x1b[0m b", "ared b"),
        ("\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("\x1bPpayload\x1b\\a", "a"),
        ("\x9b31ma\x9d0;t\x9cb", "ab"),
        ("\x1b]never ended", "never ended"),
        ("\x1bcreset", "reset"),
        ("\x1b\x1b[31m[31m", "[31m"),
        ("a\x00\x07\x08\x7f\x85b", "a b"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc d e"),
        ("a\tb\n\tc", "a   b\n    c"),
        ("\ud800a", "\ufffda"),
    ],
)
def test_what_is_cleaned_and_what_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@repeatably
@given(st.text(st.characters(codec=None)) | st.text("\x1b\x9b\x9d\x9c\x07\\[]0;1mPa\n\t\u202e"))
def test_no_control_survives_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert not {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")} - {"\n"}
    assert clean(cleaned) == cleaned


@repeatably
@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_printable_text_is_untouched(text: str) -> None:
    assert clean(text) == text
