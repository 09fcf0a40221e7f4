"""Draft and publish are two acts: a draft is watermarked and records nothing, a publication freezes and records.

A published folder gets its final name only after the record has acknowledged it, so a crash leaves either nothing or
a publication that the next run completes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tender.errors import FrozenError
from tender.model.criteria import TieKey
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.examination import examine, readable_tender, statements_of
from tender.publishing.files import MANIFEST, publication_files
from tender.publishing.folder import (
    DRAFT,
    RECORD_FILE,
    commitment,
    keep_seed,
    lots_seed,
    published_folder,
    record_state,
    replace_folder,
)
from tender.publishing.freeze import publication_in_force
from tender.publishing.orders import EVERYTHING, Wanted
from tender.publishing.workshop import Progress, Workshop
from tender.record import Publicity, Record, State, genesis_hash
from tender.record.payloads import PublishedVersion


@dataclass(frozen=True, slots=True)
class Written:
    """What draft or publish wrote.

    Attributes:
        folder: The folder written.
        version: Version number.
        files: Paths relative to `folder`, sorted, the manifest included.
        award_hash: Hash of the award method.
        payment_hash: Hash of the payment method.
        manifest_hash: SHA-256 of the manifest.
        unchanged: Whether this version was already published with the same bytes.
    """

    folder: Path
    version: int
    files: tuple[str, ...]
    award_hash: str
    payment_hash: str
    manifest_hash: str
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Chance:
    """The clock and the dice that acts may use; commands hand in the real ones, tests their own.

    Attributes:
        clock: Tells the moment of an event.
        salts: Gives a fresh salt for each event.
        seed: Gives a fresh seed for lots, as 64 hexadecimal digits.
    """

    clock: Callable[[], datetime]
    salts: Callable[[], bytes]
    seed: Callable[[], str]


def draft(
    folder: Path,
    today: date,
    progress: Progress,
    workshop: Workshop = Workshop(),  # noqa: B008  # frozen
    wanted: Wanted = EVERYTHING,
) -> Written:
    """Write every document and form, watermarked, into ``draft/``; nothing is recorded.

    Args:
        folder: The tender folder.
        today: The day of the draft.
        progress: Told the name of each file that was made.
        workshop: How pages become files; drafts may take from its store.
        wanted: Which part is made; ``draft/`` then holds nothing else.

    Raises:
        BlockedError: The tender cannot even be drafted, because it cannot be read whole.
        UsageError: Something is wanted that the tender does not have.
    """
    publication = _publication(folder, readable_tender(folder), today, draft=True)
    files = publication_files(folder, publication, progress, workshop, wanted)
    replace_folder(folder / DRAFT, files)
    return _written(folder / DRAFT, publication, files)


def publish(folder: Path, today: date, chance: Chance, actor: str, progress: Progress, workers: int = 1) -> Written:
    """Freeze both methods, write ``published/<version>/`` and record it.

    Publishing the same input again changes nothing and says so. All is made anew, by at most `workers` processes.

    Raises:
        BlockedError: A finding blocks it.
        FrozenError: This version is published already and the tender has changed since.
    """
    tender = examine(folder, today).tender()
    state = record_state(folder)
    if state.published:
        return _same_again(folder, tender, state, progress, workers)
    if TieKey.LOTS in tender.award.tie_rule and not lots_seed(folder):
        keep_seed(folder, chance.seed())
    publication = _publication(folder, tender, today, draft=False)
    files = publication_files(folder, publication, progress, Workshop(workers))
    target = published_folder(folder, publication.version)
    partial = target.with_name(f".{target.name}.partial")
    replace_folder(partial, files)
    written = _written(target, publication, files)
    said = _said(written, publication)
    with Record.open(folder / RECORD_FILE, chance.clock, chance.salts, tender.id) as record:
        record.append(said.kind, said.payload(), actor, Publicity.PUBLIC)
    partial.rename(target)
    return written


def _publication(folder: Path, tender: Tender, today: date, *, draft: bool) -> Publication:
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
    )


def _same_again(folder: Path, tender: Tender, state: State, progress: Progress, workers: int) -> Written:
    """The published version made once more: equal bytes are confirmed, anything else is refused."""
    publication = publication_in_force(tender, state)
    files = publication_files(folder, publication, progress, Workshop(workers))
    target = published_folder(folder, publication.version)
    written = _written(target, publication, files)
    if written.manifest_hash != state.published[-1].said.manifest:
        raise FrozenError("frozen.version-differs", version=publication.version)
    if not target.exists():
        replace_folder(target, files)
    return replace(written, unchanged=True)


def _written(target: Path, publication: Publication, files: Mapping[str, bytes]) -> Written:
    return Written(
        target,
        publication.version,
        tuple(sorted(files)),
        publication.award_hash,
        publication.payment_hash,
        hashlib.sha256(files[MANIFEST]).hexdigest(),
    )


def _said(written: Written, publication: Publication) -> PublishedVersion:
    return PublishedVersion(
        version=written.version,
        published_on=publication.today,
        award_hash=written.award_hash,
        payment_hash=written.payment_hash,
        manifest=written.manifest_hash,
        lots_commitment=publication.lots_commitment,
    )
