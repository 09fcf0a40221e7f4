"""Each slip in the ordered open data is told by its own rule, at its line of the tender file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender.checks import check
from tender.errors import Finding, Severity
from tender.reading.file import Reading, read_text
from tender.reading.files import TENDER_FILE
from tender.starting import example_names, examples_folder
from tests.tender.checks.bases import case_of
from tests.tender.checks.drill import speak

FILE = Path(str(examples_folder())) / "pohjois-savo" / TENDER_FILE


def found_in(text: str) -> list[Finding]:
    """What the rules of the open data find, with its place; what reading found stands first."""
    reading: Reading = read_text(text)
    assert reading.tender is not None
    case = case_of(reading.tender, broken=reading.broken)
    own = [one for one in check(case) if one.rule.startswith("open-data.")]
    read = [one for one in reading.findings if one.field.startswith("open_data")]
    for finding in own:
        speak(finding)
    return [*read, *reading.locate(own)]


def changed(old: str, new: str) -> tuple[str, int]:
    """The example with one change, and the line on which the change stands."""
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


SLIPS: dict[str, tuple[str, str, str, Severity]] = {
    "the period ends before it begins": (
        "flow_from       = 2017-07-01", "flow_from       = 2018-07-01", "open-data.period", Severity.BLOCK),
    "a stock of the future": (
        "reference_day   = 2018-06-30", "reference_day   = 2018-11-30", "open-data.not-past", Severity.WARN),
    "half a month at the start": (
        "flow_from       = 2017-07-01", "flow_from       = 2017-07-15", "open-data.months", Severity.WARN),
    "half a month at the end": (
        "reference_day   = 2018-06-30", "reference_day   = 2018-06-29", "open-data.months", Severity.WARN),
    "ages that fall": (
        "age_limits      = [25, 35, 45, 55]", "age_limits      = [25, 45, 35, 55]", "open-data.limits",
        Severity.BLOCK),
    "durations that fall": (
        "duration_limits = [3, 6, 12, 24]", "duration_limits = [24, 12, 6, 3]", "open-data.limits", Severity.BLOCK),
    "a duration of what only begins": (
        'dimensions = ["month", "group"]', 'dimensions = ["month", "duration"]', "open-data.breakdown",
        Severity.BLOCK),
    "a destination of who is still here": (
        'dimensions = ["municipality", "group", "sex"]', 'dimensions = ["municipality", "group", "destination"]',
        "open-data.breakdown", Severity.BLOCK),
    "the same table twice": (
        'dimensions = ["municipality", "group", "sex"]', 'dimensions = ["group", "municipality", "age"]',
        "open-data.table-twice", Severity.WARN),
    "shares that are not whole": (
        "entry_shares    = { easy = 0.62, average = 0.29, hard = 0.09 }",
        "entry_shares    = { easy = 0.72, average = 0.29, hard = 0.09 }", "open-data.entry-shares", Severity.WARN),
    "a rate that makes another stock": (
        "exit_rates      = { easy = 0.40, average = 0.13, hard = 0.04 }",
        "exit_rates      = { easy = 0.40, average = 0.13, hard = 0.05 }", "open-data.anchor-stock", Severity.WARN),
    "a table by the name of another": (
        'id         = "stock-age"', 'id         = "stock-sex"', "field.duplicate-id", Severity.BLOCK),
    "no classes at all": ("age_limits      = [25, 35, 45, 55]", "age_limits      = []", "field.few", Severity.BLOCK),
    "a share in per cent": ("long_term_share = 0.31", "long_term_share = 31", "field.range", Severity.BLOCK),
    "a group that is not there": (
        "hours_per_month = { easy = 135, average = 120, hard = 95 }",
        "hours_per_month = { easy = 135, average = 120 }", "reference.missing", Severity.BLOCK),
    "a breakdown that is not there": (
        'dimensions = ["group", "duration"]', 'dimensions = ["group", "language"]', "field.choice", Severity.BLOCK),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_at_its_line(slip: str) -> None:
    """One mistake, one finding."""
    old, new, rule, severity = SLIPS[slip]
    text, line = changed(old, new)
    tables = [one for one in found_in(text) if one.rule != "open-data.table-twice" or rule == one.rule]
    assert [(one.rule, one.severity) for one in tables] == [(rule, severity)]
    assert tables[0].place is not None
    near = 15 if rule == "open-data.table-twice" else 0
    assert line <= (tables[0].place.line or 0) <= line + near


def test_a_base_below_the_threshold_shows_small_counts() -> None:
    """Only where tables are rounded."""
    text, line = changed('guard           = "suppress"', 'guard           = "round"\nbase            = 3')
    (finding,) = found_in(text)
    assert (finding.rule, finding.severity) == ("open-data.rounding-base", Severity.BLOCK)
    assert finding.place is not None
    assert finding.place.line == line + 1
    text, _ = changed('guard           = "suppress"', 'guard           = "suppress"\nbase            = 3')
    assert found_in(text) == []


@pytest.mark.parametrize("name", example_names())
def test_the_examples_order_sound_tables(name: str) -> None:
    """Nothing to say about any of the three, five of whose tables share municipality and group."""
    text = (Path(str(examples_folder())) / name / TENDER_FILE).read_text(encoding="utf-8")
    assert found_in(text) == []
    tender = read_text(text).tender
    assert tender is not None
    assert tender.open_data is not None
    linked = [table for table in tender.open_data.tables if table.quantity.value == "stock"]
    assert len(linked) == 5
    assert all([each.value for each in table.dimensions[:2]] == ["municipality", "group"] for table in linked)
