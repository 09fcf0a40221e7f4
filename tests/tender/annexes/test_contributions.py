"""Contributors: files, totals, holdings, and that nobody can tell the largest one after protection."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.audit import intervals
from tender.annexes.disclosure.building import build, dimension_of
from tender.annexes.disclosure.contributions import Contributions, by_cell, joined, read_contributions, unruled
from tender.annexes.disclosure.protection import Wish, protect
from tender.annexes.disclosure.rules import by_dominance, by_p_percent, strongest
from tender.annexes.disclosure.tables import At, System, broken_relations
from tender.errors import InputError
from tests.tender.annexes.instances import still, tabled

HEAD = b"area,branch,contributor,holding,amount\n"


def drawn(seed: int) -> tuple[System, Contributions]:
    """A table of areas and branches made up by contributors of skewed size, some of them in one holding."""
    chance = random.Random(seed)
    parts: dict[At, dict[str, int]] = {}
    for area in "nsw":
        for branch in ("metal", "food", "trade"):
            size = chance.randint(1, 6)
            parts[area, branch] = {f"{area}{branch}{n}": int(chance.lognormvariate(3, 1.2)) + 1 for n in range(size)}
    names = sorted(name for each in parts.values() for name in each)
    holding = {name: f"g{chance.randint(0, 3)}" for name in names if chance.random() < 0.3}
    table = tabled(["area", "branch"], {at: sum(each.values()) for at, each in parts.items()})
    return table, Contributions("who.csv", parts, holding, dict.fromkeys(parts, 1))


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_every_total_is_made_up_by_all_of_its_contributors(seed: int) -> None:
    """Added up through both dimensions, the contributions are the whole of each cell, and each person is in once."""
    table, listed = drawn(seed)
    cells = by_cell(table, listed)
    assert {cell.at for cell in table.cells} == set(cells)
    for cell in table.cells:
        assert sum(cells[cell.at].values()) == cell.value
    everybody = [name for parts in listed.parts.values() for name in parts]
    assert sorted(cells["Total", "Total"]) == sorted(everybody)
    assert unruled(table, cells) == ()
    held = joined(cells, listed.holding)
    assert all(sum(parts) == sum(cells[at].values()) for at, parts in held.items())
    assert all(list(parts) == sorted(parts, reverse=True) for parts in held.values())


@given(st.integers(0, 10**6), st.integers(5, 40))
@settings(max_examples=25, deadline=None)
def test_nobody_tells_the_largest_contribution_within_p_percent(seed: int, percent: int) -> None:
    """The second largest knows its own part: what it derives of the largest from either end is p % off or more."""
    table, listed = drawn(seed)
    held = joined(by_cell(table, listed), listed.holding)
    needs = by_p_percent(table, held, Fraction(percent))
    if not needs or any(need.cell == table.number_of()["Total", "Total"] for need in needs):
        return
    found = protect(table, needs, Wish(0, whole=False), still, 60.0)
    spans = {each.cell: each for each in found.intervals}
    for need in needs:
        cell = table.cells[need.cell]
        first, second = (*held[cell.at], 0)[:2]
        highest = spans[need.cell].high.value
        assert need.cell in found.hidden
        if highest is not None:
            assert highest - second - first >= Fraction(percent, 100) * first


def test_a_file_is_read_with_its_lines() -> None:
    """Two cells, one holding; who is in none is left out."""
    found = read_contributions(HEAD + b"n,metal,a,g,5\nn,metal,b,,2\ns,food,a,g,3\n", "w.csv", ("area", "branch"))
    assert found.parts == {("n", "metal"): {"a": 5, "b": 2}, ("s", "food"): {"a": 3}}
    assert found.holding == {"a": "g"}
    assert found.lines == {("n", "metal"): 2, ("s", "food"): 4}


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"n,metal,a,g,5\nn,metal,a,g,5\n", "annex.contributor"),
        (b"n,metal,,g,5\n", "annex.contributor"),
        (b"n,metal,a,g,5\ns,metal,a,h,5\n", "annex.two-holdings"),
        (b"n,metal,a,g,5\ns,metal,a,,5\n", "annex.two-holdings"),
        (b"n,metal,a,g,-5\n", "annex.count"),
        (b"n,metal,a,g,\n", "annex.blank"),
        (b"n,metal,a,g\n", "annex.width"),
    ],
)
def test_a_bad_file_is_refused(row: bytes, error: str) -> None:
    """By the id of its message."""
    with pytest.raises(InputError) as caught:
        read_contributions(HEAD + row, "w.csv", ("area", "branch"))
    assert caught.value.message == error


def test_contributions_climb_a_hierarchy() -> None:
    """Two areas make a region, a region and an island the land: whoever is in a part is in every sum above it."""
    counts: dict[At, int] = {("n",): 10, ("s",): 20, ("i",): 5}
    axis = dimension_of("area", ["n", "s", "i"], [("n", "main", ""), ("s", "main", "")])
    table = build([axis], counts)
    assert broken_relations(table) == ()
    listed = Contributions("w.csv", {("n",): {"a": 10}, ("s",): {"b": 15, "a": 5}, ("i",): {"c": 5}}, {}, {})
    listed = Contributions("w.csv", listed.parts, {}, dict.fromkeys(listed.parts, 1))
    cells = by_cell(table, listed)
    assert cells["main",] == {"a": 15, "b": 15}
    assert cells["Total",] == {"a": 15, "b": 15, "c": 5}


def test_a_total_with_an_unknown_part_stays_unknown() -> None:
    """Nothing is guessed: neither the part nor the sums above it; a part of nothing needs no contributors."""
    table = tabled(["area"], {("n",): 10, ("s",): 20, ("i",): 0})
    some = by_cell(table, Contributions("w.csv", {("n",): {"a": 10}}, {}, {("n",): 2}))
    assert set(some) == {("n",)}
    missing = {table.cells[number].at for number in unruled(table, some)}
    assert missing == {("s",), ("Total",)}
    whole = by_cell(table, Contributions("w.csv", {("n",): {"a": 10}, ("s",): {"b": 20}}, {}, {("n",): 2, ("s",): 3}))
    assert whole["Total",] == {"a": 10, "b": 20}


def test_contributions_beyond_their_cell_are_refused() -> None:
    """11 of 10, and a cell that there is not; with the line."""
    table = tabled(["area"], {("n",): 10, ("s",): 20})
    with pytest.raises(InputError) as caught:
        by_cell(table, Contributions("w.csv", {("n",): {"a": 11}}, {}, {("n",): 2}))
    assert (caught.value.message, caught.value.values["found"]) == ("annex.contribution-sum", "11")
    with pytest.raises(InputError) as caught:
        by_cell(table, Contributions("w.csv", {("x",): {"a": 1}}, {}, {("x",): 7}))
    assert str(caught.value.place) == "w.csv:7"


def test_holdings_change_what_is_dominated() -> None:
    """60 + 50 of 200 are 55 %; together with a third of 40 in one hand they are 75 %."""
    table = tabled(["area"], {("n",): 200, ("s",): 900})
    parts: dict[At, dict[str, int]] = {("n",): {"a": 60, "b": 50, "c": 40, "d": 30, "e": 20}}
    apart, bound = joined(parts, {}), joined(parts, {"a": "g", "b": "g", "c": "g"})
    assert by_dominance(table, apart, 1, Fraction(70)) == ()
    assert [need.cell for need in by_dominance(table, bound, 1, Fraction(70))] == [table.number_of()["n",]]
    assert strongest(by_dominance(table, bound, 2, Fraction(70)))[0].up == 58


def test_amounts_are_audited_as_amounts() -> None:
    """The protected table of a drawn instance, its intervals against the needs of both rules."""
    table, listed = drawn(11)
    held = joined(by_cell(table, listed), listed.holding)
    needs = strongest((*by_p_percent(table, held, Fraction(15)), *by_dominance(table, held, 2, Fraction(90))))
    assert needs
    found = protect(table, needs, Wish(0, whole=False), still, 60.0)
    spans = {each.cell: each for each in intervals(found.published)}
    for need in needs:
        low, high = spans[need.cell].low.value, spans[need.cell].high.value
        assert low is not None
        assert low <= table.cells[need.cell].value - need.down
        assert high is None or high >= table.cells[need.cell].value + need.up
