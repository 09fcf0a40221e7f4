"""Keys matched with the names that belong there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.reading.names import Stray, match, nearest

NAMES = ("providers", "client_total", "client_cap", "maximum_value", "dynamic")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("client_cpa", "client_cap"),
        ("client-cap", "client_cap"),
        ("Client_Cap", "client_cap"),
        ("client cap", "client_cap"),
        ("clientcap", "client_cap"),
        ("provider", "providers"),
        ("maximum", "maximum_value"),
        ("price", ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_typo_finds_its_name(word: str, expected: str) -> None:
    """Case, hyphens and spaces do not matter; what is like nothing finds nothing."""
    assert nearest(word, NAMES) == expected


def test_the_first_of_equally_near_names_wins() -> None:
    """The order of the names decides, so the same file gives the same finding."""
    assert nearest("ab", ("ax", "bx", "ay"), least=0.5) == "ax"


def test_a_typo_is_taken_for_the_field_that_is_missing() -> None:
    """One typo, one stray; the value is used where it was meant."""
    found = match(["providers", "client_totl"], NAMES)
    assert found.keys == {"providers": "providers", "client_total": "client_totl"}
    assert found.strays == (Stray("client_totl", "client_total", taken=True),)


def test_a_typo_of_a_field_that_is_there_is_not_taken() -> None:
    """The right key wins; another missing field is never filled by chance."""
    found = match(["client_total", "client_totl"], NAMES)
    assert found.keys == {"client_total": "client_total"}
    assert found.strays == (Stray("client_totl", "client_total", taken=False),)


def test_two_typos_of_one_name_fill_it_once() -> None:
    """The first in the file is taken."""
    found = match(["client_totl", "clint_total"], NAMES)
    assert found.keys == {"client_total": "client_totl"}
    assert [stray.taken for stray in found.strays] == [True, False]


def test_one_left_over_key_is_taken_for_the_one_left_over_id() -> None:
    """In a map by id, a renamed group is one mistake; with two left over nobody can tell."""
    assert match(["easy", "vaikeat"], ("easy", "hard"), pair_last=True).keys == {"easy": "easy", "hard": "vaikeat"}
    assert match(["easy", "vaikeat"], ("easy", "hard")).keys == {"easy": "easy"}
    assert match(["x", "vaikeat"], ("easy", "hard"), pair_last=True).keys == {}


@given(st.lists(st.text(max_size=12), unique=True, max_size=6), st.lists(st.text(max_size=12), unique=True, max_size=6))
def test_matching_loses_nothing(keys: list[str], names: list[str]) -> None:
    """Every key is right, taken or stray; no name has two keys; right keys are never moved."""
    found = match(keys, names)
    assert set(found.keys) <= set(names)
    assert len(set(found.keys.values())) == len(found.keys)
    assert {key for key in keys if key in names} == {key for name, key in found.keys.items() if key == name}
    strays = {stray.key for stray in found.strays}
    assert strays == set(keys) - set(names)
    assert {stray.key for stray in found.strays if stray.taken} == set(found.keys.values()) & strays
