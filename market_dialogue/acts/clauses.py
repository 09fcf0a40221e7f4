"""Finding the clause that a person names as ``<document>/<id>``, with its number and title in every language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tender.documents import pages
from tender.errors import UsageError
from tender.language import Language, Text
from tender.model.publication import Publication
from tender.publishing.files import wanted_documents
from tender.publishing.folder import overrides


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A clause as documents name it.

    Attributes:
        name: ``<document>/<id>``.
        document: Title of its document.
        number: Its number, such as ``4.2``.
        title: Its heading.
    """

    name: str
    document: Text
    number: str
    title: Text


def named_clause(folder: Path, publication: Publication, name: str) -> NamedClause:
    """The clause `name` of `publication`, with the wording of `folder`.

    Raises:
        UsageError: There is no such document or clause; the error tells which there are.
    """
    wanted, _, clause = name.partition("/")
    documents = {document.id: document for document in wanted_documents(publication)}
    if wanted not in documents:
        raise UsageError("dialogue.no-such-document", found=wanted, known=", ".join(documents))
    document = documents[wanted]
    numbers: dict[str, str] = {}
    titles: dict[Language, dict[str, str]] = {}
    for language in publication.tender.languages:
        own = overrides(folder, document, language)
        sections = pages.rendered_sections(document, document.context(publication), publication, language, own)
        numbers |= {section.clause.id: section.number for section in sections}
        titles[language] = {section.clause.id: section.title for section in sections}
    if clause not in numbers:
        raise UsageError("dialogue.no-such-clause", found=clause, document=wanted, known=", ".join(numbers))
    title = Text(**{language.value: found.get(clause) for language, found in titles.items()})
    return NamedClause(name, document.title, numbers[clause], title)
