"""Where everything lives on the person's computer."""

from __future__ import annotations

from pathlib import Path

import srs
from srs.store import home

BUNDLED = "bundled:"
FOREIGN = "foreign:"


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
    """Return the file that a stored deck path stands for; of another program's, the whole file."""
    if stored.startswith(BUNDLED):
        return bundled_decks() / stored.removeprefix(BUNDLED)
    if stored.startswith(FOREIGN):
        return Path(stored.removeprefix(FOREIGN).partition("#/")[0])
    return Path(stored)


def foreign_path(file: Path, deck: str = "") -> str:
    """Return the stored path of a deck within another program's file.

    Without a deck it is what the paths of all decks of the file begin with. The cards of such a
    deck live in the collection: the file is not their source, and is not looked at again.
    """
    return f"{FOREIGN}{file.absolute()}#/{deck}"


def is_foreign(stored: str) -> bool:
    """Tell whether a stored deck path is that of a deck of another program's file."""
    return stored.startswith(FOREIGN)


def picture_folder(collection: Path, stored: str) -> Path:
    """Return the folder in which the pictures of a deck are looked for.

    It is the deck file's own; of another program's file, that of its media in the collection.
    """
    file = deck_file(stored)
    return media_folder(collection, file) if is_foreign(stored) else file.parent


def media_folder(collection: Path, file: Path) -> Path:
    """Return the folder, beside the collection, for what was taken out of another's file."""
    # Imported here, like little else: only cards of other programs' files have such a folder.
    from hashlib import blake2b

    from srs.deck.topics import slug

    mark = blake2b(str(file.absolute()).encode("utf-8", "surrogateescape"), digest_size=4)
    return collection.parent / "media" / f"{slug(file.stem)[:40] or 'deck'}-{mark.hexdigest()}"
