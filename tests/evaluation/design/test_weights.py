"""The design of weights: exact bounds, named lacks and repairs, worth of rules, and planted creaming."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.outlook import broken_by, outlook_of, values_of, weights_outside
from evaluation.design.weights.program import SPREAD, LinearDesign, Optimum
from evaluation.design.weights.repairs import CLIENTS, repairs_of
from evaluation.design.weights.rounding import on_the_grid
from evaluation.design.weights.rows import budgets, firm, soft
from evaluation.design.weights.shadows import shadows_of
from tender.model.design import BudgetRow, Prices
from tests.evaluation.design.cases import BEFORE, CASE, VOLUMES, per_group, with_subgroup

FORMS = (CASE, per_group())


def solved(case: DesignCase) -> tuple[Optimum, Prices]:
    """The optimum and the prices on the grid; both must exist."""
    best = LinearDesign(case, {}).optimum()
    assert best is not None
    prices = on_the_grid(case, best.values)
    assert prices is not None
    return best, prices


def with_budget(case: DesignCase, amount: Fraction | int) -> DesignCase:
    return replace(case, budgets=(BudgetRow("year", Fraction(amount), VOLUMES),))


@pytest.mark.parametrize("case", FORMS, ids=["base", "per-group"])
def test_the_proposal_is_better_and_no_dearer(case: DesignCase) -> None:
    """Margins lie closer together than at the source's weights, for the same money, and effort pays."""
    _, prices = solved(case)
    before, after = outlook_of(case, case.before), outlook_of(case, prices)
    assert after.spread < before.spread * 3 / 5
    assert after.cost <= before.cost
    assert after.broken == ()
    assert "effort[hard]" in before.broken


def test_the_source_s_weights_are_reckoned_as_published() -> None:
    """258, 319 and 245 euros for a new client, 1,075 euros a client-year, 58 % of outcome money to the easy group."""
    found = outlook_of(CASE, BEFORE)
    assert [round(one.per_entrant) for one in found.groups] == [258, 319, 245]
    assert round(found.client_year) == 1075
    assert round(found.easy_share * 100) == 58
    assert round(found.outcome_share * 100) == 51


@settings(max_examples=25)
@given(
    amount=st.integers(1_100_000, 2_500_000),
    dearer=st.integers(0, 30),
    margin=st.integers(0, 15),
    within=st.integers(1, 40),
    form=st.sampled_from(FORMS),
)
def test_every_proposal_lies_inside_ranges_and_budgets(
    amount: int, dearer: int, margin: int, within: int, form: DesignCase
) -> None:
    """Exactly: prices, weights and rounded unit prices times whole volumes; or there is none, and repairs are named."""
    case = with_subgroup(with_budget(form, amount), within=within)
    assumed = replace(case.assumptions, dearer=Fraction(dearer, 100), margin=Fraction(margin, 100))
    case = replace(case, assumptions=assumed)
    best = LinearDesign(case, {}).optimum()
    if best is None:
        assert repairs_of(case)
        return
    prices = on_the_grid(case, best.values)
    assert prices is not None
    assert weights_outside(case, prices) == ()
    for row in budgets(case):
        assert row.value(values_of(prices)) <= row.limit
    harder = [one.capitation for one in prices.groups], [one.outcome for one in prices.groups]
    assert all(list(each) == sorted(each) for each in harder)


def test_a_planted_subgroup_binds_the_price_of_its_group() -> None:
    """Where a fifth of the group brings half as many hours again, its row binds and lowers the hourly price."""
    _, free = solved(per_group())
    tight = with_subgroup(per_group(), "average", within=19)
    best, held = solved(tight)
    row = next(one for one in soft(tight) if one.name.startswith("subgroup"))
    assert row.lack(values_of(free)) > 0
    assert float(row.value({key: Fraction(value) for key, value in best.values.items()})) == pytest.approx(
        float(row.limit)
    )
    assert held.groups[1].outcome < free.groups[1].outcome


def test_a_subgroup_that_cannot_be_held_is_named() -> None:
    """When the rule asks for more than the range allows, the proposal says what it lacks and for whom."""
    case = with_subgroup(within=1)
    best, prices = solved(case)
    assert best.lack > 0
    assert any(name == "subgroup[easy,recalled]" for name in broken_by(case, prices))


def test_a_budget_that_is_too_small_names_its_repairs() -> None:
    """Each repair alone makes the design possible; a cent less does not."""
    case = with_budget(CASE, 1_000_000)
    assert LinearDesign(case, {}).optimum() is None
    repairs = {one.rule: one for one in repairs_of(case)}
    assert {"budget[year]", "participation", CLIENTS} <= set(repairs)
    needed = repairs["budget[year]"].needed
    assert needed is not None
    assert LinearDesign(with_budget(CASE, needed), {}).optimum() is not None
    assert LinearDesign(with_budget(CASE, needed - 1), {}).optimum() is None
    clients = repairs[CLIENTS].needed
    assert clients is not None
    assert LinearDesign(with_budget(CASE, Fraction(1_000_000 * 1400) / clients), {}).optimum() is not None
    assert LinearDesign(with_budget(CASE, Fraction(1_000_000 * 1400) / (clients + 1)), {}).optimum() is None


def test_faults_that_only_several_changes_mend_are_named_together() -> None:
    """A tiny budget under a large floor: no single change helps, and the list has more than one."""
    case = with_budget(replace(CASE, assumptions=replace(CASE.assumptions, reserve=Fraction(-300))), 300_000)
    repairs = repairs_of(case)
    assert len(repairs) > 1
    assert CLIENTS not in {one.rule for one in repairs}


def test_the_worth_of_the_money_is_the_finite_difference() -> None:
    """So many euros more lower the spread by so many times what one more euro is worth."""
    best, _ = solved(CASE)
    money = next(one for one in shadows_of(CASE, best) if one.rule.startswith("budget"))
    assert money.goal == SPREAD
    assert money.until is not None
    step = money.until / 2
    eased = LinearDesign(CASE, {money.rule: money.limit + step}).optimum()
    assert eased is not None
    assert best.spread - eased.spread == pytest.approx(float(money.worth * step), rel=1e-4)


def test_the_worth_ends_where_it_is_said_to() -> None:
    """Before the breakpoint one more euro is worth the same, behind it less."""
    best, _ = solved(CASE)
    money = next(one for one in shadows_of(CASE, best) if one.rule.startswith("budget"))
    assert money.until is not None
    at, behind = (LinearDesign(CASE, {money.rule: money.limit + money.until * share}).optimum() for share in (1, 2))
    assert at is not None
    assert behind is not None
    straight = best.spread - float(money.worth * money.until)
    assert at.spread == pytest.approx(straight, abs=1e-3)
    assert behind.spread > straight - float(money.worth * money.until) + 1e-3


def test_rows_are_named_after_rules_and_groups() -> None:
    """Every name is there once, and says what it is about."""
    names = [one.name for one in (*firm(CASE), *soft(with_subgroup()))]
    assert len(names) == len(set(names))
    assert {"budget[own]", "budget[year]", "participation", "liquidity", "order[c,hard]", "effort[easy]",
            "subgroup[easy,recalled]", "weight-highest[o,hard]", "range-lowest[c,base]"} <= set(names)  # fmt: skip


def test_order_of_the_groups_holds_where_margins_would_turn_it() -> None:
    """When the easy group is the dearest to serve, the harder ones are still paid no less."""
    groups = tuple(replace(one, duty_cost=Fraction(cost)) for one, cost in zip(CASE.groups, (80, 59, 40), strict=True))
    case = replace(CASE, assumptions=replace(CASE.assumptions, groups=groups))
    best = LinearDesign(case, {}).optimum()
    assert best is not None
    for letter in "co":
        values = [best.values[f"{letter}[{group.group}]"] for group in case.groups]
        assert values == pytest.approx(sorted(values))


def test_rules_are_worth_something_where_only_wishes_collide() -> None:
    """Effort wants a higher hourly price than the subgroup's rule allows; money is still worth evener margins."""
    case = with_subgroup(per_group(), "average", within=17)
    best = LinearDesign(case, {}).optimum()
    assert best is not None
    assert best.lack > 0
    assert {one.goal for one in shadows_of(case, best)} == {SPREAD}
