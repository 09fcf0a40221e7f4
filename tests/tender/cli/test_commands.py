"""The commands of the tender, run as a user runs them: words, JSON, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tests.conftest import lean

Edit = Callable[[Path, str, str], None]


def _run(*arguments: object, language: str = "fi") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"VALINTA_LANGUAGE": language})


def _json(*arguments: object) -> Any:
    result = _run(*arguments, "--json")
    return json.loads(result.stdout)


def test_new_check_draft_publish_verify(tmp_path: Path) -> None:
    """The officer's way, each step with exit code 0."""
    folder = tmp_path / "kunta"
    assert _run("new", folder, "--from", "pohjois-savo").exit_code == 0
    lean(folder)
    for command in (
        ("check", folder, "--today", "2018-11-05"),
        ("draft", folder, "--today", "2018-10-30"),
        ("publish", folder, "--today", "2018-11-05"),
        ("publish", folder, "--today", "2018-11-06"),
        ("verify", folder / "published" / "1"),
        ("record", "show", folder),
        ("record", "verify", folder),
        ("record", "backup", folder, tmp_path / "copy.db"),
        ("record", "restore", tmp_path / "copy.db", folder, "--force"),
        ("doctor",),
    ):
        result = _run(*command)
        assert result.exit_code == 0, (command, result.output)


def test_check_finds_and_says_where(tmp_path: Path, edit: Edit) -> None:
    """A blocking finding: exit code 1, the line, the words of the user's language."""
    folder = tmp_path / "kunta"
    _run("new", folder, "--from", "pohjois-savo")
    edit(folder / "tender.toml", "client_cap        = 700", "client_cap        = 300")
    line = (folder / "tender.toml").read_text(encoding="utf-8").split("client_cap        = 300")[0].count("\n") + 1
    result = _run("check", folder)
    assert result.exit_code == 1
    assert f"tender.toml:{line}:" in result.output
    assert "estää:" in result.output
    [finding] = [one for one in _json("check", folder)["findings"] if one["severity"] == "block"]
    assert (finding["field"], finding["line"]) == ("framework.client_cap", line)


@pytest.mark.parametrize(("language", "word"), [("fi", "Kansiossa"), ("sv", "Mappen"), ("en", "Folder")])
def test_a_refusal_speaks_the_users_language(tmp_path: Path, language: str, word: str) -> None:
    """Wrong use: exit code 2 and a sentence, never a traceback."""
    result = _run("verify", tmp_path, language=language)
    assert result.exit_code == 2
    assert word in result.stderr
    assert "Traceback" not in result.output


def test_a_refusal_is_json_too(tmp_path: Path) -> None:
    """With ``--json`` an error is one JSON value on standard output."""
    result = _run("verify", tmp_path, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == "verify.no-manifest"


def test_the_language_option_wins(tmp_path: Path) -> None:
    """``--language`` stands above the environment."""
    assert "Folder" in _run("verify", tmp_path, "--language", "en").stderr


def test_no_colour_without_a_terminal(tmp_path: Path) -> None:
    """Escape codes would spoil a log."""
    _run("new", tmp_path / "kunta", "--from", "pohjois-savo")
    assert "\x1b" not in _run("check", tmp_path / "kunta").output


def test_help_imports_nothing_heavy() -> None:
    """`valinta --help` must answer at once: no PDF, solver, table, workbook or database library is loaded for it."""
    code = (
        "import sys; from tender.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([name for name in ('weasyprint','pulp','highspy','pandas','openpyxl','apsw','jinja2','numpy','pikepdf',"
        "'tree_sitter','holidays') if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"
