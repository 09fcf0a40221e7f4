"""Ten mistakes in one file: ten findings, each at its line, all at once, with exit code 1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tender.cli.main import main
from tender.starting import start_folder


@dataclass(frozen=True, slots=True)
class Mistake:
    """A planted mistake.

    Attributes:
        old: What stands in the file, exactly once.
        new: What is planted.
        rule: The finding that it must give.
        shown: A piece of the line that the finding must point at.
    """

    old: str
    new: str
    rule: str
    shown: str


MISTAKES = {
    "a typo in a key": Mistake("payment_days      = 30", "payment_dayz      = 30", "field.unknown", "payment_dayz"),
    "weights of 99 %": Mistake(
        "weight         = 40\nformula", "weight         = 39\nformula", "award.weights-sum", "weight         = 39"
    ),
    "a range upside down": Mistake("lowest    = 34.00", "lowest    = 54.00", "prices.range-order", "highest   = 50.00"),
    "a missing group": Mistake(
        "{ easy = 0.4, average = 0.8, hard = 1.5 }",
        "{ easy = 0.4, average = 0.8 }",
        "reference.missing",
        "average = 0.8 }",
    ),
    "a date before another": Mistake(
        "decision            = 2018-12-21", "decision            = 2018-12-10", "timetable.decision", "decision   "
    ),
    "an unknown formula": Mistake(
        'formula        = "announced-interval@1"',
        'formula        = "announced-intervall@1"',
        "award.formula-unknown",
        "intervall",
    ),
    "a duplicate id": Mistake('"q2"', '"q1"', "field.duplicate-id", '"q1"'),
    "a wrong type": Mistake("minimum_contacts  = 1", 'minimum_contacts  = "yksi"', "field.type", '"yksi"'),
    "a missing language": Mistake(
        'name.fi        = "Laatu"\nname.sv        = "Kvalitet"',
        'name.fi        = "Laatu"',
        "text.missing-language",
        "Laatu",
    ),
    "too low a cap": Mistake(
        "client_cap        = 700", "client_cap        = 400", "framework.capacity", "client_cap  "
    ),
}


def _findings(folder: Path) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["check", str(folder), "--today", "2018-11-05", "--json"])
    found: list[dict[str, object]] = json.loads(result.stdout)["findings"]
    blocking = [finding for finding in found if finding["severity"] == "block"]
    assert result.exit_code == (1 if blocking else 0)
    return blocking


def _plant(folder: Path, names: list[str]) -> list[str]:
    """Plant the mistakes and return the lines of the file."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    for name in names:
        assert text.count(MISTAKES[name].old) == 1, name
        text = text.replace(MISTAKES[name].old, MISTAKES[name].new)
    path.write_text(text, encoding="utf-8")
    return text.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tender without mistakes."""
    return start_folder(tmp_path / "kunta", "pohjois-savo", None)


def test_the_untouched_file_has_none(folder: Path) -> None:
    """The example itself does not block."""
    assert _findings(folder) == []


def test_ten_mistakes_give_ten_findings_each_at_its_line(folder: Path) -> None:
    """All at once, none hidden by another, none doubled."""
    lines = _plant(folder, list(MISTAKES))
    found = _findings(folder)
    assert sorted(str(finding["rule"]) for finding in found) == sorted(one.rule for one in MISTAKES.values())
    by_rule = {finding["rule"]: finding for finding in found}
    for name, mistake in MISTAKES.items():
        line = by_rule[mistake.rule]["line"]
        assert isinstance(line, int), name
        assert mistake.shown in lines[line - 1], (name, line, lines[line - 1])


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_alone_gives_its_own_finding(folder: Path, name: str) -> None:
    """Nothing else fires because of it."""
    _plant(folder, [name])
    assert [finding["rule"] for finding in _findings(folder)] == [MISTAKES[name].rule]
