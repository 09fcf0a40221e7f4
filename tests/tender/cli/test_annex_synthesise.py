"""``valinta annex synthesise`` on tender folders: what it writes, says and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tender.starting import start_folder


def run(*arguments: str | Path, language: str = "en") -> Result:
    """The command on `arguments`."""
    return CliRunner().invoke(
        main, ["annex", "synthesise", *map(str, arguments)], env={"VALINTA_LANGUAGE": language}
    )  # fmt: skip


def as_json(*arguments: str | Path) -> dict[str, Any]:
    """Its answer for machines."""
    value: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The Pohjois-Savo example as a tender folder."""
    return start_folder(tmp_path / "town", "pohjois-savo", None)


def extracts(folder: Path) -> list[str]:
    """Names of what lies in the register's folder."""
    home = folder / "private" / "register"
    return sorted(path.name for path in home.iterdir()) if home.is_dir() else []


@pytest.mark.slow
def test_it_writes_one_file_and_the_same_again(folder: Path) -> None:
    """SYNTHETIC in the name; a second run gives the same bytes; another seed does not."""
    found = as_json(folder)
    assert found["reproduced"]
    assert found["seed"] == "pohjois-savo"
    assert extracts(folder) == ["spells-SYNTHETIC.csv"]
    first = Path(found["file"]).read_bytes()
    assert run(folder).exit_code == 0
    assert Path(found["file"]).read_bytes() == first
    assert run(folder, "--seed", "another").exit_code == 0
    assert Path(found["file"]).read_bytes() != first


def test_a_kept_seed_is_used(folder: Path) -> None:
    """The file private/seeds/register.txt, unless one is given."""
    seeds = folder / "private" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "register.txt").write_text("kept\n", encoding="utf-8")
    assert as_json(folder, "--check")["seed"] == "kept"
    assert as_json(folder, "--check", "--seed", "given")["seed"] == "given"


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    """It compares only, and does not mind what lies there."""
    found = as_json(folder, "--check")
    assert found["file"] is None
    assert {one["figure"] for one in found["figures"]} >= {"stock", "inflow", "exit-rate", "hours", "long-term"}
    assert extracts(folder) == []


def test_another_register_is_never_touched(folder: Path) -> None:
    """An invented register is not written beside a real one, nor beside one in another format."""
    assert run(folder, "--format", "parquet").exit_code == 0
    refused = run(folder)
    assert refused.exit_code == 2
    assert "spells-SYNTHETIC.parquet" in refused.stderr
    assert extracts(folder) == ["spells-SYNTHETIC.parquet"]


@pytest.mark.slow
def test_anchors_that_do_not_fit_fail_with_their_figures(folder: Path) -> None:
    """A stock that inflow and exits cannot make: exit code 1, and the table says where."""
    file = folder / "tender.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("inflow          = 232", "inflow          = 300"), encoding="utf-8")
    found = run(folder, "--check")
    assert found.exit_code == 1
    assert "NO" in found.stdout
    missed = [one["figure"] for one in as_json(folder, "--check")["figures"] if not one["holds"]]
    assert "stock" in missed


@pytest.mark.parametrize(("language", "word"), [("fi", "ankkurilukuja"), ("sv", "ankartal"), ("en", "anchors")])
def test_without_anchors_or_with_mistakes_nothing_is_made(folder: Path, language: str, word: str) -> None:
    """One message, exit code 2 for wrong use and 1 for mistakes in the file."""
    file = folder / "tender.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("[open_data.anchors]"), text.index("[prices]")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    bare = run(folder, language=language)
    assert bare.exit_code == 2
    assert word in bare.stderr
    file.write_text(text.replace("long_term_share = 0.31", "long_term_share = 31"), encoding="utf-8")
    refused = run(folder, language=language)
    assert (refused.exit_code, extracts(folder)) == (1, [])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_speaks_three_languages(folder: Path, language: str) -> None:
    """The table has its words, and no id shows through."""
    said = run(folder, "--check", language=language)
    assert said.exit_code == 0
    assert "synthesis." not in said.stdout
