"""Admissibility: every reason at once, a blank is never zero, nothing is demanded that was not announced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.admissibility import PublishedHashes, admit, admitted_bids
from tender.errors import Severity
from tender.language import Language
from tender.model.bids import Bid, QualityScore, Reply
from tender.model.methods import award_hash, payment_hash
from tender.model.prices import PriceForm, price_cells
from tender.model.tender import Tender
from tender.words import words
from tests.evaluation.award.build import cases, make_bid, with_criteria
from tests.sample import sample_tender

TENDER = sample_tender()


def hashes(tender: Tender = TENDER) -> PublishedHashes:
    """The hashes that forms of `tender` carry."""
    return PublishedHashes(award_hash(tender), payment_hash(tender))


def _blank(value: Any) -> Any:
    return None if value == "blank" else value


def _changed(bid: Bid, case: dict[str, Any]) -> Bid:
    prices = {cell: None if price == "blank" else Decimal(price) for cell, price in case.get("prices", {}).items()}
    capacity = {tuple(cell.split("/")): _blank(clients) for cell, clients in case.get("capacity", {}).items()}
    replies = {
        field: {name: None if reply == "blank" else Reply(reply) for name, reply in case.get(field, {}).items()}
        for field in ("suitability", "annexes")
    }
    return replace(
        bid,
        prices={**bid.prices, **prices},
        capacity={**bid.capacity, **capacity},
        capacity_total=_blank(case.get("capacity_total", bid.capacity_total)),
        suitability={**bid.suitability, **replies["suitability"]},
        annexes={**bid.annexes, **replies["annexes"]},
        award_hash=case.get("award_hash", bid.award_hash),
        payment_hash=case.get("payment_hash", bid.payment_hash),
    )


@pytest.mark.parametrize("case", cases("award-admissibility"), ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """Every case that a lawyer can read; each finding blocks, names the bidder and has words."""
    (admission,) = admit(TENDER, [_changed(make_bid(TENDER, "A"), case)], hashes())
    assert [finding.rule for finding in admission.findings] == case["findings"]
    assert admission.admitted == (not case["findings"])
    for finding in admission.findings:
        assert finding.severity is Severity.BLOCK
        for language in Language:
            assert "Tuottaja A" in words(language).finding(finding).text


def test_zero_may_be_tendered_where_the_tender_says_so() -> None:
    """An allowed zero is still held to the range."""
    prices = replace(TENDER.prices, zero_allowed=True)
    tender = replace(TENDER, prices=prices)
    bid = make_bid(tender, "A", prices={"capitation": Decimal(0), "outcome": Decimal("0.8")})
    (admission,) = admit(tender, [bid], hashes(tender))
    assert [finding.rule for finding in admission.findings] == ["award.price-outside"]


def test_a_price_is_called_as_the_call_for_tenders_calls_it() -> None:
    """The base price, or the price of a group by the group's name: never the id of a cell."""
    part = TENDER.prices.capitation
    ranges = {group.id: part.base for group in TENDER.groups if part.base}
    per_group = replace(part, form=PriceForm.PER_GROUP, base=None, weights=None, groups=ranges)
    for changed, expected in ((part, "perushinta"), (per_group, TENDER.groups[0].name.fi)):
        tender = replace(TENDER, prices=replace(TENDER.prices, capitation=changed))
        bid = make_bid(tender, "A", prices={price_cells(tender.prices)[0].id: None})
        (admission,) = admit(tender, [bid], hashes(tender))
        said = [words(Language.FI).finding(finding).text for finding in admission.findings]
        assert f"Tarjouksesta Tuottaja A puuttuu hinta: kapitaatiohinta ({expected}). Tyhjä ei ole nolla." in said


def test_a_bidder_with_two_bids_is_not_admitted_before_it_is_cleared() -> None:
    """The same id, or the same business id under two names: which one counts is for people to say."""
    one, other, third = make_bid(TENDER, "A"), make_bid(TENDER, "B"), make_bid(TENDER, "C")
    twice = admit(TENDER, [one, replace(one, file="again.xlsx"), third], hashes())
    assert [(a.bidder, a.admitted) for a in twice] == [("A", False), ("A", False), ("C", True)]
    same = [replace(one, business_id="1234567-8"), replace(other, business_id="1234567-8 "), third]
    found = admit(TENDER, same, hashes())
    assert [(a.bidder, a.admitted) for a in found] == [("A", False), ("B", False), ("C", True)]
    assert found[0].findings[0].rule == "award.duplicate-bidder"


def test_bidders_without_a_business_id_are_not_duplicates() -> None:
    """A blank business id matches nobody."""
    assert all(a.admitted for a in admit(TENDER, [make_bid(TENDER, "A"), make_bid(TENDER, "B")], hashes()))


def test_a_level_below_the_announced_minimum_is_not_admitted() -> None:
    """KHO 2013:160: a minimum is lawful when it is announced; the minimum itself is enough."""
    leaf = replace(TENDER.award.leaves()[1], minimum=2)
    tender = with_criteria(TENDER, leaf)
    bids = [make_bid(tender, "A"), make_bid(tender, "B"), make_bid(tender, "C")]
    levels = [QualityScore(bidder, leaf.id, level, "syy") for bidder, level in (("A", 1), ("B", 2), ("C", None))]
    found = admit(tender, bids, hashes(tender), levels)
    assert [admission.admitted for admission in found] == [False, True, True]
    assert found[0].findings[0].rule == "award.level-below-minimum"
    assert found[0].findings[0].values["minimum"] == "2"


def test_admitted_bids_are_those_that_were_admitted() -> None:
    """In the order of their ids, whatever the order of the files."""
    bids = [make_bid(TENDER, "C"), make_bid(TENDER, "B", total=None), make_bid(TENDER, "A")]
    assert [bid.bidder for bid in admitted_bids(bids, admit(TENDER, bids, hashes()))] == ["A", "C"]


@given(st.permutations("ABCDE"))
def test_the_order_of_the_files_does_not_matter(order: list[str]) -> None:
    """Admissions come in the order of bidder ids."""
    bids = [make_bid(TENDER, bidder, total=None if bidder == "B" else 100) for bidder in order]
    assert admit(TENDER, bids, hashes()) == admit(TENDER, sorted(bids, key=lambda bid: bid.bidder), hashes())
