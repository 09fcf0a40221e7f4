"""Rules that look at a set as such: each is broken and kept by small cases, in the search and in the model alike."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.selection import select_providers
from evaluation.statements import statements
from tender.errors import BlockedError
from tender.model.bids import Bid
from tender.model.criteria import SelectionMethod, TieKey
from tender.model.tender import Tender
from tests.evaluation.award.build import make_bid, make_sheet, selection_tender

NEEDS = {("a", "g"): 6, ("b", "g"): 4}
POINTS = {"A": 90, "B": 80, "C": 70, "D": 60}


def ruled(tender: Tender, **rules: object) -> Tender:
    """`tender` with further rules of selection."""
    return replace(tender, award=replace(tender.award, selection=replace(tender.award.selection, **rules)))  # type: ignore[arg-type]


def chosen(tender: Tender, bids: list[Bid], **further: list[int]) -> tuple[str, ...]:
    """Who is chosen, the solver and the proof agreeing."""
    sheet = make_sheet(tender, dict(list(POINTS.items())[: len(bids)]), **further)
    selection = select_providers(tender, sheet, bids, b"seed")
    assert selection.solver_agrees
    assert all(level.certificate.optimal for level in selection.proof)
    return selection.chosen.bidders


def bids_of(tender: Tender, **cells: tuple[int, int]) -> list[Bid]:
    """Bids by their places in the two areas."""
    return [
        make_bid(tender, name, total=sum(pair), cells={("a", "g"): pair[0], ("b", "g"): pair[1]})
        for name, pair in cells.items()
    ]


def test_a_real_choice() -> None:
    """A and B serve everyone, but only A serves area b: C comes in for B."""
    plain = selection_tender(NEEDS, providers=2)
    bids = bids_of(plain, A=(6, 4), B=(6, 0), C=(6, 1))
    assert chosen(plain, bids) == ("A", "B")
    assert chosen(ruled(plain, choice_least=2), bids) == ("A", "C")


def test_the_loss_of_any_one() -> None:
    """Without A, 9 of 10 places are left; the next best pair is C and D, of whom each could serve alone."""
    plain = selection_tender(NEEDS, providers=2)
    bids = bids_of(plain, A=(6, 4), B=(5, 4), C=(6, 4), D=(6, 4))
    assert chosen(plain, bids) == ("A", "B")
    assert chosen(ruled(plain, withstand_loss=True), bids) == ("A", "C")


def test_three_times_700_for_1400_is_just_secure() -> None:
    """The source's case: with any one of them gone, 1 400 places are left; with 699 it is not."""
    plain = ruled(selection_tender(providers=3), withstand_loss=True)
    three = [make_bid(plain, name) for name in "ABC"]
    assert chosen(plain, three) == ("A", "B", "C")
    with pytest.raises(BlockedError, match=r"award\.no-feasible-set") as error:
        chosen(plain, [*three[:2], make_bid(plain, "C", total=699)])
    assert {finding.rule for finding in error.value.findings} == {"award.obstacle-loss"}


def test_a_viable_number_of_clients() -> None:
    """B reaches 2 clients only: where 3 are needed to live, C is chosen; the plan gives everyone its least number."""
    plain = selection_tender(NEEDS, providers=2)
    bids = bids_of(plain, A=(6, 4), B=(2, 0), C=(6, 4))
    assert chosen(plain, bids) == ("A", "B")
    strict = ruled(plain, viable_clients=3)
    assert chosen(strict, bids) == ("A", "C")
    sheet = make_sheet(strict, dict(list(POINTS.items())[:3]))
    plan = select_providers(strict, sheet, bids, None).places
    assert all(sum(place.clients for place in plan if place.bidder == who) >= 3 for who in "AC")
    assert sum(place.clients for place in plan) == 10


def test_companies_behind_two_bids() -> None:
    """A group's member in another bid keeps the two apart, if the rule is announced."""
    plain = selection_tender(NEEDS, providers=2)
    bids = bids_of(plain, A=(6, 4), B=(6, 4), C=(6, 4))
    tied = [replace(bids[0], companies=("1",)), replace(bids[1], business_id="1"), bids[2]]
    assert chosen(plain, tied) == ("A", "B")
    assert chosen(ruled(plain, separate_companies=True), tied) == ("A", "C")


def test_objectives_in_euros() -> None:
    """The lowest sum of prices; then with quality at 1 000 euros a point the dear and good one is worth it."""
    plain = ruled(selection_tender(NEEDS, providers=1), method=SelectionMethod.LOWEST_PRICE)
    bids = bids_of(plain, A=(6, 4), B=(6, 4), C=(6, 4))
    further = {"price": [12_000, 10_000, 11_000], "quality": [50, 40, 45]}
    assert chosen(plain, bids, **further) == ("B",)
    valued = ruled(plain, method=SelectionMethod.MONEY_VALUE, point_value=Decimal(1000))
    assert chosen(valued, bids, **further) == ("A",)


def test_a_chain_of_objectives_comes_before_the_tie_rule() -> None:
    """Equal points: the price decides where it is announced, else the tie rule's quality."""
    plain = selection_tender(NEEDS, providers=1)
    plain = replace(plain, award=replace(plain.award, tie_rule=(TieKey.QUALITY_POINTS, TieKey.LOTS)))
    chain = ruled(plain, then=(SelectionMethod.LOWEST_PRICE,))
    for tender, winner, key in ((plain, "B", "quality-points"), (chain, "A", "lowest-price")):
        sheet = make_sheet(tender, {"A": 90, "B": 90}, price=[10_000, 11_000], quality=[40, 50])
        selection = select_providers(tender, sheet, bids_of(tender, A=(6, 4), B=(6, 4)), b"seed")
        assert (selection.chosen.bidders, selection.tie_key) == ((winner,), key)
        assert len(selection.ties) == 2
        assert len(selection.proof) == 1 + len(tender.award.selection.then)


def test_near_ties_in_euros_are_listed_by_the_worth_of_a_point() -> None:
    """Within 2 points of 1 000 euros each: B is 1 500 away, C 2 500."""
    plain = ruled(
        selection_tender(NEEDS, providers=1, near_tie="2"),
        method=SelectionMethod.LOWEST_PRICE,
        point_value=Decimal(1000),
    )
    sheet = make_sheet(plain, {"A": 90, "B": 80, "C": 70}, price=[10_000, 11_500, 12_500])
    selection = select_providers(plain, sheet, bids_of(plain, A=(6, 4), B=(6, 4), C=(6, 4)), None)
    assert [near.bidders for near in selection.near_ties] == [("B",)]
    assert selection.near_ties[0].points == Fraction(80)


def test_declared_rules_are_printed_with_their_symbols() -> None:
    """The statement names what is declared, and only that."""
    base = selection_tender(NEEDS, providers=2)
    full = ruled(base, choice_least=2, viable_clients=3, point_value=Decimal(500), withstand_loss=True)
    for tender, symbols in ((base, set()), (full, {"A", "E", "V"})):
        said = next(each for each in statements(tender) if each.id == "selection@1")
        assert {symbol.name for symbol in said.symbols} & {"A", "E", "V"} == symbols
        assert bool(said.facts["loss"]) == (tender is full)
