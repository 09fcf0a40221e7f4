"""Paths of fields, taken apart and put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.reading.paths import ancestors, child, joined, related, steps

STEPS = st.lists(st.text(min_size=1, max_size=8) | st.integers(0, 999), max_size=5).map(tuple)


@given(STEPS)
def test_a_path_keeps_its_steps(way: tuple[str | int, ...]) -> None:
    """Whatever stands in a key, the path leads back to it."""
    assert steps(joined(way)) == way


@pytest.mark.parametrize("path", ["a..b", "a.b]", "[", "a[x]", 'a."b', "."])
def test_what_is_no_path_is_refused(path: str) -> None:
    """A path that cannot be read is not guessed at."""
    with pytest.raises(ValueError, match=r".*"):
        steps(path)


def test_ancestors_go_up_to_the_whole_file() -> None:
    """The path itself comes first, the file last; what is no path has only the file."""
    assert list(ancestors("a.b[2].c")) == ["a.b[2].c", "a.b[2]", "a.b", "a", ""]
    assert list(ancestors("a..b")) == [""]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("award", "award.criteria", True),
        ("award.criteria[1]", "award.criteria", True),
        ("award.criteria[1].weight", "award.criteria[1].weight", True),
        ("award.criteria[1]", "award.criteria[10]", False),
        ("award", "awards", False),
        ("", "award", False),
        ("award", "", False),
    ],
)
def test_related_fields_lie_inside_each_other(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    """Names that merely begin alike are not related, and no field is related to none."""
    assert related(one, other) is expected


def test_a_key_with_a_dot_is_quoted() -> None:
    """A dot inside a key is not a step."""
    assert child("clients", "a.b") == 'clients."a.b"'
    assert steps('clients."a.b"') == ("clients", "a.b")
