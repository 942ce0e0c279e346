"""`srs config`: show and change the settings."""

from __future__ import annotations

from argparse import ArgumentParser

from srs.cli.arguments import add_json, parser
from srs.cli.output import show, show_json
from srs.errors import SrsError


def run(argv: list[str]) -> int:
    """Show all settings, show one, or change one."""
    found = _parser()
    arguments = found.parse_args(argv)
    if arguments.unset and arguments.name:
        found.error("give a name to set or --unset, not both")
    from srs.store.collection import Collection
    from srs.store.settings import DEFINITIONS, Settings
    from srs.store.settings import show as shown

    with Collection.open(check_settings=False) as collection:
        if arguments.unset:
            collection.change_setting(arguments.unset, None)
        elif arguments.value is not None:
            collection.change_setting(arguments.name, arguments.value)
        else:
            collection.reload_settings()
        values, defaults = shown(collection.settings), shown(Settings())
    name = arguments.unset or arguments.name
    if name is not None:
        if name not in values and not name.startswith("key."):
            raise SrsError(f"There is no setting {name!r}; srs config lists them.")
        values = {name: values.get(name)}
    if arguments.json:
        show_json(values)
        return 0
    width = max(map(len, values))
    for each, value in values.items():
        about = DEFINITIONS[each].help if each in DEFINITIONS else "keys of a binding"
        if value != defaults.get(each):
            about += f" (default {defaults.get(each) or 'none'})"
        show(f"{each:{width}}  {value or '–':12}  {about}")
    return 0


def _parser() -> ArgumentParser:
    about = "Show the settings, or change one. key.ID binds the keys of an action anew."
    found = parser("config", about, "srs config new-per-day 15")
    found.add_argument("name", nargs="?", metavar="NAME", help="the setting")
    found.add_argument("value", nargs="?", metavar="VALUE", help="what it is to be")
    found.add_argument("--unset", metavar="NAME", help="take a setting back to its default")
    add_json(found)
    return found
