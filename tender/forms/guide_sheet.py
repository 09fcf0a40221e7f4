"""The sheet *Ohje*: what the tender is, how the form is filled in, and every rule that a bidder must know for it."""

from __future__ import annotations

from collections.abc import Iterator

from tender.forms import looks
from tender.forms.bid_sheet import banners, case_of, page_of
from tender.forms.fields import Phrases
from tender.language import Language, date_text, moment_text
from tender.model.publication import Publication
from tender.sheets.book import Sheet
from tender.sheets.grid import Grid

_COLUMNS = ("A", "B")
_WIDTHS = {"A": 28.0, "B": 92.0}


def guide_sheet(publication: Publication, language: Language) -> Sheet:
    """The sheet of `publication` in `language`."""
    phrases, grid = Phrases(language), Grid(_WIDTHS)
    grid.next(32)
    grid.put("A", phrases.say("form.guide.title"), looks.TITLE)
    for banner in banners(publication, phrases):
        grid.band(_COLUMNS, banner, looks.BANNER, 20)
    grid.next(10)
    _rows(grid, phrases, _facts(publication, phrases))
    grid.next(10)
    grid.band(_COLUMNS, phrases.say("form.guide.steps"), looks.SECTION, 22)
    _rows(grid, phrases, _rules(publication, phrases))
    grid.next()
    grid.put("A", phrases.say("form.guide.methods"), looks.CODE)
    prints = phrases.say("form.guide.methods.text", award=publication.award_hash, payment=publication.payment_hash)
    grid.put("B", prints, looks.CODE)
    page = page_of(publication, phrases, landscape=False)
    return Sheet(phrases.say("form.sheet.guide"), tuple(grid.cells), grid.widths, grid.heights, page, tab=looks.SUCCESS)


def _rows(grid: Grid, phrases: Phrases, rows: Iterator[tuple[str, str]]) -> None:
    for term, words in rows:
        grid.next(20)
        grid.put("A", phrases.say(f"form.guide.{term}"), looks.BODY_LABEL)
        grid.put("B", words, looks.BODY)


def _facts(publication: Publication, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """What is bought, by whom, until when and where tenders are left."""
    tender, times = publication.tender, publication.tender.timetable
    today = date_text(publication.today, phrases.language)
    yield "what", phrases.best(tender.title)
    yield "buyer", phrases.best(tender.buyer.name)
    yield "id", phrases.say("form.guide.id.text", id=case_of(publication), version=publication.version, day=today)
    yield "deadline", moment_text(times.tenders_until, phrases.language)
    yield "portal", phrases.say("form.guide.portal.text", portal=tender.buyer.portal)
    yield "questions", moment_text(times.questions_until, phrases.language)
    valid = date_text(times.tenders_valid_until, phrases.language)
    yield "validity", phrases.say("form.guide.validity.text", day=valid)


def _rules(publication: Publication, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """How to fill it in, and what follows when it is not."""
    prices = publication.tender.prices
    decimals = {"capitation": prices.capitation.decimals, "outcome": prices.outcome.decimals}
    rounded = {"capitation": prices.capitation.unit_decimals, "outcome": prices.outcome.unit_decimals}
    yield "fill", phrases.say("form.guide.fill.text")
    yield "blank", phrases.say("form.guide.blank.text")
    yield "zero", phrases.say("form.price.zero.allowed" if prices.zero_allowed else "form.price.zero.refused")
    yield "range", phrases.say("form.guide.range.text")
    yield "numbers", phrases.say("form.guide.numbers.text", **decimals)
    yield "vat", phrases.say("form.guide.vat.text", rate=phrases.number(prices.vat_rate))
    yield "rounding", phrases.say("form.guide.rounding.text", **rounded)
    yield "capacity", phrases.say("form.guide.capacity.text")
    yield "publicity", phrases.best(publication.tender.procedure.publicity)
    yield "saving", phrases.say("form.guide.saving.text")
