"""Do the ordered tables of the open data hold together: days, limits, breakdowns, protection, anchors (A9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from tender.checks.case import Case, flaw
from tender.errors import Finding
from tender.model.open_data import ALLOWED, Anchors, Breakdown, Guard, OpenData
from tender.model.tender import Tender

_AT = "open_data"


def _order(case: Case) -> OpenData | None:
    return case.tender.open_data


def flow_period(case: Case) -> Iterator[Finding]:
    """The flow period begins before it ends, and ends before the call for tenders is published."""
    order = _order(case)
    if order is None:
        return
    if order.flow_from > order.reference_day:
        values = {"found": order.flow_from, "reference": order.reference_day}
        yield flaw("open-data.period", f"{_AT}.flow_from", **values)
    published = case.tender.timetable.published
    if order.reference_day >= published:
        yield flaw("open-data.not-past", f"{_AT}.reference_day", found=order.reference_day, published=published)


def whole_months(case: Case) -> Iterator[Finding]:
    """Where a table has months, the flow period consists of whole ones: half a month would look like a quiet one."""
    order = _order(case)
    if order is None or not any(Breakdown.MONTH in table.dimensions for table in order.tables):
        return
    for name, day in (("flow_from", order.flow_from), ("reference_day", order.reference_day + timedelta(days=1))):
        if day.day != 1:
            yield flaw("open-data.months", f"{_AT}.{name}", found=getattr(order, name))


def limits_rise(case: Case) -> Iterator[Finding]:
    """The limits of classes rise; the first that does not is told."""
    order = _order(case)
    for name in ("age_limits", "duration_limits") if order is not None else ():
        limits: tuple[int, ...] = getattr(order, name)
        for at, (before, limit) in enumerate(pairwise(limits), start=1):
            if limit < before:
                yield flaw("open-data.limits", f"{_AT}.{name}[{at}]", found=limit, before=before)
                break


def breakdowns_fit(case: Case) -> Iterator[Finding]:
    """A table is broken down by what its quantity can be broken down by."""
    order = _order(case)
    for number, table in enumerate(order.tables if order is not None else ()):
        for at, dimension in enumerate(table.dimensions):
            if dimension not in ALLOWED[table.quantity]:
                field = f"{_AT}.tables[{number}].dimensions[{at}]"
                allowed = ", ".join(sorted(each.value for each in ALLOWED[table.quantity]))
                yield flaw("open-data.breakdown", field, found=dimension.value, quantity=table.quantity.value,
                           allowed=allowed)  # fmt: skip


def tables_differ(case: Case) -> Iterator[Finding]:
    """No two tables count the same by the same."""
    order = _order(case)
    seen: dict[object, str] = {}
    for number, table in enumerate(order.tables if order is not None else ()):
        what = (table.quantity, frozenset(table.dimensions))
        if what in seen:
            yield flaw("open-data.table-twice", f"{_AT}.tables[{number}].dimensions", found=table.id, first=seen[what])
        seen.setdefault(what, table.id)


def base_guards(case: Case) -> Iterator[Finding]:
    """Rounded counts are zero or at least the threshold."""
    order = _order(case)
    if order is not None and order.guard is Guard.ROUND and order.base < order.threshold:
        yield flaw("open-data.rounding-base", f"{_AT}.base", found=order.base, threshold=order.threshold)


def anchors_agree(case: Case) -> Iterator[Finding]:
    """Shares of the inflow sum to one; with them, inflow and exit rates make the stock of every group."""
    order = _order(case)
    anchors = order.anchors if order is not None else None
    if anchors is None or not _whole(case.tender, anchors):
        return
    total = sum(anchors.entry_shares.values(), Decimal(0))
    if abs(total - 1) > anchors.tolerance / 10:
        yield flaw("open-data.entry-shares", f"{_AT}.anchors.entry_shares", found=total)
        return
    for group in case.tender.groups:
        stock = anchors.inflow * anchors.entry_shares[group.id] / anchors.exit_rates[group.id]
        if abs(stock - group.client_total) > max(Decimal(1), anchors.tolerance * group.client_total):
            yield flaw("open-data.anchor-stock", f"{_AT}.anchors.exit_rates.{group.id}", group=group.id,
                       found=round(stock), expected=group.client_total)  # fmt: skip


def _whole(tender: Tender, anchors: Anchors) -> bool:
    """Whether the anchors are about the tender's groups and divide by nothing."""
    groups = {group.id for group in tender.groups}
    return set(anchors.entry_shares) == set(anchors.exit_rates) == groups and all(anchors.exit_rates.values())


OPEN_DATA = (
    flow_period,
    whole_months,
    limits_rise,
    breakdowns_fit,
    tables_differ,
    base_guards,
    anchors_agree,
)
"""The rules of this file."""
