"""A safe pattern soon: the incremental attacker opens what it needs, then what turns out needless is shown again.

The cheapest attack (Kelly, Golden & Assad 1992): for each demand that is not met, a linear program moves the cell as
far as demanded, where moving a shown cell costs its weight; the cells that move are hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tender.annexes.disclosure.attack import MOVED, Attack, Demand, Verdict
from tender.annexes.disclosure.tables import Role
from tender.solving import Outcome, Program

Asker = Callable[[frozenset[int], Sequence[Demand]], Verdict]
"""Judges a pattern against demands."""

_NEAR_NOTHING = 1e-3


class Opener:
    """The cheapest cells to hide so that one demand is met."""

    def __init__(self, attack: Attack, weights: Sequence[int]) -> None:
        """Make the program: the way up and the way down of every cell are its columns."""
        self.attack, self._weights = attack, weights
        self._count = len(attack.truth)
        self._program = Program([(0, 0)] * (2 * self._count))
        for relation in attack.system.relations:
            terms = [(cell, factor) for cell, factor in relation.terms]
            self._program.add([*terms, *((cell + self._count, -factor) for cell, factor in terms)], 0, 0)
        self._free()

    def _free(self) -> None:
        spans: dict[int, tuple[float, float]] = {}
        for number, cell in enumerate(self.attack.system.cells):
            down, up = (0, 0) if cell.role is Role.PUBLIC else self.attack.room(number)
            spans[number], spans[number + self._count] = (0, up), (0, down)
        self._spans = spans
        self._program.set_ranges(spans)

    def open(self, demand: Demand, hidden: frozenset[int], closed: frozenset[int] = frozenset()) -> frozenset[int]:
        """Cells that move in the cheapest way of meeting `demand`; empty when there is none.

        Args:
            demand: What is to be met; one of width is met on its upper side first, else on its lower one.
            hidden: Cells that are hidden already and cost nothing.
            closed: Cells that must stay shown.
        """
        for side in (demand.side,) if demand.side else (1, -1):
            found = self._one(demand, side, hidden, closed)
            if found:
                return found
        return frozenset()

    def _one(self, demand: Demand, side: int, hidden: frozenset[int], closed: frozenset[int]) -> frozenset[int]:
        ways = (demand.cell, demand.cell + self._count)
        there, back = ways if side > 0 else ways[::-1]
        spans: dict[int, tuple[float, float]] = {there: (demand.reach, demand.reach), back: (0, 0)}
        spans |= {way: (0.0, 0.0) for cell in closed for way in (cell, cell + self._count)}
        if self._spans[there][1] < demand.reach:
            return frozenset()
        self._program.set_ranges(spans)
        answer = self._program.minimise(self._costs(hidden, demand.reach))
        self._program.set_ranges({way: self._spans[way] for way in spans})
        if answer.outcome is not Outcome.OPTIMAL:
            return frozenset()
        values = answer.values
        return frozenset(cell for cell in range(self._count) if abs(values[cell] - values[cell + self._count]) > MOVED)

    def _costs(self, hidden: frozenset[int], reach: int) -> dict[int, float]:
        """Weight for each unit of the way, so that a whole way costs about the whole weight."""
        costs = {}
        for cell in range(self._count):
            free = cell in hidden
            for way in (cell, cell + self._count):
                room = min(self._spans[way][1], reach)
                if room > 0:
                    costs[way] = _NEAR_NOTHING if free else (self._weights[cell] + _NEAR_NOTHING) / room
        return costs


def first_pattern(
    opener: Opener, judge: Asker, wanted: Sequence[Demand], start: frozenset[int]
) -> tuple[frozenset[int], tuple[Demand, ...]]:
    """A pattern that meets every demand that can be met, and the demands that cannot.

    Args:
        opener: The incremental attacker.
        judge: The attacker of the pattern.
        wanted: All demands.
        start: Cells that are hidden anyway.
    """
    hidden, lost = start, list[Demand]()
    left = [failure.demand for failure in judge(hidden, wanted).failures]
    while left:
        for demand in left:
            moved = opener.open(demand, hidden) - hidden
            if moved:
                hidden |= moved
            elif judge(hidden, [demand]).failures:
                wider = _wider(opener, demand, hidden)
                hidden |= wider
                lost += [] if wider else [demand]
        left = [failure.demand for failure in judge(hidden, wanted).failures if failure.demand not in lost]
    return hidden, tuple(lost)


def _wider(opener: Opener, demand: Demand, hidden: frozenset[int]) -> frozenset[int]:
    """One cheap cell more, where fractions say that `hidden` is enough and whole counts say that it is not."""
    system = opener.attack.system
    near = [cell for relation in system.relations for cell, _ in relation.terms if demand.cell in dict(relation.terms)]
    choices = [cell for cell in [*near, *system.hidable] if cell not in hidden and system.cells[cell].role is Role.OPEN]
    return frozenset(choices[:1])


def cleaned(
    judge: Asker, wanted: Sequence[Demand], hidden: frozenset[int], order: Iterable[int], alive: Callable[[], bool]
) -> frozenset[int]:
    """`hidden` without the cells that no demand needs, tried in `order` for as long as `alive` says.

    An answer of the attacker that does not move a cell stays an answer when the cell is shown, so only demands whose
    answer moves it are asked again.
    """
    verdict = judge(hidden, wanted)
    if verdict.failures:
        return hidden
    met = verdict.met
    for cell in order:
        if not alive():
            break
        asked = [demand for demand, moved in met.items() if cell in moved]
        verdict = judge(hidden - {cell}, asked)
        if not verdict.failures:
            hidden -= {cell}
            met |= verdict.met
    return hidden
