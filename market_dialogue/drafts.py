"""What every paper of the market dialogue rests on: the tender's dialogue, and the notice that drafts do not bind."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from tender.errors import UsageError
from tender.language import Text
from tender.model.methods import Json, canonical
from tender.model.publication import Publication
from tender.model.questions import Dialogue, Question
from tender.model.tender import Tender


def dialogue_of(tender: Tender) -> Dialogue:
    """The market dialogue of `tender`.

    Raises:
        UsageError: The tender declares none.
    """
    if tender.dialogue is None:
        raise UsageError("invitation.no-dialogue", tender=tender.id)
    return tender.dialogue


def draft_notice(publication: Publication) -> Text:
    """The notice for the foot of every page: drafts do not bind the buyer (A2).

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    return dialogue_of(publication.tender).draft_notice


def question_set(dialogue: Dialogue) -> str:
    """SHA-256 of the questions as they are asked: an answer says which set it answers.

    Only what a respondent is asked counts, so a new address or purpose makes no new set.
    """
    asked: list[Json] = [_asked(question) for question in dialogue.questions]
    return hashlib.sha256(canonical(asked)).hexdigest()


def _asked(question: Question) -> dict[str, Json]:
    measure = question.measure
    return {
        "id": question.id,
        "number": question.number,
        "kind": question.kind.value,
        "context": _words(question.context),
        "wording": _words(question.wording),
        "measure": None if measure is None else [_words(measure.unit), _exact(measure.least), _exact(measure.most)],
        "choices": [[choice.id, _words(choice.label)] for choice in question.choices],
        "columns": [_words(column) for column in question.columns],
    }


def _words(text: Text) -> list[Json]:
    return [text.fi, text.sv, text.en]


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
