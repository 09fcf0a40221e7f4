"""Counts agree with plain Python, row by row; edges of days, months and persons; identities that must hold."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender.annexes.counts import TrueCell, TrueTable
from tender.annexes.register.counting import count_tables
from tender.annexes.register.register import read_register
from tender.errors import InputError, UsageError
from tender.language import Language
from tender.model.annex import TOTAL
from tender.model.open_data import Breakdown as By
from tender.model.open_data import OpenTable
from tender.model.open_data import Quantity as Of
from tests.sample import sample_tender
from tests.tender.annexes.register.registers import FLOW_FROM, REFERENCE_DAY, Spell, oracle, ordered, table, written

TABLES = (
    table(Of.STOCK, By.MUNICIPALITY, By.GROUP, By.SEX),
    table(Of.STOCK, By.AGE, By.DURATION),
    table(Of.STOCK, By.MONTH, By.GROUP),
    table(Of.STOCK, By.OCCUPATION),
    table(Of.INFLOW, By.MONTH, By.GROUP),
    table(Of.OUTFLOW, By.MUNICIPALITY, By.DESTINATION, By.EDUCATION),
    table(Of.OUTFLOW, By.DURATION, By.MONTH),
    table(Of.HOURS, By.MUNICIPALITY, By.GROUP),
)


def counted(folder: Path, spells: list[Spell], *tables: OpenTable) -> tuple[TrueTable, ...]:
    """The tables that DuckDB counts of `spells`."""
    tender = ordered(*tables)
    with read_register(written(folder, spells), tender, folder) as register:
        return count_tables(register, tender)


def filled(found: TrueTable) -> dict[tuple[str, ...], TrueCell]:
    """Cells that somebody is in."""
    return {at: cell for at, cell in found.cells.items() if cell.persons}


DAYS = st.dates(FLOW_FROM - timedelta(days=500), REFERENCE_DAY + timedelta(days=40))
EDGES = st.sampled_from([REFERENCE_DAY, FLOW_FROM, FLOW_FROM - timedelta(days=1), REFERENCE_DAY - timedelta(days=29),
                         date(2019, 8, 31), date(2019, 11, 30)])  # fmt: skip


@st.composite
def spell(draw: st.DrawFn) -> Spell:
    """A spell, often on an edge."""
    started = draw(DAYS | EDGES)
    length = draw(st.none() | st.sampled_from([0, 1, 28, 30, 31]) | st.integers(0, 500))
    ended = None if length is None else started + timedelta(days=length)
    destination = "" if ended is None else draw(st.sampled_from(["open-work", "outside", "training"]))
    hours = draw(st.none() | st.integers(0, 2000)) if destination == "open-work" else None
    return Spell(
        draw(st.sampled_from([f"c{number}" for number in range(8)])),
        draw(st.sampled_from(["siilinjarvi", "lapinlahti"])), draw(st.sampled_from(["easy", "average", "hard"])),
        draw(st.sampled_from(["female", "male"])), draw(st.integers(1955, 2003)),
        draw(st.sampled_from(["basic", "tertiary"])), draw(st.sampled_from(["5", "0110", "X"])),
        started, ended, destination, hours,
    )  # fmt: skip


def unique(spells: list[Spell]) -> list[Spell]:
    """Without spells of one client that begin on the same day: the register refuses those."""
    return list({(one.client, one.started): one for one in spells}.values())


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spell(), min_size=1, max_size=40).map(unique))
def test_the_counts_are_those_of_plain_python(spells: list[Spell]) -> None:
    """Every table of a random register, cell by cell; what the oracle does not name is zero."""
    with tempfile.TemporaryDirectory() as folder:
        found = counted(Path(folder), spells, *TABLES)
    for true, order in zip(found, TABLES, strict=True):
        assert filled(true) == oracle(spells, ordered(order), order), order.id


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spell(), min_size=1, max_size=120).map(unique))
def test_many_registers_are_counted_as_by_plain_python(spells: list[Spell]) -> None:
    """The same, more often and with more rows."""
    with tempfile.TemporaryDirectory() as folder:
        found = counted(Path(folder), spells, *TABLES)
    for true, order in zip(found, TABLES, strict=True):
        assert filled(true) == oracle(spells, ordered(order), order), order.id


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(spell(), min_size=1, max_size=30).map(unique))
def test_stock_and_flows_agree(spells: list[Spell]) -> None:
    """Stock before + inflow − outflow = stock after, when no client has two spells at once."""
    alone = [Spell(**{**one.__dict__, "client": f"p{number}"}) for number, one in enumerate(spells)]
    tables = (table(Of.STOCK, By.GROUP), table(Of.INFLOW, By.GROUP), table(Of.OUTFLOW, By.GROUP))
    with tempfile.TemporaryDirectory() as folder:
        stock, inflow, outflow = counted(Path(folder), alone, *tables)
    day_before = FLOW_FROM - timedelta(days=1)
    before = sum(one.started <= day_before and (one.ended is None or one.ended > day_before) for one in alone)
    total = (TOTAL,)
    assert before + inflow.cells[total].amount - outflow.cells[total].amount == stock.cells[total].amount


@pytest.mark.parametrize(
    ("started", "ended", "stands"),
    [
        (REFERENCE_DAY, None, 1),
        (REFERENCE_DAY, REFERENCE_DAY, 0),
        (date(2019, 1, 1), REFERENCE_DAY, 0),
        (date(2019, 1, 1), REFERENCE_DAY + timedelta(days=1), 1),
        (REFERENCE_DAY + timedelta(days=1), None, 0),
    ],
)
def test_the_edge_of_the_reference_day(tmp_path: Path, started: date, ended: date | None, stands: int) -> None:
    """A spell stands at the end of the day on which it begins, and no longer on the day on which it ends."""
    one = Spell(started=started, ended=ended, destination="outside" if ended else "")
    (stock,) = counted(tmp_path, [one], table(Of.STOCK, By.GROUP))
    assert stock.cells["easy",].persons == stands


@pytest.mark.parametrize(
    ("started", "code"),
    [
        (date(2019, 11, 29), "from-3"),
        (date(2019, 11, 30), "under-3"),
        (date(2019, 2, 28), "from-12"),
        (date(2019, 3, 1), "from-6"),
        (date(2019, 8, 29), "from-6"),
        (date(2019, 8, 30), "from-3"),
    ],
)
def test_a_month_is_full_when_its_day_has_come(tmp_path: Path, started: date, code: str) -> None:
    """On 29 February: a spell of 30 November is not three months old, one of 29 November is."""
    (stock,) = counted(tmp_path, [Spell(started=started)], table(Of.STOCK, By.DURATION))
    assert filled(stock).keys() == {(code,), (TOTAL,)}


def test_a_client_with_two_spells_is_in_the_stock_once(tmp_path: Path) -> None:
    """Where the spell that began last says; the total is the sum of its parts all the same."""
    spells = [Spell(started=date(2019, 5, 1), municipality="lapinlahti"), Spell(started=date(2019, 9, 1))]
    (stock,) = counted(tmp_path, spells, table(Of.STOCK, By.MUNICIPALITY))
    assert {at: cell.persons for at, cell in filled(stock).items()} == {("siilinjarvi",): 1, (TOTAL,): 1}


def test_hours_know_the_two_largest_persons(tmp_path: Path) -> None:
    """Two jobs of one person are one part; a blank is left out, a zero is not."""
    day = date(2019, 10, 1)
    rows = [("a", 300), ("a", 250), ("b", 400), ("c", 0), ("d", None)]
    spells = [
        Spell(client, started=day + timedelta(days=number), ended=day + timedelta(days=number + 5),
              destination="open-work", hours=hours)
        for number, (client, hours) in enumerate(rows)
    ]  # fmt: skip
    (hours,) = counted(tmp_path, spells, table(Of.HOURS, By.GROUP))
    assert hours.cells["easy",] == TrueCell(3, 950, 550, 400)


def test_the_grid_is_full_and_speaks(tmp_path: Path) -> None:
    """Every combination stands there once, in the order of the axes, the total first, with words in three languages."""
    (stock, months) = counted(tmp_path, [Spell()], table(Of.STOCK, By.GROUP, By.AGE), table(Of.STOCK, By.MONTH))
    groups, ages = stock.axes
    assert list(stock.cells) == [(one.code, other.code) for one in groups.categories for other in ages.categories]
    assert groups.categories[0].code == TOTAL
    assert [one.label.sv for one in ages.categories] == ["Totalt", "under 25 år", "25–54 år", "55 år eller äldre"]
    assert [one.code for one in ages.categories] == [TOTAL, "under-25", "from-25", "from-55"]
    assert [one.parent for one in ages.categories] == ["", TOTAL, TOTAL, TOTAL]
    (axis,) = months.axes
    assert [one.code for one in axis.categories] == [
        *(f"2019-{month:02d}" for month in range(3, 13)), "2020-01", "2020-02",
    ]  # fmt: skip
    assert axis.ordered
    assert all(one.label.get(language) for one in axis.categories for language in Language)


def test_nothing_is_counted_without_an_order_or_groups(tmp_path: Path) -> None:
    """A tender without open data orders nothing; rows without groups wait for grouping, which goes by line."""
    tender = ordered(table(Of.STOCK, By.GROUP))
    with read_register(written(tmp_path, [Spell(group=""), Spell("c2", group="")]), tender, tmp_path) as register:
        with pytest.raises(UsageError, match=r"register\.no-order"):
            count_tables(register, sample_tender())
        with pytest.raises(InputError, match=r"register\.no-group"):
            count_tables(register, tender)
        assert list(register.spells("education", "birth_year")) == [(2, "basic", 1980), (3, "basic", 1980)]
        with pytest.raises(KeyError):
            next(register.spells("client"))
        register.assign([(2, "easy"), (3, "hard")])
        (stock,) = count_tables(register, tender)
    assert {at[0]: cell.persons for at, cell in filled(stock).items()} == {TOTAL: 2, "easy": 1, "hard": 1}
