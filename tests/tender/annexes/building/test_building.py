"""From true counts to an annex: what is hidden, what is rounded, what stays, and that the audit agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from tender.annexes.building.assembly import build_annex, truth_of
from tender.annexes.building.auditing import Audit, Flaw, audited, fitting, known_of, public_cells
from tender.annexes.building.protecting import Guarded, Guarding
from tender.annexes.building.truth import Counts, Limits, need_of
from tender.annexes.counts import TrueCell, TrueTable
from tender.errors import BlockedError
from tender.model.annex import TOTAL, Annex, AnnexCell, CellStatus
from tender.model.open_data import Guard, OpenTable, Quantity
from tests.sample import sample_tender
from tests.tender.annexes.building.people import FLOWS, HOURS, STOCKS, counted, declared, order, spells
from tests.tender.annexes.instances import still

SMALL = (STOCKS[0], order("stock-age", Quantity.STOCK, "municipality", "age"), *FLOWS[2:], *HOURS)


@cache
def tables(orders: tuple[OpenTable, ...] = SMALL, people: int = 200) -> tuple[TrueTable, ...]:
    return counted(orders, spells(people, 4))


def truth(orders: tuple[OpenTable, ...] = SMALL, people: int = 200) -> Counts:
    return {table.order.id: table.cells for table in tables(orders, people)}


@cache
def built(
    guard: Guard = Guard.SUPPRESS, orders: tuple[OpenTable, ...] = SMALL, people: int = 200, seed: bytes = b"seed"
) -> tuple[Annex, Guarded]:
    made, wish = tables(orders, people), declared(orders, guard)
    how = Guarding(wish, seed, still, 60.0)
    return build_annex(sample_tender(), made, truth_of(made, wish), how, synthetic=True)


def edited(annex: Annex, table: str, at: Sequence[str], value: int | None) -> Annex:
    """`annex` with another value in one cell."""
    status = CellStatus.HIDDEN if value is None else CellStatus.SHOWN if value else CellStatus.ZERO
    new = AnnexCell(tuple(at), value, status)
    return replace(
        annex,
        tables=tuple(
            replace(each, cells=tuple(new if each.id == table and cell.at == new.at else cell for cell in each.cells))
            for each in annex.tables
        ),
    )


def test_every_cell_says_what_was_counted_or_nothing() -> None:
    """Suppressed: every shown count is true, every count of 1 to 4 is hidden, the rest says zero or shown."""
    annex, found = built()
    counts = truth()
    for table in annex.tables:
        for cell in table.cells:
            true = counts[table.id][cell.at]
            if cell.value is None:
                assert cell.status is CellStatus.HIDDEN
                continue
            assert cell.value == true.amount
            assert cell.status is (CellStatus.SHOWN if true.amount else CellStatus.ZERO)
            assert not 0 < true.persons < 5 or not true.amount
    assert annex.protected.hidden == sum(cell.value is None for table in annex.tables for cell in table.cells)
    assert found.primaries < found.hidden <= annex.protected.hidden
    assert annex.protected.proven
    assert not annex.protected.gap
    assert audited(annex) == replace(audited(annex, (), counts), with_truth=False), "the truth finds nothing more"
    assert audited(annex).safe


def test_a_shared_margin_is_hidden_in_every_table_or_in_none() -> None:
    """What one table hides is not read off another."""
    annex, _ = built(orders=STOCKS[:2], people=150)
    by_age, by_sex = (
        {cell.at[:2]: cell.value for cell in annex.table(table).cells if cell.at[2] == TOTAL}
        for table in ("stock-age", "stock-sex")
    )
    assert by_age == by_sex


def test_the_same_counts_give_the_same_annex() -> None:
    """Nothing but the counts and the seed decides."""
    assert built(seed=b"other")[0] == built()[0]


def test_rounded_tables_have_no_blanks_and_still_add_up() -> None:
    """Counts become 0 or at least 5 in all tables together; hours keep their blanks; none says whether it changed."""
    annex, found = built(Guard.ROUND)
    counts = truth()
    changes = []
    for table in annex.tables:
        for cell in table.cells:
            if table.quantity is Quantity.HOURS:
                assert cell.status is not CellStatus.ROUNDED
                continue
            assert cell.status is CellStatus.ROUNDED
            assert cell.value is not None
            assert cell.value == 0 or cell.value >= 5
            changes.append(abs(cell.value - counts[table.id][cell.at].amount))
    assert max(changes) == annex.protected.largest_change > 0
    assert annex.protected.base == 5
    assert len(annex.protected.commitment) == 64
    assert found.hidden == sum(cell.value is None for cell in annex.table("hours").cells)
    assert audited(annex, (), counts).safe


def test_another_seed_draws_another_rounding_and_the_same_seed_the_same() -> None:
    """The draw follows from the seed alone; its commitment says which."""
    one, other = built(Guard.ROUND)[0], built(Guard.ROUND, seed=b"another")[0]
    assert one != other
    assert built(Guard.ROUND, people=200)[0] == one
    assert one.protected.commitment != other.protected.commitment


def test_hours_are_guarded_by_persons_and_by_shares() -> None:
    """One person, two persons, a dominated cell, a few persons with even parts, and many with even parts."""
    limits = Limits(5, 10)

    def reach(cell: TrueCell) -> int:
        need = need_of(0, cell, limits, amount=True)
        return need.up if need else 0

    assert reach(TrueCell(1, 1000, 1000)) == 100
    assert reach(TrueCell(2, 1500, 1000, 500)) == 100
    assert reach(TrueCell(6, 1000, 900, 40)) == 30, "10 % of 900 less the 60 that the others have"
    assert reach(TrueCell(3, 1500, 500, 500)) == 50, "no share dominates, yet they are three"
    assert reach(TrueCell(3, 3, 1, 1)) == 1
    assert reach(TrueCell(6, 6000, 1000, 1000)) == 0
    assert reach(TrueCell(2, 0, 0, 0)) == 0, "zero hours are shown"
    hours = built()[0].table("hours")
    shown = [cell.at for cell in hours.cells if cell.value]
    assert shown
    assert all(truth()["hours"][at].persons >= 5 for at in shown)


def test_few_persons_with_many_spells_are_few() -> None:
    """Three clients with six spells: the threshold speaks of persons."""
    need = need_of(0, TrueCell(3, 6), Limits(5, 10), amount=False)
    assert need is not None
    assert (need.down, need.up) == (6, 1)
    assert need_of(0, TrueCell(5, 6), Limits(5, 10), amount=False) is None


def _secondaries(annex: Annex) -> list[tuple[str, tuple[str, ...], int]]:
    """Hidden cells that are not small themselves, with their true values."""
    counts = truth()
    return [
        (table.id, cell.at, counts[table.id][cell.at].amount)
        for table in annex.tables
        for cell in table.cells
        if cell.value is None and counts[table.id][cell.at].persons >= 5 and table.quantity is not Quantity.HOURS
    ]


def test_a_planted_leak_is_named() -> None:
    """Each secondary cell shown in its turn: the audit with the truth always refuses, the one without mostly."""
    annex, counts = built()[0], truth()
    leaks = _secondaries(annex)
    assert len(leaks) >= 3
    named = 0
    for table, at, value in leaks:
        leaky = edited(annex, table, at, value)
        assert not audited(leaky, (), counts).safe
        public = audited(leaky)
        named += any(each.flaw in {Flaw.KNOWN, Flaw.SMALL} for each in public.flaws)
    assert named >= len(leaks) // 2


def test_the_cell_that_becomes_known_is_named_with_its_value() -> None:
    """A hidden pair: show the one, and the other follows exactly."""
    annex = built()[0]
    found: list[tuple[int, int]] = []
    for table, at, value in _secondaries(annex):
        for each in audited(edited(annex, table, at, value)).flaws:
            if each.flaw is Flaw.KNOWN:
                true = truth()[each.spot.table][each.spot.at]
                assert each.low == each.high
                found.append((each.low, true.amount))
    assert found
    assert all(low == true for low, true in found)


def _one(audit: Audit, flaw: Flaw) -> tuple[str, tuple[str, ...]]:
    (found,) = [each.spot for each in audit.flaws if each.flaw is flaw]
    return found.table, found.at


def test_a_small_count_that_is_shown_is_named() -> None:
    """The primary cell itself."""
    annex, counts = built()[0], truth()
    table, at, small = next(
        (table.id, cell.at, counts[table.id][cell.at].amount)
        for table in annex.tables
        for cell in table.cells
        if cell.value is None and 0 < counts[table.id][cell.at].amount < 5
    )
    assert _one(audited(edited(annex, table, at, small)), Flaw.SHOWN) == (table, at)


def test_a_changed_figure_is_named() -> None:
    """A sum that does not hold is found without the truth, a figure that was not counted with it."""
    annex = built()[0]
    at = next(cell.at for cell in annex.table("hours").cells if cell.value)
    value = truth()["hours"][at].amount
    wrong = edited(annex, "hours", at, value * 50)
    assert any(each.flaw is Flaw.SUM for each in audited(wrong).flaws)
    assert _one(audited(wrong, (), truth()), Flaw.DIFFERS) == ("hours", at)


def test_counts_that_contradict_each_other_are_refused() -> None:
    """Two tables that share a margin must agree on it, and parts make up their total."""
    first, second, *_ = counted(STOCKS[:2], spells(100))
    cells = {**first.cells, (TOTAL, TOTAL, TOTAL): TrueCell(999, 999)}
    with pytest.raises(BlockedError, match=r"annex\.contradiction"):
        truth_of((replace(first, cells=cells), second), declared(STOCKS[:2]))
    with pytest.raises(BlockedError, match=r"annex\.contradiction"):
        truth_of((replace(first, cells=cells),), declared(STOCKS[:1]))


def test_what_an_earlier_release_shows_is_no_hiding_place() -> None:
    """A release of one table shows its cells; the next, with more tables, hides none of them."""
    earlier = built(orders=STOCKS[:1])[0]
    later = tables(STOCKS[:2])
    wish = declared(STOCKS[:2])
    linked = truth_of(later, wish)
    known = fitting([known_of(earlier, "1/")], linked.tables, linked.values)
    public = public_cells(linked.tables, known)
    assert len(public) == sum(cell.value is not None for cell in earlier.table("stock-sex").cells)
    how = Guarding(wish, b"", still, 60.0, public)
    annex, _ = build_annex(sample_tender(), later, linked, how, synthetic=True)
    counts = {table.order.id: table.cells for table in later}
    assert audited(annex, known, counts).safe
    for cell in earlier.table("stock-sex").cells:
        assert cell.value is None or annex.table("stock-sex").cells[0].value is not None


def test_a_cell_that_an_earlier_release_shows_and_this_one_hides_is_named() -> None:
    """Hiding it now protects nobody."""
    annex = built(orders=STOCKS[:1])[0]
    at = next(cell.at for cell in annex.table("stock-sex").cells if cell.value and cell.at[2] != TOTAL)
    audit = audited(edited(annex, "stock-sex", at, None), [known_of(annex, "1/")])
    assert _one(audit, Flaw.PUBLIC) == ("stock-sex", at)


def test_a_recount_is_not_compared_with_an_earlier_release() -> None:
    """When the register has changed since, the old figures are others: nothing is refused for their difference."""
    annex = built(orders=STOCKS[:1])[0]
    other = counted(STOCKS[:1], spells(201, 4))
    wish = declared(STOCKS[:1])
    later = build_annex(
        sample_tender(), other, truth_of(other, wish), Guarding(wish, b"", still, 60.0), synthetic=True
    )[0]  # fmt: skip
    assert audited(later, [known_of(annex, "1/")], {table.order.id: table.cells for table in other}).safe


def test_a_need_that_public_figures_break_is_refused() -> None:
    """A small count that is public already cannot be hidden any more."""
    wish = declared(STOCKS[:1])
    linked = truth_of(tables(STOCKS[:1]), wish)
    small = frozenset(number for number, value in enumerate(linked.values) if 0 < value < 5)
    assert small
    with pytest.raises(BlockedError, match=r"annex\.unprotectable"):
        build_annex(
            sample_tender(), tables(STOCKS[:1]), linked, Guarding(wish, b"", still, 60.0, small), synthetic=True
        )
