"""Every row of the model by hand, on the pilot's figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluation.design.weights.outlook import outlook_of, values_of
from evaluation.design.weights.rows import Line, columns_of, distances, firm, soft, spreads
from tender.model.design import Span
from tender.solving import Sense
from tests.evaluation.design.cases import BEFORE, CASE, per_group, with_subgroup

LINES = {line.name: line for line in (*firm(CASE), *soft(with_subgroup()))}
AT = values_of(BEFORE)


def row(name: str) -> Line:
    return LINES[name]


def test_a_year_at_the_source_s_prices() -> None:
    """740,073.60 + 764,540.00 euros: the example's own reckoning."""
    assert row("budget[year]").value(AT) == Fraction("1504613.60")
    assert row("budget[own]").limit == Fraction("1504613.60")
    assert CASE.own_cost() == Fraction("1504613.60")


def test_a_little_more_money_moves_the_own_budget() -> None:
    """Five percent dearer is five percent more."""
    case = replace(CASE, assumptions=replace(CASE.assumptions, dearer=Fraction(5, 100)))
    assert next(line for line in firm(case) if line.name == "budget[own]").limit == Fraction("1504613.60") * 105 / 100


def test_participation_is_income_against_costs_and_margin() -> None:
    """Obligations for every client-month, effort for every new client, eight percent on both."""
    cost = (
        4320 * (54 + 53 * Fraction(40, 100))
        + 6216 * (59 + 74 * Fraction(13, 100))
        + 6264 * (63 + 96 * Fraction(4, 100))
    )
    assert CASE.year_cost() == cost
    line = row("participation")
    assert line.limit == cost * Fraction(108, 100)
    assert line.value(AT) == Fraction("1504613.60")
    assert line.sense is Sense.AT_LEAST


def test_liquidity_counts_capitation_only() -> None:
    """Until the first outcome pay a provider has capitation and its own reserve."""
    line = row("liquidity")
    assert set(line.terms) == {"c[easy]", "c[average]", "c[hard]"}
    start = {"easy": 1800, "average": 2590, "hard": 2610}
    assert {name: line.terms[f"c[{name}]"] for name in start} == start
    costs = 1800 * (54 + Fraction("21.2")) + 2590 * (59 + 74 * Fraction(13, 100)) + 2610 * (63 + 96 * Fraction(4, 100))
    assert line.limit == costs - 233 * 1400


@pytest.mark.parametrize(("name", "holds"), [("outcome-share[lowest]", True), ("outcome-share[highest]", True)])
def test_shares_of_outcome_pay_are_linear(name: str, holds: bool) -> None:  # noqa: FBT001
    """Between 30 and 60 percent: 50.8 percent holds both, and a share of exactly the end is no lack."""
    assert (row(name).lack(AT) == 0) is holds
    share = Fraction("764540") / Fraction("1504613.60")
    edge = replace(CASE, assumptions=replace(CASE.assumptions, outcome_share=Span(share, share)))
    assert next(line for line in firm(edge) if line.name == name).value(AT) == 0


def test_weights_are_linear_in_the_base() -> None:
    """0.9 times the base lies inside 0.675 and 1.125 times the base; at both ends nothing is lacking."""
    for end, weight in (("lowest", Fraction("0.675")), ("highest", Fraction("1.125"))):
        line = row(f"weight-{end}[c,easy]")
        assert line.lack(AT) == 0
        assert line.value({"c[easy]": 42 * weight, "c[base]": Fraction(42)}) == 0
        worse = 42 * weight + (-1 if end == "lowest" else 1)
        assert line.lack({"c[easy]": worse, "c[base]": Fraction(42)}) == 1


def test_effort_must_pay_ten_percent_more_than_it_costs() -> None:
    """A quarter of 806.6 hours at 0.32 euros against 58.30 euros."""
    line = row("effort[easy]")
    assert line.limit == Fraction("58.3")
    assert float(line.value(AT)) == pytest.approx(64.5, abs=0.1)
    assert line.lack(AT) == 0
    assert row("effort[hard]").lack(AT) > 0


def test_a_subgroup_may_be_worth_its_limit_over_a_stay() -> None:
    """Half of 806.6 hours more at 0.32 euros against 15 euros in 2.5 months."""
    line = row("subgroup[easy,recalled]")
    assert line.limit == Fraction("37.5")
    assert float(line.value(AT)) == pytest.approx(129.1, abs=0.1)


def test_subgroups_with_fewer_hours_need_no_row() -> None:
    """Nobody creams those who bring less."""
    case = with_subgroup()
    fewer = replace(case.groups[0].subgroups[0], hours=Fraction(1, 2))
    groups = (replace(case.groups[0], subgroups=(fewer,)), *case.groups[1:])
    case = replace(case, assumptions=replace(case.assumptions, groups=groups))
    assert not [line for line in soft(case) if line.name.startswith("subgroup")]


def test_the_spread_is_that_of_the_outlook() -> None:
    """At the source's prices the largest distance needs exactly the spread that the outlook prints."""
    wanted = outlook_of(CASE, BEFORE).spread
    held = {**AT, "spread": wanted}
    assert all(line.lack(held) == 0 for line in spreads(CASE))
    assert any(line.lack({**AT, "spread": wanted - Fraction(1, 100)}) > 0 for line in spreads(CASE))


def test_margins_balance_around_their_mean() -> None:
    """Weighed by client-months the distances from the mean add up to nothing."""
    groups = outlook_of(CASE, BEFORE).groups
    months = sum(one.client_months for one in groups)
    mean = sum(one.margin * one.client_months for one in groups) / months
    assert sum((one.margin - mean) * one.client_months for one in groups) == 0
    whole = sum(one.margin * one.client_months for one in groups)
    assert whole == Fraction("1504613.60") - CASE.year_cost()


def test_distance_is_a_share_of_the_old_price() -> None:
    """A tenth more than the old price needs a tenth of distance, and so does a tenth less."""
    for sign, factor in (("+", Fraction(11, 10)), ("-", Fraction(9, 10))):
        line = next(one for one in distances(CASE) if one.name == f"distance{sign}[c[easy]]")
        at = {"c[easy]": Fraction("37.8") * factor, "far[c[easy]]": Fraction(1, 10)}
        assert line.value(at) == line.limit


def test_columns_have_ranges_where_prices_are_tendered() -> None:
    """With a base only the base has one; per group every group has its own."""
    found = columns_of(CASE)
    assert found["c[base]"] == Span(Fraction(34), Fraction(50))
    assert found["c[easy]"] is None
    assert set(columns_of(per_group())) == {
        f"{part}[{group}]" for part in "co" for group in ("easy", "average", "hard")
    }
    assert all(columns_of(per_group()).values())
