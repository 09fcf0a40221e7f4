"""What the design refuses, in every language, and that the three examples can be designed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.acts import design as acts
from evaluation.acts.design import design, draw_flow
from evaluation.acts.design_papers import diff_of, digest_of
from evaluation.assumptions_file import ASSUMPTIONS
from evaluation.design.designed import proposed_values
from evaluation.design.weights.outlook import weights_outside
from evaluation.design.weights.prices import reference_prices
from evaluation.design.weights.rounds import Chances, case_of
from tender.cli.main import main
from tender.errors import FrozenError
from tender.language import Language
from tender.publishing.examination import readable_tender
from tender.reading.edit import edited
from tender.words import words
from tests.house.sources import ROOT

FEW = Chances(2, 40)
EXAMPLES = ("pohjois-savo", "pohjois-karjala", "tyollisyysalue")


def copy(example: str, home: Path) -> Path:
    folder = home / example
    shutil.copytree(ROOT / "examples" / example, folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_has_a_design_that_its_file_takes(example: str, tmp_path: Path) -> None:
    """Weights, a price per group, both; the file with the proposal in it has the proposed prices as its own."""
    folder = copy(example, tmp_path)
    found = design(folder, FEW)
    made = found.design
    assert made.proposal is not None
    assert made.outlook is not None
    assert made.outlook.spread < made.outlook_before.spread
    assert made.outlook.cost <= made.outlook_before.cost
    assert weights_outside(case_of(found.tender, found.assumptions, found.flow), made.proposal) == ()
    assert diff_of(folder, found)
    file = folder / "tender.toml"
    changes = {path: value for path, _, value in proposed_values(found)}
    file.write_text(edited(file.read_text(encoding="utf-8"), changes), encoding="utf-8")
    taken = reference_prices(readable_tender(folder))
    assert [(one.capitation, one.outcome) for one in taken.groups] == [
        (one.capitation, one.outcome) for one in made.proposal.groups
    ]


def test_a_published_tender_is_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights are designed before publication and never after; the flow may still be drawn."""
    folder = copy("pohjois-savo", tmp_path)

    class Published:
        in_force = object()

    monkeypatch.setattr(acts, "record_state", lambda _: Published())
    with pytest.raises(FrozenError):
        design(folder, FEW)
    assert draw_flow(folder, FEW).found.replications == 40


@pytest.mark.parametrize("language", Language)
def test_without_the_extra_a_cluster_is_refused(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong use: the message says how to install it, or to go on without."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    folder = copy("pohjois-savo", tmp_path)
    told = ["simulate", str(folder), "--replications", "20", "--cluster", "local", "--language", language.value]
    result = CliRunner().invoke(main, ["design", *told])
    assert result.exit_code == 2
    assert words(language).messages["design.no-cluster"]["text"] in result.stderr


@pytest.mark.parametrize(
    "given", [["--replications", "0"], ["--seed", "-1"], ["--cap", "0"], ["--workers", "0"], ["--cap", "many"]]
)
def test_numbers_that_make_no_sense_are_wrong_use(given: list[str], tmp_path: Path) -> None:
    """Exit code 2, before anything is read."""
    assert CliRunner().invoke(main, ["design", "simulate", str(tmp_path), *given]).exit_code == 2


@pytest.mark.parametrize("language", Language)
def test_faulty_assumptions_are_told_in_words(language: Language, tmp_path: Path) -> None:
    """The file, the field, what was found and what is expected; exit code 1 and nothing written."""
    folder = copy("pohjois-savo", tmp_path)
    (folder / ASSUMPTIONS).write_text("within = -3\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["design", "weights", str(folder), "--language", language.value])
    assert result.exit_code == 1
    assert ASSUMPTIONS in result.stdout
    assert "-3" in result.stdout
    assert not (folder / "private" / "design").exists()


@pytest.mark.slow
def test_the_digest_is_that_of_the_design(tmp_path: Path) -> None:
    """Another assumption or another seed is another digest; the same is the same."""
    folder = copy("pohjois-savo", tmp_path)
    first, again = design(folder, FEW), design(folder, FEW)
    assert digest_of(first, 2) == digest_of(again, 2)
    assert digest_of(first, 2) != digest_of(first, 3)
    (folder / ASSUMPTIONS).write_text("within = 14\n", encoding="utf-8")
    assert digest_of(design(folder, FEW), 2) != digest_of(first, 2)


def test_another_seed_is_another_draw(tmp_path: Path) -> None:
    """The same command tells the same twice; another seed tells something else."""
    folder = copy("pohjois-savo", tmp_path)
    told = [
        CliRunner()
        .invoke(main, ["design", "simulate", str(folder), "--replications", "30", "--json", "--seed", seed])
        .stdout
        for seed in ("1", "1", "2")
    ]
    assert told[0] == told[1] != told[2]
