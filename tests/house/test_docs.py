"""The documentation is a tested contract: links resolve, every command is explained, generated pages are current."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tender.cli.main import main
from tests.house.commands_page import PAGE, command_paths, commands_page, help_of
from tests.house.register_page import PAGE as REGISTER_PAGE
from tests.house.register_page import register_page
from tests.house.rules_page import PAGE as RULES_PAGE
from tests.house.rules_page import rules_page
from tests.house.sources import ROOT
from tests.house.terms_page import PAGE as TERMS_PAGE
from tests.house.terms_page import terms_page

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(#[^)]*)?\)")
COMMANDS = tuple(command_paths(main))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link inside the project names a file that exists."""
    text = page.read_text(encoding="utf-8")
    dangling = [link for link, _ in LINK.findall(text) if not (page.parent / link).exists()]
    assert not dangling


def test_the_commands_page_is_current() -> None:
    """``make docs`` has been run since the commands changed."""
    assert PAGE.read_text(encoding="utf-8") == commands_page()


def test_the_terms_page_is_current() -> None:
    """``make docs`` has been run since the list of terms changed."""
    assert TERMS_PAGE.read_text(encoding="utf-8") == terms_page()


def test_the_register_page_is_current() -> None:
    """``make docs`` has been run since the columns of a register extract changed."""
    assert REGISTER_PAGE.read_text(encoding="utf-8") == register_page()


def test_the_rules_page_is_current() -> None:
    """``make docs`` has been run since the register of rules changed."""
    assert RULES_PAGE.read_text(encoding="utf-8") == rules_page()


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_command_has_help_with_an_example(path: tuple[str, ...], language: str) -> None:
    """In all three languages, with no id left untranslated."""
    text = help_of(path, language)
    assert not re.search(r"\b(help|option|example|help-section)\.[a-z]", text)
    assert "  valinta " in text, "the example is missing"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_speaks_json(path: tuple[str, ...]) -> None:
    """``--json`` and ``--language`` on every command that does something."""
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    if not isinstance(command, click.Group):
        assert {"--json", "--language"} <= {option for param in command.params for option in param.opts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_the_docs_exists(page: Path) -> None:
    """A page names no command that a user would look for in vain."""
    known = {" ".join(path) for path in COMMANDS}
    named = re.findall(r"^\s*\$? ?valinta ([a-z]+)(?: ([a-z-]+))?", page.read_text(encoding="utf-8"), re.MULTILINE)
    for first, second in named:
        assert first in known, first
        if any(path.startswith(f"{first} ") for path in known) and second:
            assert f"{first} {second}" in known, f"{first} {second}"


def test_the_formulas_page_names_every_formula_and_every_row() -> None:
    """Ids of formulas and names of constraints are the same in the code and in the documentation."""
    from evaluation.award.formulas import FORMULAS

    page = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
    assert all(f"`{formula}`" in page for formula in FORMULAS)
    rows = re.findall(r'Row\(f?"([a-z_]+)', (ROOT / "evaluation/award/rows.py").read_text(encoding="utf-8"))
    assert {"providers", "coverage"} <= set(rows), "the scan found nothing: it has rotted"
    assert all(f"`{row}" in page for row in rows)
