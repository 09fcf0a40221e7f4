"""The context of the description of the division of labour (A10; B1–B2): step, who, legal basis, practice, data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.language import Language, Text
from tender.model.clauses import DivisionTask, Responsible
from tender.model.framework import OwnTeam
from tender.model.publication import Publication
from tender.model.tender import Buyer, RulePack


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the client's process.

    Attributes:
        number: Its number in the description, from 1; every table uses the same.
        task: The step with the one party that answers for it.
        by_authority: Whether that is the authority.
    """

    number: int
    task: DivisionTask
    by_authority: bool


@dataclass(frozen=True, slots=True)
class DivisionContext:
    """What the description of the division of labour prints.

    Attributes:
        title: Name of the procurement.
        buyer: The contracting authority.
        bilingual: Whether the authority is bilingual.
        current_law: Whether today's law pack applies (Act 380/2023); the 2018 examples know nothing of it.
        steps: Every step in the order of the client's process.
        authority: Steps of the authority.
        provider: Steps of the provider.
        owed: Steps that are owed to every client and paid by capitation.
        languages: Languages in which clients are served; empty when not declared.
        own_team: The buyer's own production, kept apart from arranging; ``None`` when there is none.
        effects: What is assessed of the division, such as the separation of arranging and producing; may be empty.
        version: Version of the description.
        published: Day of this version.
    """

    title: Text
    buyer: Buyer
    bilingual: bool
    current_law: bool
    steps: tuple[StepRow, ...]
    authority: tuple[StepRow, ...]
    provider: tuple[StepRow, ...]
    owed: tuple[StepRow, ...]
    languages: tuple[Language, ...]
    own_team: OwnTeam | None
    effects: tuple[Text, ...]
    version: int
    published: date


def division_context(publication: Publication) -> DivisionContext:
    """The context of the description of the division of labour of `publication`."""
    tender = publication.tender
    steps = tuple(
        StepRow(number, task, task.responsible is Responsible.AUTHORITY)
        for number, task in enumerate(tender.division, start=1)
    )
    return DivisionContext(
        title=tender.title,
        buyer=tender.buyer,
        bilingual=tender.buyer.bilingual,
        current_law=tender.rule_pack is RulePack.FINLAND_2026,
        steps=steps,
        authority=tuple(step for step in steps if step.by_authority),
        provider=tuple(step for step in steps if not step.by_authority),
        owed=tuple(step for step in steps if step.task.owed_to_all),
        languages=tender.service.languages if tender.service else (),
        own_team=tender.own_team,
        effects=tender.impact.effects if tender.impact else (),
        version=publication.version,
        published=publication.today,
    )
