"""Secondary suppression: always safe, as cheap as the best of all patterns, honest about its bound."""

from __future__ import annotations

import random
import time
from fractions import Fraction
from itertools import chain, combinations, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.audit import intervals, leaks
from tender.annexes.disclosure.building import build, dimension_of, published
from tender.annexes.disclosure.protection import Wish, contributors, protect, singletons
from tender.annexes.disclosure.rules import Need, by_threshold
from tender.annexes.disclosure.suppression import Order, UnprotectableError, suppress
from tender.annexes.disclosure.tables import Relation, System, with_public, with_relations
from tender.annexes.disclosure.weights import Weight, weights
from tests.tender.annexes.instances import grid, least, pilot_annex, random_table, small_needs, still, tabled

small_counts = st.integers(0, 12)


def safe(system: System, hidden: frozenset[int], needs: tuple[Need, ...], threshold: int) -> bool:
    """Whether the exact audit finds nothing."""
    truth = {number: cell.value for number, cell in enumerate(system.cells)}
    primaries = [need.cell for need in needs]
    if not set(primaries) <= hidden:
        return False
    found = intervals(published(system, hidden), cells=primaries)
    assert all(interval.low.certain and interval.high.certain for interval in found)
    return not leaks(found, truth, {need.cell: need for need in needs}, threshold)


def cheapest(system: System, needs: tuple[Need, ...], threshold: int) -> int:
    """The cost of the best safe pattern, by trying all of them."""
    cost = weights(system)
    primaries = frozenset(need.cell for need in needs)
    others = [cell for cell in system.hidable if cell not in primaries]
    patterns = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    best = sum(cost)
    for pattern in patterns:
        hidden = primaries | set(pattern)
        weight = sum(cost[cell] for cell in hidden)
        if weight < best and safe(system, hidden, needs, threshold):
            best = weight
    return best


@given(st.lists(st.tuples(small_counts, small_counts), min_size=2, max_size=2), st.integers(2, 5))
@settings(max_examples=25, deadline=None)
def test_no_pattern_of_all_is_cheaper(rows: list[tuple[int, int]], threshold: int) -> None:
    """Tables of 2 × 2 with margins: 512 patterns, all tried."""
    table = grid(rows)
    needs = small_needs(table, threshold)
    found = least(table, needs)
    assert found.cost == found.bound == cheapest(table, needs, threshold)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_no_pattern_of_all_is_cheaper_on_three_columns(seed: int) -> None:
    """Tables of 2 × 3 with margins: 4 096 patterns, all tried."""
    chance = random.Random(seed)
    table = grid([[chance.randint(0, 9) for _ in range(3)] for _ in range(2)])
    needs = small_needs(table, 4)
    assert least(table, needs).cost == cheapest(table, needs, 4)


def drawn_table(kind: str, seed: int) -> System:
    """A random table of one kind."""
    chance = random.Random(seed)
    if kind == "two-way":
        return random_table((chance.randint(2, 5), chance.randint(2, 5)), seed, chance.choice([1.0, 2.0]))
    if kind == "three-way":
        return random_table([chance.randint(2, 3) for _ in range(3)], seed, chance.choice([1.0, 2.0]))
    if kind == "hierarchical":
        codes = [f"a{number}" for number in range(chance.randint(3, 6))]
        parents = [(code, f"p{number % 2}", "") for number, code in enumerate(codes)]
        counts: dict[tuple[str, ...], int] = {(a, b): chance.randint(0, 20) for a in codes for b in ("x", "y", "z")}
        return build([dimension_of("area", codes, parents), dimension_of("b", ["x", "y", "z"])], counts)
    counts3: dict[tuple[str, ...], int] = {}
    for _ in range(chance.randint(20, 90)):
        a, b, c = (f"{name}{chance.choice([0, 0, 0, 1, 2])}" for name in "abc")
        for at in ((a, b, "Total"), (a, "Total", c)):
            counts3[at] = counts3.get(at, 0) + 1
    return tabled(("a", "b", "c"), counts3)


@pytest.mark.slow
@given(st.sampled_from(["two-way", "three-way", "hierarchical", "linked"]), st.integers(0, 10**6), st.integers(2, 6))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_hidden_primary_can_be_narrowed(kind: str, seed: int, threshold: int) -> None:
    """However little time there is, the exact audit finds nothing."""
    table = drawn_table(kind, seed)
    needs = small_needs(table, threshold)
    ticks = count()
    found = suppress(Order(table, needs, weights(table), whole=True), lambda: next(ticks) / 40, 1.0)
    assert found.bound <= found.cost
    assert safe(table, found.hidden, needs, threshold)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["two-way", "three-way", "hierarchical", "linked"])
def test_no_hidden_primary_can_be_narrowed_in_thousands_of_tables(kind: str) -> None:
    """The same, for 500 tables of each kind."""
    for seed in range(500):
        table = drawn_table(kind, seed)
        needs = small_needs(table, 2 + seed % 5)
        found = suppress(Order(table, needs, weights(table), whole=True), lambda: 0.0, 0.0)
        assert safe(table, found.hidden, needs, 2 + seed % 5), (kind, seed)


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_pilots_annex_is_proven(threshold: int) -> None:
    """1,400 clients, five linked three-way tables, 420 cells: the proven optimum, audited."""
    table = pilot_annex()
    assert len(table.cells) == 420
    found = protect(table, small_needs(table, threshold), Wish(threshold), still, 60.0)
    assert found.proven
    assert all(each.low.certain and each.high.certain for each in found.intervals)


def test_without_time_the_pattern_is_safe_and_the_gap_is_told() -> None:
    """A four-way table that cannot be proven in time: no proof, a bound, and a safe pattern."""
    table = random_table((2, 3, 3, 3), 7)
    needs = small_needs(table, 5)
    ticks = count()
    found = suppress(Order(table, needs, weights(table)), lambda: next(ticks) / 100, 1.0)
    assert not found.proven
    assert 0 < found.gap < 1
    assert safe(table, found.hidden, needs, 5)


def test_what_is_public_already_cannot_be_hidden() -> None:
    """A small count that an earlier release shows is named; so is one that follows from a known sum."""
    table = grid([(2, 9, 8), (7, 6, 9), (9, 9, 9)])
    number = table.number_of()["r0", "c0"]
    with pytest.raises(UnprotectableError) as caught:
        least(with_public(table, {("r0", "c0"): 2}), small_needs(table))
    assert caught.value.cells == (number,)
    told = with_relations(table, (Relation("newspaper", ((number, 2),), 4),))
    with pytest.raises(UnprotectableError) as caught:
        least(told, small_needs(table))
    assert caught.value.cells == (number,)


def test_an_earlier_release_makes_hiding_dearer() -> None:
    """What the earlier release shows cannot serve as a secondary cell any more."""
    table = grid([(2, 7, 20), (8, 30, 9), (9, 9, 9)])
    first = least(table, small_needs(table))
    shown = {table.cells[cell].at: table.cells[cell].value for cell in first.hidden - first.primaries}
    second = least(with_public(table, shown), small_needs(table))
    assert second.cost > first.cost
    assert not second.hidden & {table.number_of()[at] for at in shown}


def test_a_contradicting_release_is_refused() -> None:
    """A known count that differs is another figure."""
    with pytest.raises(ValueError, match="r0,c0"):
        with_public(grid([(2, 9), (7, 6)]), {("r0", "c0"): 3})


def test_an_insider_who_stands_alone_costs_more() -> None:
    """The only one in a cell of 1 knows that count; the other cells must be safe from that insider too."""
    table = grid([(1, 4, 30), (6, 40, 50), (20, 30, 40)])
    needs = small_needs(table, 3)
    needs = (*needs, *(Need(table.number_of()["r0", "c1"], 4, 1),))
    alone = singletons(table)
    assert [attacker.least for attacker in alone] == [{table.number_of()["r0", "c0"]: 1}]
    outside = least(table, needs)
    inside = suppress(Order(table, needs, weights(table), (PUBLIC, *alone)), still, 60.0)
    assert inside.proven
    assert inside.cost > outside.cost
    seen = intervals(published(table, inside.hidden), alone[0], [table.number_of()["r0", "c1"]])[0]
    assert seen.low.value == 0
    assert seen.high.value is None or seen.high.value >= 5


def test_a_contributor_knows_its_own_part() -> None:
    """Whoever is in a cell knows that it is not empty; the others stay safe."""
    table = grid([(3, 4, 9), (6, 8, 7), (9, 7, 9)])
    needs = small_needs(table)
    insiders = contributors(table, [needs[0].cell])
    found = suppress(Order(table, needs, weights(table), (PUBLIC, *insiders)), still, 60.0)
    assert found.proven
    assert found.cost >= least(table, needs).cost


def test_an_attacker_may_know_a_ceiling() -> None:
    """Where the most is known, others follow, with a proof."""
    table = grid([(2, 9), (7, 6)])
    cells = table.number_of()
    hidden = frozenset(cells[at] for at in cells if "Total" not in at)
    ceiling = Attacker("knows", {}, {cells["r0", "c1"]: 9})
    interval = intervals(published(table, hidden), ceiling, [cells["r1", "c1"]])[0]
    assert interval.low.value == 15 - 9
    assert interval.low.certain
    assert intervals(published(table, hidden), cells=[cells["r1", "c1"]])[0].low.value == 15 - 11


@pytest.mark.parametrize("weight", Weight)
def test_every_weight_has_its_optimum(weight: Weight) -> None:
    """The cost is what the chosen weight makes it, and proven."""
    table = grid([(2, 9, 0), (7, 6, 9), (9, 0, 9)])
    found = protect(table, by_threshold(table), Wish(5, weight), still, 60.0)
    assert found.proven
    assert found.cost == sum(weights(table, weight)[cell] for cell in found.hidden)
    assert found.gap == Fraction(0)
    if weight is Weight.COUNT:
        assert found.cost == len(found.hidden)


KINDS = ("two-way", "three-way", "hierarchical", "linked")


@pytest.mark.parametrize("kind", KINDS)
def test_the_drawn_tables_are_what_they_are_called(kind: str) -> None:
    """Two and three coordinates; sums of sums; tables that share a margin. Most have small counts to protect."""
    tables = [drawn_table(kind, seed) for seed in range(60)]
    assert {len(table.dimensions) for table in tables} == {2 if kind in {"two-way", "hierarchical"} else 3}
    totals = [[relation.terms[0][0] for relation in table.relations] for table in tables]
    parts = [[cell for relation in table.relations for cell, _ in relation.terms[1:]] for table in tables]
    if kind == "hierarchical":
        assert all("p0" in {cell.at[0] for cell in table.cells} for table in tables)
        assert all(set(total) & set(part) for total, part in zip(totals, parts, strict=True))
    if kind == "linked":
        crossed = [{tuple(code == "Total" for code in cell.at) for cell in table.cells} for table in tables]
        assert all((False, False, False) not in each for each in crossed), "the whole cross table is not published"
        assert all({(False, False, True), (False, True, False), (False, True, True)} <= each for each in crossed)
    needed = [small_needs(table, 2 + seed % 5) for seed, table in enumerate(tables)]
    assert sum(bool(needs) for needs in needed) > len(tables) * 2 / 3


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_insider_narrows_a_primary_in_hundreds_of_tables(kind: str) -> None:
    """Everybody who stands alone, and somebody in each small cell: the exact audit of each of them finds nothing."""
    tried = 0
    for seed in range(120):
        table, threshold = drawn_table(kind, seed), 2 + seed % 4
        needs = small_needs(table, threshold)
        small = [need.cell for need in needs if table.cells[need.cell].value > 1]
        attackers = (PUBLIC, *singletons(table), *contributors(table, small))
        try:
            found = suppress(Order(table, needs, weights(table), attackers, whole=True), lambda: 0.0, 0.0)
        except UnprotectableError:
            continue
        tried += len(attackers) > 1
        truth = {number: cell.value for number, cell in enumerate(table.cells)}
        for attacker in attackers:
            others = [need for need in needs if need.cell not in attacker.least]
            seen = intervals(published(table, found.hidden), attacker, [need.cell for need in others])
            assert not leaks(seen, truth, {need.cell: need for need in others}, threshold), (kind, seed, attacker.name)
    assert tried > 30


@pytest.mark.slow
def test_a_four_way_table_ends_at_its_time_limit() -> None:
    """756 cells cannot be proven in some seconds: the search ends in time, with a safe pattern and its gap."""
    table = random_table((2, 3, 8, 6), 7)
    needs = small_needs(table, 3)
    began = time.monotonic()
    found = suppress(Order(table, needs, weights(table), whole=True), time.monotonic, 10.0)
    assert time.monotonic() - began < 60
    assert not found.proven
    assert 0 < found.gap < 1
    assert safe(table, found.hidden, needs, 3)
