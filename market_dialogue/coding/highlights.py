"""Parts of a reply that look like personal data or tell who wrote it: shown to a person, who confirms or not.

This helps and promises nothing: what no pattern knows is not found, and a correct check digit does not prove that a
company exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tender.model.answers import Answer
from tender.record.state import DialogueState

PERSONAL, BUSINESS, OTHER = "personal-data", "business-id", "other"
"""Grounds of a mask, as `tender.record.dialogue.Masking` says them."""

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BUSINESS = re.compile(r"(?<![\w-])\d{7}-\d(?![\w-])")
_VAT = re.compile(r"(?<!\w)FI[ -]?\d{8}(?!\w)", re.IGNORECASE)
_HETU = re.compile(r"(?<!\w)\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)", re.IGNORECASE)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'-]+")
_FORMS = frozenset(("oyj", "osk", "inc", "ltd", "gmbh", "säätiö", "yhdistys", "osuuskunta", "respondent", "vastaaja"))
_SHORTEST_NAME = 4
_LONGEST_ENDING = 4


@dataclass(frozen=True, slots=True, order=True)
class Highlight:
    """A part of a reply that might have to be masked.

    Attributes:
        start: Place of its first character, from 0.
        end: Place after its last character.
        ground: The ground of a mask, if a person confirms it.
        kind: What it looks like: ``hetu``, ``business-id``, ``vat``, ``iban``, ``phone``, ``mail``, ``name`` or
            ``respondent``.
    """

    start: int
    end: int
    ground: str
    kind: str


def highlights(answer: Answer, question: str) -> tuple[Highlight, ...]:
    """What stands out in the words of `answer` to `question`, in order; nothing when it has no reply."""
    reply = answer.replies.get(question)
    if reply is None:
        return ()
    return tuple(sorted({*_ids(reply.text), *_phones(reply.text), *_names(answer, reply.text)}))


def undecided(answer: Answer, question: str, state: DialogueState) -> tuple[Highlight, ...]:
    """The highlights that no mask on record covers, whichever way it was decided."""
    decided = [one.said for one in state.maskings if (one.said.answer, one.said.question) == (answer.id, question)]
    return tuple(
        each
        for each in highlights(answer, question)
        if not any(one.start <= each.start and each.end <= one.end for one in decided)
    )


def _ids(text: str) -> Iterator[Highlight]:
    from stdnum import iban
    from stdnum.fi import alv, hetu, ytunnus

    known = (
        (_MAIL, None, PERSONAL, "mail"),
        (_HETU, hetu, PERSONAL, "hetu"),
        (_BUSINESS, ytunnus, BUSINESS, "business-id"),
        (_VAT, alv, BUSINESS, "vat"),
    )
    for pattern, number, ground, kind in known:
        for match in pattern.finditer(text):
            if number is None or number.is_valid(match[0]):
                yield Highlight(match.start(), match.end(), ground, kind)
    for match in _IBAN.finditer(text):
        end = _iban_end(match[0], iban.is_valid)
        if end:
            yield Highlight(match.start(), match.start() + end, PERSONAL, "iban")


def _iban_end(found: str, valid: object) -> int:
    """Length of the longest beginning of `found` that is an account number; 0 when none is."""
    assert callable(valid)  # noqa: S101 - stdnum has no types
    return next((end for end in range(len(found), 14, -1) if found[end - 1] != " " and valid(found[:end])), 0)


def _phones(text: str) -> Iterator[Highlight]:
    from phonenumbers import PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, "FI"):
        yield Highlight(match.start, match.end, PERSONAL, "phone")


def _names(answer: Answer, text: str) -> Iterator[Highlight]:
    """The respondent's and the contact's own names, in any inflection that keeps their beginning."""
    contact, respondent = _parts(answer.contact), _parts(answer.respondent)
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if _inflected(word, contact):
            yield Highlight(match.start(), match.end(), PERSONAL, "name")
        elif _inflected(word, respondent):
            yield Highlight(match.start(), match.end(), OTHER, "respondent")


def _inflected(word: str, names: frozenset[str]) -> bool:
    return any(word.startswith(name) and len(word) <= len(name) + _LONGEST_ENDING for name in names)


def _parts(name: str) -> frozenset[str]:
    words = (match[0].casefold() for match in _WORD.finditer(_MAIL.sub(" ", name)))
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME and word not in _FORMS)
