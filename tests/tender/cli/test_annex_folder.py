"""``valinta annex build`` and ``audit`` of a whole folder: figures, words in three languages, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.annexes.building.residue import kept_counts
from tender.cli.main import main
from tender.starting import start_folder
from tests.tender.annexes.building.extract import SECRET, open_tender
from tests.tender.publishing.open_data import hidden, reveal


def run(*arguments: str | Path, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["annex", *map(str, arguments)], env={"VALINTA_LANGUAGE": language})


@pytest.fixture(scope="module")
def folder_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A tender folder with what building its annex said; never touch it, copy it (`folder`)."""
    folder = open_tender(start_folder(tmp_path_factory.mktemp("cli") / "kunta", "pohjois-savo", None, synthetic=True))
    return folder, run("build", folder)


@pytest.fixture
def folder(folder_once: tuple[Path, Result], tmp_path: Path) -> Path:
    """A tender folder of one's own whose annex is built."""
    return Path(shutil.copytree(folder_once[0], tmp_path / "kunta"))


def planted(folder: Path) -> tuple[str, list[str], int]:
    """Show one hidden cell that is not small; its table, coordinates and value."""
    true = kept_counts(folder)
    assert true is not None
    for path, line, at in hidden(folder / "open-data"):
        cell = true[path.stem][at]
        if path.stem != "hours" and cell.persons >= 5:
            reveal(path, line, cell.amount)
            return path.stem, list(at), cell.amount
    raise AssertionError


def test_a_build_tells_what_it_counts_hides_and_writes(folder_once: tuple[Path, Result]) -> None:
    """Rows, tables, cells, hidden, proven, seconds, folders; and no client."""
    _, result = folder_once
    assert result.exit_code == 0, result.output
    assert "Register salainen-poiminta.csv: 240 rows, counted 240" in result.output
    assert "SYNTHETIC" in result.output
    assert "proven the best possible" in result.output
    assert "is given away" in result.output
    assert "open-data" in result.output
    assert SECRET not in result.output


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_dry_run_is_one_value_for_machines_and_words_for_people(folder: Path, language: str) -> None:
    """Both say the same, and nothing is written."""
    shutil.rmtree(folder / "open-data")
    said = run("build", folder, "--dry-run", language=language)
    assert said.exit_code == 0, said.output
    assert "--dry-run" in said.output
    value = json.loads(run("build", folder, "--dry-run", "--json").stdout)
    assert (value["tables"], value["cells"], value["written"]) == (["stock-sex", "stock-age", "hours"], 69, [])
    assert value["proven"]
    assert value["hidden"] > value["primaries"] > 0
    assert not (folder / "open-data").exists()


def test_without_a_register_it_says_how_to_get_one(folder: Path) -> None:
    """Wrong use: exit code 2, and the way on."""
    shutil.rmtree(folder / "private" / "register")
    result = run("build", folder)
    assert result.exit_code == 2
    assert "synthesise" in result.output


def audit(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    result = run("audit", *arguments, "--json")
    value: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, value


def test_the_audit_takes_the_package_and_the_folder_around_it(folder: Path) -> None:
    """All tables together, the truth included when it is at hand."""
    for place in (folder, folder / "open-data", folder / "draft"):
        code, value = audit(place)
        assert code == 0
        assert value["safe"]
        assert value["cells"] == 69
        assert value["with_truth"] == (place != folder / "draft")
        assert all(span["certified"] for span in value["intervals"])


def test_a_planted_leak_is_named_by_table_and_cell(folder: Path) -> None:
    """Exit code 1; with the truth and without it."""
    planted(folder)
    code, value = audit(folder / "open-data")
    assert code == 1
    assert not value["safe"]
    assert len(value["altered"]) == 1
    leak = value["leaks"][0]
    assert leak["table"] in {"stock-sex", "stock-age"}
    assert leak["leak"] in {"known", "small", "narrow"}
    said = run("audit", folder / "open-data", language="fi")
    assert said.exit_code == 1
    assert f"{leak['table']}: " in said.output
    assert ", ".join(leak["at"]) in said.output


def test_a_known_file_is_reckoned_with(folder: Path, tmp_path: Path) -> None:
    """What others show of a hidden cell is no secret."""
    table, at, value = planted(folder)
    shutil.rmtree(folder / "open-data")
    assert run("build", folder).exit_code == 0
    axes = {"stock-sex": "municipality,group,sex", "stock-age": "municipality,age"}[table]
    known = tmp_path / "tilasto.csv"
    known.write_text(f"{axes},antal\n{','.join(at)},{value}\n", encoding="utf-8")
    code, found = audit(folder, "--known", known)
    assert code == 1
    assert {"public"} <= {leak["leak"] for leak in found["leaks"]}


def test_a_folder_without_a_package_is_wrong_use(tmp_path: Path) -> None:
    """It says what is missing."""
    result = run("audit", tmp_path)
    assert result.exit_code == 2
    assert "datapackage.json" in result.output
