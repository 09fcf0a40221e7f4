"""Which variable splits a case best: what splits on it have gained so far (pseudo-costs), else the most fractional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from evaluation.certificate.verifier import Limits

_FRACTION = 1e-6
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Split:
    """A split that led to a case: on which variable, to which side, how far it moved, and the bound before.

    Attributes:
        variable: Number of the variable.
        up: Whether this is the upper sub-case.
        moved: How far the relaxation's value lay from the new limit.
        bound: What bounded the case that was split, over the scale.
    """

    variable: int
    up: bool
    moved: float
    bound: int


class Gains:
    """What splits have gained, by variable and side."""

    def __init__(self, count: int) -> None:
        """Begin without experience."""
        self._sums = ([0.0] * count, [0.0] * count)
        self._counts = ([0] * count, [0] * count)
        self._all = [0.0, 0.0]
        self._number = [0, 0]

    def learn(self, split: Split, bound: int) -> None:
        """Keep what `split` gained: its case is bounded by `bound`."""
        gain = float(split.bound - bound) / max(split.moved, _FRACTION)
        side = int(split.up)
        self._sums[side][split.variable] += gain
        self._counts[side][split.variable] += 1
        self._all[side] += gain
        self._number[side] += 1

    def choose(self, case: Limits, values: Sequence[float]) -> tuple[int, int] | None:
        """Variable and limit to split `case` at; ``None`` when one answer is left."""
        best, most = None, -1.0
        for variable, value in enumerate(values):
            down = value - floor(value)
            if _FRACTION < down < 1 - _FRACTION and case[0][variable] <= floor(value) < case[1][variable]:
                score = max(self._of(variable, 0) * down, _LEAST) * max(self._of(variable, 1) * (1 - down), _LEAST)
                if score > most:
                    best, most = (variable, floor(value)), score
        return best or self._widest(case)

    def _of(self, variable: int, side: int) -> float:
        count = self._counts[side][variable]
        if count:
            return self._sums[side][variable] / count
        return self._all[side] / self._number[side] if self._number[side] else 1.0

    @staticmethod
    def _widest(case: Limits) -> tuple[int, int] | None:
        """The variable with the widest range, halved."""
        ranges = enumerate(zip(*case, strict=True))
        width, variable = max(((high - low, -number) for number, (low, high) in ranges), default=(0, 0))
        if width <= 0:
            return None
        return -variable, case[0][-variable] + width // 2 if width > 1 else case[0][-variable]
