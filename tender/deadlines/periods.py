"""Periods after a decision: receipt, appeal, correction, standstill, award notice.

Sources, as read: act 150/1930 ss. 2–6 (start day excluded, months and years, rolling, the closing of the office), the
procurement act 1397/2016 (HL) ss. 58, 127, 129, 130, 133, 134 and 147 with 499/2021, KHO 2024:118 (an appeal at 16:16
was late although the instruction named no hour).

A period never ends on a Saturday, a Sunday, a church holiday, Independence Day, May Day, Christmas Eve or Midsummer
Eve: it then ends on the next working day (150/1930 s. 5). HL 129.1 lets the contract be made *on* that next working
day, which is also the last day of the appeal; so two days are given: the earliest by its wording, and the earliest
that is safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from tender.deadlines.calendar import add_months, is_working_day, working_day_from

MARKET_COURT_CLOSES = time(16, 15)
"""When the office of the Market Court closes: an appeal must have arrived by then (150/1930 s. 6, KHO 2024:118)."""

LETTER_DAYS = 7
"""A letter counts as received on this day after its posting unless it is shown to have come later (HL 127.2)."""


class Channel(StrEnum):
    """How a decision was sent."""

    EMAIL = "email"
    LETTER = "letter"
    PORTAL = "portal"


class Kind(StrEnum):
    """Periods that are reckoned here."""

    APPEAL = "appeal"
    APPEAL_30 = "appeal-30"
    SIX_MONTHS = "six-months"
    CORRECTION = "correction"
    OWN_CORRECTION = "own-correction"
    AWARD_NOTICE = "award-notice"


@dataclass(frozen=True, slots=True)
class Rule:
    """One statutory period.

    Attributes:
        days: Its length in days; zero when it is counted in months.
        months: Its length in months; zero when it is counted in days.
        from_receipt: Whether it runs from receipt; otherwise from the day of the decision or the contract itself.
        court: Whether its act must reach the Market Court before its office closes.
        basis: Legal basis.
    """

    days: int
    months: int
    from_receipt: bool
    court: bool
    basis: str


_COUNTED = "150/1930 2, 5 §"
_FILED = "150/1930 2, 5, 6 §; KHO 2024:118"

PERIODS: Mapping[Kind, Rule] = {
    Kind.APPEAL: Rule(14, 0, from_receipt=True, court=True, basis=f"HL 127, 147.1; {_FILED}"),
    Kind.APPEAL_30: Rule(30, 0, from_receipt=True, court=True, basis=f"HL 147; {_FILED}"),
    Kind.SIX_MONTHS: Rule(0, 6, from_receipt=False, court=True, basis="HL 147.3; 150/1930 2, 3, 5, 6 §; KHO 2024:118"),
    Kind.CORRECTION: Rule(14, 0, from_receipt=True, court=False, basis=f"HL 127, 133; {_COUNTED}"),
    Kind.OWN_CORRECTION: Rule(90, 0, from_receipt=False, court=False, basis=f"HL 133; {_COUNTED}"),
    Kind.AWARD_NOTICE: Rule(30, 0, from_receipt=False, court=False, basis=f"HL 58.5; {_COUNTED}"),
}
"""Every period by its kind."""

STANDSTILL_DAYS = 14
"""Days after receipt before which the contract may not be made (HL 129.1)."""

VOLUNTARY_STANDSTILL_DAYS = 10
"""The same within a framework or a dynamic purchasing system, where the wait is voluntary (HL 129–130)."""

STANDSTILL_BASIS = f"HL 127, 129.1, 147.1, 150; {_FILED}"
"""On which the days of appeal and standstill together rest."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A decision on its way to one recipient.

    Attributes:
        day: The day of sending or posting.
        by: How it was sent.
        recipient: Who gets it; empty when there is only one.
    """

    day: date
    by: Channel = Channel.EMAIL
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that runs.

    Attributes:
        kind: Which period.
        start: The day that it runs from; it does not count itself.
        counted: The last day by counting alone.
        last_day: The last day on which the act may be done; a working day.
        closes: The hour by which it must be done; ``None`` when the law read names none.
        basis: Legal basis.
    """

    kind: Kind
    start: date
    counted: date
    last_day: date
    closes: time | None
    basis: str

    @property
    def rolled(self) -> bool:
        """Whether the last day moved to the next working day."""
        return self.last_day != self.counted


@dataclass(frozen=True, slots=True)
class Recipient:
    """What holds for one recipient of a decision.

    Attributes:
        sending: How and when the decision was sent.
        received: The day on which it counts as received.
        appeal: Its period of appeal.
        statutory_earliest: First day for the contract by the wording of HL 129.1; a working day.
        safe_earliest: First working day after its last day of appeal.
    """

    sending: Sending
    received: date
    appeal: Period
    statutory_earliest: date
    safe_earliest: date

    @property
    def receipt_on_free_day(self) -> bool:
        """Whether the presumed day of receipt of a letter is no working day: no source says that it moves."""
        return self.sending.by is Channel.LETTER and not is_working_day(self.received)


@dataclass(frozen=True, slots=True)
class Standstill:
    """What holds for a decision with all its recipients: always the latest day.

    Attributes:
        recipients: Each recipient.
        received: The last day of receipt.
        appeal_last_day: The last day of appeal.
        appeal_closes: The hour by which an appeal must have arrived.
        statutory_earliest: First day for the contract by the wording of HL 129.1.
        safe_earliest: First working day after the last day of appeal of all.
        basis: Legal basis.
    """

    recipients: tuple[Recipient, ...]
    received: date
    appeal_last_day: date
    appeal_closes: time
    statutory_earliest: date
    safe_earliest: date
    basis: str = STANDSTILL_BASIS


def received(sending: Sending) -> date:
    """The day on which a decision counts as received: an e-mail at once, Sundays included; a letter on the 7th day.

    >>> received(Sending(date(2026, 9, 1), Channel.LETTER))
    datetime.date(2026, 9, 8)
    """
    return _later(sending.day, LETTER_DAYS) if sending.by is Channel.LETTER else sending.day


def period(kind: Kind, sending: Sending) -> Period:
    """The period of `kind` for a decision that was sent so; where receipt is nothing to it, from its own day.

    >>> period(Kind.SIX_MONTHS, Sending(date(2026, 8, 31))).last_day
    datetime.date(2027, 3, 1)
    """
    rule = PERIODS[kind]
    start = received(sending) if rule.from_receipt else sending.day
    counted = add_months(start, rule.months) if rule.months else _later(start, rule.days)
    closes = MARKET_COURT_CLOSES if rule.court else None
    return Period(kind, start, counted, working_day_from(counted), closes, rule.basis)


def standstill(sendings: Iterable[Sending], days: int = STANDSTILL_DAYS) -> Standstill:
    """Appeal and standstill of a decision that went out as `sendings`.

    Args:
        sendings: One for each recipient.
        days: Length of the standstill, `STANDSTILL_DAYS` or `VOLUNTARY_STANDSTILL_DAYS`.

    Raises:
        ValueError: There is no recipient.
    """
    recipients = tuple(_recipient(sending, days) for sending in sendings)
    if not recipients:
        message = "a decision has at least one recipient"
        raise ValueError(message)
    return Standstill(
        recipients=recipients,
        received=max(each.received for each in recipients),
        appeal_last_day=max(each.appeal.last_day for each in recipients),
        appeal_closes=MARKET_COURT_CLOSES,
        statutory_earliest=max(each.statutory_earliest for each in recipients),
        safe_earliest=max(each.safe_earliest for each in recipients),
    )


def _recipient(sending: Sending, days: int) -> Recipient:
    """What holds for one recipient."""
    came = received(sending)
    appeal = period(Kind.APPEAL, sending)
    last = _later(came, days)
    after = last if not is_working_day(last) else _later(last, 1)
    return Recipient(
        sending=sending,
        received=came,
        appeal=appeal,
        statutory_earliest=working_day_from(after),
        safe_earliest=working_day_from(_later(appeal.last_day, 1)),
    )


def _later(day: date, days: int) -> date:
    """`days` after `day`, clipped to the end of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
