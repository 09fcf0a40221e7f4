"""When nothing meets the firm rules: which one change alone mends it, by name and amount, or which few together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.program import LACK, LinearDesign
from evaluation.design.weights.rows import Line, firm
from tender.model.design import Repair
from tender.solving import Sense

CLIENTS = "clients"
"""The repair of serving fewer clients for the same money."""

_TOLERANCE = 1e-6
_ORDER = "order"


def repairs_of(case: DesignCase) -> tuple[Repair, ...]:
    """Single changes that make the design possible, each of them enough; without one, the least changes together."""
    single = tuple(_singles(case))
    return single or tuple(_together(case))


def _singles(case: DesignCase) -> Iterator[Repair]:
    for line in firm(case):
        if line.name.startswith((_ORDER, "weight-")):
            continue
        found = LinearDesign(case, {}, (line.name,)).least_lacks({line.name: 1.0})
        if found is not None and found[line.name] > _TOLERANCE:
            yield _repair(line, found[line.name])
    clients = _fewer_clients(case)
    if clients is not None:
        yield Repair(CLIENTS, Fraction(case.clients), Fraction(clients))


def _together(case: DesignCase) -> Iterator[Repair]:
    """The least changes together, each weighed by where its rule stands."""
    lines = [line for line in firm(case) if not line.name.startswith((_ORDER, "weight-"))]
    scale = {line.name: 1.0 / max(float(abs(line.limit)), 1.0) for line in lines}
    found = LinearDesign(case, {}, tuple(scale)).least_lacks(scale) or {}
    for line in lines:
        if found.get(line.name, 0.0) > _TOLERANCE:
            yield _repair(line, found[line.name])


def _repair(line: Line, lack: float) -> Repair:
    change = Fraction(round(lack * 10**6 + 1), 10**6)
    return Repair(line.name, line.limit, line.limit + (change if line.sense is Sense.AT_MOST else -change))


def _fewer_clients(case: DesignCase) -> int | None:
    """The most clients, in the same proportions, for whom the budgets suffice; ``None`` when fewer do not help."""
    low, high = 0, case.clients
    if not case.clients or not _possible(case, 1):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _possible(case, middle) else (low, middle)
    return low or None


def _possible(case: DesignCase, clients: int) -> bool:
    """Whether the firm rules can be met when budgets meet only `clients` of the clients."""
    grown = tuple(replace(row, amount=row.amount * case.clients / clients) for row in case.budgets)
    return LinearDesign(replace(case, budgets=grown), {}).optimum((LACK,)) is not None
