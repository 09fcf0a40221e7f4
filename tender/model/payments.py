"""What is owed to a provider: lines that can be computed again by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.model.prices import PriceUnit


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One invoice line.

    A client-month is client-days divided by the days of the month, which seldom has a finite decimal form; so the line
    keeps what was counted and the divisor, and `quantity` is their exact quotient.

    Attributes:
        group: Group id.
        unit: What the quantity counts.
        counted: Client-days or verified work hours, exact.
        divisor: Days of the month for client-days; 1 for work hours.
        base_price: Tendered price before the weight, or the tendered group price.
        weight: Announced weight; 1 when the price was tendered per group.
        unit_price: Price of the group, rounded as announced.
        amount: Line amount, rounded half-up as announced.
    """

    group: str
    unit: PriceUnit
    counted: Decimal
    divisor: int
    base_price: Decimal
    weight: Decimal
    unit_price: Decimal
    amount: Decimal

    @property
    def quantity(self) -> Fraction:
        """Client-months or verified work hours, exact."""
        return Fraction(self.counted) / self.divisor


@dataclass(frozen=True, slots=True)
class InvoiceTotal:
    """The sums at the foot of an invoice.

    Attributes:
        net: Sum of the lines, euros without VAT.
        vat: VAT on the sum, rounded half-up to cents.
        gross: What is paid.
    """

    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """What one indicator says in one period.

    Attributes:
        indicator: Indicator id.
        value: Its value.
        deviation: Distance from the target, positive when better.
        score: From −1 to 1; 0 inside the tolerance.
        weighted: Score times the indicator's share.
    """

    indicator: str
    value: Fraction
    deviation: Fraction
    score: Fraction
    weighted: Fraction


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The bonus or the sanction of one period.

    Attributes:
        base: Outcome pay of the period that it is a share of, euros.
        lines: One line per indicator, in the order of the tender.
        combined: Sum of the weighted scores, from −1 to 1.
        cap: The cap that applies, percent of the base: the bonus cap, or the sanction cap when `combined` is negative.
        amount: Euros, rounded half-up to cents; negative for a sanction.
    """

    base: Decimal
    lines: tuple[IndicatorLine, ...]
    combined: Fraction
    cap: Decimal
    amount: Decimal
