"""Bids: received from the portal, opened by two, read from their forms, rehearsed with invented ones.

Valinta is not the submission channel: it takes the portal's files with their hashes and calls nothing else sealed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.acts.desk import BIDS, Desk, append, desk_of, file_hash
from evaluation.acts.panel import board_of
from evaluation.acts.receipts import receipt_of
from evaluation.award.panel.rules import opening_findings
from evaluation.bid_package import BidPackage, annex_findings, is_package, open_package, packed_folder
from evaluation.intake import read_invented_bids
from tender.errors import BlockedError, Finding, FrozenError, InputError, Place, Severity, UsageError
from tender.forms.bid_form import asks_the_same, fill_bid_form, form_version, read_bid_form
from tender.guards import safe_name
from tender.model.bids import Bid
from tender.model.publication import Publication
from tender.publishing.folder import published_folder
from tender.publishing.release import Chance
from tender.publishing.versions import published_base
from tender.record import Publicity
from tender.record.payloads import BidReceived, Opening

INVENTED = "synthetic/bids.toml"
REHEARSAL = "synthetic/forms"
_FEWEST_OPENERS = 2


@dataclass(frozen=True, slots=True)
class ReceivedBid:
    """A bid file as it was taken.

    Attributes:
        bidder: Bidder id: its business id, or the file's name when the form cannot be read.
        file: Name of the kept file in ``bids/``.
        sha256: Its hash.
        findings: What reading it gave; a bad form is kept too, admissibility decides on it.
    """

    bidder: str
    file: str
    sha256: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ReadBid:
    """A kept bid read again.

    Attributes:
        bidder: Bidder id as received.
        bid: The bid, or ``None`` when its form cannot be read.
        findings: What reading gave.
    """

    bidder: str
    bid: Bid | None
    findings: tuple[Finding, ...]


def receive(folder: Path, files: Iterable[Path], chance: Chance, actor: str) -> tuple[ReceivedBid, ...]:
    """Take bids from the portal, each a form, a ZIP or a folder: keep it under its hash and put it on the record.

    Raises:
        FrozenError: Nothing is published, or the bids are opened already.
        UsageError: A file is missing; then none of them is taken.
    """
    desk = desk_of(folder)
    if desk.state.opening is not None:
        raise FrozenError("frozen.already-opened")
    paths = tuple(files)
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise UsageError("bid.no-file", file=path)
    return tuple(_receive_one(desk, path, chance, actor) for path in paths)


def open_bids(folder: Path, present: tuple[str, ...], chance: Chance, actor: str) -> Opening:
    """Put the opening on the record: who was there, and the hash of every bid; the published moment counts.

    Raises:
        UsageError: Fewer than two persons are named.
        BlockedError: A member of the panel has not declared about a bidder; nothing opens before that.
        FrozenError: It is too early, there are no bids, they are opened already, or a kept file has changed.
    """
    desk = desk_of(folder)
    if len({name.strip().casefold() for name in present} - {""}) < _FEWEST_OPENERS:
        raise UsageError("opening.two-persons")
    if desk.state.opening is not None:
        raise FrozenError("frozen.already-opened")
    published = published_base(folder, desk.state.published[-1]).publication.tender.timetable.opening
    if chance.clock() < published:
        raise FrozenError("opening.too-early", moment=f"{published:%Y-%m-%d %H:%M}")
    if not desk.state.bids:
        raise FrozenError("opening.no-bids")
    for bid in desk.state.bids:
        if file_hash(folder / BIDS / bid.file) != bid.sha256:
            raise FrozenError("frozen.bid-changed", place=Place(f"{BIDS}/{bid.file}"))
    undeclared = tuple(opening_findings(board_of(desk)))
    if undeclared:
        raise BlockedError("panel.opening-blocked", findings=undeclared, count=len(undeclared))
    opening = Opening(desk.publication.version, {bid.bidder: bid.sha256 for bid in desk.state.bids}, present)
    append(desk, opening, chance, actor, Publicity.AUTHORITY)
    return opening


def read_bids(desk: Desk) -> tuple[ReadBid, ...]:
    """Every bid that counts, read from its kept form, in the order of bidder ids."""
    return tuple(_read_one(desk, received) for received in desk.state.bids)


def rehearse(folder: Path) -> tuple[Path, ...]:
    """Fill the published form with the invented bids of an example, one file each, into ``synthetic/forms/``.

    Raises:
        FrozenError: Nothing is published.
        UsageError: The folder has no invented bids.
    """
    desk = desk_of(folder)
    language = desk.tender.prevailing_language.value
    form = (published_folder(folder, desk.publication.version) / f"bid-form.{language}.xlsx").read_bytes()
    target = folder / REHEARSAL
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for invented in read_invented_bids(folder / INVENTED):
        path = target / f"{invented.bidder}.xlsx"
        path.write_bytes(fill_bid_form(form, invented.values))
        written.append(path)
    return tuple(written)


def _receive_one(desk: Desk, path: Path, chance: Chance, actor: str) -> ReceivedBid:
    """Keep a form, a package or a folder under its hash, and say when the portal took it."""
    data, file = (packed_folder(path), f"{path.name}.zip") if path.is_dir() else (path.read_bytes(), path.name)
    package, told = _package(data, file)
    form = package.form_data if package else data
    bid, findings = _read(desk, form, file) if not package or package.form else (None, ())
    known = bid or _on_its_own_form(desk, form, file)
    bidder = known.bidder if known and known.bidder else path.stem
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{sha256[:12]}-{safe_name(file)}"
    kept = desk.folder / BIDS / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    receipt = receipt_of(desk.state, file, sha256)
    said = BidReceived(
        bidder,
        name,
        sha256,
        known.version if known else desk.publication.version,
        form=package.form if package else "",
        parts=package.parts if package else {},
        received_at=receipt.at,
        late=receipt.after(desk.publication.tender.timetable.tenders_until),
    )
    append(desk, said, chance, actor, Publicity.AUTHORITY)
    annexes = tuple(annex_findings(desk.tender, bid, said.parts)) if bid else ()
    return ReceivedBid(bidder, name, sha256, (*told, *findings, *annexes, *receipt.findings))


def _package(data: bytes, file: str) -> tuple[BidPackage | None, tuple[Finding, ...]]:
    """The package in `data`, if it is one; a package that the guards refuse is kept and not opened."""
    if not is_package(data):
        return None, ()
    try:
        package = open_package(data, file)
    except InputError as error:
        refusal = Finding(error.message, Severity.BLOCK, values=error.values, place=error.place or Place(file))
        return BidPackage("", b"", {}, ()), (refusal,)
    return package, package.findings


def _read_one(desk: Desk, received: BidReceived) -> ReadBid:
    data = (desk.folder / BIDS / received.file).read_bytes()
    package, told = _package(data, received.file)
    if package is not None and not package.form:
        return ReadBid(received.bidder, None, told)
    bid, findings = _read(desk, package.form_data if package else data, received.file)
    if bid is not None:
        bid = replace(bid, bidder=received.bidder, sha256=received.sha256, synthetic=desk.tender.synthetic)
        findings = (*findings, *annex_findings(desk.tender, bid, received.parts))
    late = (_late(desk, received),) if received.late else ()
    return ReadBid(received.bidder, bid, (*told, *findings, *late))


def _late(desk: Desk, received: BidReceived) -> Finding:
    until = desk.publication.tender.timetable.tenders_until
    values = {"bidder": received.bidder, "found": received.received_at, "expected": until.isoformat()}
    return Finding("bid.late", Severity.BLOCK, f"bids.{received.bidder}.received_at", values)


def _read(desk: Desk, data: bytes, name: str) -> tuple[Bid | None, tuple[Finding, ...]]:
    """The bid in `data`; a file that the guards refuse gives their refusal as a finding."""
    try:
        issued = _issued(desk, data, name)
        if issued is None:
            return None, (_on_old_form(desk, data, name),)
        reading = read_bid_form(data, name, issued)
    except InputError as error:
        finding = Finding(error.message, Severity.BLOCK, values=error.values, place=error.place or Place(name))
        return None, (finding, *error.findings)
    return reading.bid, reading.findings


def _issued(desk: Desk, data: bytes, name: str) -> Publication | None:
    """The publication that issued the form in `data`; ``None`` when it is an earlier one that asked for something else.

    Only where nothing but the version differs does an old form stay valid; the correction notice says so.
    """
    old = _earlier(desk, data, name)
    if old is None:
        return desk.publication
    return old if asks_the_same(old, desk.publication) else None


def _earlier(desk: Desk, data: bytes, name: str) -> Publication | None:
    """The earlier published version whose form `data` is; ``None`` when it is none."""
    version = form_version(data, name)
    if version is None or not 0 < version < desk.publication.version:
        return None
    return published_base(desk.folder, desk.state.published[version - 1]).publication


def _on_its_own_form(desk: Desk, data: bytes, name: str) -> Bid | None:
    """A bid on an old form read against that form, so that its bidder is known and can be asked for a new one."""
    try:
        old = _earlier(desk, data, name)
        return read_bid_form(data, name, old).bid if old else None
    except InputError:
        return None


def _on_old_form(desk: Desk, data: bytes, name: str) -> Finding:
    values = {"found": str(form_version(data, name)), "expected": str(desk.publication.version)}
    return Finding("bid-form.old-version", Severity.BLOCK, "version", values, place=Place(name))
