"""A dialogue on the record is accounted for, or the rules of DIA-01–DIA-05 say what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tender.checks import Case, check
from tender.checks.case import DialogueFacts
from tender.errors import Severity
from tender.model.answers import Answer, Mark, Reply
from tender.publishing.dialogue_facts import dialogue_facts
from tender.record.answers import AnswerReceived
from tender.record.dialogue import Contact, Disposition, Masking, Ruling, Sharing
from tender.record.state import DialogueState
from tests.market_dialogue.coding.cases import recorded
from tests.sample import DIALOGUE, fi, sample_tender

NOON = datetime(2018, 10, 1, 12, tzinfo=UTC)
REPLY = Reply("Katto 500, hinta SALAINEN ja puhelin NUMERO.", marks=(Mark(17, 25, "liikesalaisuus"),))
STATE = DialogueState(
    answers=(recorded(AnswerReceived(Answer("a", "Kaari Oy", NOON, {"q8": REPLY, "q2": Reply("Selvä.")}), "k")),)
)
CALL = Contact("k1", NOON.isoformat(), "Kaari Oy", "call", "Inka", {"fi": "Aikataulu"}, {"fi": "Venyy"}, "Inka")


def facts(state: DialogueState, **texts: str) -> DialogueFacts:
    """The facts of `state`."""
    tender = replace(sample_tender(), texts={name.replace("_", "-"): fi(words) for name, words in texts.items()})
    found = dialogue_facts(state, tender)
    assert found is not None
    return found


def decided(proposal: str, reason: str = "Mitoitus", result: str = "not-changed") -> DialogueState:
    """The state with a decision on the reply to q8."""
    said = Disposition("a", "q8", result, {"fi": proposal}, {"fi": reason} if reason else {}, (), "Inka")
    return replace(STATE, dispositions=(recorded(said),))


def rules(known: DialogueFacts | None, *, required: bool = False) -> dict[str, Severity]:
    """The rules about a dialogue on record that find something, with their weight."""
    tender = sample_tender()
    tender = replace(tender, dialogue=replace(DIALOGUE, follow_up_required=required))
    before = {finding.rule for finding in check(Case(tender, NOON.date()))}
    found = check(Case(tender, NOON.date(), dialogue=known))
    return {finding.rule: finding.severity for finding in found if finding.rule not in before}


def test_without_a_record_of_the_dialogue_nothing_is_asked() -> None:
    assert dialogue_facts(DialogueState(), sample_tender()) is None
    assert rules(None) == {}


def test_replies_without_a_decision_warn_and_block_where_the_buyer_demands_it() -> None:
    known = facts(decided("Katto 500"))
    assert (known.replies, known.undecided, known.unreasoned) == (2, 1, 0)
    assert rules(replace(known, summary=True)) == {"dialogue.undecided": Severity.WARN}
    assert rules(replace(known, summary=True), required=True) == {"dialogue.undecided-required": Severity.BLOCK}


def test_an_answer_that_was_set_aside_needs_no_decision() -> None:
    state = replace(STATE, rulings=(recorded(Ruling("a", "late", counts=False, reason="x", by="Inka")),))
    assert facts(state).replies == 0


def test_a_rejection_needs_a_reason_and_a_note_does_not() -> None:
    assert facts(decided("x", reason=" ")).unreasoned == 1
    assert facts(decided("x", reason="", result="noted")).unreasoned == 0


@pytest.mark.parametrize("words", ["hinta on salainen", "Kaari  Oy ehdotti", "SALAINEN"])
def test_hidden_words_and_names_in_a_public_text_are_told(words: str) -> None:
    assert facts(decided(words)).leaks == ("a/q8",)
    assert facts(STATE, dialogue_summary=words).leaks == ("texts.dialogue-summary",)
    assert rules(DialogueFacts(leaks=("a/q8",))) == {"dialogue.secret-told": Severity.BLOCK}


def test_a_confirmed_mask_is_hidden_and_a_lifted_mark_is_not() -> None:
    hide = Masking("a", "q8", 37, 43, "personal-data", hidden=True, reason="x", by="Inka")
    show = Masking("a", "q8", 17, 25, "trade-secret", hidden=False, reason="x", by="Inka")
    state = decided("soita numero, hinta salainen")
    assert facts(replace(state, maskings=(recorded(show),))).leaks == ()
    assert facts(replace(state, maskings=(recorded(show), recorded(hide)))).leaks == ("a/q8",)


def test_a_contact_is_documented_and_what_it_told_is_given_to_all() -> None:
    state = replace(STATE, contacts=(recorded(CALL), recorded(replace(CALL, id="k2", persons=" ", told={}))))
    known = facts(state)
    assert (known.undocumented, known.untold) == (("k2",), ("k1",))
    assert facts(replace(state, sharings=(recorded(Sharing("k1", "summary", "Inka")),))).untold == ()
    assert set(rules(replace(known, undecided=0, summary=True))) == {
        "dialogue.contact-undocumented",
        "dialogue.told-to-one",
    }


def test_the_summary_is_published_with_the_call_at_the_latest() -> None:
    assert not facts(STATE).summary
    assert rules(DialogueFacts(summary=False)) == {"dialogue.summary-unpublished": Severity.WARN}
