"""Small tables with answers that others have published; letters as in the facts on open-data annexes, section 2.3."""

from __future__ import annotations

from fractions import Fraction

from tender.annexes.disclosure.audit import intervals
from tender.annexes.disclosure.building import build, dimension_of, published
from tender.annexes.disclosure.rules import Need, given, unknown
from tender.annexes.disclosure.tables import System
from tender.annexes.disclosure.weights import Weight
from tests.tender.annexes.instances import grid, least, small_needs


def _span(
    system: System, hidden: frozenset[int], at: tuple[str, ...]
) -> tuple[Fraction | int | None, Fraction | int | None]:
    found = {interval.cell: interval for interval in intervals(published(system, hidden))}
    interval = found[system.number_of()[at]]
    assert interval.low.certain
    assert interval.high.certain
    return interval.low.value, interval.high.value


def test_table_a_a_cell_is_known_though_every_line_has_two_blanks() -> None:
    """sdcTable, tests/testthat/test-simpleheuristic.R: w/b is exactly 47; one more blank (x/d) makes it 0 to 78."""
    table = grid([(30, 47, 64, 89), (90, 124, 5, 31), (92, 100, 59, 85), (800, 991, 651, 685)])
    numbers = table.number_of()
    blank = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]
    given_cells = [numbers[f"r{i}", f"c{j}"] for i, j in blank]
    assert _span(table, frozenset(given_cells), ("r0", "c1")) == (47, 47)
    found = least(table, unknown(table, given_cells))
    assert found.proven
    assert found.hidden - set(given_cells) == {numbers["r1", "c3"]}
    assert _span(table, found.hidden, ("r0", "c1")) == (0, 78)


def _linked_counties() -> System:
    """sdcTable, tests/testthat/test-linked-tables.r: one region code in two groupings that are no tree."""
    counts = dict(zip("ABIJKLMN", (2, 2, 8, 8, 3, 3, 3, 7), strict=True))
    county = [(code, "county-1" if code in "ABIJ" else "county-2", "county") for code in counts]
    size = [(code, "big" if code in "LM" else "small", "size") for code in counts]
    region = dimension_of("region", counts, [*county, *size])
    return build([region], {(code,): count for code, count in counts.items()})


def test_table_c_each_table_is_safe_alone_but_not_both_linked() -> None:
    """County and size each hide enough; together they give K away (3), until N is hidden too."""
    table = _linked_counties()
    numbers = table.number_of()
    assert [table.cells[numbers[code,]].value for code in ("county-1", "county-2", "big", "small")] == [20, 16, 6, 30]
    small = small_needs(table, 4)
    primaries = frozenset(need.cell for need in small)
    assert {table.cells[cell].at[0] for cell in primaries} == set("ABKLM")
    assert _span(table, primaries, ("K",)) == (3, 3)
    found = least(table, small)
    assert found.proven
    assert found.hidden - primaries == {numbers["N",]}
    low, high = _span(table, found.hidden, ("K",))
    assert low == 0
    assert high is not None
    assert high >= 4


def test_table_g_zeros_are_sensitive_too() -> None:
    """GaussSuppression, vignette on small counts, table 1: young and old × Iceland and Portugal, no other cell."""
    counts: dict[tuple[str, ...], int] = {
        ("young", "Spain"): 5, ("young", "Iceland"): 2, ("young", "Portugal"): 0,
        ("old", "Spain"): 6, ("old", "Iceland"): 3, ("old", "Portugal"): 4,
    }  # fmt: skip
    table = build(
        [dimension_of("age", ["young", "old"]), dimension_of("land", ["Spain", "Iceland", "Portugal"])], counts
    )
    primaries = [number for number, cell in enumerate(table.cells) if cell.value <= 3]
    found = least(table, unknown(table, primaries))
    assert found.proven
    assert {table.cells[cell].at for cell in found.hidden} == {
        (age, land) for age in ("young", "old") for land in ("Iceland", "Portugal")
    }


def _willenborg(level: int) -> tuple[System, tuple[Need, ...]]:
    table = grid([(20, 50, 10), (8, 19, 22), (17, 32, 12)])
    return table, given(table, [table.number_of()["r1", "c2"]], 5, level)


def test_table_i_the_cheapest_pattern_and_what_the_attacker_learns() -> None:
    """Willenborg & de Waal, 3 × 3, cell 22: cost 59 with an attacker's interval of 5 to 30; level 10 costs 85."""
    table, needs = _willenborg(5)
    found = least(table, needs, Weight.VALUE)
    assert (found.cost, found.bound) == (59, 59)
    assert _span(table, found.hidden, ("r1", "c2")) == (5, 30)
    table, needs = _willenborg(10)
    assert least(table, needs, Weight.VALUE).cost == 85
