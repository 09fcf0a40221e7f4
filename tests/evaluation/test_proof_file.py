"""The proof of an award as a file: written, read, checked; and refused once anything in it is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.award.selection import proof_of, select_providers
from evaluation.cli.evaluate import evaluate
from evaluation.proof_file import check_proof, proof_json
from evaluation.sheets import proof_summary
from tender.errors import InputError
from tender.model.criteria import SelectionMethod
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender


def written(folder: Path, method: SelectionMethod = SelectionMethod.BEST_SUM) -> Path:
    """The proof of a small award."""
    tender = selection_tender(providers=3, method=method)
    places = {"A": 300, "B": 300, "C": 700, "D": 700, "E": 500}
    bids = [make_bid(tender, name, total=total) for name, total in places.items()]
    sheet = make_sheet(tender, {"A": 90, "B": 88, "C": 85, "D": 80, "E": 70})
    selection = select_providers(tender, sheet, bids, b"seed")
    path = folder / "proof.json"
    path.write_text(json.dumps(proof_json(proof_of(tender, sheet, bids, selection))), encoding="utf-8")
    return path


@pytest.mark.parametrize("method", SelectionMethod)
def test_a_written_proof_holds(tmp_path: Path, method: SelectionMethod) -> None:
    """Every objective of the chain, with its value in points."""
    levels = check_proof(written(tmp_path, method))
    assert levels
    assert all(level.certificate.optimal for level in levels)
    if method is SelectionMethod.BEST_SUM:
        assert proof_summary(levels)[0]["value"] == "255"  # type: ignore[index, call-overload]


def _bound(plain: Any) -> None:
    plain[0]["certificate"]["bound"] = "254"
    plain[0]["certificate"]["value"] = "254"


def _capacity(plain: Any) -> None:
    row = next(row for row in plain[0]["model"]["rows"] if row[0] == "total_capacity[B]")
    row[1][-1][1] = "-700"


def _witness(plain: Any) -> None:
    plain[0]["certificate"]["witness"]["chosen[B]"] = "1"


def _scale(plain: Any) -> None:
    plain[0]["certificate"]["scale"] = "-1"


@pytest.mark.parametrize("change", [_bound, _capacity, _witness, _scale])
def test_a_changed_proof_is_refuted(tmp_path: Path, change: Any) -> None:
    """A planted lie in the claim, in the model or in the award."""
    path = written(tmp_path)
    plain = json.loads(path.read_text(encoding="utf-8"))
    change(plain)
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(InputError, match=r"proof\.refuted"):
        check_proof(path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"objective": 1}]', "null", "[[[[", "\x00"])
def test_what_is_no_proof_is_told(tmp_path: Path, text: str) -> None:
    """One clear refusal, whatever the file holds; an empty object holds no objective and is none either."""
    path = tmp_path / "proof.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"proof\.unreadable"):
        check_proof(path)


def test_the_command_is_there() -> None:
    """``valinta evaluate check-proof``."""
    assert evaluate.get_command(None, "check-proof") is not None  # type: ignore[arg-type]
