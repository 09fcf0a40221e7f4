"""``valinta dialogue summary``: words for people, one JSON value for machines, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tender.language import Language

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"


def run(*arguments: str) -> Result:
    """Run ``valinta dialogue …``."""
    return CliRunner().invoke(main, ["dialogue", *arguments], prog_name="valinta")


@pytest.mark.parametrize(
    ("language", "said"), [(Language.FI, "Vastauksia: 14"), (Language.SV, "Svar: 14"), (Language.EN, "Answers: 14")]
)
def test_people_read_words(language: Language, said: str) -> None:
    """A line of numbers and a table with eight questions."""
    result = run("summary", str(SAVO), "--language", language.value)
    assert result.exit_code == 0, result.output
    assert said in result.output
    assert result.output.count("/14") == 8


def test_machines_read_one_json_value() -> None:
    """Nothing else stands on standard output."""
    result = run("summary", str(SAVO), "--json")
    value = json.loads(result.stdout)
    assert value["answers"] == 14
    assert [question["number"] for question in value["questions"]] == list(range(1, 9))
    assert {question["answered"] + len(question["silent"]) for question in value["questions"]} == {14}
    assert value["findings"] == []


def test_findings_that_block_end_with_one(tmp_path: Path) -> None:
    """The counts are told all the same."""
    folder = Path(shutil.copytree(SAVO, tmp_path / "savo"))
    (folder / "synthetic" / "answers" / "rikki.toml").write_text("rikki", encoding="utf-8")
    result = run("summary", str(folder), "--language", "fi")
    assert result.exit_code == 1
    assert "rikki.toml" in result.output
    assert "Vastauksia: 14" in result.output
    value = json.loads(run("summary", str(folder), "--json").stdout)
    assert [finding["rule"] for finding in value["findings"]] == ["dialogue.unreadable"]


def test_wrong_use_ends_with_two(tmp_path: Path) -> None:
    """No answers: a sentence, not a traceback."""
    folder = Path(shutil.copytree(SAVO, tmp_path / "savo"))
    shutil.rmtree(folder / "synthetic")
    result = run("summary", str(folder), "--language", "fi")
    assert result.exit_code == 2
    assert "answers" in result.output
    assert "Traceback" not in result.output


def test_help_has_an_example() -> None:
    """Every command has one."""
    assert "valinta dialogue summary" in run("summary", "--help").output
