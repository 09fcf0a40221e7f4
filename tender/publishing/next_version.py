"""The version that publishing would make next, from the tender and its record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tender.model.criteria import TieKey
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.examination import statements_of
from tender.publishing.folder import commitment, lots_seed, record_state
from tender.publishing.open_data import declared_annex
from tender.record import genesis_hash


def next_version(folder: Path, tender: Tender, today: date, *, draft: bool) -> Publication:
    """The next version of `folder`, whose tender is `tender`, made on `today`."""
    state = record_state(folder)
    seed = lots_seed(folder) if TieKey.LOTS in tender.award.tie_rule else ""
    return Publication(
        tender=tender,
        version=len(state.published) + 1,
        today=today,
        draft=draft,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=statements_of(tender),
        record_head=state.head or genesis_hash(tender.id),
        lots_commitment=commitment(seed) if seed else "",
        annex=declared_annex(folder, tender),
    )
