"""Tables in wide and in narrow places."""

from __future__ import annotations

from textwrap import dedent

from rich.cells import cell_len

from srs.render.layout import lay_out
from srs.render.lines import Role

TABLE = dedent("""
    | system | waits for  | ms |
    |:-------|:----------:|---:|
    | Triton | a *fuller* batch | 2 |
    | vLLM   | `nothing` | 10 |
    """)


def rows(markdown: str, width: int) -> list[str]:
    return [line.text for line in lay_out(markdown, width).lines]


def test_columns_are_aligned_as_the_table_says() -> None:
    assert rows(TABLE, 40) == [
        "system    waits for     ms",
        "──────────────────────────",
        "Triton  a fuller batch   2",
        "vLLM       nothing      10",
    ]


def test_the_head_has_its_own_role() -> None:
    head, rule, *_ = lay_out(TABLE, 40).lines
    assert head.spans[0].roles == (Role.TABLE_HEAD,)
    assert rule.spans[0].roles == (Role.TABLE_RULE,)


def test_a_narrow_table_wraps_its_widest_column_and_parts_its_rows() -> None:
    assert rows(TABLE, 22) == [
        "system  waits for   ms",
        "──────────────────────",
        "Triton   a fuller    2",
        "          batch",
        "",
        "vLLM     nothing    10",
    ]


def test_a_table_too_narrow_for_columns_becomes_records() -> None:
    assert rows(TABLE, 16) == [
        "system: Triton",
        "waits for: a",
        "fuller batch",
        "ms: 2",
        "",
        "system: vLLM",
        "waits for:",
        "nothing",
        "ms: 10",
    ]


def test_a_long_identifier_is_cut_only_when_columns_could_not_fit_otherwise() -> None:
    table = "| a | b |\n|-|-|\n| max_queue_delay_microseconds | it waits for a fuller batch |"
    assert "max_queue_delay_microseconds" in " ".join(rows(table, 50))


def test_wide_characters_keep_columns_aligned() -> None:
    lines = rows("| 模型 | b |\n|-|-|\n| a | 服务 |", 40)
    assert lines == ["模型  b", "──────────", "a     服务"]
    assert cell_len(lines[2]) == cell_len(lines[1])


def test_missing_and_empty_cells_are_blank() -> None:
    assert rows("| a | b |\n|-|-|\n| 1 |\n| | 2 |", 40) == ["a  b", "────", "1", "   2"]


def test_a_table_without_rows_shows_its_head() -> None:
    assert rows("| a | b |\n|-|-|", 40) == ["a  b", "────"]
    assert rows("| abcdefghijklm | nopqrstuvwxyz |\n|-|-|", 20) == [
        "abcdefghijklm:",
        "nopqrstuvwxyz:",
    ]
