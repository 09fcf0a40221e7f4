"""What is frozen stays frozen: awards and payments rest on the published methods and on nothing else (decision 4)."""

from __future__ import annotations

import json
from pathlib import Path

from tender.errors import FrozenError, Place
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import PrintedWaiver, Publication
from tender.model.statements import as_plain
from tender.model.tender import Tender
from tender.publishing.examination import statements_of
from tender.publishing.files import STATEMENTS
from tender.publishing.folder import published_folder
from tender.record import State
from tender.record.reviews import Waiver
from tender.record.state import Recorded


def publication_in_force(tender: Tender, state: State) -> Publication:
    """The publication in force for `tender`, on which bids and awards must rest.

    Raises:
        FrozenError: Nothing is published, or a method of the tender file differs from the published one.
    """
    if not state.published:
        raise FrozenError("frozen.not-published")
    latest, event = state.published[-1].said, state.published[-1].event
    methods = (
        ("method.award", award_hash(tender), latest.award_hash),
        ("method.payment", payment_hash(tender), latest.payment_hash),
    )
    for method, found, expected in methods:
        if found != expected:
            raise FrozenError("frozen.method-differs", method=method, found=found[:12], expected=expected[:12])
    return Publication(
        tender=tender,
        version=latest.version,
        today=latest.published_on,
        draft=False,
        award_hash=latest.award_hash,
        payment_hash=latest.payment_hash,
        statements=statements_of(tender),
        record_head=event.prev,
        lots_commitment=latest.lots_commitment,
        trial=latest.trial,
        waived=tuple(printed_waiver(one) for one in state.waivers if str(one.event.seq) in latest.waivers),
    )


def printed_waiver(waiver: Recorded[Waiver]) -> PrintedWaiver:
    """`waiver` as a publication prints it."""
    said = waiver.said
    return PrintedWaiver(said.rule, said.field, dict(said.values), said.basis, said.by, said.reason, waiver.event.seq)


def examples_still_hold(folder: Path, publication: Publication) -> None:
    """Compute the published worked examples again, before anything is scored or paid.

    Raises:
        FrozenError: One of them comes out differently: the program no longer computes what was published.
    """
    path = published_folder(folder, publication.version) / STATEMENTS
    if not path.is_file():
        raise FrozenError("frozen.statements-missing", place=Place(path.relative_to(folder).as_posix()))
    theirs = {statement["subject"]: statement for statement in json.loads(path.read_text(encoding="utf-8"))}
    ours = {str(statement["subject"]): statement for statement in as_plain(publication.statements)}
    for subject in sorted({*ours, *theirs}):
        if ours.get(subject) != theirs.get(subject):
            raise FrozenError("frozen.example-differs", subject=subject)
