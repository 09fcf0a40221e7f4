"""The prover: splits a model into cases until whole-number multipliers close each of them.

The relaxation proposes, `verifier` reckons; an answer counts only when it keeps every row in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from evaluation.certificate.cuts import root_cuts
from evaluation.certificate.gains import Gains, Split
from evaluation.certificate.relaxation import SCALE, Relaxation
from evaluation.certificate.verifier import Limits, add_cut, halves, model_hash, table_of, tightened, upper_bound
from tender.model.proofs import Certificate, Node
from tender.solving import Model, Row, broken_rows

MOST_NODES = 200_000
"""Most cases of one proof."""
REFINED = 8
"""Most times that the multipliers of one case are refined."""
_NEAR = 10**6
_FRACTION = 1e-6


@dataclass(slots=True)
class _Open:
    """A case that is not closed yet, with what bounds it so far."""

    number: int
    case: Limits
    bound: int
    split: Split | None = None


def certify(
    model: Model,
    proposal: Mapping[str, int] | None = None,
    *,
    most_nodes: int = MOST_NODES,
    going: Callable[[], bool] = lambda: True,
) -> Certificate:
    """Prove how good the answers of `model` can be.

    Args:
        model: The model; its objective is maximised.
        proposal: Somebody's answer; it is forgotten when it breaks a row.
        most_nodes: Most cases; when they run out, the certificate proves a gap.
        going: Whether there is still time; asked before every case.
    """
    return _Prover(model, proposal).prove(most_nodes, going)


class _Prover:
    def __init__(self, model: Model, proposal: Mapping[str, int] | None) -> None:
        self._model = model
        self._table = table_of(model)
        self._cuts = root_cuts(self._table)
        for cut in self._cuts:
            add_cut(self._table, cut)
        self._relaxation = Relaxation(self._table)
        self._names = [variable.name for variable in model.variables]
        self._witness: Mapping[str, int] = {}
        self._value: int | None = None
        self._nodes: list[Node] = []
        self._open: list[tuple[int, int, _Open]] = []
        self._gains = Gains(len(self._names))
        if proposal:
            self._take({name: proposal.get(name, 0) for name in self._names})

    def prove(self, most_nodes: int, going: Callable[[], bool]) -> Certificate:
        """Split until every case is closed or cases and time run out."""
        case: Limits = (list(self._table.lowest), list(self._table.highest))
        self._nodes.append(Node(()))
        upper, _ = upper_bound(self._table, self._nodes[0], case, SCALE)
        self._push(_Open(0, case, upper // SCALE))
        while self._open and self._better(self._open[0][2].bound) and len(self._nodes) < most_nodes and going():
            self._settle(heappop(self._open)[2])
        bounds = [entry[2].bound for entry in self._open]
        bound = max(bounds, default=self._value)
        if bound is not None and self._value is not None:
            bound = max(bound, self._value)
        witness = dict(self._witness)
        return Certificate(model_hash(self._model), witness, self._value, bound, SCALE, tuple(self._nodes), self._cuts)

    def _better(self, bound: int) -> bool:
        """Whether an answer within `bound` could be better than the known one."""
        return self._value is None or bound > self._value

    def _push(self, one: _Open) -> None:
        heappush(self._open, (-one.bound, -one.number, one))

    def _settle(self, one: _Open) -> None:
        """Close `one` by multipliers, or split it."""
        if any(low > high for low, high in zip(*one.case, strict=True)):
            return
        node, upper, reduced, values = self._multipliers(one)
        if not node.counts_objective and upper < 0:
            self._nodes[one.number] = node
            return
        if node.counts_objective and one.split is not None:
            self._gains.learn(one.split, upper)
        if node.counts_objective and upper // SCALE < one.bound:
            one.bound = upper // SCALE
            self._nodes[one.number] = node
        else:
            node = self._nodes[one.number]
            upper, reduced = upper_bound(self._table, node, one.case, SCALE)
        if not self._better(upper // SCALE):
            return
        case = one.case if self._value is None else tightened(upper, reduced, one.case, SCALE * (self._value + 1))
        if any(low > high for low, high in zip(*case, strict=True)):
            return
        self._split(one, node, case, values, upper)

    def _multipliers(self, one: _Open) -> tuple[Node, int, list[int], Sequence[float]]:
        """The relaxation's best node for `one`: its bound, reduced values and the answer in floats."""
        relaxed = self._relaxation.propose(one.case)
        node, values = relaxed.node, relaxed.values
        upper, reduced = upper_bound(self._table, node, one.case, SCALE)
        if not node.counts_objective and upper >= 0:
            turned = tuple((row, -each) for row, each in node.multipliers)
            node = replace(node, multipliers=turned)
            upper, reduced = upper_bound(self._table, node, one.case, SCALE)
        self._try(values)
        for attempt in range(REFINED):
            if not node.counts_objective or not self._worth_refining(upper // SCALE):
                break
            finer = self._relaxation.refine(one.case, node, reduced, attempt + 1).node
            found, left = upper_bound(self._table, finer, one.case, SCALE)
            if not finer.counts_objective or found >= upper:
                break
            node, upper, reduced = finer, found, left
        return node, upper, reduced, values

    def _worth_refining(self, bound: int) -> bool:
        """Whether the bound lies so near above the known answer that rounding may be all that is between them."""
        return self._value is not None and 0 < (bound - self._value) * _NEAR <= abs(self._value)

    def _try(self, values: Sequence[float]) -> None:
        """Take the relaxation's answer where it is whole."""
        if values and all(abs(each - round(each)) < _FRACTION for each in values):
            self._take(dict(zip(self._names, map(round, values), strict=True)))

    def _take(self, answer: Mapping[str, int]) -> None:
        value = sum(factor * answer[name] for name, factor in self._model.objective)
        if self._better(value) and not broken_rows(self._model, answer):
            self._witness, self._value = answer, value

    def _split(self, one: _Open, node: Node, case: Limits, values: Sequence[float], upper: int) -> None:
        chosen = self._gains.choose(case, values)
        if chosen is None:
            self._settle_answer(one.number, node, case[0])
            return
        variable, limit = chosen
        first = len(self._nodes)
        self._nodes[one.number] = replace(node, variable=variable, limit=limit, children=(first, first + 1))
        value = min(max(values[variable], limit), limit + 1) if values else limit + 0.5
        for up, half in enumerate(halves(case, variable, limit)):
            number = len(self._nodes)
            self._nodes.append(node)
            moved = limit + 1 - value if up else value - limit
            self._push(_Open(number, half, one.bound, Split(variable, bool(up), moved, upper)))

    def _settle_answer(self, number: int, node: Node, answer: Sequence[int]) -> None:
        """One answer is left, in a sub-case of its own: it is taken, or a row that it breaks closes the sub-case."""
        first = len(self._nodes)
        self._nodes[number] = replace(node, variable=0, limit=answer[0], children=(first, first + 1))
        named = dict(zip(self._names, answer, strict=True))
        self._take(named)
        self._nodes += [_closing(self._model.rows, named), Node(())]


def _closing(rows: Sequence[Row], answer: Mapping[str, int]) -> Node:
    """What closes the case of one `answer`: nothing more than its value, or the ray of a row that it breaks."""
    for number, row in enumerate(rows):
        if not row.holds(answer):
            total = sum(factor * answer[name] for name, factor in row.terms)
            return Node(((number, SCALE if total > row.limit else -SCALE),), counts_objective=False)
    return Node(())
