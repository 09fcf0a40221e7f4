"""Writing the data package: one CSV for each table, code lists, and ``datapackage.json`` (Frictionless v2)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from tender.annexes.formats.codelists import Codelist, codelists, languages_of
from tender.annexes.formats.descriptor import SYNTHETIC_MARK, Written, describe
from tender.annexes.formats.sound import STATUS, SYNTHETIC, VALUE, guard_annex
from tender.guards import as_text
from tender.language import Language
from tender.model.annex import Annex, AnnexTable

DESCRIPTOR = "datapackage.json"
"""Name of the file that describes the others."""

Row = Sequence[str | int | None]


def write_package(annex: Annex) -> Mapping[str, bytes]:
    """The data package of `annex`: bytes by file name, ``datapackage.json`` first; the same annex, the same bytes.

    A hidden cell has no value, and its status says so. `tender.annexes.formats.package_reading.read_package` gives
    the same annex back.

    Raises:
        InputError: The annex cannot be written: a code, id or text that no file can carry, or cells that contradict
            themselves.
    """
    guard_annex(annex)
    languages = languages_of(annex)
    lists = dict.fromkeys(codelists(annex).values())
    tables = {f"{table.id}.csv": _table(table, synthetic=annex.synthetic) for table in annex.tables}
    codes = {f"{one.name}.csv": _codes(one, languages, synthetic=annex.synthetic) for one in lists}
    data = tables | codes
    seals = {name: Written(len(found), hashlib.sha256(found).hexdigest()) for name, found in data.items()}
    described = json.dumps(describe(annex, seals), ensure_ascii=False, indent=2)
    return {DESCRIPTOR: f"{described}\n".encode(), **data}


def _table(table: AnnexTable, *, synthetic: bool) -> bytes:
    heads = [*(axis.id for axis in table.axes), VALUE, STATUS]
    return _csv(heads, ((*cell.at, cell.value, cell.status.value) for cell in table.cells), synthetic=synthetic)


def _codes(codelist: Codelist, languages: Iterable[Language], *, synthetic: bool) -> bytes:
    spoken = tuple(languages)
    heads = ["code", "parent", *(f"label_{language.value}" for language in spoken)]
    rows = (
        (one.code, one.parent, *(as_text(one.label.get(language) or "") for language in spoken))
        for one in codelist.categories
    )
    return _csv(heads, rows, synthetic=synthetic)


def _csv(heads: Sequence[str], rows: Iterable[Row], *, synthetic: bool) -> bytes:
    """UTF-8, comma, LF; every row of made-up data says so."""
    mark: Row = (SYNTHETIC_MARK,) if synthetic else ()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*heads, *([SYNTHETIC] if synthetic else [])])
    writer.writerows([*row, *mark] for row in rows)
    return text.getvalue().encode()
