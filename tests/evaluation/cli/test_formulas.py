"""``valinta evaluate formulas``: exact points in the given order, pictures, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main

EXAMPLES = Path(__file__).parents[3] / "examples"


def run(*arguments: object, language: str = "en") -> Result:
    """The command as a user types it."""
    words = ["evaluate", "formulas", *map(str, arguments)]
    return CliRunner().invoke(main, words, env={"VALINTA_LANGUAGE": language})


def found(*arguments: object) -> dict[str, Any]:
    """Its JSON."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    value: dict[str, Any] = json.loads(result.output)
    return value


def test_points_are_exact_and_in_the_given_order() -> None:
    """Fractions as text; the order of the prices, not of their size."""
    ratio = found("--formula", "ratio-to-lowest@1", "--points", "40", "--prices", "110,100,150,125")
    assert ratio["points"] == ["400/11", "40", "80/3", "32"]
    interval = ("--formula", "announced-interval@1", "--set", "floor=80", "--set", "ceiling=160")
    assert found(*interval, "--prices", "100,110,125,150")["points"] == ["30", "25", "35/2", "5"]
    logarithm = found("--formula", "logarithm@1", "--prices", "100,110")
    assert logarithm["points"] == ["40", "344999/10000"]


def test_a_blank_is_refused_and_never_zero() -> None:
    """Two commas with nothing between."""
    value = found("--formula", "ratio-to-lowest@1", "--prices", "100,,150")
    assert value["points"] == [None, None, None]
    assert set(value["refusals"]) == {"formula-refusal.blank-price"}
    assert value["witness"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--formula", "ratio-to-lowest@1"),
        ("--formula", "ratio-to-lowest@1", "--prices", "100,abc"),
        ("--formula", "ratio-to-lowest@1", "--prices", "100,1/0"),
        ("--formula", "lowest/price", "--prices", "100"),
        ("--formula", "share-of-ceiling@1", "--prices", "100", "--set", "ceiling"),
        ("--formula", "share-of-ceiling@1", "--prices", "100", "--set", "celing=160"),
        ("--formula", "ratio-to-lowest@1", "--prices", "100", "--promise", "promise-ratio@1,15"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    """One clear message each."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()


def test_every_formula_is_listed() -> None:
    """Without a formula the command says what there is."""
    assert len(found()["formulas"]) >= 23
    assert "announced-interval@1" in run(language="sv").output


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_people_read_points_witness_decoy_and_cliff(language: str) -> None:
    """In their own language, no id left."""
    output = run("--formula", "step-deduction@1", "--prices", "100,110,125,150", language=language).output
    assert "laboratory." not in output
    assert output.count("\n") >= 9


def test_a_tender_is_examined_and_its_promises_too() -> None:
    """The example's interval has no witness; its weights are said."""
    value = found(EXAMPLES / "pohjois-savo")
    assert value["criteria"][0]["witness"] is None
    assert value["overpromise"] is None
    assert "100" not in value["effective_weights"].values()
    assert "Tehollinen paino" in run(EXAMPLES / "pohjois-savo", language="fi").output


def test_the_picture_is_drawn_once(tmp_path: Path) -> None:
    """SVG with words for those who do not see it; never over a file that is there."""
    path = tmp_path / "kuva.svg"
    arguments = ("--formula", "around-mean@1", "--prices", "100,150", "--picture", path)
    assert found(*arguments)["picture"] == str(path)
    assert "<desc" in path.read_text(encoding="utf-8")
    assert run(*arguments).exit_code == 2
    assert run("--formula", "rank@1", "--prices", "100", "--picture", tmp_path / "x.svg").exit_code == 2
