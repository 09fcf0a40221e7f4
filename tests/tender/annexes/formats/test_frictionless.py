"""The data package before frictionless, which stands in an environment of its own (`.ci/judges` makes it)."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tender.annexes.formats.package import write_package
from tender.model.annex import AnnexCell, CellStatus
from tests.tender.annexes.formats.annexes import lay, sample_annex, with_label

HOME = Path(os.environ.get("VALENV", str(Path.home() / ".cache/valinta-judges")))
FRICTIONLESS = HOME / "frictionless" / "bin" / "frictionless"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FRICTIONLESS.exists(), reason="frictionless is not set up; .ci/judges does so"),
]


def verdict(folder: Path) -> tuple[int, str]:
    """Its exit code and words on the package in `folder`."""
    run = subprocess.run(
        [FRICTIONLESS, "validate", "datapackage.json"], cwd=folder, capture_output=True, text=True, check=False
    )
    return run.returncode, " ".join(run.stdout.split())


@pytest.mark.parametrize("kind", ["sample", "odd", "rounded", "all-hidden"])
def test_frictionless_accepts_the_package(kind: str, tmp_path: Path) -> None:
    """Types, categories, keys between tables and code lists, lengths and hashes."""
    annex = sample_annex()
    if kind == "odd":
        annex = with_label(annex, '=1+1; "lainaus", ääkkösiä')
    elif kind != "sample":
        value, status = (None, CellStatus.HIDDEN) if kind == "all-hidden" else (0, CellStatus.ROUNDED)
        hours = annex.table("hours")
        cells = tuple(AnnexCell(cell.at, value, status) for cell in hours.cells)
        annex = replace(annex, tables=(*annex.tables[:-1], replace(hours, cells=cells)))
    code, words = verdict(lay(tmp_path, write_package(annex)))
    assert code == 0, words


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"402,easy,", b"403,easy,", "foreign-key"),
        (b",shown,", b",shwn,", "constraint-error"),
        (b"Total,Total,", b"Total,easy,", "primary-key"),
        (b",shown,", b",shown ,", "hash-count"),
    ],
)
def test_frictionless_finds_what_is_planted(old: bytes, new: bytes, fault: str, tmp_path: Path) -> None:
    """The judge judges: a strange code, a strange status, a cell twice, an edited byte."""
    folder = lay(tmp_path, write_package(sample_annex()))
    path = folder / "inflow.csv"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    code, words = verdict(folder)
    assert code != 0
    assert fault in words
