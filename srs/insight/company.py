"""What a kind of company asks about: the weights of topics, built in and the person's own.

`companies.toml` beside this module holds the taxonomy of an ML-systems interview and the built-in
profiles. A file `companies.toml` in the data folder adds the person's own, a table each:

    [acme]
    like = "startup"            # where the other weights come from; general unless given

    [acme.topics]
    "serving/tail-latency" = 3  # 0 (never asked) to 3 (always); a topic covers those below it
    monitoring = 1
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from srs.deck.topics import topic_path
from srs.errors import SrsError

GENERAL = "general"
OWN_PROFILES = "companies.toml"
HIGHEST = 3.0
USUAL = 2.0  # what a topic counts as in a profile's 0 to 3 where nothing is known of it


class ProfileError(SrsError):
    """There is no such company profile, or a profile of the person's is not written rightly."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic of the taxonomy: its part of the interview in percent, and what it trains."""

    topic: str
    share: float
    side: str
    judgement: tuple[str, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Company:
    """A profile: how much a company asks about each topic of the taxonomy, and own weights.

    `own` overrides the profile it builds on, by topic path; the longest path that covers a topic
    counts.
    """

    name: str
    base: str = GENERAL
    own: Mapping[str, float] = field(default_factory=dict)

    def weights(self, cards: Mapping[str, int]) -> dict[str, float]:
        """Return the weight of every topic, summing to 1, given how many cards each holds.

        A topic of the taxonomy has its area's share, by its weight within the area, and divides it
        among the cards at and below it. A card of another topic weighs as much as the average card
        of the taxonomy, scaled by the person's own weight over 2 if there is one. A topic without
        cards has no weight.
        """
        entries = {topic: _entry_of(topic) for topic in cards}
        in_entry: dict[str, int] = {}
        for topic, entry in entries.items():
            if entry is not None:
                in_entry[entry.topic] = in_entry.get(entry.topic, 0) + cards[topic]
        found: dict[str, float] = {}
        for topic, entry in entries.items():
            if entry is not None and cards[topic]:
                usual = entry.weights[self.base]
                wanted = _covering(topic, self.own)
                scale = 1.0 if wanted is None else wanted / usual
                found[topic] = entry.share * usual * scale * cards[topic] / in_entry[entry.topic]
        # An average card of the taxonomy, before the person's own weights move it.
        known = [(entry, cards[topic]) for topic, entry in entries.items() if entry is not None]
        total = sum(e.share * e.weights[self.base] * n / in_entry[e.topic] for e, n in known if n)
        average = total / max(1, sum(count for _, count in known)) if total else 1.0
        for topic, entry in entries.items():
            if entry is None and cards[topic]:
                wanted = _covering(topic, self.own)
                found[topic] = (
                    cards[topic] * average * (USUAL if wanted is None else wanted) / USUAL
                )
        whole = sum(found.values())
        return {topic: found.get(topic, 0.0) / whole if whole else 0.0 for topic in cards}

    def without_cards(self, cards: Mapping[str, int]) -> float:
        """Return the share, 0 to 1, of this company's interview that no card is about."""
        covered = {entry.topic for topic in cards if cards[topic] and (entry := _entry_of(topic))}
        parts = {
            entry.topic: entry.share
            * (
                entry.weights[self.base]
                if (wanted := _covering(entry.topic, self.own)) is None
                else wanted
            )
            for entry in taxonomy().values()
        }
        whole = sum(parts.values())
        return sum(part for topic, part in parts.items() if topic not in covered) / whole


@cache
def taxonomy() -> dict[str, Entry]:
    """Return the topics that an ML-systems interview asks about, by path."""
    text = Path(__file__).with_name("companies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    names: Sequence[str] = data["companies"]
    found: dict[str, Entry] = {}
    for area, content in data["areas"].items():
        means = {
            name: sum(each["weights"]) / len(names) for name, each in content["topics"].items()
        }
        unit = content["share"] / sum(means.values())
        for name, each in content["topics"].items():
            weights = dict(zip(names, map(float, each["weights"]), strict=True))
            weights[GENERAL] = means[name]
            topic = f"{area}/{name}"
            found[topic] = Entry(topic, unit, each["side"], tuple(each["judgement"]), weights)
    return found


def built_in() -> tuple[str, ...]:
    """Return the names of the built-in profiles."""
    return (GENERAL, *(name for name in next(iter(taxonomy().values())).weights if name != GENERAL))


def find_company(name: str | None, data_folder: Path) -> Company:
    """Return a profile, built in or the person's own; the general one for None.

    Raises ProfileError, naming the file and what to write, when there is none or it is faulty.
    """
    if name is None or name in built_in():
        return Company(name or GENERAL, name or GENERAL)
    file = data_folder / OWN_PROFILES
    own = _read_own(file)
    if name not in own:
        names = ", ".join((*built_in(), *own))
        raise ProfileError(
            f"There is no company profile {name!r}; there are {names}, and yours may be in {file}."
        )
    return _own_company(name, own[name], file)


def companies(data_folder: Path) -> tuple[str, ...]:
    """Return the names of all profiles, the person's own last. Raises as `find_company` does."""
    return (*built_in(), *_read_own(data_folder / OWN_PROFILES))


def _read_own(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file} is not TOML: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file} cannot be read: {error}.") from None


def _own_company(name: str, content: object, file: Path) -> Company:
    place = f"{file}, [{name}]"
    if not isinstance(content, dict):
        raise ProfileError(f"{place}: write a table with like and topics.")
    if unknown := sorted(content.keys() - {"like", "topics"}):
        raise ProfileError(f"{place}: {unknown[0]!r} is not known; write like or topics.")
    base = content.get("like", GENERAL)
    if base not in built_in():
        raise ProfileError(f"{place}: like must be one of {', '.join(built_in())}.")
    topics = content.get("topics", {})
    if not isinstance(topics, dict):
        raise ProfileError(f"{place}: topics must be a table of topics and weights.")
    own: dict[str, float] = {}
    for topic, weight in topics.items():
        number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not number or not 0 <= weight <= HIGHEST:
            raise ProfileError(f"{place}: {topic} is {weight!r}; write a number from 0 to 3.")
        own[topic_path(topic)] = float(weight)
    return Company(name, base, own)


def _entry_of(topic: str) -> Entry | None:
    """Return the entry of the taxonomy that a topic is at or below."""
    return taxonomy().get("/".join(topic.split("/")[:2]))


def _covering(topic: str, weights: Mapping[str, float]) -> float | None:
    """Return the weight of the longest path that a topic is at or below, None without any."""
    parts = topic.split("/")
    for length in range(len(parts), 0, -1):
        if (path := "/".join(parts[:length])) in weights:
            return weights[path]
    return None
