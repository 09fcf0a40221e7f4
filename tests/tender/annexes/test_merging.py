"""Merges by hand: totals stay, sums of a hierarchy are kept apart, and every step is the best of all pairs."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.disclosure.building import Branch, dimension_of
from tender.annexes.disclosure.coarsening import Merge, merged, narrowed, proposals
from tender.annexes.disclosure.tables import At

PARENTS = [("a", "north", ""), ("b", "north", ""), ("c", "south", ""), ("d", "south", ""), ("e", "south", "")]
COUNTS: dict[At, int] = {
    ("a", "f"): 2, ("a", "m"): 40, ("b", "f"): 3, ("b", "m"): 30, ("c", "f"): 1, ("c", "m"): 50,
    ("d", "f"): 4, ("d", "m"): 60, ("e", "f"): 20, ("e", "m"): 70,
}  # fmt: skip


def test_only_parts_of_one_sum_are_merged_and_two_that_are_all_of_it_never() -> None:
    """North has two parts, so neither a + b nor b + c: c and d of the south become one, with 5 women."""
    axes = [dimension_of("area", "abcde", PARENTS), dimension_of("sex", "fm")]
    assert proposals(axes, COUNTS, 5) == (Merge("area", ("c", "d"), 4, 2, 2),)
    (merge,) = proposals(axes, COUNTS, 5)
    fewer = merged(COUNTS, 0, merge.codes)
    assert (fewer["c+d", "f"], fewer["c+d", "m"], len(fewer)) == (5, 110, 8)
    assert narrowed(axes[0], merge).branches == (
        Branch("north", ("a", "b")), Branch("south", ("c+d", "e")), Branch("Total", ("north", "south"))
    )  # fmt: skip


def test_neighbours_in_an_order_are_those_of_the_table() -> None:
    """The third and the first are no neighbours, though only they would do in one step."""
    counts: dict[At, int] = {("young",): 1, ("middle",): 90, ("old",): 4}
    axis = dimension_of("age", ["young", "middle", "old"])
    assert [merge.code for merge in proposals([axis], counts, 5)] == ["young+old"]
    assert [merge.code for merge in proposals([axis], counts, 5, {"age"})] == ["middle+old"]


def test_a_zero_is_not_small_and_listed_totals_stay() -> None:
    """Nothing is proposed for zeros; a listed total is no part and is neither merged nor changed."""
    counts: dict[At, int] = {("a",): 0, ("b",): 0, ("c",): 9, ("Total",): 9}
    assert proposals([dimension_of("x", ["a", "b", "c", "Total"])], counts, 5) == ()
    some: dict[At, int] = {("a",): 2, ("b",): 3, ("c",): 9, ("Total",): 14}
    (merge,) = proposals([dimension_of("x", ["a", "b", "c", "Total"])], some, 5)
    assert merged(some, 0, merge.codes) == {("a+b",): 5, ("c",): 9, ("Total",): 14}
    assert merge == Merge("x", ("a", "b"), 2, 0, 1)


def test_what_is_lost_counts_more_than_what_is_left() -> None:
    """Two small counts for three lost ones come before three for six, though these would leave none at all."""
    table: dict[At, int] = {(row, column): 90 for row in "pqr" for column in "123456"}
    table |= {("p", "1"): 2, ("p", "2"): 3, ("q", "3"): 2}
    found = proposals([dimension_of("a", "pqr"), dimension_of("b", "123456")], table, 5)
    assert [(merge.dimension, merge.code, merge.lost, merge.after) for merge in found] == [
        ("b", "1+2", 3, 1), ("b", "1+2+3", 3, 0)
    ]  # fmt: skip


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(2, 6))
def test_every_step_is_the_best_of_all_pairs(values: list[int], threshold: int) -> None:
    """Four categories by three: no pair rids the tables of small counts for fewer lost ones, and nobody gets lost."""
    codes = ("pqrs", "xyz")
    table: dict[At, int] = dict(zip(((one, other) for one in codes[0] for other in codes[1]), values, strict=True))
    found = proposals([dimension_of("a", codes[0]), dimension_of("b", codes[1])], table, threshold)
    for merge in found:
        axis = "ab".index(merge.dimension)
        best = min(_cost(table, place, pair, threshold) for place in (0, 1) for pair in _pairs(table, place))
        assert _cost(table, axis, merge.codes, threshold) == best
        assert merge.before == _small(table, threshold)
        before, table = sum(table.values()), merged(table, axis, merge.codes)
        assert (sum(table.values()), _small(table, threshold)) == (before, merge.after)
        assert merge.after < merge.before
    rest = [_cost(table, place, pair, threshold) for place in (0, 1) for pair in _pairs(table, place)]
    assert all(cost == float("inf") for cost in rest), "it ends only where no merge helps"


def _small(table: dict[At, int], threshold: int) -> int:
    return sum(0 < value < threshold for value in table.values())


def _pairs(table: dict[At, int], axis: int) -> list[tuple[str, str]]:
    codes = list(dict.fromkeys(at[axis] for at in table))
    return list(combinations(codes, 2)) if len(codes) > 2 else []


def _cost(table: dict[At, int], axis: int, pair: tuple[str, str], threshold: int) -> float:
    """Counts lost for each small one that goes; endless when none goes."""
    fewer = merged(table, axis, pair)
    gone = _small(table, threshold) - _small(fewer, threshold)
    return (len(table) - len(fewer)) / gone if gone > 0 else float("inf")
