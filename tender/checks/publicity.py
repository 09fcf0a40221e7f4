"""Does everyone hear the same at the same time: market dialogue, publicity, languages, addresses (A1, A2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tender.checks.case import Case, blank, flaw
from tender.errors import Finding
from tender.language import Language
from tender.model.questions import Question, QuestionKind


def dialogue_notices(case: Case) -> Iterator[Finding]:
    """The invitation says that drafts do not bind, and when answers become public."""
    dialogue = case.tender.dialogue
    if dialogue is None:
        return
    if blank(dialogue.draft_notice):
        yield flaw("dialogue.draft-notice", "dialogue.draft_notice")
    if blank(dialogue.publicity):
        yield flaw("dialogue.publicity", "dialogue.publicity")


def _questions(case: Case) -> tuple[Question, ...]:
    return case.tender.dialogue.questions if case.tender.dialogue is not None else ()


def questions_given(case: Case) -> Iterator[Finding]:
    """A dialogue asks something."""
    if case.tender.dialogue is not None and not case.tender.dialogue.questions:
        yield flaw("dialogue.questions-none", "dialogue.questions")


def question_numbers(case: Case) -> Iterator[Finding]:
    """Questions are numbered one after another, each number once; the first break is told."""
    questions = _questions(case)
    for index, question in enumerate(questions[1:], start=1):
        expected = questions[index - 1].number + 1
        if question.number != expected:
            field = f"dialogue.questions[{index}].number"
            yield flaw("dialogue.question-numbers", field, found=question.number, expected=expected)
            return


def question_purpose(case: Case) -> Iterator[Finding]:
    """Every question says why it is asked, and which fields its answers may change."""
    for index, question in enumerate(_questions(case)):
        if blank(question.purpose):
            yield flaw("dialogue.question-purpose", f"dialogue.questions[{index}].purpose", id=question.id)
        if not question.affects:
            yield flaw("dialogue.question-affects", f"dialogue.questions[{index}].affects", id=question.id)


def question_twice(case: Case) -> Iterator[Finding]:
    """Questions with the same words concern different payment models; else one of them is a copy."""
    seen: dict[tuple[str, str], Question] = {}
    for index, question in enumerate(_questions(case)):
        key = (_plain(question.wording.best(Language.FI)), _plain(question.model.best(Language.FI)))
        earlier = seen.setdefault(key, question)
        if key[0] and earlier is not question:
            field = f"dialogue.questions[{index}].model"
            yield flaw("dialogue.question-twice", field, found=question.number, other=earlier.number)


def question_parts(case: Case) -> Iterator[Finding]:
    """What the kind of a question needs is there: choices, the number that is measured, the heads of a table."""
    for index, question in enumerate(_questions(case)):
        field = f"dialogue.questions[{index}]"
        if question.kind is QuestionKind.CHOICE and not question.choices:
            yield flaw("dialogue.question-choices", f"{field}.choices", id=question.id)
        if question.kind in {QuestionKind.NUMBER, QuestionKind.RANGE} and question.measure is None:
            yield flaw("dialogue.question-measure", f"{field}.measure", id=question.id)
        if question.kind is QuestionKind.TABLE and not question.columns:
            yield flaw("dialogue.question-columns", f"{field}.columns", id=question.id)


def measured_fields(case: Case) -> Iterator[Finding]:
    """A number that is asked for a field of the tender leads to a number, and the question says that it affects it."""
    for index, question in enumerate(_questions(case)):
        field = question.measure.field if question.measure is not None else ""
        if not field:
            continue
        path = f"dialogue.questions[{index}].measure.field"
        found = _at(case.tender, field)
        if not isinstance(found, int | Decimal) or isinstance(found, bool):
            yield flaw("dialogue.measure-field", path, id=question.id, found=field)
        elif question.affects and all(question.affects) and not any(_covers(one, field) for one in question.affects):
            yield flaw("dialogue.measure-affects", path, id=question.id, found=field)


def _covers(path: str, field: str) -> bool:
    """Whether `field` is `path` or lies inside it."""
    return field == path or field.startswith((f"{path}.", f"{path}["))


def _at(value: object, path: str) -> object:
    """What stands at `path` below `value`; ``None`` when nothing does."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, tuple):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = getattr(value, step, None) if step in getattr(value, "__dataclass_fields__", ()) else None
    return value


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def procedure_publicity(case: Case) -> Iterator[Finding]:
    """The call for tenders says what becomes public and how to mark trade secrets."""
    if blank(case.tender.procedure.publicity):
        yield flaw("procedure.publicity", "procedure.publicity")


def bilingual_buyer(case: Case) -> Iterator[Finding]:
    """A bilingual authority publishes its notices in Finnish and Swedish."""
    missing = [language for language in (Language.FI, Language.SV) if language not in case.tender.languages]
    if case.tender.buyer.bilingual and missing and case.tender.languages:
        yield flaw("buyer.languages", "languages", missing=missing)


def addresses(case: Case) -> Iterator[Finding]:
    """The buyer says where tenders are left and where notices reach it."""
    for name in ("portal", "email"):
        if not getattr(case.tender.buyer, name).strip():
            yield flaw(f"buyer.{name}", f"buyer.{name}")
    portal = case.tender.buyer.portal.strip()
    if portal and not portal.startswith(("https://", "http://")):
        yield flaw("buyer.portal-address", "buyer.portal", found=portal)


PUBLICITY = (
    dialogue_notices,
    questions_given,
    question_numbers,
    question_purpose,
    question_twice,
    question_parts,
    measured_fields,
    procedure_publicity,
    bilingual_buyer,
    addresses,
)
"""The rules of this file."""
