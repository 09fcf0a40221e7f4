"""The context of the description of how clients reach a provider, and of the client cap (A3, A12; B3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.documents.forecast import industries_of
from tender.documents.rows import VolumeRow, volume_rows, volume_sum
from tender.language import Text
from tender.model.framework import AllocationRule, CapCounts, ClientChoice, Framework, Industry, OwnTeam, Service
from tender.model.groups import Area
from tender.model.publication import Publication
from tender.model.tender import Buyer

FLOWS = ("a", "b", "c", "d", "e", "f")
"""The six flows of the concept (A3); their words are the terms ``client-choice.flow.…``."""


@dataclass(frozen=True, slots=True)
class ChoiceContext:
    """What the description of the clients' way to a provider prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        flows: Ids of the six flows; empty when clients are assigned by industry.
        by_choice: Whether clients choose their provider.
        choice: The process step by step, period, default rule and overflow.
        industries: Industries; empty when clients choose.
        industry_total: Forecast clients of all industries together.
        own_team: The buyer's own production, which takes clients beside the providers; ``None`` when there is none.
        framework: Number of providers, forecast clients and cap.
        cap_counts_stock: Whether the cap counts clients at a time, not entrants of a year.
        ranked: Whether the number of providers is fixed by a selection.
        cap_together: The caps of all chosen providers together.
        fewest_providers: How many providers at their caps it takes to serve the forecast clients.
        areas: The areas.
        volume_total: Forecast clients by area, all groups together.
        service: Languages and reach that the choice is told of; ``None`` when not declared.
        version: Version of the description.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    flows: tuple[str, ...]
    by_choice: bool
    choice: ClientChoice
    industries: tuple[Industry, ...]
    industry_total: int
    own_team: OwnTeam | None
    framework: Framework
    cap_counts_stock: bool
    ranked: bool
    cap_together: int
    fewest_providers: int
    areas: tuple[Area, ...]
    volume_total: VolumeRow
    service: Service | None
    version: int
    published: date


def choice_context(publication: Publication) -> ChoiceContext:
    """The context of the description of the clients' way to a provider of `publication`."""
    tender = publication.tender
    framework, industries = tender.framework, industries_of(tender)
    by_choice = tender.choice.rule is AllocationRule.CLIENT_CHOICE
    return ChoiceContext(
        title=tender.title,
        buyer=tender.buyer,
        flows=FLOWS if by_choice else (),
        by_choice=by_choice,
        choice=tender.choice,
        industries=industries,
        industry_total=sum(industry.clients for industry in industries),
        own_team=tender.own_team,
        framework=framework,
        cap_counts_stock=framework.dynamic.cap_counts is CapCounts.STOCK,
        ranked=not framework.dynamic.admit_all_suitable,
        cap_together=framework.providers * framework.client_cap,
        fewest_providers=-(-framework.client_total // max(framework.client_cap, 1)),
        areas=tender.areas,
        volume_total=volume_sum(volume_rows(tender.groups, tender.areas)),
        service=tender.service,
        version=publication.version,
        published=publication.today,
    )
