"""What may be put on the panel's record: each slip gives its own reason, and the sound act gives none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.panel.rules import (
    MOST_TEXT,
    appointment_findings,
    consensus_findings,
    declaration_findings,
    opening_findings,
    score_findings,
    signature_findings,
)
from tender.errors import Finding
from tender.language import Language
from tender.model.panel import Declaration, Evaluator, IndividualScore, MarkKind, Way, scores_digest
from tender.words import words
from tests.evaluation.award.panel.desk import APPOINTED, MEMBERS, Table, consensus, signed_table

SCORE = IndividualScore("a1", "alfa", "impact-plan", MarkKind.LEVEL, 3, "Kohta 3.", Way.WEB)
FREE = Declaration("a1", "alfa", free=True, statement="", way=Way.WEB)


def rules_of(findings: Any) -> list[str]:
    """Rules, each said in three languages."""
    found: list[Finding] = list(findings)
    for finding in found:
        for language in Language:
            assert "{" not in str(words(language).finding(finding))
    return [finding.rule for finding in found]


def declared() -> Table:
    """A panel of which all are free."""
    return Table().declare("a1", "a2", "a3")


def test_the_sound_acts_are_taken() -> None:
    """No rule is in the way of what is right."""
    board = declared().board
    assert rules_of(appointment_findings(replace(board, opened=False, panel=Table().board.panel), APPOINTED)) == [
        "panel.appointment-reason"
    ]
    assert rules_of(declaration_findings(board, FREE)) == []
    assert rules_of(score_findings(board, SCORE)) == []
    assert rules_of(score_findings(board, replace(SCORE, kind=MarkKind.SKIPPED, level=None))) == []
    signed = signed_table().board
    assert rules_of(consensus_findings(signed, consensus(signed, 3))) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"evaluators": MEMBERS[:1]}, "panel.too-few"),
        ({"evaluators": (*MEMBERS, MEMBERS[0])}, "panel.evaluator-twice"),
        ({"chair": "a9"}, "panel.chair-unknown"),
        ({"evaluators": (*MEMBERS[:2], Evaluator("a3", "C", ("price",)))}, "panel.criterion-unknown"),
        (
            {"evaluators": tuple(replace(one, criteria=("impact-plan",)) for one in MEMBERS)},
            "panel.criterion-unjudged",
        ),
        ({"reason": " "}, "panel.appointment-reason"),
    ],
)
def test_an_appointment_that_is_wrong(change: dict[str, Any], rule: str) -> None:
    """One slip, one reason."""
    sound = replace(APPOINTED, reason="Jäsen vaihtui.")
    assert rules_of(appointment_findings(Table().board, sound)) == []
    assert rules_of(appointment_findings(Table().board, replace(sound, **change))) == [rule]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"evaluator": "a9"}, "panel.evaluator-unknown"),
        ({"bidder": "gamma"}, "panel.bidder-unknown"),
        ({"free": False}, "panel.interest-unsaid"),
    ],
)
def test_a_declaration_that_is_wrong(change: dict[str, Any], rule: str) -> None:
    """About a stranger, or an interest that nobody names."""
    assert rules_of(declaration_findings(Table().board, replace(FREE, **change))) == [rule]


def test_nothing_opens_before_all_have_declared_about_all() -> None:
    """Three members and two bidders are six declarations; each that lacks is named."""
    table = Table(opened=False)
    assert rules_of(opening_findings(table.board)) == ["panel.undeclared"] * 6
    assert rules_of(opening_findings(table.declare("a1", "a2").board)) == ["panel.undeclared"] * 2
    assert rules_of(opening_findings(table.declare("a3").board)) == []


def test_interests_can_make_a_panel_too_small() -> None:
    """Two of three have one."""
    table = Table(opened=False).declare("a1").declare("a2", "a3", interest="Osakas.")
    assert rules_of(opening_findings(table.board)) == ["panel.too-few"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"evaluator": "a9"}, "panel.evaluator-unknown"),
        ({"bidder": "gamma"}, "panel.bidder-unknown"),
        ({"criterion": "price"}, "panel.criterion-unknown"),
        ({"level": 5}, "panel.off-scale"),
        ({"level": -1}, "panel.off-scale"),
        ({"level": None}, "panel.level-or-none"),
        ({"kind": MarkKind.SKIPPED}, "panel.level-or-none"),
        ({"kind": MarkKind.ABSENT}, "panel.level-or-none"),
        ({"reason": " \n"}, "panel.reason-missing"),
        ({"reason": "a" * (MOST_TEXT + 1)}, "panel.reason-long"),
    ],
)
def test_a_level_that_is_wrong(change: dict[str, Any], rule: str) -> None:
    """One slip, one reason (MAO:67/15: three points where only nought or six were announced)."""
    assert rules_of(score_findings(declared().board, replace(SCORE, **change))) == [rule]


def test_nobody_judges_before_declaring_or_before_the_opening() -> None:
    """And not with an interest, and not another's criteria."""
    assert rules_of(score_findings(Table().board, SCORE)) == ["panel.undeclared"] * 2
    assert rules_of(score_findings(replace(declared().board, opened=False), SCORE)) == ["panel.not-opened"]
    partial = Table().declare("a2", "a3").declare("a1", interest="Osakas.").board
    assert rules_of(score_findings(partial, SCORE)) == ["panel.partial"]
    special = (replace(MEMBERS[0], criteria=("hours-tracking",)), *MEMBERS[1:])
    others = Table(replace(APPOINTED, evaluators=special)).declare("a1", "a2", "a3").board
    assert rules_of(score_findings(others, SCORE)) == ["panel.not-yours"]


def test_own_levels_stand_once_all_are_shown() -> None:
    """Who has seen the others' levels changes the consensus, not the own level."""
    assert rules_of(score_findings(signed_table().board, SCORE)) == ["panel.levels-shown"]


def test_a_signature_needs_all_that_is_owed_and_what_was_shown() -> None:
    """Missing is not zero: nothing is filled in for who signs early."""
    table = declared().give("a1", 3)
    mine = scores_digest(table.board.panel.scores_of("a1"))
    assert rules_of(signature_findings(table.board, "a1", mine)) == ["panel.score-missing"] * 3
    whole = declared().give_all("a1", 3, 2, 2, 4).board
    assert rules_of(signature_findings(whole, "a1", scores_digest(whole.panel.scores_of("a1")))) == []
    assert rules_of(signature_findings(whole, "a1", mine)) == ["panel.signed-other"]
    assert rules_of(signature_findings(whole, "a9", mine)) == ["panel.evaluator-unknown"]
    partial = Table().declare("a1", interest="Osakas.").board
    assert "panel.partial" in rules_of(signature_findings(partial, "a1", mine))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"bidder": "gamma"}, "panel.bidder-unknown"),
        ({"level": 7}, "panel.off-scale"),
        ({"reason": ""}, "panel.reason-missing"),
        ({"moved": {}}, "panel.move-unsaid"),
        ({"moved": {"a3": " "}}, "panel.move-unsaid"),
        ({"levels": {"a1": 3, "a2": 3, "a3": 3}}, "panel.levels-differ"),
        ({"present": ()}, "panel.nobody-present"),
        ({"present": ("a1", "x9")}, "panel.stranger"),
    ],
)
def test_a_consensus_that_is_wrong(change: dict[str, Any], rule: str) -> None:
    """One slip, its own reason."""
    board = signed_table().board
    assert rule in rules_of(consensus_findings(board, replace(consensus(board, 3), **change)))


def test_no_consensus_before_all_have_signed() -> None:
    """It would show levels to who has not judged yet."""
    board = declared().give("a1", 3).board
    assert rules_of(consensus_findings(board, consensus(board, 3))) == ["panel.not-all-signed"]


def test_a_later_consensus_says_why() -> None:
    """MAO:338/19: points corrected after false data surfaced; the version before stays."""
    table = signed_table()
    table.agree(consensus(table.board, 3))
    again = consensus(table.board, 2)
    assert rules_of(consensus_findings(table.board, again)) == ["panel.change-unsaid"]
    said = replace(again, changed="Tarjoajan ilmoittama viite osoittautui vääräksi.")
    assert rules_of(consensus_findings(table.board, said)) == []


def test_a_consensus_rests_on_somebody() -> None:
    """All skipped: nobody judged, so there is nothing to agree on."""
    table = declared()
    for name in ("a1", "a2", "a3"):
        table.give_all(name, None, 2, 2, 4)
    board = table.sign("a1", "a2", "a3").board
    assert "panel.nobody-judged" in rules_of(consensus_findings(board, consensus(board, 3)))


@given(st.integers(-3, 8), st.integers(-3, 8))
def test_no_level_off_the_scale_is_ever_taken(given_level: int, agreed: int) -> None:
    """Whatever the numbers: only announced levels pass, alone and together."""
    scale = range(5)
    assert (rules_of(score_findings(declared().board, replace(SCORE, level=given_level))) == []) is (
        given_level in scale
    )
    board = signed_table().board
    assert ("panel.off-scale" in rules_of(consensus_findings(board, consensus(board, agreed)))) is (agreed not in scale)
