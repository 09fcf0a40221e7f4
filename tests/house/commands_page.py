"""Writes ``docs/reference/commands.md`` from the commands themselves: ``python -m tests.house.commands_page``."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.testing import CliRunner

from tender.cli.main import main
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "reference" / "commands.md"
_HEAD = """# Commands

Made from the commands themselves (`make docs`); a test fails when it is not current. Every command answers in Finnish,
Swedish or English (`--language`, else `VALINTA_LANGUAGE`, else the locale), and with `--json` prints one JSON value.
Exit codes: 0 fine, 1 findings that block or a refusal, 2 wrong use.
"""


def command_paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Path of every command and group, in the order of the help."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from command_paths(inner, (*path, name))


def help_of(path: tuple[str, ...], language: str = "en") -> str:
    """The help text of one command, as a user sees it on a terminal of 100 columns."""
    result = CliRunner().invoke(
        main, [*path, "--help"], prog_name="valinta", env={"VALINTA_LANGUAGE": language}, terminal_width=100
    )
    assert result.exit_code == 0, (path, result.output)
    return result.output.rstrip()


def commands_page() -> str:
    """The whole page."""
    sections = (f"## {' '.join(('valinta', *path))}\n\n```\n{help_of(path)}\n```\n" for path in command_paths(main))
    return "\n".join([_HEAD, *sections])


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
