"""The last line of a screen: the keys that act now."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widget import Widget

from srs.tui.words import key_name

MOST_KEYS = 6
GAP = Content("   ")


class KeyLine(Widget):
    """At most six keys that act now, each of which can be clicked; help is always the last."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, name_of: Callable[[Binding], str]) -> None:
        super().__init__()
        self._name_of = name_of
        self._keys: list[tuple[str, str, str]] = []

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._read_keys)

    def _read_keys(self, screen: Screen[object]) -> None:
        by_action: dict[str, tuple[str, str, str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                name = key_name(binding.key)
                by_action.setdefault(binding.action, (binding.key, name, self._name_of(binding)))
        help_key = by_action.pop("help", None)
        keys = list(by_action.values())[: MOST_KEYS - 1]
        self._keys = [*keys, help_key] if help_key else keys
        self.refresh()

    def render(self) -> Content:
        """Return the keys with what they do."""
        return GAP.join(
            Content.assemble((name, "bold $text-accent"), " ", (does, "$text-muted"))
            for _, name, does in self._fitting()
        )

    def _fitting(self) -> list[tuple[str, str, str]]:
        """Return the keys that fit the width; the last, help, is the last to go."""
        keys = list(self._keys)
        while len(keys) > 1 and _width(keys) > self.content_size.width:
            del keys[-2]
        return keys

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        left = 0
        for key, name, does in self._fitting():
            right = left + len(name) + 1 + len(does)
            if left <= at.x < right:
                self.app.simulate_key(key)
                return
            left = right + len(GAP)


def _width(keys: list[tuple[str, str, str]]) -> int:
    words = sum(len(name) + 1 + len(does) for _, name, does in keys)
    return words + len(GAP) * (len(keys) - 1)
