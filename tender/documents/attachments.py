"""What travels inside a PDF besides its pages: the frozen methods, their statements and the announced volumes.

The same bytes lie in the publication's folder, so whoever has either has both.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tender.guards import as_text
from tender.language import Language
from tender.model.methods import Json, award_method, canonical, payment_method
from tender.model.publication import Publication
from tender.model.statements import as_plain
from tender.words import words

AWARD_FILE = "award_method.json"
PAYMENT_FILE = "payment_method.json"
STATEMENTS_FILE = "statements.json"
DELIMITER = ";"
"""Delimiter of our CSV files: the one that a Finnish spreadsheet expects, and no text of a tender needs it."""


class Relationship(StrEnum):
    """What an attachment is to the pages around it (ISO 32000-2, 7.11.3)."""

    DATA = "Data"
    SOURCE = "Source"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF.

    Attributes:
        name: Its file name, unique in the PDF.
        data: Its bytes.
        description: What it is, in the language of the PDF.
        relationship: What it is to the pages.
        media_type: Such as ``text/csv``.
    """

    name: str
    data: bytes
    description: str
    relationship: Relationship
    media_type: str


def call_attachments(publication: Publication, language: Language) -> tuple[Attachment, ...]:
    """What the call for tenders carries: all that a program needs to compute what the pages say."""
    term = words(language).term
    json_files = (
        (AWARD_FILE, method_bytes(award_method(publication.tender)), Relationship.SOURCE),
        (PAYMENT_FILE, method_bytes(payment_method(publication.tender)), Relationship.SOURCE),
        (STATEMENTS_FILE, statements_bytes(publication), Relationship.DATA),
    )
    volumes = Attachment(
        volumes_name(language),
        volumes_csv(publication, language),
        term("attachment.volumes"),
        Relationship.DATA,
        "text/csv",
    )
    return (
        *(
            Attachment(name, data, term(f"attachment.{name.split('.')[0]}"), relationship, "application/json")
            for name, data, relationship in json_files
        ),
        volumes,
    )


def method_bytes(method: Json) -> bytes:
    """A frozen method as its file has it: canonical JSON and a line's end, which its hash leaves out."""
    return canonical(method) + b"\n"


def statements_bytes(publication: Publication) -> bytes:
    """The statements of `publication` as their file has them."""
    return pretty(as_plain(publication.statements))


def pretty(value: object) -> bytes:
    """`value` as JSON for the eye, its keys sorted."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def volumes_name(language: Language) -> str:
    """File name of the announced volumes."""
    return f"announced-volumes.{language.value}.csv"


def volumes_csv(publication: Publication, language: Language) -> bytes:
    """The announced volumes by group and area: UTF-8, one row a number, its unit beside it.

    Text of the tender that a spreadsheet would take for a formula is disarmed.
    """
    term = words(language).term
    columns = ("group", "group-name", "area", "area-name", "quantity", "unit", "amount")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([term(f"volumes.{column}") for column in columns])
    writer.writerows([as_text(cell) for cell in row] for row in _volume_rows(publication, language))
    return text.getvalue().encode()


def _volume_rows(publication: Publication, language: Language) -> Iterator[tuple[str, ...]]:
    term, tender = words(language).term, publication.tender
    for group in tender.groups:
        name = group.name.best(language)
        for area in tender.areas:
            clients = group.clients.get(area.id)
            if clients is not None:  # a blank is not a zero
                place = (area.id, area.name.best(language))
                yield group.id, name, *place, term("volumes.clients"), term("volumes.clients-unit"), str(clients)
        for quantity, amount in (("client-months", group.client_months), ("work-hours", group.work_hours)):
            unit = term(f"volumes.{quantity}-unit")
            yield group.id, name, "", term("volumes.all-areas"), term(f"volumes.{quantity}"), unit, str(amount)
