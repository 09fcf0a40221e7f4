"""The bid form from writing to reading: what is asked, what is locked, what comes back."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tender.errors import Severity, UsageError
from tender.forms.bid_form import fill_bid_form, read_bid_form, write_bid_form
from tender.forms.bid_sheet import bid_sheet
from tender.forms.comparison_sheet import TOTAL_NAME
from tender.guards import as_text
from tender.language import Language, Text
from tender.model.bids import Reply
from tender.model.criteria import Criterion, CriterionKind
from tests.sample import AWARD, fi, quality, sample_tender
from tests.tender.forms.sample_form import (
    FILE,
    GOOD,
    blank_form,
    filled,
    per_group_tender,
    publication,
    read,
    rules,
)

FIELDS = 15


def visible(data: bytes) -> list[Worksheet]:
    """The sheets that a bidder sees."""
    return [sheet for sheet in openpyxl.load_workbook(BytesIO(data)) if sheet.sheet_state == "visible"]


def words_of(data: bytes) -> str:
    """Every text that a bidder sees."""
    cells = (cell.value for sheet in visible(data) for row in sheet.iter_rows() for cell in row)
    return "\n".join(value for value in cells if isinstance(value, str))


def test_a_good_form_becomes_a_bid_without_findings() -> None:
    reading = read(filled())
    assert reading.findings == ()
    bid = reading.bid
    assert bid is not None
    assert (bid.bidder, bid.name) == ("9900001-8", "Tuottaja Äö & Kumppanit Oy")
    assert bid.email == "tarjous@tuottaja.example.invalid"
    assert bid.prices == {"capitation": Decimal("43.5"), "outcome": Decimal("0.95")}
    assert bid.capacity_total == 700
    assert bid.capacity["lapinlahti", "hard"] == 100
    assert bid.suitability == {"experience": Reply.YES}
    assert bid.annexes == {"impact-plan": Reply.YES, "hours-tracking": Reply.NO}
    issued = publication()
    assert (bid.award_hash, bid.payment_hash, bid.version) == (issued.award_hash, issued.payment_hash, 1)
    assert (bid.file, bid.synthetic, len(bid.sha256)) == (FILE, True, 64)


def test_a_blank_form_gives_blanks_and_never_zeros() -> None:
    reading = read(blank_form())
    assert rules(reading) == ["bid-form.blank"] * FIELDS
    assert not any(finding.blocks for finding in reading.findings)
    bid = reading.bid
    assert bid is not None
    assert set(bid.prices.values()) == set(bid.capacity.values()) == {None}
    assert (bid.capacity_total, bid.name, bid.bidder) == (None, "", "")
    assert set(bid.suitability.values()) == set(bid.annexes.values()) == {None}


def test_a_zero_is_a_zero() -> None:
    reading = read(filled({"capacity.lapinlahti.hard": 0}))
    assert reading.bid is not None
    assert reading.bid.capacity["lapinlahti", "hard"] == 0


cents = st.integers(3400, 5000).map(lambda n: Decimal(n).scaleb(-2))
tenths = st.integers(6000, 10000).map(lambda n: Decimal(n).scaleb(-4))
clients = st.integers(0, 700)
names = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cents, tenths, st.lists(clients, min_size=6, max_size=6), names, st.sampled_from(list(Reply)))
def test_every_admissible_value_is_read_back_equal(
    capitation: Decimal, outcome: Decimal, places: list[int], name: str, reply: Reply
) -> None:
    cells = [key for key in GOOD if key.startswith("capacity.")]
    values = {
        "name": name,
        "prices.capitation": capitation,
        "prices.outcome": f"{outcome}",
        "suitability.experience": reply.value,
        **dict(zip(cells, places, strict=True)),
    }
    reading = read(filled(values))
    bid = reading.bid
    assert bid is not None
    assert set(rules(reading)) <= {"bid-form.capacity-sum"}
    assert bid.prices == {"capitation": capitation, "outcome": outcome}
    assert list(bid.capacity.values()) == places
    assert bid.suitability["experience"] is reply
    assert bid.name == unicodedata.normalize("NFC", name)


def test_only_the_inputs_are_unlocked_and_each_asks_for_what_it_takes() -> None:
    book = openpyxl.load_workbook(BytesIO(blank_form()))
    unlocked, asked = set(), set()
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not list(sheet.merged_cells.ranges)
        unlocked |= {(sheet.title, c.coordinate) for row in sheet.iter_rows() for c in row if not c.protection.locked}
        for rule in sheet.data_validations.dataValidation:
            assert rule.showErrorMessage
            assert rule.prompt
            assert rule.error
            asked |= {(sheet.title, str(cell)) for cell in str(rule.sqref).split()}
    assert unlocked == asked
    assert len(unlocked) == FIELDS
    named = {tuple(next(iter(name.destinations))) for name in book.defined_names.values()}
    (total,) = {(sheet, ref.replace("$", "")) for sheet, ref in named} - unlocked
    assert total[0] == "Vertailuhinta"


def test_prices_are_validated_in_the_buyers_range() -> None:
    sheet = openpyxl.load_workbook(BytesIO(blank_form()))["Tarjous"]
    ends = {(r.formula1, r.formula2) for r in sheet.data_validations.dataValidation if r.type == "decimal"}
    assert ends == {("34.00", "50.00"), ("0.60", "1.00")}
    counts = {(r.formula1, r.formula2) for r in sheet.data_validations.dataValidation if r.type == "whole"}
    assert counts == {("1", "700"), ("0", "700")}
    choices = {r.formula1 for r in sheet.data_validations.dataValidation if r.type == "list"}
    assert choices == {'"Kyllä,Ei"'}


def test_the_sheets_can_be_printed_and_stay_in_view() -> None:
    guide, bid, comparison = visible(blank_form())
    assert [sheet.title for sheet in (guide, bid, comparison)] == ["Ohje", "Tarjous", "Vertailuhinta"]
    assert (guide.page_setup.orientation, bid.page_setup.orientation) == ("portrait", "landscape")
    for sheet in (guide, bid, comparison):
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddHeader is not None
        assert "SYNTEETTINEN" in str(sheet.oddHeader.center.text)
    assert bid.freeze_panes == "A7"
    assert bid.print_title_rows == "$6:$6"


def test_the_guide_says_every_rule() -> None:
    said = words_of(blank_form())
    for words in (
        "Tyhjä ei ole nolla",
        "Hintaa 0 ei saa tarjota.",
        "Enintään 2 desimaalia kapitaatiokorvauksessa ja 4 tulospalkkiossa.",
        "arvonlisävero 24 %",
        "puolikas ylöspäin",
        "11.12.2018 klo\u00a012.00",
        "https://portal.example.invalid",
        "Tarjoukset ovat julkisia, kun sopimus on tehty.",
        publication().award_hash,
        publication().payment_hash,
        "34,00–50,00",
        "0,60–1,00",
        "Laaja-alainen kokemus",
        "Referenssit",
        "Enintään viisi sivua.",
    ):
        assert words in said


def test_a_draft_and_an_example_say_so_on_every_sheet() -> None:
    data = write_bid_form(publication(draft=True), Language.FI)
    for sheet in visible(data):
        banners = [sheet.cell(row, 1).value for row in range(1, 6)]
        assert any(str(words).startswith("SYNTEETTINEN") for words in banners)
        assert any(str(words).startswith("LUONNOS") for words in banners)
    real = write_bid_form(publication(replace(sample_tender(), synthetic=False)), Language.FI)
    assert "SYNTEETTINEN" not in words_of(real)
    assert "LUONNOS" not in words_of(real)


@pytest.mark.parametrize("language", Language)
def test_the_form_speaks_three_languages_and_each_is_read(language: Language) -> None:
    data = fill_bid_form(blank_form(language), GOOD)
    reading = read(data)
    assert reading.findings == ()
    assert reading.bid is not None
    assert reading.bid.prices == {"capitation": Decimal("43.5"), "outcome": Decimal("0.95")}
    assert {"fi": "Kyllä", "sv": "Ja", "en": "Yes"}[language.value] in words_of(data)


def test_prices_per_group_are_asked_group_by_group() -> None:
    issued = publication(per_group_tender())
    form = write_bid_form(issued, Language.FI)
    values = {**GOOD, "prices.capitation.easy": 0, "prices.capitation.average": 45, "prices.capitation.hard": "40.005"}
    del values["prices.capitation"]
    reading = read_bid_form(fill_bid_form(form, values), FILE, issued)
    assert reading.findings == ()
    assert reading.bid is not None
    assert reading.bid.prices["capitation.easy"] == 0
    assert reading.bid.prices["capitation.hard"] == Decimal("40.005")


def test_where_zero_is_an_end_but_may_not_be_tendered_the_smallest_price_is_the_end() -> None:
    tender = per_group_tender()
    tender = replace(tender, prices=replace(tender.prices, zero_allowed=False))
    issued = publication(tender)
    form = write_bid_form(issued, Language.FI)
    sheet = openpyxl.load_workbook(BytesIO(form))["Tarjous"]
    assert "0.001" in {rule.formula1 for rule in sheet.data_validations.dataValidation}
    reading = read_bid_form(fill_bid_form(form, {"prices.capitation.easy": 0}), FILE, issued)
    assert "bid-form.zero" in rules(reading)


def test_annexes_are_the_quality_criteria_that_demand_evidence() -> None:
    child = replace(quality("inner", "Sisempi", "20"), evidence=fi("Ei kysytä erikseen."))
    branch = Criterion(
        "plan", fi("Suunnitelma"), CriterionKind.BRANCH, Decimal(40), evidence=fi("Yksi asiakirja."), criteria=(child,)
    )
    silent = replace(quality("talk", "Haastattelu", "20"), evidence=Text())
    award = replace(AWARD, criteria=(AWARD.criteria[0], branch, silent))
    sheet = bid_sheet(publication(replace(sample_tender(), award=award)), Language.FI)
    ids = [placed.field.id for placed in sheet.placed if placed.field.id.startswith("annexes.")]
    assert ids == ["annexes.plan"]


@pytest.mark.slow
def test_the_same_publication_gives_the_same_bytes_in_another_zone_with_another_hash_seed() -> None:
    script = (
        "import hashlib, sys\n"
        "from tests.tender.forms.sample_form import blank_form, filled\n"
        "sys.stdout.write(hashlib.sha256(blank_form() + filled()).hexdigest())\n"
    )

    def run(zone: str, seed: str) -> str:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert run("Pacific/Auckland", "3") == run("America/Anchorage", "4") != ""
    assert blank_form() == write_bid_form(publication(), Language.FI)


def test_every_change_of_the_publication_changes_the_form() -> None:
    forms = {
        blank_form(),
        write_bid_form(publication(version=2), Language.FI),
        write_bid_form(publication(draft=True), Language.FI),
        write_bid_form(replace(publication(), award_hash="1" * 64), Language.FI),
        write_bid_form(replace(publication(), payment_hash="1" * 64), Language.FI),
    }
    assert len(forms) == 5


def test_a_tender_full_of_formulas_makes_a_form_of_text() -> None:
    nasty = Text(fi='=HYPERLINK("http://example.invalid")')
    tender = sample_tender()
    tender = replace(
        tender,
        title=nasty,
        buyer=replace(tender.buyer, name=nasty),
        suitability=(replace(tender.suitability[0], name=nasty, requirement=nasty),),
    )
    data = write_bid_form(publication(tender), Language.FI)
    for sheet in visible(data):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type == "f" or not str(cell.value).startswith("="), cell.coordinate
                assert cell.data_type != "f" or "HYPERLINK" not in str(cell.value), cell.coordinate
    assert as_text(str(nasty.fi)) in words_of(data)
    read_bid_form(data, FILE, publication(tender))


def test_filling_knows_the_fields_and_says_which_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        fill_bid_form(blank_form(), {"prices.capitaton": 1})
    assert caught.value.message == "bid-form.no-field"
    assert "prices.capitation" in caught.value.values["known"]


def test_filling_needs_a_form() -> None:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(UsageError):
        fill_bid_form(out.getvalue(), GOOD)


def test_the_comparison_price_has_a_name() -> None:
    assert TOTAL_NAME in openpyxl.load_workbook(BytesIO(blank_form())).defined_names


def test_findings_of_a_bid_do_not_block_admissibility() -> None:
    """A price out of range or a blank is admissibility's to judge: the form only says where it stands."""
    reading = read(filled({"prices.outcome": "1.05", "capacity_total": ""}))
    assert {finding.severity for finding in reading.findings} == {Severity.WARN}
    assert reading.bid is not None
    assert reading.bid.prices["outcome"] == Decimal("1.05")
