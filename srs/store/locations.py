"""Where everything lives on the person's computer."""

from __future__ import annotations

from pathlib import Path

import srs
from srs.store import home

BUNDLED = "bundled:"


def data_folder() -> Path:
    """Return the folder of the person's data: `SRS_HOME`, or what the platform prescribes."""
    return Path(home.folder())


def collection_file() -> Path:
    """Return the path of the collection."""
    return Path(home.collection())


def backup_folder(collection: Path) -> Path:
    """Return the folder that holds a collection's backups."""
    return collection.parent / "backups"


def personal_decks(collection: Path) -> Path:
    """Return the folder for the person's own copies of bundled decks."""
    return collection.parent / "decks"


def stories_folder(collection: Path) -> Path:
    """Return the folder of the person's own stories."""
    return collection.parent / "stories"


def bundled_decks() -> Path:
    """Return the folder of the decks that come with srs: in the wheel, or in a checkout."""
    package = Path(srs.__file__).parent
    installed = package / "decks"
    return installed if installed.is_dir() else package.parent / "decks"


def deck_file(stored: str) -> Path:
    """Return the file that a stored deck path stands for."""
    if stored.startswith(BUNDLED):
        return bundled_decks() / stored.removeprefix(BUNDLED)
    return Path(stored)
