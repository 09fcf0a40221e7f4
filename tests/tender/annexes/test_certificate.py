"""Ends, witnesses and proofs: the audit against trying every table, and files that cannot lie."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.audit import Interval, intervals
from tender.annexes.disclosure.building import Published, published
from tender.annexes.disclosure.certificate import FORMAT, Fault, certificate, recheck
from tender.annexes.disclosure.rounding import round_small
from tender.annexes.disclosure.seen_rounding import seen
from tender.annexes.disclosure.tables import System
from tender.annexes.disclosure.witness import rests
from tender.errors import InputError
from tests.tender.annexes.instances import grid, random_table, small_needs, still, tabled

Rows = list[list[int]]
two_by_three = st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2)


def all_tables(rows: Rows, ranges: Mapping[int, range] | None = None) -> Iterator[list[int]]:
    """Values of the cells of every table whose inner counts lie within `ranges`, or anywhere up to the total."""
    table, width, total = grid(rows), len(rows[0]), sum(map(sum, rows))
    inner = list(product(range(len(rows)), range(width)))
    numbers = table.number_of()
    spans = [(ranges or {}).get(numbers[f"r{i}", f"c{j}"], range(total + 1)) for i, j in inner]
    sums = [
        [
            place
            for place, (i, j) in enumerate(inner)
            if cell.at[0] in {f"r{i}", "Total"} and cell.at[1] in {f"c{j}", "Total"}
        ]
        for cell in table.cells
    ]
    for flat in product(*spans):
        yield [sum(flat[place] for place in places) for places in sums]


def spans_of(tables: Iterable[list[int]]) -> list[tuple[Fraction, Fraction]]:
    """Least and most of every cell."""
    columns = list(zip(*tables, strict=True))
    return [(Fraction(min(column)), Fraction(max(column))) for column in columns]


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2), st.data())
@settings(max_examples=25, deadline=None)
def test_an_interval_is_that_of_all_tables_that_show_the_same(rows: Rows, data: st.DataObject) -> None:
    """In two ways every vertex is whole, so trying all whole tables gives the same ends; inner cells and margins."""
    table = grid(rows)
    numbers = table.number_of()
    grand = numbers["Total", "Total"]
    hidden = frozenset(
        data.draw(st.sets(st.sampled_from([n for n in range(len(table.cells)) if n != grand]), min_size=1))
    )
    true = [cell.value for cell in table.cells]
    shown = [number for number in range(len(true)) if number not in hidden]
    expected = spans_of(other for other in all_tables(rows) if all(other[cell] == true[cell] for cell in shown))
    for interval in intervals(published(table, hidden)):
        assert interval.low.certain
        assert interval.high.certain
        assert (interval.low.value, interval.high.value) == expected[interval.cell]


@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=15, deadline=None)
def test_a_reader_of_rounded_counts_derives_what_all_true_tables_allow(rows: Rows) -> None:
    """Every table of whole counts that the method could have rounded to this one, tried."""
    found = round_small(grid(rows), 3, b"a secret seed", still, 60.0)
    allowed = {
        number: range(
            max(1, cell.value - found.most) if cell.value else 0, (cell.value + found.most if cell.value else 2) + 1
        )
        for number, cell in enumerate(found.system.cells)
    }
    possible = (each for each in all_tables(rows, allowed) if all(value in allowed[n] for n, value in enumerate(each)))
    expected = spans_of(possible)
    for span in seen(found):
        assert (span.low.value, span.high.value) == expected[span.cell]


def _audited(rows: Rows, hidden: frozenset[int]) -> tuple[System, Published, tuple[Interval, ...]]:
    table = grid(rows)
    tables = published(table, hidden)
    return table, tables, intervals(tables)


def _ends(found: tuple[Interval, ...]) -> list[tuple[int, Fraction | None, Fraction | None]]:
    return [(each.cell, each.low.value, each.high.value) for each in found]


@given(two_by_three, st.data())
@settings(max_examples=40, deadline=None)
def test_a_file_of_witnesses_proves_what_the_audit_found(rows: Rows, data: st.DataObject) -> None:
    """For any pattern, whole or not, with ends or without: every end is proven, and the intervals are the same."""
    hidden = frozenset(data.draw(st.sets(st.integers(0, 11), min_size=1)))
    _, tables, found = _audited(rows, hidden)
    data_of = certificate(tables, found)
    assert data_of == certificate(tables, found)
    checked = recheck(data_of, "w.json", tables)
    assert checked.faults == ()
    assert _ends(checked.intervals) == _ends(found)


@given(two_by_three, st.data())
@settings(max_examples=60, deadline=None)
def test_no_file_can_lie(rows: Rows, data: st.DataObject) -> None:
    """Whatever is changed in it: an interval that the check accepts is the one that the audit found, no other."""
    hidden = frozenset(data.draw(st.sets(st.integers(0, 11), min_size=2)))
    _, tables, found = _audited(rows, hidden)
    said = json.loads(certificate(tables, found))
    _spoil(said, data)
    try:
        checked = recheck(json.dumps(said).encode(), "w.json", tables)
    except InputError:
        return
    true = {cell: (low, high) for cell, low, high in _ends(found)}
    for cell, low, high in _ends(checked.intervals):
        assert true[cell] == (low, high)
    assert len(checked.intervals) + len({at for at, _, _ in checked.faults}) == len(found)


def _spoil(said: dict[str, Any], data: st.DataObject) -> None:
    """One to three changes of values, witnesses, proofs or tables."""
    numbers = st.sampled_from(["0", "1", "2", "-1", "7", "1/2", "5/3"])
    for _ in range(data.draw(st.integers(1, 3))):
        what = data.draw(st.sampled_from(["value", "witness", "proof", "table", "end", "swap"]))
        end = data.draw(st.sampled_from(said["ends"]))
        side = data.draw(st.sampled_from(["low", "high"]))
        if what == "value":
            end[side]["value"] = data.draw(st.one_of(st.none(), numbers))
        elif what == "witness":
            end[side]["witness"] = data.draw(st.integers(0, len(said["tables"])))
        elif what == "proof":
            end[side]["proof"] = data.draw(
                st.dictionaries(st.sampled_from(["0", "1", "2", "3", "4"]), numbers, max_size=3)
            )
        elif what == "table" and said["tables"]:
            row = data.draw(st.sampled_from(said["tables"]))
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(numbers)
        elif what == "swap":
            end["low"], end["high"] = end["high"], end["low"]
        elif what == "end" and len(said["ends"]) > 1:
            said["ends"].remove(end)


def test_a_hidden_cell_that_the_file_leaves_out_is_missing() -> None:
    """Both of its ends are named."""
    _, tables, found = _audited([[2, 9, 4], [7, 6, 5]], frozenset(range(4)))
    said = json.loads(certificate(tables, found))
    gone = said["ends"].pop(0)
    checked = recheck(json.dumps(said).encode(), "w.json", tables)
    assert checked.faults == tuple((tuple(gone["at"]), side, Fault.MISSING) for side in ("low", "high"))


def test_a_file_names_its_sums_and_its_kind() -> None:
    """Whoever reads it finds the sums in the order in which the proofs number them."""
    _, tables, found = _audited([[2, 9, 4], [7, 6, 5]], frozenset(range(4)))
    said = json.loads(certificate(tables, found))
    assert said["format"] == FORMAT
    assert said["relations"] == [relation.name for relation in tables.relations]
    assert said["unseen"] == [list(tables.cells[cell]) for cell in tables.hidden]


@pytest.mark.parametrize("place", [True, -1, 1.5, "0", 99])
def test_a_witness_that_is_no_number_of_a_table_is_refused(place: object) -> None:
    """Python would count from the end, or take True for 1."""
    _, tables, found = _audited([[2, 9, 4], [7, 6, 5]], frozenset(range(4)))
    said = json.loads(certificate(tables, found))
    said["ends"][0]["low"]["witness"] = place
    with pytest.raises(InputError, match=r"annex\.witness-file"):
        recheck(json.dumps(said).encode(), "w.json", tables)


def test_unlisted_sums_are_part_of_every_witness() -> None:
    """Row totals and column totals without the grand total: the witness names the sum that nobody lists."""
    table = tabled(["r", "c"], {("a", "Total"): 3, ("b", "Total"): 9, ("Total", "x"): 5, ("Total", "y"): 7})
    numbers = table.number_of()
    tables = published(table, frozenset([numbers["a", "Total"], numbers["b", "Total"]]))
    found = intervals(tables)
    said = json.loads(certificate(tables, found))
    assert ["Total", "Total"] in said["unseen"]
    assert recheck(certificate(tables, found), "w.json", tables).faults == ()
    assert [(each.low.value, each.high.value) for each in found] == [(Fraction(0), Fraction(12))] * 2


def test_the_rest_of_a_sum_is_what_is_not_shown() -> None:
    """11 in all, 9 of it shown: 2 are left for the hidden one; a sum that is all shown has nothing left."""
    table = grid([(2, 9), (7, 6)])
    tables = published(table, frozenset([table.number_of()["r0", "c0"]]))
    by_name = dict(zip((relation.name for relation in tables.relations), rests(tables), strict=True))
    row = by_name["sum[r0,Total/column]"]
    assert [abs(factor) * abs(row.total) for _, factor in row.terms] == [2]
    assert by_name["sum[r1,Total/column]"].terms == ()
    assert by_name["sum[r1,Total/column]"].total == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_ends_are_those_of_asking_one_by_one(seed: int) -> None:
    """Whatever the sweeps settle together is what each cell gets alone, in three ways too, for insiders too."""
    table = random_table((3, 3, 4), seed, 1.5)
    needs = small_needs(table, 4)
    hidden = frozenset(number for number, cell in enumerate(table.cells) if cell.value < 9)
    tables = published(table, hidden)
    for attacker in (PUBLIC, Attacker("inside", {needs[0].cell: 1}, {needs[-1].cell: 9})):
        together = {each.cell: each for each in intervals(tables, attacker)}
        for cell in sorted(hidden)[::3]:
            alone = intervals(tables, attacker, [cell])[0]
            assert (alone.low.value, alone.high.value) == (together[cell].low.value, together[cell].high.value)
            assert together[cell].low.certain
            assert together[cell].high.certain


def test_an_open_end_is_found_from_wherever_the_solver_stands() -> None:
    """Nearly all hidden: after some open ends HiGHS answers "unknown" to the next one, unless it starts afresh."""
    tables = published(grid([[0, 0, 1], [0, 1, 0]]), frozenset([0, 1, 2, 3, 5, 6, 7, 8, 10, 11]))
    found = intervals(tables)
    assert all(each.low.certain and each.high.certain for each in found)
    assert any(each.high.value is None for each in found)
    assert recheck(certificate(tables, found), "w.json", tables).faults == ()
