"""What somebody must know who opens only the annex's folder: for the read-me file and the workbook's first sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tender.annexes.formats.descriptor import LICENCE_PAGE
from tender.annexes.formats.phrases import HIDDEN, axis_labels, period, results, rules, say
from tender.language import Language, date_text
from tender.model.annex import Annex, AnnexTable
from tender.model.open_data import Guard

Line = tuple[str, str]
"""What is spoken of, and what is said."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One release of an annex.

    Attributes:
        annex: The annex.
        day: Day of publication.
        version: Version of the tender's documents; ``None`` before there is one.
    """

    annex: Annex
    day: date
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; the first section has no heading."""

    heading: str
    lines: tuple[Line, ...]


def facts(issue: Issue, language: Language) -> Section:
    """Whose figures these are, of what time, and what one may do with them."""
    annex = issue.annex
    publisher, title = annex.publisher.best(language), annex.title.best(language)
    day = date_text(issue.day, language)
    lines = (
        ("annex.guide.tender", title),
        ("annex.guide.purpose", say("annex.guide.purpose.text", language)),
        ("annex.guide.publisher", publisher),
        ("annex.guide.published", _published(issue, day, language)),
        ("annex.guide.time", period(annex, language)),
        ("annex.guide.licence", say("annex.guide.licence.text", language, page=LICENCE_PAGE)),
        ("annex.guide.cite", say("annex.guide.cite.text", language, publisher=publisher, title=title, day=day)),
    )
    return Section("", tuple((say(term, language), text) for term, text in lines))


def _published(issue: Issue, day: str, language: Language) -> str:
    if issue.version is None:
        return day
    return say("annex.guide.published.text", language, day=day, version=str(issue.version))


def symbols(annex: Annex, language: Language) -> Section:
    """What stands where a number might."""
    rounded = annex.protected.guard is Guard.ROUND
    zero = say("annex.symbol.zero-rounded" if rounded else "annex.symbol.zero", language)
    lines = [
        (HIDDEN, say("annex.symbol.hidden", language)),
        ("0", zero),
        (say("annex.symbol.empty", language), say("annex.symbol.empty.text", language, symbol=HIDDEN)),
    ]
    if rounded:
        lines.append(("rounded", say("annex.symbol.rounded", language)))
    return Section(say("annex.guide.symbols", language), tuple(lines))


def protection(annex: Annex, language: Language) -> Section:
    """How persons are protected."""
    lines = (
        (say("annex.guide.protection.rule", language), " ".join(rules(annex, language))),
        (say("annex.guide.protection.result", language), " ".join(results(annex, language))),
    )
    return Section(say("annex.guide.protection", language), lines)


def grouping(annex: Annex, language: Language) -> tuple[Line, ...]:
    """Where the grouping of the clients is told, when the annex tells of it."""
    if annex.model_card is None:
        return ()
    return ((say("annex.guide.grouping", language), say("annex.guide.grouping.text", language)),)


def table_text(table: AnnexTable, language: Language) -> str:
    """What a table is for, by what it is broken down, in what unit, and where it is."""
    axes = ", ".join(axis_labels(table, language))
    facts = say("annex.guide.table.text", language, axes=axes, unit=table.unit.best(language), file=f"{table.id}.csv")
    return f"{table.use.best(language)} {facts}".strip()


def sections(issue: Issue, language: Language) -> Iterator[Section]:
    """The read-me, section by section."""
    annex = issue.annex
    yield facts(issue, language)
    tables = ((table.title.best(language), table_text(table, language)) for table in annex.tables)
    yield Section(say("annex.guide.tables", language), (*tables, *grouping(annex, language)))
    yield symbols(annex, language)
    yield protection(annex, language)
    yield Section(say("annex.guide.files", language), tuple(_files(language)))
    yield checking(language)


def checking(language: Language) -> Section:
    """How anybody checks the protection and the files."""
    lines = (
        (say("annex.guide.audit", language), say("annex.guide.audit.text", language)),
        (say("annex.guide.hashes", language), say("annex.guide.hashes.text", language)),
    )
    return Section(say("annex.guide.checking", language), lines)


def _files(language: Language) -> Iterator[Line]:
    yield f"open-data.{language.value}.xlsx", say("annex.file.xlsx", language)
    yield "*.csv", say("annex.file.csv", language)
    yield "codes-*.csv", say("annex.file.codes", language)
    yield "datapackage.json", say("annex.file.descriptor", language)
    yield "px/*.px", say("annex.file.px", language)
    yield f"json-stat/*.{language.value}.json", say("annex.file.jsonstat", language)
    yield "dcat.jsonld", say("annex.file.dcat", language)
