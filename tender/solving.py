"""The only door to PuLP and HiGHS: an integer model goes in, whole numbers come out, and nothing of PuLP leaks.

The solver proposes; whoever asks checks the answer with `broken_rows`, in exact integers. The door is silent, asks for
a zero gap (HiGHS's default of 1e-4 is 200 € on 2 M€), and calls nothing optimal that the solver has not proven: PuLP
3.3 says "Optimal" at a time limit too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import Any

from tender.errors import SolverError

TIME_LIMIT_S = 120
"""Most seconds that the solver may take."""

_PROVEN = 1
_INFEASIBLE = -1
_WHOLE = 1e-4
_LARGE = 2**31
_SCALED = 2**10

Terms = tuple[tuple[str, int], ...]
"""Variable names with their whole-number coefficients."""


class Sense(StrEnum):
    """How the two sides of a row compare."""

    AT_MOST = "<="
    EQUAL = "="
    AT_LEAST = ">="


class Status(StrEnum):
    """What a solver may answer; ``feasible`` is an answer without a proof, which only `propose` gives."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number that the solver chooses.

    Attributes:
        name: Its name, unique in the model.
        lowest: Lowest value.
        highest: Highest value.
    """

    name: str
    lowest: int = 0
    highest: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One constraint with whole numbers only.

    Attributes:
        name: Its name as documents print it, such as ``coverage[siilinjarvi,easy]``.
        terms: Coefficients by variable.
        sense: How the sum of the terms compares with the limit.
        limit: The right-hand side.
    """

    name: str
    terms: Terms
    sense: Sense
    limit: int

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether `values` satisfy the row, in exact integers."""
        total = sum(coefficient * values[variable] for variable, coefficient in self.terms)
        if self.sense is Sense.EQUAL:
            return total == self.limit
        return total <= self.limit if self.sense is Sense.AT_MOST else total >= self.limit


@dataclass(frozen=True, slots=True)
class Model:
    """An integer model; its objective is maximised.

    Attributes:
        name: Its name.
        variables: What is chosen.
        rows: Constraints.
        objective: Coefficients of what is maximised.
    """

    name: str
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
    objective: Terms


@dataclass(frozen=True, slots=True)
class Solution:
    """A solver's answer.

    Attributes:
        status: Proven optimal, or proven infeasible.
        values: Whole number by variable; empty when infeasible.
        solver: Name and version of the solver.
    """

    status: Status
    values: Mapping[str, int]
    solver: str


Solver = Callable[[Model], Solution]
"""Anything that answers a model; tests plant solvers that lie."""


def broken_rows(model: Model, values: Mapping[str, int]) -> tuple[str, ...]:
    """Names of the variables and rows that `values` violate, by exact integers; empty for a feasible answer."""
    outside = tuple(
        variable.name
        for variable in model.variables
        if not variable.lowest <= values.get(variable.name, variable.lowest - 1) <= variable.highest
    )
    if outside:
        return outside
    return tuple(row.name for row in model.rows if not row.holds(values))


@cache
def _highspy() -> Any:  # noqa: ANN401 - partly typed, as PuLP is
    """HiGHS, silenced: from 1.16 on it greets on standard output before the first option could be set."""
    import highspy

    door: Any = highspy
    enable = door.Highs.enableCallbacks

    def enable_silently(solver: Any) -> None:  # noqa: ANN401
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - so HiGHS takes it
        enable(solver)

    door.Highs.enableCallbacks = enable_silently
    return door


def solve(model: Model, seconds: int = TIME_LIMIT_S) -> Solution:
    """Ask HiGHS, through PuLP, for a proven optimum of `model`.

    Raises:
        SolverError: No proof in time, or a value that is not whole.
    """
    solution = propose(model, seconds)
    if solution.status is Status.FEASIBLE:
        raise SolverError("solver.no-proof", model=model.name, status=solution.status, seconds=seconds)
    return solution


def propose(model: Model, seconds: int = TIME_LIMIT_S) -> Solution:
    """What HiGHS has found for `model` when it ends or its time runs out; the status says whether it claims a proof.

    Raises:
        SolverError: It found nothing in time, or a value that is not whole.
    """
    import pulp

    _highspy()
    door: Any = pulp  # partly typed, and differently in its versions 3 and 4
    problem, columns = _translate(door, model)
    outcome = problem.solve(door.HiGHS(msg=False, gapRel=0, timeLimit=seconds))
    status = _status(problem, outcome)
    if status == _INFEASIBLE:
        return Solution(Status.INFEASIBLE, {}, solver_name())
    if status == _PROVEN:
        return Solution(Status.OPTIMAL, _values(model, columns), solver_name())
    if all(column.varValue is None for column in columns.values()):
        raise SolverError("solver.no-proof", model=model.name, status=status, seconds=seconds)
    return Solution(Status.FEASIBLE, _values(model, columns), solver_name())


def solver_name() -> str:
    """Name and version of the solver and of its door, for records and decisions."""
    return f"HiGHS {version('highspy')}, PuLP {version('pulp')}"


def _translate(pulp: Any, model: Model) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401
    """`model` in PuLP's words, under short names of our own: PuLP rewrites ``coverage[a,g]``."""
    problem = pulp.LpProblem("model", pulp.LpMaximize)
    columns = {
        variable.name: problem.add_variable(f"x{number}", variable.lowest, variable.highest, "Integer")
        for number, variable in enumerate(model.variables)
    }
    problem.setObjective(_sum(pulp, columns, _factors(model.objective, 0)[0]))
    for number, row in enumerate(model.rows):
        terms, limit = _factors(row.terms, row.limit)
        total = _sum(pulp, columns, terms)
        problem.addConstraint(_constraint(total, row.sense, limit), f"c{number}")
    return problem, columns


def _sum(pulp: Any, columns: Mapping[str, Any], terms: Iterable[tuple[str, float]]) -> Any:  # noqa: ANN401
    """A sum from a list of its terms, which PuLP builds much faster than one addition after another."""
    factors: dict[str, float] = {}
    for name, factor in terms:
        factors[name] = factors.get(name, 0.0) + factor
    listed = [(columns[name], factor) for name, factor in factors.items()]
    from_list = getattr(pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression)
    return from_list(listed)


def _constraint(total: Any, sense: Sense, limit: float) -> Any:  # noqa: ANN401
    if sense is Sense.EQUAL:
        return total == limit
    return total <= limit if sense is Sense.AT_MOST else total >= limit


def _factors(terms: Terms, limit: int) -> tuple[list[tuple[str, float]], float]:
    """The row as a solver bears it: numbers beyond 2^31 are scaled down; the exact check keeps the originals."""
    largest = max((abs(coefficient) for _, coefficient in terms), default=0)
    if largest <= _LARGE:
        return [(name, float(coefficient)) for name, coefficient in terms], float(limit)
    return [(name, coefficient * _SCALED / largest) for name, coefficient in terms], limit * _SCALED / largest


def _status(problem: Any, outcome: Any) -> int:  # noqa: ANN401
    """1 proven optimal, -1 infeasible, else no proof.

    PuLP 3 returns the status as a number, 1 at a time limit too, and says in `sol_status` whether it is proven; PuLP 4
    returns an object whose `status` is 1 only when it is.
    """
    status = int(getattr(outcome, "status", outcome))
    if status == _PROVEN and not hasattr(outcome, "status"):
        return int(problem.sol_status)
    return status


def _values(model: Model, columns: Mapping[str, Any]) -> dict[str, int]:
    """Whole numbers of the answer; a variable that no row names keeps its lowest value."""
    values: dict[str, int] = {}
    for variable in model.variables:
        found = columns[variable.name].varValue
        number = float(variable.lowest) if found is None else float(found)
        if abs(number - round(number)) > _WHOLE:
            raise SolverError("solver.not-whole", model=model.name, variable=variable.name, found=number)
        values[variable.name] = round(number)
    return values


class Outcome(StrEnum):
    """What a `Program` may answer; ``feasible`` is an answer without a proof, ``nothing`` is none in time."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What HiGHS proposes for a `Program`: floating-point numbers, to be checked by whoever uses them.

    Attributes:
        outcome: How the solver ended.
        values: Value by column; empty without an answer.
        duals: Multiplier by row of a linear program, or a ray when it is infeasible and rays are wanted; empty for a
            whole-number one.
        bound: What no answer can be cheaper than, as the solver says.
    """

    outcome: Outcome
    values: Sequence[float]
    duals: Sequence[float]
    bound: float


class Program:
    """A linear or whole-number program in columns 0, 1, …, minimised again and again from where it stands.

    It serves searches that ask thousands of related questions, where a fresh model each time would cost more than
    its solution. One thread, zero gap, silent.
    """

    def __init__(self, ranges: Sequence[tuple[float, float]], *, whole: bool = False, rays: bool = False) -> None:
        """Make a program with one column for each range of lowest and highest value, in whole numbers if `whole`.

        With `rays`, an infeasible linear program answers with a ray of multipliers that shows why.
        """
        self._door: Any = _highspy()
        self._highs: Any = self._door.Highs()
        self._whole = whole
        self._rays = rays
        if rays:
            self._highs.setOptionValue("presolve", "off")
        self._costs: dict[int, float] = {}
        for name, value in (("output_flag", False), ("parallel", "off"), ("mip_abs_gap", 0.5)):
            self._highs.setOptionValue(name, value)
        lowest, highest = [low for low, _ in ranges], [high for _, high in ranges]
        self._highs.addVars(len(ranges), lowest, highest)
        if whole:
            count = len(ranges)
            self._highs.changeColsIntegrality(count, list(range(count)), [self._door.HighsVarType.kInteger] * count)

    def add(self, terms: Iterable[tuple[int, float]], least: float, most: float) -> None:
        """Add the row least ≤ Σ coefficient · column ≤ most."""
        columns, factors = zip(*terms, strict=True)
        self._highs.addRow(least, most, len(columns), list(columns), list(factors))

    def set_ranges(self, ranges: Mapping[int, tuple[float, float]]) -> None:
        """Give columns new lowest and highest values."""
        if ranges:
            low, high = zip(*ranges.values(), strict=True)
            self._highs.changeColsBounds(len(ranges), list(ranges), list(low), list(high))

    def suggest(self, values: Sequence[float]) -> None:
        """Offer an answer to begin with; a whole-number program never ends worse than a feasible one."""
        solution = self._door.HighsSolution()
        solution.col_value = list(values)
        self._highs.setSolution(solution)

    def minimise(self, costs: Mapping[int, float], seconds: float = TIME_LIMIT_S, gap: float = 0.0) -> Proposal:
        """Ask for the least Σ cost · column; columns that are not named cost nothing.

        A whole-number program may stop at an answer whose cost is within the share `gap` of its bound.
        """
        self._highs.setOptionValue("mip_rel_gap", gap)
        changed = {**dict.fromkeys(self._costs, 0.0), **costs}
        self._costs = dict(costs)
        if changed:
            self._highs.changeColsCost(len(changed), list(changed), list(changed.values()))
        self._highs.setOptionValue("time_limit", max(seconds, 0.0))
        self._highs.run()
        if self._highs.getModelStatus() == self._door.HighsModelStatus.kUnknown:
            self._highs.clearSolver()  # where it stood was no place to start from: some unbounded questions need this
            self._highs.run()
        return self._proposal()

    def _proposal(self) -> Proposal:
        kind, status, info = self._door.HighsModelStatus, self._highs.getModelStatus(), self._highs.getInfo()
        known = {
            kind.kOptimal: Outcome.OPTIMAL,
            kind.kInfeasible: Outcome.INFEASIBLE,
            kind.kUnbounded: Outcome.UNBOUNDED,
            kind.kUnboundedOrInfeasible: Outcome.UNBOUNDED,
        }
        feasible = info.primal_solution_status == self._door.SolutionStatus.kSolutionStatusFeasible
        outcome = known.get(status, Outcome.FEASIBLE if feasible else Outcome.NOTHING)
        solution = self._highs.getSolution()
        answered = outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}
        bound = info.mip_dual_bound if self._whole else info.objective_function_value
        return Proposal(
            outcome,
            list(solution.col_value) if answered else (),
            self._duals(outcome, solution),
            float(bound),
        )

    def _duals(self, outcome: Outcome, solution: Any) -> Sequence[float]:  # noqa: ANN401
        if outcome is Outcome.OPTIMAL and not self._whole:
            return list(solution.row_dual)
        if outcome is Outcome.INFEASIBLE and self._rays:
            _, known, ray = self._highs.getDualRay()
            return [float(each) for each in ray] if known else ()
        return ()
