"""One document as semantic HTML: its clauses picked, numbered and rendered under a layout."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from markupsafe import Markup

from tender.documents.catalogue import find_document
from tender.documents.clauses import COVER, Clause, Numbered, chosen_clauses, clauses_of, numbered
from tender.documents.document import Document, Stage
from tender.documents.environment import page_environment, template_source
from tender.documents.functions import Functions, hash_text, short_hash
from tender.documents.hyphenation import hold_signs
from tender.documents.numbers import present
from tender.errors import BlockedError
from tender.language import Language, Text
from tender.model.publication import Publication

NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Section:
    """One rendered clause.

    Attributes:
        anchor: Id of its element.
        number: Its number, such as ``4.2``.
        level: 1 or 2.
        title: Its heading.
        html: Its body.
        clause: Where it comes from.
    """

    anchor: str
    number: str
    level: int
    title: str
    html: Markup
    clause: Clause


def render_html(
    document: Document,
    context: object,
    publication: Publication,
    language: Language,
    overrides: Mapping[str, str] = NO_OVERRIDES,
) -> str:
    """`document` as one HTML page that carries its style.

    Args:
        document: What to make.
        context: Its values: the frozen dataclass that ``document.context`` makes, or one made elsewhere.
        publication: The version that is printed.
        language: The language.
        overrides: The tender folder's own wording by clause id; the list of clauses at the end names them.

    Raises:
        BlockedError: A statement is missing in a version that is no draft, or a clause cannot be rendered.
        UsageError: The document has no clauses in `language`, or an override names none of them.
    """
    sections = rendered_sections(document, context, publication, language, overrides)
    page = page_environment(language).get_template(f"layouts/{document.layout}")
    html = page.render(
        language=language.value,
        title=document.title,
        publication=publication,
        decision=document.stage is Stage.DECISION,
        tender=publication.tender,
        notice=document.notice(publication) if document.notice else Text(),
        cover=next((section.html for section in sections if section.clause.id == COVER), Markup()),
        sections=tuple(section for section in sections if section.level),
        style=Markup(template_source("styles/document.css")),  # noqa: S704  # our own file
        hash_text=hash_text,
        short_hash=short_hash,
    )
    return hold_signs(html)


def rendered_sections(
    document: Document,
    context: object,
    publication: Publication,
    language: Language,
    overrides: Mapping[str, str] = NO_OVERRIDES,
) -> tuple[Section, ...]:
    """The clauses of `document`, each rendered; arguments and errors as of `render_html`."""
    variables = context_values(context)
    entries = document_clauses(document, variables, publication, language, overrides)
    functions = Functions(publication, language, entries, lambda known: find_document(known).title)
    return tuple(_section(entry, functions, variables) for entry in entries)


def context_values(context: object) -> dict[str, object]:
    """The fields of a context by name, without copying what they hold."""
    fields = dataclasses.fields(cast("Any", context))
    return {field.name: getattr(context, field.name) for field in fields}


def document_clauses(
    document: Document,
    variables: Mapping[str, object],
    publication: Publication,
    language: Language,
    overrides: Mapping[str, str] = NO_OVERRIDES,
) -> tuple[Numbered, ...]:
    """The numbered clauses that `document` consists of.

    The legal day is the announced day of publication, not the day of printing: a correction does not change the law.
    """
    holds = {name: present(value) for name, value in variables.items()}
    day = publication.tender.timetable.published
    return numbered(chosen_clauses(clauses_of(document.clauses, language), day, holds, overrides))


def _section(entry: Numbered, functions: Functions, variables: Mapping[str, object]) -> Section:
    """One clause rendered; what a template stumbles on is told with the clause's id."""
    from jinja2 import TemplateError  # only when a document is made

    clause = entry.clause
    try:
        html = functions.body(clause.body, variables, clause.level + 2)
    except (TemplateError, KeyError, TypeError, ValueError) as error:
        raise BlockedError("documents.clause-broken", clause=clause.id, source=clause.source, reason=error) from error
    return Section(entry.anchor, entry.number, clause.level, clause.title, html, clause)
