"""The published tie rule decides, and lots replay for ever."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.award.ties import break_tie, draw_lots
from tender.errors import BlockedError
from tender.model.awards import ProviderSet
from tender.model.criteria import TieKey

RULE = (TieKey.QUALITY_POINTS, TieKey.COMPARISON_PRICE, TieKey.LOTS)


def provider_set(bidders: str, quality: int = 0, price: int = 0) -> ProviderSet:
    """A set with 266 points."""
    return ProviderSet(tuple(bidders), Fraction(266), Fraction(quality), Fraction(price))


def test_one_set_needs_no_rule() -> None:
    """No tie, no key, no lots, no seed."""
    decided = break_tie([provider_set("AB")], RULE, "ABC", None)
    assert (decided.chosen.bidders, decided.key, decided.lots) == (("A", "B"), "", ())


def test_quality_goes_first_then_price() -> None:
    """In the published order, each only when the one before leaves several."""
    sets = [provider_set("AB", 10, 5), provider_set("AC", 12, 9), provider_set("BC", 12, 7)]
    assert break_tie(sets, RULE, "ABC", None).chosen.bidders == ("B", "C")
    assert break_tie(sets, RULE, "ABC", None).key == "comparison-price"
    swapped = (TieKey.COMPARISON_PRICE, TieKey.QUALITY_POINTS, TieKey.LOTS)
    assert break_tie(sets, swapped, "ABC", None).chosen.bidders == ("A", "B")
    assert break_tie(sets[:2], RULE, "ABC", None).key == "quality-points"


def test_lots_replay() -> None:
    """By `printf seedA | sha256sum` and so on: A 93f5…, C c1cd…, B eef9…."""
    assert draw_lots("ABC", b"seed") == ("A", "C", "B")


def test_lots_decide_by_the_best_lot_then_the_next() -> None:
    """Lots A, C, B: the sets with A go on, and among them C's lot is better than B's."""
    decided = break_tie([provider_set("AB"), provider_set("AC"), provider_set("BC")], RULE, "ABC", b"seed")
    assert decided.chosen.bidders == ("A", "C")
    assert decided.key == "lots"
    assert decided.lots == ("A", "C", "B")


def test_lots_compare_the_best_one_first() -> None:
    """Lots D, A, C, B: B and D hold places 1 and 4, A and C hold 2 and 3; place 1 wins."""
    assert draw_lots("ABCD", b"seed") == ("D", "A", "C", "B")
    assert break_tie([provider_set("AC"), provider_set("BD")], RULE, "ABCD", b"seed").chosen.bidders == ("B", "D")


@pytest.mark.parametrize("seed", [None, b""])
def test_lots_without_a_seed_are_refused(seed: bytes | None) -> None:
    """Nobody draws by a seed that was not committed to."""
    with pytest.raises(BlockedError, match=r"award\.lots-seed-missing"):
        break_tie([provider_set("AB"), provider_set("AC")], RULE, "ABC", seed)


def test_a_rule_that_leaves_a_tie_is_refused() -> None:
    """The solver, or the order of files, never decides instead."""
    with pytest.raises(BlockedError, match=r"award\.tie-undecided"):
        break_tie([provider_set("AB"), provider_set("AC")], RULE[:2], "ABC", b"seed")


@given(seed=st.binary(min_size=1, max_size=32), order=st.permutations("ABCDEFGH"))
def test_lots_do_not_depend_on_the_order_of_bidders(seed: bytes, order: list[str]) -> None:
    """And leaving a bidder out never changes the order of the others."""
    drawn = draw_lots(order, seed)
    assert drawn == draw_lots("ABCDEFGH", seed)
    assert [bidder for bidder in drawn if bidder != "D"] == list(draw_lots("ABCEFGH", seed))
