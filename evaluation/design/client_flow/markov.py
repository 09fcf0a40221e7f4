"""The exact mean of the flow where no cap binds and nobody stops: a linear recursion, without chance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tender.model.flow import FlowInputs, GroupFlow


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean course of one group.

    Attributes:
        group: Group id.
        served: Mean clients in service by month.
        hours: Mean paid work hours by month.
    """

    group: str
    served: tuple[Fraction, ...]
    hours: tuple[Fraction, ...]


def means_of(inputs: FlowInputs) -> tuple[GroupMean, ...]:
    """The mean course of every group when every client finds a place; shocks of demand do not move it."""
    return tuple(_mean(one, inputs) for one in inputs.groups)


@cache
def job_hours(group: GroupFlow, paid_months: int) -> Fraction:
    """Paid work hours of one job, on average.

    >>> job_hours(GroupFlow("g", 0, Fraction(0), Fraction(1), Fraction(1), 135, Fraction(1, 20)), 12).__round__()
    1241
    """
    return sum((group.hours * (1 - group.job_loss) ** month for month in range(paid_months)), Fraction(0))


def entrant_hours(group: GroupFlow, paid_months: int) -> Fraction:
    """Paid work hours that one new client brings, on average."""
    return group.open_work * job_hours(group, paid_months)


def _mean(group: GroupFlow, inputs: FlowInputs) -> GroupMean:
    served = [Fraction(group.stock)]
    for _ in range(inputs.months - 1):
        served.append(_short(served[-1] * (1 - group.leaving) + group.inflow))
    started = [Fraction(0), *(one * group.leaving * group.open_work for one in served[:-1])]
    kept = [(1 - group.job_loss) ** month for month in range(inputs.paid_months)]
    hours = tuple(
        group.hours
        * sum((started[month - age] * kept[age] for age in range(min(month + 1, inputs.paid_months))), Fraction(0))
        for month in range(inputs.months)
    )
    return GroupMean(group.group, tuple(served), hours)


def _short(value: Fraction) -> Fraction:
    """`value` to 1e-12: its exact digits grow with every month, and nobody reads them."""
    return Fraction(round(value * 10**12), 10**12)
