"""What a bundle holds: the published sources, the bids as public, the levels, the seed, and the result, as files.

Every number that a person put in (a price, a capacity, a level) stands twice: in its file and in `NUMBERS`. So a
changed one is not only noticed by the hash of its file, it is named with what stood there before. Trade secrets are
left out: withheld unit prices leave the comparison price, always public to the parties (JulkL 11.2 p. 6).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluation.replay.differences import leaves
from evaluation.sheets import selection_json, sheet_json
from tender.errors import blocking
from tender.model.awards import Admission, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.criteria import CriterionKind
from tender.model.methods import Json, award_method
from tender.model.publication import Publication

MANIFEST = "manifest.json"
SOURCE = "source"
METHOD = "method/award-method.json"
BIDS = "bids.json"
ADMISSIONS = "admissions.json"
SCORES = "scores.json"
SEED = "seed.json"
NUMBERS = "numbers.json"
SHEET = "score_sheet.json"
SELECTION = "selection.json"
AWARD_BUNDLE = "award-bundle.zip"
"""File name of the bundle beside the decision."""
_PUT_IN = {BIDS: (".prices", ".comparison_price", ".capacity"), SCORES: (".level",), SEED: ("seed",)}


@dataclass(frozen=True, slots=True)
class Award:
    """An award as it is handed to others.

    Attributes:
        publication: The published version.
        bids: Every bid that could be read.
        admissions: Admission of every received bid.
        sheet: The points, with passages that are trade secrets taken out of the reasons.
        selection: The chosen providers.
        seed: The seed of the lots; empty when no lots could be drawn.
        withheld: Ids of bidders whose unit prices are trade secrets.
        decided_on: Day of the decision.
    """

    publication: Publication
    bids: tuple[Bid, ...]
    admissions: tuple[Admission, ...]
    sheet: ScoreSheet
    selection: Selection
    seed: str
    withheld: frozenset[str]
    decided_on: date


def bundle_files(award: Award, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the bundle by its path, the manifest last; the same award gives the same bytes.

    Args:
        award: The award.
        sources: The published sources of the tender by path: its file, texts and own clauses.
    """
    plain: dict[str, Json] = {
        METHOD: award_method(award.publication.tender),
        BIDS: _bids(award),
        ADMISSIONS: [_admission(admission) for admission in award.admissions],
        SCORES: _levels(award),
        SEED: {"seed": award.seed},
        SHEET: sheet_json(award.sheet),
        SELECTION: selection_json(award.selection),
    }
    plain[NUMBERS] = numbers(plain)
    files = {f"{SOURCE}/{name}": data for name, data in sorted(sources.items())}
    files |= {name: pretty(value) for name, value in plain.items()}
    files[MANIFEST] = pretty(_manifest(award, files))
    return files


def numbers(plain: Mapping[str, Json]) -> dict[str, Json]:
    """Every price, capacity and level that people put in, and the seed, by file and path."""
    return {
        f"{file}:{path}": value
        for file in (BIDS, SCORES, SEED)
        for path, value in leaves(plain[file])
        if any(part in path for part in _PUT_IN[file])
    }


def pretty(value: Json) -> bytes:
    """`value` as it is written: one value a line, in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _bids(award: Award) -> Json:
    prices = {bid.bidder: str(bid.comparison_price) for bid in award.sheet.bids}
    ordered = sorted(award.bids, key=lambda bid: bid.bidder)
    return [_bid(bid, prices.get(bid.bidder), withheld=bid.bidder in award.withheld) for bid in ordered]


def _bid(bid: Bid, price: str | None, *, withheld: bool) -> Json:
    areas = sorted({area for area, _ in bid.capacity})
    capacity: dict[str, Json] = {
        area: {group: clients for (place, group), clients in sorted(bid.capacity.items()) if place == area}
        for area in areas
    }
    return {
        "bidder": bid.bidder,
        "name": bid.name,
        "business_id": bid.business_id,
        "companies": list(bid.companies),
        "version": bid.version,
        "award_hash": bid.award_hash,
        "payment_hash": bid.payment_hash,
        "comparison_price": price,
        "withheld": withheld,
        "prices": {} if withheld else {cell: _money(each) for cell, each in sorted(bid.prices.items())},
        "capacity_total": bid.capacity_total,
        "capacity": capacity,
        "suitability": {key: reply.value if reply else None for key, reply in sorted(bid.suitability.items())},
        "annexes": {key: reply.value if reply else None for key, reply in sorted(bid.annexes.items())},
    }


def _money(price: Decimal | None) -> Json:
    return None if price is None else format(price, "f")


def _admission(admission: Admission) -> Json:
    rules = sorted({finding.rule for finding in blocking(admission.findings)})
    return {"bidder": admission.bidder, "admitted": admission.admitted, "rules": list(rules)}


def _levels(award: Award) -> Json:
    kinds = {leaf.id: leaf.kind for leaf in award.publication.tender.award.leaves()}
    return [
        {"bidder": bid.bidder, "criterion": line.criterion, "level": int(line.value), "reason": line.reason}
        for bid in sorted(award.sheet.bids, key=lambda bid: bid.bidder)
        for line in bid.lines
        if kinds[line.criterion] is CriterionKind.QUALITY
    ]


def _manifest(award: Award, files: Mapping[str, bytes]) -> Json:
    publication = award.publication
    return {
        "tender": publication.tender.id,
        "diary_number": publication.tender.diary_number,
        "version": publication.version,
        "decided_on": award.decided_on.isoformat(),
        "award_hash": publication.award_hash,
        "payment_hash": publication.payment_hash,
        "lots_commitment": publication.lots_commitment,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
