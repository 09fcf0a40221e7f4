"""``valinta accounts add | revoke | show``."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click

from tender.console import Command, Group, common_options, console_of, folder_argument, moment_of, now_option, option
from tender.errors import UsageError


@click.group(cls=Group)
def accounts() -> None:
    """Commands on officers' accounts; the words stand in the term ``help.accounts``."""


@accounts.command(cls=Command)
@folder_argument
@option("--name", required=True, metavar="NAME", help="option.account-name")
@common_options
@click.pass_context
def add(context: click.Context, /, folder: str, name: str, **_: object) -> None:
    """Make an account; the password is asked for and never shown."""
    from tender.web.accounts import add_account
    from tender.web.desk import desk_of

    console = console_of(context)
    asked = console.words("web-account.password-prompt")
    password = click.prompt(asked, hide_input=True, confirmation_prompt=True, err=True)
    address = add_account(desk_of(Path(folder)), name, password, secrets.token_bytes)
    console.say("web-account.made", name=name)
    console.say("web-account.totp", address=address)
    console.result({"name": name, "totp": address})


@accounts.command(cls=Command)
@folder_argument
@option("--name", required=True, metavar="NAME", help="option.account-name")
@now_option
@common_options
@click.pass_context
def revoke(context: click.Context, /, folder: str, name: str, now: datetime | None, **_: object) -> None:
    """Close an account and its sessions."""
    from tender.web.accounts import revoke_account
    from tender.web.desk import desk_of

    console = console_of(context)
    if not revoke_account(desk_of(Path(folder)), name, moment_of(now)):
        raise UsageError("web-account.none", name=name)
    console.say("web-account.revoked", name=name)
    console.result({"name": name, "revoked": True})


@accounts.command(cls=Command)
@folder_argument
@common_options
@click.pass_context
def show(context: click.Context, /, folder: str, **_: object) -> None:
    """List the accounts."""
    from tender.web.accounts import all_accounts
    from tender.web.desk import desk_of

    console = console_of(context)
    found = all_accounts(desk_of(Path(folder)))
    states = {False: "web-link.open", True: "web-link.closed"}
    heads = [console.words("web-account.column-name"), console.words("web-link.column-state")]
    console.table(heads, [[one.name, console.words(states[one.revoked])] for one in found])
    console.result({"accounts": [{"name": one.name, "revoked": one.revoked} for one in found]})
