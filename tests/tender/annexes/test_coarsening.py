"""Coarsening: merges that leave fewer small counts, neighbours only where there is an order."""

from __future__ import annotations

from tender.annexes.disclosure.building import dimension_of
from tender.annexes.disclosure.coarsening import Merge, proposals
from tender.annexes.disclosure.tables import At

AGES = ["15-24", "25-34", "35-44", "45-54", "55-64"]
_ROWS = {"n": (2, 30, 40, 30, 3), "s": (1, 9, 20, 25, 4)}
COUNTS: dict[At, int] = {
    (area, age): value for area, row in _ROWS.items() for age, value in zip(AGES, row, strict=True)
}


def test_the_ends_are_merged_with_each_other_or_with_their_neighbours() -> None:
    """Four small counts: one merge of both ends rids two rows of one each; neighbours rid all, two by two."""
    axes = [dimension_of(name, [at[axis] for at in COUNTS]) for axis, name in enumerate(("area", "age"))]
    free = proposals(axes, COUNTS, 5)
    assert free[0] == Merge("age", ("15-24", "55-64"), 4, 0, 2)
    ordered = proposals(axes, COUNTS, 5, {"age"})
    assert [merge.codes for merge in ordered] == [("15-24", "25-34"), ("45-54", "55-64")]
    assert [(merge.before, merge.after) for merge in ordered] == [(4, 2), (2, 0)]


def test_a_category_with_a_merged_name_can_be_merged_again() -> None:
    """Three small neighbours become one category in two steps."""
    counts: dict[At, int] = {("a",): 1, ("b",): 1, ("c",): 1, ("d",): 3, ("e",): 50, ("f",): 60}
    axis = dimension_of("x", [at[0] for at in counts])
    merges = proposals([axis], counts, 5, {"x"})
    assert merges[-1].after == 0
    assert any("+" in code for merge in merges for code in merge.codes)


def test_two_categories_that_are_all_stay_apart() -> None:
    """Merging both sexes would only repeat the total; nothing small, nothing proposed."""
    axis = dimension_of("sex", ["f", "m"])
    assert proposals([axis], {("f",): 2, ("m",): 9}, 5) == ()
    wide = dimension_of("x", ["a", "b", "c"])
    assert proposals([wide], {("a",): 9, ("b",): 9, ("c",): 9}, 5) == ()
