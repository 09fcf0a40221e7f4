"""Cheapest flow through a small network in exact integers: successive shortest paths with potentials.

Pure Python, no floats. Edmonds & Karp 1972: with costs made non-negative by potentials, Dijkstra's algorithm finds each
augmenting path; the result is a cheapest flow of its size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(slots=True)
class _Edge:
    """One direction of a connection; its way back is the edge with the neighbouring number."""

    head: int
    free: int
    cost: int


@dataclass(slots=True)
class Network:
    """A directed network with whole capacities and non-negative whole costs.

    Attributes:
        size: Number of nodes, numbered from zero.
    """

    size: int
    _edges: list[_Edge] = field(default_factory=list)
    _out: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with no edges."""
        self._out = [[] for _ in range(self.size)]

    def connect(self, tail: int, head: int, capacity: int, cost: int = 0) -> int:
        """Add an edge and return its number.

        Raises:
            ValueError: The capacity or the cost is negative.
        """
        if capacity < 0 or cost < 0:
            message = "capacity and cost must not be negative"
            raise ValueError(message)
        number = len(self._edges)
        self._edges += [_Edge(head, capacity, cost), _Edge(tail, 0, -cost)]
        self._out[tail].append(number)
        self._out[head].append(number + 1)
        return number

    def flow(self, edge: int) -> int:
        """How much flows through `edge`."""
        return self._edges[edge ^ 1].free

    def send(self, source: int, sink: int, wanted: int) -> int:
        """Send up to `wanted` from `source` to `sink` at least cost; how much went through.

        Call it once on a network: it is cheapest only from the empty flow.
        """
        potentials = [0] * self.size
        sent = 0
        while sent < wanted:
            distances, arrivals = self._distances(source, potentials)
            if distances[sink] is None:
                break
            potentials = [old if new is None else old + new for old, new in zip(potentials, distances, strict=True)]
            sent += self._push(source, sink, arrivals, wanted - sent)
        return sent

    def reached(self, source: int) -> frozenset[int]:
        """Nodes that `source` still reaches through free capacity: its side of a smallest cut after a largest flow."""
        seen, waiting = {source}, [source]
        while waiting:
            for number in self._out[waiting.pop()]:
                edge = self._edges[number]
                if edge.free and edge.head not in seen:
                    seen.add(edge.head)
                    waiting.append(edge.head)
        return frozenset(seen)

    def _distances(self, source: int, potentials: list[int]) -> tuple[list[int | None], list[int]]:
        """Reduced distances from `source`, and the edge by which each node is reached."""
        distances: list[int | None] = [None] * self.size
        arrivals = [-1] * self.size
        distances[source] = 0
        waiting = [(0, source)]
        while waiting:
            distance, node = heappop(waiting)
            if distance != distances[node]:
                continue
            for number in self._out[node]:
                edge = self._edges[number]
                onward = distance + edge.cost + potentials[node] - potentials[edge.head]
                known = distances[edge.head]
                if edge.free and (known is None or onward < known):
                    distances[edge.head] = onward
                    arrivals[edge.head] = number
                    heappush(waiting, (onward, edge.head))
        return distances, arrivals

    def _push(self, source: int, sink: int, arrivals: list[int], most: int) -> int:
        path = []
        node = sink
        while node != source:
            path.append(arrivals[node])
            node = self._edges[arrivals[node] ^ 1].head
        amount = min(most, *(self._edges[number].free for number in path))
        for number in path:
            self._edges[number].free -= amount
            self._edges[number ^ 1].free += amount
        return amount
