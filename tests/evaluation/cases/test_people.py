"""Documented cases about people: who judges, alone and together, and what stays of what they said.

Sources: ``procurement-systems`` facts §3. Each test is named after its case and asserts what the product does about it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from evaluation.award.panel.board import Board
from evaluation.award.panel.outcome import agreed_scores, cell_views, outcome_findings
from evaluation.award.panel.rules import (
    consensus_findings,
    opening_findings,
    score_findings,
    signature_findings,
)
from evaluation.award.panel.statistics import figures_of
from evaluation.award.scoring import check_levels
from tender.errors import Finding
from tender.model.bids import QualityScore
from tender.model.panel import Consensus, IndividualScore, MarkKind, Way
from tests.evaluation.award.build import make_bid
from tests.evaluation.award.panel.desk import BIDDERS, CRITERIA, Table, consensus, signed_table


def rules(findings: Any) -> set[str]:
    """Ids of the rules that speak."""
    found: list[Finding] = list(findings)
    return {finding.rule for finding in found}


def mean_of(board: Board, cell: tuple[str, str]) -> Fraction:
    """What a tool that averages would put down."""
    levels = board.levels_at(cell).values()
    return Fraction(sum(levels), len(levels))


class TestBromcom:
    """Bromcom v United Learning Trust [2022] EWHC 3262: averages without reasons, fractions off the announced scale."""

    def test_the_mean_is_off_the_scale_and_no_level(self) -> None:
        """3, 3 and 2 are 2 2/3, which no scale announces; only one of its levels can be agreed on."""
        board = signed_table().board
        mean = mean_of(board, ("alfa", "impact-plan"))
        assert mean == Fraction(8, 3)
        scale = {step.value for leaf in board.criteria for step in leaf.scale}
        assert mean not in scale
        assert "panel.off-scale" in rules(consensus_findings(board, consensus(board, 9)))

    def test_no_function_makes_a_consensus(self) -> None:
        """Everyone has signed, and there is still nothing to score until the panel has agreed in words."""
        board = signed_table().board
        assert agreed_scores(board) == ()
        assert rules(outcome_findings(board)) == {"panel.no-consensus"}

    def test_a_consensus_without_a_reason_is_none(self) -> None:
        """Whatever the level."""
        board = signed_table().board
        bare = replace(consensus(board, 3), reason=" ")
        assert rules(consensus_findings(board, bare)) == {"panel.reason-missing"}


class TestLancashireCare:
    """Lancashire Care v Lancashire CC [2018] EWHC 1589: notes that cannot explain who moved, from where, and why."""

    def test_everyone_who_moves_says_why(self) -> None:
        """Each evaluator by name; one reason for another does not do."""
        board = signed_table().board
        sound = consensus(board, 2, "alfa", "hours-tracking")
        assert set(sound.moved) == {"a2"}
        assert rules(consensus_findings(board, sound)) == set()
        borrowed = replace(sound, moved={"a1": sound.moved["a2"]})
        assert rules(consensus_findings(board, borrowed)) == {"panel.move-unsaid"}

    def test_the_record_explains_the_score(self) -> None:
        """From the levels given alone through why each moved to the level that counts: all in one place."""
        table = signed_table()
        table.agree(consensus(table.board, 2, "alfa", "hours-tracking"))
        [view] = [one for one in cell_views(table.board) if one.consensus is not None]
        assert view.levels == {"a1": 2, "a2": 4, "a3": 2}
        assert view.spread == (2, 4)
        assert view.consensus is not None
        assert view.consensus.moved == {"a2": "Liite 2 näyttää mittarit."}


class TestEnergySolutions:
    """EnergySolutions v NDA [2016] EWHC 1988: comments removed at consensus, later changes without a place."""

    def test_no_comment_of_an_evaluator_is_ever_lost(self) -> None:
        """The lost-comment test: every version of every reason is there after consensus and after its change."""
        table = Table().declare("a1", "a2", "a3").give("a1", 4).give("a1", 3)
        table.give_all("a1", 3, 2, 2, 4).give_all("a2", 3, 2, 4, 4).give_all("a3", 2, 2, 2, 4)
        before = table.sign("a1", "a2", "a3").board.panel.scores
        table.agree(consensus(table.board, 3))
        table.agree(replace(consensus(table.board, 2), changed="Tarkennettu selvitys."))
        after = table.board.panel
        assert after.scores == before
        mine = [score for score in after.scores if score.evaluator == "a1" and score.cell == ("alfa", "impact-plan")]
        assert [(score.version, score.level) for score in mine] == [(1, 4), (2, 3), (3, 3)]
        assert [(one.version, one.level, one.changed) for one in after.consensus] == [
            (1, 3, ""),
            (2, 2, "Tarkennettu selvitys."),
        ]

    def test_a_later_change_has_its_place_and_its_reason(self) -> None:
        """Without one it is refused."""
        table = signed_table()
        table.agree(consensus(table.board, 3))
        assert rules(consensus_findings(table.board, consensus(table.board, 2))) == {"panel.change-unsaid"}


class TestWoods:
    """Woods Building Services v Milton Keynes 2015: a conflicted evaluator whom nobody addressed."""

    def test_interests_are_asked_before_anything_opens(self) -> None:
        """About every bidder, of every evaluator."""
        board = Table(opened=False).declare("a1", "a2").board
        assert rules(opening_findings(board)) == {"panel.undeclared"}

    def test_who_has_an_interest_judges_nobody(self) -> None:
        """Not even the bidders to whom there is none."""
        board = Table().declare("a1", "a2").declare("a3", interest="Entinen työnantaja.").board
        mark = IndividualScore("a3", "beta", "impact-plan", MarkKind.LEVEL, 3, "Kohta 3.", Way.WEB)
        assert rules(score_findings(board, mark)) == {"panel.partial"}
        assert rules(signature_findings(board, "a3", "")) >= {"panel.partial"}

    def test_an_interest_that_shows_later_reopens_what_it_touched(self) -> None:
        """The consensus must be made again without that level."""
        table = signed_table()
        for bidder in BIDDERS:
            for criterion in CRITERIA:
                table.agree(consensus(table.board, 2, bidder, criterion))
        assert rules(outcome_findings(table.board)) == set()
        table.declare("a2", interest="Puoliso on tarjoajan palveluksessa.")
        assert rules(outcome_findings(table.board)) == {"panel.consensus-stale"}


class TestMao67And19Of2015:
    """MAO:67/15 and MAO:19/15: three points where 0 or 6 were announced; three against two without a reason."""

    def test_a_level_between_the_announced_ones_is_refused(self) -> None:
        """A scale of 0 and 6 has no 3, neither alone nor together nor from a file."""
        table = Table().declare("a1", "a2", "a3")
        two = tuple(
            replace(step, value=value) for step, value in zip(table.board.criteria[0].scale[:2], (0, 6), strict=True)
        )
        board = replace(table.board, tender=_with_scale(table, two))
        mark = IndividualScore("a1", "alfa", "impact-plan", MarkKind.LEVEL, 3, "Kohta 3.", Way.WEB)
        assert rules(score_findings(board, mark)) == {"panel.off-scale"}
        assert rules(score_findings(board, replace(mark, level=6))) == set()
        bid = make_bid(Table().tender, "alfa")
        levels = [QualityScore(bid.bidder, leaf, 3, "Hyvä.") for leaf in CRITERIA]
        assert "award.level-not-on-scale" in rules(check_levels(board.tender, [bid], levels))

    def test_no_level_without_a_reason(self) -> None:
        """Three for one and two for the other can only be explained by words."""
        board = Table().declare("a1", "a2", "a3").board
        mark = IndividualScore("a1", "alfa", "impact-plan", MarkKind.LEVEL, 3, "", Way.WEB)
        assert rules(score_findings(board, mark)) == {"panel.reason-missing"}


class TestMissingIsNotZero:
    """GT-SUAM averages a commissioner's missing coefficient as 0; Ariba leaves ungraded answers out of the mean."""

    @pytest.mark.parametrize("level", [None, 0])
    def test_skipped_and_zero_differ(self, level: int | None) -> None:
        """A skip has no level and moves nothing; a zero is a level of the scale."""
        table = Table().declare("a1", "a2", "a3").give("a1", 4).give("a2", 4).give("a3", level)
        levels = table.board.levels_at(("alfa", "impact-plan"))
        assert levels == ({"a1": 4, "a2": 4} if level is None else {"a1": 4, "a2": 4, "a3": 0})

    def test_who_has_not_answered_cannot_sign(self) -> None:
        """Nothing is filled in for what is missing."""
        table = Table().declare("a1", "a2", "a3").give("a1", 4)
        assert "panel.score-missing" in rules(signature_findings(table.board, "a1", ""))

    def test_a_missing_level_in_the_small_buyers_file_stops_the_scoring(self) -> None:
        """``level`` left out is told, never reckoned with."""
        tender, bid = Table().tender, make_bid(Table().tender, "alfa")
        levels = [QualityScore(bid.bidder, leaf, None, "") for leaf in CRITERIA]
        assert rules(check_levels(tender, [bid], levels)) == {"award.level-missing"}


class TestNegometrix:
    """Mercell S2C (Negometrix): the lead buyer overrides an average, and the override needs no reason."""

    def test_the_chair_cannot_override_without_words_from_those_who_moved(self) -> None:
        """The chair's own wish is one level among others."""
        board = signed_table().board
        own = Consensus(
            "beta", "impact-plan", 4, "Puheenjohtajan näkemys.", {"a1": 2, "a2": 2, "a3": 2}, {}, "", ("a1",), Way.WEB
        )
        assert rules(consensus_findings(board, own)) == {"panel.move-unsaid"}


class TestOutliers:
    """Statistics inform and decide nothing: a far level is shown, and stays a level."""

    def test_a_far_level_is_shown_and_still_counts(self) -> None:
        """Two steps apart from the others' median."""
        board = signed_table().board
        [far] = figures_of(board).outliers
        assert (far.evaluator, far.cell) == ("a2", ("alfa", "hours-tracking"))
        assert board.levels_at(far.cell)["a2"] == 4


def _with_scale(table: Table, scale: Any) -> Any:
    award = table.tender.award
    criteria = tuple(
        replace(one, criteria=tuple(replace(leaf, scale=scale) for leaf in one.criteria)) for one in award.criteria
    )
    return replace(table.tender, award=replace(award, criteria=criteria))
