"""From answer to change: every reply with what became of it, and what differs in the tender where decisions point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from market_dialogue.acts.following import follow
from market_dialogue.acts.reading import DialogueFile
from market_dialogue.coding.views import Audience, ReplyView, reply_view
from market_dialogue.follow_up.differences import Difference, differences
from tender.errors import Finding, ValintaError
from tender.model.answers import Answer
from tender.model.questions import Question
from tender.record.dialogue import Disposition
from tender.web.layout import HELSINKI, language_here
from tender.web.site import Site
from tender.words import words

_OPEN = "follow-up.missing"
"""The finding on a reply without a decision, which the page shows at the reply."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One reply on the page of the trace.

    Attributes:
        answer: The answer that it belongs to.
        question: Its question.
        view: The reply as the authority sees it.
        decision: What became of it; ``None`` while nobody has decided.
    """

    answer: Answer
    question: Question
    view: ReplyView
    decision: Disposition | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The tender held against the drafts on which the dialogue opened.

    Attributes:
        differences: What differs, by the name of the target.
        findings: What the officer should mend: claims of change where nothing differs, changes that nobody named.
        trouble: Why nothing could be compared; empty when it could.
    """

    differences: dict[str, Difference]
    findings: tuple[Finding, ...]
    trouble: str = ""


def trace_view(site: Site, file: DialogueFile) -> dict[str, object]:
    """What the page prints; ``compared`` is ``None`` when the dialogue was never opened on frozen drafts."""
    return {
        "dialogue": file.dialogue,
        "rows": tuple(_traced(file)),
        "compared": _compared(site) if file.state.opened else None,
    }


def _traced(file: DialogueFile) -> Iterator[Traced]:
    decided = {(one.said.answer, one.said.question): one.said for one in file.state.dispositions}
    for question in file.dialogue.questions:
        for answer in file.answers:
            if question.id in answer.replies:
                view = reply_view(answer, question.id, file.state, Audience.AUTHORITY)
                yield Traced(answer, question, view, decided.get((answer.id, question.id)))


def _compared(site: Site) -> Compared:
    """Drafts that were touched, or a clause that cannot be printed, are told on the page; the replies stay in sight."""
    language = language_here()
    try:
        found = follow(site.folder, site.clock().astimezone(HELSINKI).date()).found
    except ValintaError as error:
        return Compared({}, (), str(words(language).error(error)))
    findings = tuple(one for one in found.findings if one.rule != _OPEN)
    return Compared({one.name: one for one in differences(found, language)}, findings)
