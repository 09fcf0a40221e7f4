"""Documented cases about the firmness of an award: materiality, a bid that falls away, a rank that turns."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from evaluation.acts.robustness import Wishes, examine_award
from evaluation.award.robustness.dropout import dropouts, reversal
from evaluation.award.robustness.materiality import materiality
from tender.errors import FrozenError
from tender.publishing.folder import record_state
from tests.evaluation.award.robustness.contests import single

REVERSAL = {"A": ("100", 50), "B": ("125", 60), "C": ("40", 10)}
"""The published reversal: without C A has 70 and B 68, with it B 48.8, A 46 and C 46."""


def test_mao_67_15_a_wrong_score_that_changes_nothing_is_immaterial() -> None:
    """95.9 against 91: whatever lawful score replaces the disputed one, the award stands."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 90), "B": ("110", 80), "C": ("400", 60)})
    found = materiality(contest, [("C", "plan")])
    assert (found.tried, found.material) == (10, False)


def test_mao_19_15_a_wrong_score_that_can_change_the_award_is_material() -> None:
    """The nearest correction that turns the award is named with who would win."""
    contest = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("110", 50)})
    found = materiality(contest, [("B", "plan")])
    assert found.material
    assert found.changes[0].levels == ((("B", "plan"), 60),)
    assert found.changes[0].award == ("B",)


def test_ricoh_xerox_the_announced_rule_decides_when_the_cheapest_falls_away() -> None:
    """HR 9.5.2014: points kept and points reckoned again choose different winners; the report shows both."""
    contest = single("ratio-to-lowest@1", REVERSAL)
    assert {bid.bidder: bid.total for bid in contest.sheet.bids} == {"A": 46, "B": Fraction("48.8"), "C": 46}
    gone = next(one for one in dropouts(contest) if one.bidder == "C")
    assert gone.kept == ("B",)
    assert gone.rescored == ("A",)
    assert gone.rules_differ
    assert gone.turned


def test_rank_reversal_a_weak_extra_bid_turns_the_order_and_is_found() -> None:
    """Ratio formula: A leads B 70 to 68 until a cheap bid of the lowest quality comes."""
    contest = single("ratio-to-lowest@1", {name: REVERSAL[name] for name in "AB"})
    assert {bid.bidder: bid.total for bid in contest.sheet.bids} == {"A": 70, "B": 68}
    found = reversal(contest)
    assert found is not None
    assert found.before == ((0, "A"), (1, "B"))
    assert found.after == ((0, "B"), (1, "A"))
    assert found.award == ("B",)
    assert 0 < found.price < 100


def test_law_4_sensitivity_on_real_bids_only_after_the_ranking_is_locked(published: Path, story_once: Path) -> None:
    """Before the selection is on the record the room refuses; afterwards it informs and records nothing."""
    with pytest.raises(FrozenError):
        examine_award(published, Wishes())
    before = record_state(story_once).head
    assert len(examine_award(story_once, Wishes(samples=50)).contest.award) == 3
    assert record_state(story_once).head == before
