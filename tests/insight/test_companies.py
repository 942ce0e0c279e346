"""What companies ask about: built-in profiles and the person's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.deck.reader import read_deck
from srs.insight.company import Company, ProfileError, companies, find_company, taxonomy
from srs.store.locations import bundled_decks

TOPICS = st.dictionaries(
    st.sampled_from([*taxonomy(), "serving/batching/windows", "rust", "rust/traits"]),
    st.integers(0, 50),
    min_size=1,
)


def own(folder: Path, text: str) -> Path:
    (folder / "companies.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_bundled_topic_but_drills_and_designs_is_in_the_taxonomy() -> None:
    topics = set()
    for path in bundled_decks().glob("*.md"):
        if path.name != "README.md":
            deck = read_deck(path.read_text(encoding="utf-8"), path.name).deck
            assert deck is not None
            topics |= {note.topic for note in deck.notes}
    across = ("drills/", "designs/")  # these ask about several topics at once
    assert {topic for topic in topics if not topic.startswith(across)} <= set(taxonomy())


def test_the_areas_make_up_the_interview() -> None:
    general = Company("general").weights(dict.fromkeys(taxonomy(), 1))
    shares: dict[str, float] = {}
    for topic, weight in general.items():
        area = topic.partition("/")[0]
        shares[area] = shares.get(area, 0) + weight
    assert shares["serving"] == pytest.approx(0.22)
    assert shares["stories"] == pytest.approx(0.03)
    assert sum(shares.values()) == pytest.approx(1)


def test_a_topics_part_is_its_areas_share_by_its_weight() -> None:
    """Tail latency has 3 of 3 at big tech and 1 at a startup; unit cost 2 and 3.

    Serving's 22% over its general weights (sum 20) are 1.1 a point, resources' 14% over 37/3 of
    points 1.1351.
    """
    cards = {"serving/tail-latency": 5, "resources/unit-cost": 20}
    big = Company("big-tech", "big-tech").weights(cards)
    start = Company("startup", "startup").weights(cards)
    serving = sum(e.weights["general"] for t, e in taxonomy().items() if t.startswith("serving/"))
    unit, cost = 22 / serving, 14 / (37 / 3)
    assert big["serving/tail-latency"] == pytest.approx(3 * unit / (3 * unit + 2 * cost))
    assert start["serving/tail-latency"] == pytest.approx(1 * unit / (1 * unit + 3 * cost))


def test_a_card_of_an_unknown_topic_weighs_as_much_as_the_average_known_one() -> None:
    weights = Company("general").weights({"serving/batching": 30, "rust": 10})
    assert weights["rust"] == pytest.approx(0.25)
    assert Company("general").weights({"rust": 3, "go": 1}) == pytest.approx(
        {"rust": 0.75, "go": 0.25}
    )


def test_topics_below_one_of_the_taxonomy_share_its_part_by_their_cards() -> None:
    whole = Company("general").weights({"serving/batching": 4, "monitoring/drift": 4})
    parted = Company("general").weights(
        {"serving/batching": 1, "serving/batching/windows": 3, "monitoring/drift": 4}
    )
    assert parted["serving/batching/windows"] == pytest.approx(whole["serving/batching"] * 3 / 4)
    assert parted["monitoring/drift"] == pytest.approx(whole["monitoring/drift"])


@given(cards=TOPICS, base=st.sampled_from(["general", "big-tech", "startup", "high-traffic"]))
def test_weights_sum_to_one_and_a_topic_without_cards_has_none(
    cards: dict[str, int], base: str
) -> None:
    weights = Company(base, base).weights(cards)
    assert sum(weights.values()) == pytest.approx(1 if any(cards.values()) else 0)
    assert all(bool(weights[topic]) == bool(count) for topic, count in cards.items())


def test_an_own_profile_builds_on_another_and_the_longest_path_counts(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        '[acme]\nlike = "startup"\n[acme.topics]\nserving = 0\n"serving/batching" = 2\nrust = 1\n',
    )
    acme = find_company("acme", folder)
    cards = {"serving/batching": 5, "serving/tail-latency": 5, "monitoring/drift": 5, "rust": 15}
    weights = acme.weights(cards)
    plain = Company("startup", "startup").weights(cards)
    assert weights["serving/tail-latency"] == 0
    # a startup gives batching 2 too, and an unknown topic counts as 2 where nothing is said
    ratio = weights["serving/batching"] / weights["monitoring/drift"]
    assert ratio == pytest.approx(plain["serving/batching"] / plain["monitoring/drift"])
    assert weights["rust"] / weights["monitoring/drift"] == pytest.approx(
        plain["rust"] / plain["monitoring/drift"] / 2
    )
    assert companies(folder) == ("general", "big-tech", "startup", "high-traffic", "acme")


def test_what_no_card_is_about_is_told() -> None:
    assert Company("general").without_cards(dict.fromkeys(taxonomy(), 1)) == pytest.approx(0)
    assert Company("general").without_cards({}) == pytest.approx(1)
    no_stories = {topic: 1 for topic in taxonomy() if not topic.startswith("stories/")}
    assert Company("general").without_cards(no_stories) == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[acme", "is not TOML"),
        ("acme = 3", "write a table with like and topics"),
        ('[acme]\nlike = "nasa"', "like must be one of general, big-tech"),
        ("[acme]\nweights = 3", "'weights' is not known"),
        ("[acme]\ntopics = 3", "topics must be a table"),
        ("[acme.topics]\nserving = 4", "serving is 4; write a number from 0 to 3"),
        ('[acme.topics]\nserving = "much"', "serving is 'much'"),
        ("[acme.topics]\nserving = nan", "serving is nan"),
    ],
)
def test_a_faulty_profile_is_explained_in_a_sentence_that_names_the_file(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ProfileError) as caught:
        find_company("acme", own(tmp_path, text))
    assert said in str(caught.value)
    assert "companies.toml" in str(caught.value)


def test_an_unknown_company_is_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no company profile 'acme'; there are general, big-"):
        find_company("acme", tmp_path)
