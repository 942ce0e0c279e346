"""The app: it paints the first frame, opens the collection beside it, and holds the screens."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from srs.errors import SrsError
from srs.render.controls import clean
from srs.tui import themes
from srs.tui.messages import (
    ActionChosen,
    NoSitting,
    OpeningFailed,
    OverviewRead,
    SittingReady,
    Told,
)
from srs.tui.opening import WantedMock, WantedSitting, catch_up, few_collections, first_sitting
from srs.tui.screens.opening import OpeningScreen
from srs.tui.screens.page import LEAST_COLUMNS, LEAST_ROWS, NOTICE_STAYS_S
from srs.tui.words import key_name

if TYPE_CHECKING:
    from srs.practice.desk import Desk
    from srs.practice.model import Overview
    from srs.tui.screens.home import HomeScreen

FAULT_FILE = "last-fault.txt"

# From how many columns and rows on a screen carries which class; the style sheets do the rest.
WIDTHS = [(0, "-too-narrow"), (LEAST_COLUMNS, "-narrow"), (60, "-medium"), (110, "-wide")]
HEIGHTS = [(0, "-too-low"), (LEAST_ROWS, "-low"), (18, "-medium-high"), (34, "-tall")]


class SrsApp(App[None]):
    """The Textual face of srs.

    `open_desk` opens the collection; it is called in a thread after the first paint, since it
    brings the database with it. `straight_to_review` goes on to a sitting at once, on `scope`
    if given, of at most `limit` answers or `minutes`; with `focus` on its weakest cards, with
    `drill` on its drills. `rehearse` goes on to the rehearsal of the prompt that `scope` names,
    else of the next; `mock` to a mock interview. `theme`
    and `keys` (key by the id of its binding) are the person's own.
    """

    TITLE = "srs"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="app.help", tooltip="This help"),
        Binding("q", "quit", "quit", id="app.quit", tooltip="Leave srs"),
    ]

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        *,
        straight_to_review: bool = False,
        scope: str | None = None,
        limit: int | None = None,
        minutes: float | None = None,
        focus: bool = False,
        rehearse: bool = False,
        drill: bool = False,
        mock: WantedMock | None = None,
        theme: str | None = None,
        keys: Mapping[str, str] = {},
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self._open_desk = open_desk
        self._to_rehearse = rehearse
        self._mock = mock
        self._prompt = scope
        wanted = WantedSitting(scope, limit, minutes, focus, drill)
        self._wanted = wanted if straight_to_review else None
        self._desk: Desk | None = None
        self._overview: Overview | None = None
        self._home: HomeScreen | None = None
        for own in themes.OWN:
            self.register_theme(own)
        self._unknown_theme = None if theme in (None, *self.available_themes) else theme
        self.theme = theme if theme in self.available_themes else themes.DEFAULT
        self.set_keymap(keys)

    def get_default_screen(self) -> Screen[None]:
        """Return the first frame."""
        return OpeningScreen()

    def on_mount(self) -> None:
        """Open the collection once the first frame is on the screen."""
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Close the collection."""
        if self._desk is not None:
            self._desk.close()

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as people write it."""
        return key_name(binding.key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the theme and every key that acts now by its name."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        for active in self._commands(screen).values():
            binding = active.binding
            yield SystemCommand(
                binding.description.capitalize(),
                f"{binding.tooltip or binding.description.capitalize()}  ({key_name(binding.key)})",
                partial(self.run_action, binding.action, active.node),
            )

    def action_help(self) -> None:
        """Show the keys of the present screen."""
        from srs.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen.active_bindings.values()))

    def action_help_quit(self) -> None:
        """Leave: nothing is lost by it, and ctrl+c is what many press."""
        self.exit()

    def on_overview_read(self, message: OverviewRead) -> None:
        """Show today's numbers, or keep them until the sitting that was asked for is over."""
        self._overview = message.overview
        if self._home is not None:
            self._home.show(message.overview)
        elif self._wanted is None:
            self._go_home()

    def on_sitting_ready(self, message: SittingReady) -> None:
        """Go to the cards; home comes after them."""
        from srs.tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(message.sitting), self._after_wanted)
        if self._desk is not None and self._overview is None:
            self.call_after_refresh(self._catch_up, self._desk)

    def on_no_sitting(self, message: NoSitting) -> None:
        """Go home and say why."""
        self._wanted = None
        self._go_home()
        self.complain(message.sentence)

    def on_action_chosen(self, message: ActionChosen) -> None:
        """Leave what stands above home, and do the action there."""
        self._wanted = None
        home = self._home
        if home is None or home not in self.screen_stack:
            self._go_home()
            home = self._home
        else:
            while self.screen is not home:
                self.pop_screen()
            home.read_overview()
        if home is not None:
            home.call_after_refresh(home.act, message.action)

    def on_opening_failed(self, message: OpeningFailed) -> None:
        """Say why there is nothing to show."""
        from srs.tui.screens.failure import FailureScreen

        self.push_screen(FailureScreen(message.sentence))

    def on_told(self, message: Told) -> None:
        """Show a sentence from the thread."""
        if message.is_error:
            self.complain(message.sentence)
        else:
            self.notify(clean(message.sentence), timeout=NOTICE_STAYS_S, markup=False)

    def complain(self, sentence: str) -> None:
        """Show what went wrong."""
        self.notify(clean(sentence), severity="error", timeout=NOTICE_STAYS_S, markup=False)

    def _commands(self, screen: Screen[object]) -> dict[str, ActiveBinding]:
        """Return the keys that act now, by the id of their binding, without those that scroll."""
        found: dict[str, ActiveBinding] = {}
        for active in screen.active_bindings.values():
            name = active.binding.id
            if name and active.enabled and not name.startswith("move."):
                found.setdefault(name, active)
        return found

    def _begin(self) -> None:
        if not self.is_running:  # left before there was anything to see
            return
        if self._unknown_theme is not None:
            self.complain(f"There is no theme {self._unknown_theme!r}; ctrl+p lists them.")
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self._open()

    @work(thread=True)
    def _open(self) -> None:
        sitting = None
        try:
            with few_collections():
                desk = self._open_desk()
                self._desk = desk
                if self._wanted is not None:
                    sitting = first_sitting(desk, self._wanted)
            if sitting is not None:
                self.post_message(SittingReady(sitting))
            else:
                catch_up(desk, self._wanted, self.post_message)
        except SrsError as error:
            self.post_message(OpeningFailed(str(error)))

    @work(thread=True)
    def _catch_up(self, desk: Desk) -> None:
        try:
            catch_up(desk, None, self.post_message)
        except SrsError as error:
            self.post_message(Told(str(error), is_error=True))

    def _after_wanted(self, _: None) -> None:
        self._wanted = None
        self._go_home()
        if self._home is not None:
            self._home.read_overview()

    def _go_home(self) -> None:
        from srs.tui.screens.home import HomeScreen

        if self._desk is not None and self._overview is not None:
            self._home = HomeScreen(self._desk, self._overview)
            self.push_screen(self._home)
            if self._to_rehearse:
                self._to_rehearse = False
                self._home.call_after_refresh(self._home.rehearse, self._prompt)
            if self._mock is not None:
                self._home.call_after_refresh(self._home.mock, self._mock)
                self._mock = None

    def _remember_theme(self, theme: Theme) -> None:
        if self._desk is None:
            return
        try:
            self._desk.set_preference("theme", theme.name)
        except SrsError as error:
            self.complain(str(error))

    def _fatal_error(self) -> None:
        """End with a sentence in place of a traceback, which goes to a file beside the data."""
        from rich.text import Text

        self.bell()
        account = traceback.format_exc()
        kept = ""
        if self._desk is not None:
            with contextlib.suppress(OSError):
                file = self._desk.data_folder / FAULT_FILE
                file.write_text(account, encoding="utf-8")
                kept = f" What happened is written in {file}."
        self._exit_renderables.append(
            Text(f"srs stopped because of a fault of its own.{kept} All that was graded is kept.")
        )
        self._close_messages_no_wait()
