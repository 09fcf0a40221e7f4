"""Milestones of the market dialogue on the record: it opened on these sources, its summary was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tender.record.events import Kind
from tender.record.nouns import Noun


@dataclass(frozen=True, slots=True)
class DialogueOpened(Noun):
    """The dialogue opened: what the drafts said is frozen, so that later changes can be told.

    Attributes:
        sources: SHA-256 of the files of the tender by path: the tender file, its texts and own clauses.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.DIALOGUE_OPENED

    sources: Mapping[str, str]
    by: str


@dataclass(frozen=True, slots=True)
class SummaryPublished(Noun):
    """The summary of the dialogue was published (DIA-05).

    Attributes:
        files: SHA-256 of the published files by name.
        by: Name.
    """

    kind: ClassVar[Kind] = Kind.DIALOGUE_SUMMARY

    files: Mapping[str, str]
    by: str
