"""What bidders hand in, as read from the bid form; a blank is ``None``, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Reply(StrEnum):
    """A bidder's reply to a yes-or-no question."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Bid:
    """One bid.

    Attributes:
        bidder: Id of the bidder inside the tender, from its business id or given at opening.
        name: Name of the bidder.
        business_id: Finnish business id.
        email: Address for the notification of the decision (HL 127; KHO 2020:142).
        prices: Tendered price by price-cell id; ``None`` where the cell was left blank.
        capacity_total: Most clients at a time that the bidder takes; ``None`` when blank.
        capacity: Most clients by ``(area id, group id)``; ``None`` when blank.
        suitability: Reply by requirement id; ``None`` when blank.
        annexes: Reply by id of a demanded annex (impact plan, hours-tracking model); ``None`` when blank.
        award_hash: Hash of the award method that the form was issued under.
        payment_hash: Hash of the payment method that the form was issued under.
        version: Published version that the form belongs to.
        file: Name of the file.
        sha256: Hash of the file as it came.
        synthetic: Whether it is invented for an example.
        companies: Business ids of the further companies that stand behind the bid: members of its group, companies
            that it is related to.
    """

    bidder: str
    name: str
    business_id: str
    email: str
    prices: Mapping[str, Decimal | None]
    capacity_total: int | None
    capacity: Mapping[tuple[str, str], int | None]
    suitability: Mapping[str, Reply | None]
    annexes: Mapping[str, Reply | None]
    award_hash: str
    payment_hash: str
    version: int
    file: str = ""
    sha256: str = ""
    synthetic: bool = False
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityScore:
    """The evaluators' consensus on one bid and one criterion.

    Attributes:
        bidder: Bidder id.
        criterion: Criterion id.
        level: Level of the announced scale; ``None`` when not yet scored, which is not zero.
        reason: Why this level.
    """

    bidder: str
    criterion: str
    level: int | None
    reason: str
