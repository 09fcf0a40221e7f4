"""The linear program: three goals one after another, solved by HiGHS, with what each row is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import inf

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.rows import Line, columns_of, distances, firm, soft, spreads
from tender.solving import Outcome, Program, Proposal, Sense

LACK, SPREAD, DISTANCE = "shortfall", "spread", "distance"
"""The goals, in order: what effort and subgroups lack, spread of margins, distance to the tender's own prices."""

_EASE = 1e-7


@dataclass(frozen=True, slots=True)
class Optimum:
    """What the three goals came to.

    Attributes:
        values: Value by column.
        lack: Euros that soft rows lack, for one new client of each group.
        spread: Largest distance of a group's margin from the mean.
        duals: By goal, the multiplier of each row by its name.
    """

    values: Mapping[str, float]
    lack: float
    spread: float
    duals: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class LinearDesign:
    """One design problem as rows and columns.

    Attributes:
        case: The problem.
        limits: Other limits for some of its firm rows, by name; for what a rule is worth and what mends.
        eased: Names of firm rows that may fail, for what mends.
    """

    case: DesignCase
    limits: Mapping[str, Fraction]
    eased: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All rows; soft rows may lack, and so may the eased ones."""
        found = [
            replace(line, limit=self.limits.get(line.name, line.limit)) for line in (*firm(self.case), *soft(self.case))
        ]
        lacking = {line.name for line in soft(self.case)} | set(self.eased)
        rows = [_lacking(line) if line.name in lacking else line for line in found]
        return (*rows, *spreads(self.case), *distances(self.case))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, prices first."""
        named = dict.fromkeys(columns_of(self.case))
        for line in self.lines:
            named |= dict.fromkeys(line.terms)
        return tuple(named)

    def optimum(self, goals: tuple[str, ...] = (LACK, SPREAD, DISTANCE)) -> Optimum | None:
        """The best prices, goal after goal; ``None`` when the firm rows cannot be met."""
        extra: list[tuple[dict[str, float], float]] = []
        duals: dict[str, Mapping[str, float]] = {}
        values: dict[str, float] = {}
        for goal in goals:
            costs = self._costs(goal)
            found = self._solved(costs, extra)
            if found.outcome is not Outcome.OPTIMAL:
                return None
            values = dict(zip(self.columns, found.values, strict=True))
            names = [line.name for line in self.lines]
            duals[goal] = dict(zip(names, found.duals, strict=False))
            reached = sum(factor * values[column] for column, factor in costs.items())
            extra.append((costs, reached + _EASE * max(1.0, abs(reached))))
        lack = sum(values[column] for column in self._costs(LACK))
        return Optimum(values, lack, values.get("spread", 0.0), duals)

    def least_lacks(self, scale: Mapping[str, float]) -> Mapping[str, float] | None:
        """By how much each eased row fails when, weighed by `scale`, they fail least; ``None`` when that helps not."""
        found = self._solved({f"lack[{name}]": scale[name] for name in self.eased}, [])
        if found.outcome is not Outcome.OPTIMAL:
            return None
        return {name: found.values[self.columns.index(f"lack[{name}]")] for name in self.eased}

    def _costs(self, goal: str) -> dict[str, float]:
        if goal == SPREAD:
            return {"spread": 1.0}
        start = "lack[" if goal == LACK else "far["
        return {column: 1.0 for column in self.columns if column.startswith(start)}

    def _solved(self, costs: Mapping[str, float], extra: Iterable[tuple[Mapping[str, float], float]]) -> Proposal:
        place = {column: number for number, column in enumerate(self.columns)}
        program = Program([(0.0, inf)] * len(self.columns))
        for line in self.lines:
            low = -inf if line.sense is Sense.AT_MOST else float(line.limit)
            high = inf if line.sense is Sense.AT_LEAST else float(line.limit)
            program.add([(place[column], float(factor)) for column, factor in line.terms.items()], low, high)
        for terms, most in extra:
            if terms:
                program.add([(place[column], factor) for column, factor in terms.items()], -inf, most)
        return program.minimise({place[column]: factor for column, factor in costs.items()})


def _lacking(line: Line) -> Line:
    """`line` with a column that takes up what it lacks."""
    sign = Fraction(-1) if line.sense is Sense.AT_MOST else Fraction(1)
    return replace(line, terms={**line.terms, f"lack[{line.name}]": sign})
