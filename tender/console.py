"""How commands speak: words in the user's language, JSON for machines, colour only on terminals, exit codes.

Exit codes: 0 fine, 1 findings that block (or a refusal), 2 wrong use. With ``--json`` every command prints exactly one
JSON value on standard output, errors included. Help texts are terms (``help.<command path>``, ``option.<name>``), so
that a Finnish officer reads Finnish help.
"""

from __future__ import annotations

import json
import locale
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import pairwise
from typing import Any, TypeVar

import click

from tender.errors import Finding, Severity, ValintaError
from tender.language import Language
from tender.plugins import Group as PluginGroup
from tender.plugins import plugin, plugin_names
from tender.words import words

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_COLOURS = {Severity.BLOCK: "red", Severity.WARN: "yellow", Severity.INFO: "cyan"}


def user_language() -> Language:
    """The user's language: ``VALINTA_LANGUAGE``, else the locale of the environment, else English."""
    wished = os.environ.get("VALINTA_LANGUAGE") or _locale_language()
    with suppress(ValueError):
        return Language(wished[:2].lower())
    return Language.EN


def _locale_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return locale.normalize(os.environ[name])
    return ""


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command's output goes.

    Attributes:
        language: Language of the words.
        json: Whether the command prints one JSON value and nothing else.
    """

    language: Language
    json: bool

    def say(self, term_id: str, **values: object) -> None:
        """Print the term with its values filled in; silent in JSON mode."""
        self.line(self.words(term_id, **values))

    def words(self, term_id: str, **values: object) -> str:
        """The term with its values filled in."""
        return words(self.language).term(term_id).format_map(values)

    def line(self, text: str = "", *, colour: str | None = None, bold: bool = False) -> None:
        """Print a line of ready words; silent in JSON mode. Colour shows on terminals only."""
        if not self.json:
            click.echo(click.style(text, fg=colour, bold=bold) if colour or bold else text)

    def findings(self, findings: Iterable[Finding]) -> None:
        """Print findings, one paragraph each, the place in front."""
        for finding in findings:
            message = words(self.language).finding(finding)
            place = f"{finding.place}: " if finding.place else ""
            mark = click.style(self.words(f"severity.{finding.severity.value}"), fg=_COLOURS[finding.severity])
            basis = f" [{words(self.language).basis(finding.basis)}]" if finding.basis else ""
            self.line(f"{place}{mark} {message.text}{basis} ({finding.rule})")
            if message.advice:
                self.line(f"    {message.advice}")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Print a plain table with aligned columns; columns in `right` are aligned right."""
        lines = [list(heads), *(list(row) for row in rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
        for number, line in enumerate(lines):
            cells = [
                cell.rjust(width) if column in right else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=True))
            ]
            self.line("  " + "  ".join(cells).rstrip(), bold=number == 0)

    def result(self, value: Mapping[str, Any]) -> None:
        """Print the command's one JSON value; silent for people, who have read the words."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2))

    def finding_json(self, finding: Finding) -> dict[str, Any]:
        """`finding` for machines: ids and values, with the words too."""
        from tender.checks.statutes import links  # the rules are read only where there is something to say

        message = words(self.language).finding(finding)
        place = finding.place
        return {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "field": finding.field,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "sheet": place.sheet if place else None,
            "cell": place.cell if place else None,
            "values": dict(finding.values),
            "basis": finding.basis,
            "basis_url": list(links(finding.basis)),
            "message": message.text,
            "advice": message.advice,
        }

    def fail(self, error: ValintaError, **more: object) -> None:
        """Print `error` with its findings: on standard error for people, as JSON with `more` for machines."""
        message = words(self.language).error(error)
        if self.json:
            self.result(
                {
                    "error": error.message,
                    "message": message.text,
                    "advice": message.advice,
                    "findings": [self.finding_json(finding) for finding in error.findings],
                    **more,
                }
            )
            return
        self.findings(error.findings)
        click.echo(click.style(message.text, fg="red"), err=True)
        if message.advice:
            click.echo(message.advice, err=True)


def translated(context: click.Context | None, term_id: str) -> str:
    """The help term in the language of `context`; the id itself where there is no such term."""
    language = (context.meta.get(_WISHED) if context else None) or user_language().value
    return words(Language(language)).terms.get(term_id, term_id)


def _paint_help(context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the command's help term, its example kept line by line."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(translated(context, _help_id(context)))
    example = translated(context, f"example.{_path(context)}")
    if not example.startswith("example."):
        formatter.write_paragraph()
        with formatter.indentation():
            for line in example.splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def _path(context: click.Context) -> str:
    return ".".join(context.command_path.split()[1:]) or "valinta"


def _help_id(context: click.Context) -> str:
    return f"help.{_path(context)}"


_WISHED = "valinta.language"
"""Where a context keeps the language of ``--language``, which must be known before ``--help`` answers."""


class _Speaking(click.Command):
    """What every command and group shares: usage, help and options in the user's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Look for ``--language`` first, wherever it stands."""
        pairs = [*pairwise(args), *(tuple(one.split("=", 1)) for one in args if one.startswith("--language="))]
        for name, value in pairs:
            if name == "--language" and value in set(Language):
                ctx.meta[_WISHED] = value
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        prefix = f"{translated(ctx, 'help-section.usage')}: "
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help term instead of a docstring."""
        _paint_help(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options by their help terms."""
        rows = [_option_row(ctx, param) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(translated(ctx, "help-section.options")):
            formatter.write_dl(rows)


def _option_row(context: click.Context, option: click.Option) -> tuple[str, str]:
    """Names and words of one option, and whether it must be given."""
    record = option.get_help_record(context) or ("", "")
    text = translated(context, _OWN_OPTIONS.get(option.opts[-1], option.help or ""))
    return record[0], f"{text} {translated(context, 'help-section.required')}" if option.required else text


_OWN_OPTIONS = {"--help": "option.help", "--version": "option.version"}
"""Options that click adds by itself, with our words for them."""


class Command(_Speaking):
    """A command with translated help and translated errors."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; a `ValintaError` becomes words and an exit code."""
        try:
            return super().invoke(ctx)
        except ValintaError as error:
            console_of(ctx).fail(error)
            ctx.exit(error.exit_code)


class Group(_Speaking, click.Group):
    """A group of commands with translated help.

    Its own commands are named with the module that holds them, and a module is imported only when its command runs:
    that keeps ``--help`` fast.
    """

    command_class = Command

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        """Keep `lazy`: command name to ``module:object``."""
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of their declaration."""
        return [*self.lazy, *(name for name in super().list_commands(ctx) if name not in self.lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if it is lazy."""
        if cmd_name in self.lazy:
            module, _, name = self.lazy[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their help terms, importing none of them."""
        names = self.list_commands(ctx)
        prefix = "" if _path(ctx) == "valinta" else f"{_path(ctx)}."
        rows = [(name, translated(ctx, f"help.{prefix}{name}").split("\n", 1)[0]) for name in names]
        with formatter.section(translated(ctx, "help-section.commands")):
            formatter.write_dl(rows)


class RootGroup(Group):
    """The root command: its own commands and those that the upper houses plug in."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Own commands first, then the plugged-in ones."""
        return [*super().list_commands(ctx), *plugin_names(PluginGroup.COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """An own command, or the one that a house plugs in under this name."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        if cmd_name not in plugin_names(PluginGroup.COMMANDS):
            return None
        command: click.Command = plugin(PluginGroup.COMMANDS, cmd_name)
        return command


def option(*names: str, **settings: Any) -> Callable[[Decorated], Decorated]:  # noqa: ANN401 - click's settings
    """A click option whose ``help`` is a term id."""
    return click.option(*names, **settings)


def folder_argument(function: Decorated) -> Decorated:
    """The tender folder, the current one by default."""
    path = click.Path(exists=True, file_okay=False)
    return click.argument("folder", type=path, default=".")(function)


def common_options(function: Decorated) -> Decorated:
    """``--json`` and ``--language``, which every command has."""
    languages = click.Choice([language.value for language in Language])
    for decorate in (
        option("--json", "as_json", is_flag=True, help="option.json"),
        option("--language", type=languages, help="option.language"),
    ):
        function = decorate(function)
    return function


def console_of(context: click.Context) -> Console:
    """The console that the command's options ask for."""
    chosen = context.params.get("language")
    return Console(Language(chosen) if chosen else user_language(), bool(context.params.get("as_json")))


def today_option(function: Decorated) -> Decorated:
    """``--today``: the day to reckon with, the current one by default."""
    day = click.DateTime(["%Y-%m-%d"])
    return option("--today", type=day, default=None, metavar="YYYY-MM-DD", help="option.today")(function)


def now_option(function: Decorated) -> Decorated:
    """``--now``: the moment to record, the current one by default."""
    return option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]), default=None,
                  metavar="YYYY-MM-DDTHH:MM", help="option.now")(function)  # fmt: skip


def day_of(today: datetime | None) -> date:
    """The day that ``--today`` names, else the current day; the only place where commands read the calendar."""
    return today.date() if today else datetime.now(UTC).astimezone().date()


def moment_of(now: datetime | None) -> datetime:
    """The moment that ``--now`` names (local time), else the current one; only here do commands read the clock."""
    return (now or datetime.now(UTC)).astimezone()
