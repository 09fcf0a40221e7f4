"""The values of the draft framework agreement: what the tender file declares, seen from the contract's side.

Every number and formula comes from the same tender and the same statements as the call for tenders prints, so the two
documents cannot differ (HL 67.2; KHO 2014:55). Optional parts have a field that holds
nothing when they are not declared.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tender.documents.numbers import present
from tender.documents.rows import VolumeRow, volume_rows, volume_sum
from tender.language import Language, Text
from tender.model.clauses import Condition, DivisionTask, Responsible
from tender.model.framework import (
    CapCounts,
    ClientChoice,
    Framework,
    Impact,
    Industry,
    OwnTeam,
    Service,
    VolumeBand,
)
from tender.model.groups import Area, RiskGroup
from tender.model.indicators import BonusSanction, Verification
from tender.model.prices import Billing, PriceForm, PricePart, PriceRange, PriceUnit, price_cells
from tender.model.publication import Publication
from tender.model.tender import Buyer, BuyerKind, Regime, RulePack, Tender
from tender.model.timetable import Timetable

MONTHS = 12

ANNEXES = ("call-for-tenders", "payment-annex", "tender", "impact-plan", "hours-tracking", "division", "processing")
"""Annexes of every agreement, in order; the plan and the model of the tender become annexes (A13)."""

GENERAL_TERMS = "general-terms"
"""The annex of general terms, when the tender names some."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price that the agreement fixes.

    Attributes:
        unit: What the price is for.
        group: Name of the group, ``None`` for a base price.
        range: The buyer's range.
    """

    unit: PriceUnit
    group: Text | None
    range: PriceRange


@dataclass(frozen=True, slots=True)
class WeightRow:
    """Announced weights of one risk group.

    Attributes:
        group: Name of the group.
        capitation: Weight of the capitation price; ``None`` when it is tendered by group.
        outcome: Weight of the outcome price; ``None`` when it is tendered by group.
    """

    group: Text
    capitation: Decimal | None
    outcome: Decimal | None


@dataclass(frozen=True, slots=True)
class AgreementContext:
    """What the clauses of the draft framework agreement print.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number; empty before there is one.
        languages: Languages of the agreement; the first prevails.
        notice: Number of the contract notice; empty before there is one.
        buyer: The contracting authority.
        central_buyer: Whether the buyer is a central government authority (CON-07).
        full_regime: Whether the full EU part of the procurement act applies, so that its sections 32–98 may be cited.
        current_law: Whether today's law pack applies (Act 380/2023); the 2018 examples know nothing of it.
        description: What is bought.
        framework: The framework arrangement.
        timetable: When production begins and ends.
        option_end: Last day of production with the option; ``None`` without an option.
        conditions: What the agreement depends on.
        areas: The areas.
        groups: The risk groups.
        volumes: Forecast clients by group and area.
        volume_total: The same, all groups together.
        choice: How clients come to a provider.
        industries: Industries; empty when clients choose.
        cap_counts_stock: Whether the cap counts clients at a time, not entrants of a year.
        authority_tasks: Tasks of the authority.
        provider_tasks: Tasks of the provider.
        service: Reachability of the service; ``None`` when not declared.
        prices: Prices to be fixed.
        weights: Announced weights; empty when both prices are tendered by group.
        unit_decimals: Decimals of a group's unit price of capitation.
        vat_rate: VAT in percent as announced.
        payment_hash: Hash of the payment method.
        billing: Billing periods and what is billable.
        bonus_sanction: Complementary indicators; ``None`` when not declared.
        verification: Random check of hours; ``None`` when not declared.
        volume_bands: Volume bands with repricing; empty when not declared.
        forecast_months: Announced client-months in a year, all groups together.
        has_dynamic: Whether any of the three following elements is declared.
        reserve_ranking: Whether tenders that were not chosen stay in reserve.
        mini_competition: Whether parts may be tendered among the providers.
        reopening_months: Every how many months new providers may enter; ``None`` when never.
        impact: How results are measured; ``None`` when not declared.
        own_team: The buyer's own production; ``None`` when there is none.
        round_learns: What this round is to teach; ``None`` when not declared.
        annexes: Ids of the annexes in order (terms ``agreement.annex.…``).
    """

    title: Text
    diary_number: str
    languages: tuple[Language, ...]
    notice: str
    buyer: Buyer
    central_buyer: bool
    full_regime: bool
    current_law: bool
    description: Text
    framework: Framework
    timetable: Timetable
    option_end: date | None
    conditions: tuple[Condition, ...]
    areas: tuple[Area, ...]
    groups: tuple[RiskGroup, ...]
    volumes: tuple[VolumeRow, ...]
    volume_total: VolumeRow
    choice: ClientChoice
    industries: tuple[Industry, ...]
    cap_counts_stock: bool
    authority_tasks: tuple[DivisionTask, ...]
    provider_tasks: tuple[DivisionTask, ...]
    service: Service | None
    prices: tuple[PriceRow, ...]
    weights: tuple[WeightRow, ...]
    unit_decimals: int
    vat_rate: Decimal
    payment_hash: str
    billing: Billing
    bonus_sanction: BonusSanction | None
    verification: Verification | None
    volume_bands: tuple[VolumeBand, ...]
    forecast_months: int
    has_dynamic: bool
    reserve_ranking: bool
    mini_competition: bool
    reopening_months: int | None
    impact: Impact | None
    own_team: OwnTeam | None
    round_learns: Text | None
    annexes: tuple[str, ...]


def agreement_context(publication: Publication) -> AgreementContext:
    """The values of `publication`'s draft framework agreement."""
    tender = publication.tender
    dynamic, by_group = tender.framework.dynamic, {group.id: group.name for group in tender.groups}
    volumes = volume_rows(tender.groups, tender.areas)
    return AgreementContext(
        title=tender.title,
        diary_number=tender.diary_number,
        languages=tender.languages,
        notice=tender.procedure.notice,
        buyer=tender.buyer,
        central_buyer=tender.buyer.kind is BuyerKind.CENTRAL,
        full_regime=tender.procedure.regime is Regime.EU,
        current_law=tender.rule_pack is RulePack.FINLAND_2026,
        description=tender.object.description,
        framework=tender.framework,
        timetable=tender.timetable,
        option_end=option_end(tender.timetable),
        conditions=tender.conditions,
        areas=tender.areas,
        groups=tender.groups,
        volumes=volumes,
        volume_total=volume_sum(volumes),
        choice=tender.choice,
        industries=tender.choice.industries,
        cap_counts_stock=dynamic.cap_counts is CapCounts.STOCK,
        authority_tasks=_tasks(tender, Responsible.AUTHORITY),
        provider_tasks=_tasks(tender, Responsible.PROVIDER),
        service=tender.service,
        prices=tuple(
            PriceRow(cell.unit, by_group[cell.group] if cell.group else None, cell.range)
            for cell in price_cells(tender.prices)
        ),
        weights=weight_rows(tender),
        unit_decimals=tender.prices.capitation.unit_decimals,
        vat_rate=tender.prices.vat_rate,
        payment_hash=publication.payment_hash,
        billing=tender.billing,
        bonus_sanction=tender.bonus_sanction,
        verification=tender.verification,
        volume_bands=dynamic.volume_bands,
        forecast_months=sum(group.client_months for group in tender.groups),
        has_dynamic=bool(dynamic.reserve_ranking or dynamic.mini_competition or dynamic.reopening_months),
        reserve_ranking=dynamic.reserve_ranking,
        mini_competition=dynamic.mini_competition,
        reopening_months=dynamic.reopening_months,
        impact=tender.impact,
        own_team=tender.own_team,
        round_learns=tender.round.learns if tender.round else None,
        annexes=(*ANNEXES, GENERAL_TERMS) if present(tender.framework.general_terms) else ANNEXES,
    )


def option_end(timetable: Timetable) -> date | None:
    """Last day of production with the option, or ``None`` without one.

    The day keeps its number; the last day of a month leads to the last day of a month.
    """
    if not timetable.option_months:
        return None
    end = timetable.production_end
    years, month = divmod(end.month - 1 + timetable.option_months, MONTHS)
    length = calendar.monthrange(end.year + years, month + 1)[1]
    was_last = end.day == calendar.monthrange(end.year, end.month)[1]
    return date(end.year + years, month + 1, length if was_last else min(end.day, length))


def weight_rows(tender: Tender) -> tuple[WeightRow, ...]:
    """Announced weights of every group; empty when both prices are tendered by group, which have none."""
    capitation, outcome = (_announced(part) for part in (tender.prices.capitation, tender.prices.outcome))
    if not capitation and not outcome:
        return ()
    return tuple(WeightRow(group.name, capitation.get(group.id), outcome.get(group.id)) for group in tender.groups)


def _announced(part: PricePart) -> Mapping[str, Decimal]:
    return (part.weights or {}) if part.form is PriceForm.BASE_TIMES_WEIGHT else {}


def _tasks(tender: Tender, responsible: Responsible) -> tuple[DivisionTask, ...]:
    return tuple(task for task in tender.division if task.responsible is responsible)
