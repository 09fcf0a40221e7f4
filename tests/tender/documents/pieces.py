"""Small pages for the tests of blocks, DOCX and redlines."""

from __future__ import annotations

from collections.abc import Sequence

from tender.documents.blocks import Block, Clause, Page, Paragraph, Run, Style


def clause(clause_id: str, body: str, title: str = "Otsikko", number: str = "1", level: int = 1) -> str:
    """A clause as the layout writes it."""
    head = f'<h{level + 1}><span class="number">{number}</span> {title}</h{level + 1}>'
    return f'<section class="clause level-{level}" id="c-{clause_id}">\n{head}\n{body}\n</section>'


def page_html(*clauses: str, language: str = "fi") -> str:
    """A page as the layout writes it."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Koe</title><meta name="author" content="Ostaja"></head>'
        f'<body><div class="page-head"><p class="doc">Koe</p></div><main>{"".join(clauses)}</main></body></html>'
    )


def page_of(*clauses: tuple[str, Sequence[Block]]) -> Page:
    """A page of ready blocks; each clause gets a heading."""
    made = tuple(
        Clause(name, str(number), 1, name, (Paragraph(Style.HEADING, (Run(f"{number}\t"), Run(name)), 1), *blocks))
        for number, (name, blocks) in enumerate(clauses, 1)
    )
    return Page("fi", "Koe", "Ostaja", "Koe", "", "Versio 1", draft=False, clauses=made)
