"""What is owed to a provider: lines that can be computed again by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tender.model.prices import PriceUnit


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One invoice line.

    Attributes:
        group: Group id.
        unit: What the quantity counts.
        quantity: Client-months or verified work hours, exact.
        base_price: Tendered price before the weight, or the tendered group price.
        weight: Announced weight; 1 when the price was tendered per group.
        unit_price: Price of the group, rounded as announced.
        amount: Line amount, rounded half-up to cents.
    """

    group: str
    unit: PriceUnit
    quantity: Decimal
    base_price: Decimal
    weight: Decimal
    unit_price: Decimal
    amount: Decimal
