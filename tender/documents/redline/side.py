"""A redline side by side as one HTML page: changed clauses only, with context, readable without colours and by ear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from tender.documents.blocks import Block, Mark, Paragraph, Row, Run, Style, Table
from tender.documents.changes import ChangeWords
from tender.documents.environment import page_environment
from tender.documents.redline.merge import ClauseChange, Fate, Redline
from tender.language import Language
from tender.words import templates_folder, words

CONTEXT = 1
"""Unchanged blocks shown on either side of a changed one."""

_ELEMENTS = {Mark.INSERTED: "ins", Mark.DELETED: "del"}
_HEADS = frozenset({Style.HEADING, Style.SUBHEADING, Style.TITLE, Style.BOX_TITLE, Style.CAPTION})
_SIGNS = {Style.BULLET: "•", Style.NUMBER: "#"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A block on both sides.

    Attributes:
        old: Its old side; empty when it is new.
        new: Its new side; empty when it went.
        changed: Whether the sides differ.
    """

    old: Markup
    new: Markup
    changed: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Unchanged blocks that are not shown.

    Attributes:
        count: How many.
    """

    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """One changed clause.

    Attributes:
        anchor: Id of its element.
        title: Number and heading.
        fate: What became of it.
        parts: Its blocks, and what is left out between them.
    """

    anchor: str
    title: str
    fate: str
    parts: tuple[Pair | Gap, ...]


def redline_html(redline: Redline, language: Language, names: tuple[str, str], data: Sequence[ChangeWords] = ()) -> str:
    """The redline as a page.

    Args:
        redline: The comparison.
        language: The reader's language; the texts themselves are in the document's.
        names: What the old and the new version are called.
        data: Changes of the tender's data.
    """
    sections = tuple(_section(change, language) for change in redline.changed)
    page = page_environment(language).get_template("layouts/redline.html")
    style = templates_folder().joinpath("styles", "redline.css").read_text(encoding="utf-8")
    return page.render(
        language=language.value,
        text_language=redline.page.language,
        title=redline.page.title,
        names=names,
        data=data,
        sections=sections,
        counts={fate.value: redline.count(fate) for fate in Fate},
        style=Markup(style),  # noqa: S704  # our own file
    )


def _section(change: ClauseChange, language: Language) -> Section:
    pairs = [_pair(block, language) for block in change.merged]
    wanted = {
        near
        for index, pair in enumerate(pairs)
        if pair.changed or change.fate is Fate.MOVED
        for near in range(index - CONTEXT, index + CONTEXT + 1)
    }
    return Section(f"c-{change.id}", change.title, change.fate.value, tuple(_parts(pairs, wanted)))


def _parts(pairs: Sequence[Pair], wanted: set[int]) -> Iterator[Pair | Gap]:
    hidden = 0
    for index, pair in enumerate(pairs):
        if index not in wanted:
            hidden += 1
            continue
        if hidden:
            yield Gap(hidden)
        hidden = 0
        yield pair
    if hidden:
        yield Gap(hidden)


def _pair(block: Block, language: Language) -> Pair:
    old, new = (_side(block, gone, language) for gone in (Mark.INSERTED, Mark.DELETED))
    return Pair(old, new, block.mark is not Mark.SAME or _has_marks(block))


def _has_marks(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return _marked_runs(block.runs)
    return any(map(_row_changed, block.rows))


def _marked_runs(runs: Sequence[Run]) -> bool:
    return any(run.mark is not Mark.SAME or _marked_runs(run.note) for run in runs)


def _side(block: Block, gone: Mark, language: Language) -> Markup:
    """One side of a block; `gone` marks what is not on it."""
    if block.mark is gone:
        return Markup()
    if isinstance(block, Table):
        rows = Markup().join(_rows(block, gone, language))
        return Markup("<table><tbody>{}</tbody></table>").format(rows) if rows else Markup()
    sign = Markup("{} ").format(_SIGNS[block.style]) if block.style in _SIGNS else Markup()
    name = "head" if block.style in _HEADS else "item" if sign else "text"
    return Markup('<p class="{}">{}{}</p>').format(name, sign, _runs(block.runs, block.mark, gone, language))


def _rows(table: Table, gone: Mark, language: Language) -> Iterator[Markup]:
    """Header rows, changed rows and those around them; a row of dots stands for the rest."""
    changed = {index for index, row in enumerate(table.rows) if _row_changed(row)} or set(range(len(table.rows)))
    wanted = {near for index in changed for near in range(index - CONTEXT, index + CONTEXT + 1)}
    left_out = False
    for index, row in enumerate(table.rows):
        if index not in wanted and not row.head:
            if not left_out:
                yield Markup('<tr><td colspan="{}">…</td></tr>').format(table.columns)
            left_out = True
        elif row.mark is not gone:
            left_out = False
            yield _row(row, gone, language)


def _row_changed(row: Row) -> bool:
    return row.mark is not Mark.SAME or any(_marked_runs(cell.runs) for cell in row.cells)


def _row(row: Row, gone: Mark, language: Language) -> Markup:
    cells = Markup().join(
        Markup("<{0}{1}{2}>{3}</{0}>").format(
            "th" if row.head else "td",
            Markup(' scope="col"') if row.head else "",
            Markup(' colspan="{}"').format(cell.span) if cell.span > 1 else "",
            _runs(cell.runs, row.mark, gone, language),
        )
        for cell in row.cells
    )
    return Markup("<tr>{}</tr>").format(cells)


def _runs(runs: Sequence[Run], above: Mark, gone: Mark, language: Language) -> Markup:
    return Markup().join(_run(run, above, gone, language) for run in runs if run.mark is not gone)


def _run(run: Run, above: Mark, gone: Mark, language: Language) -> Markup:
    if run.note:
        note = _runs(run.note, Mark.SAME, gone, language)
        content = Markup('<span class="footnote">[{}]</span>').format(note)
    else:
        content = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    for tag, wanted in (("strong", run.bold), ("em", run.italic), (run.script, bool(run.script))):
        content = Markup("<{0}>{1}</{0}>").format(tag, content) if wanted else content
    mark = above if run.mark is Mark.SAME else run.mark
    return content if mark is Mark.SAME else _told(content, mark, language)


def _told(content: Markup, mark: Mark, language: Language) -> Markup:
    """A change with words for those who hear the page or see it without colours."""
    begin, end = (words(language).term(f"redline.{mark.value}-{edge}") for edge in ("begin", "end"))
    told = Markup('<{0}><span class="unseen">{1} </span>{2}<span class="unseen"> {3}</span></{0}>')
    return told.format(_ELEMENTS[mark], begin, content, end)
