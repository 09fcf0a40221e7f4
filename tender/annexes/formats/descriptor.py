"""What ``datapackage.json`` says (Data Package v2): the whole annex but its cells.

Standard properties speak the annex's first language; beside them stand its own (``titles``, ``labels``, ``parent``,
``quantity``, ``unit``, ``use``, ``annex``) with all languages, from which the annex is read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tender.annexes.formats.codelists import Codelist, codelists, languages_of
from tender.annexes.formats.plain import plain, texts
from tender.annexes.formats.sound import STATUS, SYNTHETIC, VALUE
from tender.language import Language, Text
from tender.model.annex import Annex, AnnexTable, Axis, CellStatus
from tender.words import words

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = "CC-BY-4.0"
LICENCE_PAGE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
SYNTHETIC_MARK = "SYNTHETIC"
"""What every row and file of a synthetic annex says."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a written file.

    Attributes:
        bytes: Its length.
        sha256: Its SHA-256, as hexadecimal.
    """

    bytes: int
    sha256: str


def describe(annex: Annex, seals: Mapping[str, Written]) -> Json:
    """The descriptor of `annex`, with length and hash of each CSV file by its name."""
    languages = languages_of(annex)
    lists = codelists(annex)
    mark = f"{SYNTHETIC_MARK}: " if annex.synthetic else ""
    first = languages[0]
    return {
        "$schema": SCHEMA,
        "name": f"{slug(annex.tender)}-open-data",
        "languages": [language.value for language in languages],
        "title": f"{mark}{annex.title.best(first)}",
        "titles": texts(annex.title),
        "description": " ".join(f"{mark}{words(one).term('annex.format.description')}" for one in languages),
        "keywords": [*([SYNTHETIC_MARK] if annex.synthetic else []), "procurement", "employment services"],
        "contributors": [
            {"title": annex.publisher.best(first), "titles": texts(annex.publisher), "roles": ["publisher"]}
        ],
        "licenses": [{"name": LICENCE, "path": LICENCE_PAGE, "title": LICENCE_TITLE}],
        "annex": {
            "tender": annex.tender,
            "synthetic": annex.synthetic,
            "reference_day": annex.reference_day.isoformat(),
            "flow_from": annex.flow_from.isoformat(),
            "protected": plain(annex.protected),
            "notes": plain(annex.notes),
            "model_card": plain(annex.model_card),
        },
        "resources": [
            *(_table(table, annex, lists, seals[f"{table.id}.csv"], first) for table in annex.tables),
            *(_codes(one, annex, seals[f"{one.name}.csv"], languages) for one in dict.fromkeys(lists.values())),
        ],
    }  # fmt: skip


def slug(name: str) -> str:
    """`name` as an identifier of small letters, digits and hyphens.

    >>> slug("Pohjois-Savo 2018/1")
    'pohjois-savo-2018-1'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "annex"


def _resource(name: str, title: Text, seal: Written, first: Language) -> Json:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": title.best(first),
        "titles": texts(title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": seal.bytes,
        "hash": f"sha256:{seal.sha256}",
    }


def _table(
    table: AnnexTable, annex: Annex, lists: Mapping[tuple[str, str], Codelist], seal: Written, first: Language
) -> Json:
    axes = [axis.id for axis in table.axes]
    return {
        **_resource(table.id, table.title, seal, first),
        "description": table.use.best(first),
        "use": texts(table.use),
        "quantity": table.quantity.value,
        "unit": texts(table.unit),
        "schema": {
            "fields": [*(_axis(axis, first) for axis in table.axes), *_measures(table, annex, first)],
            "missingValues": [""],
            "primaryKey": axes,
            "foreignKeys": [
                {"fields": [axis], "reference": {"resource": lists[table.id, axis].name, "fields": ["code"]}}
                for axis in axes
            ],
        },
    }


def _axis(axis: Axis, first: Language) -> Json:
    return {
        "name": axis.id,
        "type": "string",
        "title": axis.label.best(first),
        "titles": texts(axis.label),
        "categories": [
            {
                "value": one.code,
                "label": one.label.best(first),
                "labels": texts(one.label),
                **({"parent": one.parent} if one.parent else {}),
            }
            for one in axis.categories
        ],
        "categoriesOrdered": axis.ordered,
        "constraints": {"required": True, "enum": [one.code for one in axis.categories]},
    }


def _measures(table: AnnexTable, annex: Annex, first: Language) -> Iterator[Json]:
    say = words(first).term
    yield {
        "name": VALUE,
        "type": "integer",
        "title": table.unit.best(first),
        "description": say("annex.format.value"),
        "constraints": {"minimum": 0},
    }
    statuses = [status.value for status in CellStatus]
    yield {
        "name": STATUS,
        "type": "string",
        "title": say("annex.format.status"),
        "categories": [{"value": status, "label": say(f"annex.status.{status}")} for status in statuses],
        "constraints": {"required": True, "enum": statuses},
    }
    if annex.synthetic:
        yield _synthetic()


def _synthetic() -> Json:
    return {"name": SYNTHETIC, "type": "string", "constraints": {"required": True, "enum": [SYNTHETIC_MARK]}}


def _codes(codelist: Codelist, annex: Annex, seal: Written, languages: Sequence[Language]) -> Json:
    named = [
        {"name": "code", "type": "string", "constraints": {"required": True}},
        {"name": "parent", "type": "string"},
    ]
    labels = [{"name": f"label_{language.value}", "type": "string"} for language in languages]
    return {
        **_resource(codelist.name, codelist.label, seal, languages[0]),
        "schema": {
            "fields": [*named, *labels, *([_synthetic()] if annex.synthetic else [])],
            "missingValues": [""],
            "primaryKey": ["code"],
            "foreignKeys": [{"fields": ["parent"], "reference": {"fields": ["code"]}}],
        },
    }
