"""The registry of formulas and what holds for every released one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.formulas import FORMULAS, Behaviour, Formula, Given, RefusedError
from tender.language import Language
from tender.model.criteria import CriterionKind
from tender.words import words
from tests.evaluation.award.build import as_fraction, assert_true, cases, positive, weights


def _values(case: dict[str, Any]) -> list[Fraction]:
    return [as_fraction(value) for value in case["field" if "field" in case else "shares"]]


def _given(case: dict[str, Any], value: Fraction) -> Given:
    parameters = {name: as_fraction(number) for name, number in case.get("parameters", {}).items()}
    return Given(as_fraction(case["weight"]), value, tuple(_values(case)), parameters)


@pytest.mark.parametrize("case", cases("award-formulas"), ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """Every case of the table that a lawyer can read, exact; a released formula may never change one of them."""
    formula = FORMULAS[case["formula"]]
    for value in _values(case):
        if "refused" in case:
            with pytest.raises(RefusedError) as refusal:
                formula.points(_given(case, value))
            assert refusal.value.values["reason"] == case["refused"]
        else:
            assert formula.points(_given(case, value)) == as_fraction(case["expected"][str(value)])


def test_the_registry_cannot_be_changed() -> None:
    """A formula cannot be swapped at run time."""
    with pytest.raises(TypeError):
        FORMULAS["scale@1"] = FORMULAS["announced-interval@1"]  # type: ignore[index]


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_every_formula_is_declared_in_full(formula: Formula) -> None:
    """Id with version, kind, source, and words for each parameter."""
    name, version = formula.id.split("@")
    assert name
    assert int(version) >= 1
    assert formula.kind is not CriterionKind.BRANCH
    assert formula.source
    for parameter in formula.parameters:
        assert words(Language.FI).term(parameter.term)


def _plain(formula: Formula, weight: Fraction, value: Fraction, field: tuple[Fraction, ...]) -> Given:
    parameters = {"floor": Fraction(10), "ceiling": Fraction(9000), "euros_per_point": Fraction(7)}
    return Given(weight, value, field, {one.id: parameters[one.id] for one in formula.parameters})


PRICE_FORMULAS = [formula for formula in FORMULAS.values() if formula.kind is CriterionKind.PRICE]


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@given(weight=weights, prices=st.lists(positive, min_size=2, max_size=6))
def test_a_lower_price_never_earns_less(formula: Formula, weight: Fraction, prices: list[Fraction]) -> None:
    """Weakly monotone in one's own price."""
    field = tuple(prices)
    points = [formula.points(_plain(formula, weight, price, field)) for price in sorted(prices)]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@given(weight=weights, prices=st.lists(positive, min_size=1, max_size=6))
def test_bounded_formulas_stay_between_zero_and_the_weight(
    formula: Formula, weight: Fraction, prices: list[Fraction]
) -> None:
    """What is declared bounded is bounded."""
    if formula.bounded:
        for price in prices:
            assert 0 <= formula.points(_plain(formula, weight, price, tuple(prices))) <= weight


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@given(weight=weights, price=positive, others=st.lists(positive, max_size=5))
def test_independent_formulas_never_look_at_other_bids(
    formula: Formula, weight: Fraction, price: Fraction, others: list[Fraction]
) -> None:
    """Independence of irrelevant alternatives, where it is declared."""
    if formula.independent:
        alone = formula.points(_plain(formula, weight, price, (price,)))
        assert formula.points(_plain(formula, weight, price, (price, *others))) == alone


def test_the_relative_formula_is_declared_relative() -> None:
    """A cheaper bid changes the points of the others: formula 1 must not be declared independent."""
    ratio = FORMULAS["ratio-to-lowest@1"]
    before = ratio.points(Given(Fraction(40), Fraction(100), (Fraction(100), Fraction(140)), {}))
    after = ratio.points(Given(Fraction(40), Fraction(100), (Fraction(70), Fraction(100), Fraction(140)), {}))
    assert (before, after) == (Fraction(40), Fraction(28))
    assert not ratio.independent


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
@given(weight=weights, values=st.lists(st.integers(1, 100).map(Fraction), min_size=1, max_size=5))
def test_the_working_is_true_and_ends_in_the_points(formula: Formula, weight: Fraction, values: list[Fraction]) -> None:
    """Each step's arithmetic gives its result, and the last step is what the bid earns."""
    given_ = _plain(formula, weight, values[0], tuple(values))
    steps = formula.working(given_)
    for step in steps:
        assert_true(step)
    assert steps[-1].result == formula.points(given_)
    assert steps[-1].unit == "points"


def _behaviour(formula: Formula, value: Fraction, field: tuple[Fraction, ...]) -> Behaviour:
    try:
        formula.points(_plain(formula, Fraction(40), value, field))
    except RefusedError:
        return Behaviour.REFUSED
    return Behaviour.POINTS


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_every_edge_does_what_is_declared(formula: Formula) -> None:
    """Zero, equal, single and negative inputs: points or a refusal, as the formula says of itself; never a crash."""
    one, zero, below = Fraction(50), Fraction(0), Fraction(-1)
    assert _behaviour(formula, zero, (zero, one)) is formula.totality.zero
    assert _behaviour(formula, one, (one, one)) is formula.totality.equal
    assert _behaviour(formula, one, (one,)) is formula.totality.single
    assert _behaviour(formula, below, (below, one)) is formula.totality.negative
