"""The README's pictures, made anew from the demo: `PYTHONPATH=tests python -m support.pictures`.

It writes into `docs/` and needs Chromium, which draws the screens' SVG and the report.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from support.clock import ManualClock

from srs.practice.demo import DemoDesk, make_demo
from srs.practice.report.content import read_report
from srs.practice.report.page import write_report
from srs.tui.app import SrsApp

DOCS = Path(__file__).parents[2] / "docs"
NOW = "2026-11-24T09:00"
# The picture's name, its columns and rows, whether it begins with the first card or at home, the
# keys to press.
SCREENS: Sequence[tuple[str, tuple[int, int], bool, Sequence[str]]] = (
    ("review", (80, 24), True, ("space",)),
    ("dashboard", (124, 32), False, ("w",)),
)
PHONE, PHONE_SCALE = (390, 844), 2
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


async def screen(
    desk: DemoDesk, size: tuple[int, int], keys: Sequence[str], *, reviewing: bool
) -> str:
    """Return a screen as SVG."""
    app = SrsApp(lambda: desk, straight_to_review=reviewing)
    async with app.run_test(size=size) as pilot:
        for key in (None, *keys):
            if key is not None:
                await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            for _ in range(3):
                await pilot.pause()
        return app.export_screenshot(title="srs")


def draw(page: Path, target: Path, size: tuple[int, int], scale: float = 1) -> None:
    """Draw what the browser shows of a page."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("There is no Chromium on this computer.")
    own = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    look = (
        f"--window-size={size[0]},{size[1]}",
        f"--force-device-scale-factor={scale}",
        "--default-background-color=00000000",
        f"--screenshot={target}",
    )
    subprocess.run([browser, *own, *look, page.as_uri()], check=True, capture_output=True)


def size_of(svg: str) -> tuple[int, int]:
    """Return the size of an SVG by its view box."""
    _, _, rest = svg.partition('viewBox="0 0 ')
    width, height = rest.partition('"')[0].split()
    return round(float(width)), round(float(height))


def main() -> None:
    """Make all pictures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for picture, size, reviewing, keys in SCREENS:
            # A collection each: closing the app closes it.
            made = make_demo(folder / picture, clock=ManualClock(NOW))
            svg = asyncio.run(screen(DemoDesk(made), size, keys, reviewing=reviewing))
            file = folder / f"{picture}.svg"
            file.write_text(svg, encoding="utf-8")
            draw(file, DOCS / f"{picture}.png", size_of(svg))
        with make_demo(folder / "report", clock=ManualClock(NOW)) as collection:
            page = folder / "report.html"
            write_report(read_report(collection, made_up=True), page)
        draw(page, DOCS / "report.png", PHONE, PHONE_SCALE)


if __name__ == "__main__":
    main()
