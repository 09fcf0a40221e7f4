"""How commands speak: the user's language, tables, colours on terminals only, JSON for machines."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tender.console import Console, moment_of, user_language
from tender.errors import BlockedError, Finding, Place, Severity
from tender.language import Language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"VALINTA_LANGUAGE": "sv", "LANG": "fi_FI.UTF-8"}, Language.SV),
        ({"LANG": "fi_FI.UTF-8"}, Language.FI),
        ({"LANG": "fi_FI.UTF-8", "LC_ALL": "sv_FI.UTF-8"}, Language.SV),
        ({"LANG": "C.UTF-8"}, Language.EN),
        ({"LANG": "de_DE.UTF-8"}, Language.EN),
        ({}, Language.EN),
        ({"VALINTA_LANGUAGE": "klingon"}, Language.EN),
    ],
)
def test_the_users_language(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: Language) -> None:
    """Our own variable first, then the locale, then English."""
    for name in ("VALINTA_LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_language() is language


def test_a_table_lines_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers to the right, words to the left."""
    Console(Language.FI, json=False).table(["nimi", "pisteet"], [["a", "7,50"], ["bcdef", "10,00"]], right=(1,))
    assert capsys.readouterr().out.splitlines() == ["  nimi   pisteet", "  a         7,50", "  bcdef    10,00"]


def test_json_mode_prints_one_value_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """Words are silent; the result is the only output."""
    console = Console(Language.FI, json=True)
    console.line("hiljaa")
    console.findings([Finding("tender.synthetic", Severity.INFO)])
    console.result({"pisteet": str(Decimal("7.50"))})
    assert json.loads(capsys.readouterr().out) == {"pisteet": "7.50"}


def test_a_failure_in_json_carries_its_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """A machine sees every finding with its place."""
    finding = Finding("tender.synthetic", Severity.BLOCK, "synthetic", place=Place("tender.toml", 9, 1))
    Console(Language.EN, json=True).fail(BlockedError("publish.blocked", findings=(finding,), count=1))
    value = json.loads(capsys.readouterr().out)
    assert value["error"] == "publish.blocked"
    assert (value["findings"][0]["file"], value["findings"][0]["line"]) == ("tender.toml", 9)


def test_a_moment_always_has_its_zone() -> None:
    """The record refuses a clock without a zone."""
    assert moment_of(None).tzinfo is not None
