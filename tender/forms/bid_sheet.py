"""The sheet *Tarjous*: where every field of the bid form stands, with its label, limits, status and help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tender.forms import looks
from tender.forms.capacity_grid import capacity_section
from tender.forms.fields import Phrases, part_of
from tender.forms.formulas import quoted, unit_price, when_number
from tender.forms.paper import COLUMNS, INPUT_COLUMN, Paper, Placed
from tender.language import Language, moment_text
from tender.model.groups import RiskGroup
from tender.model.prices import PriceCell
from tender.model.publication import Publication
from tender.money import exact, round_half_up
from tender.sheets.book import Cell, Formula, Print, Sheet
from tender.sheets.references import Target

_HEADINGS = ("number", "item", "answer", "unit", "allowed", "status", "help")


@dataclass(frozen=True, slots=True)
class BidSheet:
    """The sheet that a bidder fills in.

    Attributes:
        sheet: The sheet.
        placed: Its fields in order.
        prices: The cell that each group's price is seen in, by ``(part, group id)``.
    """

    sheet: Sheet
    placed: tuple[Placed, ...]
    prices: dict[tuple[str, str], Target]


def bid_sheet(publication: Publication, language: Language) -> BidSheet:
    """The sheet of `publication` in `language`."""
    paper = Paper(publication, language)
    progress = _top(paper)
    heading = paper.grid.row
    paper.section("form.bidder")
    for field in (*paper.fields("name"), *paper.fields("business_id"), *paper.fields("email")):
        paper.row(field)
    prices = dict(_prices(paper))
    capacity_section(paper)
    second_page = paper.grid.row + 1
    for term in ("suitability", "annexes"):
        fields = paper.fields(f"{term}.")
        if fields:
            paper.section(f"form.{term}", f"form.{term}.intro")
        for field in fields:
            paper.row(field)
    _progress(paper, progress)
    sheet = Sheet(
        paper.title,
        tuple(paper.grid.cells),
        paper.grid.widths,
        paper.grid.heights,
        replace(
            page_of(publication, paper.phrases, landscape=True),
            repeat_rows=f"{heading}:{heading}",
            new_pages=(second_page,),
        ),
        freeze=f"A{heading + 1}",
        tab=looks.BRAND,
    )
    return BidSheet(sheet, tuple(paper.placed), prices)


def page_of(publication: Publication, phrases: Phrases, *, landscape: bool) -> Print:
    """How a sheet of the form is printed; warnings stand on every page."""
    facts = phrases.say("form.page-facts", id=case_of(publication), version=publication.version)
    return Print(landscape, " · ".join(banners(publication, phrases)), (phrases.say("form.title"), facts))


def banners(publication: Publication, phrases: Phrases) -> tuple[str, ...]:
    """What must be said before anything else: that this is an example, that this is a draft."""
    wanted = (("synthetic", publication.tender.synthetic), ("draft", publication.draft))
    return tuple(phrases.say(f"form.banner.{name}") for name, holds in wanted if holds)


def case_of(publication: Publication) -> str:
    """The diary number of the case, or the tender's id before there is one."""
    return publication.tender.diary_number or publication.tender.id


def _top(paper: Paper) -> int:
    """Title, facts, warnings, progress and the headings, which stay in view; the row of the progress."""
    grid, phrases, tender = paper.grid, paper.phrases, paper.tender
    grid.next(30)
    grid.put("A", phrases.say("form.title"), looks.TITLE)
    grid.next()
    grid.put("A", phrases.best(tender.title), looks.SUBTITLE)
    grid.next()
    facts = phrases.say(
        "form.facts",
        buyer=phrases.best(tender.buyer.name),
        id=case_of(paper.publication),
        version=paper.publication.version,
        deadline=moment_text(tender.timetable.tenders_until, phrases.language),
    )
    grid.put("A", facts, looks.FACTS)
    for banner in banners(paper.publication, phrases):
        grid.band(COLUMNS, banner, looks.BANNER, 20)
    progress = grid.next(22)
    grid.next()
    for column, name in zip(COLUMNS, _HEADINGS, strict=True):
        beside = name in {"unit", "status"}
        grid.put(column, phrases.say(f"form.column.{name}"), looks.HEADING_BESIDE if beside else looks.HEADING)
    return progress


def _progress(paper: Paper, row: int) -> None:
    """How many inputs are filled, and whether all is in order."""
    phrases = paper.phrases
    paper.grid.add(Cell(f"A{row}", phrases.say("form.progress"), looks.PROGRESS_LABEL))
    count = f'{paper.filled()}&" / {len(paper.placed)}"'
    paper.grid.add(Cell(f"{INPUT_COLUMN}{row}", Formula(count), looks.PROGRESS))
    ready, unready = quoted(phrases.say("form.progress.ready")), quoted(phrases.say("form.progress.open"))
    words = Formula(f"IF({paper.ready()},{ready},{unready})")
    ref = f"D{row}"
    paper.grid.add(Cell(ref, words, looks.PROGRESS_WORDS, highlights=looks.status_highlights(ref, unready)))


def _prices(paper: Paper) -> Iterator[tuple[tuple[str, str], Target]]:
    """The section of prices; below a base price, the group prices that follow from it."""
    paper.section("form.prices", "form.prices.intro")
    for field in paper.fields("prices."):
        target = paper.row(field)
        if field.price is None:
            continue
        if field.price.group is not None:
            yield (field.price.part, field.price.group), target
            continue
        for group in paper.tender.groups:
            yield (field.price.part, group.id), _group_price(paper, field.price, group, target)


def _group_price(paper: Paper, cell: PriceCell, group: RiskGroup, base: Target) -> Target:
    """The price of one group, base × weight rounded as announced, for information."""
    part, phrases = part_of(paper.tender.prices, cell.part), paper.phrases
    weight = (part.weights or {}).get(group.id, Decimal(1))
    formula = when_number(base.ref, unit_price(base.ref, weight, cell.decimals, part.unit_decimals))
    words = phrases.say("form.price.weighted", group=phrases.best(group.name), weight=phrases.number(weight))
    paper.grid.next(18)
    paper.grid.put("A", None, looks.NUMBER)
    paper.grid.put("B", words, looks.MINOR)
    ref = paper.grid.put(INPUT_COLUMN, Formula(formula), looks.computed_style(looks.fixed_format(part.unit_decimals)))
    lowest, highest = (
        round_half_up(exact(end) * exact(weight), part.unit_decimals) for end in (cell.range.lowest, cell.range.highest)
    )
    paper.grid.put("D", phrases.say(f"form.unit.{cell.unit.value}"), looks.BESIDE_MINOR)
    paper.grid.put("E", phrases.range(lowest, highest), looks.FOLLOWS)
    paper.grid.put("F", phrases.say("form.price.follows"), looks.FOLLOWS_STATUS)
    paper.grid.put("G", None, looks.PLAIN)
    return paper.target(ref)
