"""Tables as one set of cells and sums: shared margins, the stock of the last month, balances of stocks and flows."""

from __future__ import annotations

from datetime import date

import pytest

from tender.annexes.building.assembly import period_of, truth_of
from tender.annexes.building.linking import Frame, Period, frame_of, holding, linked
from tender.annexes.building.truth import Limits
from tender.annexes.disclosure.tables import broken_relations
from tender.model.annex import TOTAL
from tender.model.open_data import OpenTable, Quantity
from tests.tender.annexes.building.people import FLOWS, HOURS, STOCKS, axis_of, counted, declared, spells


def frames(*orders: OpenTable) -> list[Frame]:
    period = period_of(declared())
    return [
        frame_of(each, tuple(axis_of(dim.value, each.quantity) for dim in each.dimensions), period) for each in orders
    ]


def test_tables_of_one_quantity_share_their_margins() -> None:
    """Sex and age by municipality and group: their twelve margins are twelve cells, and each names both tables."""
    tables = linked(frames(*STOCKS[:2]))
    assert len(tables.cells) == 12 * 3 + 12 * 7 - 12
    shared = [spots for spots in tables.spots if len(spots) == 2]
    assert len(shared) == 12
    assert {(spots[0].table, spots[1].table) for spots in shared} == {("stock-sex", "stock-age")}
    assert all(spots[0].at[:2] == spots[1].at[:2] and spots[0].at[2] == TOTAL for spots in shared)


def test_the_last_month_is_the_reference_day() -> None:
    """The stock by month and the stock by sex share June's margins, and no others."""
    tables = linked(frames(STOCKS[0], STOCKS[4]))
    shared = [spots for spots in tables.spots if len(spots) == 2]
    assert len(shared) == 12
    assert {spots[1].at[2] for spots in shared} == {"2018-06"}


def test_counts_of_different_quantities_are_different_cells() -> None:
    """The inflow of a municipality is not its stock."""
    tables = linked(frames(STOCKS[0], FLOWS[0]))
    assert all(len(spots) == 1 for spots in tables.spots)


def test_stocks_and_flows_by_month_are_balanced() -> None:
    """Five steps between six months, for every municipality and group and their totals."""
    tables = linked(frames(*STOCKS, *FLOWS))
    assert sum(len(lot) for lot in tables.balances) == 5 * 12
    names = {relation.name for lot in tables.balances for relation in lot}
    assert f"balance[{TOTAL},{TOTAL},{TOTAL},{TOTAL},{TOTAL},{TOTAL},{TOTAL},2018-03]" in names
    assert linked(frames(*STOCKS, FLOWS[0])).balances == (), "without an outflow nothing balances"


def test_every_sum_and_balance_holds_for_real_counts() -> None:
    """Planted at random, counted by hand: no relation is broken, and all balances are taken."""
    orders = (*STOCKS, *FLOWS, *HOURS)
    truth = truth_of(counted(orders, spells(400)), declared(orders))
    assert broken_relations(truth.system()) == ()
    assert sum(relation.name.startswith("balance[") for relation in truth.relations) == 60


def test_a_balance_that_does_not_hold_takes_its_whole_lot_with_it() -> None:
    """Who moves between municipalities breaks their balances, and those of all of both together still hold."""
    tables = linked(frames(STOCKS[4], *FLOWS[:2]))
    values: list[int | None] = [0] * len(tables.cells)
    lot = max(tables.balances, key=len)
    values[lot[0].terms[0][0]] = 1
    kept = holding(tables.balances, values)
    assert not set(kept) & set(lot)
    assert len(kept) == 60 - len(lot)
    values[lot[0].terms[1][0]] = None
    assert lot[0] in holding([lot[:1]], values), "what is not known is not broken"


@pytest.mark.parametrize(
    ("last", "code"),
    [(date(2018, 6, 30), "2018-06"), (date(2018, 6, 15), "2018-06-15"), (date(2020, 2, 29), "2020-02")],
)
def test_a_reference_day_within_a_month_is_a_stock_of_its_own(last: date, code: str) -> None:
    """A release of the 15th and one of the month's end count different days."""
    period = Period(date(2018, 1, 1), last)
    assert period.stock == code
    assert period.code(Quantity.STOCK, f"{last:%Y-%m}") == code
    assert period.code(Quantity.STOCK, TOTAL) == code
    assert period.code(Quantity.INFLOW, f"{last:%Y-%m}") == f"{last:%Y-%m}"
    assert period.code(Quantity.INFLOW, TOTAL) == f"2018-01-01/{last}"


def test_what_does_not_hang_together_is_a_block_of_its_own() -> None:
    """Stocks and flows hang together by their balances; hours do not, and neither do stocks without flows."""
    orders = (*STOCKS, *FLOWS, *HOURS)
    blocks = truth_of(counted(orders, spells(300)), declared(orders)).blocks(Limits(5, 10))
    assert [block.amounts for block in blocks] == [False, True]
    assert sum(len(block.cells) for block in blocks) == 532
    lone = truth_of(counted(STOCKS, spells(300)), declared(STOCKS)).blocks(Limits(5, 10))
    assert [len(block.cells) for block in lone] == [276, 12, 12, 12, 12, 12], "five earlier months stand alone"
