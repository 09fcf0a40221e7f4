"""The context of the price and payment annex: every value that its clauses print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.rows import GroupPrice, YearRow, group_prices, year_rows, year_sum
from tender.model.clauses import DivisionTask
from tender.model.framework import Framework, VolumeBand
from tender.model.indicators import BonusSanction, Verification
from tender.model.prices import Billing, PriceModel
from tender.model.publication import Publication
from tender.model.tender import Buyer
from tender.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class PaymentContext:
    """What the price and payment annex prints.

    Attributes:
        buyer: The contracting authority.
        diary_number: Diary number of the case; empty before there is one.
        timetable: When production starts and ends.
        prices: The price model.
        billing: Billing periods and what is billable.
        capitation: Capitation prices by group at the ends of the range.
        outcome: Outcome prices by group at the ends of the range.
        years: Announced yearly volumes by group.
        year_total: The same, all groups together.
        owed_tasks: The acts that capitation pays for.
        bonus_sanction: Complementary indicators; ``None`` when there are none.
        verification: Random check of hours; ``None`` when there is none.
        framework: The framework arrangement with its largest value.
        bands: Volume bands with their repricing.
        payment_hash: Hash of the payment method.
        version: Version of the annex.
        published: Day of this version.
    """

    buyer: Buyer
    diary_number: str
    timetable: Timetable
    prices: PriceModel
    billing: Billing
    capitation: tuple[GroupPrice, ...]
    outcome: tuple[GroupPrice, ...]
    years: tuple[YearRow, ...]
    year_total: YearRow
    owed_tasks: tuple[DivisionTask, ...]
    bonus_sanction: BonusSanction | None
    verification: Verification | None
    framework: Framework
    bands: tuple[VolumeBand, ...]
    payment_hash: str
    version: int
    published: date


def payment_context(publication: Publication) -> PaymentContext:
    """The context of the price and payment annex of `publication`."""
    tender = publication.tender
    years = year_rows(tender.groups)
    return PaymentContext(
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        timetable=tender.timetable,
        prices=tender.prices,
        billing=tender.billing,
        capitation=group_prices(tender.prices.capitation, tender.groups),
        outcome=group_prices(tender.prices.outcome, tender.groups),
        years=years,
        year_total=year_sum(years),
        owed_tasks=tuple(task for task in tender.division if task.owed_to_all),
        bonus_sanction=tender.bonus_sanction,
        verification=tender.verification,
        framework=tender.framework,
        bands=tender.framework.dynamic.volume_bands,
        payment_hash=publication.payment_hash,
        version=publication.version,
        published=publication.today,
    )
