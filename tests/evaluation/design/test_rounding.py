"""From real numbers to the tender's decimals: inside ranges, in order, and never dearer than the money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.design.weights.outlook import broken_by, outlook_of, values_of, weights_outside
from evaluation.design.weights.program import LinearDesign
from evaluation.design.weights.rounding import on_the_grid
from evaluation.design.weights.rows import Line, budgets
from tender.model.design import BudgetRow
from tender.solving import Sense
from tests.evaluation.design.cases import BEFORE, CASE, VOLUMES, per_group


def test_prices_of_the_tender_stay_where_they_are() -> None:
    """Values that are on the grid already are taken as they are when nothing speaks against them."""
    case = replace(CASE, assumptions=replace(CASE.assumptions, dearer=Fraction(1, 2)))
    values = {column: float(value) for column, value in values_of(BEFORE).items()}
    found = on_the_grid(case, values)
    assert found is not None
    assert found.capitation_base == Decimal(42)
    assert found.outcome_base == Decimal("0.8")


@pytest.mark.parametrize("case", [CASE, per_group()], ids=["base", "per-group"])
def test_every_price_has_the_decimals_of_the_tender(case: object) -> None:
    """Weights two decimals, unit prices those that an invoice rounds to."""
    assert isinstance(case, type(CASE))
    best = LinearDesign(case, {}).optimum()
    assert best is not None
    prices = on_the_grid(case, best.values)
    assert prices is not None
    for price in prices.groups:
        for value, most in ((price.capitation, 2), (price.outcome, 4), (price.outcome_weight or Decimal(0), 2)):
            assert -int(value.as_tuple().exponent) <= most


@settings(max_examples=15)
@given(amount=st.integers(1_290_000, 1_500_000))
def test_a_tight_budget_is_kept_to_the_cent(amount: int) -> None:
    """Rounded unit prices times whole volumes never pass the budget, however tight it is."""
    case = replace(CASE, budgets=(BudgetRow("year", Fraction(amount), VOLUMES),))
    best = LinearDesign(case, {}).optimum(("shortfall",))
    if best is None:
        return
    prices = on_the_grid(case, best.values)
    if prices is not None:
        assert weights_outside(case, prices) == ()
        assert all(row.value(values_of(prices)) <= row.limit for row in budgets(case))


def test_a_price_outside_its_range_is_named() -> None:
    """A base a cent too low, a weight a hundredth too high."""
    low = replace(BEFORE, capitation_base=Decimal("33.99"))
    assert weights_outside(CASE, low) == ("range[c,base]",)
    first = replace(BEFORE.groups[0], outcome_weight=Decimal("0.51"))
    assert weights_outside(CASE, replace(BEFORE, groups=(first, *BEFORE.groups[1:]))) == ("weight[o,easy]",)


def test_a_row_lacks_what_it_lacks() -> None:
    """Exactly, on either side, and nothing when it holds."""
    terms = {"x": Fraction(2)}
    at = {"x": Fraction(3)}
    assert Line("a", terms, Sense.AT_MOST, Fraction(5)).lack(at) == 1
    assert Line("a", terms, Sense.AT_LEAST, Fraction(7)).lack(at) == 1
    assert Line("a", terms, Sense.EQUAL, Fraction(8)).lack(at) == 2
    assert Line("a", terms, Sense.AT_MOST, Fraction(6)).lack(at) == 0


def test_broken_rules_of_the_source_s_weights() -> None:
    """At the source's weights effort for the hard group does not pay, and the amount is said."""
    lacks = broken_by(CASE, BEFORE)
    assert set(lacks) == {"effort[hard]"}
    pays = outlook_of(CASE, BEFORE).groups[2].effort_pays
    assert pays is not None
    assert pays < 1
    wanted = Fraction(11, 10) * 96
    assert lacks["effort[hard]"] == wanted - pays * 96
