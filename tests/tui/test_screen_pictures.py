"""Pictures of the screens, to be looked at when one of them changes.

`pytest tests/tui/test_screen_pictures.py --snapshot-update` takes them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui.driving import app_on, press, settle
from tui.fake_desk import NOTHING_DUE, FakeDesk, FakeSitting, card

from srs.practice.desk import Desk
from srs.practice.importing import bring_in
from srs.practice.model import Asked
from srs.store.collection import Collection
from srs.store.ingest.run import Options
from srs.tui.widgets.paths import PathField

ANSWER = """Arrivals × delay = $100/s \\times 0.002 s = 0.2$: a second request **almost never**
comes in time.

| rate | in 2 ms | worth it |
|---|---:|---|
| 100/s | 0.2 | no |
| 1000/s | 2 | yes |

```python
return rate * delay >= 1.0  # more than one arrival
```"""

Compare = Callable[..., bool]


def batching() -> Asked:
    return card(
        "A batcher waits at most 2 ms for a fuller batch. At 100 requests a second throughput "
        "does not move. Why?",
        ANSWER,
        hints=("Multiply arrivals by the delay.",),
        source="Triton, user_guide/batcher.md",
        is_new=True,
    )


def fake_desk() -> FakeDesk:
    typed = card("Decode is bound by […].", "Memory bandwidth.", expected="memory bandwidth")
    drift = card("What is *drift*?", "A change of the inputs.", topic="monitoring/drift")
    return FakeDesk(FakeSitting([batching(), typed, drift], held_back=[batching()] * 7))


def after(*keys: str) -> Callable[[Pilot[None]], Any]:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await settle(pilot)
        for key in keys:
            await press(pilot, key)

    return drive


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        pytest.param([], (80, 24), id="home"),
        pytest.param(["j"], (50, 24), id="home-narrow"),
        pytest.param(["space", "h", "space"], (80, 24), id="answer"),
        pytest.param(["space", "h", "space"], (160, 50), id="answer-wide"),
        pytest.param(["space", "space", "3", *"memroy", "enter"], (80, 24), id="typed"),
        pytest.param(["space", "space", "1", "enter", "1", "space", "4"], (80, 24), id="closing"),
    ],
)
def test_screen(keys: list[str], size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(app_on(fake_desk()), terminal_size=size, run_before=after(*keys))


def test_nothing_due(snap_compare: Compare) -> None:
    app = app_on(FakeDesk(today=NOTHING_DUE))
    assert snap_compare(app, terminal_size=(80, 24), run_before=after())


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        pytest.param(["o", "j"], (80, 24), id="import-preview"),
        pytest.param(["o", "enter"], (80, 24), id="import-doubt"),
    ],
)
def test_import(
    keys: list[str],
    size: tuple[int, int],
    desk_with_news: Desk,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Compare,
) -> None:
    monkeypatch.chdir(folder)

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await settle(pilot)
        news(folder)
        await press(pilot, "i")
        pilot.app.screen.query_one(PathField).value = "."
        await press(pilot, "enter", *keys)

    app = app_on(desk_with_news)
    assert snap_compare(app, terminal_size=size, run_before=drive)


@pytest.fixture
def desk_with_news(collection: Collection, folder: Path) -> Desk:
    collection.change_setting("interview-date", "2026-12-15")
    (folder / "memory.md").write_text(
        "---\ndeck: Memory\n---\nQ: How many GB hold 8 million rows?\nA: 56 of them\n\n"
        "Q: What bounds decode?\nA: Memory bandwidth.\n\nQ: Who is on call?\nA: The writer.\n"
    )
    bring_in(collection, [folder], Options())
    return Desk(collection)


def news(folder: Path) -> None:
    """Change the decks: a number, a word, a card fewer, a card more, and a file with an error."""
    (folder / "memory.md").write_text(
        "---\ndeck: Memory\n---\nQ: How many GB hold 9 million rows?\nA: 63 of them\n\n"
        "Q: What bounds decode?\nA: Memory bandwidth, at small batches.\n"
    )
    (folder / "cache.md").write_text("---\ndeck: Cache\n---\nQ: [b]Why[/b]?\nA: So.\n")
    (folder / "drift.md").write_text("---\ndeck: Drift\n---\nC: nothing is deleted\n")
