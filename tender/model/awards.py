"""The award: who is admitted, how many points each earned and how, which set was chosen and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.errors import Finding
from tender.model.proofs import Level
from tender.model.statements import Step


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a bid is admitted to the comparison.

    Attributes:
        bidder: Bidder id.
        admitted: Whether it is compared.
        findings: Why not, or what was noticed.
    """

    bidder: str
    admitted: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """Points of one bid on one criterion, with the working.

    Attributes:
        criterion: Criterion id.
        formula: Formula id with version.
        value: What the formula was given: the comparison price in euros, or the level.
        points: Points, rounded where the method says so.
        exact: Points before rounding.
        working: Each intermediate number.
        reason: Why this level, for quality criteria.
    """

    criterion: str
    formula: str
    value: Fraction
    points: Fraction
    exact: Fraction
    working: tuple[Step, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScoredBid:
    """One bid with its points.

    Attributes:
        bidder: Bidder id.
        name: Name of the bidder.
        comparison_price: Comparison price, euros a year without VAT.
        lines: One line per criterion, in the order of the tender.
        quality: Sum of the points of the quality criteria.
        total: Total points.
        rank: 1 for the best; equal totals share a rank.
    """

    bidder: str
    name: str
    comparison_price: Fraction
    lines: tuple[ScoreLine, ...]
    quality: Fraction
    total: Fraction
    rank: int


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All scored bids under one frozen award method.

    Attributes:
        award_hash: Hash of the award method that was used.
        bids: Scored bids, best first, equal totals in the order of their ids.
    """

    award_hash: str
    bids: tuple[ScoredBid, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a set of bidders cannot serve the tender.

    Attributes:
        rule: Name of the row in the solved model, such as ``total_capacity`` or ``coverage``.
        values: What the words need, for example capacity and need.
    """

    rule: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProviderSet:
    """One set of bidders that was considered.

    Attributes:
        bidders: Bidder ids, sorted.
        points: Sum of total points.
        quality: Sum of quality points.
        price: Sum of comparison prices, euros a year.
        obstacles: Why it is not feasible; empty for a feasible set.
    """

    bidders: tuple[str, ...]
    points: Fraction
    quality: Fraction
    price: Fraction
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Planned places of one provider: a feasible plan that proves coverage; clients choose in fact.

    Attributes:
        bidder: Bidder id.
        area: Area id.
        group: Group id.
        clients: Number of clients.
    """

    bidder: str
    area: str
    group: str
    clients: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which providers were chosen, and the proof of it.

    Attributes:
        chosen: The winning set.
        places: A feasible plan of places.
        ties: Sets equal to the winner in the first objective, the winner included.
        near_ties: Feasible sets within the announced distance, ties excluded.
        rejected: Sets that rank above the winner but are not feasible, with their obstacles.
        tie_key: The tie key that decided; empty when there was no tie.
        lots: Order of the drawn lots by bidder id, when lots were drawn; empty otherwise.
        examined: How many sets were examined.
        solver: Name and version of the solver that was asked too.
        solver_agrees: Whether the solver's set passed the exact check with the same points.
        yearly_cost: Cost of the planned places in a year, euros.
        proof: Certificates that no award is better, one for each announced objective.
    """

    chosen: ProviderSet
    places: tuple[Place, ...]
    ties: tuple[ProviderSet, ...]
    near_ties: tuple[ProviderSet, ...]
    rejected: tuple[ProviderSet, ...]
    tie_key: str
    lots: tuple[str, ...]
    examined: int
    solver: str
    solver_agrees: bool
    yearly_cost: Decimal
    proof: tuple[Level, ...] = ()
