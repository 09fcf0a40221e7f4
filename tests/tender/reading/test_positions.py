"""Where values stand in a TOML text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from tender.reading.paths import child
from tender.reading.positions import Spot, spots
from tests.tender.reading.folders import SAMPLE


def paths(data: Any, above: str = "") -> Iterator[str]:
    """Every path in parsed TOML."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        here = child(above, step)
        yield here
        yield from paths(value, here)


def at(text: str) -> dict[str, tuple[int, int]]:
    """Line and column by path."""
    return {path: (spot.line, spot.column) for path, spot in spots(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1", {"a": (1, 1)}),
        ("\n  a = 1", {"a": (2, 3)}),
        ("a.b.c = 1", {"a": (1, 1), "a.b": (1, 3), "a.b.c": (1, 5)}),
        ("a = { b = 1, c = { d = 2 } }", {"a": (1, 1), "a.b": (1, 7), "a.c": (1, 14), "a.c.d": (1, 20)}),
        ("a = [10, [20]]", {"a": (1, 1), "a[0]": (1, 6), "a[1]": (1, 10), "a[1][0]": (1, 11)}),
        ("a = [\n  1, # one\n  2,\n]", {"a": (1, 1), "a[0]": (2, 3), "a[1]": (3, 3)}),
        ("[a]\nb = 1", {"a": (1, 1), "a.b": (2, 1)}),
        ("[a.b]\nc = 1\n[a]", {"a": (3, 1), "a.b": (1, 1), "a.b.c": (2, 1)}),
        ("[a]\nb.c = 1\nb.d = 2", {"a": (1, 1), "a.b": (2, 1), "a.b.c": (2, 3), "a.b.d": (3, 3)}),
        ("[[a]]\nb = 1\n[[a]]", {"a": (1, 1), "a[0]": (1, 1), "a[0].b": (2, 1), "a[1]": (3, 1)}),
        (
            "[[a]]\n[[a.b]]\nc = 1\n[[a]]\n[a.b]",
            {
                "a": (1, 1),
                "a[0]": (1, 1),
                "a[0].b": (2, 1),
                "a[0].b[0]": (2, 1),
                "a[0].b[0].c": (3, 1),
                "a[1]": (4, 1),
                "a[1].b": (5, 1),
            },
        ),
        ('"a b" = 1\n\'c.d\' = 2\n"\\u0065" = 3', {'"a b"': (1, 1), '"c.d"': (2, 1), "e": (3, 1)}),
        ('a = { b = "ää", c = 1 }', {"a": (1, 1), "a.b": (1, 7), "a.c": (1, 17)}),
        ("# only a comment", {}),
        ("", {}),
    ],
)
def test_every_way_of_writing_has_its_places(text: str, expected: dict[str, tuple[int, int]]) -> None:
    """Pairs stand at their key, tables at their header, items at their value; columns count characters."""
    assert at(text) == expected


def test_the_bytes_of_values_are_exact() -> None:
    """The span of a value holds it and nothing else."""
    text = 'ä1 = 5\na = "ää" # x\nb = [1, {c = 2.50}]\nd.e = 2019-03-01\n'.replace("ä1", '"ä"')
    data = text.encode()
    values = {path: data[slice(*spot.value)].decode() for path, spot in spots(text).items() if spot.value}
    assert values == {
        '"ä"': "5",
        "a": '"ää"',
        "b": "[1, {c = 2.50}]",
        "b[0]": "1",
        "b[1]": "{c = 2.50}",
        "b[1].c": "2.50",
        "d.e": "2019-03-01",
    }
    assert spots(text)["d"] == Spot(4, 1, None)


def test_every_path_of_the_sample_is_known_and_no_other() -> None:
    """Headers, dots, inline tables, arrays and quoted keys all lead to their place."""
    assert set(spots(SAMPLE)) == set(paths(tomllib.loads(SAMPLE)))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_do_not_matter(end: str) -> None:
    """A file from Windows has the same lines and columns."""
    assert at(SAMPLE.replace("\n", end)) == at(SAMPLE)


KEYS = st.text(alphabet="abä .\"'", min_size=1, max_size=4) | st.sampled_from(["fi", "x1", "a-b"])
VALUES = st.recursive(
    st.integers(-(10**6), 10**6) | st.booleans() | st.text(max_size=5) | st.dates(date(1900, 1, 1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_whatever_tomlkit_writes_is_found_again(data: dict[str, Any]) -> None:
    """Every path of a generated document has its place."""
    text = tomlkit.dumps(data)
    assert set(spots(text)) == set(paths(tomllib.loads(text)))
