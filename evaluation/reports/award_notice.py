"""The contents of the contract award notice (HL 58–59): the decision's own figures, and nothing else (CAN-03).

The notice of a framework arrangement is due 30 days after the decision on it, not after the signing (HL 58.5; CAN-01).
The last day that is printed is the thirtieth itself, also when the law would let it roll over a holiday: early is safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from evaluation.reports.case import DecisionCase, check_case
from evaluation.reports.decision import price_decimals
from evaluation.reports.rows import ReceivedRow, received_rows
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.rows import CriterionRow, criterion_rows
from tender.errors import UsageError
from tender.language import Text
from tender.model.framework import Framework
from tender.model.publication import Publication
from tender.model.tender import Buyer, Object, Procedure, Regime
from tender.model.timetable import Timetable

NOTICE_DAYS = 30
"""Days from the decision within which the notice is sent (HL 58.5)."""

SUBTYPES: Mapping[Regime, str] = MappingProxyType({Regime.ANNEX_E: "33", Regime.EU: "29", Regime.NATIONAL: "E4"})
"""The eForms subtype of the award notice in each regime (eForms SDK 1.15; CAN-02)."""


@dataclass(frozen=True, slots=True)
class AwardNoticeContext:
    """What the contents of the contract award notice print.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number of the case; empty before there is one.
        buyer: The contracting authority.
        subject: What was bought.
        procedure: How the procurement went, with the number of its contract notice.
        subtype: The eForms subtype of the notice.
        decided_on: Day of the decision; the clock of the notice starts here.
        send_by: Last day on which the notice is sent.
        framework: The framework arrangement with its largest value.
        timetable: Production, with its option.
        received: How many tenders came.
        admitted: How many of them are compared.
        lowest: Lowest comparison price among the compared tenders, euros a year.
        highest: Highest comparison price among them.
        price_decimals: Decimals that print every comparison price exactly, as in the decision.
        leaves: The criteria that earned points, with their weights.
        winners: The chosen providers.
    """

    title: Text
    diary_number: str
    buyer: Buyer
    subject: Object
    procedure: Procedure
    subtype: str
    decided_on: date
    send_by: date
    framework: Framework
    timetable: Timetable
    received: int
    admitted: int
    lowest: Fraction
    highest: Fraction
    price_decimals: int
    leaves: tuple[CriterionRow, ...]
    winners: tuple[ReceivedRow, ...]


def award_notice_context(case: DecisionCase) -> AwardNoticeContext:
    """The contents of the award notice of `case`.

    Raises:
        FrozenError: The points were given under another method than the published one.
        BlockedError: A reason, a ground or a score is missing; the findings name every one.
    """
    check_case(case)
    tender, rows = case.publication.tender, received_rows(case)
    prices = [bid.comparison_price for bid in case.sheet.bids]
    return AwardNoticeContext(
        title=tender.title,
        diary_number=tender.diary_number,
        buyer=tender.buyer,
        subject=tender.object,
        procedure=tender.procedure,
        subtype=SUBTYPES[tender.procedure.regime],
        decided_on=case.decided_on,
        send_by=case.decided_on + timedelta(days=NOTICE_DAYS),
        framework=tender.framework,
        timetable=tender.timetable,
        received=len(rows),
        admitted=len(prices),
        lowest=min(prices),
        highest=max(prices),
        price_decimals=price_decimals(case),
        leaves=tuple(row for row in criterion_rows(tender.award.criteria) if not row.branch),
        winners=tuple(row for row in rows if row.chosen),
    )


def _needs_case(publication: Publication) -> AwardNoticeContext:
    raise UsageError("award-notice.needs-case", tender=publication.tender.id)


AWARD_NOTICE = Document(
    id="contract-award-notice",
    title=Text(
        "Jälki-ilmoituksen tiedot", "Uppgifter för annonsen i efterhand", "Contents of the contract award notice"
    ),
    context=_needs_case,
    clauses="contract-award-notice",
    layout=LAYOUT,
    stage=Stage.DECISION,
)
