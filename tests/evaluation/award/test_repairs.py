"""Ways out of a selection that nobody can serve: the smallest ones, by name, against trying everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.problem import problem_of
from evaluation.award.repairs import MESSAGES, Loosening, Repairs, can_serve, loosenings, repair_findings, repairs
from evaluation.award.search import search
from tender.errors import BlockedError
from tender.language import Language
from tender.model.awards import ScoredBid
from tender.model.bids import Bid
from tender.model.tender import Tender
from tender.solving import Model, Solution, Status
from tender.words import words
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender

Case = tuple[Tender, tuple[ScoredBid, ...], list[Bid]]


def case(places: Mapping[str, int], **rules: object) -> Case:
    """1 400 clients, two providers of at most 700; bidders by their places, all with 40 quality points."""
    tender = selection_tender(providers=2)
    tender = replace(tender, award=replace(tender.award, selection=replace(tender.award.selection, **rules)))  # type: ignore[arg-type]
    bids = [make_bid(tender, name, total=total, cells=1400, prices=Decimal(10)) for name, total in places.items()]
    points = {name: 90 - 5 * number for number, name in enumerate(places)}
    return tender, make_sheet(tender, points, quality=[40] * len(places)).bids, bids


def plain(found: Repairs) -> list[tuple[tuple[str, Fraction], ...]]:
    """Rules and amounts only."""
    return [tuple((rule, amount) for rule, _, amount in repair.changes) for repair in found.found]


def test_two_hundred_clients_less_or_one_provider_more_and_budget_does_not_help() -> None:
    """The sentence that an officer needs."""
    found = repairs(*case({"A": 600, "B": 600, "C": 500}, yearly_cost_ceiling=Decimal(10**6)))
    assert plain(found) == [(("clients", Fraction(200)),), (("providers", Fraction(1)),)]
    assert set(found.useless) == {"cap", "budget"}


def test_each_rule_is_loosened_as_little_as_suffices() -> None:
    """The cap by 100 for a bidder of 800; a floor of quality by 5 points; the second provider of a choice."""
    assert (("cap", Fraction(100)),) in plain(repairs(*case({"A": 800, "B": 600})))
    assert plain(repairs(*case({"A": 700, "B": 700}, minimum_quality=Decimal(45)))) == [(("quality", Fraction(5)),)]
    assert plain(repairs(*case({"A": 700, "B": 700}, withstand_loss=True)))[-1] == (("loss", Fraction(0)),)
    tender, scored, bids = case({"A": 700, "B": 700}, separate_companies=True)
    related = [replace(bid, companies=("1",)) for bid in bids]
    assert plain(repairs(tender, scored, related)) == [(("separate", Fraction(0)),)]


def test_the_budget_in_whole_euros() -> None:
    """The cheapest plan costs so much; the repair reaches it and not a euro more."""
    tender, scored, bids = case({"A": 700, "B": 700}, yearly_cost_ceiling=Decimal(1000))
    amount = dict(repair[0] for repair in plain(repairs(tender, scored, bids)) if len(repair) == 1)["budget"]
    for more, serves in ((amount, True), (amount - 1, False)):
        ceiling = Decimal(1000 + int(more))
        selection = replace(tender.award.selection, yearly_cost_ceiling=ceiling)
        changed = replace(tender, award=replace(tender.award, selection=selection))
        assert can_serve(problem_of(changed, scored, bids)) is serves


def test_where_nothing_helps_alone_two_do() -> None:
    """Too few places and too little quality: one provider more and a lower floor together."""
    tender, scored, bids = case({"A": 600, "B": 600, "C": 600}, minimum_quality=Decimal(41))
    found = repairs(tender, scored, bids)
    assert (("providers", Fraction(1)), ("quality", Fraction(1))) in plain(found)
    assert all(len(repair.changes) == 2 for repair in found.found)


@pytest.mark.parametrize("places", [{"A": 600, "B": 500}, {"A": 100, "B": 100}, {"A": 700, "B": 300, "C": 200}])
def test_a_repair_suffices_and_a_step_less_does_not(places: dict[str, int]) -> None:
    """Every single repair, held against the exact search."""
    tender, scored, bids = case(places)
    ways = {(way.rule, way.about): way for way in loosenings(tender, scored, bids)}
    for repair in repairs(tender, scored, bids).found:
        (rule, about, amount), *_ = repair.changes
        way = ways[rule, about]
        assert search(problem_of(way.change(tender, amount), scored, bids)).ties
        if amount - 1 in way.steps:
            with pytest.raises(BlockedError):
                search(problem_of(way.change(tender, amount - 1), scored, bids))


def test_a_lie_about_feasibility_is_not_believed() -> None:
    """A solver that denies everything, or praises what breaks a row: the certificate decides."""
    able, unable = problem_of(*case({"A": 700, "B": 700})), problem_of(*case({"A": 700, "B": 600}))

    def denies(model: Model) -> Solution:
        return Solution(Status.INFEASIBLE, {}, "a liar")

    def praises(model: Model) -> Solution:
        return Solution(Status.OPTIMAL, {each.name: each.highest for each in model.variables}, "a liar")

    for liar in (denies, praises):
        assert can_serve(able, liar)
        assert not can_serve(unable, liar)


@pytest.mark.parametrize("language", Language)
def test_every_repair_has_words(language: Language) -> None:
    """With its amount and, in a sentence of its own, what does not help."""
    found = repairs(*case({"A": 600, "B": 600, "C": 500}))
    said = [words(language).finding(finding).text for finding in repair_findings(found)]
    assert any("200" in text for text in said)
    assert all("{" not in text and "repair-rule" not in text for text in said)
    assert {f"repair-rule.{rule}" for rule in MESSAGES} <= set(words(language).terms)


def ways(tender: Tender, scored: tuple[ScoredBid, ...], bids: list[Bid]) -> dict[tuple[str, str], Loosening]:
    """Every way to loosen a rule, by its name."""
    return {(way.rule, way.about): way for way in loosenings(tender, scored, bids)}


def test_clients_are_taken_in_proportion_and_the_remainder_from_the_largest() -> None:
    """Of 6, 3 and 1 clients, five less are 3, 1 and 0 and one more from the largest; none is taken twice."""
    needs = {("north", "g"): 6, ("south", "g"): 3, ("west", "g"): 1}
    tender = selection_tender(needs, providers=1)
    bids = [make_bid(tender, "A", total=10)]
    found = ways(tender, make_sheet(tender, {"A": 90}).bids, bids)
    for less, left in ((5, [2, 2, 1]), (1, [5, 3, 1]), (9, [0, 0, 1]), (3, [4, 2, 1])):
        [group] = found["clients", ""].change(tender, less).groups
        assert list(group.clients.values()) == left
        assert sum(left) == 10 - less
    [group] = found["area", "south"].change(tender, 2).groups
    assert group.clients == {"north": 6, "south": 1, "west": 1}
    assert list(found["area", "south"].steps) == [1, 2, 3]
    assert list(found["clients", ""].steps) == list(range(1, 10))


def test_in_one_area_the_largest_group_gives_first() -> None:
    """Of 4 hard and 3 easy ones, five less are all the hard ones and one easy one."""
    tender = selection_tender({("a", "easy"): 3, ("a", "hard"): 4, ("b", "easy"): 1}, providers=1)
    way = ways(tender, make_sheet(tender, {"A": 90}).bids, [make_bid(tender, "A")])["area", "a"]
    clients = {group.id: dict(group.clients) for group in way.change(tender, 5).groups}
    assert clients == {"easy": {"a": 2, "b": 1}, "hard": {"a": 0, "b": 0}}


def test_only_announced_rules_are_loosened_and_by_no_more_than_there_is() -> None:
    """Without a rule there is no way; with one area, clients of the area are clients of all."""
    plain_ways = ways(*case({"A": 700, "B": 700}))
    assert set(plain_ways) == {("clients", ""), ("providers", ""), ("cap", "")}
    assert [len(way.steps) for way in plain_ways.values()] == [1399, 0, 0]
    ruled = ways(
        *case(
            {"A": 900, "B": 700, "C": 700},
            choice_least=2,
            viable_clients=3,
            withstand_loss=True,
            separate_companies=True,
            minimum_quality=Decimal(45),
            yearly_cost_ceiling=Decimal(5),
        )
    )
    steps = {rule: list(way.steps) for (rule, _), way in ruled.items() if rule not in {"clients", "budget"}}
    assert steps == {
        "providers": [1],
        "cap": list(range(1, 201)),
        "quality": [5],
        "choice": [1, 2],
        "viable": [1, 2, 3],
        "loss": [0],
        "separate": [0],
    }
    tender, *_ = case({"A": 700}, choice_least=2, withstand_loss=True, minimum_quality=Decimal(45))
    rule = ruled["choice", ""].change(tender, 2).award.selection
    assert (rule.choice_least, rule.withstand_loss, rule.minimum_quality) == (0, True, Decimal(45))
    rule = ruled["quality", ""].change(tender, Fraction(1, 3)).award.selection
    assert rule.minimum_quality == Decimal("44.666666"), "cut down, so that who lies at the floor passes"
