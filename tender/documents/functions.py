"""The functions that clauses call: tables, boxes, formulas, statements, references, signatures.

One `Functions` serves one document: it counts the tables and knows which clauses are in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from tender.documents.chapter import chart_of, grid_of
from tender.documents.charts import draw
from tender.documents.clauses import Numbered
from tender.documents.environment import clause_template, page_environment
from tender.documents.markdown import clause_html, plain, sealed_block, table_html
from tender.documents.pictures import Picture, picture_rows, picture_svg
from tender.documents.statements import example_rows, statement_words, symbol_rows
from tender.errors import BlockedError
from tender.language import Language, Text
from tender.model.annex import AnnexTable
from tender.model.publication import Publication
from tender.model.statements import Statement
from tender.words import words

if TYPE_CHECKING:
    from jinja2 import Template

SHORT_HASH = 12
"""Digits of a hash that people compare by eye."""

WHOLE_TABLE, LINE = 14, 90
"""Lines up to which a table stays on one page, and the characters of a line."""

WHOLE_EXAMPLE = 8
"""Steps up to which a worked example does."""

WHOLE_DATA = 14
"""Rows up to which a table of the open data annex stays on one page."""

_HASH_GROUP = 8
_BAR = re.compile(r"(?<!\\)\|")


class Functions:
    """What the clauses of one document may call.

    Args:
        publication: The publication that is printed.
        language: The language.
        clauses: The numbered clauses of the document.
        title_of: Title of a document of the catalogue by its id.
    """

    def __init__(
        self,
        publication: Publication,
        language: Language,
        clauses: tuple[Numbered, ...],
        title_of: Callable[[str], Text],
    ) -> None:
        self._publication = publication
        self._language = language
        self._clauses = {entry.clause.id: entry for entry in clauses}
        self._title_of = title_of
        self._tables = 0
        self._figures = 0

    def names(self) -> dict[str, Callable[..., object]]:
        """The functions by the names that clauses use."""
        return {
            "chart": self.chart,
            "data_table": self.data_table,
            "document_title": self.document_title,
            "facts": self.facts,
            "figure": self.figure,
            "footnote": footnote,
            "formula": formula,
            "frac": fraction,
            "has_clause": self._clauses.__contains__,
            "has_statement": self.has_statement,
            "hash_text": hash_text,
            "inset": self.inset,
            "picture": self.picture,
            "ref": self.ref,
            "short_hash": short_hash,
            "signatures": self.signatures,
            "statement": self.statement,
            "sub": subscript,
            "sup": superscript,
            "table": self.table,
            "var": variable,
        }

    def body(self, markdown: str, variables: Mapping[str, object], heading: int = 3) -> Markup:
        """A template of Markdown with Jinja2, rendered.

        Args:
            markdown: The template.
            variables: Its variables.
            heading: Level of its headings.
        """
        template = clause_template(self._language, markdown, self.names())
        return clause_html(template.render(variables), heading)

    def table(self, caption: str, columns: str = "", note: str = "", *, caller: Callable[[], str]) -> Markup:
        """A numbered table from a Markdown table.

        Args:
            caption: What it shows.
            columns: Widths in percent, separated by spaces; empty for automatic widths.
            note: A remark below it.
            caller: The Markdown, given by the template's ``call``.
        """
        self._tables += 1
        markdown = caller()
        before = self._rendered(
            "table-head.html", caption=caption, number=self._tables, widths=_widths(columns, markdown)
        )
        table = table_html(markdown, before)
        return sealed_block(
            self._rendered("table.html", table=table, note=note, number=self._tables, whole=_stays_whole(table))
        )

    def facts(self, columns: str = "34 66", *, caller: Callable[[], str]) -> Markup:
        """A box of labels and values, from a Markdown table whose header is not printed."""
        markdown = caller()
        before = self._rendered("table-head.html", caption="", number=0, widths=_widths(columns, markdown))
        table = table_html(markdown, before, head=False)
        return sealed_block(self._rendered("facts.html", table=table, whole=_stays_whole(table)))

    def inset(self, title: str = "", *, caller: Callable[[], str]) -> Markup:
        """A boxed remark with a bar at its left."""
        return sealed_block(self._rendered("inset.html", title=title, body=clause_html(caller())))

    def figure(self, name: str, caption: str, **values: object) -> Markup:
        """A numbered figure from ``templates/partials/figures/<name>.<language>.svg``.

        Args:
            name: Name of the drawing.
            caption: What it shows; the drawing's own title says it in words for those who cannot see it.
            values: What the drawing prints.
        """
        self._figures += 1
        drawn = self._partial(f"figures/{name}.{self._language.value}.svg").render(values)
        drawing = Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704  # our own file, escaped by Jinja2
        return self._rendered("figure.html", drawing=drawing, caption=caption, number=self._figures)

    def chart(self, table: AnnexTable, along: str) -> Markup:
        """A numbered chart of `table` along the axis named by its id; the next table must be that of its figures."""
        self._figures += 1
        drawn = chart_of(table, along, self._language, table_number=self._tables + 1)
        drawing = Markup(draw(drawn, f"figure-{self._figures}"))  # noqa: S704  # our own drawing, its words escaped
        return self._rendered("chart.html", drawing=drawing, caption=drawn.title, number=self._figures)

    def picture(self, picture: Picture) -> Markup:
        """A numbered picture with its data table behind it."""
        self._figures += 1
        drawing = Markup(picture_svg(picture, self._language, f"figure-{self._figures}"))  # noqa: S704  # as above
        title = picture.title.best(self._language)
        chart = self._rendered("chart.html", drawing=drawing, caption=title, number=self._figures)
        head, *rows = picture_rows(picture, self._language)
        lines = [_row(head), _row([":--", *(["--:"] * (len(head) - 1))]), *map(_row, rows)]
        caption = f"{title} ({picture.unit.best(self._language)})"
        return chart + self.table(caption, caller=lambda: "\n".join(lines))

    def data_table(self, table: AnnexTable) -> Markup:
        """`table` of the open data annex, numbered and laid out by its axes."""
        self._tables += 1
        grid = grid_of(table, self._language)
        caption = f"{table.title.best(self._language)} ({table.unit.best(self._language)})"
        rows = sum(len(group.lines) for group in grid.groups)
        return self._rendered(
            "data-table.html",
            grid=grid,
            caption=caption,
            number=self._tables,
            whole=rows <= WHOLE_DATA and len(grid.groups) == 1,
        )

    def signatures(self, *parties: tuple[str, object]) -> Markup:
        """Signature blocks side by side: role and name of each party; a name may be ``None``."""
        return self._rendered("signatures.html", parties=parties)

    def ref(self, clause_id: str, form: str = "") -> Markup:
        """A link to another clause of the document: ``kohta 4.2``.

        Raises:
            KeyError: The clause is not in this document.
        """
        entry = self._clauses[clause_id]
        word = form or words(self._language).term("documents.clause")
        return Markup('<a class="ref" href="#{}">{}\u00a0{}</a>').format(entry.anchor, word, entry.number)

    def document_title(self, document_id: str) -> Markup:
        """Title of a document of the catalogue, marked with its id: the lint sees whether it is published.

        Raises:
            UsageError: There is no such document.
        """
        title = self._title_of(document_id).best(self._language)
        return Markup('<span data-document="{}">{}</span>').format(document_id, title)

    def has_statement(self, subject: str) -> bool:
        """Whether there is a statement about `subject`."""
        return self._publication.statement(subject) is not None

    def statement(self, subject: str) -> Markup:
        """The statement about `subject`: explanation, formula, symbols and worked example.

        Raises:
            BlockedError: There is none, or none in this language, and this is not a draft, which shows the gap instead.
        """
        try:
            return self._statement(self._found(subject))
        except BlockedError:
            if not self._publication.draft:
                raise
            return self._rendered("missing.html", subject=subject)

    def _found(self, subject: str) -> Statement:
        found = self._publication.statement(subject)
        if found is None:
            raise BlockedError("documents.statement-missing", subject=subject)
        return found

    def _statement(self, statement: Statement) -> Markup:
        known = statement_words(statement.id, self._language)
        variables = {
            "symbols": {symbol.name: symbol for symbol in statement.symbols},
            "facts": statement.facts,
            "example": {step.id: step for step in statement.example},
        }
        return self._rendered(
            "statement.html",
            id=statement.id,
            title=known.title,
            body=self.body(known.body, variables, heading=4),
            symbols=symbol_rows(statement, self._language),
            example=example_rows(statement, self._language, self._names()),
            whole=len(statement.example) <= WHOLE_EXAMPLE,
        )

    def _names(self) -> dict[str, str]:
        """Names of the groups and indicators that a step may be about."""
        tender = self._publication.tender
        indicators = tender.bonus_sanction.indicators if tender.bonus_sanction else ()
        groups = {group.id: group.name.best(self._language) for group in tender.groups}
        return {**groups, **{indicator.id: indicator.name.best(self._language) for indicator in indicators}}

    def _partial(self, name: str) -> Template:
        return page_environment(self._language).get_template(f"partials/{name}")

    def _rendered(self, name: str, **values: object) -> Markup:
        return Markup(self._partial(name).render(values))  # noqa: S704  # a rendered partial, escaped by Jinja2


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _widths(columns: str, markdown: str) -> list[str]:
    """A width for each column of a Markdown table; empty where the rest share what is left."""
    given = columns.split()
    count = len(_BAR.findall(markdown.strip().split("\n", 1)[0])) - 1
    return [*given, *[""] * (count - len(given))] if given else []


def _stays_whole(table: Markup) -> bool:
    """Whether `table` is small enough to be kept on one page without leaving a gap on the page before."""
    return table.count("<tr") + len(table.striptags()) // LINE <= WHOLE_TABLE


def formula(content: str) -> Markup:
    """A formula on a line of its own."""
    return Markup('<p class="formula">{}</p>').format(plain(content))


def fraction(numerator: str, denominator: str) -> Markup:
    """A fraction with a bar; its unseen signs let copied or spoken text keep its meaning."""
    return Markup(
        '<span class="frac"><span class="num"><i class="unseen">(</i>{}<i class="unseen">)</i></span>'
        '<span class="den"><i class="unseen">/(</i>{}<i class="unseen">)</i></span></span>'
    ).format(plain(numerator), plain(denominator))


def footnote(content: str) -> Markup:
    """A footnote where it is called: numbered at the foot of a printed page, in brackets on a screen."""
    return Markup('<span class="footnote" role="note">{}</span>').format(plain(content))


def subscript(base: str, below: str) -> Markup:
    """A symbol with a subscript."""
    return Markup("<i>{}</i><sub>{}</sub>").format(plain(base), plain(below))


def superscript(base: str, above: str) -> Markup:
    """A symbol with a superscript."""
    return Markup("<i>{}</i><sup>{}</sup>").format(plain(base), plain(above))


def variable(name: str) -> Markup:
    """A symbol in italics."""
    return Markup("<i>{}</i>").format(plain(name))


def short_hash(digest: str) -> Markup:
    """The first digits of a hash, for the eye."""
    return Markup("<code>{}</code>").format(digest[:SHORT_HASH])


def hash_text(digest: str) -> Markup:
    """A whole hash, its first digits for the eye; it may break between groups, and copies without spaces."""
    rest = digest[SHORT_HASH:]
    groups = [rest[start : start + _HASH_GROUP] for start in range(0, len(rest), _HASH_GROUP)]
    seen = Markup("<strong>{}</strong>").format(digest[:SHORT_HASH])
    return Markup("<code>{}</code>").format(Markup("<wbr>").join((seen, *groups)))
