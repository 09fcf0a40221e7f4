"""What the rules look at of a dialogue on the record (DIA-01–DIA-05), in plain values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tender.checks.case import DialogueFacts
from tender.model.answers import Answer
from tender.model.tender import Tender
from tender.record.dialogue import Disposition
from tender.record.equality import contacts_of, lacking, owed, shared_places
from tender.record.hiding import hiding_grounds
from tender.record.state import DialogueState

SUMMARY_TEXT = "dialogue-summary"
"""Id of the tender's text in which the buyer sums up what was said."""

SHORTEST = 4
"""Shorter hidden words are not searched for: they stand in other words too."""


def dialogue_facts(state: DialogueState, tender: Tender) -> DialogueFacts | None:
    """The facts of a dialogue; ``None`` when the record has neither answers nor contacts."""
    if not state.answers and not state.contacts:
        return None
    answers = _counted(state)
    contacts = contacts_of(state)
    said = {(one.said.answer, one.said.question): one.said for one in state.dispositions}
    replies = [(answer.id, question) for answer in answers for question in answer.replies]
    return DialogueFacts(
        undocumented=tuple(sorted(key for key, one in contacts.items() if lacking(one))),
        untold=tuple(sorted(key for key, one in contacts.items() if owed(one, shared_places(state, key)))),
        leaks=tuple(dict.fromkeys(_leaks(state, answers, tuple(said.values()), tender))),
        undecided=sum(reply not in said for reply in replies),
        unreasoned=sum(_unreasoned(said[reply]) for reply in replies if reply in said),
        replies=len(replies),
        summary=bool(state.summaries),
    )


def _counted(state: DialogueState) -> tuple[Answer, ...]:
    """Every answer that nobody set aside: one that waits for a ruling has to be decided about too."""
    last = {(one.said.answer, one.said.about): one.said.counts for one in state.rulings}
    aside = {answer for (answer, _), counts in last.items() if not counts}
    return tuple(one.said.answer for one in state.answers if one.said.answer.id not in aside)


def _unreasoned(said: Disposition) -> bool:
    return said.result != "noted" and not any(words.strip() for words in said.reason.values())


def _leaks(
    state: DialogueState, answers: tuple[Answer, ...], said: tuple[Disposition, ...], tender: Tender
) -> Iterator[str]:
    """Where words that will be public hold hidden ones or a respondent's name: ``answer/question`` or a text's id."""
    text = (tender.texts or {}).get(SUMMARY_TEXT)
    public = {f"{one.answer}/{one.question}": " ".join((*one.proposal.values(), *one.reason.values())) for one in said}
    if text is not None:
        public[f"texts.{SUMMARY_TEXT}"] = " ".join(filter(None, (text.fi, text.sv, text.en)))
    secrets = {word for answer in answers for word in (_plain(answer.respondent), *_hidden(answer, state))}
    for place, words in public.items():
        plain = _plain(words)
        if any(secret in plain for secret in secrets if len(secret) >= SHORTEST):
            yield place


def _hidden(answer: Answer, state: DialogueState) -> Iterator[str]:
    for question, reply in answer.replies.items():
        why = hiding_grounds(answer, question, state)
        for ground, places in groupby(range(len(why)), key=why.__getitem__):
            if ground:
                yield _plain("".join(reply.text[at] for at in places))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
