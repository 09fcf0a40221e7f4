"""Witnesses and proofs of an audit as a file, and the check of such a file against the table: no solver is asked.

The file says nothing that the check believes: cells and sums come from the published table, every witness is added up
and every proof is multiplied out in whole numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tender.annexes.disclosure.attack import PUBLIC
from tender.annexes.disclosure.audit import Interval
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.probing import End
from tender.annexes.disclosure.tables import At
from tender.annexes.disclosure.witness import Checker, Multipliers, Table
from tender.errors import InputError, Place
from tender.guards import MIB, guard_size

FORMAT = "valinta-annex-witnesses-1"
MOST_BYTES = 100 * MIB
_SIDES = {"low": -1, "high": 1}
_FRACTION = re.compile(r"-?[0-9]{1,24}(/[1-9][0-9]{0,23})?")


class Fault(StrEnum):
    """Why an end is not proven by the file."""

    MISSING = "missing"
    """The file says nothing of a hidden cell."""
    WITNESS = "witness"
    """The table that should reach the end does not fit what is published, or does not reach it."""
    PROOF = "proof"
    """The multipliers do not prove that the end cannot be passed."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """What the check of a file found.

    Attributes:
        intervals: The intervals that the file proves at both ends.
        faults: Cells and sides (``low``, ``high``) that it does not prove, with the reason.
    """

    intervals: tuple[Interval, ...]
    faults: tuple[tuple[At, str, Fault], ...]


def certificate(tables: Published, found: Sequence[Interval]) -> bytes:
    """The witnesses and proofs of `found`, as the bytes of a JSON file; the same audit gives the same bytes."""
    unseen = [cell for cell, shown in enumerate(tables.shown) if shown is None]
    places: dict[tuple[Fraction, ...], int] = {}

    def end(one: End) -> dict[str, Any]:
        row = tuple(one.witness[cell] for cell in unseen) if one.witness is not None else None
        return {
            "value": _text(one.value),
            "witness": None if row is None else places.setdefault(row, len(places)),
            "proof": None if one.proof is None else {str(row): str(value) for row, value in one.proof.items()},
        }

    ends = [{"at": list(tables.cells[one.cell]), "low": end(one.low), "high": end(one.high)} for one in found]
    said = {
        "format": FORMAT,
        "dimensions": list(tables.dimensions),
        "relations": [relation.name for relation in tables.relations],
        "unseen": [list(tables.cells[cell]) for cell in unseen],
        "tables": [[str(value) for value in row] for row in places],
        "ends": ends,
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def recheck(data: bytes, file: str, tables: Published) -> Recheck:
    """Hold the witnesses and proofs of a file against the published table.

    Args:
        data: The bytes of the file.
        file: The file as the user knows it.
        tables: The published table with its sums.

    Raises:
        InputError: The file is not one of this kind, or of another table (``annex.witness-file``).
    """
    try:
        return _Rechecker(_parsed(data, file), tables).run()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise InputError("annex.witness-file", place=Place(file), file=file) from error


def _parsed(data: bytes, file: str) -> dict[str, Any]:
    guard_size(data, file, MOST_BYTES)
    said: dict[str, Any] = json.loads(data)
    if said["format"] != FORMAT:
        raise ValueError(said["format"])
    return said


class _Rechecker:
    """One file before one table."""

    def __init__(self, said: Mapping[str, Any], tables: Published) -> None:
        numbers = {at: number for number, at in enumerate(tables.cells)}
        self._tables = tables
        self._checker = Checker(tables, PUBLIC)
        unseen = [numbers[tuple(at)] for at in said["unseen"]]
        self._witnesses = [self._table(unseen, row) for row in said["tables"]]
        self._good = [self._checker.agrees(table) for table in self._witnesses]
        self._ends = {numbers[tuple(entry["at"])]: entry for entry in said["ends"]}

    def _table(self, unseen: Sequence[int], row: Sequence[str]) -> Table:
        return {cell: _fraction(text) for cell, text in zip(unseen, row, strict=True)}

    def run(self) -> Recheck:
        """Check every end of every hidden cell."""
        found: list[Interval] = []
        faults: list[tuple[At, str, Fault]] = []
        for cell in self._tables.hidden:
            bad = list(self._faults(cell))
            faults += [(self._tables.cells[cell], side, fault) for side, fault in bad]
            if not bad:
                low, high = (self._end(self._ends[cell][side]) for side in _SIDES)
                found.append(Interval(cell, PUBLIC.name, low, high))
        return Recheck(tuple(found), tuple(faults))

    def _faults(self, cell: int) -> Iterator[tuple[str, Fault]]:
        for name, side in _SIDES.items():
            if cell not in self._ends:
                yield name, Fault.MISSING
                continue
            end = self._end(self._ends[cell][name])
            if not self._reaches(self._ends[cell][name]["witness"], cell, end):
                yield name, Fault.WITNESS
            elif end.value is not None and not self._is_bound(cell, side, end):
                yield name, Fault.PROOF

    def _end(self, said: Mapping[str, Any]) -> End:
        place, proof = said["witness"], said["proof"]
        value = None if said["value"] is None else _fraction(said["value"])
        return End(value, None if place is None else self._witnesses[_place(place)], self._proof(proof))

    def _proof(self, said: Mapping[str, str] | None) -> Multipliers | None:
        if said is None:
            return None
        return {_place(int(row)): _fraction(text) for row, text in said.items()}

    def _reaches(self, place: int | None, cell: int, end: End) -> bool:
        """Whether the witness shows that the cell can be there, or can grow for ever."""
        if place is None or end.witness is None:
            return False
        if end.value is None:
            return self._checker.endless(end.witness, cell)
        return self._good[place] and end.witness[cell] == end.value

    def _is_bound(self, cell: int, side: int, end: End) -> bool:
        return end.proof is not None and self._checker.bound(cell, side, end.proof) == end.value


def _place(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise ValueError(said)
    return said


def _fraction(text: object) -> Fraction:
    """A fraction as the file writes it; long numbers are refused, for checking them would take for ever."""
    if not isinstance(text, str) or not _FRACTION.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)
