"""What the relaxation proposes, against linear programs solved by hand; and what the verifier makes of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evaluation.certificate.relaxation import SCALE, Relaxation
from evaluation.certificate.verifier import Limits, Table, halves, model_hash, table_of, tightened, upper_bound
from tender.model.proofs import Node
from tender.solving import Model, Row, Sense, Variable

SACK = Model(
    "sack",
    tuple(map(Variable, "abc")),
    (Row("cap", (("a", 3), ("b", 2), ("c", 2)), Sense.AT_MOST, 4),),
    (("a", 5), ("b", 4), ("c", 3)),
)
"""b whole, two thirds of a: 22/3, and a unit of the cap is worth 5/3."""


def ends(table: Table) -> Limits:
    """The whole model as a case."""
    return list(table.lowest), list(table.highest)


def test_the_worth_of_a_unit_of_a_row() -> None:
    """The multiplier is 5/3 to the last of 32 bits, and bounds the whole answers by 7."""
    table = table_of(SACK)
    relaxed = Relaxation(table).propose(ends(table))
    [(row, multiplier)] = relaxed.node.multipliers
    assert (row, relaxed.node.counts_objective) == (0, True)
    assert abs(Fraction(multiplier, SCALE) - Fraction(5, 3)) < Fraction(1, 2**20)
    assert [round(value * 3) for value in relaxed.values] == [2, 3, 0]
    assert upper_bound(table, relaxed.node, ends(table), SCALE)[0] // SCALE == 7


def test_one_relaxation_serves_case_after_case() -> None:
    """Without a: 7 by b and c; with a: 5 + half of b = 7; then the whole model again, as if nothing had been asked."""
    table = table_of(SACK)
    relaxation = Relaxation(table)
    first = relaxation.propose(ends(table))
    without, with_a = halves(ends(table), 0, 0)
    assert [round(value) for value in relaxation.propose(without).values] == [0, 1, 1]
    assert [round(value * 2) for value in relaxation.propose(with_a).values] == [2, 1, 0]
    again = relaxation.propose(ends(table))
    assert upper_bound(table, again.node, ends(table), SCALE) == upper_bound(table, first.node, ends(table), SCALE)


@pytest.mark.parametrize(
    ("sense", "limit", "sign"), [(Sense.AT_LEAST, 1, -1), (Sense.EQUAL, 1, -1), (Sense.AT_MOST, -1, 1)]
)
def test_signs_follow_the_rows(sense: Sense, limit: int, sign: int) -> None:
    """What must be done at a cost of 3 is worth 3 a unit; the same said as "at most" turns the sign."""
    factor = -1 if sense is Sense.AT_MOST else 1
    model = Model("duty", (Variable("a", 0, 9),), (Row("r", (("a", factor),), sense, limit),), (("a", -3),))
    table = table_of(model)
    node = Relaxation(table).propose(ends(table)).node
    assert node.multipliers == ((0, sign * 3 * SCALE),)
    assert upper_bound(table, node, ends(table), SCALE)[0] == -3 * SCALE


def test_an_empty_case_is_answered_by_a_ray() -> None:
    """Nobody can be both chosen and left out: a ray that is no bound, and no values."""
    rows = (Row("all", (("a", 1), ("b", 1)), Sense.AT_LEAST, 2), Row("one", (("a", 1), ("b", 1)), Sense.AT_MOST, 1))
    table = table_of(Model("none", tuple(map(Variable, "ab")), rows, (("a", 1),)))
    relaxed = Relaxation(table).propose(ends(table))
    assert not relaxed.node.counts_objective
    assert list(relaxed.values) == []
    turned = Node(tuple((row, -each) for row, each in relaxed.node.multipliers), counts_objective=False)
    assert min(upper_bound(table, node, ends(table), SCALE)[0] for node in (relaxed.node, turned)) < 0


def test_large_coefficients_come_back_in_their_own_units() -> None:
    """A row in cents of millions is handed over smaller; its multiplier is that of the row as it stands."""
    large = 3 * 10**9
    model = Model("large", (Variable("a"),), (Row("r", (("a", 2 * large),), Sense.AT_MOST, large),), (("a", large),))
    table = table_of(model)
    node = Relaxation(table).propose(ends(table)).node
    assert node.multipliers == ((0, SCALE // 2),)
    assert upper_bound(table, node, ends(table), SCALE)[0] == SCALE * large // 2


def test_values_that_cannot_reach_the_goal_are_left_out() -> None:
    """From 20, a step of 7 down from 5 costs 7: with 10 to reach, one step is left; of 4 up from 0, two."""
    assert tightened(20, [7, -4, 0], ([0, 0, 0], [5, 9, 3]), 10) == ([4, 0, 0], [5, 2, 3])
    assert tightened(20, [5, -5], ([0, 0], [5, 5]), 10) == ([3, 0], [5, 2]), "two steps reach it exactly"
    assert tightened(20, [1, -1], ([0, 0], [5, 5]), 10) == ([0, 0], [5, 5]), "ten steps are more than there are"
    lows, highs = tightened(9, [7], ([0], [5]), 10)
    assert lows[0] > highs[0], "nothing reaches it"


def test_halves_cover_every_number_once() -> None:
    """Either half may be empty; the case that is split stays as it was."""
    case: Limits = ([-2, 0], [3, 1])
    for limit in range(-4, 6):
        low, high = halves(case, 0, limit)
        found = [number for lows, highs in (low, high) for number in range(lows[0], highs[0] + 1)]
        assert found == [-2, -1, 0, 1, 2, 3]
        assert (low[0][1], low[1][1], high[0][1], high[1][1]) == (0, 1, 0, 1)
    assert case == ([-2, 0], [3, 1])


def test_the_hash_of_a_model_is_of_all_of_it() -> None:
    """Name, ranges, names, numbers, senses, limits, objective and order: whatever changes, the hash does."""
    a, b = Variable("a"), Variable("b")
    row = Row("r", (("a", 1), ("b", 2)), Sense.AT_MOST, 3)
    models = [
        Model("m", (a, b), (row,), (("a", 1),)),
        Model("n", (a, b), (row,), (("a", 1),)),
        Model("m", (b, a), (row,), (("a", 1),)),
        Model("m", (Variable("a", -1), b), (row,), (("a", 1),)),
        Model("m", (Variable("a", 0, 2), b), (row,), (("a", 1),)),
        Model("m", (a, b), (), (("a", 1),)),
        Model("m", (a, b), (row, row), (("a", 1),)),
        Model("m", (a, b), (row,), (("a", -1),)),
        Model("m", (a, b), (row,), (("b", 1),)),
        *(
            Model("m", (a, b), (changed,), (("a", 1),))
            for changed in (
                Row("q", row.terms, row.sense, row.limit),
                Row("r", (("a", 1), ("b", 3)), row.sense, row.limit),
                Row("r", (("b", 1), ("a", 2)), row.sense, row.limit),
                Row("r", row.terms, Sense.EQUAL, row.limit),
                Row("r", row.terms, row.sense, 4),
            )
        ),
    ]
    assert len({model_hash(model) for model in models}) == len(models)
