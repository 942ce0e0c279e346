"""The SQL that makes a new collection, beside the tables' models."""

from __future__ import annotations

from sqlalchemy.sql.schema import ScalarElementColumnDefault
from support.schema import from_models

from srs.store import tables
from srs.store.ingest.beginning import NEW_CARD
from srs.store.ingest.stored import CARD_COLUMNS
from srs.store.schema import FILE


def test_a_new_collection_has_the_tables_that_the_models_describe() -> None:
    hint = "run PYTHONPATH=tests python -m support.schema"
    assert FILE.read_text(encoding="utf-8") == from_models(), hint


def test_a_card_that_is_imported_begins_as_its_model_says() -> None:
    defaults = {
        column.name: column.default.arg
        for column in tables.cards.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }
    assert {name: defaults[name] for name in NEW_CARD} == NEW_CARD
    assert defaults.keys() <= NEW_CARD.keys() | set(CARD_COLUMNS)
