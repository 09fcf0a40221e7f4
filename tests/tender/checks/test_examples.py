"""The examples of the house, read from their files: nothing blocks, and planted mistakes are told once each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tender.checks import Case, check
from tender.documents.catalogue import catalogue
from tender.errors import Finding
from tender.reading.file import Reading, read_tender, read_text
from tender.reading.texts import loader
from tests.tender.checks.bases import STATED
from tests.tender.checks.drill import ROOT

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/tender.toml"))
TODAY = date(2026, 11, 22)

SLIPS = {
    "field.unknown": ("near_tie            = 5", "near_tei            = 5"),
    "award.weights-sum": ("weight         = 40\nformula", "weight         = 39\nformula"),
    "prices.range-order": ("lowest    = 34.00\nhighest   = 50.00", "lowest    = 50.00\nhighest   = 34.00"),
    "reference.missing": ("{ easy = 0.4, average = 0.8, hard = 1.5 }", "{ easy = 0.4, average = 0.8 }"),
    "timetable.answers": ("answers_by          = 2018-11-30", "answers_by          = 2018-11-20"),
    "award.formula-unknown": ('"announced-interval@1"', '"announced-intervall@1"'),
    "field.duplicate-id": ('id             = "business"', 'id             = "education"'),
    "field.type": ("providers         = 3 ", 'providers         = "three" '),
    "text.missing-language": ('name.fi = "Lapinlahti"\n', ""),
    "framework.capacity": ("client_cap        = 700", "client_cap        = 400"),
}
"""Ten mistakes by the rule that tells each: text to find and text to write."""


def _checked(reading: Reading) -> list[Finding]:
    assert reading.tender is not None
    known = frozenset(document.id for document in catalogue())
    case = Case(reading.tender, TODAY, catalogue=known, stated=STATED, broken=reading.broken)
    return [*reading.findings, *reading.locate(check(case))]


def _blocking(folder: Path, text: str) -> list[str]:
    return sorted(finding.rule for finding in _checked(read_text(text, loader(folder))) if finding.blocks)


def test_there_are_three_examples() -> None:
    """The test below would pass on nothing."""
    assert [folder.name for folder in EXAMPLES] == ["pohjois-karjala", "pohjois-savo", "tyollisyysalue"]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_nothing_blocks_an_example(folder: Path) -> None:
    """They are what `valinta new` starts from."""
    assert [finding for finding in _checked(read_tender(folder)) if finding.blocks] == []


@pytest.mark.parametrize("rule", SLIPS)
def test_one_mistake_in_the_file_is_told_once(rule: str) -> None:
    """Whoever tells it, reader or rule: one mistake, one finding that blocks."""
    folder = ROOT / "examples" / "pohjois-savo"
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    wrong, slip = SLIPS[rule]
    assert text.count(wrong) >= 1
    assert _blocking(folder, text.replace(wrong, slip, 1)) == [rule]


def test_ten_mistakes_are_told_at_once() -> None:
    """All but the cap: it cannot be judged while the number of providers is not a number."""
    folder = ROOT / "examples" / "pohjois-savo"
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    for wrong, slip in SLIPS.values():
        text = text.replace(wrong, slip, 1)
    assert _blocking(folder, text) == sorted(set(SLIPS) - {"framework.capacity"})
    readable = text.replace('providers         = "three"', "providers         = 3")
    assert _blocking(folder, readable) == sorted(set(SLIPS) - {"field.type"})
