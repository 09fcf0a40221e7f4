"""Single values against their field, each mistake one finding."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tender.model.prices import PriceForm
from tests.tender.reading.folders import found, reading

CASES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_each_mistake_is_one_finding(case: dict[str, Any]) -> None:
    """What was found, what was expected, and whether the value is only a placeholder."""
    got = reading((case["instead_of"], case["written"]))
    (finding,) = got.findings
    assert (finding.rule, finding.field) == (case["rule"], case["field"])
    assert case["values"].items() <= finding.values.items()
    assert got.broken == ({case["field"]} if case["broken"] else set())
    assert finding.place is not None
    assert finding.place.line is not None
    assert got.tender is not None


def test_what_is_certain_is_used() -> None:
    """A wrong type still gives the value that was meant."""
    tender = reading(
        ("client_cap = 700", 'client_cap = "700"'),
        ("vat_rate = 24", 'vat_rate = "25,5"'),
        ("decision = 2018-12-21", 'decision = "21.12.2018"'),
        ('cpv = "79611000"', "cpv = 79611000"),
    ).tender
    assert tender is not None
    assert tender.framework.client_cap == 700
    assert tender.prices.vat_rate == Decimal("25.5")
    assert tender.timetable.decision == date(2018, 12, 21)
    assert tender.object.cpv == "79611000"


def test_a_number_out_of_range_becomes_the_nearest_end() -> None:
    """Later rules meet no number that their arithmetic does not expect."""
    tender = reading(("client_cap = 700", "client_cap = -5"), ("vat_rate = 24", "vat_rate = 1000")).tender
    assert tender is not None
    assert (tender.framework.client_cap, tender.prices.vat_rate) == (1, Decimal(100))


def test_placeholders_are_harmless() -> None:
    """An id that could be a path is gone, other strings stay as they are; a flag that cannot be read is not set."""
    tender = reading(
        ('id = "sample"', 'id = "../../etc"'),
        ("synthetic = true", "synthetic = 1"),
        ('portal = "https://portal.example.invalid"', 'portal = "portal"'),
        ('contact = "Hankinta-asiantuntija"', 'contact = "a\\u0000b"'),
    ).tender
    assert tender is not None
    assert (tender.id, tender.synthetic, tender.buyer.portal, tender.buyer.contact) == ("x", False, "portal", "ab")


def test_a_wrong_choice_becomes_the_nearest() -> None:
    """The tender stays whole, and the path is broken."""
    got = reading(
        ('fi = "Esimerkkiostaja" }\nkind = "other"', 'fi = "Esimerkkiostaja" }\nkind = "Other"'),
        ('[prices.capitation]\nform = "base-times-weight"', '[prices.capitation]\nform = "base_times_weigth"'),
    )
    assert got.tender is not None
    assert got.tender.prices.capitation.form is PriceForm.BASE_TIMES_WEIGHT
    assert [finding.values["nearest"] for finding in got.findings] == ["other", "base-times-weight"]


@pytest.mark.parametrize("day", ["1990-01-01", "2200-12-31"])
def test_the_first_and_last_year_are_allowed(day: str) -> None:
    """Both ends belong to the range."""
    assert found(("decision = 2018-12-21", f"decision = {day}")) == ()


@pytest.mark.parametrize("ends", ["0", "100"])
def test_both_ends_of_a_range_are_allowed(ends: str) -> None:
    """0 and 100 percent are percentages."""
    assert found(("vat_rate = 24", f"vat_rate = {ends}")) == ()


def test_an_optional_string_may_be_empty() -> None:
    """There may be no diary number yet."""
    assert reading(("synthetic = true", 'synthetic = true\ndiary_number = ""')).findings == ()
