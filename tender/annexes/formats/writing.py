"""All formats of one annex, as a folder of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.dcat import RECORD, write_record
from tender.annexes.formats.guide import Issue
from tender.annexes.formats.jsonstat import write_jsonstat
from tender.annexes.formats.package import write_package
from tender.annexes.formats.px import write_px
from tender.annexes.formats.readme import write_readme
from tender.language import Language
from tender.model.annex import Annex


def write_all(
    annex: Annex, day: date, languages: Sequence[Language] = (), version: int | None = None
) -> Mapping[str, bytes]:
    """Every file of `annex` by its path in the annex's folder; the same input, the same bytes.

    The data package lies at the top of the folder, so that `read_package` reads it there again. Besides it, for each
    language, ``README.<lang>.txt``, ``open-data.<lang>.xlsx`` and ``json-stat/<table>.<lang>.json``; ``px/<table>.px``
    in all languages at once, and the catalogue record ``dcat.jsonld``, which lists the others with their hashes.

    Args:
        annex: The protected annex, as built or as read back from its package.
        day: Day of publication.
        languages: Languages of the read-me files and workbooks; by default all that the annex's title has.
        version: Version of the tender's documents, when they are published.

    Raises:
        InputError: The annex cannot be written (`tender.annexes.formats.package.write_package` says why).
    """
    from tender.annexes.formats.workbook import write_annex_workbook

    package = write_package(annex)
    spoken = tuple(languages) or languages_of(annex)
    issue = Issue(annex, day, version)
    readmes = {f"README.{one.value}.txt": write_readme(issue, one) for one in spoken}
    workbooks = {f"open-data.{one.value}.xlsx": write_annex_workbook(issue, one) for one in spoken}
    tables = {f"px/{table.id}.px": write_px(annex, table, day) for table in annex.tables}
    datasets = {
        f"json-stat/{table.id}.{one.value}.json": write_jsonstat(issue, table, one)
        for table in annex.tables
        for one in spoken
    }
    files = {**readmes, **workbooks, **package, **tables, **datasets}
    return {**files, RECORD: write_record(issue, files)}
