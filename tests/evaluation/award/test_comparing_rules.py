"""Rules beside each other: the published case, the greedy cap against the optimum, and what a loser lacked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.comparing_rules import compare, greedy_cap, lacking, scenarios, three_ways, with_rule
from evaluation.award.market import Market, Offer, Package
from evaluation.award.problem import problem_of
from evaluation.award.rows import market_model, taken
from evaluation.award.search import search
from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import verify
from tender.model.awards import ScoredBid
from tender.model.bids import Bid
from tender.model.criteria import SelectionMethod
from tender.model.tender import Tender
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender

PLACES = {"A": 300, "B": 300, "C": 700, "D": 700, "E": 500}
POINTS = {"A": 90, "B": 88, "C": 85, "D": 80, "E": 70}


def published(**rules: object) -> tuple[Tender, tuple[ScoredBid, ...], list[Bid]]:
    """Five bidders, three to choose, 1 400 clients."""
    tender = selection_tender(providers=3)
    for name, value in rules.items():
        tender = with_rule(tender, name, value)
    bids = [make_bid(tender, name, total=total) for name, total in PLACES.items()]
    return tender, make_sheet(tender, POINTS).bids, bids


def test_three_rules_side_by_side() -> None:
    """The top three hold 1 300: the next in rank joins, or the best set that can serve skips the second."""
    assert three_ways(*published()) == {
        "next-in-rank": ("A", "B", "C", "D"),
        "best-sum": ("A", "C", "D"),
        "best-ranked": ("A", "C", "D"),
    }


def test_the_cost_of_a_rule() -> None:
    """Withstanding a loss cannot be kept by three; without it A, C and D have 255 points; with four it can."""
    tender, scored, bids = published(withstand_loss=True)
    found = {
        (each.scenario.rule, each.scenario.change): each for each in compare(tuple(scenarios(tender)), scored, bids)
    }
    assert found["announced", 0].bidders == ()
    assert found["withstand_loss", None].bidders == ("A", "C", "D")
    assert (found["providers", 1].bidders, found["providers", 1].points) == (("A", "C", "D", "E"), Fraction(325))
    assert ("providers", -1) in found
    amounts, _, _ = published(yearly_cost_ceiling=Decimal(5000), minimum_quality=Decimal(1), choice_least=1)
    assert {each.rule for each in scenarios(amounts)} == {
        "announced", "providers", "client_cap", "yearly_cost_ceiling", "minimum_quality", "choice_least",
    }  # fmt: skip


def test_what_a_loser_lacked() -> None:
    """With B the best set is B, C, D with 253; with E it is A, C, E with 245: 2 and 10 points short of 255."""
    tender, scored, bids = published()
    assert lacking(problem_of(tender, scored, bids)) == {"B": Fraction(2), "E": Fraction(10)}


@pytest.mark.parametrize("method", [SelectionMethod.BEST_SUM, SelectionMethod.BEST_RANKED])
def test_with_what_it_lacked_a_loser_is_in_a_best_set(method: SelectionMethod) -> None:
    """Held against the search: with the points it is in, with a hundredth less it is not."""
    tender, scored, bids = published(method=method)
    for bidder, distance in lacking(problem_of(tender, scored, bids)).items():
        assert distance is not None
        for points, enters in ((distance, True), (distance - Fraction(1, 100), False)):
            raised = tuple(
                replace(each, total=each.total + points) if each.bidder == bidder else each for each in scored
            )
            problem = problem_of(tender, raised, bids)
            sets = [problem.set_of(members).bidders for members in search(problem).ties]
            assert any(bidder in each for each in sets) is enters


def test_who_can_never_enter() -> None:
    """One place: no set with it serves, whatever its points; a lone provider that can serve lacks the difference."""
    tender = selection_tender(providers=2)
    bids = [make_bid(tender, name, total=total) for name, total in {"A": 700, "B": 700, "C": 1}.items()]
    sheet = make_sheet(tender, {"A": 90, "B": 80, "C": 99})
    assert lacking(problem_of(tender, sheet.bids, bids)) == {"C": None}
    alone = selection_tender({("a", "g"): 5}, providers=1)
    sheet = make_sheet(alone, {"A": 90, "B": 80})
    assert lacking(problem_of(alone, sheet.bids, [make_bid(alone, name) for name in "AB"])) == {"B": Fraction(10)}


SIZES = {"x": 40, "y": 50, "z": 60}
WORTHS = {"x": {"A": 90, "B": 50}, "y": {"A": 90, "B": 60}, "z": {"A": 90, "B": 70}}


def optimum(points: dict[str, dict[str, int]], sizes: dict[str, int], cap: int) -> int | None:
    """The best sum of points × size under the cap, proven through the model of lots and packages."""
    bidders = dict.fromkeys(bidder for own in points.values() for bidder in own)
    pairs = [(lot, bidder) for lot, own in points.items() for bidder in own]
    market = Market(
        "lots",
        tuple(Offer(bidder, cap) for bidder in bidders),
        packages=tuple(Package(f"{bidder},{lot}", bidder, (lot,), sizes[lot]) for lot, bidder in pairs),
        lots=dict.fromkeys(points, True),
    )
    model = market_model(
        market, tuple((taken(f"{bidder},{lot}"), points[lot][bidder] * sizes[lot]) for lot, bidder in pairs)
    )
    proof = certify(model)
    verify(model, proof)
    return proof.value


def test_the_greedy_cap_rule_beside_the_optimum() -> None:
    """Cap 100: greedy moves z (least loss, 1 200), leaving x and y, 90 together; with cap 90 it is still the best."""
    held = greedy_cap(WORTHS, SIZES, 100)
    assert held == {"x": "A", "y": "A", "z": "B"}
    assert optimum(WORTHS, SIZES, 100) == 40 * 90 + 50 * 90 + 60 * 70
    sizes = {"x": 40, "y": 50, "z": 61}
    worths = {"x": {"A": 90, "B": 88}, "y": {"A": 90, "B": 89}, "z": {"A": 90, "B": 10}}
    greedy = greedy_cap(worths, sizes, 90)
    assert greedy == {"x": "B", "y": "B", "z": "A"}
    lost = greedy_cap({"x": {"A": 9, "B": 8}, "y": {"A": 9, "B": 1}}, {"x": 60, "y": 50}, 55)
    assert lost is None


@given(
    st.lists(st.tuples(st.integers(1, 9), *(st.integers(0, 9) for _ in range(3))), min_size=1, max_size=5),
    st.integers(4, 20),
)
@settings(max_examples=40, deadline=None)
def test_greedy_never_beats_the_optimum(lots: list[tuple[int, ...]], cap: int) -> None:
    """And the optimum is that of trying everything."""
    sizes = {f"l{number}": lot[0] for number, lot in enumerate(lots)}
    points = {f"l{number}": dict(zip("ABC", lot[1:], strict=True)) for number, lot in enumerate(lots)}

    def worth(held: dict[str, str]) -> int | None:
        loads = {bidder: sum(sizes[lot] for lot in held if held[lot] == bidder) for bidder in "ABC"}
        fits = max(loads.values()) <= cap
        return sum(points[lot][bidder] * sizes[lot] for lot, bidder in held.items()) if fits else None

    every = (worth(dict(zip(sizes, who, strict=True))) for who in product("ABC", repeat=len(sizes)))
    best = max((each for each in every if each is not None), default=None)
    assert optimum(points, sizes, cap) == best
    held = greedy_cap(points, sizes, cap)
    if held is not None:
        own = worth(held)
        assert own is not None
        assert best is not None
        assert own <= best
