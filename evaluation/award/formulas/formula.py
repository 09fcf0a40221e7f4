"""What a scoring formula is: one pure exact function with its parameters, its source and its known behaviour.

One method is one file. A released version (``id@1``) is never edited or removed: a change is a new version beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tender.errors import BlockedError
from tender.model.criteria import CriterionKind
from tender.model.statements import Step


class Default(StrEnum):
    """What a parameter is when the tender does not announce it."""

    REQUIRED = "required"
    LOWEST_PRICE = "lowest-price"
    HIGHEST_PRICE = "highest-price"


class Behaviour(StrEnum):
    """What a formula does with an odd input: it gives points, or it refuses; it never crashes or guesses."""

    POINTS = "points"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a tender may announce for a formula; its meaning is the term ``formula-parameter.<id>``.

    Attributes:
        id: Name in the tender file.
        unit: Unit code, as in `tender.model.statements.Symbol`.
        positive: Whether zero is refused; a negative value always is.
        default: Its value when the tender does not announce it.
    """

    id: str
    unit: str
    positive: bool
    default: Default

    @property
    def term(self) -> str:
        """Id of the term that says what the parameter means."""
        return f"formula-parameter.{self.id}"


@dataclass(frozen=True, slots=True)
class Totality:
    """What the formula does at the edges; a missing value never reaches a formula, scoring refuses it.

    Attributes:
        zero: A price (or share) of zero.
        equal: All bids equal.
        single: One bid only.
        negative: A negative price, which admissibility never lets through.
    """

    zero: Behaviour
    equal: Behaviour
    single: Behaviour
    negative: Behaviour


@dataclass(frozen=True, slots=True)
class Given:
    """What a formula is given for one bid.

    Attributes:
        weight: Largest points of the criterion.
        value: The bid's comparison price in euros a year, or the share in percent that its level earns.
        field: Comparison prices of all compared bids, its own included; only relative formulas look at it.
        parameters: Every parameter of the formula, announced or by default.
    """

    weight: Fraction
    value: Fraction
    field: tuple[Fraction, ...]
    parameters: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Formula:
    """A registered version of a formula.

    Attributes:
        id: Id with version, such as ``announced-interval@1``.
        kind: Which kind of criterion it scores.
        parameters: What a tender may announce.
        source: Legal or literature source.
        independent: Whether the points of a bid never depend on other bids (independence of irrelevant alternatives).
        bounded: Whether points always stay between zero and the weight.
        totality: What it does at the edges.
        points: Exact points of one bid.
        working: Every intermediate number; the last step is the points.
    """

    id: str
    kind: CriterionKind
    parameters: tuple[Parameter, ...]
    source: str
    independent: bool
    bounded: bool
    totality: Totality
    points: Callable[[Given], Fraction]
    working: Callable[[Given], tuple[Step, ...]]


class RefusedError(BlockedError):
    """A formula is not defined for what it was given; nobody's points are guessed."""


def refuse(formula: str, reason: str) -> RefusedError:
    """The refusal of `formula`; `reason` is the id of a term that says why."""
    return RefusedError("award.formula-refuses", formula=formula, reason=reason)
