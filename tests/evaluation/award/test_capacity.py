"""Whether a set can serve the forecast: exact, with reasons, against brute force."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.capacity import (
    Demand,
    Supply,
    carried,
    cheapest_plan,
    demand_of,
    obstacles,
    scaled_costs,
    shortages_of_any,
    supply_of,
)
from evaluation.award.market import Cell
from tender.errors import BlockedError
from tests.evaluation.award.build import make_bid, selection_tender
from tests.sample import sample_tender

CELLS: tuple[Cell, ...] = (("a", "g"), ("a", "h"), ("b", "g"), ("b", "h"))


def demand(*needs: int, ceiling: Fraction | None = None) -> Demand:
    """Needs of the four cells in order; zero needs are left out."""
    return Demand({cell: need for cell, need in zip(CELLS, needs, strict=True) if need}, ceiling)


def supply(bidder: str, total: int, *cells: int, cost: int | Fraction = 0) -> Supply:
    """A supply with its four cells in order and one cost for all groups."""
    return Supply(bidder, total, dict(zip(CELLS, cells, strict=True)), {"g": Fraction(cost), "h": Fraction(cost)})


@st.composite
def instances(draw: st.DrawFn) -> tuple[Demand, list[Supply]]:
    """Small demands and supplies, feasible about as often as not."""
    numbers = st.integers(0, 4)
    needs = draw(st.lists(numbers, min_size=4, max_size=4))
    supplies = [
        supply(bidder, draw(st.integers(0, 8)), *draw(st.lists(numbers, min_size=4, max_size=4)))
        for bidder in "ABC"[: draw(st.integers(1, 3))]
    ]
    return demand(*needs), supplies


def hall(wanted: Demand, supplies: list[Supply]) -> bool:
    """Feasible by Hall's condition over every set of cells: an oracle that knows nothing of flows."""
    cells = list(wanted.needs)
    subsets = chain.from_iterable(combinations(cells, size) for size in range(1, len(cells) + 1))
    return all(carried(supplies, subset) >= sum(wanted.needs[cell] for cell in subset) for subset in subsets)


@given(instances())
@settings(max_examples=200, deadline=None)
def test_feasible_exactly_when_every_set_of_cells_can_be_carried(instance: tuple[Demand, list[Supply]]) -> None:
    """The flow and Hall's condition agree, and the plan serves everyone within every limit."""
    wanted, supplies = instance
    feasible = hall(wanted, supplies)
    assert (obstacles(wanted, supplies) == ()) == feasible
    plan = cheapest_plan(wanted, supplies)
    assert (plan is not None) == feasible
    if plan is None:
        return
    for cell, need in wanted.needs.items():
        assert sum(place.clients for place in plan.places if (place.area, place.group) == cell) == need
    for one in supplies:
        own = [place for place in plan.places if place.bidder == one.bidder]
        assert sum(place.clients for place in own) <= one.total
        assert all(0 < place.clients <= one.cells[place.area, place.group] for place in own)


@given(instances())
@settings(max_examples=200, deadline=None)
def test_every_reason_is_true(instance: tuple[Demand, list[Supply]]) -> None:
    """The capacity that a reason names is really less than the need that it names, for the cells that it names."""
    wanted, supplies = instance
    for obstacle in obstacles(wanted, supplies):
        values = obstacle.values
        named = values.get("cells", "").split(", ")
        cells = [
            (area, group)
            for area, group in wanted.needs
            if values.get("area", area) == area
            and values.get("group", group) == group
            and ("cells" not in values or f"{area}/{group}" in named)
        ]
        assert int(values["capacity"]) == carried(supplies, cells)
        assert int(values["need"]) == sum(wanted.needs[cell] for cell in cells)
        assert int(values["capacity"]) < int(values["need"])


@pytest.mark.parametrize(
    ("needs", "supplies", "expected"),
    [
        ((4, 4, 0, 0), [(7, 9, 9, 9, 9)], [("total_capacity", {"capacity": "7", "need": "8"})]),
        (
            (4, 4, 4, 4),
            [(99, 9, 9, 3, 3)],
            [
                ("coverage_area", {"area": "b", "capacity": "6", "need": "8"}),
                ("coverage", {"area": "b", "group": "g", "capacity": "3", "need": "4"}),
                ("coverage", {"area": "b", "group": "h", "capacity": "3", "need": "4"}),
            ],
        ),
        (
            (4, 4, 4, 4),
            [(5, 9, 0, 9, 0), (5, 9, 0, 9, 0), (9, 0, 9, 0, 3)],
            [("coverage", {"area": "b", "group": "h", "capacity": "3", "need": "4"})],
        ),
        (
            (4, 4, 4, 4),
            [(7, 9, 0, 9, 0), (9, 0, 9, 0, 9)],
            [("coverage_group", {"group": "g", "capacity": "7", "need": "8"})],
        ),
    ],
)
def test_reasons_are_named(
    needs: tuple[int, ...], supplies: list[tuple[int, ...]], expected: list[tuple[str, dict[str, str]]]
) -> None:
    """All clients, an area, a group, a cell: what is short is said with its numbers."""
    found = obstacles(demand(*needs), [supply(name, *numbers) for name, numbers in zip("ABC", supplies, strict=False)])
    named = [(obstacle.rule, dict(obstacle.values)) for obstacle in found]
    assert all(one in named for one in expected)
    assert {rule for rule, _ in expected} <= {rule for rule, _ in named}


def test_a_shortage_without_a_name_lists_its_cells() -> None:
    """Two cells of different areas and groups that hang on one provider: only the cut tells."""
    wanted = demand(3, 3, 3, 3)
    supplies = [supply("A", 5, 3, 0, 0, 3), supply("B", 8, 0, 4, 4, 0)]
    (obstacle,) = obstacles(wanted, supplies)
    assert obstacle.rule == "coverage_cells"
    assert dict(obstacle.values) == {"cells": "a/g, b/h", "capacity": "5", "need": "6"}


def test_the_budget_is_exact_to_the_smallest_fraction() -> None:
    """A third of a euro over the ceiling is over; the cost is shown rounded up, so it never looks within."""
    supplies = [supply("A", 9, 9, 9, 9, 9, cost=Fraction(1, 3))]
    assert obstacles(demand(1, 0, 0, 0, ceiling=Fraction(1, 3)), supplies) == ()
    (obstacle,) = obstacles(demand(1, 0, 0, 0, ceiling=Fraction(1, 3) - Fraction(1, 10**12)), supplies)
    assert obstacle.rule == "budget"
    assert obstacle.values["cost"] == "0.34"


def test_the_cheapest_plan_uses_the_cheaper_provider_first() -> None:
    """And the dear one only for the rest."""
    supplies = [supply("A", 3, 9, 9, 9, 9, cost=5), supply("B", 9, 9, 9, 9, 9, cost=7)]
    plan = cheapest_plan(demand(4, 0, 0, 0), supplies)
    assert plan is not None
    assert plan.cost == 3 * 5 + 7
    assert {place.bidder: place.clients for place in plan.places} == {"A": 3, "B": 1}


def test_what_no_set_can_carry_is_known_without_looking_at_sets() -> None:
    """The largest two carry 15 of 16; of area b the largest two carry 2 of 4."""
    supplies = [supply("A", 8, 9, 9, 1, 0), supply("B", 7, 9, 9, 0, 1), supply("C", 1, 9, 9, 1, 0)]
    found = shortages_of_any(demand(6, 6, 2, 2), supplies, 2)
    assert ("total_capacity", "15", "16") in [(o.rule, o.values["capacity"], o.values["need"]) for o in found]
    assert ("coverage_area", "2", "4") in [(o.rule, o.values["capacity"], o.values["need"]) for o in found]
    assert shortages_of_any(demand(6, 6, 0, 0), supplies, 2) == ()


def test_demand_is_the_forecast_by_cell() -> None:
    """The pilot's 1,400 clients in six cells, and the ceiling of the sample."""
    wanted = demand_of(sample_tender())
    assert wanted.total == 1400
    assert wanted.needs["lapinlahti", "hard"] == 157
    assert wanted.ceiling == 2_000_000


def test_empty_cells_need_nothing() -> None:
    """An area without clients of a group asks for no places there."""
    tender = selection_tender({("a", "g"): 5, ("b", "h"): 5}, providers=1)
    assert set(demand_of(tender).needs) == {("a", "g"), ("b", "h")}


def test_supply_is_capped_and_costs_a_place_year() -> None:
    """12 client-months a place at the tendered price; the client cap binds below the tendered capacity."""
    tender = selection_tender(cap=500)
    bid = make_bid(tender, "A", total=900, cells=800, prices=Decimal("10.50"))
    offered = supply_of(tender, bid)
    assert offered.total == 500
    assert offered.cells == {("here", "all"): 800}
    assert offered.costs == {"all": Fraction("126")}


@pytest.mark.parametrize(("total", "cells"), [(None, 5), (5, {("here", "all"): None})])
def test_a_blank_capacity_is_never_zero(total: int | None, cells: int | dict[Cell, int | None]) -> None:
    """A blank that slipped through stops the work."""
    tender = selection_tender()
    with pytest.raises(BlockedError, match=r"award\.capacity-missing"):
        supply_of(tender, make_bid(tender, "A", total=total, cells=cells))


def test_costs_over_a_common_denominator_are_whole() -> None:
    """Nothing is lost on the way to whole numbers."""
    scale, costs = scaled_costs(
        [supply("A", 1, 1, 1, 1, 1, cost=Fraction(1, 6)), supply("B", 1, 1, 1, 1, 1, cost=Fraction(3, 4))]
    )
    assert scale == 12
    assert costs == ({"g": 2, "h": 2}, {"g": 9, "h": 9})
