"""The sheet *Tarjous*: where every field of the bid form stands, with its label, limits, status and help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tender.forms import looks
from tender.forms.fields import Field, FieldKind, Phrases, bid_fields, part_of
from tender.forms.formulas import quoted, status, unit_price, when_number
from tender.forms.grid import Grid
from tender.forms.inputs import input_cell
from tender.language import Language, date_text, moment_text
from tender.model.groups import RiskGroup
from tender.model.prices import PriceForm
from tender.model.publication import Publication
from tender.sheets.book import Cell, Print, Sheet
from tender.sheets.cells import Target, position, reference

COLUMNS = ("A", "B", "C", "D", "E", "F", "G")
_WIDTHS = {"A": 6.0, "B": 38.0, "C": 24.0, "D": 24.0, "E": 24.0, "F": 20.0, "G": 58.0}
_FIRST_INPUT_COLUMN = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A field on its sheet.

    Attributes:
        field: The field.
        target: Its cell.
        labels: Cells with the words that say what the field is, and those words.
    """

    field: Field
    target: Target
    labels: tuple[tuple[Target, str], ...]


@dataclass(frozen=True, slots=True)
class BidSheet:
    """The sheet that a bidder fills in.

    Attributes:
        sheet: The sheet.
        placed: Its fields in order.
        group_prices: Cell of each group's unit price by ``(part, group id)``.
    """

    sheet: Sheet
    placed: tuple[Placed, ...]
    group_prices: dict[tuple[str, str], Target]


def bid_sheet(publication: Publication, language: Language) -> BidSheet:
    """The sheet of `publication` in `language`."""
    layout = _Layout(publication, language)
    layout.top()
    heading = layout.grid.row
    for section in (layout.bidder, layout.prices, layout.capacity, layout.suitability, layout.annexes):
        section()
    layout.progress()
    title = layout.phrases.say("sheet.bid")
    sheet = Sheet(
        title,
        tuple(layout.grid.cells),
        layout.grid.widths,
        layout.grid.heights,
        page_of(publication, layout.phrases, landscape=True, repeat_rows=f"{heading}:{heading}"),
        freeze=f"A{heading + 1}",
        tab=looks.BRAND,
    )
    return BidSheet(sheet, tuple(layout.placed), layout.group_prices)


def page_of(publication: Publication, phrases: Phrases, *, landscape: bool, repeat_rows: str = "") -> Print:
    """How a sheet of the form is printed; warnings stand on every page."""
    tender = publication.tender
    facts = phrases.say("page-facts", id=tender.diary_number or tender.id, version=publication.version)
    return Print(landscape, " · ".join(banners(publication, phrases)), (phrases.say("title"), facts), repeat_rows)


def banners(publication: Publication, phrases: Phrases) -> tuple[str, ...]:
    """What must be said before anything else: that this is an example, that this is a draft."""
    wanted = (("synthetic", publication.tender.synthetic), ("draft", publication.draft))
    return tuple(phrases.say(f"banner.{name}") for name, holds in wanted if holds)


class _Layout:
    """The sheet while it is being laid out, section by section."""

    def __init__(self, publication: Publication, language: Language) -> None:
        self.publication = publication
        self.tender = publication.tender
        self.phrases = Phrases(language)
        self.grid = Grid(_WIDTHS)
        self.placed: list[Placed] = []
        self.group_prices: dict[tuple[str, str], Target] = {}
        self._fields = bid_fields(self.tender, language)
        self._title = self.phrases.say("sheet.bid")
        self._section = 0
        self._point = 0
        self._statuses: list[str] = []
        self._progress_row = 0

    def top(self) -> None:
        """Title, facts, warnings, progress and the headings, which stay in view."""
        grid, phrases, tender = self.grid, self.phrases, self.tender
        grid.next(30)
        grid.put("A", phrases.say("title"), looks.TITLE)
        grid.next()
        grid.put("A", phrases.best(tender.title), looks.SUBTITLE)
        grid.next()
        facts = {
            "buyer": phrases.best(tender.buyer.name),
            "id": tender.diary_number or tender.id,
            "version": self.publication.version,
            "deadline": moment_text(tender.timetable.tenders_until, phrases.language),
        }
        grid.put("A", phrases.say("facts", **facts), looks.FACTS)
        for banner in banners(self.publication, phrases):
            grid.band(COLUMNS, banner, looks.BANNER, 20)
        self._progress_row = grid.next(20)
        grid.next()
        for column, name in zip(COLUMNS, ("number", "item", "answer", "unit", "allowed", "status", "help"), strict=True):
            grid.put(column, phrases.say(f"column.{name}"), looks.HEADING)

    def bidder(self) -> None:
        """Who tenders."""
        self._open("bidder")
        for field in self._of("name", "business_id", "email"):
            self._row(field)

    def prices(self) -> None:
        """What is tendered; below a base price, the group prices that follow from it."""
        self._open("prices", "prices.intro")
        for field in self._of("prices."):
            target = self._row(field)
            if field.price is None:
                continue
            if field.price.group is None:
                self._group_rows(field, target)
            else:
                self.group_prices[field.price.part, field.price.group] = target

    def _group_rows(self, field: Field, base: Target) -> None:
        """The price of each group, base × weight rounded as announced, for information."""
        cell = field.price
        if cell is None:
            return
        part = part_of(self.tender.prices, cell.part)
        look = looks.computed_style(f"#,##0.{'0' * part.unit_decimals}" if part.unit_decimals else "#,##0")
        for group in self.tender.groups:
            weight = (part.weights or {}).get(group.id, Decimal(1))
            self.grid.next()
            words = self.phrases.say(
                "price.weighted", group=self.phrases.best(group.name), weight=self.phrases.number(weight)
            )
            formula = when_number(base.ref, unit_price(base.ref, weight, cell.decimals, part.unit_decimals))
            self.grid.put("A", None, looks.NUMBER)
            self.grid.put("B", words, looks.MINOR)
            ref = self.grid.add(Cell(f"C{self.grid.row}", _formula(formula), look))
            self.grid.put("D", field.unit, looks.MINOR)
            for column in ("E", "F", "G"):
                self.grid.put(column, None, looks.PLAIN)
            self.group_prices[cell.part, group.id] = Target(self._title, ref)

    def capacity(self) -> None:
        """How many clients at a time: together, and by area and group."""
        self._open("capacity")
        (total,) = self._of("capacity_total")
        target = self._row(total)
        self.grid.next()
        self.grid.put("B", self.phrases.say("capacity.matrix"), looks.INTRO)
        self._matrix(target)

    def _matrix(self, total: Target) -> None:
        groups, phrases = self.tender.groups, self.phrases
        columns = [reference(_FIRST_INPUT_COLUMN + at, 1)[:-1] for at in range(len(groups) + 2)]
        for column in columns:
            self.grid.widths.setdefault(column, 20.0)
        heads = self._matrix_head(groups, columns)
        rows = [self._matrix_row(area.id, phrases.best(area.name), heads, columns) for area in self.tender.areas]
        self._matrix_sums(columns, rows, total)

    def _matrix_head(self, groups: Sequence[RiskGroup], columns: list[str]) -> dict[str, tuple[str, str]]:
        """The headings; cell and words of each group's, by group id."""
        grid, phrases = self.grid, self.phrases
        grid.next()
        grid.put("A", None, looks.HEADING)
        grid.put("B", phrases.say("capacity.area"), looks.HEADING)
        heads = {}
        for column, group in zip(columns, groups, strict=False):
            words = phrases.best(group.name)
            heads[group.id] = (grid.put(column, words, looks.HEADING), words)
        grid.put(columns[-2], phrases.say("capacity.sum"), looks.HEADING)
        grid.put(columns[-1], phrases.say("column.status"), looks.HEADING)
        return heads

    def _matrix_row(self, area: str, name: str, heads: dict[str, tuple[str, str]], columns: list[str]) -> int:
        grid, phrases = self.grid, self.phrases
        row = grid.next(22)
        self._number()
        label = Target(self._title, grid.put("B", name, looks.LABEL))
        refs = []
        for column, (group, (head, words)) in zip(columns, heads.items(), strict=False):
            (field,) = self._of(f"capacity.{area}.{group}")
            ref = grid.add(input_cell(field, f"{column}{row}", self.phrases, self.tender.prices))
            refs.append(ref)
            labels = ((label, name), (Target(self._title, head), words))
            self.placed.append(Placed(field, Target(self._title, ref), labels))
        across = f"{refs[0]}:{refs[-1]}"
        whole = f"SUMPRODUCT(--({across}<>INT({across})))=0"
        right = f"AND(COUNT({across})={len(refs)},MIN({across})>=0,MAX({across})<={self.tender.framework.client_cap})"
        grid.put(columns[-2], _formula(f'IF(COUNT({across})=0,"",SUM({across}))'), looks.computed_style("#,##0"))
        words = [quoted(phrases.say(f"status.{name}")) for name in ("blank", "ready", "check")]
        state = f"IF(COUNTA({across})<{len(refs)},{words[0]},IF({right},IF({whole},{words[1]},{words[2]}),{words[2]}))"
        self._status(columns[-1], state)
        return row

    def _matrix_sums(self, columns: list[str], rows: list[int], total: Target) -> None:
        """What is tendered together, beside the buyer's forecast; less than the maximum is worth a look."""
        grid, phrases = self.grid, self.phrases
        for term in ("capacity.sums", "capacity.forecast"):
            grid.next()
            grid.put("A", None, looks.NUMBER)
            grid.put("B", phrases.say(term), looks.MINOR)
            for at, column in enumerate(columns[:-1]):
                down = f"{column}{rows[0]}:{column}{rows[-1]}"
                offered = _formula(f'IF(COUNT({down})=0,"",SUM({down}))')
                last = at == len(self.tender.groups)
                group_total = sum(g.client_total for g in (self.tender.groups if last else self.tender.groups[at : at + 1]))
                value = offered if term == "capacity.sums" else group_total
                grid.put(column, value, looks.computed_style(looks.COUNT_FORMAT))
            grid.put(columns[-1], None, looks.PLAIN)
            if term == "capacity.sums":
                ref, less, fine = f"{columns[-2]}{grid.row}", phrases.say("status.less"), phrases.say("status.ready")
                state = f"IF({ref}<{total.ref},{quoted(less)},{quoted(fine)})"
                both = f"AND(ISNUMBER({ref}),ISNUMBER({total.ref}))"
                self._status(columns[-1], f"IF({both},{state},{quoted(phrases.say('status.blank'))})")
