"""The award handed to others: its bundle written beside the decision, and any bundle computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.acts.desk import Desk
from evaluation.replay import Award, Replayed, bundle_files, read_bundle, replayed
from evaluation.replay.bundle import SOURCE
from tender.errors import InputError, Place, UsageError
from tender.guards import guard_name
from tender.model.awards import Admission, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.publishing.bundle import bundled
from tender.publishing.examination import readable_tender
from tender.publishing.files import SOURCE as PUBLISHED_SOURCE
from tender.publishing.files import source_files
from tender.publishing.folder import TENDER_FILE, lots_seed, published_folder
from tender.publishing.proof import shelf_of
from tender.publishing.secrets import Secret, read_secrets, without_secrets

_LARGEST = 20_000_000


def public_sheet(sheet: ScoreSheet, secrets: tuple[Secret, ...], reader: str = "") -> ScoreSheet:
    """`sheet` as `reader` may see it: its reasons without other bidders' secrets."""
    return replace(
        sheet,
        bids=tuple(
            replace(
                bid,
                lines=tuple(replace(line, reason=without_secrets(line.reason, secrets, reader)) for line in bid.lines),
            )
            for bid in sheet.bids
        ),
    )


def award_bundle(
    desk: Desk,
    bids: tuple[Bid, ...],
    admissions: tuple[Admission, ...],
    sheet: ScoreSheet,
    selection: Selection,
    today: date,
) -> dict[str, bytes]:
    """The files of the bundle of an award, without trade secrets and without contact data."""
    secrets = read_secrets(desk.folder)
    award = Award(
        publication=desk.publication,
        bids=bids,
        admissions=admissions,
        sheet=public_sheet(sheet, secrets),
        selection=selection,
        seed=lots_seed(desk.folder),
        withheld=frozenset(secret.bidder for secret in secrets if secret.prices),
        decided_on=today,
    )
    source = published_folder(desk.folder, desk.publication.version) / PUBLISHED_SOURCE
    return bundle_files(award, source_files(source))


def keep_bundle(path: Path, files: Mapping[str, bytes], day: date) -> Path:
    """Write `files` as a ZIP to `path`; it has its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(bundled(files, path.name, day))
    partial.rename(path)
    return path


def replay(place: Path, expected_manifest: str = "") -> Replayed:
    """Compute the bundle in `place` again, with nothing but the bundle.

    Args:
        place: A folder or a ZIP.
        expected_manifest: SHA-256 of the manifest as a letter prints it; empty when there is none at hand.

    Raises:
        UsageError: There is nothing at `place`.
        InputError: It is damaged, too large, hides something, or lacks a file.
        BlockedError: The tender in it cannot be read.
    """
    if not place.exists():
        raise UsageError("replay.no-bundle", bundle=place)
    files = _files(place)
    with TemporaryDirectory() as folder:
        for name in files:
            if name.startswith(f"{SOURCE}/"):
                path = Path(folder).joinpath(*(guard_name(part) for part in name.split("/")))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(files[name])
        if f"{SOURCE}/{TENDER_FILE}" not in files:
            raise InputError("replay.no-file", place=Place(place.name), file=f"{SOURCE}/{TENDER_FILE}")
        tender = readable_tender(Path(folder) / SOURCE)
    return replayed(read_bundle(tender, files), expected_manifest)


def _files(place: Path) -> dict[str, bytes]:
    """Every file of the bundle; a link that leads out of its folder is refused."""
    if place.is_dir():
        for path in place.rglob("*"):
            if path.is_symlink() or (path.is_file() and path.stat().st_size > _LARGEST):
                raise InputError("replay.stranger", place=Place(path.name), file=path.name)
    shelf = shelf_of(place)
    return {name: shelf.read(name) for name in sorted(shelf.names)}
