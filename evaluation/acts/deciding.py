"""The award decision: its papers, the bundle that others compute it again from, and its event."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.acts.award import Scored, locked
from evaluation.acts.desk import DECISION, append
from evaluation.acts.replay import award_bundle, keep_bundle, public_sheet
from evaluation.replay import AWARD_BUNDLE
from evaluation.reports import (
    AWARD_DECISION,
    AWARD_NOTICE,
    DecisionCase,
    award_notice_context,
    decision_context,
    decision_publication,
)
from tender.documents.appeal import appeal_context
from tender.documents.catalogue import APPEAL_INSTRUCTIONS
from tender.errors import FrozenError
from tender.model.awards import Selection
from tender.publishing.papers import Paper, write_papers
from tender.publishing.release import Chance
from tender.publishing.secrets import read_secrets
from tender.publishing.workshop import Progress
from tender.record import Publicity
from tender.record.payloads import DecisionMade


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision and the documents that say it.

    Attributes:
        scored: Points that it rests on.
        selection: The chosen providers.
        documents: Paths of the decision documents.
        annexes: Paths of what goes with them: the instructions and the contents of the award notice.
        bundle: The ZIP from which others compute the award again.
    """

    scored: Scored
    selection: Selection
    documents: tuple[Path, ...]
    annexes: tuple[Path, ...]
    bundle: Path


def decide(folder: Path, today: date, chance: Chance, actor: str, progress: Progress) -> Decided:
    """Write the award decision from the recorded selection; it goes on the record.

    Raises:
        FrozenError: Nothing is selected, or the selection comes out differently from the recorded one.
    """
    scored, selection = locked(folder)
    case = case_of(scored, selection, today, scored.desk.state.head)
    written = _decision_files(scored, case, progress)
    bundle = _bundle(scored, selection, folder / DECISION / AWARD_BUNDLE, today)
    said = DecisionMade(today, selection.chosen.bidders, hashlib.sha256(written[0].read_bytes()).hexdigest())
    append(scored.desk, said, chance, actor, Publicity.PARTY)
    decisions = len(scored.desk.tender.languages)
    return Decided(scored, selection, written[:decisions], written[decisions:], bundle)


def bundle_again(folder: Path, target: Path) -> Path:
    """Write the bundle of the decided award to `target`: the same bytes as beside the decision.

    Raises:
        FrozenError: Nothing is decided, or the points come out differently from the recorded ones.
    """
    scored, selection = locked(folder)
    decision = scored.desk.state.decision
    if decision is None:
        raise FrozenError("frozen.not-decided")
    return _bundle(scored, selection, target, decision.said.decided_on)


def case_of(scored: Scored, selection: Selection, decided_on: date, head: str) -> DecisionCase:
    """What a decision of `decided_on` says; passages that are trade secrets are taken out of its reasons.

    Raises:
        FrozenError: The bids are not opened.
    """
    opening = scored.desk.state.opening
    if opening is None:
        raise FrozenError("frozen.not-opened")
    return DecisionCase(
        publication=scored.desk.publication,
        bids=scored.bids,
        admissions=scored.admissions,
        sheet=public_sheet(scored.sheet, read_secrets(scored.desk.folder)),
        selection=selection,
        opened_at=opening.event.at,
        present=opening.said.present,
        decided_on=decided_on,
        record_head=head,
    )


def _bundle(scored: Scored, selection: Selection, target: Path, day: date) -> Path:
    files = award_bundle(scored.desk, scored.bids, scored.admissions, scored.sheet, selection, day)
    return keep_bundle(target, files, day)


def _decision_files(scored: Scored, case: DecisionCase, progress: Progress) -> tuple[Path, ...]:
    announced = decision_publication(case)
    papers = (
        Paper(AWARD_DECISION, decision_context(case)),
        Paper(APPEAL_INSTRUCTIONS, appeal_context(announced)),
        Paper(AWARD_NOTICE, award_notice_context(case)),
    )
    return write_papers(scored.desk.folder, DECISION, papers, announced, progress)
