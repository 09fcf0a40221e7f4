"""Nouns written and read by the types of their fields: every kind comes back as it was, and no key may be missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import RecordError
from tender.record import dialogue, milestones, reviews
from tender.record.dialogue import Clarification
from tender.record.nouns import Noun
from tender.record.payloads import Keys


def _is_noun(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, Noun) and one is not Noun


NOUNS = tuple(
    sorted(
        (one for room in (dialogue, milestones, reviews) for one in vars(room).values() if _is_noun(one)),
        key=lambda one: one.__name__,
    )
)
VALUES: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(),
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    tuple[str, ...]: st.lists(st.text(), max_size=3).map(tuple),
    Mapping[str, str]: st.dictionaries(st.text(), st.text(), max_size=3),
}


def test_every_noun_of_the_rooms_is_tried() -> None:
    assert len(NOUNS) == 14


@given(st.data(), st.sampled_from(NOUNS))
def test_what_is_written_is_read(data: st.DataObject, noun: type[Any]) -> None:
    hints = get_type_hints(noun)
    said = noun(**{one.name: data.draw(VALUES[hints[one.name]]) for one in dataclasses.fields(noun)})
    payload = said.payload()
    assert list(payload) == [one.name for one in dataclasses.fields(noun)]
    assert noun.of(Keys(1, payload)) == said


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_a_missing_key_or_another_type_is_told(noun: type[Any]) -> None:
    """Except a flag and a text that came later than the first payloads."""
    hints = get_type_hints(noun)
    blank: dict[object, Any] = {str: "", bool: False, int: 0, tuple[str, ...]: [], Mapping[str, str]: {}}
    whole = {one.name: blank[hints[one.name]] for one in dataclasses.fields(noun)}
    for name, value in whole.items():
        less = {key: value for key, value in whole.items() if key != name}
        if hints[name] is bool or name in noun.later:
            assert getattr(noun.of(Keys(1, less)), name) == value
        else:
            with pytest.raises(RecordError, match=name):
                noun.of(Keys(1, less))
        with pytest.raises(RecordError, match=name):
            noun.of(Keys(1, {**whole, name: None}))


def test_a_clarification_older_than_its_document_is_read() -> None:
    assert Clarification.later == {"document"}
