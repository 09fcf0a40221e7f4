"""The Finnish documents of an example in every format, beside LibreOffice headless on the same pages in one run."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tender.language import Language
from tender.publishing.orders import Format, Wanted
from tender.publishing.release import draft
from tender.publishing.store import STORE, Store
from tender.publishing.workshop import Workshop, every_core
from tender.starting import start_folder

DAY = date(2018, 11, 5)
FINNISH = Wanted(languages=(Language.FI,))


def _quiet(_: str) -> None:
    """Nobody is told."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Pohjois-Savo example, drafted once."""
    made = start_folder(tmp_path_factory.mktemp("documents") / "kunta", "pohjois-savo", None)
    draft(made, DAY, _quiet, Workshop(every_core(), Store(made / STORE)), FINNISH)
    return made


@pytest.mark.benchmark(group="the Finnish documents of an example")
def test_the_whole_set_in_every_format(benchmark: BenchmarkFixture, folder: Path) -> None:
    """PDF, HTML, DOCX and the form, nothing kept from before."""

    def run() -> int:
        return len(draft(folder, DAY, _quiet, Workshop(every_core()), FINNISH).files)

    assert benchmark.pedantic(run, rounds=2) > 0


@pytest.mark.benchmark(group="the Finnish documents of an example")
def test_the_same_pages_to_pdf_by_libreoffice(benchmark: BenchmarkFixture, folder: Path, tmp_path: Path) -> None:
    """The DOCX files of the set made into PDF by one run of LibreOffice: not archival, no HTML, no form."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    pages = [str(path) for path in sorted((folder / "draft").glob("*.docx"))]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    def run() -> int:
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "out"), *pages]
        subprocess.run(command, capture_output=True, check=True)
        return len(list((tmp_path / "out").glob("*.pdf")))

    assert benchmark.pedantic(run, rounds=2, warmup_rounds=1) == len(pages)


@pytest.mark.benchmark(group="a draft of the Finnish documents")
@pytest.mark.parametrize("kept", [False, True], ids=["whole", "after one edited paragraph"])
def test_a_draft(benchmark: BenchmarkFixture, folder: Path, kept: bool) -> None:  # noqa: FBT001  # a parameter
    """One clause of the call for tenders has another wording each time; the other documents are as they were."""
    own = folder / "clauses" / "call-for-tenders" / "cap.fi.md"
    own.parent.mkdir(parents=True, exist_ok=True)
    wordings: Iterator[int] = itertools.count()

    def edit() -> None:
        own.write_text(f"Uusi kappale {next(wordings)}, {kept}.\n", encoding="utf-8")

    def run() -> int:
        return len(draft(folder, DAY, _quiet, Workshop(every_core(), store), FINNISH).files)

    store = Store(folder / STORE) if kept else None
    assert benchmark.pedantic(run, setup=edit, rounds=3) > 0
    assert (folder / "draft" / f"call-for-tenders.fi.{Format.PDF.value}").exists()
