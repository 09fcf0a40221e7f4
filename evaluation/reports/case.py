"""What an award decision is made from, and what keeps it from being made: a decision never has an empty cell.

HL 123 § asks for the grounds of every rejection and the key grounds of the comparison; KHO 2013:108 gives the floor:
weights, points of every tenderer by criterion, and words. A missing reason is therefore a finding, and findings stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tender.errors import BlockedError, Finding, FrozenError, Severity, blocking
from tender.model.awards import Admission, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.criteria import CriterionKind, RoundingPoint
from tender.model.publication import Publication
from tender.money import exact, round_half_up

SHOWN_DIGITS = 12
"""Digits of a hash that a message shows."""


@dataclass(frozen=True, slots=True)
class DecisionCase:
    """Everything that an award decision says, before it is laid out.

    Attributes:
        publication: The published version that the tenders answer.
        bids: Every bid that could be read, rejected ones included.
        admissions: Admission of every received bid, with the grounds of every rejection.
        sheet: Points of the admitted bids.
        selection: The chosen set and the proof of it.
        opened_at: When the tenders were opened, with time zone.
        present: Who was present; empty when it was not noted.
        decided_on: Day of the decision.
        record_head: Head of the record's chain when the decision is made.
    """

    publication: Publication
    bids: tuple[Bid, ...]
    admissions: tuple[Admission, ...]
    sheet: ScoreSheet
    selection: Selection
    opened_at: datetime
    present: tuple[str, ...]
    decided_on: date
    record_head: str

    def name(self, bidder: str) -> str:
        """Name of `bidder`: as read from its form, or its id when the form could not be read."""
        return next((bid.name for bid in self.bids if bid.bidder == bidder and bid.name), bidder)

    @property
    def admitted(self) -> frozenset[str]:
        """Ids of the bidders that are compared."""
        return frozenset(admission.bidder for admission in self.admissions if admission.admitted)


def check_case(case: DecisionCase) -> None:
    """Refuse a case that cannot be decided whole.

    Raises:
        FrozenError: The points were given under another method than the published one (KHO 2010:19, 2010:69).
        BlockedError: A reason, a ground or a score is missing; the findings name every one.
    """
    used, published = case.sheet.award_hash, case.publication.award_hash
    if used != published:
        raise FrozenError("decision.other-method", found=used[:SHOWN_DIGITS], expected=published[:SHOWN_DIGITS])
    findings = tuple(finding for rule in RULES for finding in rule(case))
    if findings:
        raise BlockedError("decision.incomplete", findings=findings, count=len(findings))


def _found(rule: str, field: str, **values: str) -> Finding:
    return Finding(rule, Severity.BLOCK, field, values, "HL 123")


def _grounds(case: DecisionCase) -> Iterator[Finding]:
    """Every rejection has its ground."""
    for admission in case.admissions:
        if not admission.admitted and not blocking(admission.findings):
            yield _found("decision.ground-missing", f"bids.{admission.bidder}", bidder=case.name(admission.bidder))


def _all_scored(case: DecisionCase) -> Iterator[Finding]:
    """Exactly the admitted bids are scored, and the chosen ones are among them."""
    scored = {bid.bidder for bid in case.sheet.bids}
    for bidder in sorted(case.admitted ^ scored):
        yield _found("decision.not-scored", f"bids.{bidder}", bidder=case.name(bidder))
    for bidder in sorted(set(case.selection.chosen.bidders) - scored):
        yield _found("decision.chosen-not-scored", f"bids.{bidder}", bidder=case.name(bidder))


def _all_lines(case: DecisionCase) -> Iterator[Finding]:
    """Every bid has points on every criterion, and words for every quality criterion."""
    tender = case.publication.tender
    for bid in case.sheet.bids:
        lines = {line.criterion: line for line in bid.lines}
        for leaf in tender.award.leaves():
            values = {"bidder": bid.name, "criterion": leaf.name.best(tender.prevailing_language)}
            field = f"levels.{bid.bidder}.{leaf.id}"
            line = lines.get(leaf.id)
            if line is None:
                yield _found("decision.points-missing", field, **values)
            elif leaf.kind is CriterionKind.QUALITY and not line.reason.strip():
                yield _found("decision.reason-missing", field, **values)


def _rounded(case: DecisionCase) -> Iterator[Finding]:
    """Points are rounded where the method says, so that what is printed is what decided."""
    rounding = case.publication.tender.award.rounding
    for bid in case.sheet.bids:
        lines = [(f"levels.{bid.bidder}.{line.criterion}", line.points) for line in bid.lines]
        points = {RoundingPoint.CRITERION: lines, RoundingPoint.TOTAL: [(f"bids.{bid.bidder}", bid.total)]}
        for field, found in points.get(rounding.at, []):
            if exact(round_half_up(found, rounding.decimals)) != found:
                yield _found("decision.not-rounded", field, bidder=bid.name, found=str(found))


def _tie(case: DecisionCase) -> Iterator[Finding]:
    """A tie names the key that decided it."""
    if len(case.selection.ties) > 1 and not case.selection.tie_key:
        yield _found("decision.tie-unexplained", "award.tie_rule", sets=str(len(case.selection.ties)))


def _record(case: DecisionCase) -> Iterator[Finding]:
    """The decision can be tied to the record."""
    if not case.record_head:
        yield _found("decision.record-missing", "record")


RULES: tuple[Callable[[DecisionCase], Iterable[Finding]], ...] = (
    _grounds,
    _all_scored,
    _all_lines,
    _rounded,
    _tie,
    _record,
)
"""What a decision must not lack, in the order in which it is shown."""
