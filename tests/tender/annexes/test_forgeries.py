"""Forged certificates and broken searches: each is refused by the exact check behind it, with the cell named."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from tender.annexes.disclosure import protection
from tender.annexes.disclosure.attack import PUBLIC, Attacker
from tender.annexes.disclosure.audit import Interval, intervals
from tender.annexes.disclosure.building import Published, published
from tender.annexes.disclosure.certificate import Fault, Recheck, certificate, recheck
from tender.annexes.disclosure.protection import CellStatus, Protection, Wish, protect, singletons
from tender.annexes.disclosure.rules import by_threshold
from tender.annexes.disclosure.suppression import Order, Suppression
from tender.annexes.disclosure.tables import System
from tender.annexes.disclosure.weights import weights
from tender.errors import SolverError
from tests.tender.annexes.instances import grid, still

HIDDEN = ("r0,c0", "r0,c1", "r1,c0", "r1,c1", "r2,c2", "r2,Total", "Total,c2", "Total,Total")


@cache
def case() -> tuple[Published, tuple[Interval, ...], bytes]:
    """A square of hidden counts, and one count that is hidden in every sum of it: nothing bounds that one."""
    table = grid([(2, 9, 20), (7, 6, 30), (20, 20, 20)])
    hidden = frozenset(number for number, cell in enumerate(table.cells) if cell.name in HIDDEN)
    tables = published(table, hidden)
    found = intervals(tables)
    return tables, found, certificate(tables, found)


def proven(found: Recheck) -> dict[int, tuple[object, object]]:
    return {one.cell: (one.low.value, one.high.value) for one in found.intervals}


def truth() -> dict[int, tuple[object, object]]:
    return {one.cell: (one.low.value, one.high.value) for one in case()[1]}


def test_an_honest_file_proves_every_end() -> None:
    """The same bytes for the same audit, and no fault."""
    tables, found, data = case()
    checked = recheck(data, "w.json", tables)
    assert checked.faults == ()
    assert proven(checked) == truth()
    assert certificate(tables, found) == data


Path = tuple[str | int, ...]


def put(said: Any, path: Path, value: object) -> bytes:
    changed = deepcopy(said)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(changed).encode()


@pytest.mark.parametrize("side", ["low", "high"])
def test_a_moved_end_is_the_fault_that_it_is(side: str) -> None:
    """A value that its witness does not reach; a proof of something else; an entry that is gone."""
    tables, found, data = case()
    said = json.loads(data)
    at = next(n for n, end in enumerate(said["ends"]) if end[side]["value"] not in {None, "0"})
    name = tuple(said["ends"][at]["at"])
    value = str(int(said["ends"][at][side]["value"]) + 1)
    moved = recheck(put(said, ("ends", at, side, "value"), value), "w.json", tables)
    assert moved.faults == ((name, side, Fault.WITNESS),)
    bare = recheck(put(said, ("ends", at, side, "proof"), {}), "w.json", tables)
    assert bare.faults == ((name, side, Fault.PROOF),)
    gone = recheck(json.dumps({**said, "ends": said["ends"][:at] + said["ends"][at + 1 :]}).encode(), "w", tables)
    assert gone.faults == ((name, "low", Fault.MISSING), (name, "high", Fault.MISSING))
    assert len(gone.intervals) == len(found) - 1


def test_a_bounded_cell_is_not_said_to_be_endless() -> None:
    """No ray of the file raises a cell that the sums bound, whichever a forger points at."""
    tables, found, data = case()
    said = json.loads(data)
    bounded = [number for number, one in enumerate(found) if one.high.value is not None]
    assert {tables.cells[one.cell] for one in found if one.high.value is None} == {
        ("r2", "c2"), ("r2", "Total"), ("Total", "c2"), ("Total", "Total")
    }  # fmt: skip
    assert len(bounded) == 4
    for at in bounded:
        for place in range(len(said["tables"])):
            end = {"value": None, "witness": place, "proof": None}
            checked = recheck(put(said, ("ends", at, "high"), end), "w.json", tables)
            assert checked.faults == ((tables.cells[found[at].cell], "high", Fault.WITNESS),)


def test_a_looser_end_needs_a_table_that_there_is() -> None:
    """Every count is at least 0, as no multipliers at all prove; a table made up to reach that 0 is refused."""
    tables, found, data = case()
    said = json.loads(data)
    at, one = next((at, one) for at, one in enumerate(found) if one.low.value)
    row = list(said["tables"][said["ends"][at]["low"]["witness"]])
    row[said["unseen"].index(said["ends"][at]["at"])] = "0"
    said["tables"].append(row)
    said["ends"][at]["low"] = {"value": "0", "witness": len(said["tables"]) - 1, "proof": {}}
    checked = recheck(json.dumps(said).encode(), "w.json", tables)
    assert checked.faults == ((tables.cells[one.cell], "low", Fault.WITNESS),)


def planted(monkeypatch: pytest.MonkeyPatch, hidden: frozenset[int], primaries: frozenset[int]) -> None:
    """A search that returns this pattern, whatever was ordered."""

    def broken(order: Order, *_: object) -> Suppression:
        cost = sum(weights(order.system)[cell] for cell in hidden)
        return Suppression(hidden, primaries, cost, cost, (), 0.0)

    monkeypatch.setattr(protection, "suppress", broken)


def at(table: System, *names: str) -> frozenset[int]:
    return frozenset(number for number, cell in enumerate(table.cells) if cell.name in names)


def test_a_search_that_forgets_the_secondaries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit stands behind the search: a lone blank is named and nothing may be published."""
    table = grid([(2, 9, 20), (7, 6, 30), (20, 20, 20)])
    primary = at(table, "r0,c0")
    planted(monkeypatch, primary, primary)
    with pytest.raises(SolverError, match=r"annex\.unsafe") as caught:
        protect(table, by_threshold(table), Wish(), still, 1.0)
    assert caught.value.values["cells"] == "r0,c0"


def test_a_pattern_that_only_an_insider_breaks_is_refused_for_insiders(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 and 4 share a blank row: who is the 1 reads the 4; everybody else does not."""
    table = grid([(1, 4, 30), (6, 40, 50), (20, 30, 40)])
    needs = by_threshold(table)
    pattern = at(table, "r0,c0", "r0,c1", "r1,c0", "r1,c1")
    planted(monkeypatch, pattern, frozenset(need.cell for need in needs))
    everybody = protect(table, needs, Wish(), still, 1.0)
    assert everybody.hidden == pattern
    alone: tuple[Attacker, ...] = singletons(table)
    with pytest.raises(SolverError, match=r"annex\.unsafe") as caught:
        protect(table, needs, Wish(attackers=(PUBLIC, *alone)), still, 1.0)
    assert caught.value.values["cells"] == "r0,c1"


def idle() -> Protection:
    """A pattern with one blank too many: a row total whose parts are all shown."""
    table = grid([(2, 9, 20), (7, 6, 30), (0, 20, 20)])
    return protect(table, by_threshold(table), Wish(), still, 1.0)


def test_a_blank_that_everybody_fills_is_shown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hiding r2's total hides nothing; each status says what became of its cell."""
    table = grid([(2, 9, 20), (7, 6, 30), (0, 20, 20)])
    pattern = at(table, "r0,c0", "r0,c1", "r1,c0", "r1,c1")
    planted(monkeypatch, pattern | at(table, "r2,Total"), at(table, "r0,c0"))
    found = idle()
    assert found.hidden == pattern
    assert found.cost == 3 + 10 + 8 + 7
    status = {table.cells[number].name: found.status(number) for number in range(len(table.cells))}
    assert status["r0,c0"] is CellStatus.PRIMARY
    assert status["r1,c1"] is CellStatus.SECONDARY
    assert status["r2,c0"] is CellStatus.ZERO
    assert status["r2,Total"] is CellStatus.SHOWN
