"""The contexts of two templates for bidders: the impact-management plan (A13) and the hours-tracking model (A8).

Each says what is asked and which published criteria judge it; the filled template becomes an annex of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.rows import QualityRow, quality_rows
from tender.language import NO_TEXT, Text
from tender.model.framework import Measure
from tender.model.groups import RiskGroup
from tender.model.indicators import Indicator, Verification
from tender.model.prices import Billing
from tender.model.publication import Publication
from tender.model.tender import Buyer, Tender
from tender.model.timetable import Timetable

IMPACT_PLAN, HOURS_TRACKING = "impact-plan", "hours-tracking"
"""Ids of the tender's texts with the demands on the two documents, and of the criteria that judge them."""

HOUR_FIELDS = (
    "client",
    "group",
    "employer",
    "employment",
    "month",
    "hours",
    "proof",
    "excluded",
    "status",
    "register-hours",
    "register-source",
    "difference",
)
"""What each row of tracked hours holds; the words are the terms ``hour-field.…`` and ``hour-field-meaning.…``."""

VERIFIED_FIELDS = ("status", "register-hours", "register-source", "difference")
"""The fields that are filled only when the hours have been verified from registers."""


@dataclass(frozen=True, slots=True)
class HourField:
    """One field of a row of tracked hours.

    Attributes:
        id: Its id.
        verified: Whether it is filled only when the hours have been verified.
    """

    id: str
    verified: bool


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What the template of the impact-management plan prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        timetable: The deadline of tenders.
        demands: Demands in the buyer's own words; empty when there is no such text.
        judged_by: The published criteria that judge the plan; empty when nothing is ranked.
        groups: The risk groups, for which the plan answers one by one.
        measures: Results that the buyer measures anyway; may be empty.
        indicators: Complementary indicators of bonus and sanction; may be empty.
        version: Version of the call that the template belongs to.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    timetable: Timetable
    demands: Text
    judged_by: tuple[QualityRow, ...]
    groups: tuple[RiskGroup, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    version: int
    published: date


@dataclass(frozen=True, slots=True)
class HoursContext:
    """What the template of the hours-tracking model prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        timetable: The deadline of tenders.
        demands: Demands in the buyer's own words; empty when there is no such text.
        judged_by: The published criteria that judge the model; empty when nothing is ranked.
        billing: Billing periods, cap of hours, work that is not billable, registers.
        fields: What each row of tracked hours holds.
        verification: Random check of hours; ``None`` when there is none.
        version: Version of the call that the template belongs to.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    timetable: Timetable
    demands: Text
    judged_by: tuple[QualityRow, ...]
    billing: Billing
    fields: tuple[HourField, ...]
    verification: Verification | None
    version: int
    published: date


def plan_context(publication: Publication) -> PlanContext:
    """The context of the template of the impact-management plan of `publication`."""
    tender = publication.tender
    return PlanContext(
        title=tender.title,
        buyer=tender.buyer,
        timetable=tender.timetable,
        demands=(tender.texts or {}).get(IMPACT_PLAN, NO_TEXT),
        judged_by=judging(tender, IMPACT_PLAN),
        groups=tender.groups,
        measures=tender.impact.measures if tender.impact else (),
        indicators=tender.bonus_sanction.indicators if tender.bonus_sanction else (),
        version=publication.version,
        published=publication.today,
    )


def hours_context(publication: Publication) -> HoursContext:
    """The context of the template of the hours-tracking model of `publication`."""
    tender = publication.tender
    return HoursContext(
        title=tender.title,
        buyer=tender.buyer,
        timetable=tender.timetable,
        demands=(tender.texts or {}).get(HOURS_TRACKING, NO_TEXT),
        judged_by=judging(tender, HOURS_TRACKING),
        billing=tender.billing,
        fields=tuple(HourField(field, field in VERIFIED_FIELDS) for field in HOUR_FIELDS),
        verification=tender.verification,
        version=publication.version,
        published=publication.today,
    )


def judging(tender: Tender, criterion: str) -> tuple[QualityRow, ...]:
    """The quality criteria of `tender` that judge the document of `criterion`: the one with that id, when ranked."""
    if tender.framework.dynamic.admit_all_suitable:
        return ()
    return tuple(row for row in quality_rows(tender.award) if row.criterion.id == criterion)
