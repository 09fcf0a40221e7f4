"""The letter that tells a bidder of the decision: outcome, own comparison in words, last days (HL 123, 127).

A bidder sees its own points with their reasons, the chosen providers' beside them, and everybody's total compared
price, which is always public to the parties (JulkL 11.2 p. 6). It never sees another's unit price, address or secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from evaluation.reports.case import DecisionCase, check_case
from evaluation.reports.decision import point_decimals, price_decimals
from evaluation.reports.rows import BidReasons, ComparisonRow, GroundsRow, comparison_rows, excluded_rows, reasons
from tender.deadlines import Kind, Recipient, period
from tender.documents.appeal import has_standstill
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.rows import CriterionRow, criterion_rows
from tender.errors import UsageError
from tender.language import Text
from tender.model.criteria import CriterionKind
from tender.model.publication import Publication
from tender.model.tender import Buyer


class Outcome(StrEnum):
    """What the decision means for the bidder."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not-chosen"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class OtherLevel:
    """A chosen provider's level on one criterion.

    Attributes:
        name: Its name.
        points: Its points.
        level: Its level; ``None`` for a price.
        reason: Why; empty for a price.
    """

    name: str
    points: Fraction
    level: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class OwnRow:
    """The bidder's own points on one criterion, and the chosen providers' that differ.

    Attributes:
        number: Number of the criterion.
        name: Its name.
        weight: Largest points.
        quality: Whether it is judged by people.
        points: The bidder's points.
        level: The bidder's level; ``None`` for a price.
        reason: Why; empty for a price.
        others: Chosen providers with other points, best first.
    """

    number: str
    name: Text
    weight: Decimal
    quality: bool
    points: Fraction
    level: int | None
    reason: str
    others: tuple[OtherLevel, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """How a letter goes out.

    Attributes:
        recipient: What holds for its recipient: the day of sending, receipt, last day of appeal, contract.
        address: Where it goes.
        draft: Whether it is not sent yet, so that its days are those of a sending on the day of the draft.
        bundle: SHA-256 of the manifest of the bundle for recomputation; empty when there is none.
        annexes: Names of what goes with it.
    """

    recipient: Recipient
    address: str
    draft: bool
    bundle: str
    annexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterContext:
    """What the clauses of a notification letter print.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number of the case; empty before there is one.
        buyer: The contracting authority.
        bidder: Name of the recipient.
        business_id: Its business id; empty when its form could not be read.
        outcome: What the decision means for it.
        decided_on: Day of the decision.
        chosen: The chosen providers.
        comparison: Everybody's total compared price and total points.
        rows: Its points by criterion beside those of the chosen.
        differs: Whether a chosen provider has other points on any criterion.
        grounds: Why its tender is not compared; ``None`` when it is.
        point_decimals: Decimals of points on a criterion; ``None`` when they are not rounded.
        total_decimals: Decimals of total points; ``None`` when they are not rounded.
        price_decimals: Decimals that print every comparison price exactly.
        draft: Whether it is not sent yet.
        address: Where it goes.
        channel: How: ``email``, ``letter`` or ``portal``.
        sent_on: The day of sending, which the message must say (HL 127.1).
        received_on: The day on which it counts as received.
        appeal_until: Last day of appeal.
        appeal_closes: Hour by which an appeal must have arrived, as each language writes it.
        correction_until: Last day of a demand for correction.
        standstill: Whether the statutory standstill applies.
        statutory_earliest: First day for the contract by the wording of HL 129.1.
        safe_earliest: First working day after the last day of appeal.
        bundle: SHA-256 of the manifest of the bundle for recomputation.
        annexes: Names of what goes with it.
    """

    title: Text
    diary_number: str
    buyer: Buyer
    bidder: str
    business_id: str
    outcome: Outcome
    decided_on: date
    chosen: tuple[ComparisonRow, ...]
    comparison: tuple[ComparisonRow, ...]
    rows: tuple[OwnRow, ...]
    differs: bool
    grounds: GroundsRow | None
    point_decimals: int | None
    total_decimals: int | None
    price_decimals: int
    draft: bool
    address: str
    channel: str
    sent_on: date
    received_on: date
    appeal_until: date
    appeal_closes: Text
    correction_until: date
    standstill: bool
    statutory_earliest: date
    safe_earliest: date
    bundle: str
    annexes: tuple[str, ...]


def letter_context(case: DecisionCase, bidder: str, posting: Posting) -> LetterContext:
    """What the letter to `bidder` says of the decision of `case`.

    Raises:
        FrozenError: The points were given under another method than the published one.
        BlockedError: A reason, a ground or a score is missing; the findings name every one.
    """
    check_case(case)
    tender, table, going = case.publication.tender, comparison_rows(case), posting.recipient
    place = next((number for number, bid in enumerate(case.sheet.bids) if bid.bidder == bidder), None)
    rows = () if place is None else tuple(_own_rows(case, place))
    return LetterContext(
        title=tender.title,
        diary_number=tender.diary_number,
        buyer=tender.buyer,
        bidder=case.name(bidder),
        business_id=next((bid.business_id for bid in case.bids if bid.bidder == bidder), ""),
        outcome=outcome_of(case, bidder),
        decided_on=case.decided_on,
        chosen=tuple(row for row in table if row.chosen),
        comparison=table,
        rows=rows,
        differs=any(row.others for row in rows),
        grounds=_grounds(case, bidder),
        point_decimals=point_decimals(tender.award.rounding),
        total_decimals=point_decimals(tender.award.rounding, total=True),
        price_decimals=price_decimals(case),
        draft=posting.draft,
        address=posting.address,
        channel=going.sending.by.value,
        sent_on=going.sending.day,
        received_on=going.received,
        appeal_until=going.appeal.last_day,
        appeal_closes=_hour(going.appeal.closes),
        correction_until=period(Kind.CORRECTION, going.sending).last_day,
        standstill=has_standstill(tender),
        statutory_earliest=going.statutory_earliest,
        safe_earliest=going.safe_earliest,
        bundle=posting.bundle,
        annexes=posting.annexes,
    )


def outcome_of(case: DecisionCase, bidder: str) -> Outcome:
    """What the decision of `case` means for `bidder`."""
    if bidder not in case.admitted:
        return Outcome.REJECTED
    return Outcome.CHOSEN if bidder in case.selection.chosen.bidders else Outcome.NOT_CHOSEN


def _grounds(case: DecisionCase, bidder: str) -> GroundsRow | None:
    """The bidder's own grounds, by its id: two tenders may bear one name, and one is not told the other's grounds."""
    rejected = sorted(admission.bidder for admission in case.admissions if not admission.admitted)
    return dict(zip(rejected, excluded_rows(case), strict=True)).get(bidder)


def _hour(closes: time | None) -> Text:
    return Text() if closes is None else Text(f"{closes:%H.%M}", f"{closes:%H.%M}", f"{closes:%H:%M}")


def _own_rows(case: DecisionCase, place: int) -> Iterator[OwnRow]:
    """The bidder's points by criterion, in the order of the tender."""
    words, table = reasons(case), comparison_rows(case)
    leaves = tuple(row for row in criterion_rows(case.publication.tender.award.criteria) if not row.branch)
    for number, leaf in enumerate(leaves):
        own = _level(table[place], words[place], number, leaf)
        others = (
            _level(row, words[other], number, leaf)
            for other, row in enumerate(table)
            if row.chosen and other != place and row.points[number] != own.points
        )
        criterion = leaf.criterion
        yield OwnRow(
            leaf.number,
            criterion.name,
            criterion.weight,
            criterion.kind is CriterionKind.QUALITY,
            own.points,
            own.level,
            own.reason,
            tuple(others),
        )


def _level(row: ComparisonRow, words: BidReasons, number: int, leaf: CriterionRow) -> OtherLevel:
    said = next((each for each in words.rows if each.number == leaf.number), None)
    level, reason = (said.level, said.reason) if said else (None, "")
    return OtherLevel(row.name, row.points[number], level, reason)


def _needs_case(publication: Publication) -> LetterContext:
    raise UsageError("letter.needs-case", tender=publication.tender.id)


NOTIFICATION_LETTER = Document(
    id="notification-letter",
    title=Text(
        "Tiedoksianto hankintapäätöksestä", "Delgivning av upphandlingsbeslut", "Notification of the award decision"
    ),
    context=_needs_case,
    clauses="notification-letter",
    layout=LAYOUT,
    stage=Stage.DECISION,
)
