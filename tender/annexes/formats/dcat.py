"""The catalogue record of the annex (DCAT-AP as JSON-LD), for portals of open data.

Addresses are relative to the record, because nobody knows at publication where the folder will lie.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.descriptor import SYNTHETIC_MARK, slug
from tender.annexes.formats.guide import Issue
from tender.annexes.formats.phrases import period, say
from tender.language import Language, Text

RECORD = "dcat.jsonld"
"""Name of the record's file."""

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA = "http://www.iana.org/assignments/media-types"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = {Language.FI: "FIN", Language.SV: "SWE", Language.EN: "ENG"}
_KINDS = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

Json = dict[str, Any]


def write_record(issue: Issue, files: Mapping[str, bytes]) -> bytes:
    """The record of the annex whose folder holds `files`, each a distribution with its length and hash."""
    annex = issue.annex
    languages = languages_of(annex)
    name = f"{slug(annex.tender)}-open-data"
    record = {
        "@context": _CONTEXT,
        "@id": f"#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": [_spoken(_title(issue, one), one) for one in languages],
        "dct:description": [_spoken(_description(issue, one), one) for one in languages],
        "dct:publisher": {"@id": "#publisher", "@type": "foaf:Agent", "foaf:name": _texts(annex.publisher)},
        "dct:issued": _typed(issue.day.isoformat(), "date"),
        "dct:language": [_known(f"language/{_LANGUAGES[one]}", "dct:LinguisticSystem") for one in languages],
        "dct:accessRights": _known("access-right/PUBLIC", "dct:RightsStatement"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(annex.flow_from.isoformat(), "date"),
            "dcat:endDate": _typed(annex.reference_day.isoformat(), "date"),
        },
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        "dcat:keyword": [_spoken(word, one) for one in languages for word in _keywords(issue, one)],
        **({} if issue.version is None else {"dcat:version": str(issue.version)}),
        "foaf:page": [{"@id": path, "@type": "foaf:Document"} for path in files if path.endswith(".txt")],
        "dcat:distribution": [_distribution(path, data) for path, data in files.items() if not path.endswith(".txt")],
    }
    return f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode()


def _title(issue: Issue, language: Language) -> str:
    mark = f"{SYNTHETIC_MARK}: " if issue.annex.synthetic else ""
    return f"{mark}{issue.annex.title.best(language)}: {say('annex.guide.title', language)}"


def _description(issue: Issue, language: Language) -> str:
    made_up = [say("annex.format.synthetic", language)] if issue.annex.synthetic else []
    return " ".join([*made_up, say("annex.format.description", language), period(issue.annex, language)])


def _keywords(issue: Issue, language: Language) -> Iterator[str]:
    if issue.annex.synthetic:
        yield SYNTHETIC_MARK
    yield say("annex.keyword.procurement", language)
    yield say("annex.keyword.services", language)


def _distribution(path: str, data: bytes) -> Json:
    """One file: where it is, what it is, how long, with which hash."""
    kind, media = _KINDS.get(path.rpartition(".")[2], ("", ""))
    known = {
        "dct:format": _known(f"file-type/{kind}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": {"@id": f"{_MEDIA}/{media}", "@type": "dct:MediaType"},
    }
    return {
        "@id": f"#{path}",
        "@type": "dcat:Distribution",
        "dct:title": path,
        "dcat:accessURL": {"@id": path},
        "dcat:downloadURL": {"@id": path},
        "dct:license": _known("licence/CC_BY_4_0", "dct:LicenseDocument"),
        **(known if kind else {}),
        "dcat:byteSize": _typed(str(len(data)), "decimal"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(hashlib.sha256(data).hexdigest(), "hexBinary"),
        },
    }


def _texts(text: Text) -> Sequence[Json]:
    spoken = ((text.get(language), language) for language in Language)
    return [_spoken(words, language) for words, language in spoken if words]


def _known(concept: str, kind: str) -> Json:
    """A concept of the vocabularies that the Publications Office of the European Union keeps."""
    return {"@id": f"{_EU}/{concept}", "@type": kind}


def _spoken(words: str, language: Language) -> Json:
    return {"@value": words, "@language": language.value}


def _typed(value: str, kind: str) -> Json:
    return {"@value": value, "@type": f"xsd:{kind}"}
