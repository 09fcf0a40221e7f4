"""``valinta dialogue code list | suggest | give | refuse``."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from market_dialogue.acts.coding import CodingBoard, code, coding_board
from market_dialogue.cli.pens import about_reply, pen_of, signed
from market_dialogue.coding.codes import ReplyKey
from market_dialogue.coding.numbers import Distribution
from tender.console import Command, Console, Group, common_options, console_of, folder_argument
from tender.guards import excerpt
from tender.money import decimal_of

_LONGEST = 8
"""Characters of a number that are shown exactly."""


@click.group("code", cls=Group)
def code_group() -> None:
    """Give codes to replies; the words stand in the term ``help.dialogue.code``."""


@code_group.command("list", cls=Command)
@folder_argument
@common_options
@click.pass_context
def list_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show the codes of each reply, near duplicates, agreement and numbers."""
    console = console_of(context)
    board = coding_board(Path(folder))
    heads = [console.words(f"follow-up-column.{name}") for name in ("question", "answer", "codes", "reply")]
    rows = [
        [key.question, key.answer, ", ".join(board.codes.get(key, ())) or "–", excerpt(text, 60)]
        for key, text in board.replies.items()
    ]
    console.table(heads, rows)
    for pair in board.duplicates:
        console.say("follow-up.near", first=_name(pair.first), second=_name(pair.second), percent=pair.percent)
    for one in board.agreements:
        kappa = "–" if one.kappa is None else _short(one.kappa)
        about = one.code or console.words("follow-up.all-codes")
        console.say("follow-up.kappa", first=one.first, second=one.second, code=about, kappa=kappa, count=one.replies)
    for each in board.numbers:
        _say_numbers(console, each)
    console.result(_board_json(board))


@code_group.command("suggest", cls=Command)
@folder_argument
@common_options
@click.pass_context
def suggest_command(context: click.Context, /, folder: str, **_: object) -> None:
    """Show codes that replies might get, and groups of replies that seem to say the same."""
    console = console_of(context)
    board = coding_board(Path(folder))
    heads = [console.words(f"follow-up-column.{name}") for name in ("question", "answer", "suggested", "reply")]
    rows = [
        [key.question, key.answer, ", ".join(one.code for one in offers), excerpt(board.replies[key], 60)]
        for key, offers in board.suggestions.items()
    ]
    console.table(heads, rows)
    for group in board.groups:
        console.say("follow-up.group", question=group[0].question, answers=", ".join(key.answer for key in group))
    offers = {_name(key): [one.code for one in found] for key, found in board.suggestions.items()}
    console.result({"suggestions": offers, "groups": [[_name(key) for key in group] for group in board.groups]})


@code_group.command("give", cls=Command)
@about_reply
@click.argument("codes", nargs=-1, required=True)
@signed
@click.pass_context
def give_command(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401 - click hands over anything
    """Give codes to a reply."""
    _write(context, said, given=True)


@code_group.command("refuse", cls=Command)
@about_reply
@click.argument("codes", nargs=-1, required=True)
@signed
@click.pass_context
def refuse_command(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401 - click hands over anything
    """Take codes away from a reply, or refuse suggested ones."""
    _write(context, said, given=False)


def _write(context: click.Context, said: dict[str, Any], *, given: bool) -> None:
    console = console_of(context)
    reply, now = ReplyKey(said["answer"], said["question"]), said["now"]
    assert now is None or isinstance(now, datetime)  # noqa: S101 - the option's type
    found = code(Path(said["folder"]), (reply,), said["codes"], said["by"], pen_of(now), given=given)
    term = "follow-up.coded" if given else "follow-up.uncoded"
    console.say(term, reply=_name(reply), codes=", ".join(one.code for one in found))
    console.result({"codings": [one.payload() for one in found]})


def _say_numbers(console: Console, each: Distribution) -> None:
    values = {"question": each.question.id, "answers": each.answers, "silent": each.silent}
    if each.draft is None:
        console.say("follow-up.numbers-free", **values, given=len(each.values))
    else:
        console.say("follow-up.numbers", **values, draft=_short(each.draft), above=each.above, equal=each.equal,
                    below=each.below)  # fmt: skip
    if each.quartiles is not None:
        low, middle, high = (_short(value) for value in each.quartiles)
        console.say("follow-up.quartiles", low=low, middle=middle, high=high)


def _board_json(board: CodingBoard) -> dict[str, Any]:
    return {
        "replies": {_name(key): list(board.codes.get(key, ())) for key in board.replies},
        "near_duplicates": [[_name(one.first), _name(one.second), one.percent] for one in board.duplicates],
        "agreement": [
            {"first": one.first, "second": one.second, "code": one.code, "replies": one.replies,
             "kappa": None if one.kappa is None else str(one.kappa)}
            for one in board.agreements
        ],
        "numbers": [numbers_json(each) for each in board.numbers],
    }  # fmt: skip


def numbers_json(each: Distribution) -> dict[str, Any]:
    """A distribution as JSON; exact numbers are texts."""
    return {
        "question": each.question.id,
        "draft": None if each.draft is None else str(each.draft),
        "answers": each.answers,
        "above": each.above,
        "equal": each.equal,
        "below": each.below,
        "silent": each.silent,
        "quartiles": None if each.quartiles is None else [str(value) for value in each.quartiles],
    }


def _short(value: Fraction) -> str:
    """`value` exactly where it has few decimals, else rounded to two for the screen."""
    exact = decimal_of(value)
    return format(exact, "f") if exact is not None and len(str(exact)) <= _LONGEST else f"{float(value):.2f}"


def _name(key: ReplyKey) -> str:
    return f"{key.answer}/{key.question}"
