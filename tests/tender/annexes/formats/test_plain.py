"""Nouns as JSON and back: every kind of field, exact decimals, and faults that are named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.formats.nodes import Node, read_json
from tender.annexes.formats.plain import noun, plain, strings
from tender.errors import InputError
from tender.language import Text
from tender.model.open_data import Guard


@dataclass(frozen=True, slots=True)
class Inner:
    """A noun inside a noun."""

    name: Text
    many: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outer:
    """Every kind of field that nouns have."""

    word: str
    count: int
    flag: bool
    exact: Decimal
    maybe: Decimal | None
    guard: Guard
    inner: Inner
    parts: tuple[Inner, ...]
    limits: Mapping[str, Decimal]


DECIMALS = st.decimals(-(10**12), 10**12, places=3)
INNERS = st.builds(Inner, st.builds(Text, st.text(), st.none() | st.text()), st.lists(st.integers(-9, 9)).map(tuple))
OUTERS = st.builds(
    Outer, st.text(), st.integers(-(10**15), 10**15), st.booleans(), DECIMALS, st.none() | DECIMALS,
    st.sampled_from(Guard), INNERS, st.lists(INNERS, max_size=3).map(tuple),
    st.dictionaries(st.text(max_size=5), DECIMALS, max_size=3),
)  # fmt: skip


def there_and_back(value: Outer) -> Outer:
    return noun(Outer, read_json(json.dumps(plain(value)).encode(), "a.json"))


@given(OUTERS)
def test_every_noun_comes_back(value: Outer) -> None:
    """Through real JSON, in which no number is a float."""
    assert there_and_back(value) == value


@given(DECIMALS)
def test_a_decimal_keeps_its_digits(number: Decimal) -> None:
    """Not only its value: 0.50 stays 0.50."""
    inner = Inner(Text("x"))
    value = Outer("a", 1, flag=True, exact=number, maybe=None, guard=Guard.ROUND, inner=inner, parts=(), limits={})
    assert str(there_and_back(value).exact) == str(number)


SAMPLE = plain(
    Outer("a", 1, flag=True, exact=Decimal("0.5"), maybe=None, guard=Guard.ROUND, inner=Inner(Text("x"), (1,)),
          parts=(Inner(Text("y")),), limits={"a": Decimal(1)})
)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("word", 1, "word"),
        ("count", "1", "count"),
        ("count", False, "count"),
        ("flag", 1, "flag"),
        ("exact", 1, "exact"),
        ("exact", None, "exact"),
        ("exact", "1_0", "exact"),
        ("exact", "٣", "exact"),
        ("exact", "Infinity", "exact"),
        ("exact", "9" * 40, "exact"),
        ("maybe", True, "maybe"),
        ("guard", "none", "guard"),
        ("inner", [], "inner.name"),
        ("inner", {"name": {"fi": 1}, "many": []}, "inner.name.fi"),
        ("inner", {"name": {}, "many": ["1"]}, "inner.many[0]"),
        ("parts", {}, "parts"),
        ("parts", [{"name": {}}], "parts[0].many"),
        ("limits", [], "limits"),
        ("limits", {"a": 1}, "limits.a"),
    ],
)
def test_a_fault_is_named_with_its_path(key: str, value: object, path: str) -> None:
    """Wrong kinds are never turned into right ones."""
    with pytest.raises(InputError) as error:
        noun(Outer, Node("a.json", "", {**SAMPLE, key: value}))
    assert error.value.values["path"] == path


def test_every_text_is_found_wherever_it_stands() -> None:
    """Keys too, as they come from outside."""
    found = {text for _, text in strings(SAMPLE, "top")}
    assert {"a", "0.5", "x", "y", "fi", "round", "limits"} <= found
    assert ("top.parts[0].name.fi", "y") in set(strings(SAMPLE, "top"))
