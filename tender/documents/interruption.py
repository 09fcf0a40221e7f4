"""The context of the decision to interrupt the procurement (HL 125): a real reason, in an award decision's form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tender.documents.appeal import has_standstill
from tender.errors import BlockedError
from tender.language import NO_TEXT, Text
from tender.model.clauses import Condition
from tender.model.publication import Publication
from tender.model.tender import Buyer, Procedure, Regime
from tender.model.timetable import Timetable

INTERRUPTION = "interruption"
"""Id of the tender's text that says why the procurement is interrupted."""


@dataclass(frozen=True, slots=True)
class InterruptionContext:
    """What the decision to interrupt the procurement prints.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number of the case; empty before there is one.
        buyer: The contracting authority.
        procedure: How the procurement went until now.
        annex_e: Whether chapter 12 of the procurement act applies.
        result_notice: Whether the result, also that there is none, is published in a notice (HL 58.5).
        timetable: When the call was published and tenders were due.
        version: Published version of the call.
        reason: The reason in the buyer's own words; never empty.
        conditions: What the procurement was announced to depend on; may be empty.
        parties: Names of the bidders whose tenders were opened; empty when none were.
        decided_on: Day of the decision.
    """

    title: Text
    diary_number: str
    buyer: Buyer
    procedure: Procedure
    annex_e: bool
    result_notice: bool
    timetable: Timetable
    version: int
    reason: Text
    conditions: tuple[Condition, ...]
    parties: tuple[str, ...]
    decided_on: date


def interruption_context(publication: Publication, parties: Iterable[str] = ()) -> InterruptionContext:
    """The context of the decision to interrupt the procurement of `publication` on its day.

    Args:
        publication: The version in force, with the day of the decision.
        parties: Names of the bidders whose tenders were opened.

    Raises:
        BlockedError: The reason is missing (HL 125.1 demands a real one).
    """
    tender = publication.tender
    reason = (tender.texts or {}).get(INTERRUPTION, NO_TEXT)
    missing = [language for language in tender.languages if not (getattr(reason, language.value) or "").strip()]
    if missing:
        files = ", ".join(f"texts/{INTERRUPTION}.{language.value}.md" for language in missing)
        raise BlockedError("interruption.no-reason", files=files)
    return InterruptionContext(
        title=tender.title,
        diary_number=tender.diary_number,
        buyer=tender.buyer,
        procedure=tender.procedure,
        annex_e=tender.procedure.regime is Regime.ANNEX_E,
        result_notice=has_standstill(tender),
        timetable=tender.timetable,
        version=publication.version,
        reason=reason,
        conditions=tender.conditions,
        parties=tuple(parties),
        decided_on=publication.today,
    )
