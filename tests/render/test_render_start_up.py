"""What laying a card out may import."""

from __future__ import annotations

import subprocess
import sys

LAID_OUT = "from srs.render.layout import lay_out; lay_out('a *b* `c`', 40)"


def imported_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_card_without_code_or_mathematics_needs_neither_library() -> None:
    modules = imported_by(LAID_OUT)
    assert "markdown_it" in modules
    assert not modules & {"pygments", "unicodeit", "textual", "sqlmodel"}


def test_cleaning_text_needs_no_library() -> None:
    modules = imported_by("from srs.render.controls import clean; clean('a')")
    assert not modules & {"markdown_it", "rich", "pygments", "unicodeit"}
