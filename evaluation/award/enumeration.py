"""K-sets of bidders, best first, one at a time: the winner is found without listing all sets.

Sets are index tuples over bidders sorted best first. Moving one member to the next worse bidder never makes a set
better, so a heap that starts from the best set and grows by such moves yields every set once, in the order of the
objective. A tender has at most about 30 bidders: C(30, 5) = 142,506 sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

Key = tuple[int, ...]
"""Objective of a set as whole numbers, better first when compared as smaller; equal keys are exact ties."""


def sum_key(values: Sequence[int]) -> Callable[[tuple[int, ...]], Key]:
    """Key of the objective "largest sum"."""
    return lambda members: (-sum(values[member] for member in members),)


def rank_key(values: Sequence[int]) -> Callable[[tuple[int, ...]], Key]:
    """Key of the objective "best best member, then best second member, and so on"."""
    return lambda members: tuple(-values[member] for member in members)


def whole_points(totals: Sequence[Fraction]) -> tuple[int, tuple[int, ...]]:
    """A common denominator of `totals`, and each of them as a whole number over it."""
    scale = lcm(*(total.denominator for total in totals))
    return scale, tuple(int(total * scale) for total in totals)


def best_first(values: Sequence[int], size: int, key: Callable[[tuple[int, ...]], Key]) -> Iterator[tuple[int, ...]]:
    """Every set of `size` indexes of `values`, best first by `key`, equal ones in the order of their indexes.

    Args:
        values: Objective values, sorted from the largest to the smallest.
        size: Number of members.
        key: `sum_key` or `rank_key` of the same values.
    """
    if not 0 < size <= len(values):
        return
    start = tuple(range(size))
    waiting = [(key(start), start)]
    heapify(waiting)
    seen = {start}
    while waiting:
        _, members = heappop(waiting)
        yield members
        for moved in _moves(members, len(values)):
            if moved not in seen:
                seen.add(moved)
                heappush(waiting, (key(moved), moved))


def _moves(members: tuple[int, ...], count: int) -> Iterator[tuple[int, ...]]:
    """Sets that differ from `members` by moving one member to the next worse free bidder."""
    for place, member in enumerate(members):
        following = members[place + 1] if place + 1 < len(members) else count
        if member + 1 < following:
            yield (*members[:place], member + 1, *members[place + 1 :])
