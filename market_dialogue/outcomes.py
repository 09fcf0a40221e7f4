"""The account of a dialogue that was followed up: what everybody may read of decisions, numbers and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from market_dialogue.account import DialogueAccount, Meeting, Numbers, Outcome, account_of
from market_dialogue.coding.numbers import Distribution, distribution
from market_dialogue.coding.views import public_reply
from market_dialogue.follow_up.fields import CLAUSE, draft_number
from market_dialogue.follow_up.matrix import FollowUp, Result, Target, Trace
from tender.documents.catalogue import catalogue
from tender.documents.changes import change_words
from tender.language import Language, Text
from tender.model.annex import AnnexCell, AnnexTable, Axis, Category, CellStatus
from tender.model.answers import Answer
from tender.model.open_data import Quantity
from tender.model.questions import Dialogue, Question
from tender.model.tender import Tender
from tender.record.dialogue import Disposition
from tender.record.equality import contacts_of
from tender.record.state import DialogueState
from tender.words import words

FEWEST = 3
"""Fewest numbers whose quartiles are told: of fewer, they would be the respondents' own numbers."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an account is made from.

    Attributes:
        dialogue: The questions.
        answers: The answers that count.
        state: What was decided.
        drafts: The tender when the dialogue opened.
        found: What became of each reply; ``None`` when the dialogue was never opened.
        units: Unit id by label of a field, from the field dictionary.
    """

    dialogue: Dialogue
    answers: tuple[Answer, ...]
    state: DialogueState
    drafts: Tender
    found: FollowUp | None
    units: Mapping[str, str]


def followed_account(material: Material) -> DialogueAccount:
    """The public account: decisions without names, numbers that are not withheld, contacts without persons."""
    traces = material.found.traces if material.found else ()
    return replace(
        account_of(material.dialogue, material.answers),
        outcomes=_outcomes(material, traces),
        noted=sum(trace.result is Result.NOTED for trace in traces),
        open=len(material.found.missing) if material.found else 0,
        numbers=numbers_of(material, _unwithheld(material)),
        meetings=meetings_of(material),
    )


def numbers_of(material: Material, answers: tuple[Answer, ...]) -> tuple[Numbers, ...]:
    """The numbers of `answers`, for each question that asks for one and has enough of them."""
    found = []
    for question in material.dialogue.questions:
        if question.measure is not None:
            spread = distribution(question, draft_number(material.drafts, question), answers)
            if spread.quartiles is not None and spread.draft is not None and len(spread.values) >= FEWEST:
                found.append(Numbers(question.number, _table(spread), *spread.quartiles, question.measure.unit))
    return tuple(found)


def meetings_of(material: Material) -> tuple[Meeting, ...]:
    """The contacts on record, in order; a later entry of the same id takes the place of an earlier one."""
    zone = material.dialogue.closes.tzinfo
    known = (
        Meeting(datetime.fromisoformat(one.at).astimezone(zone), one.organisation, one.channel, Text(**one.topics),
                Text(**one.told))
        for one in contacts_of(material.state).values()
    )  # fmt: skip
    return tuple(sorted(known, key=lambda meeting: (meeting.at, meeting.organisation)))


def result_words(trace: Trace, units: Mapping[str, str]) -> Text:
    """What was changed because of a reply, or that nothing was."""
    return Text(*(_result(trace, language, units) for language in Language))


def _outcomes(material: Material, traces: Iterable[Trace]) -> tuple[Outcome, ...]:
    """Decisions that say the same of the same question are told once, with the number of answers."""
    numbers = {question.id: question.number for question in material.dialogue.questions}
    found: dict[tuple[object, ...], Outcome] = {}
    for trace in traces:
        if trace.decision is None or trace.result in {None, Result.NOTED}:
            continue
        said = trace.decision.said
        key = _key(said)
        if key in found:
            found[key] = replace(found[key], answers=found[key].answers + 1)
        else:
            changed = trace.result is not Result.NOT_CHANGED
            texts = (Text(**said.proposal), changed, result_words(trace, material.units), Text(**said.reason))
            found[key] = Outcome(numbers[said.question], *texts)
    return tuple(sorted(found.values(), key=lambda outcome: outcome.question))


def _key(said: Disposition) -> tuple[object, ...]:
    proposal, reason = tuple(sorted(said.proposal.items())), tuple(sorted(said.reason.items()))
    return said.question, said.result, proposal, reason, said.targets


def _result(trace: Trace, language: Language, units: Mapping[str, str]) -> str:
    term = words(language).term
    if trace.result is None:
        return term("result.missing")
    said = [line for target in trace.targets for line in _target(target, language, units)]
    heading = term(f"result.{trace.result}")
    return f"{heading}: {'; '.join(said)}" if said and trace.result.claims_change else heading


def _target(target: Target, language: Language, units: Mapping[str, str]) -> list[str]:
    """What changed, told in the words of `language`; another language's words only when its own are as they were."""
    own = tuple(change for change in target.changes if change.language in {None, language})
    lines = [str(change_words(change, language, units)) for change in own or target.changes]
    clause = target.clause.get(language) or next(iter(target.clause.values()), None)
    if clause is None:
        return lines
    document = target.name.removeprefix(CLAUSE).partition("/")[0]
    title = next((each.title.best(language) for each in catalogue() if each.id == document), document)
    return [*lines, f"{title}, {clause.title}"]


def _unwithheld(material: Material) -> tuple[Answer, ...]:
    """The answers with the numbers that everybody may see."""
    return tuple(
        replace(
            answer,
            replies={
                question: replace(reply, number=seen.number, low=seen.low, high=seen.high)
                for question, reply in answer.replies.items()
                for seen in (public_reply(answer, question, material.state),)
            },
        )
        for answer in material.answers
    )


def _table(spread: Distribution) -> AnnexTable:
    """More, the same, less or no number, as one row of counts."""
    assert spread.draft is not None  # noqa: S101 - only numbers with a draft are drawn
    counts = {"below": spread.below, "equal": spread.equal, "above": spread.above, "silent": spread.silent}
    title = _filled("numbers.title", spread.question, spread.draft)
    categories = tuple(Category(code, _filled(f"numbers.{code}", spread.question, spread.draft)) for code in counts)
    return AnnexTable(
        f"numbers-{spread.question.id}",
        title,
        Quantity.STOCK,
        _filled("numbers.unit", spread.question, spread.draft),
        (Axis("wish", _filled("numbers.axis", spread.question, spread.draft), categories),),
        tuple(
            AnnexCell((code,), count, CellStatus.SHOWN if count else CellStatus.ZERO) for code, count in counts.items()
        ),
    )


def _filled(term_id: str, question: Question, draft: Fraction) -> Text:
    value = f"{float(draft):g}"
    return Text(
        *(words(each).term(term_id).format_map({"number": question.number, "draft": value}) for each in Language)
    )
