"""Finished pages given to the lint: what each clause says, defines and cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from tender.documents.blocks import Block, Clause, Kind, Paragraph, Style, Table, plain_text, read_page, runs_text
from tender.errors import BlockedError, Finding, Severity
from tender.language import Language
from tender.publishing.examination import Examination, examine
from tender.publishing.files import rendered_pages
from tender.publishing.next_version import next_version
from tender.wording.glossary import glossary
from tender.wording.lint import lint
from tender.wording.page import ClauseText, PageText, Wording

DEFINITIONS = "definitions"
"""Id of the clause that defines terms, in every document that has one."""

_MARKS = re.compile(r'<section class="clause[^"]*" id="c-(?P<clause>[^"]+)"|data-document="(?P<document>[^"]+)"')
_LAYOUT = "_"
"""How ids of the layout's own parts begin: contents and the list of clauses repeat what clauses say."""


def examine_documents(folder: Path, today: date) -> Examination:
    """Check `folder` as `examine` does, and hold its finished documents to the wording lint.

    Raises:
        UsageError: There is no tender file.
    """
    examination = examine(folder, today)
    tender = examination.reading.tender
    if tender is None or examination.reading.broken:
        return examination
    try:
        pages = rendered_pages(folder, next_version(folder, tender, today, draft=True))
    except BlockedError as error:
        broken = Finding(error.message, Severity.BLOCK, values=error.values, place=error.place)
        return replace(examination, findings=(*examination.findings, broken))
    made = {document for document, _ in pages}
    found = wording_findings(pages, made, tender.prevailing_language)
    return replace(examination, findings=(*examination.findings, *found))


def wording_findings(
    pages: Mapping[tuple[str, Language], str], made: Iterable[str], prevailing: Language
) -> tuple[Finding, ...]:
    """What the lint finds in finished pages.

    Args:
        pages: HTML of `tender.documents.pages.render_html` by document id and language.
        made: Ids of the documents that are made.
        prevailing: The language whose wording prevails.
    """
    texts = tuple(page_text(document, language, html) for (document, language), html in pages.items())
    return lint(Wording(texts, glossary(), frozenset(made), prevailing))


def page_text(document: str, language: Language, html: str) -> PageText:
    """The text of one finished page."""
    cited = _cited(html)
    clauses = (clause for clause in read_page(html).clauses if not clause.id.startswith(_LAYOUT))
    return PageText(document, language, tuple(_clause_text(clause, cited.get(clause.id, ())) for clause in clauses))


def _clause_text(clause: Clause, cited: tuple[str, ...]) -> ClauseText:
    text = "\n".join(plain_text(block) for block in clause.blocks)
    defined = tuple(_defined(clause.blocks)) if clause.id == DEFINITIONS else ()
    return ClauseText(clause.id, clause.number, text, defined, cited)


def _defined(blocks: Iterable[Block]) -> Iterator[str]:
    """Terms that a clause of definitions defines: labels of its box, or the bold beginnings of its list."""
    for block in blocks:
        if isinstance(block, Table) and block.kind is Kind.FACTS:
            yield from (runs_text(row.cells[0].runs) for row in block.rows)
        elif isinstance(block, Paragraph) and block.style in {Style.BULLET, Style.NUMBER}:
            yield from (run.text.strip() for run in block.runs[:1] if run.bold)


def _cited(html: str) -> dict[str, tuple[str, ...]]:
    """Clause ids with the documents that they name."""
    cited: dict[str, tuple[str, ...]] = {}
    clause = ""
    for match in _MARKS.finditer(html):
        clause = match["clause"] or clause
        if match["document"]:
            cited[clause] = (*cited.get(clause, ()), match["document"])
    return cited
