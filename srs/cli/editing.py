"""Text that a person writes in their editor for a command."""

from __future__ import annotations

import tempfile
from pathlib import Path

from srs.errors import SrsError


def written(template: str) -> str:
    """Open a template in `$EDITOR` and return what was made of it.

    Raises SrsError when no editor is named, it cannot be run, or its file cannot be read.
    """
    from srs.tui import editor

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "srs.txt"
        file.write_text(template, encoding="utf-8")
        editor.run(editor.command(file, template.count("\n") + 1))
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SrsError(f"What you wrote cannot be read ({error}).") from None
