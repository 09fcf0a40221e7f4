"""From values to places: a scale that begins at zero and ends at a round number."""

from __future__ import annotations

from dataclasses import dataclass

_STEPS = (1, 2, 5)
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale.

    Attributes:
        top: The round number at its end, at least 1.
        step: Distance of its ticks.
        start: Where zero is.
        length: How far it is from zero to the end; negative where values rise on the page.
    """

    top: int
    step: int
    start: float
    length: float

    def at(self, value: int) -> float:
        """Where `value` is."""
        return self.start + self.length * value / self.top

    @property
    def ticks(self) -> range:
        """Zero and every round number up to the end."""
        return range(0, self.top + 1, self.step)


def scale_for(highest: int, start: float, length: float) -> Scale:
    """The scale that reaches from zero to at least `highest`.

    >>> scale_for(187, 0, 100).ticks
    range(0, 201, 50)
    """
    step = _step(max(highest, 1))
    top = -(-max(highest, 1) // step) * step
    return Scale(top, step, start, length)


def _step(highest: int) -> int:
    """The least round step of which `_MOST_TICKS` reach `highest`."""
    size = 1
    while True:
        for each in _STEPS:
            if each * size * _MOST_TICKS >= highest:
                return each * size
        size *= 10
