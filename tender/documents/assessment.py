"""The data protection impact assessment of the grouping of clients: an internal template, never published.

Its values are made by publishing, which knows the record; this file says what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import Text
from tender.model.grouping import Factor
from tender.model.groups import RiskGroup
from tender.model.publication import Publication
from tender.model.tender import Buyer


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A risk group with its limit.

    Attributes:
        group: The group.
        lowest: Its lowest likelihood, per cent.
    """

    group: RiskGroup
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion of the data protection officer on record.

    Attributes:
        by: Who gave it.
        day: When.
        favourable: Whether the grouping may be used as it was.
        fresh: Whether it is about the grouping as it is declared now.
        reason: What it says.
    """

    by: str
    day: date
    favourable: bool
    fresh: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AssessmentContext:
    """What the assessment prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority, which is the controller.
        diary_number: Diary number; empty before there is one.
        made: The day of the draft.
        grouping_hash: SHA-256 of the grouping's method.
        clients: Forecast number of clients at a time.
        method: ``points`` or ``logistic``.
        horizon: Months within which work must be found.
        threshold: Smallest count of persons that may be known.
        factors: The factors.
        limits: The risk groups with their limits.
        opinions: Opinions on record, in order.
    """

    title: Text
    buyer: Buyer
    diary_number: str
    made: date
    grouping_hash: str
    clients: int
    method: str
    horizon: int
    threshold: int
    factors: tuple[Factor, ...]
    limits: tuple[LimitRow, ...]
    opinions: tuple[OpinionRow, ...]


def _made_elsewhere(_: Publication) -> object:
    """A publication alone does not know the opinions.

    Raises:
        UsageError: Always; `valinta annex assessment` makes it.
    """
    raise UsageError("annex.assessment-alone")


ASSESSMENT = Document(
    id="data-protection-assessment",
    title=Text(
        "Tietosuojaa koskeva vaikutustenarviointi: asiakkaiden ryhmittely",
        "Konsekvensbedömning avseende dataskydd: indelningen av kunder",
        "Data protection impact assessment: the grouping of clients",
    ),
    context=_made_elsewhere,
    clauses="data-protection-assessment",
    layout=LAYOUT,
    stage=Stage.CALL,
)
