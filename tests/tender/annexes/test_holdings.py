"""Who makes up a cell, by hand: holdings joined, totals added up, needs of both dominance rules exact to the unit."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.disclosure.contributions import Contributions, by_cell, joined, read_contributions, unruled
from tender.annexes.disclosure.rules import Need, by_dominance, by_p_percent
from tender.annexes.disclosure.tables import At, System
from tender.annexes.disclosure.weights import Weight, weights
from tests.tender.annexes.instances import tabled

LISTED = b"""area,sector,contributor,amount,holding
n,food,A,60,
n,food,B,30,H
n,food,C,10,
n,wood,D,50,H
s,food,A,20,
s,food,E,20,
"""
JOINED: dict[At, tuple[int, ...]] = {
    ("n", "food"): (60, 30, 10), ("n", "wood"): (50,), ("s", "food"): (20, 20),
    ("n", "Total"): (80, 60, 10), ("s", "Total"): (20, 20),
    ("Total", "food"): (80, 30, 20, 10), ("Total", "wood"): (50,), ("Total", "Total"): (80, 80, 20, 10),
}  # fmt: skip
"""B and D are one holding: in the north it has 80 of 150, more than A."""


def table() -> System:
    """Hours of two areas in two sectors; the south has no wood."""
    return tabled(("area", "sector"), {("n", "food"): 100, ("n", "wood"): 50, ("s", "food"): 40, ("s", "wood"): 0})


def listed(data: bytes = LISTED) -> Contributions:
    return read_contributions(data, "parts.csv", ("area", "sector"))


def reaches(needs: tuple[Need, ...]) -> dict[At, int]:
    """How far up each need asks, by coordinates."""
    return {table().cells[need.cell].at: need.up for need in needs}


def test_totals_follow_from_their_parts_and_holdings_are_joined() -> None:
    """Every sum by hand; a part in which there is nothing needs no line."""
    found = listed()
    assert found.holding == {"B": "H", "D": "H"}
    assert joined(by_cell(table(), found), found.holding) == JOINED
    assert unruled(table(), by_cell(table(), found)) == ()


def test_a_cell_without_a_line_leaves_its_totals_unruled() -> None:
    """Without wood in the north, four cells are not known: it, its row, its column, and all."""
    data = b"\n".join(line for line in LISTED.splitlines() if b"wood" not in line)
    cells = by_cell(table(), listed(data))
    assert set(cells) == {("n", "food"), ("s", "food"), ("s", "Total"), ("Total", "food")}
    assert {table().cells[cell].at for cell in unruled(table(), cells)} == {
        ("n", "wood"), ("n", "Total"), ("Total", "wood"), ("Total", "Total")
    }  # fmt: skip


def test_the_p_percent_rule_sees_the_holding() -> None:
    """At p = 15: 15 % of 80 is 12 and the others have 10, so the north needs 2; without the holding none."""
    cells = by_cell(table(), listed())
    with_holding = reaches(by_p_percent(table(), joined(cells, listed().holding), Fraction(15)))
    assert with_holding == {
        ("n", "wood"): 8, ("s", "food"): 3, ("n", "Total"): 2, ("s", "Total"): 3, ("Total", "wood"): 8
    }  # fmt: skip
    without = reaches(by_p_percent(table(), joined(cells, {}), Fraction(15)))
    assert with_holding.keys() - without.keys() == {("n", "Total")}


def test_the_dominance_rule_sees_the_holding() -> None:
    """(1, 50): the holding's 80 would be half of 160, so the north of 150 needs 10; 20 of 40 is not more than half."""
    cells = by_cell(table(), listed())
    needs = by_dominance(table(), joined(cells, listed().holding), 1, Fraction(50))
    assert reaches(needs) == {
        ("n", "food"): 20, ("n", "wood"): 50, ("n", "Total"): 10, ("Total", "food"): 20, ("Total", "wood"): 50
    }  # fmt: skip
    assert {need.down for need in needs} == {10, 20, 50}
    assert ("n", "Total") not in reaches(by_dominance(table(), joined(cells, {}), 1, Fraction(50)))


amounts = st.lists(st.integers(0, 300), min_size=1, max_size=6).filter(any)


@given(amounts, st.integers(0, 40), st.integers(1, 60))
def test_the_p_percent_need_is_the_least_that_hides_the_largest(parts: list[int], rest: int, percent: int) -> None:
    """With it nobody in the cell can tell the largest part to within p %; with one less somebody can."""
    total = sum(parts) + rest
    needs = by_p_percent(tabled(("x",), {("a",): total, ("b",): 1}), {("a",): parts}, Fraction(percent))
    first, second = (*sorted(parts, reverse=True), 0)[:2]
    reach = needs[0].up if needs else 0
    assert (total - first - second + reach) * 100 >= percent * first
    assert reach == 0 or (total - first - second + reach - 1) * 100 < percent * first
    assert [need.down for need in needs] == [min(reach, total)] * (reach > 0)


@given(amounts, st.integers(0, 40), st.integers(1, 3), st.integers(1, 100))
def test_the_dominance_need_is_the_least_that_ends_dominance(
    parts: list[int], rest: int, count: int, percent: int
) -> None:
    """If the cell were larger by it, the largest few would hold no more than k %; with one less they would."""
    total = sum(parts) + rest
    needs = by_dominance(tabled(("x",), {("a",): total, ("b",): 1}), {("a",): parts}, count, Fraction(percent))
    largest = sum(sorted(parts, reverse=True)[:count])
    reach = needs[0].up if needs else 0
    assert largest * 100 <= percent * (total + reach)
    assert reach == 0 or largest * 100 > percent * (total + reach - 1)


def test_the_weights_by_hand() -> None:
    """0, 5 and 5: value and one, value, one, and a thousand times the logarithm of 2 and of 7."""
    small = tabled(("x",), {("a",): 0, ("b",): 5, ("Total",): 5})
    assert {weight: weights(small, weight) for weight in Weight} == {
        Weight.VALUE_AND_ONE: (1, 6, 6),
        Weight.VALUE: (0, 5, 5),
        Weight.COUNT: (1, 1, 1),
        Weight.LOG: (693, 1946, 1946),
    }
