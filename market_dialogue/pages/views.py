"""What the templates of the dialogue print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from market_dialogue.marking import Part, parts
from market_dialogue.pages.drafting import drafts_of
from market_dialogue.pages.sending import last_sent
from market_dialogue.pages.uploads import uploads_of
from tender.language import Text, number_text
from tender.model.answers import Reply
from tender.model.questions import Dialogue, Question
from tender.record.answers import AnswerReceived
from tender.record.dialogue import Disposition
from tender.record.state import Recorded
from tender.web.layout import language_here
from tender.web.links import Link
from tender.web.papers import papers_of
from tender.web.site import Site

NOBODY: Mapping[tuple[str, str], Disposition] = {}


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question with its reply.

    Attributes:
        question: The question.
        given: Whether there is a reply.
        parts: Pieces of its words, public and secret.
        numbers: Number, or both ends of a range, as the visitor's language writes them.
        choices: Labels of the choices taken.
        rows: Rows of a table.
        disposition: What became of it, when everybody has been told; else ``None``.
        reason: Why, in the visitor's language.
    """

    question: Question
    given: bool
    parts: tuple[Part, ...]
    numbers: tuple[str, ...]
    choices: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    disposition: Disposition | None = None
    reason: str = ""


def answer_views(
    dialogue: Dialogue,
    replies: Mapping[str, Reply],
    answer: str = "",
    told: Mapping[tuple[str, str], Disposition] = NOBODY,
) -> tuple[AnswerView, ...]:
    """Every question of `dialogue` with its reply in `replies`."""
    return tuple(
        _view(question, replies.get(question.id), told.get((answer, question.id))) for question in dialogue.questions
    )


def _view(question: Question, reply: Reply | None, disposition: Disposition | None) -> AnswerView:
    found = reply or Reply()
    numbers = tuple(number for number in (found.number, found.low, found.high) if number is not None)
    return AnswerView(
        question,
        reply is not None,
        parts(found.text, found.marks),
        tuple(_number(number) for number in numbers),
        tuple(choice.label for choice in question.choices if choice.id in found.choices),
        found.rows,
        disposition,
        _in_language(disposition.reason) if disposition else "",
    )


def _number(number: Decimal) -> str:
    return number_text(number, language_here())


def _in_language(texts: Mapping[str, str]) -> str:
    return texts.get(language_here().value) or next(iter(texts.values()), "")


def start_view(site: Site, dialogue: Dialogue, link: Link | None) -> dict[str, object]:
    """What the start page prints."""
    drafts = drafts_of(site.desk, link.id) if link else {}
    number, _ = last_sent(site, link) if link else (0, "")
    return {
        "link": link,
        "dialogue": dialogue,
        "drafted": {piece for piece, draft in drafts.items() if not draft.empty},
        "files": uploads_of(site, link.id) if link else {},
        "sent": number,
        "closed": site.clock() > dialogue.closes,
        "left": left_until(dialogue.closes, site.clock()),
        "papers": papers_of(site.folder, language_here()),
    }


def left_until(closes: datetime, now: datetime) -> tuple[int, int]:
    """Whole days and hours until `closes`; zeros when it has passed."""
    seconds = max(0, int((closes - now).total_seconds()))
    return seconds // 86_400, seconds % 86_400 // 3_600


def receipt_view(
    recorded: Recorded[AnswerReceived], dialogue: Dialogue, told: Mapping[tuple[str, str], Disposition] = NOBODY
) -> dict[str, object]:
    """What a receipt prints."""
    answer = recorded.said.answer
    return {
        "number": recorded.event.seq,
        "answer": answer,
        "digest": recorded.said.digest,
        "head": recorded.event.hash,
        "answers": answer_views(dialogue, answer.replies, answer.id, told),
    }
