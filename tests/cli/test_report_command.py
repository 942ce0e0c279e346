"""`srs report`: the page as a file, and as a browser shows it."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader
from support.commands import Srs

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
MOST_PAGES = 6

in_a_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this computer")


def browse(page: Path, *arguments: str) -> tuple[str, list[str]]:
    """Open a page without a window; return what was printed and the lines of its console."""
    assert BROWSER is not None
    own = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    ran = subprocess.run(
        [
            BROWSER,
            *own,
            "--disable-background-networking",
            f"--user-data-dir={page.parent / 'browser'}",
            "--enable-logging=stderr",
            *arguments,
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return ran.stdout, [line for line in ran.stderr.splitlines() if "CONSOLE" in line]


@pytest.fixture
def tracker() -> Iterator[tuple[str, list[str]]]:
    """Run a server on this computer, and give its address and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def demo(srs: Srs, tmp_path: Path) -> Path:
    target = tmp_path / "demo.html"
    assert srs("demo", "report", target).status == 0
    return target


def test_it_writes_the_page_of_the_persons_own_cards(srs: Srs, tmp_path: Path) -> None:
    target = tmp_path / "eve.html"
    srs("import", "--bundled")
    found = srs("report", target, "--company", "startup")
    assert (found.status, found.out) == (
        0,
        f"{target}: ready for 0%; open it in a browser\n",
    )
    assert "startup" in target.read_text(encoding="utf-8")


def test_without_cards_it_says_what_to_do(srs: Srs, tmp_path: Path) -> None:
    found = srs("report", tmp_path / "eve.html")
    assert found.status == 0
    assert "srs import PATH adds yours" in found.err


def test_a_file_that_is_no_report_stands(srs: Srs, tmp_path: Path) -> None:
    target = tmp_path / "mine.html"
    target.write_text("mine", encoding="utf-8")
    found = srs("report", target)
    assert found.status == 1
    assert "is no report of srs" in found.err
    assert target.read_text(encoding="utf-8") == "mine"
    assert srs("report", target, "--force").status == 0


@pytest.mark.parametrize("arguments", [[], ["a.pdf"], ["a.html", "--on", "soon"]])
def test_what_it_cannot_do_is_a_usage_error(srs: Srs, arguments: list[str]) -> None:
    assert srs("report", *arguments).status == 2


@in_a_browser
def test_a_browser_shows_it_and_complains_of_nothing(demo: Path) -> None:
    shown, console = browse(demo, "--dump-dom")
    assert console == []
    assert "of the interview answered" in shown
    assert "Likeliest to be forgotten" in shown
    assert shown.count("<details open") == 30


@in_a_browser
def test_printed_it_is_a_few_pages(demo: Path, tmp_path: Path) -> None:
    printed = tmp_path / "demo.pdf"
    browse(demo, f"--print-to-pdf={printed}")
    pages = PdfReader(printed).pages
    assert 2 < len(pages) <= MOST_PAGES
    assert "of the interview answered" in pages[0].extract_text()
    assert "What costs most" in pages[0].extract_text()


@in_a_browser
def test_hostile_cards_run_nothing_and_ask_for_nothing(
    srs: Srs, tmp_path: Path, tracker: tuple[str, list[str]]
) -> None:
    address, asked = tracker
    traps = "\n".join(
        [
            f"<img src={address}/img onerror=console.log(1)>",
            f"<script src={address}/script></script> <script>console.log(2)</script>",
            f"<link rel=stylesheet href={address}/link> <style>@import '{address}/import';</style>",
            f"![picture]({address}/picture) <svg onload=console.log(3)>",
            f"$\\style{{background:url({address}/style)}}{{x}}$",
        ]
    )
    control = tmp_path / "control.html"
    control.write_text(f"<!doctype html>{traps}", encoding="utf-8")
    _, console = browse(control, "--dump-dom")
    assert console, "the traps would go off in a page that is not guarded"
    assert "/img" in asked
    asked.clear()

    deck = tmp_path / "hostile.md"
    deck.write_text(f"---\ndeck: Hostile\n---\nQ: What?\nA: {traps}\n", encoding="utf-8")
    srs("import", deck)
    srs("review", "--plain", typed="\n4\n")
    page = tmp_path / "hostile.html"
    assert srs("report", page).status == 0
    shown, console = browse(page, "--dump-dom")
    assert "/script&gt;" in shown
    assert (console, asked) == ([], [])
