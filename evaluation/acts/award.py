"""Scoring, selection and decision of opened bids, each on the record, each recomputed from the files every time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.acts.bids import ReadBid, read_bids
from evaluation.acts.desk import EVALUATION, Desk, append, append_all, opened_desk
from evaluation.acts.inquiries import standing_findings
from evaluation.acts.levels import levels_of
from evaluation.award.admissibility import PublishedHashes, admit, admitted_bids
from evaluation.award.repairs import repair_findings, repairs
from evaluation.award.scoring import rank, score
from evaluation.award.selection import proof_of, select_providers
from evaluation.proof_file import proof_json
from evaluation.sheets import selection_json, sheet_json
from tender.errors import BlockedError, Finding, FrozenError, blocking
from tender.model.awards import Admission, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.criteria import FallsAway, TieKey
from tender.model.methods import Json, canonical
from tender.model.panel import LevelsFrom
from tender.publishing.folder import commitment, lots_seed
from tender.publishing.release import Chance
from tender.record import Publicity
from tender.record.payloads import Admissions, ProvidersSelected, Scores

NO_SET = "award.no-feasible-set"
PROOF = "proof.json"
"""The proof of the selection, in the folder of the evaluation."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The bids of a tender, who is admitted, and the points.

    Attributes:
        desk: The tender as published.
        bids: Every bid that could be read, in the order of bidder ids.
        admissions: Whether each bid is compared, and why not.
        sheet: The points of the admitted bids.
        source: Where the levels come from.
    """

    desk: Desk
    bids: tuple[Bid, ...]
    admissions: tuple[Admission, ...]
    sheet: ScoreSheet
    source: LevelsFrom = LevelsFrom.FILE

    def admitted(self) -> tuple[Bid, ...]:
        """The bids that are compared."""
        return admitted_bids(self.bids, self.admissions)


def admissions_of(desk: Desk) -> tuple[tuple[Bid, ...], tuple[Admission, ...]]:
    """Every readable bid of `desk`, and the admission of every received bid, unreadable ones included."""
    read = read_bids(desk)
    bids = tuple(one.bid for one in read if one.bid is not None)
    published = PublishedHashes(desk.publication.award_hash, desk.publication.payment_hash)
    by_bidder = {admission.bidder: admission for admission in admit(desk.tender, bids, published)}
    return bids, tuple(_with_reading(_heard(desk, one), by_bidder.get(one.bidder)) for one in read)


def record_admissions(folder: Path, chance: Chance, actor: str) -> tuple[Admission, ...]:
    """Put on the record which opened bids are compared, before anybody judges their quality.

    Raises:
        FrozenError: The bids are not opened, or one has changed since.
    """
    desk = opened_desk(folder)
    admissions = admissions_of(desk)[1]
    append(desk, _admissions(admissions), chance, actor, Publicity.AUTHORITY)
    return admissions


def score_bids(folder: Path, chance: Chance, actor: str) -> Scored:
    """Admit and score the opened bids; both go on the record.

    Raises:
        BlockedError: Levels are missing, off the scale, or their file cannot be used; the findings name every one.
        FrozenError: The method or a bid differs from what was published and opened.
    """
    scored = _scored(opened_desk(folder))
    sheet = sheet_json(scored.sheet)
    _keep(folder / EVALUATION / "score_sheet.json", sheet)
    totals = {bid.bidder: bid.total for bid in scored.sheet.bids}
    said = Scores(scored.desk.publication.version, scored.sheet.award_hash, _hash(sheet), totals, scored.source.value)
    append_all(scored.desk, (_admissions(scored.admissions), said), chance, actor, Publicity.AUTHORITY)
    return scored


def select(folder: Path, chance: Chance, actor: str) -> tuple[Scored, Selection]:
    """Choose the providers from the recorded points by the published rule; it goes on the record.

    Raises:
        BlockedError: No set of bids can serve the tender; the findings say why.
        FrozenError: Nothing is scored, or the points come out differently from the recorded ones.
    """
    scored, selection = _selected(folder)
    _keep(folder / EVALUATION / "selection.json", selection_json(selection))
    proof = proof_of(scored.desk.tender, scored.sheet, scored.admitted(), selection)
    _keep(folder / EVALUATION / PROOF, proof_json(proof))
    said = ProvidersSelected(selection.chosen.bidders, selection.tie_key, selection.lots)
    append(scored.desk, said, chance, actor, Publicity.AUTHORITY)
    return scored, selection


def locked(folder: Path) -> tuple[Scored, Selection]:
    """Points and selection, computed again and equal to the recorded ones.

    Raises:
        FrozenError: Nothing is scored or selected, or either comes out differently from what is recorded.
    """
    scored, selection = _selected(folder)
    recorded = scored.desk.state.selection
    if recorded is None:
        raise FrozenError("frozen.not-selected")
    if recorded.said.chosen != selection.chosen.bidders:
        raise FrozenError("frozen.selection-differs")
    return scored, selection


def lots_of(scored: Scored) -> bytes | None:
    """The committed seed of the lots, where the tie rule may need it.

    Raises:
        FrozenError: The seed is not the one whose commitment was published.
    """
    return _seed(scored.desk)


def _scored(desk: Desk) -> Scored:
    levels = levels_of(desk)
    bids, admissions = admissions_of(desk)
    kept = {one.said.bidder for one in desk.state.intake.fallen if one.said.rule == FallsAway.KEEP}
    field = (*admitted_bids(bids, admissions), *(bid for bid in bids if bid.bidder in kept))
    sheet = score(desk.tender, field, levels.scores)
    left = rank(bid for bid in sheet.bids if bid.bidder not in kept)
    return Scored(desk, bids, admissions, replace(sheet, bids=left), levels.source)


def _admissions(admissions: tuple[Admission, ...]) -> Admissions:
    excluded = {
        one.bidder: tuple(finding.rule for finding in blocking(one.findings)) for one in admissions if not one.admitted
    }
    return Admissions(tuple(one.bidder for one in admissions if one.admitted), excluded)


def _heard(desk: Desk, read: ReadBid) -> ReadBid:
    """The bid with what people decided about it since."""
    return replace(read, findings=(*read.findings, *standing_findings(desk.state, read.bidder)))


def _selected(folder: Path) -> tuple[Scored, Selection]:
    """Points and selection computed again, equal to what is recorded."""
    scored = _scored(opened_desk(folder))
    recorded = scored.desk.state.scores
    if recorded is None:
        raise FrozenError("frozen.not-scored")
    if recorded.said.sheet != _hash(sheet_json(scored.sheet)):
        raise FrozenError("frozen.scores-differ")
    seed = _seed(scored.desk)
    try:
        return scored, select_providers(scored.desk.tender, scored.sheet, scored.admitted(), seed)
    except BlockedError as error:
        if error.message != NO_SET:
            raise
        found = repairs(scored.desk.tender, scored.sheet.bids, scored.admitted())
        names = {area.id: area.name.best(scored.desk.tender.prevailing_language) for area in scored.desk.tender.areas}
        raise BlockedError(
            NO_SET,
            findings=(*error.findings, *repair_findings(found, names)),
            providers=scored.desk.tender.framework.providers,
        ) from error


def _seed(desk: Desk) -> bytes | None:
    """The secret seed, if the tie rule may need it; it must be the one whose commitment was published."""
    if TieKey.LOTS not in desk.tender.award.tie_rule:
        return None
    seed = lots_seed(desk.folder)
    if not seed or commitment(seed) != desk.publication.lots_commitment:
        raise FrozenError("frozen.seed-differs")
    return seed.encode()


def _with_reading(read: ReadBid, admission: Admission | None) -> Admission:
    """The admission with what reading the form found first; an unreadable form is not admitted."""
    if admission is None:
        return Admission(read.bidder, admitted=False, findings=read.findings)
    findings = _distinct((*read.findings, *admission.findings))
    return replace(admission, admitted=admission.admitted and not blocking(read.findings), findings=findings)


def _distinct(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    seen: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.rule, finding.field), finding)
    return tuple(seen.values())


def _hash(value: Json) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _keep(path: Path, value: Json) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
