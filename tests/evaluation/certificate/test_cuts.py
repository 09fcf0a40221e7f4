"""Cuts at the root: what does not fit together, by hand; none that a whole answer would miss."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from evaluation.certificate.cuts import root_cuts
from evaluation.certificate.relaxation import SCALE, Relaxation
from evaluation.certificate.verifier import Limits, Table, add_cut, table_of, upper_bound
from tender.model.proofs import Cut
from tender.solving import Model, Row, Sense, Variable


def sack(sizes: list[int], most: int, worth: list[int], highest: int = 1) -> Table:
    """Things by size and worth, of which `most` fits in."""
    names = [f"x{number}" for number in range(len(sizes))]
    row = Row("sack", tuple(zip(names, sizes, strict=True)), Sense.AT_MOST, most)
    variables = tuple(Variable(name, 0, highest) for name in names)
    return table_of(Model("sack", variables, (row,), tuple(zip(names, worth, strict=True))))


def bound(table: Table) -> int:
    """What the relaxation of `table` proves, in whole units of the objective."""
    case: Limits = (list(table.lowest), list(table.highest))
    upper, _ = upper_bound(table, Relaxation(table).propose(case).node, case, SCALE)
    return upper // SCALE


def test_two_of_three_do_not_fit() -> None:
    """Sizes 5, 6 and 7 in a sack of 9: one fits, so one is worth 10 and not 10 + a share of the next."""
    table = sack([5, 6, 7], 9, [10, 10, 10])
    assert bound(table) == 16
    assert root_cuts(table) == (Cut(0, (0, 1, 2), 1),)
    add_cut(table, Cut(0, (0, 1, 2), 1))
    assert bound(table) == 10


def test_the_larger_join_the_cover_and_the_smaller_stay_out() -> None:
    """Of 3, 3 and 3 only two fit into 8, of them and the 4 too; the 1 may always come along."""
    table = sack([3, 3, 3, 4, 1], 8, [9, 9, 9, 10, 1])
    assert root_cuts(table) == (Cut(0, (0, 1, 2, 3), 2),)


def test_what_the_cover_does_not_need_is_left_out() -> None:
    """6 and 7 alone are too much for 8; that the 1 comes along says nothing. Things of equal size stand together."""
    assert root_cuts(sack([1, 6, 7], 8, [10, 10, 10])) == (Cut(0, (1, 2), 1),)
    assert root_cuts(sack([3, 3, 3, 3, 1], 8, [9, 9, 9, 9, 1])) == (Cut(0, (0, 1, 2, 3), 2),)


def test_a_table_stays_as_it_was() -> None:
    """Looking for cuts adds nothing to what is asked."""
    table = sack([5, 6, 7], 9, [10, 10, 10])
    root_cuts(table)
    assert (len(table.rows), len(table.senses), len(table.limits)) == (1, 1, 1)


@pytest.mark.parametrize(
    "table",
    [
        sack([5, 5, 5], 9, [10, 10, 10]),
        sack([5, 6, 7], 9, [10, 10, 10], highest=2),
        sack([5, 6, -7], 9, [10, 10, 10]),
        sack([5, 6, 7], 18, [10, 10, 10]),
        sack([5, 6, 7], 11, [10, 10, 1]),
    ],
    ids=["equal sizes", "more than one of a thing", "a negative size", "everything fits", "the relaxation is whole"],
)
def test_where_there_is_nothing_to_cut(table: Table) -> None:
    """No cut from rows that are no knapsack, nor where the relaxation's answer keeps every cover."""
    assert root_cuts(table) == ()


def test_only_rows_of_the_right_kind_give_cuts() -> None:
    """The same sizes in "at least" and "exactly" give none."""
    for sense in (Sense.AT_LEAST, Sense.EQUAL):
        row = Row("need", (("a", 5), ("b", 6), ("c", 7)), sense, 9)
        model = Model("need", tuple(map(Variable, "abc")), (row,), (("a", -1), ("b", -1), ("c", -1)))
        assert root_cuts(table_of(model)) == ()


@pytest.mark.parametrize("seed", range(8))
def test_every_cut_that_is_kept_still_binds(seed: int) -> None:
    """Those that later ones made idle are dropped: the multipliers of the last answer name every cut."""
    random = Random(seed)
    sizes = [random.randint(5, 40) for _ in range(14)]
    table = sack(sizes, sum(sizes) // 3, [size + random.randint(0, 5) for size in sizes])
    cuts = root_cuts(table)
    for cut in cuts:
        add_cut(table, cut)
    node = Relaxation(table).propose((list(table.lowest), list(table.highest))).node
    assert {row for row, _ in node.multipliers} >= set(range(1, 1 + len(cuts)))


@pytest.mark.parametrize("seed", range(12))
def test_no_cut_takes_a_whole_answer_away(seed: int) -> None:
    """Seven things at random: whatever fits keeps every cut, and each cut is one that the verifier takes."""
    random = Random(seed)
    sizes = [random.randint(1, 20) for _ in range(7)]
    table = sack(sizes, sum(sizes) // 2, [random.randint(1, 30) for _ in sizes])
    before, cuts = bound(table), root_cuts(table)
    fitting = [
        answer
        for answer in product((0, 1), repeat=7)
        if sum(size * one for size, one in zip(sizes, answer, strict=True)) <= sum(sizes) // 2
    ]
    for cut in cuts:
        assert max(sum(answer[member] for member in cut.members) for answer in fitting) <= cut.most
        add_cut(table, cut)
    best = max(sum(worth * one for worth, one in zip(table.objective, answer, strict=True)) for answer in fitting)
    assert best <= bound(table) <= before
