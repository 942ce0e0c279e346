"""What the thread beside the screens has to tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from srs.practice.debrief import Action
    from srs.practice.model import Overview
    from srs.practice.review import ReviewSitting


@dataclass
class OverviewRead(Message):
    """Today's numbers have been read from the open collection."""

    overview: Overview


@dataclass
class SittingReady(Message):
    """The sitting that was asked for on the command line has its first card."""

    sitting: ReviewSitting


@dataclass
class NoSitting(Message):
    """The sitting that was asked for on the command line cannot be held."""

    sentence: str


@dataclass
class ActionChosen(Message):
    """One of the next actions that a debrief names was chosen."""

    action: Action


@dataclass
class OpeningFailed(Message):
    """The collection cannot be opened."""

    sentence: str


@dataclass
class Told(Message):
    """There is a sentence to show."""

    sentence: str
    is_error: bool = False
