"""Objectives and rules of sets without a search: what a set is worth, and which rule it breaks, by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.capacity import Demand, Supply
from evaluation.award.objectives import aims, point_value, worth
from evaluation.award.rules import rule_obstacles, separate_pairs
from tender.model.awards import ScoredBid
from tender.model.criteria import SelectionMethod, SelectionRule
from tests.evaluation.award.build import make_bid, selection_tender

RULE = SelectionRule(SelectionMethod.BEST_SUM, Decimal(0), point_value=Decimal("2.5"))
HERE, THERE = ("here", "g"), ("there", "g")
DEMAND = Demand({HERE: 6, THERE: 4}, None)


def scored(bidder: str, price: int, quality: int, total: int) -> ScoredBid:
    """A bid by its three numbers."""
    return ScoredBid(bidder, bidder, Fraction(price), (), Fraction(quality), Fraction(total), 0)


DEAR, CHEAP = scored("dear", 1000, 60, 90), scored("cheap", 900, 30, 80)


@pytest.mark.parametrize(
    ("method", "dear", "cheap", "both"),
    [
        (SelectionMethod.BEST_SUM, 90, 80, (170,)),
        (SelectionMethod.BEST_RANKED, 90, 80, (90, 80)),
        (SelectionMethod.LOWEST_PRICE, -1000, -900, (-1900,)),
        (SelectionMethod.MONEY_VALUE, -850, -825, (-1675,)),
    ],
)
def test_what_each_objective_counts(method: SelectionMethod, dear: int, cheap: int, both: tuple[int, ...]) -> None:
    """60 points at 2.50 € are 150 € off 1 000 €; a rank compares the best first, whatever the order of the set."""
    assert [aims(RULE, DEAR, method), aims(RULE, CHEAP, method)] == [dear, cheap]
    assert aims(replace(RULE, method=method), DEAR) == dear
    assert worth(RULE, method, (CHEAP, DEAR)) == worth(RULE, method, (DEAR, CHEAP)) == tuple(map(Fraction, both))


def test_no_value_was_announced_so_a_point_is_worth_nothing() -> None:
    """Then money alone counts; exact where it was announced; a set of nobody is worth nothing."""
    silent = replace(RULE, point_value=None)
    assert [point_value(silent), point_value(RULE)] == [Fraction(0), Fraction(5, 2)]
    assert aims(silent, DEAR, SelectionMethod.MONEY_VALUE) == -1000
    assert worth(RULE, SelectionMethod.BEST_SUM, ()) == (Fraction(0),)
    assert worth(RULE, SelectionMethod.BEST_RANKED, ()) == ()


def test_a_third_of_a_point_is_not_rounded() -> None:
    """Three thirds are one, and a sum of ranks is no sum."""
    third = replace(DEAR, total=Fraction(1, 3))
    assert worth(RULE, SelectionMethod.BEST_SUM, (third, third, third)) == (Fraction(1),)
    assert worth(RULE, SelectionMethod.BEST_RANKED, (third, DEAR)) == (Fraction(90), Fraction(1, 3))


def supply(bidder: str, here: int, there: int, total: int | None = None) -> Supply:
    """What a bidder carries in the two areas."""
    return Supply(bidder, here + there if total is None else total, {HERE: here, THERE: there}, {"g": Fraction(1)})


def broken(rule: SelectionRule, *supplies: Supply) -> list[tuple[str, dict[str, str]]]:
    """Rules that the set breaks, with their values."""
    return [(each.rule, dict(each.values)) for each in rule_obstacles(rule, DEMAND, supplies, ())]


def test_a_choice_is_counted_cell_by_cell() -> None:
    """Both serve here, one there: a single place is enough to count, none is not."""
    rule = replace(RULE, choice_least=2)
    assert broken(rule, supply("A", 6, 4), supply("B", 1, 0)) == [
        ("choice", {"area": "there", "group": "g", "found": "1", "least": "2"})
    ]
    assert broken(rule, supply("A", 6, 4), supply("B", 1, 1)) == []
    assert [values["found"] for _, values in broken(rule)] == ["0", "0"]
    assert broken(RULE, supply("A", 6, 4)) == []


def test_the_largest_is_lost_in_all_and_in_every_cell() -> None:
    """A and B carry 10 and 9: without A one is missing in all, and one there; places beyond the need count once."""
    rule = replace(RULE, withstand_loss=True)
    assert broken(rule, supply("A", 6, 4), supply("B", 6, 3)) == [
        ("loss", {"bidder": "A", "capacity": "9", "need": "10"}),
        ("loss_cell", {"bidder": "A", "area": "there", "group": "g", "capacity": "3", "need": "4"}),
    ]
    assert broken(rule, supply("A", 6, 4), supply("B", 6, 4)) == []
    assert broken(rule, supply("A", 99, 0, 10), supply("B", 5, 4, 10), supply("C", 0, 4, 10)) == [
        ("loss_cell", {"bidder": "A", "area": "here", "group": "g", "capacity": "5", "need": "6"})
    ]
    assert broken(rule) == []


def test_of_equal_ones_the_last_by_id_is_named_lost() -> None:
    """So that the same set is told the same reason, whatever its order."""
    rule = replace(RULE, withstand_loss=True)
    pair = (supply("A", 3, 2), supply("B", 3, 2))
    for order in (pair, pair[::-1]):
        assert [values["bidder"] for _, values in broken(rule, *order)] == ["B", "B", "B"]


def test_companies_are_compared_whichever_bid_names_them() -> None:
    """A member here, the bidder itself there; an empty id is nobody; each pair once, in order."""
    tender = selection_tender()
    a, b, c, d = (replace(make_bid(tender, name), business_id="", companies=()) for name in "ABCD")
    rule = replace(RULE, separate_companies=True)
    bids = [replace(c, business_id="1"), replace(a, companies=("2", "1", "")), b, replace(d, companies=("2", ""))]
    assert separate_pairs(rule, bids) == (("A", "C"), ("A", "D"))
    assert separate_pairs(RULE, bids) == ()
    found = rule_obstacles(rule, DEMAND, (supply("D", 6, 4), supply("A", 6, 4)), (("A", "C"), ("A", "D")))
    assert [(each.rule, dict(each.values)) for each in found] == [("separate", {"bidder": "A", "other": "D"})]
