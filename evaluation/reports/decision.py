"""The award decision (HL 123): its document and the values that it prints.

Unit prices are not printed: the total price that the comparison used is always public to the parties (JulkL 11.2 p. 6),
the prices behind it may be trade secrets. Dates of the standstill and of the appeal are not printed either: they run
from each notification, so the decision states the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from evaluation.reports.case import DecisionCase, check_case
from evaluation.reports.rows import (
    BidReasons,
    CapacityRow,
    ComparisonRow,
    CoverageRow,
    GroundsRow,
    ReceivedRow,
    SetRow,
    capacity_rows,
    comparison_rows,
    coverage_rows,
    excluded_rows,
    reasons,
    received_rows,
    remark_rows,
    set_rows,
)
from evaluation.reports.workings import WorkingRow, working_rows
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.rows import CriterionRow, criterion_rows
from tender.errors import UsageError
from tender.language import Text
from tender.model.awards import Selection
from tender.model.clauses import Condition
from tender.model.criteria import AwardModel, Rounding, RoundingPoint
from tender.model.framework import Framework, OwnTeam
from tender.model.publication import Publication
from tender.model.tender import Buyer, Object, Procedure, Regime, RulePack
from tender.model.timetable import Timetable
from tender.money import CENT_DECIMALS, decimal_of


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What the clauses of the award decision print.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number of the case; empty before there is one.
        buyer: The contracting authority.
        subject: What is bought.
        procedure: How the procurement went.
        annex_e: Whether chapter 12 of the procurement act applies.
        full_regime: Whether the full EU part of the procurement act applies.
        standstill: Whether the statutory standstill applies (HL 129).
        current_law: Whether today's law pack applies (129.1 as amended by 499/2021).
        timetable: When the call was published and tenders were due.
        version: Published version that the tenders answer.
        decided_on: Day of the decision.
        opened_at: When the tenders were opened, in the time zone of their deadline.
        present: Who was present; empty when it was not noted.
        received: Every received tender.
        admitted_count: How many tenders are compared.
        excluded: Tenders that are not compared, with grounds.
        remarks: Compared tenders in which something was noticed.
        award: The award method.
        criteria: The tree of criteria, row by row.
        leaves: The criteria that earn points, in the order of the comparison table.
        comparison: The comparison table, best first.
        point_decimals: Decimals of the points on a criterion; ``None`` when they are not rounded.
        total_decimals: Decimals of total points; ``None`` when they are not rounded.
        price_decimals: Decimals that print every comparison price exactly, at least cents.
        reasons: Words for every quality score.
        workings: The working of every bid's price points.
        framework: Number of providers, clients and cap.
        chosen: The chosen bids, best first.
        not_chosen: Compared bids that were not chosen, best first.
        selection: The selection with its tie key, cost, number of examined sets and the solver's answer.
        best_set: The chosen set with its sums.
        capacities: Capacities of the chosen providers.
        coverage: Planned places by area and group.
        rejected_sets: Sets with more points that could not be chosen, with the reasons.
        tied_sets: Sets equal to the chosen one, itself included; empty when there was no tie.
        near_sets: Feasible sets within the announced distance.
        lots: Names in the order of the drawn lots; empty when none were drawn.
        lots_commitment: SHA-256 of the seed of the lots as published; empty when lots are not used.
        conditions: What the procurement depends on.
        own_team: The buyer's own production; ``None`` when there is none.
        award_hash: Hash of the award method, equal in the publication and in the scores.
        record_head: Head of the record when the decision is made.
    """

    title: Text
    diary_number: str
    buyer: Buyer
    subject: Object
    procedure: Procedure
    annex_e: bool
    full_regime: bool
    standstill: bool
    current_law: bool
    timetable: Timetable
    version: int
    decided_on: date
    opened_at: datetime
    present: tuple[str, ...]
    received: tuple[ReceivedRow, ...]
    admitted_count: int
    excluded: tuple[GroundsRow, ...]
    remarks: tuple[GroundsRow, ...]
    award: AwardModel
    criteria: tuple[CriterionRow, ...]
    leaves: tuple[CriterionRow, ...]
    comparison: tuple[ComparisonRow, ...]
    point_decimals: int | None
    total_decimals: int | None
    price_decimals: int
    reasons: tuple[BidReasons, ...]
    workings: tuple[WorkingRow, ...]
    framework: Framework
    chosen: tuple[ComparisonRow, ...]
    not_chosen: tuple[ComparisonRow, ...]
    selection: Selection
    best_set: SetRow
    capacities: tuple[CapacityRow, ...]
    coverage: tuple[CoverageRow, ...]
    rejected_sets: tuple[SetRow, ...]
    tied_sets: tuple[SetRow, ...]
    near_sets: tuple[SetRow, ...]
    lots: tuple[str, ...]
    lots_commitment: str
    conditions: tuple[Condition, ...]
    own_team: OwnTeam | None
    award_hash: str
    record_head: str


def decision_context(case: DecisionCase) -> DecisionContext:
    """The values of the award decision of `case`.

    Raises:
        FrozenError: The points were given under another method than the published one.
        BlockedError: A reason, a ground or a score is missing; the findings name every one.
    """
    check_case(case)
    tender, selection, comparison = case.publication.tender, case.selection, comparison_rows(case)
    rows = tuple(criterion_rows(tender.award.criteria))
    ties = selection.ties if len(selection.ties) > 1 else ()
    return DecisionContext(
        title=tender.title,
        diary_number=tender.diary_number,
        buyer=tender.buyer,
        subject=tender.object,
        procedure=tender.procedure,
        annex_e=tender.procedure.regime is Regime.ANNEX_E,
        full_regime=tender.procedure.regime is Regime.EU,
        standstill=tender.procedure.regime in {Regime.ANNEX_E, Regime.EU},
        current_law=tender.rule_pack is RulePack.FINLAND_2026,
        timetable=tender.timetable,
        version=case.publication.version,
        decided_on=case.decided_on,
        opened_at=case.opened_at.astimezone(tender.timetable.tenders_until.tzinfo),
        present=case.present,
        received=received_rows(case),
        admitted_count=len(case.admitted),
        excluded=excluded_rows(case),
        remarks=remark_rows(case),
        award=tender.award,
        criteria=rows,
        leaves=tuple(row for row in rows if not row.branch),
        comparison=comparison,
        point_decimals=point_decimals(tender.award.rounding),
        total_decimals=point_decimals(tender.award.rounding, total=True),
        price_decimals=price_decimals(case),
        reasons=reasons(case),
        workings=working_rows(case),
        framework=tender.framework,
        chosen=tuple(row for row in comparison if row.chosen),
        not_chosen=tuple(row for row in comparison if not row.chosen),
        selection=selection,
        best_set=set_rows(case, (selection.chosen,))[0],
        capacities=capacity_rows(case),
        coverage=coverage_rows(case),
        rejected_sets=set_rows(case, selection.rejected),
        tied_sets=set_rows(case, ties),
        near_sets=set_rows(case, selection.near_ties),
        lots=tuple(case.name(bidder) for bidder in selection.lots),
        lots_commitment=case.publication.lots_commitment,
        conditions=tender.conditions,
        own_team=tender.own_team,
        award_hash=case.publication.award_hash,
        record_head=case.record_head,
    )


def decision_publication(case: DecisionCase) -> Publication:
    """The publication of `case` as its decision prints it: with the day of the decision."""
    return replace(case.publication, today=case.decided_on)


def point_decimals(rounding: Rounding, *, total: bool = False) -> int | None:
    """Decimals of points on a criterion, or of the `total`; ``None`` when they are not rounded."""
    points = {RoundingPoint.CRITERION, *((RoundingPoint.TOTAL,) if total else ())}
    return rounding.decimals if rounding.at in points else None


def price_decimals(case: DecisionCase) -> int:
    """Decimals that print every comparison price of `case` exactly, at least cents."""
    found = (decimal_of(bid.comparison_price) for bid in case.sheet.bids)
    return max([CENT_DECIMALS, *(-int(price.as_tuple().exponent) for price in found if price is not None)])


def _needs_case(publication: Publication) -> DecisionContext:
    raise UsageError("decision.needs-case", tender=publication.tender.id)


AWARD_DECISION = Document(
    id="award-decision",
    title=Text("Hankintapäätös", "Upphandlingsbeslut", "Award decision"),
    context=_needs_case,
    clauses="award-decision",
    layout=LAYOUT,
    stage=Stage.DECISION,
)
