"""The context of the call for tenders: every value that its clauses print, typed, taken from the publication.

Rows of tables are computed here, so that clauses only lay them out; nothing is formatted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.rows import (
    CriterionRow,
    GroupPrice,
    QualityRow,
    VolumeRow,
    YearRow,
    criterion_rows,
    group_prices,
    quality_rows,
    volume_rows,
    volume_sum,
    year_rows,
    year_sum,
)
from tender.language import NO_TEXT, Language, Text
from tender.model.clauses import Condition, DivisionTask, SuitabilityRequirement
from tender.model.criteria import AwardModel, Criterion, CriterionKind
from tender.model.framework import AllocationRule, Budget, ClientChoice, Framework, Impact, OwnTeam, Round, Service
from tender.model.groups import Area, RiskGroup
from tender.model.prices import Billing, PriceModel
from tender.model.publication import Publication
from tender.model.tender import Buyer, Object, Procedure, Regime
from tender.model.timetable import Timetable

NOT_ANNEXED = (
    "call-for-tenders",
    "market-consultation-notice",
    "dialogue-invitation",
    "dialogue-sample-data",
    "dialogue-summary",
    "design-memo",
    "dialogue-memo",
    "clarifications",
    "award-decision",
    "notification-letter",
    "interruption-decision",
    "appeal-instructions",
    "contract-award-notice",
)
"""Documents that do not travel with the call: itself, and those of other stages."""

OWN_CHAPTERS = ("concept", "open-data", "impact-plan", "hours-tracking", "interruption", "dialogue-summary")
"""Ids of the tender's texts that the call for tenders does not print as other texts: some have a clause of their own,
the last two belong to documents of other stages."""


@dataclass(frozen=True, slots=True)
class CallContext:
    """What the call for tenders prints.

    Attributes:
        buyer: The contracting authority.
        diary_number: Diary number of the case; empty before there is one.
        subject: What is bought.
        procedure: How the procurement goes.
        timetable: When each step happens.
        regime: Which part of the procurement act applies.
        languages: Languages of the tender; the first prevails.
        areas: The municipalities or districts served.
        groups: The risk groups.
        volumes: Forecast clients by group and area.
        volume_total: The same, all groups together.
        years: Announced yearly volumes by group.
        year_total: The same, all groups together.
        lots_reason: Why the procurement is not divided into lots; empty when not said.
        conditions: What the whole depends on.
        round: Which round of the concept this is; ``None`` when rounds are not used.
        concept: The concept in the buyer's own words; empty when there is no such text.
        open_data: What the open data annex holds, in the buyer's own words.
        impact_plan: Demands on the plan for managing impact, in the buyer's own words.
        hours_tracking: Demands on the model that tracks work hours, in the buyer's own words.
        other_texts: Further texts of the tender, in the order of their ids.
        by_choice: Whether clients choose their provider.
        by_industry: Whether clients are assigned by industry.
        choice: How clients come to a provider.
        service: Reachability of the service; ``None`` when not declared.
        tasks: The division of labour, step by step.
        owed_tasks: The acts that are owed to every client.
        framework: The framework arrangement.
        ranked: Whether providers are chosen and ranked; false when every suitable one is admitted.
        admits_all: Whether every suitable provider is admitted without ranking (KHO 2018:91).
        capitation: Capitation prices by group at the ends of the range.
        outcome: Outcome prices by group at the ends of the range.
        prices: The price model.
        billing: Billing periods.
        has_indicators: Whether bonus and sanction are used.
        has_verification: Whether hours are checked at random.
        suitability: Demands on bidders.
        award: The award method.
        criteria: The tree of criteria, row by row; empty when nothing is ranked.
        price_criteria: Criteria that judge the comparison price; likewise.
        qualities: Quality criteria with their scales; likewise.
        lots_commitment: SHA-256 of the secret seed of the lots; empty before it is fixed.
        measured: Whether results are compared: a design is declared, or there is an own team.
        impact: How results are measured; ``None`` when not declared.
        own_team: The buyer's own production; ``None`` when there is none.
        budget: Yearly money by source.
        annexes: Ids of the other documents that travel with the call.
        award_hash: Hash of the award method.
        payment_hash: Hash of the payment method.
        record_head: Head of the record before this publication.
        version: Version of the call.
        published: Day of this version.
    """

    buyer: Buyer
    diary_number: str
    subject: Object
    procedure: Procedure
    timetable: Timetable
    regime: Regime
    languages: tuple[Language, ...]
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    years: tuple[YearRow, ...]
    year_total: YearRow
    lots_reason: Text
    conditions: tuple[Condition, ...]
    round: Round | None
    concept: Text
    open_data: Text
    impact_plan: Text
    hours_tracking: Text
    other_texts: tuple[Text, ...]
    by_choice: bool
    by_industry: bool
    choice: ClientChoice
    service: Service | None
    tasks: tuple[DivisionTask, ...]
    owed_tasks: tuple[DivisionTask, ...]
    framework: Framework
    ranked: bool
    admits_all: bool
    capitation: tuple[GroupPrice, ...]
    outcome: tuple[GroupPrice, ...]
    prices: PriceModel
    billing: Billing
    has_indicators: bool
    has_verification: bool
    suitability: tuple[SuitabilityRequirement, ...]
    award: AwardModel
    criteria: tuple[CriterionRow, ...]
    price_criteria: tuple[Criterion, ...]
    qualities: tuple[QualityRow, ...]
    lots_commitment: str
    measured: bool
    impact: Impact | None
    own_team: OwnTeam | None
    budget: tuple[Budget, ...]
    annexes: tuple[str, ...]
    award_hash: str
    payment_hash: str
    record_head: str
    version: int
    published: date


def call_context(publication: Publication) -> CallContext:
    """The context of the call for tenders of `publication`."""
    tender = publication.tender
    texts = tender.texts or {}
    volumes, years = volume_rows(tender.groups, tender.areas), year_rows(tender.groups)
    ranked = not tender.framework.dynamic.admit_all_suitable
    rows = tuple(criterion_rows(tender.award.criteria)) if ranked else ()
    return CallContext(
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        subject=tender.object,
        procedure=tender.procedure,
        timetable=tender.timetable,
        regime=tender.procedure.regime,
        languages=tender.languages,
        areas=tender.areas,
        groups=tender.groups,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        years=years,
        year_total=year_sum(years),
        lots_reason=tender.object.lots_reason,
        conditions=tender.conditions,
        round=tender.round,
        concept=texts.get("concept", NO_TEXT),
        open_data=texts.get("open-data", NO_TEXT),
        impact_plan=texts.get("impact-plan", NO_TEXT),
        hours_tracking=texts.get("hours-tracking", NO_TEXT),
        other_texts=tuple(texts[name] for name in sorted(texts) if name not in OWN_CHAPTERS),
        by_choice=tender.choice.rule is AllocationRule.CLIENT_CHOICE,
        by_industry=tender.choice.rule is AllocationRule.INDUSTRY,
        choice=tender.choice,
        service=tender.service,
        tasks=tender.division,
        owed_tasks=tuple(task for task in tender.division if task.owed_to_all),
        framework=tender.framework,
        ranked=ranked,
        admits_all=not ranked,
        capitation=group_prices(tender.prices.capitation, tender.groups),
        outcome=group_prices(tender.prices.outcome, tender.groups),
        prices=tender.prices,
        billing=tender.billing,
        has_indicators=tender.bonus_sanction is not None,
        has_verification=tender.verification is not None,
        suitability=tender.suitability,
        award=tender.award,
        criteria=rows,
        price_criteria=tuple(row.criterion for row in rows if row.criterion.kind is CriterionKind.PRICE),
        qualities=quality_rows(tender.award) if ranked else (),
        lots_commitment=publication.lots_commitment,
        measured=tender.impact is not None or tender.own_team is not None,
        impact=tender.impact,
        own_team=tender.own_team,
        budget=tender.budget,
        annexes=tuple(dict.fromkeys(document for document in tender.documents if document not in NOT_ANNEXED)),
        award_hash=publication.award_hash,
        payment_hash=publication.payment_hash,
        record_head=publication.record_head,
        version=publication.version,
        published=publication.today,
    )
