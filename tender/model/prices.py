"""What is paid: capitation per client-month and outcome price per verified work hour, inside the buyer's ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tender.language import NO_TEXT, Text


class PriceForm(StrEnum):
    """Whether a bidder tenders one base price, multiplied by announced weights, or a price for each group."""

    BASE_TIMES_WEIGHT = "base-times-weight"
    PER_GROUP = "per-group"


class PriceUnit(StrEnum):
    """The unit that a price is for."""

    CLIENT_MONTH = "client-month"
    WORK_HOUR = "work-hour"


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The buyer's range for one tendered price, both ends allowed (A7, A8).

    Attributes:
        lowest: Lowest allowed price, euros without VAT.
        highest: Highest allowed price, euros without VAT.
        reference: The buyer's own price inside the range, for information; ``None`` when not announced.
    """

    lowest: Decimal
    highest: Decimal
    reference: Decimal | None = None

    def holds(self, price: Decimal) -> bool:
        """Whether `price` is inside the range, ends included."""
        return self.lowest <= price <= self.highest


@dataclass(frozen=True, slots=True)
class PricePart:
    """One of the two prices: capitation or outcome.

    Attributes:
        form: Base price times weights, or a price per group.
        decimals: Decimals allowed in a tendered price.
        unit_decimals: Decimals to which a group's unit price is rounded half-up before it is multiplied by a quantity.
        base: Range of the base price; only with `PriceForm.BASE_TIMES_WEIGHT`.
        weights: Weight by group id; only with `PriceForm.BASE_TIMES_WEIGHT`.
        groups: Range by group id; only with `PriceForm.PER_GROUP`.
        reason: Why the range has its ends (HL 93.3; a floor needs a stated reason).
    """

    form: PriceForm
    decimals: int
    unit_decimals: int
    base: PriceRange | None = None
    weights: Mapping[str, Decimal] | None = None
    groups: Mapping[str, PriceRange] | None = None
    reason: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class PriceModel:
    """Both prices with what holds for them together.

    Attributes:
        capitation: Euros per client-month, for fulfilling the obligations owed to every client (A7).
        outcome: Euros per verified work hour (A8).
        vat_rate: VAT in percent that is added on invoices; tendered and compared prices are without VAT.
        zero_allowed: Whether a price of zero may be tendered (KHO 2015:17, 2016:97: say it). A blank never may.
        line_decimals: Decimals to which each invoice line is rounded half-up.
    """

    capitation: PricePart
    outcome: PricePart
    vat_rate: Decimal
    zero_allowed: bool = False
    line_decimals: int = 2


@dataclass(frozen=True, slots=True)
class PriceCell:
    """One price that a bidder tenders.

    Attributes:
        id: ``capitation``, ``outcome``, ``capitation.<group>`` or ``outcome.<group>``.
        part: ``capitation`` or ``outcome``.
        unit: What the price is for.
        group: Group id, or ``None`` for a base price.
        range: The buyer's range.
        decimals: Decimals allowed.
    """

    id: str
    part: str
    unit: PriceUnit
    group: str | None
    range: PriceRange
    decimals: int


@dataclass(frozen=True, slots=True)
class Billing:
    """When and how invoices come.

    Attributes:
        capitation_months: Length of the capitation period in months (A7: 1).
        outcome_months: Length of the outcome period in months (A8: 4).
        payment_days: Term of payment in days.
        hours_cap: Most billable work hours for one client in one outcome period; ``None`` when there is no cap.
        minimum_contacts: Contacts owed to a client in a month before capitation is due.
        excluded_work: Work that earns no outcome price (subsidised, own-group jobs).
        register: Registers that hours are verified from.
    """

    capitation_months: int
    outcome_months: int
    payment_days: int
    hours_cap: int | None = None
    minimum_contacts: int = 0
    excluded_work: Text = NO_TEXT
    register: Text = NO_TEXT


def price_cells(prices: PriceModel) -> tuple[PriceCell, ...]:
    """Every price that a bidder tenders, capitation first, groups in the order of the tender file."""
    parts = (
        ("capitation", PriceUnit.CLIENT_MONTH, prices.capitation),
        ("outcome", PriceUnit.WORK_HOUR, prices.outcome),
    )
    return tuple(cell for name, unit, part in parts for cell in _part_cells(name, unit, part))


def _part_cells(name: str, unit: PriceUnit, part: PricePart) -> tuple[PriceCell, ...]:
    if part.form is PriceForm.BASE_TIMES_WEIGHT and part.base is not None:
        return (PriceCell(name, name, unit, None, part.base, part.decimals),)
    ranges = part.groups or {}
    return tuple(
        PriceCell(f"{name}.{group}", name, unit, group, price_range, part.decimals)
        for group, price_range in ranges.items()
    )
