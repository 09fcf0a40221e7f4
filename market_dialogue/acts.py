"""What the commands of the market dialogue do: read the answers of a tender folder and count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from market_dialogue.account import (
    DIALOGUE_SUMMARY,
    SUMMARY_TEXT,
    QuestionCount,
    account_of,
    count_replies,
    summary_context,
)
from market_dialogue.drafts import dialogue_of
from market_dialogue.intake import read_answers
from tender.errors import Finding, UsageError
from tender.publishing.examination import readable_tender
from tender.publishing.papers import Paper, draft_of, with_text, write_papers
from tender.publishing.workshop import Progress

ANSWERS = "answers"
"""Folder of the answers inside a tender folder."""

INVENTED = "synthetic/answers"
"""Folder of an example's invented answers, read only when there are no real ones."""

PAPERS = "private/dialogue"
"""Folder in which the summary waits, as a draft, until the buyer publishes it."""


@dataclass(frozen=True, slots=True)
class DialogueSummary:
    """The answers of one dialogue, counted.

    Attributes:
        counts: One per question, in the order of the invitation.
        answers: Number of answers.
        late: How many of them came after the dialogue closed.
        invented: How many of them are invented for an example.
        findings: What is wrong with the files.
    """

    counts: tuple[QuestionCount, ...]
    answers: int
    late: int
    invented: int
    findings: tuple[Finding, ...]


def summarise(folder: Path) -> DialogueSummary:
    """The answers in the tender folder `folder`, counted by question.

    Raises:
        BlockedError: The tender file cannot be read whole.
        UsageError: The tender has no market dialogue, or no answer files.
    """
    dialogue = readable_tender(folder).dialogue
    if dialogue is None:
        raise UsageError("dialogue.none", folder=folder.name)
    answers, findings = read_answers(_answers_folder(folder), dialogue)
    return DialogueSummary(
        count_replies(dialogue, answers),
        len(answers),
        sum(answer.received_at > dialogue.closes for answer in answers),
        sum(answer.synthetic for answer in answers),
        findings,
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
    tender = with_text(readable_tender(folder), folder, SUMMARY_TEXT)
    dialogue = dialogue_of(tender)
    answers, _ = read_answers(_answers_folder(folder), dialogue)
    publication = draft_of(tender, today)
    paper = Paper(DIALOGUE_SUMMARY, summary_context(publication, account_of(dialogue, answers)))
    return write_papers(folder, PAPERS, (paper,), publication, progress)


def _answers_folder(folder: Path) -> Path:
    for name in (ANSWERS, INVENTED):
        if any((folder / name).glob("*.toml")):
            return folder / name
    raise UsageError("dialogue.no-answers", folder=ANSWERS)
