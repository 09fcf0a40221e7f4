"""The sheet *Vertailuhinta*: the comparison price of the tendered prices, for information.

The sum over groups of unit price × announced volume, as `evaluation.award` computes it; a test recalculates both.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from tender.forms import looks
from tender.forms.bid_sheet import banners, page_of
from tender.forms.fields import Phrases, part_of
from tender.forms.formulas import quoted, unit_price, when_number
from tender.language import Language
from tender.model.groups import RiskGroup
from tender.model.prices import PriceForm, PriceUnit
from tender.model.publication import Publication
from tender.sheets.book import Cell, Formula, Sheet
from tender.sheets.grid import Grid
from tender.sheets.references import Target

TOTAL_NAME = "comparison_price"
"""Workbook name of the cell with the comparison price."""

_COLUMNS = ("A", "B", "C", "D", "E")
_WIDTHS = {"A": 50.0, "B": 12.0, "C": 20.0, "D": 26.0, "E": 26.0}
_LINE = 138
_PARTS = (("capitation", PriceUnit.CLIENT_MONTH), ("outcome", PriceUnit.WORK_HOUR))

Prices = Mapping[tuple[str, str], Target]
"""The cell of each group's price by ``(part, group id)``."""


def comparison_sheet(publication: Publication, language: Language, prices: Prices) -> Sheet:
    """The sheet of `publication` in `language`; `prices` stand on the bid sheet."""
    phrases, grid = Phrases(language), Grid(_WIDTHS)
    grid.next(30)
    grid.put("A", phrases.say("form.sheet.comparison"), looks.TITLE)
    for banner in banners(publication, phrases):
        grid.band(_COLUMNS, banner, looks.BANNER, 20)
    _lines(grid, phrases.say("form.comparison.intro"))
    sums = [_part(grid, publication, phrases, part, prices) for part in _PARTS]
    _total(grid, phrases, sums)
    models = publication.tender.prices
    rule = phrases.say(
        "form.comparison.rule", capitation=models.capitation.unit_decimals, outcome=models.outcome.unit_decimals
    )
    _lines(grid, rule)
    page = page_of(publication, phrases, landscape=True)
    return Sheet(
        phrases.say("form.sheet.comparison"), tuple(grid.cells), grid.widths, grid.heights, page, tab=looks.MUTED
    )


def _lines(grid: Grid, words: str) -> None:
    """A paragraph in rows of its own, each running over the columns of the table."""
    grid.next(8)
    for line in textwrap.wrap(words, _LINE):
        grid.next(16)
        grid.put("A", line, looks.INTRO)
    grid.next(8)


def _part(grid: Grid, publication: Publication, phrases: Phrases, part: tuple[str, PriceUnit], prices: Prices) -> str:
    """The table of one price; the cell with its sum."""
    name, unit = part
    grid.next(22)
    weighted = part_of(publication.tender.prices, name).form is PriceForm.BASE_TIMES_WEIGHT
    heads = (
        f"form.price.{name}",
        "form.comparison.weight" if weighted else "",
        "form.comparison.price",
        f"form.comparison.volume.{unit.value}",
        "form.comparison.amount",
    )
    for column, head in zip(_COLUMNS, heads, strict=True):
        look = looks.HEADING if column == "A" else looks.HEADING_RIGHT
        grid.put(column, phrases.say(head) if head else None, look)
    first = grid.row + 1
    for group in publication.tender.groups:
        _group(grid, publication, phrases, part, group, prices[name, group.id])
    last = grid.row
    grid.next(22)
    grid.put("A", phrases.say("form.comparison.sum", part=phrases.say(f"form.price.{name}")), looks.LABEL)
    for column in ("B", "C", "D"):
        grid.put(column, None, looks.PLAIN)
    amounts = f"E{first}:E{last}"
    complete = f"COUNT({amounts})={last - first + 1}"
    decimals = part_of(publication.tender.prices, name).unit_decimals
    formula = Formula(f'IF({complete},ROUND(SUM({amounts}),{decimals}),"")')
    ref = grid.put("E", formula, looks.computed_style(looks.euro_format(decimals)))
    grid.next(10)
    return ref


def _group(
    grid: Grid, publication: Publication, phrases: Phrases, part: tuple[str, PriceUnit], group: RiskGroup, price: Target
) -> None:
    name, unit = part
    model = part_of(publication.tender.prices, name)
    weighted = model.form is PriceForm.BASE_TIMES_WEIGHT
    there = f"'{price.sheet}'!{price.ref}"
    tendered = there if weighted else unit_price(there, 1, model.decimals, model.unit_decimals)
    volume = group.client_months if unit is PriceUnit.CLIENT_MONTH else group.work_hours
    scale = 10**model.unit_decimals
    row = grid.next(20)
    weight = (model.weights or {}).get(group.id) if weighted else None
    grid.put("A", phrases.best(group.name), looks.PLAIN)
    grid.put("B", phrases.number(weight) if weight is not None else None, looks.COMPUTED)
    price_look = looks.computed_style(looks.fixed_format(model.unit_decimals))
    grid.put("C", Formula(when_number(there, tendered)), price_look)
    grid.put("D", volume, looks.computed_style(looks.COUNT_FORMAT))
    amount = when_number(f"C{row}", f"ROUND(C{row}*{scale},0)*D{row}/{scale}")
    grid.put("E", Formula(amount), looks.computed_style(looks.euro_format(model.unit_decimals)))


def _total(grid: Grid, phrases: Phrases, sums: list[str]) -> None:
    row = grid.next(28)
    grid.put("A", phrases.say("form.comparison.total"), looks.TOTAL_LABEL)
    for column in ("B", "C", "D"):
        grid.put(column, None, looks.TOTAL)
    together, count = ",".join(sums), len(sums)
    missing = quoted(phrases.say("form.comparison.missing"))
    formula = Formula(f"IF(COUNT({together})={count},ROUND(SUM({together}),6),{missing})")
    grid.add(Cell(f"E{row}", formula, looks.TOTAL_EUROS, TOTAL_NAME))
