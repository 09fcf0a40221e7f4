"""Whether a set of providers can serve everyone whom the tender forecasts: exact whole numbers, with reasons when not.

A set is a small transport problem: each provider carries at most its cap in all and its tendered number in each cell
(area, group); every cell needs its forecast. Feasible means that a flow covers every cell and that the cheapest such
flow stays under the yearly ceiling. When it is not, Hall's condition names cells that the set cannot fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from evaluation.award.comparison import group_cost, tendered_prices
from evaluation.award.flow import Network
from evaluation.award.market import Cell
from evaluation.contract.expressions import number
from tender.errors import BlockedError
from tender.model.awards import Obstacle, Place
from tender.model.bids import Bid
from tender.model.tender import Tender
from tender.money import exact

TOTAL_CAPACITY = "total_capacity"
COVERAGE_AREA = "coverage_area"
COVERAGE_GROUP = "coverage_group"
COVERAGE = "coverage"
COVERAGE_CELLS = "coverage_cells"
BUDGET = "budget"
VIABLE = "viable"
"""Rules that a set may break; the three ``coverage_…`` rules are sums of the model's rows ``coverage[area,group]``."""

CENTS = 100
_SOURCE = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """Whom the chosen providers must be able to serve.

    Attributes:
        needs: Forecast clients by cell, cells without clients left out, in the order of the tender.
        ceiling: Most that the places may cost in a year, euros; ``None`` when there is no such row.
    """

    needs: Mapping[Cell, int]
    ceiling: Fraction | None

    @property
    def total(self) -> int:
        """All clients together."""
        return sum(self.needs.values())


@dataclass(frozen=True, slots=True)
class Supply:
    """What one bidder can carry, and at what cost.

    Attributes:
        bidder: Bidder id.
        total: Most clients at a time: the tendered capacity, at most the client cap.
        cells: Most clients by cell.
        costs: Yearly cost of one place by group id, exact euros.
        least: Fewest clients that the plan must give it.
    """

    bidder: str
    total: int
    cells: Mapping[Cell, int]
    costs: Mapping[str, Fraction]
    least: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A cheapest way to serve everyone.

    Attributes:
        places: Places by provider and cell; empty cells left out.
        cost: Yearly cost, exact euros.
    """

    places: tuple[Place, ...]
    cost: Fraction


def demand_of(tender: Tender) -> Demand:
    """The forecast of `tender`, cell by cell, and its ceiling."""
    needs = {(area.id, group.id): group.clients.get(area.id, 0) for area in tender.areas for group in tender.groups}
    ceiling = tender.award.selection.yearly_cost_ceiling
    filled = {cell: need for cell, need in needs.items() if need > 0}
    return Demand(filled, None if ceiling is None else exact(ceiling))


def supply_of(tender: Tender, bid: Bid) -> Supply:
    """What the admitted `bid` offers.

    Raises:
        BlockedError: A capacity was left blank, which is not zero; admissibility should have stopped the bid.
    """
    cells: dict[Cell, int] = {}
    for area in tender.areas:
        for group in tender.groups:
            clients = bid.capacity.get((area.id, group.id))
            if clients is None:
                raise BlockedError("award.capacity-missing", bidder=bid.name, cell=f"{area.id}/{group.id}")
            cells[area.id, group.id] = clients
    if bid.capacity_total is None:
        raise BlockedError("award.capacity-missing", bidder=bid.name, cell="capacity_total")
    prices = tendered_prices(tender, bid)
    costs = {
        group.id: group_cost(tender, prices, group) / group.client_total
        for group in tender.groups
        if group.client_total
    }
    least = tender.award.selection.viable_clients or 0
    return Supply(bid.bidder, min(bid.capacity_total, tender.framework.client_cap), cells, costs, least)


def carried(supplies: Iterable[Supply], cells: Iterable[Cell]) -> int:
    """Most clients of `cells` together that `supplies` can carry; an upper bound of what they will."""
    wanted = tuple(cells)
    return sum(min(supply.total, sum(supply.cells[cell] for cell in wanted)) for supply in supplies)


def obstacles(demand: Demand, supplies: Sequence[Supply]) -> tuple[Obstacle, ...]:
    """Why `supplies` cannot serve `demand`; empty when they can.

    The named reasons come first: all clients, an area, a group, a cell. Where none of these holds, the cells of a
    smallest cut are the reason. The budget is looked at only when the places are enough.
    """
    named = _shortages(demand, lambda cells: carried(supplies, cells))
    if named:
        return named
    network, edges = _network(demand, supplies)
    sink = len(supplies) + len(demand.needs) + 1
    if network.send(_SOURCE, sink, demand.total) < demand.total:
        return (_cut_shortage(demand, supplies, network.reached(_SOURCE)),)
    if any(supply.least for supply in supplies):
        network, edges = _network(demand, supplies, viable=True)
        if network.send(_SOURCE, sink, demand.total) < demand.total:
            values = {"least": str(max(supply.least for supply in supplies)), "need": str(demand.total)}
            return (Obstacle(VIABLE, values),)
    cost = _cost(network, edges, supplies)
    if demand.ceiling is not None and cost > demand.ceiling:
        over = Fraction(ceil(cost * CENTS), CENTS)
        return (Obstacle(BUDGET, {"cost": number(over), "ceiling": number(demand.ceiling)}),)
    return ()


def cheapest_plan(demand: Demand, supplies: Sequence[Supply]) -> Plan | None:
    """A cheapest plan that serves everyone, or ``None`` when the places are too few; the ceiling is not looked at."""
    network, edges = _network(demand, supplies, viable=True)
    if network.send(_SOURCE, len(supplies) + len(demand.needs) + 1, demand.total) < demand.total:
        return None
    places = tuple(
        Place(supplies[i].bidder, cell[0], cell[1], network.flow(edge))
        for (i, cell), edge in edges.items()
        if network.flow(edge)
    )
    return Plan(places, _cost(network, edges, supplies))


def shortages_of_any(demand: Demand, supplies: Sequence[Supply], size: int) -> tuple[Obstacle, ...]:
    """What no set of `size` of `supplies` can carry: even those that carry most of it are not enough."""

    def most(cells: frozenset[Cell]) -> int:
        return sum(sorted((carried([supply], cells) for supply in supplies), reverse=True)[:size])

    return _shortages(demand, most)


def named_needs(demand: Demand) -> tuple[int, ...]:
    """Clients of each set of cells that has a name: all, each area, each group, each cell."""
    return tuple(sum(demand.needs[cell] for cell in cells) for _, _, cells in _families(demand))


def named_reach(demand: Demand, supply: Supply) -> tuple[int, ...]:
    """Most clients that `supply` alone can carry of each of those sets; a set of supplies carries at most the sum."""
    return tuple(carried([supply], cells) for _, _, cells in _families(demand))


def scaled_costs(supplies: Sequence[Supply]) -> tuple[int, tuple[Mapping[str, int], ...]]:
    """A common denominator of all costs, and every supply's costs as whole numbers over it."""
    scale = lcm(*(cost.denominator for supply in supplies for cost in supply.costs.values()))
    return scale, tuple({group: int(cost * scale) for group, cost in supply.costs.items()} for supply in supplies)


def _shortages(demand: Demand, capacity_of: Callable[[frozenset[Cell]], int]) -> tuple[Obstacle, ...]:
    """The shortages that can be said in a few words; sets of cells that were named once are not named again."""
    found: list[Obstacle] = []
    named: set[frozenset[Cell]] = set()
    for rule, names, cells in _families(demand):
        capacity, need = capacity_of(cells), sum(demand.needs[cell] for cell in cells)
        if capacity < need and cells not in named:
            named.add(cells)
            found.append(Obstacle(rule, {**names, "capacity": str(capacity), "need": str(need)}))
    return tuple(found)


def _families(demand: Demand) -> Iterator[tuple[str, dict[str, str], frozenset[Cell]]]:
    """Sets of cells with a name: all, each area, each group, each cell, in the order of the tender."""
    cells = tuple(demand.needs)
    yield TOTAL_CAPACITY, {}, frozenset(cells)
    for area in dict.fromkeys(area for area, _ in cells):
        yield COVERAGE_AREA, {"area": area}, frozenset(cell for cell in cells if cell[0] == area)
    for group in dict.fromkeys(group for _, group in cells):
        yield COVERAGE_GROUP, {"group": group}, frozenset(cell for cell in cells if cell[1] == group)
    for area, group in cells:
        yield COVERAGE, {"area": area, "group": group}, frozenset({(area, group)})


def _cut_shortage(demand: Demand, supplies: Sequence[Supply], near: frozenset[int]) -> Obstacle:
    """The cells beyond a smallest cut: by Hall's condition the supplies cannot fill them together."""
    first = len(supplies) + 1
    cells = tuple(cell for place, cell in enumerate(demand.needs, start=first) if place not in near)
    need = sum(demand.needs[cell] for cell in cells)
    names = ", ".join(f"{area}/{group}" for area, group in cells)
    return Obstacle(COVERAGE_CELLS, {"cells": names, "capacity": str(carried(supplies, cells)), "need": str(need)})


def _network(
    demand: Demand, supplies: Sequence[Supply], *, viable: bool = False
) -> tuple[Network, dict[tuple[int, Cell], int]]:
    """Source → providers → cells → sink, and the edge of each provider and cell.

    When `viable`, what is above the least numbers flows through one further node that lets only the rest of the demand
    through: so a flow of the whole demand gives every provider its least number.
    """
    cells = tuple(demand.needs)
    first = len(supplies) + 1
    sink = first + len(cells)
    network = Network(sink + 2)
    _, costs = scaled_costs(supplies)
    edges: dict[tuple[int, Cell], int] = {}
    held = [min(supply.least, supply.total) if viable else 0 for supply in supplies]
    lacking = sum(max(supply.least - supply.total, 0) for supply in supplies) if viable else 0
    network.connect(_SOURCE, sink + 1, max(demand.total - sum(held) - lacking, 0))
    for number_of, (supply, least) in enumerate(zip(supplies, held, strict=True)):
        network.connect(_SOURCE, number_of + 1, least)
        network.connect(sink + 1, number_of + 1, supply.total - least)
        for place, cell in enumerate(cells, start=first):
            edges[number_of, cell] = network.connect(
                number_of + 1, place, supply.cells[cell], costs[number_of][cell[1]]
            )
    for place, cell in enumerate(cells, start=first):
        network.connect(place, sink, demand.needs[cell])
    return network, edges


def _cost(network: Network, edges: Mapping[tuple[int, Cell], int], supplies: Sequence[Supply]) -> Fraction:
    return sum((network.flow(edge) * supplies[i].costs[cell[1]] for (i, cell), edge in edges.items()), Fraction(0))
