"""From courses to distributions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evaluation.design.client_flow.course import Counts, Courses
from evaluation.design.client_flow.money import capitation, cash, hours, outcome
from tender.model.flow import FlowFound, FlowInputs, GroupFound, ProviderFound, Spread

_TAIL = 0.05
_POINTS = (0.05, 0.25, 0.5, 0.75, 0.95)


def found_of(inputs: FlowInputs, courses: Courses, seed: int) -> FlowFound:
    """What `courses` show at the prices of `inputs`."""
    monthly, outcomes = capitation(inputs, courses), outcome(inputs, courses)
    spend = (monthly + outcomes).sum(axis=(2, 3))
    dearest = _dearest(spend.sum(axis=1))
    return FlowFound(
        replications=len(spend),
        seed=seed,
        spend=spread(spend.sum(axis=1)),
        monthly=_by_month(spend),
        cumulated=_by_month(np.cumsum(spend, axis=1)),
        groups=_groups(inputs, courses, dearest),
        providers=_providers(courses, cash(inputs, (monthly, outcomes), courses.served), inputs),
        waiting=spread(courses.queue.sum(axis=1)),
        bounced=spread(courses.turned.sum(axis=(1, 2))),
        any_full=float((courses.turned.sum(axis=(1, 2)) > 0).mean()),
        outcome_share=_outcome_share(inputs, monthly, outcomes),
    )


def spread(values: Counts) -> Spread:
    """The figures of a distribution."""
    low, lower, middle, upper, high = (float(one) for one in np.quantile(values, _POINTS))
    return Spread(float(values.mean()), low, lower, middle, upper, high, float(values[_dearest(values)].mean()))


def _dearest(values: Counts) -> npt.NDArray[np.intp]:
    """Places of the highest 5 %, at least one."""
    count = max(1, -int(-len(values) * _TAIL // 1))
    return np.argsort(values, kind="stable")[-count:]


def _by_month(values: Counts) -> tuple[Spread, ...]:
    return tuple(spread(values[:, month]) for month in range(values.shape[1]))


def _means(values: Counts) -> tuple[float, ...]:
    return tuple(float(one) for one in values.mean(axis=0))


def _groups(inputs: FlowInputs, courses: Courses, dearest: npt.NDArray[np.intp]) -> tuple[GroupFound, ...]:
    months, worked = courses.served.sum(axis=3), hours(inputs, courses).sum(axis=3)
    return tuple(
        GroupFound(
            one.group,
            _means(months[:, :, place]),
            _means(worked[:, :, place]),
            _means(months[dearest, :, place]),
            _means(worked[dearest, :, place]),
            float(courses.entrants[:, place].mean()),
        )
        for place, one in enumerate(inputs.groups)
    )


def _providers(courses: Courses, in_hand: Counts, inputs: FlowInputs) -> tuple[ProviderFound, ...]:
    clients, full = courses.served.sum(axis=2), courses.turned > 0
    return tuple(
        ProviderFound(
            one.id,
            float(clients[:, :, place].mean()),
            float(full[:, :, place].any(axis=1).mean()),
            float(full[:, :, place].mean()),
            _means(in_hand[:, :, place]),
            tuple(float(each) for each in np.quantile(in_hand[:, :, place], _TAIL, axis=0)),
        )
        for place, one in enumerate(inputs.providers)
    )


def _outcome_share(inputs: FlowInputs, monthly: Counts, outcomes: Counts) -> tuple[float, ...]:
    """Share of outcome pay in the money of each outcome period, all replications together."""
    shares = []
    for first in range(0, inputs.months, inputs.invoice_months):
        period = slice(first, first + inputs.invoice_months)
        paid = float(outcomes[:, period].sum())
        total = paid + float(monthly[:, period].sum())
        shares.append(paid / total if total else 0.0)
    return tuple(shares)
