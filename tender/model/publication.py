"""What a publication or a draft is made from: the tender, its statements, and what ties it to the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tender.model.annex import Annex
from tender.model.corrections import Correction
from tender.model.statements import Statement
from tender.model.tender import Tender


@dataclass(frozen=True, slots=True)
class PrintedWaiver:
    """A finding that a named person took responsibility for, as the provenance of a publication prints it.

    Attributes:
        rule: Id of the rule; its words stand in ``templates/messages``.
        field: Path of the field.
        values: What the words need.
        basis: Legal basis.
        by: Who took responsibility.
        reason: Why.
        event: Number of the event on the record.
    """

    rule: str
    field: str
    values: Mapping[str, str]
    basis: str
    by: str
    reason: str
    event: int


@dataclass(frozen=True, slots=True)
class Publication:
    """One version of a tender on its way to readers.

    Attributes:
        tender: The tender.
        version: Version number of the call, from 1; 0 for a paper that stands apart from any version of it.
        today: The day of publication; the only clock that documents know.
        draft: Whether every page is watermarked and nothing is recorded.
        award_hash: Hash of the frozen award method; empty for a paper that stands apart.
        payment_hash: Hash of the frozen payment method; empty for a paper that stands apart.
        statements: What the documents say about the method, made by the code that computes it.
        record_head: Head of the record's chain before this publication, 64 hexadecimal digits.
        lots_commitment: SHA-256 of the secret seed that lots would be drawn with; empty when lots are not used.
        trial: Whether it is a rehearsal that no lawyer has confirmed; every page says so.
        correction: What this version changes in the one before; ``None`` in a first version.
        waived: Findings that named persons took responsibility for; printed with the provenance of clauses.
        annex: The open data annex; ``None`` before it is built.
    """

    tender: Tender
    version: int
    today: date
    draft: bool
    award_hash: str
    payment_hash: str
    statements: tuple[Statement, ...]
    record_head: str
    lots_commitment: str = ""
    trial: bool = False
    correction: Correction | None = None
    waived: tuple[PrintedWaiver, ...] = ()
    annex: Annex | None = None

    def statement(self, subject: str) -> Statement | None:
        """The statement about `subject`, such as ``award.criteria.price``; ``None`` when there is none."""
        return next((statement for statement in self.statements if statement.subject == subject), None)
