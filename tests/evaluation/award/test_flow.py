"""Cheapest flow in exact integers, against brute force and linear programming."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.flow import Network

small = st.integers(0, 3)
Table = list[list[int]]


def transport(
    supplies: list[int], needs: list[int], limits: Table, costs: Table
) -> tuple[Network, dict[tuple[int, int], int]]:
    """A transport network: source, suppliers, consumers, sink."""
    network = Network(len(supplies) + len(needs) + 2)
    sink = network.size - 1
    edges = {}
    for i, supply in enumerate(supplies):
        network.connect(0, i + 1, supply)
        for j in range(len(needs)):
            edges[i, j] = network.connect(i + 1, len(supplies) + 1 + j, limits[i][j], costs[i][j])
    for j, need in enumerate(needs):
        network.connect(len(supplies) + 1 + j, sink, need)
    return network, edges


def brute_force(supplies: list[int], needs: list[int], limits: Table, costs: Table) -> int | None:
    """Least cost of meeting every need exactly, by trying every plan; ``None`` when there is none."""
    cells = [(i, j) for i in range(len(supplies)) for j in range(len(needs))]
    best = None
    for amounts in product(*(range(limits[i][j] + 1) for i, j in cells)):
        plan = dict(zip(cells, amounts, strict=True))
        out = [sum(plan[i, j] for j in range(len(needs))) for i in range(len(supplies))]
        into = [sum(plan[i, j] for i in range(len(supplies))) for j in range(len(needs))]
        if into == needs and all(given <= most for given, most in zip(out, supplies, strict=True)):
            cost = sum(amount * costs[i][j] for (i, j), amount in plan.items())
            best = cost if best is None else min(best, cost)
    return best


@given(data=st.data(), rows=st.integers(1, 2), columns=st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_it_is_as_cheap_as_brute_force(data: st.DataObject, rows: int, columns: int) -> None:
    """Same feasibility and same least cost as trying every plan; the plan itself holds every limit."""
    table = st.lists(st.lists(small, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    supplies = data.draw(st.lists(st.integers(0, 6), min_size=rows, max_size=rows))
    needs = data.draw(st.lists(small, min_size=columns, max_size=columns))
    limits, costs = data.draw(table), data.draw(table)
    network, edges = transport(supplies, needs, limits, costs)
    sent = network.send(0, network.size - 1, sum(needs))
    expected = brute_force(supplies, needs, limits, costs)
    assert (sent == sum(needs)) == (expected is not None)
    if expected is not None:
        flows = {cell: network.flow(edge) for cell, edge in edges.items()}
        assert sum(amount * costs[i][j] for (i, j), amount in flows.items()) == expected
        assert all(0 <= amount <= limits[i][j] for (i, j), amount in flows.items())
        assert all(sum(flows[i, j] for j in range(columns)) <= supplies[i] for i in range(rows))
        assert [sum(flows[i, j] for i in range(rows)) for j in range(columns)] == needs


def negative_cycle(network: Network) -> bool:
    """Whether money could be saved by sending flow round a cycle: Bellman and Ford on what is left of the network."""
    distances = [0] * network.size
    for _ in range(network.size + 1):
        changed = False
        for tail, numbers in enumerate(network._out):
            for edge in (network._edges[number] for number in numbers):
                if edge.free and distances[tail] + edge.cost < distances[edge.head]:
                    distances[edge.head] = distances[tail] + edge.cost
                    changed = True
        if not changed:
            return False
    return True


@given(data=st.data(), rows=st.integers(2, 5), columns=st.integers(2, 8))
@settings(max_examples=100, deadline=None)
def test_larger_flows_have_a_proof_that_they_are_cheapest(data: st.DataObject, rows: int, columns: int) -> None:
    """A flow is cheapest exactly when no cycle of the rest saves money (Klein 1967); many paths, many costs."""
    numbers = st.integers(0, 30)
    table = st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    supplies = data.draw(st.lists(st.integers(10, 90), min_size=rows, max_size=rows))
    needs = data.draw(st.lists(numbers, min_size=columns, max_size=columns))
    network, _ = transport(supplies, needs, data.draw(table), data.draw(table))
    network.send(0, network.size - 1, sum(needs))
    assert not negative_cycle(network)


def test_the_proof_finds_a_dear_flow() -> None:
    """The guard is guarded: a flow that was sent the dear way round has such a cycle."""
    network, edges = transport([1, 1], [1], [[1], [1]], [[1], [9]])
    network.send(0, 4, 1)
    assert not negative_cycle(network)
    for number in (edges[0, 0], edges[1, 0]):
        edge, back = network._edges[number], network._edges[number ^ 1]
        edge.free, back.free = back.free, edge.free
    for number in (0, edges[1, 0] - 2):
        edge, back = network._edges[number], network._edges[number ^ 1]
        edge.free, back.free = back.free, edge.free
    assert negative_cycle(network)


def test_a_dear_way_is_taken_back_when_a_cheaper_pair_exists() -> None:
    """The first path must be undone: 1→a is cheapest alone, but 1→b with 2→a is cheapest together."""
    network, edges = transport([1, 1], [1, 1], [[1, 1], [1, 0]], [[1, 2], [2, 9]])
    assert network.send(0, 5, 2) == 2
    assert {cell: network.flow(edge) for cell, edge in edges.items() if network.flow(edge)} == {(0, 1): 1, (1, 0): 1}


def test_what_the_source_still_reaches_is_a_smallest_cut() -> None:
    """After the largest flow, the reached side is cut off exactly by what flows."""
    network, _ = transport([5, 5], [4, 4], [[1, 4], [1, 4]], [[0, 0], [0, 0]])
    assert network.send(0, 5, 8) == 6
    assert network.reached(0) == {0, 1, 2, 4}


def test_no_more_is_sent_than_wanted() -> None:
    """Three wanted of five possible."""
    network = Network(2)
    edge = network.connect(0, 1, 5, 7)
    assert network.send(0, 1, 3) == 3
    assert network.flow(edge) == 3


@pytest.mark.parametrize(("capacity", "cost"), [(-1, 0), (0, -1)])
def test_negative_numbers_are_refused(capacity: int, cost: int) -> None:
    """The method is exact only for what it was made for."""
    with pytest.raises(ValueError, match="negative"):
        Network(2).connect(0, 1, capacity, cost)
