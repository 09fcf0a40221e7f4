"""What the commands of the market dialogue do: read the answers of a tender folder and count them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from market_dialogue.intake import read_answers
from tender.errors import Finding, UsageError
from tender.model.answers import Answer
from tender.model.questions import Dialogue, Question
from tender.publishing.examination import readable_tender

ANSWERS = "answers"
"""Folder of the answers inside a tender folder."""

INVENTED = "synthetic/answers"
"""Folder of an example's invented answers, read only when there are no real ones."""


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How a question was answered.

    Attributes:
        question: The question.
        answered: Names of the respondents who replied, in order of arrival.
        silent: Names of those who answered other questions only.
    """

    question: Question
    answered: tuple[str, ...]
    silent: tuple[str, ...]


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


def count_replies(dialogue: Dialogue, answers: tuple[Answer, ...]) -> tuple[QuestionCount, ...]:
    """Who replied to each question; questions with the same wording are different questions (A1)."""
    return tuple(
        QuestionCount(
            question,
            tuple(answer.respondent for answer in answers if question.id in answer.replies),
            tuple(answer.respondent for answer in answers if question.id not in answer.replies),
        )
        for question in dialogue.questions
    )


def _answers_folder(folder: Path) -> Path:
    for name in (ANSWERS, INVENTED):
        if any((folder / name).glob("*.toml")):
            return folder / name
    raise UsageError("dialogue.no-answers", folder=ANSWERS)
