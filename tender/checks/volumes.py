"""Do the numbers of clients hold together: areas, groups, caps, own team, industries, bands, periods."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tender.checks.case import Case, flaw
from tender.checks.cost import MONTHS
from tender.checks.prices import names_match
from tender.checks.tree import FULL
from tender.errors import Finding
from tender.model.framework import AllocationRule
from tender.model.groups import RiskGroup
from tender.model.tender import Tender

CLIENT_MONTHS_TOLERANCE = Fraction(1, 10)
"""How far announced client-months may lie from 12 × clients before we ask."""

SHARE_TOLERANCE = Fraction(2, 100)
"""How far the own team's share may lie from its number of clients before we ask."""


def areas_given(case: Case) -> Iterator[Finding]:
    """The tender says which areas it serves."""
    if not case.tender.areas:
        yield flaw("areas.none", "areas")


def groups_given(case: Case) -> Iterator[Finding]:
    """The tender says which groups of clients it serves."""
    if not case.tender.groups:
        yield flaw("groups.none", "groups")


def group_areas(case: Case) -> Iterator[Finding]:
    """Every group has its number of clients in every area."""
    areas = tuple(area.id for area in case.tender.areas)
    for index, group in enumerate(case.tender.groups):
        if areas:
            yield from names_match(f"groups[{index}].clients", tuple(group.clients), areas, "groups.area")


def clients_not_negative(case: Case) -> Iterator[Finding]:
    """Numbers of clients are not negative."""
    for index, group in enumerate(case.tender.groups):
        for area, clients in group.clients.items():
            if clients < 0:
                yield flaw("groups.clients-negative", f"groups[{index}].clients.{area}", group=group.id, found=clients)


def volumes_positive(case: Case) -> Iterator[Finding]:
    """Every group has client-months and work hours, for a price without volume would be compared with nothing."""
    for index, group in enumerate(case.tender.groups):
        for name, found in (("client_months", group.client_months), ("work_hours", group.work_hours)):
            if found <= 0:
                yield flaw("groups.volume-positive", f"groups[{index}].{name}", group=group.id, found=found)


def client_months(case: Case) -> Iterator[Finding]:
    """Announced client-months are about 12 × clients."""
    if not totals_agree(case.tender):
        return
    for index, group in enumerate(case.tender.groups):
        expected = MONTHS * group.client_total
        far = abs(group.client_months - expected) > CLIENT_MONTHS_TOLERANCE * expected
        if far and expected > 0 and group.client_months > 0:
            values = {"found": group.client_months, "expected": expected, "clients": group.client_total}
            yield flaw("groups.client-months", f"groups[{index}].client_months", group=group.id, **values)


def counts_positive(case: Case) -> Iterator[Finding]:
    """Providers, clients and cap are given."""
    framework = case.tender.framework
    for name in ("providers", "client_total", "client_cap"):
        found: int = getattr(framework, name)
        if found < 1:
            yield flaw("framework.count-positive", f"framework.{name}", found=found)


def client_total(case: Case) -> Iterator[Finding]:
    """The forecast of the providers together is the sum of the groups."""
    tender = case.tender
    if _groups_whole(tender) and tender.framework.client_total > 0 and not totals_agree(tender):
        expected = sum(group.client_total for group in tender.groups)
        yield flaw(
            "framework.client-total", "framework.client_total", found=tender.framework.client_total, sum=expected
        )


def totals_agree(tender: Tender) -> bool:
    """Whether the groups are whole and sum to the forecast, for rules that rest on both."""
    total = sum(group.client_total for group in tender.groups)
    return _groups_whole(tender) and total == tender.framework.client_total > 0


def _groups_whole(tender: Tender) -> bool:
    areas = {area.id for area in tender.areas}
    return bool(tender.groups) and all(_whole(group, areas) for group in tender.groups)


def _whole(group: RiskGroup, areas: set[str]) -> bool:
    return set(group.clients) == areas and all(clients >= 0 for clients in group.clients.values())


def capacity(case: Case) -> Iterator[Finding]:
    """The caps of all providers together hold the forecast; we say when they do not hold it without one of them."""
    framework = case.tender.framework
    if framework.providers < 1 or framework.client_cap < 1 or not totals_agree(case.tender):
        return
    total, places = framework.client_total, framework.client_cap * framework.providers
    values = {"cap": framework.client_cap, "providers": framework.providers, "expected": total}
    if places < total:
        yield flaw("framework.capacity", "framework.client_cap", found=places, **values)
    elif framework.providers > 1 and places - framework.client_cap < total:
        found = places - framework.client_cap
        yield flaw("framework.capacity-without-one", "framework.client_cap", found=found, **values)


def own_team_share(case: Case) -> Iterator[Finding]:
    """The own team's share is a share, and its clients are about that share of all clients."""
    team, total = case.tender.own_team, case.tender.framework.client_total
    if team is None:
        return
    if not 0 < team.share < 1:
        yield flaw("own-team.share-range", "own_team.share", found=team.share)
    elif team.clients < 1:
        yield flaw("own-team.clients-positive", "own_team.clients", found=team.clients)
    elif totals_agree(case.tender) and abs(Fraction(team.clients, team.clients + total) - team.share) > SHARE_TOLERANCE:
        values = {"found": team.clients, "all": team.clients + total, "share": team.share}
        yield flaw("own-team.share", "own_team.clients", **values)


def industries_given(case: Case) -> Iterator[Finding]:
    """Clients are assigned by industry when, and only when, there are industries."""
    choice = case.tender.choice
    if choice.rule is AllocationRule.INDUSTRY and not choice.industries:
        yield flaw("choice.industries-missing", "choice.industries")
    elif choice.rule is not AllocationRule.INDUSTRY and choice.industries:
        yield flaw("choice.industries-unused", "choice.industries", found=choice.rule)


def industry_clients(case: Case) -> Iterator[Finding]:
    """Every industry has clients."""
    for index, industry in enumerate(case.tender.choice.industries):
        if industry.clients < 1:
            field = f"choice.industries[{index}].clients"
            yield flaw("choice.industry-clients", field, industry=industry.id, found=industry.clients)


def industries_sum(case: Case) -> Iterator[Finding]:
    """The industries sum to all clients: those of the providers and of the own team."""
    choice, team = case.tender.choice, case.tender.own_team
    upset = any((*industry_clients(case), *own_team_share(case))) or not totals_agree(case.tender)
    if choice.rule is not AllocationRule.INDUSTRY or not choice.industries or upset:
        return
    expected = case.tender.framework.client_total + (team.clients if team is not None else 0)
    found = sum(industry.clients for industry in choice.industries)
    if found != expected:
        field = f"choice.industries[{len(choice.industries) - 1}].clients"
        yield flaw("choice.industries-sum", field, found=found, expected=expected)


def choice_period(case: Case) -> Iterator[Finding]:
    """A choice holds for a month at least."""
    months = case.tender.choice.period_months
    if months < 1:
        yield flaw("choice.period", "choice.period_months", found=months)


def bands(case: Case) -> Iterator[Finding]:
    """Volume bands rise without gaps and hold the forecast itself; the first fault is told."""
    found = case.tender.framework.dynamic.volume_bands
    path = "framework.dynamic.volume_bands"
    if not found:
        yield flaw("bands.none", path)
        return
    for index, band in enumerate(found):
        if not 0 <= band.lower < band.upper:
            yield flaw("bands.order", f"{path}[{index}].upper", lower=band.lower, upper=band.upper)
            return
    for index, (before, band) in enumerate(pairwise(found), start=1):
        if band.lower != before.upper:
            yield flaw("bands.gap", f"{path}[{index}].lower", found=band.lower, expected=before.upper)
            return
    if not found[0].lower <= FULL <= found[-1].upper:
        yield flaw("bands.forecast", path, lower=found[0].lower, upper=found[-1].upper)


def billing_periods(case: Case) -> Iterator[Finding]:
    """Billing periods and the term of payment are at least one month or day, and an hours cap lets hours through."""
    billing = case.tender.billing
    for name in ("capitation_months", "outcome_months", "payment_days"):
        found: int = getattr(billing, name)
        if found < 1:
            yield flaw("billing.period", f"billing.{name}", found=found)
    if billing.hours_cap is not None and billing.hours_cap < 1:
        yield flaw("billing.hours-cap", "billing.hours_cap", found=billing.hours_cap)


VOLUMES = (
    areas_given,
    groups_given,
    group_areas,
    clients_not_negative,
    volumes_positive,
    client_months,
    counts_positive,
    client_total,
    capacity,
    own_team_share,
    industries_given,
    industry_clients,
    industries_sum,
    choice_period,
    bands,
    billing_periods,
)
"""The rules of this file."""
