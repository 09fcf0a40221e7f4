"""The linear relaxation of a model in HiGHS: it proposes multipliers, which are rounded to whole numbers at once.

Where whole coefficients are larger than floats can tell apart, the multipliers are refined: what they leave of the
objective, magnified, is asked again, and the answer is added (Gleixner, Steffy & Wolter 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.certificate.verifier import Limits, Table
from tender.model.proofs import Node
from tender.solving import Outcome, Program, Sense

SCALE = 2**32
"""What a multiplier of one is written as."""
_COST = 2.0**16
_MOST_COST = 2.0**20
_ROW = 2.0**10
_FINER = 2.0**30
_FAR = 1e29


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What the relaxation of one case proposes.

    Attributes:
        node: Multipliers; rays where the case seems empty.
        values: Value by variable, in floats; empty where the case seems empty.
    """

    node: Node
    values: Sequence[float]


class Relaxation:
    """One model in HiGHS, asked for many cases."""

    def __init__(self, table: Table) -> None:
        """Hand over columns and rows once."""
        self._table = table
        self._case = [(float(low), float(high)) for low, high in zip(table.lowest, table.highest, strict=True)]
        self._program = Program(self._case, rays=True)
        self._sizes = [max((abs(factor) for _, factor in row), default=1) for row in table.rows]
        self._norms = [float(size) / _ROW if size > _ROW else 1.0 for size in self._sizes]
        for row, sense, limit, norm in zip(table.rows, table.senses, table.limits, self._norms, strict=True):
            terms = [(column, factor / norm) for column, factor in row]
            bound = limit / norm
            least = -_FAR if sense is Sense.AT_MOST else bound
            self._program.add(terms, least, _FAR if sense is Sense.AT_LEAST else bound)

    def propose(self, case: Limits) -> Relaxed:
        """Multipliers for `case`."""
        self._enter(case)
        return self._ask([SCALE * each for each in self._table.objective], {})

    def refine(self, case: Limits, node: Node, reduced: Sequence[int], times: int) -> Relaxed:
        """Better multipliers than those of `node`, which leave `reduced`, for the `times`-th time."""
        self._enter(case)
        return self._ask(reduced, dict(node.multipliers), times)

    def _enter(self, case: Limits) -> None:
        ends = [(float(low), float(high)) for low, high in zip(*case, strict=True)]
        changed = {n: new for n, (new, old) in enumerate(zip(ends, self._case, strict=True)) if new != old}
        self._program.set_ranges(changed)
        self._case = ends

    def _ask(self, objective: Sequence[int], known: dict[int, int], times: int = 0) -> Relaxed:
        norm = _magnitude(objective, times)
        costs = {n: -max(-_MOST_COST, min(_MOST_COST, each / norm)) for n, each in enumerate(objective) if each}
        found = self._program.minimise(costs)
        if found.outcome is Outcome.INFEASIBLE:
            return Relaxed(self._node(found.duals, float(SCALE), {}, counts_objective=False), ())
        return Relaxed(self._node(found.duals, norm, known, counts_objective=True), found.values)

    def _node(self, duals: Sequence[float], norm: float, known: dict[int, int], *, counts_objective: bool) -> Node:
        """Whole multipliers of the right sign; the solver's duals are of a minimum, hence the turned sign."""
        kept = []
        for row, sense in enumerate(self._table.senses):
            dual = duals[row] if row < len(duals) else 0.0
            each = known.get(row, 0) - round(dual / self._norms[row] * norm)
            if sense is Sense.AT_MOST:
                each = max(each, 0)
            elif sense is Sense.AT_LEAST:
                each = min(each, 0)
            if each:
                kept.append((row, each))
        return Node(tuple(kept), counts_objective)


def _magnitude(objective: Sequence[int], times: int) -> float:
    """What costs are divided by: the largest becomes 2^16, or 2^30 times as much each time that they are refined."""
    largest = max(map(abs, objective), default=0)
    return max(largest / _COST / _FINER**times, 1.0)
