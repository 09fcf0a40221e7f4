"""The memo of a dialogue for the authority's own file (HL 124.4): every reply in full, its codes, decision and why.

It holds what the public copies leave out, and is never published.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from market_dialogue.account import Contact, Meeting, Numbers, account_of
from market_dialogue.coding.agreement import agreements
from market_dialogue.coding.codes import ReplyKey
from market_dialogue.coding.views import Audience, Part, reply_view
from market_dialogue.outcomes import Material, meetings_of, numbers_of, result_words
from tender.documents.document import LAYOUT, Document, Stage
from tender.errors import UsageError
from tender.language import NO_TEXT, Text
from tender.model.answers import Answer
from tender.model.publication import Publication
from tender.model.questions import Dialogue, Question
from tender.model.tender import Buyer


@dataclass(frozen=True, slots=True)
class MemoReply:
    """One reply in full.

    Attributes:
        respondent: Who replied.
        answer: Id of the answer.
        text: Its words, with braces around what the public copies leave out.
        number: The number, or both ends of a range; empty when none was given.
        codes: Its codes.
        result: What became of it.
        reason: Why.
        by: Who decided; empty while nobody has.
    """

    respondent: str
    answer: str
    text: str
    number: tuple[Fraction, ...]
    codes: tuple[str, ...]
    result: Text
    reason: Text
    by: str


@dataclass(frozen=True, slots=True)
class MemoQuestion:
    """One question with its replies.

    Attributes:
        question: The question.
        replies: Its replies, in order of arrival.
    """

    question: Question
    replies: tuple[MemoReply, ...]


@dataclass(frozen=True, slots=True)
class MemoAgreement:
    """How far two coders agree on all codes.

    Attributes:
        first: Name of the first coder.
        second: Name of the second coder.
        replies: How many replies both coded.
        kappa: Cohen's kappa, to two decimals; empty where it is not defined.
    """

    first: str
    second: str
    replies: int
    kappa: str


@dataclass(frozen=True, slots=True)
class MemoContext:
    """What the memo prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        dialogue: Dates of the dialogue.
        contacts: Every answer as a contact, in order of arrival.
        meetings: Contacts outside the answers; empty when there were none.
        numbers: Numbers that were answered, withheld ones among them; empty when no question asks for one.
        questions: The questions with their replies.
        agreements: How far coders agree; empty with fewer than two coders.
        unnamed: Paths of fields that changed without a decision that names them; empty when there are none.
        decided: How many replies have a decision.
        replies: How many replies there are.
    """

    title: Text
    buyer: Buyer
    dialogue: Dialogue
    contacts: tuple[Contact, ...]
    meetings: tuple[Meeting, ...]
    numbers: tuple[Numbers, ...]
    questions: tuple[MemoQuestion, ...]
    agreements: tuple[MemoAgreement, ...]
    unnamed: tuple[str, ...]
    decided: int
    replies: int


def memo_context(publication: Publication, material: Material) -> MemoContext:
    """The values of the memo of the dialogue in `material`."""
    tender = publication.tender
    traces = material.found.traces if material.found else ()
    return MemoContext(
        title=tender.title,
        buyer=tender.buyer,
        dialogue=material.dialogue,
        contacts=account_of(material.dialogue, material.answers).contacts,
        meetings=meetings_of(material),
        numbers=numbers_of(material, material.answers),
        questions=tuple(_question(question, material) for question in material.dialogue.questions),
        agreements=_agreements(material),
        unnamed=tuple(change.path for change in material.found.unnamed) if material.found else (),
        decided=sum(trace.decision is not None for trace in traces),
        replies=len(traces),
    )


def _agreements(material: Material) -> tuple[MemoAgreement, ...]:
    return tuple(
        MemoAgreement(one.first, one.second, one.replies, "" if one.kappa is None else f"{float(one.kappa):.2f}")
        for one in agreements(material.state)
        if not one.code and one.replies
    )


def _question(question: Question, material: Material) -> MemoQuestion:
    replied = (answer for answer in material.answers if question.id in answer.replies)
    return MemoQuestion(question, tuple(_reply(answer, question, material) for answer in replied))


def _reply(answer: Answer, question: Question, material: Material) -> MemoReply:
    view = reply_view(answer, question.id, material.state, Audience.AUTHORITY)
    key = ReplyKey(answer.id, question.id)
    trace = next((one for one in (material.found.traces if material.found else ()) if one.reply == key), None)
    said = trace.decision.said if trace and trace.decision else None
    return MemoReply(
        answer.respondent,
        answer.id,
        "".join(map(_braced, view.parts)),
        tuple(Fraction(each) for each in (view.number, view.low, view.high) if each is not None),
        trace.codes if trace else (),
        result_words(trace, material.units) if trace else NO_TEXT,
        Text(**said.reason) if said else NO_TEXT,
        said.by if said else "",
    )


def _braced(part: Part) -> str:
    return f"{{{part.text}}}" if part.ground else part.text


def _needs_answers(publication: Publication) -> MemoContext:
    raise UsageError("dialogue.needs-answers", tender=publication.tender.id)


DIALOGUE_MEMO = Document(
    id="dialogue-memo",
    title=Text("Markkinavuoropuhelun muistio", "Promemoria över marknadsdialogen", "Memo on the market dialogue"),
    context=_needs_answers,
    clauses="dialogue-memo",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
)
