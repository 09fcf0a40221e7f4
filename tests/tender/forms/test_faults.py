"""What bidders and programs do to a form: each fault is a finding at its sheet and cell, and nothing is guessed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tender.errors import Severity
from tender.forms.bid_form import BidReading, read_bid_form, write_bid_form
from tender.language import Language
from tender.words import words
from tests.sample import sample_tender
from tests.tender.archives import edited, parts_of, rebuilt
from tests.tender.forms.sample_form import (
    BID_SHEET,
    FILE,
    STAMP_SHEET,
    Typed,
    blank_form,
    filled,
    publication,
    read,
    rules,
)

CAPITATION = "tarjous.xlsx!Tarjous!C13"

TYPED: dict[str, tuple[Typed, str, Severity, object]] = {
    "text with a comma": ({"prices.capitation": "43,5"}, "number-as-text", Severity.INFO, Decimal("43.5")),
    "text with a unit": ({"prices.capitation": "43,50 €"}, "not-a-number", Severity.BLOCK, None),
    "text with a space": ({"prices.capitation": "4 3,5"}, "not-a-number", Severity.BLOCK, None),
    "thousands or decimals": ({"prices.capitation": "43,500"}, "not-a-number", Severity.BLOCK, None),
    "two marks": ({"prices.capitation": "4.343,50"}, "not-a-number", Severity.BLOCK, None),
    "words": ({"prices.capitation": "noin 40"}, "not-a-number", Severity.BLOCK, None),
    "a dash": ({"prices.capitation": "–"}, "not-a-number", Severity.BLOCK, None),
    "a formula": ({"prices.capitation": "=40+3.5"}, "formula", Severity.BLOCK, None),
    "below": ({"prices.capitation": Decimal("33.99")}, "outside", Severity.WARN, Decimal("33.99")),
    "above": ({"prices.capitation": Decimal("50.01")}, "outside", Severity.WARN, Decimal("50.01")),
    "negative": ({"prices.capitation": Decimal("-43.5")}, "outside", Severity.WARN, Decimal("-43.5")),
    "zero": ({"prices.capitation": 0}, "zero", Severity.WARN, Decimal(0)),
    "decimals": ({"prices.capitation": Decimal("43.555")}, "decimals", Severity.WARN, Decimal("43.555")),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_price_is_taken_as_typed_or_not_at_all(name: str) -> None:
    values, rule, severity, expected = TYPED[name]
    reading = read(filled(values))
    (finding,) = reading.findings
    assert (finding.rule, finding.severity) == (f"bid-form.{rule}", severity)
    assert (finding.field, str(finding.place)) == ("prices.capitation", CAPITATION)
    assert reading.bid is not None
    assert reading.bid.prices["capitation"] == expected


def test_digits_of_other_scripts_in_text_are_no_number() -> None:
    reading = read(edited(filled(), BID_SHEET, lambda xml: xml.replace("<v>43.50</v>", "<v>٤٣</v>")))
    assert rules(reading) == ["bid-form.not-a-number"]


def test_a_huge_number_is_kept_and_shown_short() -> None:
    reading = read(edited(filled(), BID_SHEET, lambda xml: xml.replace("<v>43.50</v>", "<v>1E300</v>")))
    (finding,) = reading.findings
    assert finding.rule == "bid-form.outside"
    assert len(finding.values["found"]) < 80


COUNTED = {
    "half a client": ("12.5", "not-whole", Severity.BLOCK, None),
    "negative": ("-1", "count-outside", Severity.WARN, -1),
    "above the cap": ("701", "count-outside", Severity.WARN, 701),
    "text": ("sata", "not-a-number", Severity.BLOCK, None),
    "a formula": ("=1+1", "formula", Severity.BLOCK, None),
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_is_whole_or_nothing(name: str) -> None:
    typed, rule, severity, expected = COUNTED[name]
    reading = read(filled({"capacity.lapinlahti.easy": typed}))
    finding = reading.findings[0]
    assert (finding.rule, finding.severity) == (f"bid-form.{rule}", severity)
    assert (finding.field, str(finding.place)) == ("capacity.lapinlahti.easy", "tarjous.xlsx!Tarjous!C26")
    assert reading.bid is not None
    assert reading.bid.capacity["lapinlahti", "easy"] == expected


def test_a_maximum_that_the_cells_cannot_reach_is_said() -> None:
    reading = read(filled({"capacity.siilinjarvi.hard": 1}))
    (finding,) = reading.findings
    assert (finding.rule, finding.values["found"], finding.values["total"]) == ("bid-form.capacity-sum", "561", "700")


WRITTEN = {
    "another word": ("suitability.experience", "ok", "not-a-reply", Severity.BLOCK),
    "a number": ("suitability.experience", "1", "not-a-reply", Severity.BLOCK),
    "half a reply": ("annexes.impact-plan", "Kyllä, osittain", "not-a-reply", Severity.BLOCK),
    "wrong check digit": ("business_id", "9900001-9", "business-id", Severity.WARN),
    "foreign id": ("business_id", "HRB 12345", "business-id", Severity.WARN),
    "no address": ("email", "yritys.fi", "email", Severity.WARN),
    "two addresses": ("email", "a@b.fi; c@d.fi", "email", Severity.WARN),
    "long name": ("name", "x" * 201, "text-length", Severity.BLOCK),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_texts_and_replies_are_checked(name: str) -> None:
    field, typed, rule, severity = WRITTEN[name]
    reading = read(filled({field: typed}))
    (finding,) = reading.findings
    assert (finding.rule, finding.severity, finding.field) == (f"bid-form.{rule}", severity, field)


@pytest.mark.parametrize("typed", ["Kyllä", "kyllä ", "KYLLÄ", "Yes", "ja"])
def test_a_yes_of_any_language_is_a_yes(typed: str) -> None:
    reading = read(filled({"suitability.experience": typed}))
    assert reading.findings == ()
    assert reading.bid is not None
    assert reading.bid.suitability["experience"] == "yes"


def test_a_bidders_name_keeps_its_letters_and_loses_what_moves_a_cursor() -> None:
    reading = read(filled({"name": "  Näin\u202e &\tOy \u200b"}))
    assert reading.bid is not None
    assert reading.bid.name == "Näin & Oy"


def test_a_foreign_number_makes_a_plain_bidder_id() -> None:
    reading = read(filled({"business_id": "../HRB 12345/Köln"}))
    assert reading.bid is not None
    assert reading.bid.bidder == "HRB-12345-K-ln"


@pytest.mark.parametrize(("inner", "kind"), [("1", "b"), ("#N/A", "e"), ("2026-01-01", "d")])
def test_other_kinds_of_cells_are_refused(inner: str, kind: str) -> None:
    def change(xml: str) -> str:
        return xml.replace(' t="n"><v>43.50</v>', f' t="{kind}"><v>{inner}</v>')

    assert rules(read(edited(filled(), BID_SHEET, change))) == ["bid-form.not-a-number"]


@pytest.mark.parametrize("kind", ["b", "e"])
def test_a_name_that_is_no_text_is_refused(kind: str) -> None:
    def change(xml: str) -> str:
        start = xml.index('<c r="C8"')
        return f'{xml[:start]}<c r="C8" t="{kind}"><v>1</v></c>{xml[xml.index("</c>", start) + 4 :]}'

    assert rules(read(edited(filled(), BID_SHEET, change))) == ["bid-form.not-text"]


def changed(change: Callable[[Workbook], object]) -> bytes:
    """The filled form after `change` by someone who took the protection away."""
    book = openpyxl.load_workbook(BytesIO(filled()))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_changed_label_takes_its_answer_along() -> None:
    def change(book: Workbook) -> None:
        book["Tarjous"]["B13"] = "Kapitaatiokorvaus vuodessa"

    reading = read(changed(change))
    (finding,) = reading.findings
    assert (finding.rule, finding.severity) == ("bid-form.label-changed", Severity.BLOCK)
    assert str(finding.place) == "tarjous.xlsx!Tarjous!B13"
    assert finding.values["expected"] == "Kapitaatiokorvaus: perushinta"
    assert reading.bid is not None
    assert reading.bid.prices["capitation"] is None
    assert reading.bid.prices["outcome"] == Decimal("0.95")


def test_a_changed_heading_of_the_grid_takes_its_column_along() -> None:
    def change(book: Workbook) -> None:
        book["Tarjous"]["D24"] = "Vaikeasti työllistyvät"

    reading = read(changed(change))
    assert rules(reading) == ["bid-form.label-changed"] * 2
    assert reading.bid is not None
    assert reading.bid.capacity["siilinjarvi", "average"] is None


def test_a_changed_requirement_is_seen() -> None:
    def change(book: Workbook) -> None:
        book["Tarjous"]["G31"] = "Vaatimus: hyvä tahto"

    (finding,) = read(changed(change)).findings
    assert (finding.rule, finding.severity) == ("bid-form.text-changed", Severity.WARN)
    assert str(finding.place) == "tarjous.xlsx!Tarjous!G31"


def test_a_changed_unit_is_seen() -> None:
    def change(book: Workbook) -> None:
        book["Tarjous"]["D13"] = "€ / vuosi"

    assert rules(read(changed(change))) == ["bid-form.text-changed"]


def test_a_deleted_name_is_found() -> None:
    def change(book: Workbook) -> None:
        del book.defined_names["prices_outcome"]

    reading = read(changed(change))
    (finding,) = reading.findings
    assert (finding.rule, finding.field) == ("bid-form.name-missing", "prices.outcome")
    assert reading.bid is not None
    assert reading.bid.prices["outcome"] is None


@pytest.mark.parametrize("target", ["#REF!", "'Tarjous'!$C$13:$C$14", "43.5", "'Muu'!$C$13"])
def test_a_name_that_points_elsewhere_is_found(target: str) -> None:
    def change(book: Workbook) -> None:
        book.defined_names["prices_capitation"].attr_text = target

    assert rules(read(changed(change))) == ["bid-form.name-missing"]


def test_a_name_that_points_at_another_price_is_found() -> None:
    def change(book: Workbook) -> None:
        book.defined_names["prices_capitation"].attr_text = "'Tarjous'!$C$17"

    reading = read(changed(change))
    assert rules(reading) == ["bid-form.label-changed", "bid-form.moved"][:1]
    assert reading.bid is not None
    assert reading.bid.prices["capitation"] is None


def test_a_name_at_the_edge_of_the_sheet_is_found() -> None:
    def change(book: Workbook) -> None:
        book.defined_names["capacity_siilinjarvi_hard"].attr_text = "'Tarjous'!$A$1"

    assert rules(read(changed(change))) == ["bid-form.name-missing"]


def test_moved_rows_are_read_by_their_names_and_said() -> None:
    def change(book: Workbook) -> None:
        sheet = book["Tarjous"]
        for at in ("C8", "C9", "C10"):
            sheet[f"M{at[1:]}"], sheet[f"L{at[1:]}"] = sheet[at].value, sheet[f"B{at[1:]}"].value
        for name, at in (("bid_name", "8"), ("bid_business_id", "9"), ("bid_email", "10")):
            if name in book.defined_names:
                book.defined_names[name].attr_text = f"'Tarjous'!$M${at}"

    reading = read(changed(change))
    assert rules(reading) == ["bid-form.moved"]
    assert reading.bid is not None
    assert reading.bid.name.startswith("Tuottaja")


def test_a_renamed_sheet_is_found_and_read_by_its_names() -> None:
    def change(book: Workbook) -> None:
        book["Tarjous"].title = "Tarjous 2"
        for name in book.defined_names.values():
            name.attr_text = str(name.attr_text).replace("'Tarjous'", "'Tarjous 2'")

    reading = read(changed(change))
    assert rules(reading)[:2] == ["bid-form.sheet-missing", "bid-form.extra-sheet"]
    assert reading.findings[0].blocks
    assert reading.bid is not None
    assert reading.bid.prices["outcome"] == Decimal("0.95")


def test_a_deleted_sheet_is_found() -> None:
    def change(book: Workbook) -> None:
        del book["Tarjous"]

    reading = read(changed(change))
    assert rules(reading) == ["bid-form.sheet-missing"] + ["bid-form.name-missing"] * 15


def test_an_added_sheet_is_said_and_not_read() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Ehtomme")["A1"] = "Hinta nousee 10 %."

    (finding,) = read(changed(change)).findings
    assert (finding.rule, finding.severity, finding.values["sheet"]) == (
        "bid-form.extra-sheet",
        Severity.WARN,
        "Ehtomme",
    )


def test_a_workbook_without_a_stamp_is_no_form() -> None:
    def change(book: Workbook) -> None:
        del book["_valinta"]

    reading = read(changed(change))
    assert (reading.bid, rules(reading)) == (None, ["bid-form.not-a-form"])


STAMPS: dict[str, Callable[[str], str]] = {
    "checksum": lambda xml: re.sub(r"<t>[0-9a-f]{64}</t>", f"<t>{'0' * 64}</t>", xml),
    "a label": lambda xml: xml.replace("perushinta", "vuosihinta"),
    "not JSON": lambda xml: xml.replace('"form":', '"form"'),
    "another form": lambda xml: xml.replace('"form":"bid"', '"form":"answer"'),
    "nesting": lambda xml: xml.replace('"form":"bid"', f'"form":{"[" * 20_000}'),
    "many fields": lambda xml: xml.replace('"fields":15', '"fields":99999999999'),
    "fewer fields": lambda xml: xml.replace('"fields":15', '"fields":3'),
    "no number of fields": lambda xml: xml.replace('"fields":15', '"fields":"x"'),
}


@pytest.mark.parametrize("name", STAMPS)
def test_a_damaged_stamp_is_no_stamp(name: str) -> None:
    data = filled()
    xml = parts_of(data)[STAMP_SHEET].decode()
    change = STAMPS[name]
    assert change(xml) != xml, "nothing changed"
    reading = read(rebuilt(data, {STAMP_SHEET: change(xml).encode()}))
    assert (reading.bid, rules(reading)) == (None, ["bid-form.not-a-form"])


def stamped(**different: object) -> bytes:
    """A form whose stamp was changed by someone who also mended its checksum."""
    book = openpyxl.load_workbook(BytesIO(filled()))
    sheet = book["_valinta"]
    stamp = json.loads(str(sheet["B2"].value)) | different
    sheet["B2"] = json.dumps(stamp)
    lines = [str(sheet.cell(row, 2).value) for row in range(2, sheet.max_row + 1)]
    sheet["B1"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("different", "rule"),
    [
        ({"tender": "toinen"}, "bid-form.other-tender"),
        ({"version": 2}, "bid-form.other-version"),
        ({"version": "1"}, "bid-form.other-version"),
        ({"draft": True}, "bid-form.draft"),
        ({"award_hash": "f" * 64}, "bid-form.other-award-method"),
        ({"payment_hash": "f" * 64}, "bid-form.other-payment-method"),
        ({"language": "sv"}, "bid-form.stamp-changed"),
        ({"language": ["fi"]}, "bid-form.stamp-changed"),
        ({"extra": 1}, "bid-form.stamp-changed"),
    ],
)
def test_another_stamp_is_another_form(different: dict[str, object], rule: str) -> None:
    reading = read(stamped(**different))
    assert (reading.bid, rules(reading)) == (None, [rule])
    assert reading.findings[0].blocks


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (publication(version=2), "bid-form.other-version"),
        (publication(draft=True), "bid-form.draft"),
        (replace(publication(), award_hash="a" * 64), "bid-form.other-award-method"),
        (replace(publication(), payment_hash="b" * 64), "bid-form.other-payment-method"),
        (publication(replace(sample_tender(), id="toinen")), "bid-form.other-tender"),
    ],
)
def test_a_form_of_another_publication_is_refused(other: object, rule: str) -> None:
    reading = read_bid_form(filled(), FILE, other)  # type: ignore[arg-type]
    assert reading.bid is None
    assert rule in rules(reading)


def test_a_draft_filled_in_is_no_tender() -> None:
    draft = write_bid_form(publication(draft=True), Language.FI)
    assert rules(read(draft)) == ["bid-form.draft"]


@cache
def all_readings() -> tuple[BidReading, ...]:
    """Readings of the faults above."""
    typed: list[Typed] = [values for values, *_ in TYPED.values()]
    typed += [{"capacity.lapinlahti.easy": value[0]} for value in COUNTED.values()]
    typed += [{field: text} for field, text, *_ in WRITTEN.values()]
    return (*(read(filled(values)) for values in typed), read(blank_form()), read(stamped(version=2)))


@pytest.mark.parametrize("language", Language)
def test_every_finding_has_words_that_name_what_was_found(language: Language) -> None:
    spoken = words(language)
    for reading in all_readings():
        for finding in reading.findings:
            message = spoken.finding(finding)
            assert message.text
            assert "{" not in str(message)
