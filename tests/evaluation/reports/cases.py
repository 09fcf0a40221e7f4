"""A decided case in code: the sample tender, five invented bids, real scores and a real selection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from evaluation.award.admissibility import PublishedHashes, admit, admitted_bids
from evaluation.award.scoring import score
from evaluation.award.selection import select_providers
from evaluation.reports import DecisionCase
from tender.model.bids import Bid, QualityScore, Reply
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tests.sample import HELSINKI, sample_tender

RECORD_HEAD = "5f" * 32
LEVELS: Mapping[str, tuple[int, int]] = {
    "alku": (4, 4),
    "kaari": (3, 2),
    "polku": (4, 3),
    "silta": (3, 3),
    "suunta": (2, 4),
}
PRICES: Mapping[str, tuple[str, str]] = {
    "alku": ("44.00", "0.7900"),
    "kaari": ("40.00", "0.7500"),
    "polku": ("43.50", "0.9500"),
    "silta": ("46.25", "0.7650"),
    "suunta": ("41.50", "0.7500"),
    "yli": ("42.00", "1.0500"),
}
CAPACITY: Mapping[str, int] = {"alku": 150, "kaari": 700, "polku": 700, "silta": 700, "suunta": 500, "yli": 700}


def invented_bid(tender: Tender, bidder: str, name: str = "") -> Bid:
    """An invented bid; ``yli`` tenders an outcome price above the range, ``alku`` a small capacity."""
    capitation, outcome = PRICES[bidder]
    cells = {(area.id, group.id): CAPACITY[bidder] for area in tender.areas for group in tender.groups}
    return Bid(
        bidder=bidder,
        name=name or f"Esimerkki {bidder.title()} Oy",
        business_id=f"99000{len(bidder):02d}-{sorted(PRICES).index(bidder)}",
        email=f"{bidder}@example.invalid",
        prices={"capitation": Decimal(capitation), "outcome": Decimal(outcome)},
        capacity_total=CAPACITY[bidder],
        capacity=cells,
        suitability={requirement.id: Reply.YES for requirement in tender.suitability},
        annexes={"impact-plan": Reply.YES, "hours-tracking": Reply.YES},
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        version=1,
        synthetic=True,
    )


def levels(reasons: Mapping[tuple[str, str], str] | None = None) -> tuple[QualityScore, ...]:
    """A level with its reason for every bid and quality criterion."""
    given = reasons or {}
    return tuple(
        QualityScore(bidder, criterion, level, given.get((bidder, criterion), f"Perustelu: {bidder}, {criterion}."))
        for bidder, pair in LEVELS.items()
        for criterion, level in zip(("impact-plan", "hours-tracking"), pair, strict=True)
    )


def publication_of(tender: Tender) -> Publication:
    """`tender` as published."""
    return Publication(
        tender,
        version=1,
        today=tender.timetable.published,
        draft=False,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=(),
        record_head="11" * 32,
        lots_commitment="a7" * 32,
    )


def decided_case(
    tender: Tender | None = None,
    scores: tuple[QualityScore, ...] | None = None,
    names: Mapping[str, str] | None = None,
) -> DecisionCase:
    """A case that can be decided."""
    chosen_tender = tender or sample_tender()
    bids = tuple(invented_bid(chosen_tender, bidder, (names or {}).get(bidder, "")) for bidder in sorted(PRICES))
    publication = publication_of(chosen_tender)
    admissions = admit(chosen_tender, bids, PublishedHashes(publication.award_hash, publication.payment_hash))
    admitted = admitted_bids(bids, admissions)
    sheet = score(chosen_tender, admitted, scores or levels())
    return DecisionCase(
        publication=publication,
        bids=bids,
        admissions=admissions,
        sheet=sheet,
        selection=select_providers(chosen_tender, sheet, admitted, b"seed"),
        opened_at=datetime(2018, 12, 11, 13, 0, tzinfo=HELSINKI),
        present=("A. Avaaja", "T. Todistaja"),
        decided_on=date(2018, 12, 21),
        record_head=RECORD_HEAD,
    )
