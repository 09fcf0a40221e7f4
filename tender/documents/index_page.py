"""The page that opens a publication: what is here, how large, with which hash, and how anyone proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from tender.documents.environment import page_environment, template_source
from tender.documents.functions import hash_text
from tender.documents.numbers import speak
from tender.documents.pages import LONGEST_TITLE, other_languages, state_of, with_widths
from tender.language import Language
from tender.model.publication import Publication
from tender.words import words

_KILOBYTE = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a publication.

    Attributes:
        name: Its path in the publication.
        title: What it is; empty when its name says it.
        size: Its bytes.
        sha256: Its hash.
    """

    name: str
    title: str
    size: int
    sha256: str

    @property
    def kilobytes(self) -> int:
        """Its size in kilobytes, rounded up, so that no file has none."""
        return -(-self.size // _KILOBYTE)


@dataclass(frozen=True, slots=True)
class Part:
    """Files that belong together.

    Attributes:
        title: What they are.
        files: The files.
        language: Their language; ``None`` when they have none, or more than one.
    """

    title: str
    files: tuple[Listed, ...]
    language: Language | None = None


def render_index(publication: Publication, parts: tuple[Part, ...], language: Language, archive: str) -> str:
    """The opening page of `publication` in `language`.

    Args:
        publication: What was published or drafted.
        parts: Its files.
        language: Language of the page.
        archive: Name of the ZIP that holds the same files.
    """
    title = words(language).term("index.title")
    whole = f"{title}: {publication.tender.title.best(language)}"
    page = page_environment(language).get_template("layouts/index.html")
    html = page.render(
        language=language.value,
        page_title=whole if len(whole) <= LONGEST_TITLE else f"{title}: {publication.tender.id}",
        others=other_languages(publication, language),
        publication=publication,
        tender=publication.tender,
        state=state_of(publication),
        facts=tuple(_facts(publication, language)),
        parts=parts,
        archive=archive,
        style=Markup(template_source("styles/document.css")),  # noqa: S704  # our own file
        screen=Markup(template_source("styles/screen.css")),  # noqa: S704  # our own file
        hash_text=hash_text,
    )
    return with_widths(html)


def _facts(publication: Publication, language: Language) -> Iterator[tuple[str, str]]:
    tender = publication.tender
    if tender.diary_number:
        yield "documents.diary-number", tender.diary_number
    yield "documents.version", f"{publication.version} · {speak(publication.today, language)}"
    yield "documents.deadline", speak(tender.timetable.tenders_until, language)
