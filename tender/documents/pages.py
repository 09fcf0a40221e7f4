"""One document as semantic HTML: its clauses picked, numbered and rendered under a layout."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from markupsafe import Markup

from tender.documents.addresses import link_addresses
from tender.documents.catalogue import find_document
from tender.documents.clauses import COVER, Clause, Numbered, chosen_clauses, clauses_of, numbered
from tender.documents.document import Document, Stage
from tender.documents.environment import page_environment, template_source
from tender.documents.functions import Functions, hash_text
from tender.documents.hyphenation import hold_signs
from tender.documents.numbers import present, speak
from tender.errors import BlockedError
from tender.language import NBSP, Language, Text
from tender.model.publication import Publication
from tender.words import words

NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})
LONGEST_TITLE = 68
"""Most characters of a page's title."""
_WIDTH = re.compile(r'<col class="w([\d-]+)">')


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

    @property
    def signed(self) -> bool:
        """Whether it is where the parties sign."""
        return '<div class="signatures">' in self.html


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
    cover = next((section.html for section in sections if section.clause.id == COVER), Markup())
    page = page_environment(language).get_template(f"layouts/{document.layout}")
    html = page.render(
        language=language.value,
        title=document.title,
        page_title=_page_title(document, publication, language),
        document=document.id,
        others=other_languages(publication, language),
        publication=publication,
        decision=document.stage is Stage.DECISION,
        state=state_of(publication),
        facts=tuple(_facts(document, publication, language, cover)),
        tender=publication.tender,
        notice=document.notice(publication) if document.notice else Text(),
        cover=cover,
        sections=tuple(section for section in sections if section.level),
        style=Markup(template_source("styles/document.css")),  # noqa: S704  # our own file
        screen=Markup(template_source("styles/screen.css")),  # noqa: S704  # our own file
        hash_text=hash_text,
    )
    return link_addresses(hold_signs(with_widths(html)))


def state_of(publication: Publication) -> str:
    """What a publication is to its readers: ``draft``, ``trial`` or ``published``."""
    return "draft" if publication.draft else "trial" if publication.trial else "published"


def with_widths(html: str) -> str:
    """`html` with a rule of style for every width that its columns name: ``w36`` is 36 percent, ``w7-5`` is 7.5."""
    widths = sorted(set(_WIDTH.findall(html)))
    rules = "".join(f".w{width} {{ width: {width.replace('-', '.')}%; }}\n" for width in widths)
    return html.replace("</style>", f"{rules}</style>", 1)


def _page_title(document: Document, publication: Publication, language: Language) -> str:
    """Title of the page: what it is, and of which tender; cut at a word where a browser would cut it too."""
    whole = f"{document.title.best(language)}: {publication.tender.title.best(language)}"
    return whole if len(whole) <= LONGEST_TITLE else f"{whole[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _facts(
    document: Document, publication: Publication, language: Language, cover: Markup
) -> Iterator[tuple[str, str]]:
    """Rows of the status box: label and value, without what the cover's own box has said already."""
    tender, today = publication.tender, speak(publication.today, language)
    decides, calls = document.stage is Stage.DECISION, document.stage in {Stage.CALL, Stage.AGREEMENT}
    said = cover.striptags().replace(NBSP, " ")
    rows = (
        ("documents.diary-number", tender.diary_number, True),
        ("documents.call-version", str(publication.version), decides),
        ("documents.decided-on", today, decides),
        ("documents.version", f"{publication.version} · {today}", bool(publication.version) and not decides),
        ("documents.dated", today, not publication.version),
        ("documents.deadline", speak(tender.timetable.tenders_until, language), calls),
    )
    for label, value, wanted in rows:
        if wanted and value and (label == "documents.call-version" or value.replace(NBSP, " ") not in said):
            yield label, value


def other_languages(publication: Publication, language: Language) -> tuple[dict[str, str], ...]:
    """The other languages that the document comes in, each by its own name."""
    return tuple(
        {"code": each.value, "name": words(each).term("documents.in-language")}
        for each in publication.tender.languages
        if each is not language
    )


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
