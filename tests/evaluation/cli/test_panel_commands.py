"""The panel's commands as people type them, from the appointment to the consensus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.intake import SCORES
from tender.cli.main import main
from tests.evaluation.acts.panels import received, two_forms

OPEN = "2018-12-11T13:00"
MEMBERS = ("--member", "a1=Aino Arvioija", "--member", "a2=Bo Bedömare=impact-plan,hours-tracking")


def _run(*arguments: object, language: str = "fi") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"VALINTA_LANGUAGE": language})


def _panel(verb: str, folder: Path, *arguments: object, code: int = 0) -> Any:
    result = _run("evaluate", "panel", verb, folder, *arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def ready(lean_published: Path) -> Path:
    """Two bids received, no file of levels."""
    received(lean_published, two_forms(lean_published))
    (lean_published / SCORES).unlink()
    return lean_published


def test_the_panels_way(ready: Path, tmp_path: Path) -> None:
    """Appoint, declare, open, sheet, give, sign, agree; levels are hidden until both have signed."""
    made = _panel("appoint", ready, *MEMBERS, "--chair", "a1", "--by", "H. Hankkija", "--now", "2018-12-11T11:00")
    assert [one["owed"] for one in made["evaluators"]] == [8, 4]
    assert _panel("declare", ready, "--evaluator", "a1", "--now", OPEN)["undeclared"] == [
        ["a2", "9900001-8"],
        ["a2", "9900002-6"],
    ]
    opening = ("bids", "open", ready, "--by", "A", "--by", "T", "--now", OPEN)
    refused = _run(*opening)
    assert refused.exit_code == 1
    assert "a2" in refused.output
    _panel("declare", ready, "--evaluator", "a2", "--now", OPEN)
    assert _run(*opening).exit_code == 0
    assert _panel("sheet", ready, "--evaluator", "a1", "--into", tmp_path / "a1.xlsx")["evaluator"] == "a1"
    assert _run("evaluate", "panel", "sheet", ready, "--evaluator", "a1", "--into", tmp_path / "a1.xlsx").exit_code == 2
    one = ("--bidder", "9900001-8", "--criterion", "impact-plan", "--reason", "Kohta 2.", "--now", OPEN)
    given = _panel("score", ready, "--evaluator", "a1", *one, "--level", 3)
    assert (given["new"], given["missing"]) == (1, 7)
    assert _panel("score", ready, "--evaluator", "a2", *one, "--skip")["missing"] == 3
    assert _panel("show", ready, code=1)["cells"] == []
    assert _run("evaluate", "panel", "statistics", ready).exit_code == 2
    assert _panel("score", ready, "--evaluator", "a2", "--absent", "--reason", "Sairas.", "--now", OPEN)["missing"] == 0
    sheet = _run("evaluate", "panel", "score", ready, "--evaluator", "a1", "--sheet", tmp_path / "a1.xlsx")
    assert sheet.exit_code == 0, sheet.output
    assert _run("evaluate", "panel", "sign", ready, "--evaluator", "a1").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("appoint", "--member", "a1", "--chair", "a1", "--by", "H"),
        ("declare", "--evaluator", "a1", "--interest", "Osakas."),
        ("sheet", "--evaluator", "a9", "--into", "x.xlsx"),
        ("score", "--evaluator", "a9", "--sheet", "x.xlsx"),
        ("consensus", "--bidder", "b", "--criterion", "c", "--level", "1", "--moved", "a1"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_wrong_use_is_told(lean_published: Path, arguments: tuple[str, ...]) -> None:
    """Exit code 2, in the user's language, nothing recorded."""
    verb, *rest = arguments
    for language in ("fi", "sv", "en"):
        result = _run("evaluate", "panel", verb, lean_published, *rest, language=language)
        assert result.exit_code == 2, result.output
        assert "{" not in result.output


def test_without_a_panel_the_levels_come_from_the_file(lean_published: Path) -> None:
    """Said in words; the small buyer's way stays."""
    assert "tiedostosta" in _run("evaluate", "panel", "show", lean_published).output
