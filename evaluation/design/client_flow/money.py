"""From counts to money in whole cents, rounded where an invoice rounds: one line for a period, group and provider."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evaluation.design.client_flow.course import Counts, Courses
from tender.model.flow import FlowInputs

_PER_CENT = 100
"""Ten-thousandths of a euro in a cent."""


def capitation(inputs: FlowInputs, courses: Courses) -> Counts:
    """Cents of capitation by replication, month, group and provider."""
    prices = np.array([one.capitation for one in inputs.prices], dtype=np.int64)
    return np.asarray(courses.served * prices[None, None, :, None])


def hours(inputs: FlowInputs, courses: Courses) -> Counts:
    """Paid work hours by replication, month, group and provider."""
    each = np.array([one.hours for one in inputs.groups], dtype=np.int64)
    return np.asarray(courses.jobs * each[None, None, :, None])


def outcome(inputs: FlowInputs, courses: Courses) -> Counts:
    """Cents of outcome pay as they fall due by month: the months of a period add up to its rounded invoice line."""
    prices = np.array([one.outcome for one in inputs.prices], dtype=np.int64)
    worth = hours(inputs, courses) * prices[None, None, :, None]
    due = np.zeros_like(worth)
    for first in range(0, inputs.months, inputs.invoice_months):
        period = slice(first, first + inputs.invoice_months)
        so_far = (np.cumsum(worth[:, period], axis=1) + _PER_CENT // 2) // _PER_CENT
        due[:, period] = np.diff(so_far, axis=1, prepend=0)
    return due


def cash(inputs: FlowInputs, paid: tuple[Counts, Counts], served: Counts) -> npt.NDArray[np.int64]:
    """Cents in hand by replication, month and provider: costs at once, capitation and outcome pay when paid.

    Capitation is invoiced at the end of its month and outcome pay at the end of its period; both are paid
    `payment_months` later.
    """
    costs = np.array([one.cost for one in inputs.prices], dtype=np.int64)
    monthly, outcomes = (part.sum(axis=2) for part in paid)
    flow = -(served * costs[None, None, :, None]).sum(axis=2)
    later = inputs.payment_months
    if later < inputs.months:
        flow[:, later:] += monthly[:, : inputs.months - later]
    for first in range(0, inputs.months, inputs.invoice_months):
        due = first + inputs.invoice_months - 1 + later
        if due < inputs.months:
            flow[:, due] += outcomes[:, first : first + inputs.invoice_months].sum(axis=1)
    return np.asarray(np.cumsum(flow, axis=1))
