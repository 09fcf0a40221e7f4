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

from tender.errors import BlockedError, Finding, FrozenError, Severity
from tender.language import Language, Text
from tender.model.corrections import ChangeClass, Correction
from tender.model.criteria import TieKey
from tender.model.publication import PrintedWaiver, Publication
from tender.model.tender import Tender
from tender.publishing.bundle import bundle_name, bundled
from tender.publishing.correcting import Wish, allowed, correction_of, still_open, trial_stays
from tender.publishing.differences import version_redlines
from tender.publishing.examination import Examination, examine, readable_tender
from tender.publishing.files import MANIFEST, More, nothing_more, publication_files
from tender.publishing.folder import (
    DRAFT,
    PUBLISHED,
    RECORD_FILE,
    keep_seed,
    lots_seed,
    published_folder,
    record_state,
    replace_folder,
)
from tender.publishing.freeze import printed_waiver, publication_in_force
from tender.publishing.next_version import next_version
from tender.publishing.open_data import open_data_findings, packed_annex
from tender.publishing.orders import EVERYTHING, Wanted
from tender.publishing.proof import verify
from tender.publishing.review import confirmed, reviewed
from tender.publishing.sides import published_side
from tender.publishing.versions import Amendment, amendment_of, published_base, same_sources
from tender.publishing.wording import examine_documents
from tender.publishing.workshop import Progress, Workshop
from tender.record import Publicity, Record, State
from tender.record.payloads import PublishedVersion

NO_WISH = Wish()
"""Nobody has decided anything: fit for a first publication, and for one that has not changed."""


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
        archive: The ZIP of a published version; ``None`` for a draft.
        unchanged: Whether this version was already published with the same bytes.
        renew: Bidders whose tender came on a form that is no longer taken and must be asked for a new one.
        trial: Whether it is a rehearsal.
        warnings: Why a draft has no open data annex although one is declared; what would block its publication.
    """

    folder: Path
    version: int
    files: tuple[str, ...]
    award_hash: str
    payment_hash: str
    manifest_hash: str
    archive: Path | None = None
    unchanged: bool = False
    renew: tuple[str, ...] = ()
    trial: bool = False
    warnings: tuple[Finding, ...] = ()


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
    publication = drafted(folder, today)
    files = publication_files(folder, publication, progress, workshop, wanted)
    replace_folder(folder / DRAFT, files)
    warnings = tuple(replace(each, severity=Severity.WARN) for each in open_data_findings(folder, publication.tender))
    return replace(_written(folder / DRAFT, publication, files), warnings=warnings)


def drafted(folder: Path, today: date) -> Publication:
    """The next version of `folder` as a draft.

    Raises:
        BlockedError: It cannot be read whole.
    """
    return next_version(folder, readable_tender(folder), today, draft=True)


def publish(folder: Path, today: date, chance: Chance, actor: str, progress: Progress, wish: Wish = NO_WISH) -> Written:
    """Freeze both methods, write ``published/<version>/`` and record it.

    Publishing the same input again changes nothing and says so. An edited folder becomes the next version when a
    person has decided how (`Wish`) and the law still allows it; earlier versions are never touched.

    Raises:
        BlockedError: A finding blocks it.
        FrozenError: The published version does not hold, it is too late, or the change needs another way.
        UsageError: A reason is missing.
    """
    state = record_state(folder)
    trial_stays(state, wish)
    if not state.published:
        return _first(folder, today, chance, actor, progress, wish)
    latest = state.published[-1]
    heal(folder, latest.said)
    if not published_folder(folder, latest.said.version).exists():
        return _same_again(folder, examine(folder, today).tender(), state, progress, wish.workers)
    base = published_base(folder, latest)
    if same_sources(folder, base):
        return _same_again(folder, base.publication.tender, state, progress, wish.workers)
    still_open(base, state, chance.clock())
    examination = examine_documents(folder, today)
    tender = examination.tender()
    new = replace(next_version(folder, tender, today, draft=False), trial=wish.trial)
    amendment = amendment_of(folder, base, new, state)
    allowed(amendment, tender, wish, today)
    new = replace(new, waived=_confirmed(folder, examination, wish, actor))
    corrected = replace(new, correction=correction_of(amendment, tender, wish, actor))
    written = _release(folder, corrected, chance, actor, progress, wish.workers)
    return replace(written, renew=_to_renew(state, (*amendment.old_versions, written.version)))


def pending(folder: Path, today: date) -> Amendment | None:
    """What publishing `folder` would change in its published version; ``None`` when nothing is published or edited.

    Raises:
        BlockedError: The tender cannot be read whole.
        FrozenError: The published version does not hold.
    """
    state = record_state(folder)
    if not state.published:
        return None
    heal(folder, state.published[-1].said)
    base = published_base(folder, state.published[-1])
    if same_sources(folder, base):
        return None
    new = next_version(folder, readable_tender(folder), today, draft=False)
    return amendment_of(folder, base, new, state)


def heal(folder: Path, said: PublishedVersion) -> None:
    """Complete a publication that the record acknowledged before its folder got its final name."""
    target = published_folder(folder, said.version)
    partial = _partial(target)
    manifest = partial / MANIFEST
    if target.exists() or not manifest.is_file():
        return
    if hashlib.sha256(manifest.read_bytes()).hexdigest() == said.manifest and not verify(partial).findings:
        partial.rename(target)


def _first(folder: Path, today: date, chance: Chance, actor: str, progress: Progress, wish: Wish) -> Written:
    examination = examine_documents(folder, today)
    tender = examination.tender()
    waived = _confirmed(folder, examination, wish, actor)
    if TieKey.LOTS in tender.award.tie_rule and not lots_seed(folder):
        keep_seed(folder, chance.seed())
    publication = replace(next_version(folder, tender, today, draft=False), trial=wish.trial, waived=waived)
    return _release(folder, publication, chance, actor, progress, wish.workers)


def _confirmed(folder: Path, examination: Examination, wish: Wish, actor: str) -> tuple[PrintedWaiver, ...]:
    """The waivers that are printed, once a lawyer has approved what is no trial and no example.

    Raises:
        BlockedError: A question was answered no and nobody took responsibility for it.
        FrozenError: No other person's approval fits.
    """
    review = reviewed(folder, examination)
    if not wish.trial and review.open_blocks:
        raise BlockedError("review.blocked", findings=review.open_blocks, count=len(review.open_blocks))
    if not wish.trial and not review.synthetic:
        confirmed(review, actor)
    return tuple(printed_waiver(each.waiver) for each in review.findings if each.waiver is not None)


def _release(
    folder: Path, publication: Publication, chance: Chance, actor: str, progress: Progress, workers: int
) -> Written:
    """Write the set beside its place, record it, and only then give it its name."""
    files = publication_files(folder, publication, progress, Workshop(workers), more=_redlines(folder, publication))
    target = published_folder(folder, publication.version)
    partial = _partial(target)
    replace_folder(partial, files)
    written = _written(target, publication, files)
    said = _said(written, publication)
    with Record.open(folder / RECORD_FILE, chance.clock, chance.salts, publication.tender.id) as record:
        if record.head != publication.record_head:
            raise FrozenError("versions.record-moved", version=publication.version)
        record.append(said.kind, said.payload(), actor, Publicity.PUBLIC)
    partial.rename(target)
    _keep_bundle(folder, publication, files)
    return written


def _redlines(folder: Path, publication: Publication) -> More:
    """Makes the redlines of a corrected version against the one before; nothing for a first version."""
    said = publication.correction
    if said is None:
        return nothing_more
    old = published_folder(folder, said.previous)
    return lambda files: version_redlines(published_side(old), files, publication)


def _keep_bundle(folder: Path, publication: Publication, files: Mapping[str, bytes]) -> None:
    """The ZIP of a version beside its folder, unless it is there; it has its name only when it is whole."""
    name = bundle_name(publication.tender.id, publication.version)
    target = folder / PUBLISHED / name
    if target.exists():
        return
    partial = target.with_name(f".{name}.partial")
    partial.write_bytes(bundled(files, name, publication.today))
    partial.rename(target)


def _partial(target: Path) -> Path:
    return target.with_name(f".{target.name}.partial")


def _to_renew(state: State, taken: tuple[int, ...]) -> tuple[str, ...]:
    """Bidders whose tender is on a form that is no longer taken."""
    return tuple(bid.bidder for bid in state.bids if bid.version not in taken)


def _same_again(folder: Path, tender: Tender, state: State, progress: Progress, workers: int) -> Written:
    """The published version made once more: equal bytes are confirmed, anything else is refused."""
    publication = replace(_in_force(folder, tender, state), correction=_recorded_correction(folder, tender, state))
    files = publication_files(folder, publication, progress, Workshop(workers), more=_redlines(folder, publication))
    target = published_folder(folder, publication.version)
    written = _written(target, publication, files)
    if written.manifest_hash != state.published[-1].said.manifest:
        raise FrozenError("frozen.version-differs", version=publication.version)
    if not target.exists():
        replace_folder(target, files)
    _keep_bundle(folder, publication, files)
    return replace(written, unchanged=True)


def _in_force(folder: Path, tender: Tender, state: State) -> Publication:
    """The publication in force with its annex: the recorded manifest says whether that is still the same."""
    return replace(publication_in_force(tender, state), annex=packed_annex(folder, tender))


def _recorded_correction(folder: Path, tender: Tender, state: State) -> Correction | None:
    """The correction that the newest version made, worked out again from the version before and the record."""
    if len(state.published) == 1:
        return None
    event, said = state.published[-1].event, state.published[-1].said
    base = published_base(folder, state.published[-2])
    amendment = amendment_of(folder, base, _in_force(folder, tender, state), state)
    wish = Wish(ChangeClass(said.made_as), Text(**said.reason))
    return correction_of(amendment, tender, wish, event.actor)


def _written(target: Path, publication: Publication, files: Mapping[str, bytes]) -> Written:
    return Written(
        target,
        publication.version,
        tuple(sorted(files)),
        publication.award_hash,
        publication.payment_hash,
        hashlib.sha256(files[MANIFEST]).hexdigest(),
        None if publication.draft else target.with_name(bundle_name(publication.tender.id, publication.version)),
        trial=publication.trial,
    )


def _said(written: Written, publication: Publication) -> PublishedVersion:
    correction = publication.correction
    return PublishedVersion(
        version=written.version,
        published_on=publication.today,
        award_hash=written.award_hash,
        payment_hash=written.payment_hash,
        manifest=written.manifest_hash,
        lots_commitment=publication.lots_commitment,
        trial=publication.trial,
        made_as=correction.made_as.value if correction else "",
        proposed=correction.proposed.value if correction else "",
        reason=_by_language(correction.reason) if correction else {},
        waivers=tuple(str(waiver.event) for waiver in publication.waived),
    )


def _by_language(text: Text) -> dict[str, str]:
    return {language.value: said for language in Language if (said := text.get(language))}
