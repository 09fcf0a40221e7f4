"""``valinta annex group``: the risk groups of a register, how one client came into a group, and how well it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tender.annexes.grouping.assigning import Assignment, assign_groups, corrections_in
from tender.annexes.grouping.corrections import Assigned
from tender.annexes.register.register import PRIVATE, extract_in, read_register
from tender.console import Command, Console, common_options, console_of, folder_argument, option
from tender.errors import UsageError
from tender.language import number_text
from tender.model.grouping import Grouping
from tender.model.tender import Tender
from tender.publishing.assessment import declared_grouping
from tender.publishing.examination import readable_tender


@click.command(cls=Command)
@folder_argument
@option("--register", "extract", type=click.Path(dir_okay=False, path_type=Path), help="option.annex-register")
@option("--explain", type=click.IntRange(2), metavar="LINE", help="option.annex-explain")
@option("--accept-bad-rows", is_flag=True, help="option.annex-accept-bad-rows")
@common_options
@click.pass_context
def group_command(
    context: click.Context,
    /,
    folder: str,
    extract: Path | None,
    explain: int | None,
    accept_bad_rows: bool,  # noqa: FBT001 - click passes it by name
    **_: object,
) -> None:
    """Reckon the risk groups of the register; nothing is written."""
    console = console_of(context)
    home = Path(folder)
    tender = readable_tender(home)
    declared = declared_grouping(tender)
    source = extract or extract_in(home)
    with read_register(source, tender, home / PRIVATE, accept_bad_rows=accept_bad_rows) as register:
        found = assign_groups(register, tender, corrections_in(home, tender))
    if explain is not None:
        _explain(console, declared, tender, _line(found, explain, source.name))
        return
    _say(console, tender, found)
    console.result(_json(found))


def _line(found: Assignment, line: int, file: str) -> Assigned:
    for one in found.people:
        if one.entrant.place.line == line:
            return one
    raise UsageError("annex.group-no-line", file=file, line=line)


def _explain(console: Console, declared: Grouping, tender: Tender, one: Assigned) -> None:
    language = console.language
    working = one.working
    console.say("annex.group-explained", place=one.entrant.place)
    heads = [console.words(f"annex.group-{name}") for name in ("factor", "value", "category", "points")]
    rows = [
        [line.factor.name.best(language), line.value or "–", line.category.name.best(language),
         number_text(line.category.points, language)]
        for line in working.lines
    ]  # fmt: skip
    if declared.intercept is not None:
        rows.append([console.words("annex.group-intercept"), "", "", number_text(declared.intercept, language)])
    console.table(heads, rows, right=(3,))
    console.say("annex.group-total", total=number_text(working.total, language),
                likelihood=number_text(working.likelihood, language), months=declared.horizon)  # fmt: skip
    console.say("annex.group-result", group=tender.group(working.group).name.best(language),
                limit=number_text(declared.limits[working.group], language))  # fmt: skip
    if one.correction is not None:
        said = one.correction
        name = tender.group(said.group).name.best(language)
        console.say("annex.group-corrected", group=name, who=said.who, reason=said.reason, day=said.day)
    elif one.differs:
        console.say("annex.group-named", group=tender.group(one.entrant.group).name.best(language))
    console.result(_explained(one))


def _explained(one: Assigned) -> dict[str, Any]:
    working = one.working
    return {
        "line": one.entrant.place.line,
        "factors": [
            {
                "factor": line.factor.id,
                "value": line.value,
                "category": line.category.code,
                "points": str(line.category.points),
            }
            for line in working.lines
        ],
        "total": str(working.total),
        "likelihood": str(working.likelihood),
        "reckoned": working.group,
        "group": one.group,
        "corrected": one.correction is not None,
    }


def _say(console: Console, tender: Tender, found: Assignment) -> None:
    sizes = found.sizes
    console.table(
        [console.words("annex.group-name"), console.words("annex.group-spells")],
        [[group.name.best(console.language), str(sizes.get(group.id, 0))] for group in tender.groups],
        right=(1,),
    )
    console.say("annex.group-counted", count=len(found.people), reckoned=found.reckoned, corrected=found.corrected)
    if found.differing:
        console.say("annex.group-differing", count=found.differing)
    card = found.card
    console.say("annex.group-followed", clients=card.clients, to=card.rounded_to)
    if card.brier is not None and card.brier_base is not None:
        console.say("annex.group-brier", brier=number_text(card.brier, console.language),
                    base=number_text(card.brier_base, console.language))  # fmt: skip
    console.say("annex.group-secret")


def _json(found: Assignment) -> dict[str, Any]:
    from tender.annexes.formats.plain import plain

    return {
        "spells": len(found.people),
        "groups": dict(found.sizes),
        "reckoned": found.reckoned,
        "corrected": found.corrected,
        "differing": found.differing,
        "model_card": plain(found.card),
    }
