"""``valinta dialogue …``: each command reads its arguments, calls one act, and shows what came of it."""

from __future__ import annotations

import click

from tender.console import Group

_OWN = {
    "contact": "market_dialogue.cli.contacts:contact",
    "contacts": "market_dialogue.cli.contacts:contacts",
    "link": "market_dialogue.cli.link:link",
    "form": "market_dialogue.cli.form:form_command",
    "import": "market_dialogue.cli.import_:import_command",
    "questions-from": "market_dialogue.cli.import_:questions_command",
    "receive": "market_dialogue.cli.receive:receive_command",
    "rule": "market_dialogue.cli.rule:rule_command",
    "code": "market_dialogue.cli.code:code_group",
    "decide": "market_dialogue.cli.decide:decide_command",
    "follow-up": "market_dialogue.cli.following:follow_up_command",
    "mask": "market_dialogue.cli.mask:mask_group",
    "memo": "market_dialogue.cli.memo:memo_command",
    "open": "market_dialogue.cli.opening:open_command",
    "scenario": "market_dialogue.cli.scenario:scenario_command",
    "share": "market_dialogue.cli.contacts:share",
    "summary": "market_dialogue.cli.summary:summary",
}


@click.group(cls=Group, lazy=_OWN)
def dialogue() -> None:
    """Commands on the market dialogue; the words stand in the term ``help.dialogue``."""
