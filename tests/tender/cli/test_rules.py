"""``valinta check`` says the law: regime, addresses, and every rule with its standing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tender.checks.regime import regime_reason
from tender.cli.main import main
from tender.model.tender import BuyerKind
from tests.tender.checks.test_regime import ROWS as REGIMES

EXAMPLE = Path(__file__).parents[3] / "examples" / "tyollisyysalue"


def _run(*arguments: str, language: str = "en") -> str:
    result = CliRunner().invoke(
        main, ["check", *arguments, "--today", "2026-11-24"], env={"VALINTA_LANGUAGE": language}
    )  # fmt: skip
    return result.stdout


def _json(*arguments: str) -> dict[str, Any]:
    found = json.loads(_run(*arguments, "--json"))
    assert isinstance(found, dict)
    return found


def test_the_regime_is_said_with_its_reason() -> None:
    """Annex E, its point, and the threshold, with the section and its address."""
    regime = _json(str(EXAMPLE))["regime"]
    assert (regime["regime"], regime["annex_e_point"], regime["threshold"]) == ("annex-e", 1, "400000")
    assert regime["basis_url"] == ["https://data.finlex.fi/eli/sd/2016/1397"]


@pytest.mark.parametrize("row", REGIMES, ids=lambda row: row["says"])
def test_every_reason_has_a_basis_and_agrees_with_the_regime(row: dict[str, Any]) -> None:
    """The reason is that of the regime, and names a section of the act."""
    reason = regime_reason(row["cpv"], row["value"], BuyerKind(row["buyer"]), row["day"])
    assert (reason.regime.value if reason.regime else "none") == row["expected"]
    assert reason.basis.startswith("HL 25.1 p. ")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_rule_is_listed_with_its_standing(language: str) -> None:
    """117 rows, the questions, the gaps, in each language."""
    lines = _run(str(EXAMPLE), "--rules", language=language).splitlines()
    assert sum(line[:3] in {"PMC", "DIA", "CFT", "PRI", "CON", "DAT", "DIV", "DEC", "CMP", "NOT", "APP", "INT", "CAN"}
               or line.startswith("X-0") for line in lines) == 117  # fmt: skip
    assert sum(line.startswith("? ") for line in lines) == 8
    assert sum(line.startswith("- ") for line in lines) == 6


def test_the_rules_for_machines() -> None:
    """Ids, ways, standings, addresses."""
    found = _json(str(EXAMPLE), "--rules")
    assert len(found["rules"]) == 117
    rows = {row["id"]: row for row in found["rules"]}
    assert rows["CAN-01"]["waits_for"] == "notices"
    assert rows["CFT-15"]["standing"] == "holds"
    assert rows["DIV-04"]["basis_url"] == ["https://data.finlex.fi/eli/sd/2023/380"]
    assert {question["id"] for question in found["questions"]} == {
        "CFT-09",
        "CFT-16",
        "DAT-03",
        "DAT-05",
        "X-03",
        "X-06",
        "profiling-ai",
        "profiling-decision",
    }
    assert len(found["gaps"]) == 6


def test_findings_carry_the_addresses_of_their_basis() -> None:
    """A finding without a law has none."""
    findings = {finding["rule"]: finding for finding in _json(str(EXAMPLE))["findings"]}
    assert findings["dynamic.reserve-ranking"]["basis_url"] == ["https://data.finlex.fi/eli/sd/2016/1397"]
    assert findings["tender.synthetic"]["basis_url"] == []


def test_a_broken_file_has_no_regime(tmp_path: Path) -> None:
    """Nothing is said about a tender that cannot be read."""
    (tmp_path / "tender.toml").write_text("schema = [", encoding="utf-8")
    found = _json(str(tmp_path), "--rules")
    assert (found["regime"], found["rules"], found["questions"]) == (None, [], [])
