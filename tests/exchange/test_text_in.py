"""Tables of text come in, from Anki or anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clock import ManualClock

from srs.deck.model import Note
from srs.exchange.columns import ColumnError, parse_mapping
from srs.exchange.readers import Surroundings, reader_of
from srs.store.ingest.foreign import ForeignFile

ANKI = """#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
g,1\tBasic\tML::Serving\tWhat is a <b>batch</b>?\t"Many<br>requests; ""together""
at once"\tserving::batch exam
g2\tCloze\tML\t{{c1::Decode}} is bound by {{c2::bandwidth::what}} [x]\t\tml
g3\tBasic\tML\tNo answer here\t\t
"""


def read(folder: Path, text: str | bytes, name: str = "a.csv", **columns: str) -> ForeignFile:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    reader = reader_of(path)
    assert reader is not None
    return reader.read(path, Surroundings(ManualClock("2026-11-24T09:00"), 4, columns))


def notes_of(file: ForeignFile) -> list[Note]:
    assert file.errors == ()
    return [note for each in file.decks for note in each.deck.notes]


def pairs(file: ForeignFile) -> list[tuple[str, str]]:
    return [(note.front, note.back) for note in notes_of(file)]


def test_anki_says_in_its_first_lines_what_the_columns_are(tmp_path: Path) -> None:
    file = read(tmp_path, ANKI, "anki.txt")
    assert [each.deck.name for each in file.decks] == ["ML::Serving", "ML"]
    basic, cloze = notes_of(file)
    assert (basic.front, basic.topic, basic.explicit_id) == (
        "What is a **batch**?",
        "ml/serving/batch",
        "g,1",
    )
    assert '"together"' in basic.back
    assert (basic.line, cloze.line) == (7, 9)
    assert basic.tags == ("serving::batch", "exam")
    assert [ask.question for ask in cloze.asks] == [
        "[…] is bound by bandwidth [x]",
        "Decode is bound by [what] [x]",
    ]
    assert file.decks[1].deck.skipped == 1


@pytest.mark.parametrize("sign", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiter_quotes_and_line_ends_are_found(tmp_path: Path, sign: str, end: str) -> None:
    rows = [f'"a{sign} ""b"""{sign}c, d; e', f"f g{sign}h i", f"j{sign}k. l"]
    if sign != "\t":
        rows[0] = rows[0].replace("c, d; e", "c d e")
    found = pairs(read(tmp_path, end.join(rows) + end, "a.txt"))
    assert found[0][0] == f'a{sign} "b"'.replace("\t", "\t")
    assert found[1:] == [("f g", "h i"), ("j", "k. l")]


def test_a_line_of_names_is_no_card_and_its_order_counts(tmp_path: Path) -> None:
    file = read(tmp_path, "Answer,Tags,Question\nThat,t1 t2,What?\n")
    assert pairs(file) == [("What?", "That")]
    assert notes_of(file)[0].tags == ("t1", "t2")


def test_without_names_the_first_line_is_a_card_and_further_columns_are_told(
    tmp_path: Path,
) -> None:
    file = read(tmp_path, "What?,That,x\nWho?,Me,y\n")
    assert pairs(file) == [("What?", "That"), ("Who?", "Me")]
    assert [problem.code for problem in file.warnings] == ["columns-left"]


def test_columns_that_an_export_of_anki_names_and_nobody_reads_are_told(tmp_path: Path) -> None:
    head = "#separator:tab\n#columns:Word\tReading\tMeaning\tTags\n#tags column:4\n"
    file = read(tmp_path, f"{head}a\tb\tc\td\n", "a.txt")
    assert pairs(file) == [("a", "b")]
    assert [problem.code for problem in file.warnings] == ["columns-left"]
    assert "1 more" in file.warnings[0].message
    assert read(tmp_path, ANKI, "anki.txt").problems == ()
    assert pairs(read(tmp_path, f"{head}a\tb\tc\td\n", "a.txt", back="Meaning")) == [("a", "c")]


def test_a_mapping_by_name_or_number_goes_first(tmp_path: Path) -> None:
    text = "id,frage,antwort\n1,Was?,Das\n"
    assert pairs(read(tmp_path, text, front="Frage", back="3")) == [("Was?", "Das")]
    file = read(tmp_path, text, front="Gone")
    assert [problem.code for problem in file.errors] == ["no-such-column"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    text = 'front,back\n=1+1,"<script>alert(1)</script><b>x</b>"\n\x1b[31m,{{c1::\n'
    front, back = pairs(read(tmp_path, text))[0]
    assert front == "=1+1"
    assert "script" not in back
    assert "\x1b" not in pairs(read(tmp_path, text))[1][0]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"front,back\n\xe4rger,x\n", "not-utf8"),
        (b"", "empty-file"),
        (b"#separator:tab\n", "empty-file"),
        (b"one\ntwo\nthree\n", "no-columns"),
        (b'a,b\nc,"never closed\n', "bad-quotes"),
        (b'a,b\n"c "d, e" f",g\n', "bad-quotes"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    file = read(tmp_path, data)
    assert [problem.code for problem in file.errors] == [code]
    assert file.decks == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, encoding: str) -> None:
    assert pairs(read(tmp_path, "Größe?\t1 µm\nx\ty\n".encode(encoding), "a.txt")) == [
        ("Größe?", "1 µm"),
        ("x", "y"),
    ]


def test_columns_may_be_set_below_each_other_with_blanks(tmp_path: Path) -> None:
    file = read(tmp_path, '"a | ""b""" |c\ndd        |"e"  \n', "a.csv")
    assert pairs(file) == [('a | "b"', "c"), ("dd", "e")]
    assert file.problems == ()


def test_text_behind_a_closing_quote_is_kept_and_told_of(tmp_path: Path) -> None:
    file = read(tmp_path, '#html:false\na;b\n"c" d;e\nf;"g" "h"\n', "a.csv")
    assert pairs(file) == [("a", "b"), ("c d", "e"), ("f", 'g "h"')]
    assert [(each.code, each.line) for each in file.problems] == [("bad-quotes", 3)]
    assert file.errors == ()


def test_tabs_with_stray_quotes_are_read_line_by_line(tmp_path: Path) -> None:
    text = '"a" or b?\tboth\n"open\tx\n'
    assert pairs(read(tmp_path, text, "a.tsv")) == [('"a" or b?', "both"), ('"open', "x")]


@settings(deadline=None, max_examples=60)
@given(data=st.one_of(st.binary(max_size=80), st.text('a,;\t"\n#:|{}1c', max_size=80)))
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes | str
) -> None:
    file = read(tmp_path_factory.mktemp("any"), data, "a.txt")
    assert file.errors == () or file.decks == ()


def test_a_mapping_is_checked() -> None:
    assert parse_mapping("front=Question, back=2") == {"front": "Question", "back": "2"}
    for wrong in ("front", "side=2", "front="):
        with pytest.raises(ColumnError):
            parse_mapping(wrong)
