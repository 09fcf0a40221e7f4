"""Everything in a bundle computed again, and every number that differs named with what was expected and found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluation.award.admissibility import PublishedHashes, admit
from evaluation.award.scoring import score
from evaluation.award.selection import select_providers
from evaluation.replay import bundle as parts
from evaluation.replay.differences import differences, leaves, told
from evaluation.replay.reading import Bundle
from evaluation.sheets import selection_json, sheet_json
from tender.errors import Finding, Place, Severity, ValintaError, blocking
from tender.model.awards import ScoreSheet
from tender.model.bids import Bid
from tender.model.criteria import TieKey
from tender.model.methods import Json, award_hash, award_method, payment_hash

_OWN_RULES = "award."
"""Rules of admissibility that a bundle is enough for; those of the form's file and of persons are not here."""
_SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Replayed:
    """What recomputing a bundle gave.

    Attributes:
        tender: Id of the tender.
        version: Published version.
        manifest_hash: SHA-256 of the manifest, to be compared with the one in a letter.
        compared: How many numbers and words were compared.
        findings: What differs; empty when everything is equal. A warning says what could not be recomputed.
    """

    tender: str
    version: int
    manifest_hash: str
    compared: int
    findings: tuple[Finding, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not blocking(self.findings)


def replayed(bundle: Bundle, expected_manifest: str = "") -> Replayed:
    """Compute `bundle` again and say where it differs.

    Args:
        bundle: The bundle as read.
        expected_manifest: SHA-256 of the manifest as a letter or decision prints it; empty when there is none at hand.
    """
    manifest = bundle.plain[parts.MANIFEST]
    said = manifest if isinstance(manifest, dict) else {}
    own = hashlib.sha256(bundle.files[parts.MANIFEST]).hexdigest()
    findings = [*_manifest(own, expected_manifest), *_files(bundle, said), *_numbers(bundle), *_method(bundle, said)]
    compared = len(bundle.files)
    try:
        findings += _admissions(bundle, said)
        expected, more = _results(bundle)
        findings += more
        for file, value in expected.items():
            compared += len(dict(leaves(value)))
            found = differences(value, bundle.plain[file])
            findings += [_differs(file, each.path, each.expected, each.found) for each in found]
    except ValintaError as error:
        findings += [_cannot(error), *error.findings]
    tender, version = str(said.get("tender", "")), said.get("version")
    return Replayed(tender, version if isinstance(version, int) else 0, own, compared, tuple(findings))


def _manifest(own: str, expected: str) -> Iterator[Finding]:
    if expected and own != expected.strip().lower():
        yield _differs(parts.MANIFEST, "sha256", expected[:_SHOWN_DIGITS], own[:_SHOWN_DIGITS])


def _files(bundle: Bundle, said: Mapping[str, Json]) -> Iterator[Finding]:
    """Every file is there, is named, and has its hash."""
    listed = said.get("files")
    ours = dict(listed) if isinstance(listed, dict) else {}
    theirs: dict[str, Json] = {
        name: hashlib.sha256(data).hexdigest() for name, data in bundle.files.items() if name != parts.MANIFEST
    }
    for each in told(ours, theirs):
        values = {"file": each.path, "expected": each.expected[:_SHOWN_DIGITS], "found": each.found[:_SHOWN_DIGITS]}
        yield Finding("replay.file", Severity.BLOCK, each.path, values, place=Place(each.path))


def _numbers(bundle: Bundle) -> Iterator[Finding]:
    """Every number that people put in stands in its file as it stands in the list of numbers."""
    listed = bundle.plain[parts.NUMBERS]
    ours = dict(listed) if isinstance(listed, dict) else {}
    for each in told(ours, parts.numbers(bundle.plain)):
        file, _, path = each.path.partition(":")
        yield _differs(file, path, each.expected, each.found)


def _method(bundle: Bundle, said: Mapping[str, Json]) -> Iterator[Finding]:
    """The method of the sources is the one in the method's file, and both have the published hash."""
    method = award_method(bundle.tender)
    for each in differences(method, bundle.plain[parts.METHOD]):
        yield _differs(parts.METHOD, each.path, each.expected, each.found)
    hashes = (("award_hash", award_hash(bundle.tender)), ("payment_hash", payment_hash(bundle.tender)))
    for name, found in hashes:
        expected = str(said.get(name, ""))
        if found != expected:
            yield _differs(parts.SOURCE, name, expected[:_SHOWN_DIGITS], found[:_SHOWN_DIGITS])
    commitment = str(said.get("lots_commitment", ""))
    own = hashlib.sha256(bundle.seed.encode()).hexdigest() if bundle.seed else ""
    if TieKey.LOTS in bundle.tender.award.tie_rule and own != commitment:
        yield _differs(parts.SEED, "seed", commitment[:_SHOWN_DIGITS], own[:_SHOWN_DIGITS])


def _admissions(bundle: Bundle, said: Mapping[str, Json]) -> Iterator[Finding]:
    """Every rule of admissibility that the bundle is enough for gives what the bundle says."""
    published = PublishedHashes(str(said.get("award_hash", "")), str(said.get("payment_hash", "")))
    rows = _by_bidder(bundle.plain[parts.ADMISSIONS])
    for admission in admit(bundle.tender, bundle.bids, published):
        if admission.bidder in _withheld(bundle):
            continue
        own = sorted({finding.rule for finding in blocking(admission.findings)})
        row = rows.get(admission.bidder, {})
        listed = row.get("rules")
        stated = [str(rule) for rule in listed if str(rule).startswith(_OWN_RULES)] if isinstance(listed, list) else []
        if own != stated:
            yield _differs(parts.ADMISSIONS, f"[{admission.bidder}].rules", ", ".join(own), ", ".join(stated))
    for bidder, row in rows.items():
        if row.get("admitted") is bool(row.get("rules")):
            free = str(not row.get("rules"))
            yield _differs(parts.ADMISSIONS, f"[{bidder}].admitted", free, str(row.get("admitted")))


def _results(bundle: Bundle) -> tuple[dict[str, Json], list[Finding]]:
    """What the points and the selection come out as, and a warning for what cannot be computed without unit prices."""
    admitted = _admitted(bundle)
    sheet = score(bundle.tender, admitted, bundle.levels, bundle.stated)
    results: dict[str, Json] = {parts.SHEET: sheet_json(sheet)}
    withheld = sorted(_withheld(bundle) & {bid.bidder for bid in admitted})
    warnings = [*_prices(bundle, sheet)]
    if withheld:
        warnings.append(Finding("replay.withheld", Severity.WARN, "prices", {"bidders": ", ".join(withheld)}))
    else:
        seed = bundle.seed.encode() if TieKey.LOTS in bundle.tender.award.tie_rule else None
        results[parts.SELECTION] = selection_json(select_providers(bundle.tender, sheet, admitted, seed))
    return results, warnings


def _prices(bundle: Bundle, sheet: ScoreSheet) -> Iterator[Finding]:
    """The comparison price beside each bid is the one that its unit prices give."""
    rows = _by_bidder(bundle.plain[parts.BIDS])
    for bid in sheet.bids:
        stated = str(rows[bid.bidder].get("comparison_price"))
        if stated != str(bid.comparison_price):
            yield _differs(parts.BIDS, f"[{bid.bidder}].comparison_price", str(bid.comparison_price), stated)


def _admitted(bundle: Bundle) -> tuple[Bid, ...]:
    rows = _by_bidder(bundle.plain[parts.ADMISSIONS])
    return tuple(bid for bid in bundle.bids if rows.get(bid.bidder, {}).get("admitted") is True)


def _withheld(bundle: Bundle) -> frozenset[str]:
    rows = _by_bidder(bundle.plain[parts.BIDS])
    return frozenset(bidder for bidder, row in rows.items() if row.get("withheld") is True)


def _by_bidder(rows: Json) -> dict[str, dict[str, Json]]:
    found = rows if isinstance(rows, list) else []
    return {str(row.get("bidder")): row for row in found if isinstance(row, dict)}


def _differs(file: str, path: str, expected: str, found: str) -> Finding:
    values = {"file": file, "path": path, "expected": expected, "found": found}
    return Finding("replay.differs", Severity.BLOCK, path, values, place=Place(file))


def _cannot(error: ValintaError) -> Finding:
    return Finding("replay.cannot", Severity.BLOCK, values={"why": error.message})
