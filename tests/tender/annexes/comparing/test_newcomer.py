"""The newcomer test: what an annex alone lets anybody reckon, and when that is too little."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from tender.annexes.building.assembly import build_annex, truth_of
from tender.annexes.building.protecting import Guarding
from tender.annexes.building.truth import Counts
from tender.annexes.comparing.filling import Filling
from tender.annexes.comparing.newcomer import PASS_MARK, Newcomer, newcomer
from tender.annexes.comparing.worth import Rates
from tender.annexes.counts import TrueTable
from tender.errors import Severity
from tender.model.annex import TOTAL, Annex, AnnexCell, CellStatus
from tender.model.open_data import Guard, OpenTable, Quantity
from tests.sample import sample_tender
from tests.tender.annexes.building.people import FLOWS, HOURS, STOCKS, counted, declared, order, spells
from tests.tender.annexes.instances import still

ORDERS = (STOCKS[0], FLOWS[0], *HOURS)
RATES = {group: Rates(Fraction(42), Fraction(4, 5)) for group in ("easy", "average", "hard")}


@cache
def tables(orders: tuple[OpenTable, ...] = ORDERS, people: int = 600) -> tuple[TrueTable, ...]:
    return counted(orders, spells(people, 5))


@cache
def annex(guard: Guard = Guard.SUPPRESS, orders: tuple[OpenTable, ...] = ORDERS, people: int = 600) -> Annex:
    made, wish = tables(orders, people), declared(orders, guard)
    how = Guarding(wish, b"a secret seed", still, 60.0)
    return build_annex(sample_tender(), made, truth_of(made, wish), how, synthetic=True)[0]


def truth(orders: tuple[OpenTable, ...] = ORDERS, people: int = 600) -> Counts:
    return {table.order.id: table.cells for table in tables(orders, people)}


def tried(of: Annex, orders: tuple[OpenTable, ...] = ORDERS, mark: Fraction = PASS_MARK) -> Newcomer:
    return newcomer(of, truth(orders), declared(orders), RATES, Filling.MIDPOINT, mark)


def without(of: Annex, hidden: set[tuple[str, tuple[str, ...]]]) -> Annex:
    """`of` with further cells hidden."""
    return replace(of, tables=tuple(
        replace(table, cells=tuple(
            AnnexCell(cell.at, None, CellStatus.HIDDEN) if (table.id, cell.at) in hidden else cell
            for cell in table.cells
        ))
        for table in of.tables
    ))  # fmt: skip


def test_group_totals_that_are_shown_are_reckoned_exactly() -> None:
    """Hundreds of clients in each group: nothing of the totals is hidden, so nothing differs, to the last cent."""
    found = tried(annex(), mark=Fraction(0))
    assert found.findings == ()
    assert all(sums.farthest == 0 for sums in found.groups.values())
    counts = truth()
    stock, hours = counts["stock-sex"][TOTAL, "easy", TOTAL].amount, counts["hours"][TOTAL, "easy"].amount
    assert found.groups["easy"].revenue.true == 12 * 42 * stock + Fraction(4, 5) * 2 * hours
    inflow = counts["inflow-month"][TOTAL, "easy", TOTAL].amount
    assert found.groups["easy"].cost.seen == 25 * 12 * stock + 60 * 2 * inflow
    assert found.whole.revenue.true == sum(sums.revenue.true for sums in found.groups.values())


def test_hidden_totals_fail_and_name_the_groups() -> None:
    """All stocks of two groups and their hours hidden: each gets the middle of what is left, and the test says so."""
    found = tried(without(annex(), {
        (table.id, cell.at) for table in annex().tables for cell in table.cells
        if table.quantity in {Quantity.STOCK, Quantity.HOURS} and cell.at[1] in {"easy", "hard"}
    }))  # fmt: skip
    named = {finding.values["group"]: finding for finding in found.findings}
    assert set(named) <= {"easy", "hard"}
    assert named
    assert all(finding.severity is Severity.BLOCK and finding.rule == "annex.newcomer" for finding in named.values())
    for group, finding in named.items():
        assert found.groups[group].farthest > PASS_MARK
        assert finding.values["mark"] == "2.0"
    assert found.groups["average"].farthest == 0


def test_what_the_annex_does_not_tell_is_named() -> None:
    """Without hours and inflow nobody can price: a finding for each group and quantity."""
    orders = (STOCKS[0],)
    found = tried(annex(orders=orders), orders)
    assert sorted(finding.rule for finding in found.findings) == [
        "annex.newcomer-hours", "annex.newcomer-hours", "annex.newcomer-hours",
        "annex.newcomer-starts", "annex.newcomer-starts", "annex.newcomer-starts",
    ]  # fmt: skip
    lone = (order("stock-place", Quantity.STOCK, "municipality", "sex"), *ORDERS[1:])
    assert not any(finding.rule == "annex.newcomer-months" for finding in tried(annex(), ORDERS).findings)
    assert tried(annex(orders=lone), lone).findings[0].rule == "annex.newcomer-months"


@pytest.mark.parametrize("people", [60, 600])
def test_rounded_annexes_differ_by_what_rounding_changed(people: int) -> None:
    """A rounded annex leaves no blank; of few people the difference is larger, and the mark decides."""
    made = annex(Guard.ROUND, ORDERS, people)
    found = newcomer(made, truth(ORDERS, people), declared(ORDERS, Guard.ROUND), RATES, Filling.EVEN)
    shown = {cell.at: cell.value for cell in made.table("stock-sex").cells}
    true = truth(ORDERS, people)["stock-sex"]
    moved = {group: (shown[TOTAL, group, TOTAL] or 0) - true[TOTAL, group, TOTAL].amount for group in RATES}
    starts = {cell.at: cell.value for cell in made.table("inflow-month").cells}
    more = {
        group: (starts[TOTAL, group, TOTAL] or 0) - truth(ORDERS, people)["inflow-month"][TOTAL, group, TOTAL].amount
        for group in RATES
    }
    for group, sums in found.groups.items():
        assert sums.cost.seen - sums.cost.true == 25 * 12 * moved[group] + 60 * 2 * more[group]


def test_a_stricter_mark_fails_sooner() -> None:
    """The same figures: a mark above the largest difference passes, one below it does not."""
    made = annex(Guard.ROUND, ORDERS, 60)
    far = max(sums.farthest for sums in newcomer(made, truth(ORDERS, 60), declared(), RATES).groups.values())
    assert far > 0
    assert newcomer(made, truth(ORDERS, 60), declared(), RATES, pass_mark=far).findings == ()
    assert newcomer(made, truth(ORDERS, 60), declared(), RATES, pass_mark=far * Fraction(99, 100)).findings
