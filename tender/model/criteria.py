"""How tenders are compared: a tree of criteria, scales, formulas, rounding, ties, selection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tender.language import NO_TEXT, Text


class CriterionKind(StrEnum):
    """What a criterion judges: the comparison price, quality on an announced scale, or only its sub-criteria."""

    PRICE = "price"
    QUALITY = "quality"
    BRANCH = "branch"


class AwardBasis(StrEnum):
    """Basis of the award (HL 93, 115)."""

    PRICE = "price"
    COST = "cost"
    BEST_PRICE_QUALITY = "best-price-quality"


class RoundingPoint(StrEnum):
    """Where points are rounded half-up; without rounding they stay exact fractions."""

    NONE = "none"
    CRITERION = "criterion"
    TOTAL = "total"


class TieKey(StrEnum):
    """How equal sets (or bidders) are told apart, in the published order."""

    QUALITY_POINTS = "quality-points"
    COMPARISON_PRICE = "comparison-price"
    LOTS = "lots"


class SelectionMethod(StrEnum):
    """Which feasible set of K providers wins, or what tells sets apart that the earlier objectives leave equal."""

    BEST_SUM = "best-sum"
    BEST_RANKED = "best-ranked"
    LOWEST_PRICE = "lowest-price"
    MONEY_VALUE = "money-value"


class FallsAway(StrEnum):
    """What happens to points when a bid falls away after scoring (HR 9.5.2014, Ricoh/Xerox: say so beforehand)."""

    RESCORE = "rescore"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an announced scale.

    Attributes:
        value: The level as evaluators give it.
        share: Share of the criterion's points that it earns, in percent.
        description: What a tender must show for it.
    """

    value: int
    share: Decimal
    description: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """An award criterion (*vertailuperuste*), or a branch that holds sub-criteria.

    Attributes:
        id: Short id, unique in the tree.
        name: Its name.
        kind: Price, quality or branch.
        weight: Largest points, of 100 for the whole tree; sub-criteria sum to their branch.
        description: What is judged and why.
        evidence: What the bidder hands in.
        formula: Formula id with version, such as ``announced-interval@1``; empty for a branch.
        parameters: Parameters of the formula by name.
        scale: Levels of a quality criterion.
        minimum: Lowest level that is acceptable; ``None`` when there is no minimum.
        criteria: Sub-criteria.
    """

    id: str
    name: Text
    kind: CriterionKind
    weight: Decimal
    description: Text = NO_TEXT
    evidence: Text = NO_TEXT
    formula: str = ""
    parameters: Mapping[str, Decimal] | None = None
    scale: tuple[Level, ...] = ()
    minimum: int | None = None
    criteria: tuple[Criterion, ...] = ()

    def leaves(self) -> Iterator[Criterion]:
        """The criteria that earn points, in the order of the file."""
        if self.kind is not CriterionKind.BRANCH:
            yield self
        for child in self.criteria:
            yield from child.leaves()

    def with_evidence(self) -> Iterator[Criterion]:
        """The criteria in this branch that name evidence; below one that does, nothing is asked again."""
        if self.kind is CriterionKind.PRICE:
            return
        if any((self.evidence.fi, self.evidence.sv, self.evidence.en)):
            yield self
            return
        for child in self.criteria:
            yield from child.with_evidence()


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding of points.

    Attributes:
        at: Where.
        decimals: To how many decimals, half-up.
    """

    at: RoundingPoint
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """Which providers are chosen among the scored tenders.

    Attributes:
        method: Which feasible set wins.
        near_tie: Sets within this many points of the best are listed.
        yearly_cost_ceiling: Most that the planned places may cost in a year, euros; ``None`` without a budget row.
        minimum_quality: Fewest quality points of an acceptable tender; ``None`` when there is no floor.
        then: Further objectives in order, for sets that the ones before leave equal; the tie rule comes after them.
        point_value: What a quality point is worth, euros a year, for the objective ``money-value``.
        choice_least: At least so many chosen providers offer places in every area for every group (a real choice);
            ``None`` without such a demand.
        withstand_loss: Whether the places must be enough when any one of the chosen providers falls away.
        viable_clients: Fewest clients that the plan gives each chosen provider; ``None`` without such a demand.
        separate_companies: Whether two tenders that share a company (a group's member, a related company) may not
            both be chosen.
    """

    method: SelectionMethod
    near_tie: Decimal
    yearly_cost_ceiling: Decimal | None = None
    minimum_quality: Decimal | None = None
    then: tuple[SelectionMethod, ...] = ()
    point_value: Decimal | None = None
    choice_least: int | None = None
    withstand_loss: bool = False
    viable_clients: int | None = None
    separate_companies: bool = False


@dataclass(frozen=True, slots=True)
class AwardModel:
    """The award method as it is published and frozen.

    Attributes:
        basis: Basis of the award.
        criteria: Top-level criteria; their weights sum to 100.
        rounding: Rounding of points.
        tie_rule: Tie keys in order; the last one decides always.
        selection: How the providers are chosen.
        falls_away: What happens when a bid falls away after scoring.
    """

    basis: AwardBasis
    criteria: tuple[Criterion, ...]
    rounding: Rounding
    tie_rule: tuple[TieKey, ...]
    selection: SelectionRule
    falls_away: FallsAway

    def leaves(self) -> tuple[Criterion, ...]:
        """All criteria that earn points, in the order of the file."""
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves())

    def demanded_annexes(self) -> tuple[Criterion, ...]:
        """The quality criteria or branches that demand a document with the tender: those that name evidence.

        Where a branch names it, its sub-criteria judge the same document and are not asked again.
        """
        return tuple(annex for criterion in self.criteria for annex in criterion.with_evidence())
