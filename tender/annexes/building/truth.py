"""The true counts of linked tables as constraint systems, one for each set of cells that hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from tender.annexes.building.linking import Frame, Key, Linked, Spot, holding, linked
from tender.annexes.counts import TrueCell
from tender.annexes.disclosure.rules import Need
from tender.annexes.disclosure.tables import Cell, Relation, Role, System, broken_relations
from tender.errors import BlockedError
from tender.model.annex import At
from tender.model.open_data import Quantity

Counts = Mapping[str, Mapping[At, TrueCell]]
"""True cells by table id and coordinates."""

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that hang together by sums, with what protection asks of them.

    Attributes:
        system: The cells and sums.
        cells: Their numbers in the linked tables.
        needs: The small and the dominated cells.
        amounts: Whether the cells are amounts (hours), not counts of persons.
    """

    system: System
    cells: tuple[int, ...]
    needs: tuple[Need, ...]
    amounts: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be known of persons.

    Attributes:
        threshold: Smallest count of persons.
        share: Percentage p of the p % rule for amounts.
    """

    threshold: int
    share: int


@dataclass(frozen=True, slots=True)
class Truth:
    """Linked tables with their true counts.

    Attributes:
        tables: The tables as cells and sums.
        cells: The true cell of each.
        relations: The sums, and the balances that hold.
    """

    tables: Linked
    cells: tuple[TrueCell, ...]
    relations: tuple[Relation, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """What would be published without protection."""
        return tuple(cell.amount for cell in self.cells)

    def system(self, public: frozenset[int] = frozenset()) -> System:
        """All of it as one system; the cells in `public` are known already."""
        cells = tuple(
            Cell(key, value, Role.PUBLIC if number in public else Role.OPEN)
            for number, (key, value) in enumerate(zip(self.tables.cells, self.values, strict=True))
        )
        return System(self.tables.dimensions, cells, self.relations)

    def blocks(self, limits: Limits, public: frozenset[int] = frozenset()) -> tuple[Block, ...]:
        """The sets of cells that hang together, in the order of their first cells."""
        whole = self.system(public)
        return tuple(self._block(whole, numbers, limits) for numbers in _components(whole))

    def _block(self, whole: System, numbers: tuple[int, ...], limits: Limits) -> Block:
        local = {number: place for place, number in enumerate(numbers)}
        relations = tuple(
            replace(each, terms=tuple((local[cell], factor) for cell, factor in each.terms))
            for each in whole.relations
            if each.terms[0][0] in local
        )
        system = System(whole.dimensions, tuple(whole.cells[number] for number in numbers), relations)
        amounts = is_amount(self.tables.cells[numbers[0]])
        wanted = (need_of(place, self.cells[number], limits, amount=amounts) for place, number in enumerate(numbers))
        return Block(system, numbers, tuple(need for need in wanted if need), amounts)


def is_amount(key: Key) -> bool:
    """Whether the cell at `key` is an amount, of which the p % rule speaks."""
    return key[0] == Quantity.HOURS.value


def true_values(frames: Sequence[Frame], counts: Counts) -> Truth:
    """The tables of `frames` with their true counts.

    Raises:
        BlockedError: The counts contradict each other (``annex.contradiction``).
    """
    tables = linked(frames)
    cells = tuple(_agreed(spots, counts) for spots in tables.spots)
    sums = System(tables.dimensions, tuple(map(_cell, tables.cells, cells)), tables.sums)
    broken = broken_relations(sums)
    if broken:
        raise _contradiction(tables.spots[broken[0].terms[0][0]][0])
    balances = holding(tables.balances, [cell.amount for cell in cells])
    return Truth(tables, cells, (*tables.sums, *balances))


def _cell(key: Key, cell: TrueCell) -> Cell:
    return Cell(key, cell.amount)


def _agreed(spots: Sequence[Spot], counts: Counts) -> TrueCell:
    """What every table says of one cell."""
    found = [counts[spot.table][spot.at] for spot in spots]
    for spot, cell in zip(spots, found, strict=True):
        if cell != found[0]:
            raise _contradiction(spot)
    return found[0]


def _contradiction(spot: Spot) -> BlockedError:
    return BlockedError("annex.contradiction", table=spot.table, at=", ".join(spot.at))


def need_of(number: int, cell: TrueCell, limits: Limits, *, amount: bool) -> Need | None:
    """What protection one cell needs; none when it needs none.

    A count of fewer persons than the threshold: neither 0 nor the threshold may be excluded, nor, where these persons
    have more spells than that, one spell more. An amount: by the p % rule, and when it is of fewer persons than the
    threshold by at least p % of its largest part either way.
    """
    few = 0 < cell.persons < limits.threshold
    if not amount:
        up = max(limits.threshold - cell.amount, 1)
        return Need(number, cell.amount, up, rule="threshold") if few else None
    if cell.amount == 0:
        return None
    rest = cell.amount - cell.largest - cell.second
    reach = ceil((cell.largest * limits.share - rest * _PERCENT) / _PERCENT)
    if few:
        reach = max(reach, -(-cell.largest * limits.share // _PERCENT), 1)
    return Need(number, min(cell.amount, reach), reach, rule="p-percent") if reach > 0 else None


def _components(system: System) -> tuple[tuple[int, ...], ...]:
    """Sets of cells that are joined by relations, the cells of each in their order."""
    above = list(range(len(system.cells)))

    def top(cell: int) -> int:
        while above[cell] != cell:
            above[cell] = above[above[cell]]
            cell = above[cell]
        return cell

    for relation in system.relations:
        first, *others = (top(cell) for cell, _ in relation.terms)
        for other in others:
            above[max(top(other), top(first))] = min(top(other), top(first))
    found: dict[int, list[int]] = {}
    for cell in range(len(above)):
        found.setdefault(top(cell), []).append(cell)
    return tuple(tuple(cells) for cells in found.values())
