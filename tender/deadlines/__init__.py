"""Statutory periods: a pure calculator from days to days, each with its legal basis.

`calendar` knows working days, `periods` the periods of appeal, standstill, correction and notice, `procedure` the
shortest times that bidders must have. Nothing here reads a file or a clock.
"""

from tender.deadlines.periods import (
    MARKET_COURT_CLOSES,
    PERIODS,
    Channel,
    Kind,
    Period,
    Recipient,
    Sending,
    Standstill,
    period,
    received,
    standstill,
)

__all__ = [
    "MARKET_COURT_CLOSES",
    "PERIODS",
    "Channel",
    "Kind",
    "Period",
    "Recipient",
    "Sending",
    "Standstill",
    "period",
    "received",
    "standstill",
]
