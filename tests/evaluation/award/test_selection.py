"""The choice of providers: worked cases, ties, permutations, and a solver that must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.problem import read_problem
from evaluation.award.selection import select_providers
from tender.errors import BlockedError, FrozenError, SolverError
from tender.model.awards import Obstacle, ScoreSheet, Selection
from tender.model.bids import Bid
from tender.model.criteria import SelectionMethod
from tender.model.tender import Tender
from tender.solving import Model, Solution, Status, solve
from tests.evaluation.award.build import cases, make_bid, make_sheet, selection_tender

SEED = b"committed seed"


def said(obstacle: Obstacle) -> str:
    """An obstacle as the case files write it."""
    return " ".join([obstacle.rule, *(f"{name} {value}" for name, value in obstacle.values.items())])


def select(tender: Tender, sheet: ScoreSheet, bids: list[Bid]) -> Selection:
    """The selection with the real solver and a seed."""
    return select_providers(tender, sheet, bids, SEED)


@pytest.mark.parametrize("case", cases("award-selection"), ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """Cases that a lawyer can read; the solver agrees in every one."""
    tender = selection_tender(
        {("here", "all"): case["need"]},
        providers=case["providers"],
        cap=case.get("cap", 700),
        method=SelectionMethod(case["method"]),
    )
    bids = [make_bid(tender, who, total=most, cells=most) for who, most in case["capacity"].items()]
    sheet = make_sheet(tender, case["points"])
    if "refused" in case:
        with pytest.raises(BlockedError) as error:
            select(tender, sheet, bids)
        assert error.value.message == case["refused"]
        found = [f"{f.values.get('capacity')} {f.values.get('need')}" for f in error.value.findings]
        assert found == [f"{reason.split()[2]} {reason.split()[4]}" for reason in case["reasons"]]
        return
    selection = select(tender, sheet, bids)
    assert "".join(selection.chosen.bidders) == case["chosen"]
    assert selection.chosen.points == case["sum"]
    assert selection.solver_agrees
    rejected = {"".join(each.bidders): ", ".join(map(said, each.obstacles)) for each in selection.rejected}
    assert rejected == case["rejected"]


def test_the_plan_proves_that_everyone_can_be_served() -> None:
    """The worked case's places: nobody over capacity, everyone served, cost in cents."""
    tender = selection_tender()
    bids = [make_bid(tender, who, total=most, cells=most, prices=Decimal("1.005")) for who, most in _WORKED.items()]
    selection = select(tender, make_sheet(tender, dict(zip("ABCDE", (90, 88, 85, 80, 70), strict=True))), bids)
    places = {place.bidder: place.clients for place in selection.places}
    assert sum(places.values()) == 1400
    assert all(clients <= _WORKED[who] for who, clients in places.items())
    assert selection.yearly_cost == Decimal("16968.00")


_WORKED = {"A": 300, "B": 300, "C": 700, "D": 700, "E": 500}


def _tied() -> tuple[Tender, ScoreSheet, list[Bid]]:
    """Eight bidders, three to choose: four sets tie exactly at 266 points; only lots tell them apart."""
    tender = selection_tender({("north", "g"): 10, ("south", "g"): 10}, near_tie="2")
    points = dict(zip("ABCDEFGH", (90, 88, 88, 88, 88, 60, 50, 40), strict=True))
    # A carries the north alone; of the four equals, B and C know the south only, D and E the north only.
    north = dict(zip("ABCDEFGH", (4, 0, 0, 6, 6, 5, 5, 5), strict=True))
    south = dict(zip("ABCDEFGH", (0, 10, 10, 0, 0, 5, 5, 5), strict=True))
    bids = [
        make_bid(tender, who, total=20, cells={("north", "g"): north[who], ("south", "g"): south[who]})
        for who in "ABCDEFGH"
    ]
    return tender, make_sheet(tender, points), bids


TIED = [("A", "B", "D"), ("A", "B", "E"), ("A", "C", "D"), ("A", "C", "E")]


def test_all_exact_ties_are_listed_and_lots_decide() -> None:
    """Eight bidders, four feasible sets of exactly 266 points; the two infeasible equals are listed with reasons."""
    selection = select(*_tied())
    assert [each.bidders for each in selection.ties] == TIED
    assert {each.points for each in selection.ties} == {266}
    assert selection.chosen.bidders in TIED
    assert selection.tie_key == "lots"
    assert sorted(selection.lots) == list("ABCDEFGH")
    assert [each.bidders for each in selection.rejected] == [("A", "B", "C"), ("A", "D", "E")]


@given(order=st.permutations(range(8)), points=st.permutations(range(8)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_files_never_changes_the_award(order: list[int], points: list[int]) -> None:
    """Bids and score sheet permuted: the same selection, down to the places and the lots."""
    tender, sheet, bids = _tied()
    expected = select(tender, sheet, bids)
    shuffled = replace(sheet, bids=tuple(sheet.bids[place] for place in points))
    assert select(tender, shuffled, [bids[place] for place in order]) == expected


def test_near_ties_are_listed_without_the_ties() -> None:
    """Two points of difference were announced; of the sets with 264 points two can serve both areas."""
    selection = select(*_tied())
    assert [each.bidders for each in selection.near_ties] == [("B", "D", "E"), ("C", "D", "E")]
    assert {each.points for each in selection.near_ties} == {264}


def test_quality_is_asked_before_lots() -> None:
    """The published rule in its order; no seed is needed when lots are not."""
    tender, _, bids = _tied()
    points = dict(zip("ABCDEFGH", (90, 88, 88, 88, 88, 60, 50, 40), strict=True))
    sheet = make_sheet(tender, points, quality=[5, 1, 2, 1, 2, 0, 0, 0])
    selection = select_providers(tender, sheet, bids, None)
    assert selection.chosen.bidders == ("A", "C", "E")
    assert (selection.tie_key, selection.lots) == ("quality-points", ())


def test_the_budget_decides_exactly() -> None:
    """The better pair costs a cent more than the ceiling allows; a cent more of ceiling and it wins."""
    for ceiling, chosen in (("1199.99", ("A", "C")), ("1200.00", ("A", "B"))):
        tender = selection_tender({("here", "all"): 10}, providers=2, ceiling=ceiling)
        bids = [
            make_bid(tender, "A", total=5, prices=Decimal("10.00")),
            make_bid(tender, "B", total=5, prices=Decimal("10.00")),
            make_bid(tender, "C", total=5, prices=Decimal("9.00")),
        ]
        selection = select(tender, make_sheet(tender, {"A": 90, "B": 80, "C": 70}), bids)
        assert selection.chosen.bidders == chosen
        if chosen == ("A", "C"):
            assert [said(o) for o in selection.rejected[0].obstacles] == ["budget cost 1200 ceiling 1199.99"]
            assert selection.yearly_cost == Decimal("1140.00")


def test_a_bid_below_the_quality_floor_is_passed_by_with_its_reason() -> None:
    """The floor was announced; the set with the higher sum is listed with the points that it lacks."""
    tender = selection_tender({("here", "all"): 10}, providers=1, minimum_quality="30")
    bids = [make_bid(tender, who) for who in "AB"]
    selection = select(tender, make_sheet(tender, {"A": 90, "B": 80}, quality=[Fraction("29.99"), 30]), bids)
    assert selection.chosen.bidders == ("B",)
    assert [said(o) for o in selection.rejected[0].obstacles] == ["minimum_quality bidder A quality 29.99 minimum 30"]


def test_too_few_acceptable_bids_are_refused_with_the_reason() -> None:
    """Two providers wanted, one bid over the floor."""
    tender = selection_tender({("here", "all"): 10}, providers=2, minimum_quality="30")
    sheet = make_sheet(tender, {"A": 90, "B": 80}, quality=[20, 30])
    with pytest.raises(BlockedError) as error:
        select(tender, sheet, [make_bid(tender, who) for who in "AB"])
    assert [finding.rule for finding in error.value.findings] == ["award.obstacle-minimum-quality"]


def test_a_cell_that_no_set_covers_is_named() -> None:
    """Nobody offers enough places for one group in one area."""
    tender = selection_tender({("north", "g"): 10, ("south", "h"): 10}, providers=2)
    cells = {("north", "g"): 10, ("south", "h"): 4, ("north", "h"): 0, ("south", "g"): 0}
    bids = [make_bid(tender, who, cells=cells) for who in "ABC"]
    with pytest.raises(BlockedError) as error:
        select(tender, make_sheet(tender, {"A": 3, "B": 2, "C": 1}), bids)
    assert error.value.message == "award.no-feasible-set"
    assert {finding.values.get("area") for finding in error.value.findings} == {"south"}
    assert all(finding.values["capacity"] == "8" for finding in error.value.findings)


def test_points_of_another_method_are_refused() -> None:
    """A sheet under another hash is not this tender's."""
    tender = selection_tender()
    sheet = replace(make_sheet(tender, {"A": 1}), award_hash="0" * 64)
    with pytest.raises(FrozenError):
        select(tender, sheet, [make_bid(tender, "A")])


def test_a_scored_bid_that_is_not_there_is_refused() -> None:
    """Points without a bid have no capacity."""
    tender = selection_tender(providers=1)
    with pytest.raises(BlockedError, match=r"award\.bid-missing"):
        select(tender, make_sheet(tender, {"A": 1}), [make_bid(tender, "B")])


def test_a_tender_that_admits_all_suitable_chooses_none() -> None:
    """KHO 2018:91: without ranking there is nothing to select."""
    tender = selection_tender()
    dynamic = replace(tender.framework.dynamic, admit_all_suitable=True)
    tender = replace(tender, framework=replace(tender.framework, dynamic=dynamic))
    with pytest.raises(BlockedError, match=r"award\.all-admitted"):
        select(tender, make_sheet(tender, {"A": 1}), [make_bid(tender, "A")])


def _lies(change: Callable[[dict[str, int]], dict[str, int]]) -> Callable[[Model], Solution]:
    """A solver whose answer is tampered with."""

    def lying(model: Model) -> Solution:
        honest = solve(model)
        return replace(honest, values=change(dict(honest.values)), solver="liar")

    return lying


def _take_better_set(values: dict[str, int]) -> dict[str, int]:
    return {**values, "chosen[B]": 1, "chosen[D]": 0}


def _feasible_but_worse(values: dict[str, int]) -> dict[str, int]:
    """{A, D, E} can serve 1,400 too, with fewer points."""
    names = dict.fromkeys(values, 0)
    chosen = {f"chosen[{who}]": 1 for who in "ADE"}
    return {**names, **chosen, "places[A,here,all]": 300, "places[D,here,all]": 700, "places[E,here,all]": 400}


def _a_client_too_few(values: dict[str, int]) -> dict[str, int]:
    """One client fewer than the tender's 1,400 has a place, whichever plan the solver chose."""
    places = {name: value for name, value in values.items() if name.startswith("places[")}
    largest = max(places, key=lambda name: places[name])
    return {**values, largest: places[largest] - (sum(places.values()) - 1399)}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (_take_better_set, "award.solver-broke-rows"),
        (_feasible_but_worse, "award.solver-disagrees"),
        (_a_client_too_few, "award.solver-broke-rows"),
        (lambda values: {**values, "chosen[E]": 1}, "award.solver-broke-rows"),
        (lambda values: {**values, "chosen[A]": 2}, "award.solver-broke-rows"),
        (
            lambda values: {name: value for name, value in values.items() if name != "chosen[A]"},
            "award.solver-broke-rows",
        ),
    ],
)
def test_a_lying_solver_is_caught(change: Callable[[dict[str, int]], dict[str, int]], error: str) -> None:
    """An infeasible set, a worse set, a client too few, a provider too many, no whole answer: each is refused."""
    tender = selection_tender()
    bids = [make_bid(tender, who, total=most, cells=most) for who, most in _WORKED.items()]
    sheet = make_sheet(tender, dict(zip("ABCDE", (90, 88, 85, 80, 70), strict=True)))
    with pytest.raises(SolverError) as caught:
        select_providers(tender, sheet, bids, SEED, solver=_lies(change))
    assert caught.value.message == error


def test_a_solver_that_denies_is_caught() -> None:
    """The exact search holds a set in its hand that serves everyone."""
    tender = selection_tender(providers=1, cap=1400)
    with pytest.raises(SolverError, match=r"award\.solver-denies"):
        select_providers(
            tender,
            make_sheet(tender, {"A": 1}),
            [make_bid(tender, "A", total=1400, cells=1400)],
            SEED,
            solver=lambda _: Solution(Status.INFEASIBLE, {}, "liar"),
        )


def test_a_solver_that_breaks_the_budget_is_asked_again_and_then_refused() -> None:
    """A set on the budget's edge is excluded and the solver asked again; one that insists is refused."""
    tender = selection_tender({("here", "all"): 10}, providers=1, ceiling="1000")
    bids = [make_bid(tender, "A", prices=Decimal(10)), make_bid(tender, "B", prices=Decimal(5))]
    sheet = make_sheet(tender, {"A": 90, "B": 80})
    asked: list[Model] = []

    def careless(model: Model) -> Solution:
        """Overlooks the budget row, as a float tolerance might, and honours the rest."""
        asked.append(model)
        return solve(replace(model, rows=tuple(row for row in model.rows if row.name != "budget")))

    selection = select_providers(tender, sheet, bids, SEED, solver=careless)
    assert selection.chosen.bidders == ("B",)
    assert len(asked) == 2
    assert asked[1].rows[-1].name == "excluded[1]"


def brute_force(tender: Tender, sheet: ScoreSheet, bids: list[Bid]) -> list[tuple[str, ...]]:
    """The best feasible sets by listing them all; shares only the feasibility test, which the solver's rows oppose."""
    problem = read_problem(tender, sheet, bids)
    scored = {bid.bidder: bid for bid in sheet.bids}
    feasible = [
        tuple(sorted(problem.candidates[member].scored.bidder for member in members))
        for members in combinations(range(len(problem.candidates)), problem.providers)
        if not problem.obstacles_of(members)
    ]

    def own_worth(bidder: str) -> Fraction:
        bid = scored[bidder]
        if problem.rule.method is SelectionMethod.LOWEST_PRICE:
            return -bid.comparison_price
        if problem.rule.method is SelectionMethod.MONEY_VALUE:
            return 1000 * bid.quality - bid.comparison_price
        return bid.total

    def worth(bidders: tuple[str, ...]) -> tuple[Fraction, ...]:
        own = sorted(map(own_worth, bidders), reverse=True)
        return tuple(own) if problem.rule.method is SelectionMethod.BEST_RANKED else (sum(own, Fraction(0)),)

    best = max(map(worth, feasible), default=())
    return sorted(bidders for bidders in feasible if worth(bidders) == best)


def with_rules(draw: st.DrawFn, tender: Tender) -> Tender:
    """Now and then one or two of the rules that a tender may leave out."""
    often = st.sampled_from([None, None, None, 1, 2])
    rule = replace(
        tender.award.selection,
        point_value=Decimal(1000),
        choice_least=draw(often),
        withstand_loss=draw(st.integers(0, 4)) == 0,
        viable_clients=draw(often),
        separate_companies=draw(st.booleans()),
    )
    return replace(tender, award=replace(tender.award, selection=rule))


@st.composite
def tenders(draw: st.DrawFn, method: SelectionMethod) -> tuple[Tender, ScoreSheet, list[Bid]]:
    """Random small selections with many ties, tight capacities and often a tight budget."""
    number = st.integers(0, 12)
    needs = {(area, group): draw(number) for area in "ab" for group in "gh"}
    needs["a", "g"] += 1
    ceiling = draw(st.one_of(st.none(), st.integers(0, 40).map(lambda price: str(price * 12 * sum(needs.values())))))
    plain = selection_tender(needs, providers=draw(st.integers(1, 3)), cap=30, method=method, ceiling=ceiling)
    tender = with_rules(draw, plain)
    bidders = "ABCDEF"[: draw(st.integers(3, 6))]
    cells = st.fixed_dictionaries(dict.fromkeys(needs, number))
    bids = [
        replace(
            make_bid(
                tender,
                who,
                total=draw(st.integers(1, 40)),
                cells=draw(cells),
                prices=draw(st.integers(0, 60).map(Decimal)),
            ),
            companies=draw(st.sampled_from([(), (), ("1",), ("2",)])),
        )
        for who in bidders
    ]
    points = st.sampled_from([Fraction(80), Fraction(75), Fraction(70), Fraction(211, 3), Fraction("70.35")])
    totals = {who: draw(points) for who in bidders}
    price, quality = st.sampled_from([90_000, 100_000, 100_000]), st.sampled_from([40, 45, 50])
    further = {"price": [draw(price) for _ in bidders], "quality": [draw(quality) for _ in bidders]}
    return tender, make_sheet(tender, totals, **further), bids


@pytest.mark.parametrize("method", SelectionMethod)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_search_solver_and_brute_force_agree(method: SelectionMethod, data: st.DataObject) -> None:
    """Three ways to the same sets, or to the same refusal."""
    tender, sheet, bids = data.draw(tenders(method))
    expected = brute_force(tender, sheet, bids)
    if not expected:
        with pytest.raises(BlockedError, match=r"award\.no-feasible-set") as error:
            select(tender, sheet, bids)
        assert error.value.findings
        return
    selection = select(tender, sheet, bids)
    assert [each.bidders for each in selection.ties] == expected
    assert selection.solver_agrees
    assert all(level.certificate.optimal for level in selection.proof)
