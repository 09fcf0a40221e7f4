"""The summary of a dialogue: its answers counted by question, and laid out as a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from market_dialogue.account import (
    DIALOGUE_SUMMARY,
    SUMMARY_TEXT,
    QuestionCount,
    count_replies,
    summary_context,
)
from market_dialogue.acts.desk import Pen, named, say
from market_dialogue.acts.following import follow
from market_dialogue.acts.opening import hashes
from market_dialogue.acts.reading import ANSWERS, DialogueFile, read_dialogue
from market_dialogue.memo import DIALOGUE_MEMO, memo_context
from market_dialogue.outcomes import Material, followed_account
from tender.errors import BlockedError, Finding, UsageError, blocking
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.examination import examine
from tender.publishing.papers import Paper, draft_of, with_text, write_papers
from tender.publishing.workshop import Progress
from tender.reading.dictionary import field_units
from tender.record.milestones import SummaryPublished

PAPERS = "private/dialogue"
"""Folder in which the summary waits, as a draft, until the buyer publishes it."""


PUBLIC = "dialogue"
"""Folder of what was published of the dialogue."""

_RULES = frozenset(("dialogue.secret-told", "dialogue.contact-undocumented"))


@dataclass(frozen=True, slots=True)
class DialogueSummary:
    """The answers of one dialogue that count, counted.

    Attributes:
        counts: One per question, in the order of the invitation.
        answers: Number of answers.
        late: How many of them came after the dialogue closed.
        invented: How many of them are invented for an example.
        findings: What is wrong with the files.
        pending: How many further answers wait for a person's ruling.
    """

    counts: tuple[QuestionCount, ...]
    answers: int
    late: int
    invented: int
    findings: tuple[Finding, ...]
    pending: int = 0


def summarise(folder: Path) -> DialogueSummary:
    """The answers in the tender folder `folder`, counted by question.

    Raises:
        BlockedError: The tender file cannot be read whole.
        UsageError: The tender has no market dialogue, or no answer files.
    """
    file = _answered(folder)
    return DialogueSummary(
        count_replies(file.dialogue, file.answers),
        len(file.answers),
        sum(answer.received_at > file.dialogue.closes for answer in file.answers),
        sum(answer.synthetic for answer in file.answers),
        file.findings,
        len(file.pending),
    )


def write_summary(folder: Path, today: date, progress: Progress) -> tuple[Path, ...]:
    """Lay the summary of the dialogue out, as a draft that the buyer completes and publishes; nothing is recorded.

    Args:
        folder: The tender folder; ``texts/dialogue-summary.<lang>.md`` is printed when it is there.
        today: The day that is printed.
        progress: Told the name of each file when it is ready.

    Returns:
        The files written.

    Raises:
        BlockedError: The tender file cannot be read whole.
        UsageError: The tender has no market dialogue, or no answer files.
    """
    file = _answered(folder)
    tender = with_text(file.tender, folder, SUMMARY_TEXT)
    publication = _apart(tender, today)
    account = followed_account(_material(folder, file, today))
    paper = Paper(DIALOGUE_SUMMARY, summary_context(publication, account))
    return write_papers(folder, PAPERS, (paper,), publication, progress)


def publish_summary(folder: Path, today: date, by: str, pen: Pen, progress: Progress) -> tuple[Path, ...]:
    """Publish the summary: its files without a draft's marks in `PUBLIC`, and their hashes on the record (DIA-05).

    Raises:
        BlockedError: What it would print holds hidden words or names, or a claim of change does not hold.
        UsageError: The tender has no market dialogue or no answers, it was never opened, or nobody is named.
    """
    named(by)
    file = _answered(folder)
    flaws = blocking((*follow(folder, today).found.findings, *_unfit(folder, today)))
    if flaws:
        raise BlockedError("follow-up.summary-blocked", findings=flaws, count=len(flaws))
    publication = replace(_apart(with_text(file.tender, folder, SUMMARY_TEXT), today), draft=False)
    account = followed_account(_material(folder, file, today))
    paper = Paper(DIALOGUE_SUMMARY, summary_context(publication, account))
    written = write_papers(folder, PUBLIC, (paper,), publication, progress)
    files = {path.name: path.read_bytes() for path in sorted((folder / PUBLIC).glob(f"{DIALOGUE_SUMMARY.id}.*"))}
    say(folder, (SummaryPublished(hashes(files), by.strip()),), pen)
    return written


def _apart(tender: Tender, today: date) -> Publication:
    """A draft that belongs to no version of the call and so bears neither its number nor the hashes of its methods."""
    return replace(draft_of(tender, today), version=0, award_hash="", payment_hash="")


def _unfit(folder: Path, today: date) -> tuple[Finding, ...]:
    """Findings of the rules that keep the summary from being published."""
    return tuple(one for one in examine(folder, today).findings if one.rule in _RULES)


def write_memo(folder: Path, today: date, progress: Progress) -> tuple[Path, ...]:
    """Lay out the memo of the dialogue for the authority's own file; it holds secrets and is never published.

    Raises:
        BlockedError: The tender file cannot be read whole.
        UsageError: The tender has no market dialogue, or no answers.
    """
    file = _answered(folder)
    publication = _apart(file.tender, today)
    paper = Paper(DIALOGUE_MEMO, memo_context(publication, _material(folder, file, today)))
    return write_papers(folder, PAPERS, (paper,), publication, progress)


def _material(folder: Path, file: DialogueFile, today: date) -> Material:
    """What the papers are made from: followed up when the dialogue was opened by the command."""
    parts = (file.dialogue, file.answers, file.state)
    if not file.state.opened:
        return Material(*parts, file.tender, None, field_units())
    followed = follow(folder, today)
    return Material(*parts, followed.old, followed.found, field_units())


def _answered(folder: Path) -> DialogueFile:
    """The dialogue in `folder`, which must have been answered."""
    file = read_dialogue(folder)
    if not (file.answers or file.pending or file.set_aside or file.findings):
        raise UsageError("dialogue.no-answers", folder=ANSWERS)
    return file
