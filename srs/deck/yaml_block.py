"""A flat YAML mapping read as text: nothing is constructed, no alias is followed."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from srs.deck.text import without_controls

# libyaml says the same ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LARGEST = 64 * 1024
_DEEPEST = 8


class Entry(NamedTuple):
    """A value, the texts of a list or one text, and its key's line from 0; None is nested."""

    value: str | list[str] | None
    line: int


class YamlBlockError(Exception):
    """A block that cannot be read; `line` counts from 0."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_yaml_block(text: str) -> dict[str, Entry] | None:
    """Return the entries of a YAML mapping, or None if the text is something else.

    Scalars stay text, so that neither a date, a number nor an alias can surprise.

    Raises:
        YamlBlockError: the text is no YAML, is longer than 64 kB, is nested more than eight levels
            deep, or has an anchor or alias.
    """
    if len(text) > _LARGEST:
        raise YamlBlockError(0, "the front matter is longer than 64 kB; keep text below it")
    try:
        _refuse_what_could_grow(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join((error.problem or "it is broken").split())
        message = f"the front matter is no YAML ({reason}); write one `key: value` a line"
        raise YamlBlockError(mark.line if mark else 0, message) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        message = "the front matter is no YAML; write one `key: value` a line"
        raise YamlBlockError(0, message) from error
    if not isinstance(node, yaml.MappingNode):
        return None
    return {
        without_controls(key.value): Entry(_text(value), key.start_mark.line)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }


def _refuse_what_could_grow(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlBlockError(
                line, "the front matter has an anchor or alias; write the value out instead"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise YamlBlockError(line, "the front matter is nested too deeply; write it flat")


def _text(node: yaml.Node) -> str | list[str] | None:
    if isinstance(node, yaml.ScalarNode):
        return without_controls(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [without_controls(n.value) for n in node.value if isinstance(n, yaml.ScalarNode)]
    return None
