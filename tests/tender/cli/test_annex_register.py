"""``valinta annex build | group | fit | audit | synthesise`` on a folder of six spells: answers, refusals, losses."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tests.tender.cli.test_annex_group import EARLY, ROWS, ended, row, write
from tests.tender.publishing.test_opinion import POINTS, folder_with

HEADS = "client,group,who,reason,day\n"
LANGUAGES = ("fi", "sv", "en")
COUNT = 60
"""Enough spells to fit a model to."""


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tender with a points table and six spells, not built; never touch it."""
    made = folder_with(tmp_path_factory.mktemp("bare"), POINTS)
    write(made, ROWS)
    shutil.rmtree(made / "open-data", ignore_errors=True)
    return made


@pytest.fixture(scope="module")
def built_once(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its annex built; never touch it."""
    made = Path(shutil.copytree(once, tmp_path_factory.mktemp("built") / "kunta"))
    assert run("build", made).exit_code == 0
    return made


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    """A folder of one's own, not built."""
    return Path(shutil.copytree(once, tmp_path / "kunta"))


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A folder of one's own with its annex."""
    return Path(shutil.copytree(built_once, tmp_path / "kunta"))


def run(command: str, folder: Path, *arguments: str | Path, language: str = "en") -> Result:
    return CliRunner().invoke(
        main, ["annex", command, str(folder), *map(str, arguments)], env={"VALINTA_LANGUAGE": language}
    )


def answer(code: int, command: str, folder: Path, *arguments: str | Path) -> dict[str, Any]:
    """The one JSON value of a command that ends with `code`; nothing else is printed."""
    result = run(command, folder, "--json", *arguments)
    assert (result.exit_code, result.stderr) == (code, ""), result.output
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def files(folder: Path) -> dict[str, str]:
    """Every file of a folder with a hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.mark.slow
def test_a_dry_run_answers_like_a_build_and_writes_nothing(once: Path, built_once: Path) -> None:
    """Six spells, two of the three groups small and the third with them: no number is shown."""
    before = files(once)
    found = answer(0, "build", once, "--dry-run")
    assert files(once) == before
    assert found["written"] == []
    assert found["register"] == {
        "file": "extract.csv", "rows": 6, "kept": 6, "outside": 0, "refused": 0, "findings": [],
    }  # fmt: skip
    assert (found["tables"], found["cells"], found["primaries"], found["hidden"]) == (["inflow"], 4, 3, 3)
    assert (found["guard"], found["threshold"], found["base"], found["proven"], found["gap"]) == (
        "suppress", 5, 0, True, 0.0,
    )  # fmt: skip
    assert not found["synthetic"]
    kept = built_once / "private" / "annex" / "counts.json"
    assert kept.stat().st_mode & 0o077 == 0
    assert set(files(built_once)) - set(before) >= {"private/annex/counts.json", "open-data/inflow.csv"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_build_speaks_and_shows_nobody(folder: Path, language: str) -> None:
    """No id of a term, no id of a client and no small count is printed."""
    result = run("build", folder, "--dry-run", language=language)
    assert (result.exit_code, result.stderr) == (0, "")
    assert not any(word in result.stdout for word in ("annex.", "ASIAKAS", "{", "register."))
    assert "--dry-run" in result.stdout


BAD_ROW = row(7, "1", EARLY, sex="?")


@pytest.mark.parametrize("command", ["build", "group", "fit"])
def test_a_bad_row_stops_every_command_at_its_cell(built: Path, command: str) -> None:
    """The answer names file, line, column, what was found and what was expected; an earlier annex stays as it was."""
    write(built, [*ROWS, BAD_ROW])
    before = files(built)
    found = answer(1, command, built)
    assert found["error"] == "register.refused"
    (finding,) = found["findings"]
    assert (finding["rule"], finding["file"], finding["line"], finding["column"]) == (
        "register.code", "extract.csv", 8, 4,
    )  # fmt: skip
    assert finding["values"] == {"column": "sex", "found": "?", "expected": "female, male, unknown"}
    assert "ASIAKAS" not in json.dumps(found)
    assert files(built) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_row_is_told_to_people(folder: Path, language: str) -> None:
    """The place in front, the rule behind, the advice below, in their language."""
    write(folder, [*ROWS, BAD_ROW])
    result = run("build", folder, "--dry-run", language=language)
    assert result.exit_code == 1
    assert result.stdout.startswith("extract.csv:8:4: ")
    assert "(register.code)" in result.stdout
    assert "female, male, unknown" in result.stdout
    assert "--accept-bad-rows" in result.stderr


def test_bad_rows_are_left_out_only_when_that_is_accepted(folder: Path) -> None:
    """They are counted as refused and are warnings then."""
    write(folder, [*ROWS, BAD_ROW])
    found = answer(0, "build", folder, "--dry-run", "--accept-bad-rows")
    assert (found["register"]["rows"], found["register"]["kept"], found["register"]["refused"]) == (7, 6, 1)
    assert [one["severity"] for one in found["register"]["findings"]] == ["warn"]
    assert answer(0, "group", folder, "--accept-bad-rows")["spells"] == 6


CORRECTIONS: dict[str, tuple[str | bytes, str, str]] = {
    "columns": ("client,group\n", "annex.correction-columns", "corrections.csv:1"),
    "nobody": (HEADS + "ASIAKAS-99,hard,Vera,Syy,2018-01-02\n", "annex.correction-nobody", "corrections.csv:2"),
    "before": (HEADS + "ASIAKAS-1,hard,Vera,Syy,2017-08-31\n", "annex.correction-nobody", "corrections.csv:2"),
    "group": (HEADS + "ASIAKAS-1,HARD,Vera,Syy,2018-01-02\n", "annex.correction-group", "corrections.csv:2"),
    "day": (HEADS + "ASIAKAS-1,hard,Vera,Syy,2018-02-30\n", "annex.correction-day", "corrections.csv:2"),
    "endless": (HEADS + f"ASIAKAS-1,hard,Vera,{'y' * 200_000},2018-01-02\n", "annex.broken-csv", "corrections.csv:2"),
    "bytes": (b"client,group,who,reason,day\n\xff,hard,V,S,2018-01-02\n", "annex.not-utf8", "corrections.csv"),
    "empty": (b"", "guard.empty", "corrections.csv"),
}  # fmt: skip


@pytest.mark.parametrize("fault", CORRECTIONS)
@pytest.mark.parametrize("command", ["build", "group"])
def test_a_bad_file_of_corrections_stops_and_loses_nothing(built: Path, command: str, fault: str) -> None:
    """The place is told, and neither the client nor the name nor the reason."""
    text, rule, place = CORRECTIONS[fault]
    file = built / "private" / "register" / "corrections.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = files(built)
    if command == "build":
        assert answer(1, command, built)["error"] == rule
    else:
        result = run(command, built, language=LANGUAGES[len(fault) % 3])
        assert (result.exit_code, result.stderr.split(" ")[0]) == (1, f"{place}:"), result.output
        assert not any(word in result.output for word in ("ASIAKAS", "Vera", "Syy", "annex."))
    assert files(built) == before


def test_the_last_correction_changes_what_is_counted_and_the_card_not(folder: Path) -> None:
    """One of the two hard spells is made easy: 4 easy, 1 hard; how well the grouping fits is not changed by it."""
    plain = answer(0, "group", folder)
    file = folder / "private" / "register" / "corrections.csv"
    file.write_text(
        HEADS + "ASIAKAS-2,average,Vera,Syy,2018-01-02\nASIAKAS-2,easy,Vera,Syy,2018-01-03\n", encoding="utf-8"
    )
    found = answer(0, "group", folder)
    assert plain["groups"] == {"easy": 3, "hard": 2, "average": 1}
    assert found["groups"] == {"easy": 4, "hard": 1, "average": 1}
    assert (found["corrected"], found["reckoned"]) == (1, 5)
    assert found["model_card"]["clients"] == plain["model_card"]["clients"]


def test_an_extract_that_is_named_is_read_instead(folder: Path, tmp_path: Path) -> None:
    """``--register`` takes another file; one that is not there, or is none, is wrong use and is named."""
    other = Path(shutil.copy(folder / "private" / "register" / "extract.csv", tmp_path / "other.txt"))
    other.write_text("\n".join(other.read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    assert answer(0, "group", folder, "--register", other)["spells"] == 2
    for path in (tmp_path / "none.csv", folder / "tender.toml"):
        refused = run("group", folder, "--register", path)
        assert (refused.exit_code, path.name in refused.stderr) == (2, True)
    assert run("group", folder, "--explain", "1").exit_code == 2
    assert run("group", folder, "--explain", "3", "--register", other).exit_code == 0
    assert run("group", folder, "--explain", "4", "--register", other).exit_code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_few_spells_propose_nothing(folder: Path, language: str) -> None:
    """Four were followed: wrong use, with the number, and nothing is written."""
    before = files(folder)
    result = run("fit", folder, language=language)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "4" in result.stderr
    assert "annex." not in result.stderr
    assert files(folder) == before


class Fitted:
    """What stands in for scikit-learn's model: it keeps the rows, and its numbers are known."""

    intercept_, coef_ = (1.09861,), ((-2.19768,),)
    seen: tuple[list[list[float]], list[int]] = ([], [])

    def __init__(self, **_: object) -> None:
        """Take any setting."""

    def fit(self, rows: list[list[float]], outcomes: list[int]) -> Fitted:
        """Nothing is fitted."""
        Fitted.seen = (rows, outcomes)
        return self


def test_a_fit_proposes_and_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long spells are 1, short ones 0, whoever found work is 1; three decimals, the first category is 0."""
    monkeypatch.setitem(sys.modules, "sklearn", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", SimpleNamespace(LogisticRegression=Fitted))
    write(folder, [row(n, "9" if n % 2 else "0", EARLY, **(ended(EARLY, 60) if n < 50 else {})) for n in range(COUNT)])
    before = files(folder)
    found = answer(0, "fit", folder)
    assert found == {"intercept": "1.099", "factors": {"duration": {"short": "0", "long": "-2.198"}}}
    assert Fitted.seen == ([[float(n % 2)] for n in range(COUNT)], [int(n < 50) for n in range(COUNT)])
    assert "2,198" in run("fit", folder, language="fi").stdout
    assert files(folder) == before


def test_the_audit_of_a_package(built: Path) -> None:
    """Safe as built: each hidden count may be 0 to 5; a wrong or a missing file of true counts is told."""
    found = answer(0, "audit", built)
    assert (found["safe"], found["hidden"], found["with_truth"], found["altered"], found["leaks"]) == (
        True, 3, True, [], [],
    )  # fmt: skip
    assert {tuple(one["at"]): (one["low"], one["high"]) for one in found["intervals"]} == {
        (group,): (0, 5) for group in ("easy", "average", "hard")
    }
    counts = built / "private" / "annex" / "counts.json"
    for broken in (b"\xff\xfe", b"[]", b'{"inflow": [[["easy"], 1]]}', b'{"inflow": 7}', b"[" * 100_000):
        counts.write_bytes(broken)
        assert run("audit", built).stderr.startswith("private/annex/counts.json: ")
        assert run("audit", built).exit_code == 1
    counts.unlink()
    assert not answer(0, "audit", built)["with_truth"]


def test_a_count_shown_by_hand_is_a_leak(built: Path) -> None:
    """5 = 2 + 2 + ?: with two groups shown the third is known; the hashes of the package no longer fit; exit code 1."""
    file = built / "open-data" / "inflow.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    heads = lines[0].split(",")
    value, status = heads.index("value"), heads.index("status")
    for number, line in enumerate(lines):
        cells = line.split(",")
        if cells[0] in {"easy", "average"}:
            cells[value], cells[status] = "2", "shown"
            lines[number] = ",".join(cells)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = answer(1, "audit", built)
    assert not found["safe"]
    assert found["altered"] == ["datapackage.json"]
    known = [one for one in found["leaks"] if one["at"] == ["hard"]]
    assert known
    assert known[0]["low"] == known[0]["high"] == 1
    assert "inflow" in run("audit", built).stdout


def test_a_folder_without_a_package_or_a_register_is_wrong_use(folder: Path) -> None:
    """Each says what is missing; nothing appears."""
    shutil.rmtree(folder / "private" / "register")
    before = files(folder)
    for command in ("audit", "build", "group", "fit"):
        result = run(command, folder)
        assert result.exit_code == 2, command
        assert result.stderr
        assert answer(2, command, folder)["error"] in {"annex.no-package", "register.none"}
    assert files(folder) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_seed_that_is_no_text_is_refused(folder: Path, language: str) -> None:
    """An invented register is not made with half a seed, and not beside a real one."""
    from tender.starting import start_folder

    town = start_folder(folder / "town", "pohjois-savo", None)
    kept = town / "private" / "seeds" / "register.txt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"s\xe4\xff")
    result = run("synthesise", town, language=language)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "private/seeds/register.txt" in result.stderr
    assert not (town / "private" / "register").exists()
