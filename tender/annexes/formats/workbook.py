"""The annex as an XLSX workbook in one language: to read, to print, to filter, to compute with.

Nothing in it is hidden, merged or computed: every sheet is visible, and a cell holds a text or a whole number.
"""

from __future__ import annotations

from tender.annexes.formats import looks
from tender.annexes.formats.guide import Issue, Section, checking, facts, grouping, protection, symbols
from tender.annexes.formats.phrases import say
from tender.annexes.formats.tidy_sheet import codes_sheet, tidy_sheet
from tender.annexes.formats.wide_sheet import banner, page_of, sheet_title, wide_sheet
from tender.language import Language
from tender.model.annex import Annex
from tender.sheets import write_workbook
from tender.sheets.book import Print, Sheet, Workbook
from tender.sheets.grid import Grid
from tender.sheets.palette import MUTED

_COLUMNS = ["A", "B"]
_WIDTHS = {"A": 34.0, "B": 96.0}
_TAGS = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}


def write_annex_workbook(issue: Issue, language: Language) -> bytes:
    """The workbook of `issue` in `language`; its annex has passed `guard_annex`."""
    annex = issue.annex
    wide = (wide_sheet(annex, number, language) for number in range(1, len(annex.tables) + 1))
    sheets = (_first_sheet(issue, language), *wide, tidy_sheet(annex, language), codes_sheet(annex, language))
    title = say("annex.guide.title", language)
    return write_workbook(Workbook(title, annex.title.best(language), _TAGS[language], issue.day, sheets))


def _first_sheet(issue: Issue, language: Language) -> Sheet:
    """What these figures are and how to use them."""
    annex = issue.annex
    grid = Grid(_WIDTHS)
    grid.next(32)
    grid.put("A", say("annex.guide.title", language), looks.TITLE)
    banner(grid, annex, _COLUMNS, language)
    for section in (facts(issue, language), _tables(annex, language), _sheets(language), symbols(annex, language),
                    protection(annex, language), checking(language)):  # fmt: skip
        _put(grid, section)
    page = page_of(annex, language)
    upright = Print(landscape=False, header=page.header, footer=page.footer)
    return Sheet(say("annex.sheet.read-me", language), tuple(grid.cells), grid.widths, grid.heights, upright,
                 tab=MUTED, protected=False)  # fmt: skip


def _tables(annex: Annex, language: Language) -> Section:
    lines = tuple(
        (sheet_title(table, number, language), f"{table.title.best(language)}. {table.use.best(language)}".strip())
        for number, table in enumerate(annex.tables, start=1)
    )
    return Section(say("annex.guide.tables", language), (*lines, *grouping(annex, language)))


def _sheets(language: Language) -> Section:
    lines = (
        (say("annex.guide.wide", language), say("annex.guide.wide.text", language)),
        (say("annex.sheet.All_figures", language), say("annex.guide.tidy.text", language)),
        (say("annex.sheet.Codes", language), say("annex.guide.codes.text", language)),
    )
    return Section(say("annex.guide.use", language), lines)


def _put(grid: Grid, section: Section) -> None:
    if section.heading:
        grid.next(10)
        grid.band(_COLUMNS, section.heading, looks.SECTION, 22)
    for label, text in section.lines:
        grid.next(20)
        grid.put("A", label, looks.TERM)
        grid.put("B", text, looks.TEXT)
