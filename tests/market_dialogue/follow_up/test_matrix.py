"""Every reply is traced or missing; what claims to have changed must differ; what differs should be named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from market_dialogue.coding.codes import ReplyKey
from market_dialogue.follow_up.fields import draft_number, value_at
from market_dialogue.follow_up.matrix import FollowUp, Result, clauses_named, follow_up
from tender.documents.redline import ClauseChange, Fate
from tender.errors import Severity
from tender.language import Language, Text
from tender.model.questions import AskedNumber
from tender.model.tender import Tender
from tender.record.dialogue import Disposition
from tender.record.state import DialogueState
from tests.market_dialogue.coding.cases import Q8, TWO, answer, coded, recorded
from tests.sample import sample_tender

OLD = sample_tender()
NEW = replace(OLD, framework=replace(OLD.framework, client_cap=500))
ANSWERS = (answer("a", q8="Katto 500.", q5="Hyvä."), answer("b", q8="700 sopii."))


def decided(*said: tuple[str, str, str, tuple[str, ...]], reason: str = "Pienet tuottajat.") -> DialogueState:
    """A state with these decisions: answer, question, result, targets."""
    why = {"fi": reason} if reason else {}
    return DialogueState(
        dispositions=tuple(
            recorded(Disposition(one, question, result, {"fi": "Katto 500"}, why, targets, "officer"), seq)
            for seq, (one, question, result, targets) in enumerate(said, 1)
        )
    )


def followed(state: DialogueState, new: Tender = NEW, **clauses: ClauseChange) -> FollowUp:
    """The sample's dialogue, followed up; every clause is of the document ``call``."""
    known = {f"call/{name}": {Language.FI: change} for name, change in clauses.items()}
    return follow_up(TWO, ANSWERS, state, (OLD, new), known)


def test_every_reply_is_missing_until_somebody_decides() -> None:
    found = followed(DialogueState())
    assert found.missing == (ReplyKey("a", "q8"), ReplyKey("b", "q8"), ReplyKey("a", "q5"))
    assert [one.rule for one in found.findings] == ["follow-up.missing"] * 3 + ["follow-up.unnamed"]


def test_a_reply_is_traced_to_the_difference_that_came_of_it() -> None:
    state = decided(("a", "q8", "changed", ("framework.client_cap",)))
    state = replace(state, codings=coded(("a", "q8", "katto", True, "x")).codings)
    trace = followed(state).traces[0]
    assert (trace.reply, trace.codes, trace.result) == (ReplyKey("a", "q8"), ("katto",), Result.CHANGED)
    assert [(one.before, one.after) for one in trace.targets[0].changes] == [(700, 500)]
    assert followed(state).unnamed == ()


def test_a_claim_of_change_where_nothing_differs_blocks() -> None:
    state = decided(("a", "q8", "changed", ("framework.client_cap", "framework.providers")))
    found = [one for one in followed(state).findings if one.severity is Severity.BLOCK]
    assert [(one.rule, one.values["target"]) for one in found] == [("follow-up.unchanged", "framework.providers")]


@pytest.mark.parametrize("result", ["not-changed", "noted"])
def test_what_was_not_changed_may_name_a_field_that_did_not_change(result: str) -> None:
    found = followed(decided(("a", "q8", result, ("framework.providers",))))
    assert "follow-up.unchanged" not in {one.rule for one in found.findings}


def test_a_rejected_proposal_needs_a_reason_and_a_noted_one_does_not() -> None:
    state = decided(("a", "q8", "not-changed", ()), ("b", "q8", "noted", ()), reason="")
    rules = [(one.rule, one.values.get("answer")) for one in followed(state).findings]
    assert ("follow-up.no-reason", "a") in rules
    assert ("follow-up.no-reason", "b") not in rules


def test_a_change_without_a_target_is_told() -> None:
    assert "follow-up.no-target" in {one.rule for one in followed(decided(("a", "q8", "partly", ()))).findings}


def test_the_last_decision_counts() -> None:
    state = decided(("a", "q8", "changed", ("framework.client_cap",)), ("a", "q8", "noted", ()))
    found = followed(state)
    assert found.traces[0].result is Result.NOTED
    assert [one.path for one in found.unnamed] == ["framework.client_cap"]


def test_a_field_without_ids_names_all_its_items_but_no_longer_name() -> None:
    award = replace(OLD.award, criteria=(replace(OLD.award.criteria[0], weight=Decimal(30)), *OLD.award.criteria[1:]))
    new = replace(OLD, award=award)
    assert followed(decided(("a", "q8", "changed", ("award.criteria.weight",))), new).unnamed == ()
    assert followed(decided(("a", "q8", "changed", ("award",))), new).unnamed == ()
    assert len(followed(decided(("a", "q8", "changed", ("aw",))), new).unnamed) == 1


def test_a_clause_is_changed_when_its_redline_says_so() -> None:
    same = ClauseChange("cap", Fate.RENUMBERED, None, None, ())
    state = decided(("a", "q8", "changed", ("clause:call/cap",)))
    assert "follow-up.unchanged" in {one.rule for one in followed(state, cap=same).findings}
    assert "follow-up.unchanged" in {one.rule for one in followed(state).findings}
    changed = replace(same, fate=Fate.CHANGED)
    assert "follow-up.unchanged" not in {one.rule for one in followed(state, cap=changed).findings}
    assert clauses_named(one.said for one in state.dispositions) == ("call/cap",)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("framework.client_cap", 700),
        ("award.criteria[price].weight", Decimal(40)),
        ("groups[hard].clients.siilinjarvi", 365),
        ("title.fi", OLD.title.fi),
    ],
)
def test_values_are_found_by_their_paths(path: str, value: object) -> None:
    assert value_at(OLD, path) == value


@pytest.mark.parametrize("path", ["", "framework.cap", "award.criteria[x]", "title.sv", "framework..client_cap", "a]b"])
def test_paths_of_nothing_are_refused(path: str) -> None:
    with pytest.raises(KeyError):
        value_at(OLD, path)


def test_the_draft_number_is_that_of_the_field_that_the_question_is_about() -> None:
    unit = Text("asiakasta")
    assert draft_number(OLD, replace(Q8, measure=AskedNumber(unit, "framework.client_cap"))) == 700
    assert draft_number(OLD, replace(Q8, measure=AskedNumber(unit))) is None
    assert draft_number(OLD, replace(Q8, measure=AskedNumber(unit, "framework.nothing"))) is None
    assert draft_number(OLD, replace(Q8, measure=None)) is None
