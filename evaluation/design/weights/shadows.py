"""What one more unit of each binding rule is worth, and how far that holds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.program import LACK, SPREAD, LinearDesign, Optimum
from evaluation.design.weights.rows import Line, firm
from tender.model.design import Shadow
from tender.solving import Sense

_TOLERANCE = 1e-7
_ROUNDS = 8
_DIGITS = 10**9


def shadows_of(case: DesignCase, best: Optimum) -> tuple[Shadow, ...]:
    """The firm rules that are worth something at `best`: for what is lacking, else for the spread of margins."""
    of_lack = tuple(_shadows(case, best, LACK)) if best.lack > _TOLERANCE else ()
    return of_lack or tuple(_shadows(case, best, SPREAD))


def _shadows(case: DesignCase, best: Optimum, goal: str) -> Iterator[Shadow]:
    for line in firm(case):
        dual = best.duals[goal].get(line.name, 0.0)
        worth = -dual if line.sense is Sense.AT_MOST else dual
        if worth > _TOLERANCE:
            until = _until(case, line, goal, worth)
            yield Shadow(line.name, line.limit, Fraction(round(worth * _DIGITS), _DIGITS), goal, until)


def _until(case: DesignCase, line: Line, goal: str, worth: float) -> Fraction | None:
    """How far `line` can be eased while each unit stays worth the same; ``None`` when for ever.

    The goal is convex and straight in pieces in the limit: where the tangent at the far end meets the first one, the
    goal is either on the first piece, whose end that is, or the far end moves there.
    """
    start = _goal_at(case, line, goal, 0.0)
    far = max(abs(float(line.limit)), 1000.0)
    for _ in range(_ROUNDS):
        value, slope = _goal_at(case, line, goal, far)
        if abs(slope - worth) <= _TOLERANCE * max(worth, 1.0):
            return None if far >= max(abs(float(line.limit)), 1000.0) else Fraction(round(far * 100), 100)
        met = (start[0] - value - slope * far) / (worth - slope)
        if met >= far * (1 - _TOLERANCE) or met <= 0:
            return Fraction(round(far * 100), 100)
        far = met
    return Fraction(round(far * 100), 100)


def _goal_at(case: DesignCase, line: Line, goal: str, by: float) -> tuple[float, float]:
    """The goal and the worth of a further unit when `line` is eased by so much."""
    eased = Fraction(round(by * _DIGITS), _DIGITS)
    limit = line.limit + (eased if line.sense is Sense.AT_MOST else -eased)
    goals = (LACK,) if goal == LACK else (LACK, SPREAD)
    found = LinearDesign(case, {line.name: limit}).optimum(goals)
    if found is None:
        return 0.0, 0.0
    dual = found.duals[goal].get(line.name, 0.0)
    return (found.lack if goal == LACK else found.spread), (-dual if line.sense is Sense.AT_MOST else dual)
