"""Is the dialogue accounted for: contacts, equal information, secrets, decisions, the summary (DIA-01–DIA-05)."""

from __future__ import annotations

from collections.abc import Iterator

from tender.checks.case import Case, DialogueFacts, flaw
from tender.errors import Finding


def contacts_documented(case: Case) -> Iterator[Finding]:
    """Every contact has its day, organisation, channel, persons and topics."""
    if case.dialogue is not None and case.dialogue.undocumented:
        yield flaw("dialogue.contact-undocumented", "dialogue", found=case.dialogue.undocumented)


def told_to_all(case: Case) -> Iterator[Finding]:
    """What one was told, all were given."""
    if case.dialogue is not None and case.dialogue.untold:
        yield flaw("dialogue.told-to-one", "dialogue", found=case.dialogue.untold)


def secrets_kept(case: Case) -> Iterator[Finding]:
    """No decision and no summary tells what is hidden, or who said what."""
    if case.dialogue is not None and case.dialogue.leaks:
        yield flaw("dialogue.secret-told", "dialogue", found=case.dialogue.leaks)


def replies_decided(case: Case) -> Iterator[Finding]:
    """Every reply has a decision, and every decision a reason; a buyer may hold publication to it."""
    facts, dialogue = case.dialogue, case.tender.dialogue
    if facts is None:
        return
    if facts.undecided:
        required = dialogue is not None and dialogue.follow_up_required
        rule = "dialogue.undecided-required" if required else "dialogue.undecided"
        yield flaw(rule, "dialogue", found=facts.undecided, replies=facts.replies)
    if facts.unreasoned:
        yield flaw("dialogue.unreasoned", "dialogue", found=facts.unreasoned)


def summary_published(case: Case) -> Iterator[Finding]:
    """The summary is published before the call or with it."""
    facts: DialogueFacts | None = case.dialogue
    if facts is not None and not facts.summary:
        yield flaw("dialogue.summary-unpublished", "dialogue")


DIALOGUE = (contacts_documented, told_to_all, secrets_kept, replies_decided, summary_published)
"""The rules of this file."""
