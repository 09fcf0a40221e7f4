"""Distances, corrections, dropouts and added bids: each said number is proven by playing the award again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluation.award.robustness.contest import Contest, without
from evaluation.award.robustness.distance import distances, points_needed, price_needed
from evaluation.award.robustness.dropout import dropouts, reversal
from evaluation.award.robustness.materiality import every_score, materiality
from evaluation.award.scoring import rank
from tender.errors import BlockedError, UsageError
from tender.model.awards import ScoreSheet
from tender.model.criteria import SelectionMethod
from tests.evaluation.award.robustness.contests import single

INTERVAL: dict[str, Any] = {"floor": Decimal(80), "ceiling": Decimal(160)}


def contest(providers: int = 1) -> Contest:
    """A 100 €/50, B 125 €/60, C 150 €/20 under the announced interval 80–160."""
    bids = {"A": ("100", 50), "B": ("125", 60), "C": ("150", 20)}
    return single("announced-interval@1", bids, providers=providers, **INTERVAL)


def with_points(locked: Contest, bidder: str, more: Fraction) -> ScoreSheet:
    """The recorded sheet with `more` points for one bid."""
    bids = [replace(bid, total=bid.total + more) if bid.bidder == bidder else bid for bid in locked.sheet.bids]
    return ScoreSheet(locked.sheet.award_hash, rank(bids))


@pytest.mark.parametrize("providers", [1, 2])
def test_a_loser_with_its_missing_points_ties_and_with_more_wins(providers: int) -> None:
    """A little less and it still loses."""
    locked = contest(providers)
    for one in distances(locked):
        assert one.points is not None
        grain = Fraction(1, 10**9)
        assert one.bidder in locked.award_of(with_points(locked, one.bidder, one.points + grain))
        assert one.bidder not in locked.award_of(with_points(locked, one.bidder, one.points - grain))
        tied = locked.sets.best(locked.acceptable(with_points(locked, one.bidder, one.points)))
        assert len(tied) > 1


def test_the_distance_of_the_second_is_its_gap() -> None:
    """A 60, B 53.5, C 17: six and a half points, forty-three points."""
    found = {one.bidder: one.points for one in distances(contest())}
    assert found == {"B": Fraction(13, 2), "C": 43}


def test_where_the_best_member_decides_points_are_counted_to_that_place() -> None:
    """Two of three by rank: the third must reach the second's total."""
    locked = contest(2)
    rule = replace(locked.tender.award.selection, method=SelectionMethod.BEST_RANKED)
    problem = replace(locked.sets.problem, rule=rule)
    ranked = replace(locked, sets=type(locked.sets)(problem))
    assert points_needed(ranked, "C") == Fraction("53.5") - 17


@pytest.mark.parametrize("formula", ["announced-interval@1", "ratio-to-lowest@1"])
def test_the_price_that_would_have_sufficed_does_and_a_cent_more_does_not(formula: str) -> None:
    """All points are reckoned again, those of the others under a relative formula too."""
    parameters: dict[str, Any] = INTERVAL if formula.startswith("announced") else {}
    locked = single(formula, {"A": ("100", 50), "B": ("125", 60)}, **parameters)
    price = price_needed(locked, "B")
    assert price is not None
    for asked, wins in ((price, True), (price + Fraction(1, 100), False)):
        values = locked.values
        values["B"]["price"] = asked
        assert ("B" in locked.award_for(values)) is wins
    (found,) = distances(locked)
    assert found.cut == 125 - price


def test_no_price_suffices_where_quality_is_far_behind() -> None:
    """Forty price points cannot make good fifty-four of quality."""
    locked = single("announced-interval@1", {"A": ("160", 100), "C": ("100", 10)}, **INTERVAL)
    (found,) = distances(locked)
    assert (found.bidder, found.price, found.cut) == ("C", None, None)


def test_a_bid_below_the_minimum_can_win_by_no_points() -> None:
    """It is in no set that may be chosen."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("10", 40)}, minimum="30")
    (found,) = distances(locked)
    assert found.points is None


def test_a_correction_matters_when_it_changes_the_award() -> None:
    """B at 80 instead of 60 overtakes A; the nearest correction comes first."""
    found = materiality(contest(), [("B", "plan")])
    assert found.material
    assert found.tried == 10
    assert found.changes[0].levels == ((("B", "plan"), 80),)
    assert found.changes[0].award == ("B",)
    assert [change.levels[0][1] for change in found.changes] == [80, 90, 100]


def test_scores_disputed_together_are_corrected_together() -> None:
    """One step up and one step down suffice where neither does alone."""
    single_steps = [materiality(contest(), [score]).changes[0].levels for score in (("A", "plan"), ("B", "plan"))]
    assert [levels[0][1] for levels in single_steps] == [30, 80]
    both = materiality(contest(), [("A", "plan"), ("B", "plan")])
    assert both.tried == 120
    assert {("A", "plan"): 40, ("B", "plan"): 70} in [dict(change.levels) for change in both.changes[:3]]


def test_what_is_far_from_the_award_is_immaterial() -> None:
    """71 points against 60 at most: no level of the other would do."""
    far = single("announced-interval@1", {"A": ("90", 60), "C": ("160", 0)}, **INTERVAL)
    assert not materiality(far, [("C", "plan")]).material
    assert len(every_score(contest())) == 3


@pytest.mark.parametrize("score", [("X", "plan"), ("A", "price"), ("A", "muu")])
def test_a_score_that_is_not_there_cannot_be_disputed(score: tuple[str, str]) -> None:
    """Prices are not disputed here, and unknown ids are wrong use."""
    with pytest.raises(UsageError):
        materiality(contest(), [score])


def test_too_many_corrections_are_refused_not_guessed() -> None:
    """11⁴ corrections are more than the limit."""
    bids = dict.fromkeys("ABCD", ("100", 50))
    locked = single("announced-interval@1", bids, **INTERVAL)
    with pytest.raises(BlockedError):
        materiality(locked, [(name, "plan") for name in "ABCD"])


def test_leaving_one_out_changes_nothing_under_an_absolute_formula() -> None:
    """Keeping points and reckoning again are the same, and no added bid turns an order."""
    locked = contest()
    for one in dropouts(locked):
        assert one.kept == one.rescored
        assert not one.turned
    assert reversal(locked) is None


def test_the_last_bid_that_falls_away_leaves_nobody() -> None:
    """An empty award, never a crash."""
    locked = single("announced-interval@1", {"A": ("100", 50)}, **INTERVAL)
    (found,) = dropouts(locked)
    assert (found.kept, found.rescored) == ((), ())


def test_a_sheet_without_a_bid_keeps_the_points_of_the_others() -> None:
    """Ranks close up."""
    rest = without(contest().sheet, "A")
    assert [(bid.bidder, bid.rank) for bid in rest.bids] == [("B", 1), ("C", 2)]
