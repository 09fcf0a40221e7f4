"""Demands on providers, the division of labour, and what the whole depends on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tender.language import NO_TEXT, Text


class Responsible(StrEnum):
    """Who answers for a task; every task has exactly one."""

    AUTHORITY = "authority"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class SuitabilityRequirement:
    """A suitability requirement (*soveltuvuusvaatimus*), answered yes or no with evidence (A5).

    Attributes:
        id: Short id.
        name: Its name.
        requirement: What is required.
        evidence: How it is shown.
    """

    id: str
    name: Text
    requirement: Text
    evidence: Text


@dataclass(frozen=True, slots=True)
class DivisionTask:
    """One step of the client's process and who answers for it (A10).

    Attributes:
        id: Short id.
        step: What is done.
        responsible: Who answers for it.
        basis: Statutory basis.
        owed_to_all: Whether it is an act owed to every client, which capitation pays for (A3 d).
        practice: Everyday practice between authority and provider.
        data: Which data flow in which system.
    """

    id: str
    step: Text
    responsible: Responsible
    basis: Text
    owed_to_all: bool = False
    practice: Text = NO_TEXT
    data: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that the whole procurement depends on (A4).

    Attributes:
        id: Short id.
        text: The condition as it stands in the call for tenders and the agreement.
    """

    id: str
    text: Text
