"""What a house that evaluates can tell about another value of the tender, for the entry point ``valinta.scenarios``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from tender.language import Text
from tender.model.tender import Tender


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One figure under both values.

    Attributes:
        label: What it is.
        before: As the tender stands; ``None`` where it cannot be reckoned.
        after: With the other value.
    """

    label: Text
    before: Fraction | None
    after: Fraction | None


class Scenario(Protocol):
    """A plug-in of ``valinta.scenarios``: it reckons figures of the tender as it stands and with another value."""

    def __call__(self, before: Tender, after: Tender) -> Iterable[ScenarioLine]:
        """The figures that differ or that matter."""
        ...
