"""A publication, its form, and a good bid, for tests of forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from tender.forms.bid_form import BidReading, fill_bid_form, read_bid_form, write_bid_form
from tender.language import Language
from tender.model.methods import award_hash, payment_hash
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.publication import Publication
from tender.model.tender import Tender
from tests.sample import sample_tender

FILE = "tarjous.xlsx"
BID_SHEET = "xl/worksheets/sheet2.xml"
STAMP_SHEET = "xl/worksheets/sheet4.xml"

Typed = Mapping[str, str | int | Decimal]

GOOD: Typed = {
    "name": "Tuottaja Äö & Kumppanit Oy",
    "business_id": "9900001-8",
    "email": "tarjous@tuottaja.example.invalid",
    "prices.capitation": Decimal("43.50"),
    "prices.outcome": "0.9500",
    "capacity_total": 700,
    "capacity.siilinjarvi.easy": 120,
    "capacity.siilinjarvi.average": 170,
    "capacity.siilinjarvi.hard": 175,
    "capacity.lapinlahti.easy": 70,
    "capacity.lapinlahti.average": 100,
    "capacity.lapinlahti.hard": 100,
    "suitability.experience": "yes",
    "annexes.impact-plan": "yes",
    "annexes.hours-tracking": "no",
}


def publication(tender: Tender | None = None, *, draft: bool = False, version: int = 1) -> Publication:
    """A publication of `tender`, the sample by default."""
    tender = tender or sample_tender()
    hashes = (award_hash(tender), payment_hash(tender))
    return Publication(tender, version, date(2018, 11, 5), draft, *hashes, (), "0" * 64)


def per_group_tender() -> Tender:
    """The sample with a capitation price for each group and a zero that may be tendered."""
    ends = {"easy": ("0", "40"), "average": ("30", "50"), "hard": ("40.005", "60")}
    groups = {group: PriceRange(Decimal(low), Decimal(high)) for group, (low, high) in ends.items()}
    part = PricePart(PriceForm.PER_GROUP, decimals=3, unit_decimals=2, groups=groups)
    tender = sample_tender()
    return replace(tender, prices=replace(tender.prices, capitation=part, zero_allowed=True))


@cache
def blank_form(language: Language = Language.FI) -> bytes:
    """The form of the sample, as issued."""
    return write_bid_form(publication(), language)


def filled(values: Typed | None = None) -> bytes:
    """The form filled in well, with `values` instead of the good ones."""
    return fill_bid_form(blank_form(), {**GOOD, **(values or {})})


def read(data: bytes) -> BidReading:
    """What comes of reading `data` against the sample."""
    return read_bid_form(data, FILE, publication())


def rules(reading: BidReading) -> list[str]:
    """The rules of the findings, in order."""
    return [finding.rule for finding in reading.findings]
