"""Robustness on cases small enough for paper: sets, lines, regions, corrections, dropouts, and what is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluation.award.problem import read_problem
from evaluation.award.robustness.contest import Contest, order_of, resheet, without
from evaluation.award.robustness.distance import Distance, points_needed
from evaluation.award.robustness.dropout import Dropout, Reversal, dropouts, reversal
from evaluation.award.robustness.lines import Line, announced, lines_of, totals
from evaluation.award.robustness.materiality import materiality
from evaluation.award.robustness.plain import (
    distance_json,
    dropout_json,
    materiality_json,
    region_json,
    reversal_json,
    share_json,
    standing_json,
    stretch_json,
)
from evaluation.award.robustness.region import Share, least_distance, shares, standing
from evaluation.award.robustness.sets import Sets
from evaluation.award.robustness.sweep import Stretch, sweep, weights_at
from tender.errors import UsageError
from tender.model.criteria import Criterion, SelectionMethod
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender, with_criteria
from tests.evaluation.award.robustness.contests import linear, single

F = Fraction
ALL = (F(0), F(1))
PUBLISHED = {"A": (25, 0), "B": (15, 11), "C": (0, 22)}


@pytest.fixture(scope="module")
def turning() -> Contest:
    """Ratio at 40, quality at 60: A 100 €/80, B 150 €/100, C 70 €/10 have 76, 78 2/3 and 46 points."""
    return single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("150", 100), "C": ("70", 10)})


def by_rank(sets: Sets) -> Sets:
    """The same sets, the best member deciding."""
    rule = replace(sets.problem.rule, method=SelectionMethod.BEST_RANKED)
    return Sets(replace(sets.problem, rule=rule))


def small_capacities() -> Sets:
    """Two of four for 1400 clients: A and B can carry 300 each, C and D 700 each; only C and D serve."""
    tender = selection_tender(providers=2)
    places = {"A": 300, "B": 300, "C": 700, "D": 700}
    bids = [make_bid(tender, name, total=total) for name, total in places.items()]
    return Sets(read_problem(tender, make_sheet(tender, dict.fromkeys(places, 0)), bids))


# Sets


def test_a_set_that_cannot_carry_the_clients_is_no_set() -> None:
    """However many points it has."""
    sets = small_capacities()
    assert sets.among("DCBA") == (("C", "D"),)
    assert sets.best({"A": F(90), "B": F(80), "C": F(1), "D": F(0)}) == (("C", "D"),)
    assert sets.best({"A": F(90), "B": F(80), "C": F(1)}) == ()
    assert sets.best({"C": F(1)}) == (), "fewer bids than providers"
    assert (sets.serves(("C", "D")), sets.serves(("A", "D"))) == (True, False)
    assert sets.known[("A", "D")] is False, "the answer is remembered"


def test_every_exact_tie_is_told_and_nothing_that_only_comes_near() -> None:
    """A thousandth apart is not equal."""
    _, sets = linear({"A": (0, 0), "B": (0, 0), "C": (0, 0)}, providers=2)
    equal = {"A": F(1, 3), "B": F(1, 3), "C": F(1, 3)}
    assert sets.best(equal) == (("A", "B"), ("A", "C"), ("B", "C"))
    assert sets.best({**equal, "C": F(333, 1000)}) == (("A", "B"),)
    assert sets.best({**equal, "C": F(334, 1000)}) == (("A", "C"), ("B", "C"))


# Contests


def test_equal_totals_stand_on_the_same_place(turning: Contest) -> None:
    """Two firsts, then a third; who is not asked about is not counted."""
    tender = turning.tender
    sheet = make_sheet(tender, {"A": 5, "B": 5, "C": 3, "D": 9})
    assert order_of(sheet, ["A", "B", "C"]) == ((0, "A"), (0, "B"), (2, "C"))
    assert order_of(without(sheet, "A"), ["B", "C", "D"]) == ((0, "D"), (1, "B"), (2, "C"))


def test_scored_again_as_recorded_it_is_the_recorded_sheet(turning: Contest) -> None:
    """Points, quality, price and rank, line by line; a copy of the values does not touch the contest."""
    again = resheet(turning, turning.values)
    assert [(one.bidder, one.total, one.quality, one.comparison_price, one.rank) for one in again.bids] == [
        (one.bidder, one.total, one.quality, one.comparison_price, one.rank) for one in turning.sheet.bids
    ]
    assert [(one.bidder, one.total) for one in again.bids] == [("B", F(236, 3)), ("A", F(76)), ("C", F(46))]
    turning.values["A"]["price"] = F(1)
    assert turning.values["A"]["price"] == 100


def test_what_a_formula_refuses_awards_nobody(turning: Contest) -> None:
    """A ratio to a price of nothing."""
    values = turning.values
    values["C"]["price"] = F(0)
    assert turning.rescored(values) is None
    assert turning.award_for(values) == ()


def test_an_unknown_bid_is_scored_under_its_id(turning: Contest) -> None:
    """An added one has no name on the sheet."""
    sheet = turning.rescored({**turning.values, "new": {"price": F(70), "plan": F(100)}})
    assert sheet is not None
    assert (sheet.bids[0].bidder, sheet.bids[0].name, sheet.bids[0].total) == ("new", "new", F(100))


def test_a_minimum_keeps_out_whoever_is_below_and_not_who_reaches_it() -> None:
    """30 points of quality are enough where 30 are announced."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 50), "B": ("10", 40), "C": ("200", 90)}, minimum="30")
    assert set(locked.acceptable(locked.sheet)) == {"A", "C"}
    assert locked.award == ("C",), "of 34 and 56 points, B's price still counting"
    poor = {name: {**row, "plan": F(0)} for name, row in locked.values.items()}
    assert locked.award_for(poor) == ()


# Dropouts and added bids


def test_a_dropout_that_turns_the_award_by_hand(turning: Contest) -> None:
    """Without C the points kept leave B ahead; reckoned again A has 88 and B 86 2/3."""
    assert dropouts(turning) == (
        Dropout("B", ("A",), ("A",), False),  # noqa: FBT003 - a field of the noun
        Dropout("A", ("B",), ("B",), False),  # noqa: FBT003
        Dropout("C", ("B",), ("A",), True),  # noqa: FBT003
    )
    assert [one.rules_differ for one in dropouts(turning)] == [False, False, True]


def test_an_added_bid_that_turns_the_order_by_hand() -> None:
    """A 88, B 86 2/3; at 50, the nearest of the grid of fifties, A has 68 and B 73 1/3."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("150", 100)})
    assert locked.award == ("A",)
    assert reversal(locked) == Reversal(F(50), ("B",), ((0, "A"), (1, "B")), ((0, "B"), (1, "A")))


def test_no_added_bid_turns_what_is_far_apart() -> None:
    """Better on both counts under a ratio stays better."""
    assert reversal(single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("150", 70)})) is None


# Lines, sweeps, regions


def test_a_weight_of_nothing_is_a_line_at_nothing() -> None:
    """No division by the weight."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("150", 100)})
    price, plan = locked.tender.award.leaves()
    bare = replace(locked, tender=with_criteria(locked.tender, price, replace(plan, weight=Decimal(0))))
    lines = lines_of(bare)
    assert lines["B"] == {"price": Line(F(0), F(2, 3)), "plan": Line(F(0), F(0))}
    assert announced(bare) == {"price": 40, "plan": 0}


def test_money_has_points_that_no_weight_moves() -> None:
    """W − (p − 80)/2: twenty euros above are ten points, whatever the weight."""
    locked = single("money-value@1", {"A": ("100", 50), "B": ("80", 50)}, floor=Decimal(80), euros_per_point=Decimal(2))
    assert lines_of(locked)["A"]["price"] == Line(F(-10), F(1))
    assert totals(lines_of(locked), {"price": F(7), "plan": F(0)}) == {"A": -3, "B": 7}


def test_breakpoints_by_rank_are_where_places_change_hands() -> None:
    """Two of three by rank: B and C up to 22/47, then A and B; who leads within the set makes no new stretch."""
    lines, sets = linear(PUBLISHED, providers=2)
    found = sweep(lines, by_rank(sets), {"a": F(1, 2), "b": F(1, 2)}, "a", ALL)
    assert found == (Stretch(F(0), F(22, 47), (("B", "C"),)), Stretch(F(22, 47), F(1), (("A", "B"),)))


def test_a_breakpoint_at_the_end_of_the_range_is_none() -> None:
    """From 11/26 to 11/21 B alone wins; the ends themselves begin no stretch."""
    lines, sets = linear(PUBLISHED)
    weights = {"a": F(1, 2), "b": F(1, 2)}
    assert sweep(lines, sets, weights, "a", (F(11, 26), F(11, 21))) == (Stretch(F(11, 26), F(11, 21), (("B",),)),)
    assert sweep(lines, by_rank(sets), weights, "b", (F(10, 21), F(15, 26)))[0].sets == (("B",),)


def test_no_set_that_may_be_chosen_is_one_empty_stretch() -> None:
    """A and B alone cannot carry the clients at any weight."""
    lines, _ = linear({"A": (1, 2), "B": (2, 1)})
    found = sweep(lines, small_capacities(), {"a": F(1, 2), "b": F(1, 2)}, "a", ALL)
    assert found == (Stretch(F(0), F(1), ()),)


def test_a_criterion_that_is_all_has_nobody_to_give_way() -> None:
    """One criterion alone cannot be swept; the refusal names what there is."""
    with pytest.raises(UsageError) as refusal:
        weights_at({"price": F(100)}, "price", F(50))
    assert refusal.value.message == "robustness.criterion-unknown"
    with pytest.raises(UsageError) as unknown:
        weights_at({"price": F(40), "plan": F(60)}, "hinta", F(50))
    assert unknown.value.values == {"found": "hinta", "known": "price, plan"}


def test_the_least_distance_by_hand() -> None:
    """B leads in b by ten a point of weight: b takes its half, the rest goes where both are equal."""
    lines, _ = linear({"A": (10, 0, 5), "B": (0, 10, 5)})
    region = {"a": (F(0), F(1, 2)), "b": (F(1, 4), F(1, 2)), "c": ALL}
    assert least_distance(lines, ("A",), ("B",), region, F(1)) == (F(-5), {"a": 0, "b": F(1, 2), "c": F(1, 2)})
    lines["A"]["a"] = Line(F(3), F(10))
    assert least_distance(lines, ("A",), ("B",), region, F(1))[0] == -2


def test_a_margin_of_exactly_nothing_is_stable_and_a_common_member_says_nothing() -> None:
    """Sets that share a member are as far apart as the members that differ."""
    lines, sets = linear({"A": (4, 4), "B": (2, 1), "C": (2, 0)}, providers=2)
    found = standing(lines, sets, {"a": ALL, "b": ALL}, ("A", "B"), F(1))
    assert found is not None
    assert (found.stable, found.margin, found.rival, found.overtaking) == (True, F(0), ("A", "C"), 0)
    assert standing(lines, by_rank(sets), {"a": ALL, "b": ALL}, ("A", "B"), F(1)) is None


def test_a_tie_counts_for_each_and_a_certain_share_has_no_variance() -> None:
    """Two equal bids win all samples each."""
    lines, sets = linear({"A": (1, 1), "B": (1, 1), "C": (0, 0)})
    found = shares(lines, sets, {"a": ALL, "b": ALL}, F(1), ("x", 10))
    assert found == (Share(("A",), 10, F(1), F(0)), Share(("B",), 10, F(1), F(0)))


def test_a_seed_draws_the_same_for_ever() -> None:
    """The numbers of one seed, written down: another way of drawing would change published shares."""
    lines, sets = linear(PUBLISHED)
    found = shares(lines, sets, {"a": ALL, "b": ALL}, F(1), ("siemen", 50))
    assert [(one.bidders, one.wins) for one in found] == [(("A",), 26), (("C",), 23), (("B",), 1)]
    assert [one.variance for one in found] == [one.share * (1 - one.share) / 50 for one in found]


# Corrections and distances


def with_leaf(locked: Contest, **changes: Any) -> Contest:
    """`locked` with its quality criterion changed."""
    price, plan = locked.tender.award.leaves()
    changed: Criterion = replace(plan, **changes)
    return replace(locked, tender=with_criteria(locked.tender, price, changed))


def test_no_correction_goes_below_the_minimum_level(turning: Contest) -> None:
    """Levels 50–100 are six, one of them recorded; for A only 90 and 100 overtake B."""
    found = materiality(with_leaf(turning, minimum=50), [("A", "plan")])
    assert (found.tried, found.material) == (5, True)
    assert [(change.levels[0][1], change.award) for change in found.changes] == [(90, ("A",)), (100, ("A",))]


def test_a_promised_number_may_be_any_whole_one() -> None:
    """A scale of numbers has all between its ends, not its announced points only."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("150", 100)})
    price, plan = locked.tender.award.leaves()
    ends = (plan.scale[0], plan.scale[-1])
    tender = with_criteria(locked.tender, price, replace(plan, formula="promise-interval@1", scale=ends))
    found = materiality(replace(locked, tender=tender), [("A", "plan")])
    assert found.tried == 100
    assert max(change.levels[0][1] for change in found.changes) == 77, "40 + 0.6·77 = 86.2 < 86 2/3; 78 is 86.8"


def test_of_several_corrections_the_nearest_comes_first(turning: Contest) -> None:
    """Steps of all scores count together; a score that stays is left out."""
    found = materiality(turning, [("A", "plan"), ("B", "plan")])
    steps = [
        sum(abs(int(turning.values[who][what]) - level) for (who, what), level in one.levels) for one in found.changes
    ]
    assert steps == sorted(steps)
    assert found.changes[0].levels == ((("A", "plan"), 90),)
    assert found.changes[1].levels == ((("B", "plan"), 90),)


def test_who_is_in_no_set_lacks_no_number_of_points() -> None:
    """Capacity, not points, keeps A out; D is in."""
    locked = single("ratio-to-lowest@1", {"A": ("100", 80), "B": ("100", 70), "C": ("100", 60), "D": ("100", 50)})
    narrow = replace(locked, sets=small_capacities(), award=("C", "D"))
    assert points_needed(narrow, "A") is None
    assert points_needed(narrow, "D") == 0


# What is printed


def test_plain_values_are_exact_and_nothing_is_null_and_not_zero() -> None:
    """Fractions as text; an absent answer is no zero."""
    assert standing_json(None) is None
    assert reversal_json(None) is None
    assert region_json({"a": (F(1, 3), F(1))}) == {"a": ["1/3", "1"]}
    assert stretch_json(Stretch(F(0), F(11, 26), (("C",), ("A", "B")))) == {
        "low": "0", "high": "11/26", "sets": [["C"], ["A", "B"]],
    }  # fmt: skip
    assert share_json(Share(("A",), 1, F(1, 3), F(2, 27))) == {
        "bidders": ["A"], "wins": 1, "share": "1/3", "variance": "2/27",
    }  # fmt: skip
    assert distance_json(Distance("B", F(13, 2), None, None)) == {
        "bidder": "B", "points": "13/2", "price": None, "cut": None,
    }  # fmt: skip
    assert distance_json(Distance("B", F(0), F(0), F(0)))["price"] == "0"  # type: ignore[index, call-overload]


def test_findings_come_out_whole(turning: Contest) -> None:
    """A correction, a dropout, an added bid and a standing as others read them."""
    told: Any = materiality_json(materiality(with_leaf(turning, minimum=80), [("A", "plan")]))
    assert told == {
        "disputed": [["A", "plan"]],
        "tried": 2,
        "material": True,
        "changes": [
            {"levels": [["A", "plan", 90]], "award": ["A"]},
            {"levels": [["A", "plan", 100]], "award": ["A"]},
        ],
    }
    assert dropout_json(dropouts(turning)[2]) == {"bidder": "C", "kept": ["B"], "rescored": ["A"], "turned": True}
    moved = Reversal(F(1, 3), ("B",), ((0, "A"), (1, "B")), ((0, "B"), (0, "A")))
    assert reversal_json(moved) == {
        "price": "1/3",
        "award": ["B"],
        "before": [[0, "A"], [1, "B"]],
        "after": [[0, "B"], [0, "A"]],
    }
    lines, sets = linear({"A": (9, 8), "B": (8, 9)})
    assert standing_json(standing(lines, sets, {"a": ALL, "b": ALL}, ("A",), F(1))) == {
        "stable": False,
        "margin": "-1",
        "rival": ["B"],
        "weights": {"a": "0", "b": "1"},
        "overtaking": 1,
    }
