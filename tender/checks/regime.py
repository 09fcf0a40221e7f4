"""Which part of the procurement act applies: from the CPV code, the estimated value, the buyer and the day.

Sources, as read: Annex E with its points (1397/2016 and 499/2021, Finlex), national thresholds (HL 25.1), EU thresholds
2024–25 and 2026–27 (facts on Reg. 2025/2152). Years whose EU thresholds were not read give no answer rather than a
guess. The code list that eForms calls ``social-service-cpv`` leaves out 79611000; this table is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tender.model.tender import BuyerKind, Regime

HEALTH_AND_SOCIAL = Decimal(400_000)
"""National threshold of Annex E points 1–4 (HL 25.1 p. 3)."""

OTHER_SPECIAL = Decimal(300_000)
"""National threshold of Annex E points 5–15 (HL 25.1 p. 4)."""

SERVICES = Decimal(60_000)
"""National threshold of other services (HL 25.1 p. 1)."""

EU_THRESHOLDS = (
    (date(2024, 1, 1), date(2025, 12, 31), Decimal(143_000), Decimal(221_000)),
    (date(2026, 1, 1), date(2027, 12, 31), Decimal(140_000), Decimal(216_000)),
)
"""First day, last day, threshold of central government, threshold of other buyers (HL 26)."""

LAST_HEALTH_POINT = 4

ANNEX_E = (
    (1, "75200000 75231200 75231240 79611000 79622000 79624000 79625000 85000000-85323000 98133000 98133100"),
    (1, "98200000 98500000 98513000-98514000"),
    (2, "75000000 75121000 75122000 75124000 79950000 79951000 79952000 79952100 79953000 79954000 79955000 79956000"),
    (2, "79995000-79995200 80000000-80660000 92000000-92700000"),
    (3, "75300000"),
    (4, "75310000 75311000 75312000 75313000 75313100 75314000 75320000 75330000 75340000"),
    (5, "98000000 98120000 98130000 98132000 98133110"),
    (6, "98131000"),
    (7, "55100000-55410000 55510000 55511000 55512000 55520000 55521000-55521200 55522000 55523000 55523100 55524000"),
    (8, "75231100 79100000-79140000"),
    (9, "75100000-75120000 75123000 75125000-75131000"),
    (10, "75200000-75231000"),
    (11, "75231210-75231230 75240000-75252000 79430000 98113100"),
    (12, "79700000-79721000 79722000 79723000"),
    (13, "98900000 98910000"),
    (14, "64000000 64100000 64110000 64111000 64112000 64113000 64114000 64115000 64116000 64122000"),
    (15, "50116510 71550000"),
)
"""Points of Annex E with their CPV codes and ranges of codes, without check digits."""


def is_cpv(code: str) -> bool:
    """Whether `code` has the form of a CPV code without its check digit: eight digits."""
    return len(code) == len("79611000") and code.isascii() and code.isdigit()


def annex_e_point(code: str) -> int | None:
    """The point of Annex E that lists `code`; ``None`` when it is not listed.

    >>> annex_e_point("79611000"), annex_e_point("80530000"), annex_e_point("79634000")
    (1, 2, None)
    """
    for point, codes in ANNEX_E:
        for entry in codes.split():
            first, _, last = entry.partition("-")
            if first <= code <= (last or first):
                return point
    return None


def national_threshold(code: str) -> Decimal:
    """The national threshold of a service with `code`, euros without VAT."""
    point = annex_e_point(code)
    if point is None:
        return SERVICES
    return HEALTH_AND_SOCIAL if point <= LAST_HEALTH_POINT else OTHER_SPECIAL


def eu_threshold(buyer: BuyerKind, day: date) -> Decimal | None:
    """The EU threshold of services that binds `buyer` on `day`; ``None`` when it was not read."""
    for first, last, central, other in EU_THRESHOLDS:
        if first <= day <= last:
            return central if buyer is BuyerKind.CENTRAL else other
    return None


def regime_of(code: str, value: Decimal, buyer: BuyerKind, day: date) -> Regime | None:
    """The regime of a service; ``None`` below the national threshold or when the EU threshold of `day` is not known.

    Args:
        code: Main CPV code; in a mixed procurement that of the part with the highest value (HL 7).
        value: Estimated value without VAT, euros.
        buyer: Which thresholds bind the buyer.
        day: Day on which the procedure begins.
    """
    if value < national_threshold(code):
        return None
    if annex_e_point(code) is not None:
        return Regime.ANNEX_E
    threshold = eu_threshold(buyer, day)
    if threshold is None:
        return None
    return Regime.EU if value >= threshold else Regime.NATIONAL


@dataclass(frozen=True, slots=True)
class RegimeReason:
    """Why a regime applies.

    Attributes:
        regime: The regime that follows; ``None`` when none does, or when the thresholds of the day were not read.
        code: Main CPV code.
        point: Point of Annex E that lists it; ``None`` when it is not listed.
        value: Estimated value without VAT, euros.
        threshold: The threshold that the value was held against; ``None`` when it was not read.
        basis: Legal basis.
    """

    regime: Regime | None
    code: str
    point: int | None
    value: Decimal
    threshold: Decimal | None
    basis: str


def regime_reason(code: str, value: Decimal, buyer: BuyerKind, day: date) -> RegimeReason:
    """Which regime follows from code, value, buyer and day, and why; the arguments are those of `regime_of`.

    >>> regime_reason("79611000", Decimal(500_000), BuyerKind.OTHER, date(2026, 9, 1)).basis
    'HL 25.1 p. 3, 107'
    """
    regime, point = regime_of(code, value, buyer, day), annex_e_point(code)
    if value < national_threshold(code):
        return RegimeReason(regime, code, point, value, national_threshold(code), f"HL 25.1 p. {_item(point)}")
    if point is not None:
        return RegimeReason(regime, code, point, value, national_threshold(code), f"HL 25.1 p. {_item(point)}, 107")
    return RegimeReason(regime, code, point, value, eu_threshold(buyer, day), "HL 25.1 p. 1, 26")


def _item(point: int | None) -> int:
    """The item of HL 25.1 that sets the national threshold: services, Annex E points 1–4, or the others."""
    if point is None:
        return 1
    return 3 if point <= LAST_HEALTH_POINT else 4
