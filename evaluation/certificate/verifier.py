"""The verifier: reads a model and its certificate and says, in whole numbers and without a solver, what is proven.

For multipliers y of the right sign (at least 0 for ``<=``, at most 0 for ``>=``), every answer x of a model obeys
``c·x = y·(A x) + (c - y A)·x <= y·b + Σ max of (c - y A)_j · x_j`` over the limits of x_j. That holds for *any* such y,
so the solver that proposed it need not be believed. The cases of a split on one variable cover all whole numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tender.model.proofs import Certificate, Cut, Node
from tender.solving import Model, Sense, broken_rows

Limits = tuple[list[int], list[int]]
"""Lowest and highest value of each variable in one case."""


class Unproven(Exception):  # noqa: N818 - it says what the certificate is
    """The certificate does not prove its claim; the text says where it fails, for whoever mends the prover."""


@dataclass(frozen=True, slots=True)
class Table:
    """A model by numbers of its variables and rows.

    Attributes:
        objective: Coefficient of each variable.
        rows: Variable numbers and coefficients of each row.
        senses: How each row compares.
        limits: Right-hand sides.
        lowest: Lowest value of each variable.
        highest: Highest value of each variable.
    """

    objective: list[int]
    rows: list[list[tuple[int, int]]]
    senses: list[Sense]
    limits: list[int]
    lowest: list[int]
    highest: list[int]


def table_of(model: Model) -> Table:
    """`model` by numbers, in the order of its variables and rows."""
    place = {variable.name: number for number, variable in enumerate(model.variables)}
    objective = [0] * len(place)
    for name, coefficient in model.objective:
        objective[place[name]] += coefficient
    return Table(
        objective,
        [[(place[name], coefficient) for name, coefficient in row.terms] for row in model.rows],
        [row.sense for row in model.rows],
        [row.limit for row in model.rows],
        [variable.lowest for variable in model.variables],
        [variable.highest for variable in model.variables],
    )


def add_cut(table: Table, cut: Cut) -> None:
    """Add the row that `cut` says.

    Raises:
        Unproven: It does not follow from its row.
    """
    if not 0 <= cut.row < len(table.rows) or table.senses[cut.row] is not Sense.AT_MOST:
        raise Unproven("a cut of no row that could give it")
    row = dict(table.rows[cut.row])
    if len(row) < len(table.rows[cut.row]) or min(row.values(), default=0) < 0 or min(table.lowest) < 0:
        raise Unproven("a cut of a row with negative terms")
    members = frozenset(cut.members)
    if any(table.highest[member] > 1 for member in members) or cut.most < 0:
        raise Unproven("a cut of variables that are not yes or no")
    sizes = sorted(row.get(member, 0) for member in members)
    if len(sizes) <= cut.most or sum(sizes[: cut.most + 1]) <= table.limits[cut.row]:
        raise Unproven("a cut that cuts too much")
    table.rows.append([(member, 1) for member in sorted(members)])
    table.senses.append(Sense.AT_MOST)
    table.limits.append(cut.most)


def upper_bound(table: Table, node: Node, case: Limits, scale: int) -> tuple[int, list[int]]:
    """What the objective (a ray: zero) times `scale` cannot exceed in `case`, and every variable's reduced value."""
    reduced = [scale * each for each in table.objective] if node.counts_objective else [0] * len(table.objective)
    upper = 0
    for row, multiplier in node.multipliers:
        upper += multiplier * table.limits[row]
        for column, coefficient in table.rows[row]:
            reduced[column] -= multiplier * coefficient
    ends = zip(reduced, *case, strict=True)
    return upper + sum(each * (high if each > 0 else low) for each, low, high in ends), reduced


def tightened(upper: int, reduced: list[int], case: Limits, goal: int) -> Limits:
    """`case` without values at which the objective times the scale stays below `goal`."""
    left = upper - goal
    lows, highs = list(case[0]), list(case[1])
    for column, each in enumerate(reduced):
        if each > 0:
            lows[column] = max(lows[column], highs[column] - left // each)
        elif each < 0:
            highs[column] = min(highs[column], lows[column] + left // -each)
    return lows, highs


def halves(case: Limits, variable: int, limit: int) -> Iterator[Limits]:
    """The two sub-cases: the variable at most `limit`, and more."""
    lows, highs = case
    yield lows, [*highs[:variable], min(highs[variable], limit), *highs[variable + 1 :]]
    yield [*lows[:variable], max(lows[variable], limit + 1), *lows[variable + 1 :]], highs


def verify(model: Model, certificate: Certificate) -> None:
    """Check every claim of `certificate` about `model`.

    Raises:
        Unproven: A claim does not hold.
    """
    if model_hash(model) != certificate.model:
        raise Unproven("another model")
    if certificate.scale < 1:
        raise Unproven("a scale below one")
    _witness(model, certificate)
    table = table_of(model)
    for cut in certificate.cuts:
        add_cut(table, cut)
    seen: set[int] = set()
    waiting: list[tuple[int, Limits]] = [(0, (list(table.lowest), list(table.highest)))]
    while waiting:
        number, case = waiting.pop()
        if any(low > high for low, high in zip(*case, strict=True)):
            continue
        if number in seen or not 0 <= number < len(certificate.nodes):
            raise Unproven(f"case {number} is missing or stands twice")
        seen.add(number)
        waiting += _sub_cases(table, certificate, number, case)


def _sub_cases(table: Table, certificate: Certificate, number: int, case: Limits) -> list[tuple[int, Limits]]:
    """The cases into which case `number` is split; none when its multipliers close it."""
    node = certificate.nodes[number]
    _signs(table, node.multipliers)
    upper, reduced = upper_bound(table, node, case, certificate.scale)
    if _closed(node, upper, certificate):
        return []
    if node.variable is None or len(node.children) != len(case):
        raise Unproven(f"case {number} stays open")
    if not 0 <= node.variable < len(table.objective):
        raise Unproven(f"there is no variable {node.variable}")
    if certificate.value is not None and node.counts_objective:
        case = tightened(upper, reduced, case, certificate.scale * (certificate.value + 1))
    return list(zip(node.children, halves(case, node.variable, node.limit), strict=True))


def _witness(model: Model, certificate: Certificate) -> None:
    if certificate.value is None:
        return
    if broken_rows(model, certificate.witness):
        raise Unproven("the witness breaks a row")
    if sum(factor * certificate.witness[name] for name, factor in model.objective) != certificate.value:
        raise Unproven("the witness has another value")
    if certificate.bound is not None and certificate.bound < certificate.value:
        raise Unproven("a bound below the witness")


def _signs(table: Table, multipliers: Iterable[tuple[int, int]]) -> None:
    wrong = {Sense.AT_MOST: -1, Sense.AT_LEAST: 1, Sense.EQUAL: 0}
    for row, multiplier in multipliers:
        if not 0 <= row < len(table.rows):
            raise Unproven(f"a multiplier of no row: there is no row {row}")
        if multiplier * wrong[table.senses[row]] > 0:
            raise Unproven(f"row {row} has a multiplier of the wrong sign")


def _closed(node: Node, upper: int, certificate: Certificate) -> bool:
    if not node.counts_objective:
        return upper < 0
    return certificate.bound is not None and upper // certificate.scale <= certificate.bound


def model_hash(model: Model) -> str:
    """SHA-256 of the model written out, one variable or row a line."""
    lines = [model.name, *(f"{each.name} {each.lowest} {each.highest}" for each in model.variables)]
    lines += [f"{row.name} {_terms(row.terms)} {row.sense} {row.limit}" for row in model.rows]
    lines.append(_terms(model.objective))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _terms(terms: Iterable[tuple[str, int]]) -> str:
    return " ".join(f"{coefficient}*{name}" for name, coefficient in terms)
