"""Primary rules by hand, systems from tidy tables, and the exact side that needs no solver."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.audit import ImpossibleTableError, Kind, intervals, leaks
from tender.annexes.disclosure.building import UnsoundTableError, build, build_published, dimension_of, published
from tender.annexes.disclosure.rules import (
    Need,
    by_dominance,
    by_holding,
    by_p_percent,
    by_threshold,
    given,
    group_disclosed,
    strongest,
)
from tender.annexes.disclosure.tables import At, Role, broken_relations
from tender.annexes.disclosure.witness import Checker
from tender.solving import Program, Proposal
from tests.tender.annexes.instances import grid, pilot_annex, tabled


def test_the_threshold_takes_one_to_t_less_one() -> None:
    """0 and T are shown; the attacker must be left both 0 and T."""
    table = tabled(["x"], {("a",): 0, ("b",): 1, ("c",): 4, ("d",): 5})
    assert [(need.cell, need.down, need.up) for need in by_threshold(table, 5)] == [(1, 1, 4), (2, 4, 1)]
    assert [need.cell for need in by_threshold(table, 5, zeros=True)] == [0, 1, 2]


def test_the_p_percent_rule_by_hand() -> None:
    """X = 100, largest 80, second 15: the rest, 5, is less than 10 % of 80, by 3."""
    table = tabled(["x"], {("a",): 100, ("b",): 100})
    parts: dict[At, list[int]] = {("a",): [15, 80, 5], ("b",): [60, 20, 20]}
    assert by_p_percent(table, parts, Fraction(10)) == (Need(0, 3, 3, rule="p-percent"),)


def test_the_dominance_rule_by_hand() -> None:
    """(2, 80): 85 of 100 is more than 80 %; the level is 100/80 · 85 − 100 = 6.25, rounded up."""
    table = tabled(["x"], {("a",): 100, ("b",): 100})
    parts: dict[At, list[int]] = {("a",): [45, 40, 15], ("b",): [40, 40, 20]}
    assert by_dominance(table, parts, 2, Fraction(80)) == (Need(0, 7, 7, rule="dominance"),)


def test_a_holding_counts_as_one() -> None:
    """Two members of a holding dominate together what neither dominates alone."""
    table = tabled(["x"], {("a",): 100})
    own = {"m": 40, "n": 35, "o": 25}
    held = by_holding(own, {"m": "h", "n": "h"})
    assert held == (75, 25)
    assert by_dominance(table, {("a",): list(own.values())}, 1, Fraction(70)) == ()
    assert by_dominance(table, {("a",): held}, 1, Fraction(70)) != ()


def test_given_cells_and_the_strongest_need() -> None:
    """Below the threshold as by it, else the level either way; two rules add up to the larger of each."""
    table = tabled(["x"], {("a",): 3, ("b",): 40})
    assert given(table, [0, 1], 5) == (Need(0, 3, 2), Need(1, 5, 5))
    assert given(table, [0, 1], 5, 10) == (Need(0, 3, 10), Need(1, 10, 10))
    assert strongest([Need(0, 1, 4), Need(0, 3, 2, 6)]) == (Need(0, 3, 4, 6),)


def test_a_cell_equal_to_its_margin_is_told() -> None:
    """Everybody in r0 is in c1, and everybody in c0 is in r1."""
    table = grid([(0, 7), (3, 4)])
    assert [table.cells[cell].at for cell in group_disclosed(table)] == [("r1", "c0"), ("r0", "c1")]


def test_margins_are_computed_or_taken() -> None:
    """The same system comes from the inner cells and from the whole table; each relation holds."""
    inner = grid([(1, 2), (3, 4)])
    whole = tabled(["row", "column"], {cell.at: cell.value for cell in inner.cells})
    assert {cell.at: cell.value for cell in whole.cells} == {cell.at: cell.value for cell in inner.cells}
    assert {frozenset(relation.terms) for relation in inner.relations} != set()
    assert len(inner.relations) == len(whole.relations) == 6
    assert broken_relations(inner) == broken_relations(whole) == ()


def test_linked_tables_share_their_margins() -> None:
    """The pilot's class: no cell is unlisted, and two municipalities times four margins of each table are shared."""
    table = pilot_annex()
    assert broken_relations(table) == ()
    assert not table.unlisted
    assert sum(cell.value for cell in table.cells if cell.at == (*("Total",) * 7,)) == 1400


def test_an_unlisted_margin_links_two_tables() -> None:
    """Row totals and column totals without the grand total: both make it up, so one gives the other away."""
    counts: dict[At, int] = {("a", "Total"): 3, ("b", "Total"): 9, ("Total", "x"): 5, ("Total", "y"): 7}
    table = build([dimension_of("r", [at[0] for at in counts]), dimension_of("c", [at[1] for at in counts])], counts)
    assert [cell.at for cell in table.cells if cell.role is Role.UNLISTED] == [("Total", "Total")]
    hidden = frozenset([table.number_of()["a", "Total"]])
    assert intervals(published(table, hidden))[0].high.value == 3


def test_a_total_that_is_no_sum_is_refused() -> None:
    """The parts make up 9, the table says 10."""
    axis = dimension_of("x", ["a", "b", "Yhteensä"])
    with pytest.raises(UnsoundTableError) as caught:
        build([axis], {("a",): 4, ("b",): 5, ("Yhteensä",): 10})
    assert (caught.value.found, caught.value.expected) == (9, 10)
    build_published([axis], {("a",): None, ("b",): 5, ("Yhteensä",): 10})
    with pytest.raises(UnsoundTableError):
        build_published([axis], {("a",): None, ("b",): 15, ("Yhteensä",): 10})


def test_contradictions_have_no_interval() -> None:
    """Two rows that cannot both hold."""
    axes = [dimension_of("a", ["x", "y", "Total"]), dimension_of("b", ["p", "q", "Total"])]
    counts: dict[At, int | None] = {
        ("x", "p"): None, ("x", "q"): None, ("x", "Total"): 3, ("y", "p"): 4, ("y", "q"): 1, ("y", "Total"): 5,
        ("Total", "p"): 6, ("Total", "q"): 3,
    }  # fmt: skip
    with pytest.raises(ImpossibleTableError):
        intervals(build_published(axes, counts))


@drawn(st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=3, max_size=3), st.data())
@settings(max_examples=60, deadline=None)
def test_the_true_table_is_within_every_interval_and_witnesses_hold(rows: list[list[int]], data: st.DataObject) -> None:
    """For any pattern: low ≤ truth ≤ high, and each end is certain, so no solver needs to be believed."""
    table = grid(rows)
    hidden = frozenset(data.draw(st.sets(st.sampled_from(range(len(table.cells))), min_size=1)))
    tables = published(table, hidden)
    for interval in intervals(tables):
        true = table.cells[interval.cell].value
        for side, end in ((-1, interval.low), (1, interval.high)):
            assert end.certain
            if end.value is None:
                continue
            assert end.witness is not None
            assert end.proof is not None
            assert Checker(tables, PUBLIC).agrees(end.witness)
            assert end.witness[interval.cell] == end.value
            assert Checker(tables, PUBLIC).bound(interval.cell, side, end.proof) == end.value
            assert side * end.value >= side * true


def test_a_forged_witness_or_proof_is_refused() -> None:
    """A table with a negative count, one that breaks a sum, one that is not whole; multipliers that prove nothing."""
    table = grid([(2, 9), (7, 6)])
    numbers = table.number_of()
    four = [numbers[f"r{i}", f"c{j}"] for i in (0, 1) for j in (0, 1)]
    tables = published(table, frozenset(four))
    good = dict(zip(four, map(Fraction, (0, 11, 9, 4)), strict=True))
    assert Checker(tables, PUBLIC).agrees(good)
    assert not Checker(tables, PUBLIC).agrees(good | {four[0]: Fraction(-1), four[1]: Fraction(12)})
    assert not Checker(tables, PUBLIC).agrees(good | {four[0]: Fraction(1)})
    assert not Checker(tables, PUBLIC).agrees({cell: good[cell] for cell in four[:3]})
    assert Checker(tables, PUBLIC).bound(four[0], 1, {}) is None
    assert Checker(tables, PUBLIC).bound(four[0], -1, {}) == 0


def test_leaks_are_named_by_their_kind() -> None:
    """Known exactly; known to be small; too narrow for a level that the auditor knows."""
    table = grid([(2, 9), (7, 6)])
    numbers = table.number_of()
    one = published(table, frozenset([numbers["r0", "c0"]]))
    assert [leak.kind for leak in leaks(intervals(one), {}, {}, 5)] == [Kind.KNOWN]
    row = tabled(["x"], {("a",): 1, ("b",): 2, ("c",): 9})
    two = intervals(published(row, frozenset([0, 1])))
    assert [leak.kind for leak in leaks(two, {}, {}, 5)] == [Kind.SMALL, Kind.SMALL]
    assert leaks(two, {}, {}, 3) == ()
    needs = {0: Need(0, 1, 3)}
    assert [leak.kind for leak in leaks(two[:1], {0: 1}, needs, 3)] == [Kind.NARROW]


def test_a_cell_without_an_end_has_its_ray() -> None:
    """Nothing bounds two hidden counts with a hidden total: the way up is a witness, a forged one is refused."""
    table = tabled(["x"], {("a",): 3, ("b",): 4, ("c",): 50, ("Total",): 57})
    numbers = table.number_of()
    hidden = frozenset(numbers[code,] for code in ("a", "Total"))
    tables = published(table, hidden)
    interval = intervals(tables, cells=[numbers["a",]])[0]
    assert interval.high.value is None
    assert interval.high.certain
    ray = interval.high.witness
    assert ray is not None
    checker = Checker(tables, PUBLIC)
    assert checker.endless(ray, numbers["a",])
    assert not checker.endless({**ray, numbers["Total",]: Fraction(0)}, numbers["a",])
    assert not checker.endless({cell: -value for cell, value in ray.items()}, numbers["a",])
    assert not checker.endless({}, numbers["a",])
    capped = Attacker("knows", {}, {numbers["Total",]: 99})
    assert not Checker(tables, capped).endless(ray, numbers["a",])
    assert intervals(tables, capped, [numbers["a",]])[0].high.value == 45


def test_a_large_table_needs_few_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """One exact table settles many ends: far fewer programs than ends."""
    asked: list[int] = []
    minimise = Program.minimise

    def counted(program: Program, costs: dict[int, float]) -> Proposal:
        asked.append(1)
        return minimise(program, costs)

    monkeypatch.setattr(Program, "minimise", counted)
    table = grid([[(row * 7 + column * 11) % 9 for column in range(12)] for row in range(12)])
    hidden = frozenset(number for number, cell in enumerate(table.cells) if cell.value < 5 and "Total" not in cell.at)
    found = intervals(published(table, hidden))
    assert all(interval.low.certain and interval.high.certain for interval in found)
    assert len(asked) < len(found)
