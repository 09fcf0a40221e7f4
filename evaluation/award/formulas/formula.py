"""What a scoring formula is: one pure exact function with its parameters, its source and its known behaviour.

One method is one file. A released version (``id@1``) is never edited or removed: a change is a new version beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from evaluation.contract.expressions import number
from tender.errors import BlockedError
from tender.model.criteria import CriterionKind
from tender.model.statements import Step


class Default(StrEnum):
    """What a parameter is when the tender does not announce it."""

    REQUIRED = "required"
    USUAL = "usual"
    LOWEST_PRICE = "lowest-price"
    HIGHEST_PRICE = "highest-price"


class Measure(StrEnum):
    """What a formula is given as the bid's value."""

    PRICE = "price"
    LEVEL = "level"
    NUMBER = "number"


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
        usual: That value, where the formula itself has one.
    """

    id: str
    unit: str
    positive: bool
    default: Default
    usual: Fraction | None = None

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
        extreme: A price that is a million million times that of the others, or as much smaller.
    """

    zero: Behaviour
    equal: Behaviour
    single: Behaviour
    negative: Behaviour
    extreme: Behaviour = Behaviour.POINTS


@dataclass(frozen=True, slots=True)
class Given:
    """What a formula is given for one bid.

    Attributes:
        weight: Largest points of the criterion.
        value: By the formula's measure: the bid's comparison price in euros a year, the share in percent that its
            level earns, or the number itself that it promises or shows.
        field: Values of all compared bids, its own included; only relative formulas look at it.
        parameters: Every parameter of the formula, announced or by default.
        scale: Announced points of a scale as number and share in percent, ascending; for numbers only.
    """

    weight: Fraction
    value: Fraction
    field: tuple[Fraction, ...]
    parameters: Mapping[str, Fraction]
    scale: tuple[tuple[Fraction, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A registered version of a formula.

    Attributes:
        id: Id with version, such as ``announced-interval@1``.
        kind: Which kind of criterion it scores.
        expression: The formula in symbols: W most points, p own price, x own number, s share of the level.
        parameters: What a tender may announce.
        source: Legal or literature source.
        independent: Whether the points of a bid never depend on other bids (independence of irrelevant alternatives).
        bounded: Whether points always stay between zero and the weight.
        totality: What it does at the edges.
        points: Exact points of one bid.
        working: Every intermediate number; the last step is the points.
        measure: What it is given.
        scale_invariant: Whether all prices in another unit earn the same points.
    """

    id: str
    kind: CriterionKind
    expression: str
    parameters: tuple[Parameter, ...]
    source: str
    independent: bool
    bounded: bool
    totality: Totality
    points: Callable[[Given], Fraction]
    working: Callable[[Given], tuple[Step, ...]]
    measure: Measure = Measure.PRICE
    scale_invariant: bool = False


class RefusedError(BlockedError):
    """A formula is not defined for what it was given; nobody's points are guessed."""


def refuse(formula: str, reason: str) -> RefusedError:
    """The refusal of `formula`; `reason` is the id of a term that says why."""
    return RefusedError("award.formula-refuses", formula=formula, reason=reason)


def limited(weight: Fraction, line: Fraction) -> Fraction:
    """`line` kept between 0 and `weight`."""
    return min(weight, max(Fraction(0), line))


def limit_steps(weight: Fraction, line: Fraction) -> tuple[Step, ...]:
    """The step in which `line` meets its limit; none when it lies between 0 and `weight`."""
    if line < 0:
        return (Step("at-least-zero", f"max(0; {number(line)})", Fraction(0), "points"),)
    if line > weight:
        return (Step("at-most-weight", f"min({number(weight)}; {number(line)})", weight, "points"),)
    return ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula says about one price: points, or why not.

    Attributes:
        points: Exact points; ``None`` when it refuses.
        refusal: Id of the term that says why; empty when there are points.
    """

    points: Fraction | None
    refusal: str = ""


def points_or_refusal(
    formula: Formula, frame: Given, price: Fraction | None, field: tuple[Fraction | None, ...]
) -> Outcome:
    """The points of `price` in `field`, or the refusal; a blank is ``None`` and never zero.

    Args:
        formula: The formula.
        frame: Weight, parameters and scale; its value and field are left aside.
        price: The own price.
        field: All prices, the own one included.
    """
    prices = tuple(each for each in field if each is not None)
    if price is None or len(prices) < len(field):
        return Outcome(None, "formula-refusal.blank-price")
    if not prices:
        return Outcome(None, "formula-refusal.no-bids")
    try:
        return Outcome(formula.points(replace(frame, value=price, field=prices)))
    except RefusedError as refusal:
        return Outcome(None, refusal.values["reason"])
