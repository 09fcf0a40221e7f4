"""The attacker's program and the rows that it yields: every safe pattern obeys every row."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.attack import PUBLIC, Attack, Attacker, Demand, demands
from tender.annexes.disclosure.cuts import bridge_rows, capacity_cut, cover_cut
from tender.annexes.disclosure.rules import Need
from tender.solving import Outcome, Program
from tests.tender.annexes.instances import grid, small_needs


def test_demands_of_a_need() -> None:
    """Up, down, and a width only where it asks for more than both; the farthest first."""
    assert demands([Need(0, 2, 3)]) == (Demand(0, 1, 3), Demand(0, -1, 2))
    assert demands([Need(0, 0, 0, 1)]) == (Demand(0, 0, 1),)
    assert demands([Need(0, 2, 3, 5)]) == demands([Need(0, 2, 3)])
    assert Demand(0, 0, 6) in demands([Need(0, 2, 3, 6)])


def test_the_attacker_meets_what_a_rectangle_allows() -> None:
    """With a rectangle hidden, 2 can become 0 and 5; with a line hidden it can become neither."""
    table = grid([(2, 9, 20), (7, 6, 30), (20, 20, 20)])
    numbers = table.number_of()
    wanted = demands(small_needs(table))
    attack = Attack(table, whole=True)
    attack.hide([numbers[f"r{i}", f"c{j}"] for i in (0, 1) for j in (0, 1)])
    assert attack.judge(wanted).failures == []
    attack.hide([numbers["r0", "c0"], numbers["r0", "c1"]])
    assert {failure.demand for failure in attack.judge(wanted).failures} == set(wanted)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=2), st.data())
@settings(max_examples=25, deadline=None)
def test_every_safe_pattern_obeys_every_cut(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    """Cuts of one unsafe pattern, held against all 512 patterns of a table of 2 × 2 with margins."""
    table = grid(rows)
    needs = small_needs(table)
    always = frozenset(need.cell for need in needs)
    others = [cell for cell in table.hidable if cell not in always]
    attack = Attack(table)
    pattern = always | (data.draw(st.sets(st.sampled_from(others))) if others else set())
    attack.hide(pattern)
    failures = attack.judge(demands(needs)).failures
    cuts = [cut for cut in (capacity_cut(attack, failure, always) for failure in failures) if cut]
    cuts += [cover_cut(table, failure.demand, pattern) for failure in failures]
    assert not any(cut.holds(pattern) for cut in cuts)
    for more in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        hidden = always | set(more)
        if all(cut.holds(hidden) for cut in cuts):
            continue
        attack.hide(hidden)
        assert attack.judge(demands(needs)).failures, hidden


def test_a_cut_knows_by_how_much_it_is_broken() -> None:
    """Half of what it asks is a shortfall of a half."""
    table = grid([(2, 9), (7, 6)])
    cut = cover_cut(table, Demand(0, 1, 3), frozenset([0]))
    assert cut.name == "cover[r0,c0]"
    assert cut.shortfall({1: 0.25, 2: 0.25}) == pytest.approx(0.5)
    assert cut.shortfall({1: 1.0, 2: 1.0}) < 0
    assert cut.holds(frozenset([0, 3]))


def test_bridges_stand_only_where_no_primary_is() -> None:
    """A sum with a primary cell asks nothing of its other cells."""
    table = grid([(2, 9), (7, 6)])
    rows = bridge_rows(table, frozenset([0]))
    sums = {row.name.split("/", 1)[1] for row in rows}
    assert not any("Total,c0" in name or "r0,Total" in name for name in sums if name.endswith(("row]]", "column]]")))
    row = next(row for row in rows if row.cell == table.number_of()["r1", "c1"])
    assert row.excess({row.cell: 1.0}) == 1.0
    assert row.excess({row.cell: 1.0, next(iter(row.others)): 1.0}) == 0.0


def test_an_insiders_room_is_smaller() -> None:
    """Whoever knows that a cell holds at least 1 and at most 4 cannot move it farther."""
    table = grid([(2, 9), (7, 6)])
    assert Attack(table).room(0) == (2, float("inf"))
    assert Attack(table, Attacker("i", {0: 1}, {0: 4})).room(0) == (1, 2)
    assert Attack(table).attacker is PUBLIC


def test_a_program_is_asked_again_from_where_it_stands() -> None:
    """New costs, new ranges, new rows; unbounded and infeasible are answers, whole numbers are whole."""
    program = Program([(0, 10), (0, float("inf"))])
    program.add([(0, 1), (1, 1)], 5, 5)
    assert list(program.minimise({0: -1}).values) == [5, 0]
    assert list(program.minimise({1: -1}).values) == [0, 5]
    program.set_ranges({0: (3, 4)})
    assert list(program.minimise({1: -1}).values) == [3, 2]
    program.set_ranges({0: (6, 7)})
    assert program.minimise({}).outcome is Outcome.INFEASIBLE
    assert Program([(0, float("inf"))]).minimise({0: -1}).outcome is Outcome.UNBOUNDED
    whole = Program([(0, 1)] * 3, whole=True)
    whole.add([(0, 2), (1, 2), (2, 3)], 4, float("inf"))
    whole.suggest([1, 1, 1])
    answer = whole.minimise({0: 5, 1: 4, 2: 3})
    assert [round(value) for value in answer.values] == [0, 1, 1]
    assert answer.bound == pytest.approx(7)
