"""Attackers and rounding held against enumeration: every whole table is tried, and nothing is left to a solver."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.attack import Attacker
from tender.annexes.disclosure.audit import intervals
from tender.annexes.disclosure.building import published
from tender.annexes.disclosure.protection import contributors, singletons
from tender.annexes.disclosure.rounding import Rounding, round_small
from tender.annexes.disclosure.seen_rounding import READER, seen
from tender.annexes.disclosure.tables import At, Role, System, with_public
from tests.tender.annexes.instances import grid, still, tabled
from tests.tender.annexes.trying import spans, whole_tables

INNER = ("r0,c0", "r0,c1", "r1,c0", "r1,c1")


def ends(system: System, hidden: frozenset[int], attacker: Attacker | None = None) -> dict[int, tuple[int, int]]:
    """What the audit says that an attacker derives, in whole counts."""
    found = intervals(published(system, hidden), attacker) if attacker else intervals(published(system, hidden))
    told = {}
    for one in found:
        assert one.most is not None
        assert one.low.value == one.least, "a two-way table has whole ends"
        assert one.high.value == one.most, "a two-way table has whole ends"
        told[one.cell] = (one.least, one.most)
    return told


def square() -> tuple[System, list[int]]:
    """2 and 9 over 7 and 6 with all margins, and the numbers of its four inner cells."""
    table = grid([(2, 9), (7, 6)])
    names = {cell.name: number for number, cell in enumerate(table.cells)}
    return table, [names[name] for name in INNER]


def test_a_square_by_hand() -> None:
    """x, 11 − x, 9 − x and 4 + x for x from 0 to 9: one number is free, and no count is below zero."""
    table, four = square()
    assert ends(table, frozenset(four)) == dict(zip(four, [(0, 9), (2, 11), (0, 9), (4, 13)], strict=True))
    assert spans(published(table, frozenset(four)), 24) == ends(table, frozenset(four))


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        ({0: 1}, {}, [(1, 9), (2, 10), (0, 8), (5, 13)]),
        ({3: 6}, {}, [(2, 9), (2, 9), (0, 7), (6, 13)]),
        ({}, {1: 9}, [(2, 9), (2, 9), (0, 7), (6, 13)]),
        ({0: 2}, {0: 2}, [(2, 2), (9, 9), (7, 7), (6, 6)]),
        ({2: 3}, {3: 6}, [(0, 2), (9, 11), (7, 9), (4, 6)]),
    ],
)
def test_what_an_insider_adds_by_hand(
    least: dict[int, int], most: dict[int, int], expected: list[tuple[int, int]]
) -> None:
    """Who knows a floor or a ceiling of one cell moves x, and with it all four."""
    table, four = square()
    insider = Attacker("insider", {four[at]: n for at, n in least.items()}, {four[at]: n for at, n in most.items()})
    assert ends(table, frozenset(four), insider) == dict(zip(four, expected, strict=True))
    assert spans(published(table, frozenset(four)), 24, insider.least, insider.most) == ends(
        table, frozenset(four), insider
    )


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3))
@settings(max_examples=10, deadline=None)
def test_insiders_derive_what_trying_says(rows: list[list[int]]) -> None:
    """Everybody who stands alone knows a 1, and somebody in a cell of 2 or 3 knows that it is not empty."""
    table = grid(rows)
    inner = [number for number, cell in enumerate(table.cells) if "Total" not in cell.at]
    hidden = frozenset(inner[:2] + inner[3:5])
    small = [cell for cell in sorted(hidden) if table.cells[cell].value in {2, 3}]
    insiders = [one for one in (*singletons(table), *contributors(table, small)) if one.least.keys() <= hidden]
    for insider in insiders:
        tried = spans(published(table, hidden), 9, insider.least, insider.most)
        assert ends(table, hidden, insider) == tried
        assert all(tried[cell][0] >= 1 for cell in insider.least)


@given(st.lists(st.integers(0, 4), min_size=8, max_size=8))
@settings(max_examples=15, deadline=None)
def test_in_three_ways_the_audit_never_says_less_than_is_possible(counts: list[int]) -> None:
    """Eight cells with all their margins: what a whole table can be lies within every interval."""
    table = tabled(("a", "b", "c"), dict(zip(product("xy", "pq", "st"), counts, strict=True)))
    hidden = frozenset(number for number, cell in enumerate(table.cells) if "Total" not in cell.at)
    tried = spans(published(table, hidden), 8)
    for one in intervals(published(table, hidden)):
        assert one.most is not None
        assert one.least <= tried[one.cell][0] <= table.cells[one.cell].value <= tried[one.cell][1] <= one.most


def test_the_tries_find_every_table() -> None:
    """Ten tables agree with the square's margins, and none with margins that contradict each other."""
    table, four = square()
    tables = published(table, frozenset(four))
    assert len(list(whole_tables(tables, 24))) == 10
    assert sorted(one[four[0]] for one in whole_tables(tables, 24)) == list(range(10))
    assert list(whole_tables(tables, 24, {four[0]: 10})) == []


def test_four_ones_are_rounded_by_hand() -> None:
    """Base 3: all to zero would make the total of 4 small; one 3 or two 3s crosswise change 12 in all."""
    before = grid([(1, 1), (1, 1)])
    found = round_small(before, 3, b"any", still, 60.0)
    assert (found.least, found.bound, found.most) == (12, 12, 2)
    assert 12 <= found.total <= 13
    inner = sorted(cell.value for cell in found.system.cells if "Total" not in cell.at)
    assert inner in ([0, 0, 0, 3], [0, 0, 3, 3])


def reader_by_trying(found: Rounding) -> dict[int, tuple[int, int]]:
    """What a reader of rounded tables derives: every table that the method could have rounded to these."""
    cells, most = found.system.cells, found.most
    ranges = [
        range(cell.value, cell.value + 1) if cell.role is Role.PUBLIC
        else range(max(1, cell.value - most), cell.value + most + 1) if cell.value else range(found.base)
        for cell in cells
    ]  # fmt: skip
    number = {cell.at: at for at, cell in enumerate(cells)}
    fitting = []
    for a, b, c, d in product(*(ranges[number[f"r{i}", f"c{j}"]] for i in (0, 1) for j in (0, 1))):
        sums: dict[At, int] = {
            ("r0", "c0"): a, ("r0", "c1"): b, ("r1", "c0"): c, ("r1", "c1"): d, ("r0", "Total"): a + b,
                ("r1", "Total"): c + d, ("Total", "c0"): a + c, ("Total", "c1"): b + d,
                ("Total", "Total"): a + b + c + d}  # fmt: skip
        table = [sums[cell.at] for cell in cells]
        if all(value in allowed for value, allowed in zip(table, ranges, strict=True)):
            fitting.append(table)
    opened = [at for at, cell in enumerate(cells) if cell.role is Role.OPEN]
    return {at: (min(one[at] for one in fitting), max(one[at] for one in fitting)) for at in opened}


def test_what_is_public_narrows_what_a_reader_derives() -> None:
    """A public total of 9 stays, is not asked about, and bounds its parts."""
    before = with_public(grid([(1, 3), (2, 3)]), {("Total", "Total"): 9})
    found = round_small(before, 3, b"seed", still, 60.0)
    told = {one.cell: (one.least, one.most) for one in seen(found)}
    total = before.number_of()["Total", "Total"]
    assert found.system.cells[total].value == 9
    assert total not in told
    assert told == reader_by_trying(found)
    assert {one.attacker for one in seen(found)} == {READER}
