"""Where a panel stands: who judges, what is owed, when levels may be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.award.panel.outcome import agreed_scores, cell_views, outcome_findings
from tender.model.panel import Evaluator, Panel
from tests.evaluation.award.panel.desk import APPOINTED, BIDDERS, CRITERIA, MEMBERS, Table, consensus, signed_table


def test_a_member_with_an_interest_judges_no_bid() -> None:
    """Not only the bid of the friend: points are compared."""
    board = Table().declare("a1", "a2").declare("a3", interest="Sisar on osakas.").board
    assert [one.id for one in board.judges] == ["a1", "a2"]
    assert board.partial == {"a3"}
    assert list(board.undeclared()) == []


def test_what_is_owed_and_missing() -> None:
    """Every bid on every criterion; a skipped one is not missing, a level of zero is not missing."""
    board = Table().declare("a1", "a2", "a3").give("a1", None).give("a1", 0, "beta").board
    assert board.missing(MEMBERS[0]) == (("alfa", "hours-tracking"), ("beta", "hours-tracking"))
    assert len(board.missing(MEMBERS[1])) == 4


def test_a_specialist_owes_the_own_criteria_only() -> None:
    """An evaluator of the hours is asked nothing about the plan."""
    special = Evaluator("a3", "Cecilia", ("hours-tracking",))
    board = Table(replace(APPOINTED, evaluators=(*MEMBERS[:2], special))).board
    assert {criterion for _, criterion in board.owed(special)} == {"hours-tracking"}


@pytest.mark.parametrize("signers", [(), ("a1",), ("a1", "a2")])
def test_levels_stay_hidden_until_all_have_signed(signers: tuple[str, ...]) -> None:
    """One unsigned sheet keeps every sheet shut."""
    table = Table().declare("a1", "a2", "a3")
    for name in ("a1", "a2", "a3"):
        table.give_all(name, 3, 2, 2, 4)
    assert not table.sign(*signers).board.revealed
    assert table.sign("a1", "a2", "a3").board.revealed


def test_a_later_level_hides_them_again() -> None:
    """It is unsigned."""
    table = signed_table()
    assert table.board.revealed
    assert not table.give("a2", 4).board.revealed


def test_nobody_is_revealed_by_nobody() -> None:
    """A panel whose members all have interests has no levels to show."""
    assert not Table().declare("a1", "a2", "a3", interest="Sukulainen.").board.revealed


def test_an_absent_evaluator_signs_nothing_and_holds_up_nobody() -> None:
    """All of the absent one's marks are absences; nothing of it is a zero."""
    from tender.model.panel import IndividualScore, MarkKind, Way

    table = Table().declare("a1", "a2", "a3")
    for name in ("a1", "a2"):
        table.give_all(name, 3, 2, 2, 4)
    table.sign("a1", "a2")
    marks = [
        IndividualScore("a3", bidder, criterion, MarkKind.ABSENT, None, "Sairausloma.", Way.COMMAND)
        for bidder in BIDDERS
        for criterion in CRITERIA
    ]
    table._scores.extend(marks)
    assert table.board.revealed
    assert table.board.levels_at(("alfa", "impact-plan")) == {"a1": 3, "a2": 3}


def test_a_skipped_level_is_no_zero() -> None:
    """The spread is that of the levels given."""
    table = Table().declare("a1", "a2", "a3").give("a1", 4).give("a2", None)
    [view, *_] = cell_views(table.board)
    assert view.levels == {"a1": 4}
    assert view.without == {"a2": "Kohta 3."}
    assert view.spread == (4, 4)


def test_scoring_reads_the_consensus_and_nothing_else() -> None:
    """Levels with their reasons; a cell without one is named."""
    table = signed_table()
    table.agree(consensus(table.board, 3))
    [only] = agreed_scores(table.board)
    assert (only.bidder, only.criterion, only.level) == ("alfa", "impact-plan", 3)
    assert only.reason.startswith("Suunnitelman kohta 3")
    assert sorted(finding.rule for finding in outcome_findings(table.board)) == ["panel.no-consensus"] * 3


def test_an_interest_that_shows_later_makes_the_consensus_stale() -> None:
    """Woods v Milton Keynes: the conflicted evaluator's level no longer carries it, and somebody must look again."""
    table = signed_table()
    for bidder in BIDDERS:
        for criterion in CRITERIA:
            level = table.board.levels_at((bidder, criterion))["a1"]
            table.agree(consensus(table.board, level, bidder, criterion))
    assert list(outcome_findings(table.board)) == []
    table.declare("a3", interest="Neuvottelee työpaikasta.")
    assert {finding.rule for finding in outcome_findings(table.board)} == {"panel.consensus-stale"}
    assert len(table.board.panel.scores_of("a3")) == 4, "what was given stays on the record"


def test_who_leaves_the_panel_counts_no_more() -> None:
    """The appointment in force says who judges."""
    table = signed_table().appoint(replace(APPOINTED, evaluators=MEMBERS[:2], reason="Vaihtoi työtä."))
    assert set(table.board.levels_at(("alfa", "impact-plan"))) == {"a1", "a2"}


def test_without_a_panel_there_is_nothing() -> None:
    """Small buyers give levels in a file."""
    board = replace(Table().board, panel=Panel())
    assert board.judges == ()
    assert list(board.undeclared()) == []
    assert not board.revealed
