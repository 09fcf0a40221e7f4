"""Industries to producers: against trying everything; lots within industries; power against known numbers."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.design.allocation import allocate, allocation_model, draw_within, power

PRODUCERS = ("own", "first", "second")
mixes = st.dictionaries(
    st.sampled_from(["care", "food", "metal", "shops", "wood"]),
    st.fixed_dictionaries({"easy": st.integers(0, 30), "hard": st.integers(0, 30)}),
    min_size=1,
)


def deviation(mix: dict[str, dict[str, int]], held: dict[str, str]) -> Fraction:
    """The largest deviation from a third, reckoned anew."""
    worst = Fraction(0)
    for group in (None, "easy", "hard"):
        sizes = {name: own[group] if group else sum(own.values()) for name, own in mix.items()}
        for producer in PRODUCERS:
            own = sum(size for name, size in sizes.items() if held[name] == producer)
            worst = max(worst, abs(own - Fraction(sum(sizes.values()), 3)))
    return worst


@given(mixes)
@settings(max_examples=25, deadline=None)
def test_no_allocation_deviates_less(mix: dict[str, dict[str, int]]) -> None:
    """Every industry has one producer; the largest deviation is that of the best of all allocations."""
    found = allocate(mix, PRODUCERS)
    assert found.certificate.optimal
    assert set(found.held) == set(mix)
    every = (dict(zip(mix, who, strict=True)) for who in product(PRODUCERS, repeat=len(mix)))
    assert found.worst == deviation(mix, dict(found.held)) == min(deviation(mix, held) for held in every)


def test_numbers_of_clients_alone_are_not_enough() -> None:
    """Three industries of 60: each gets one whatever the mix; with six of 30 the mix can be even, and is."""
    pairs = {
        f"{letter}{number}": {"easy": 30 * (number % 2), "hard": 30 * (1 - number % 2)}
        for letter in "abc"
        for number in (0, 1)
    }
    found = allocate(pairs, PRODUCERS)
    assert found.worst == 0
    for producer in PRODUCERS:
        assert sorted(name[1] for name, who in found.held.items() if who == producer) == ["0", "1"]


def test_clients_are_drawn_within_their_industry() -> None:
    """Evenly up to one, the same for the same seed, another for another, and whatever order they come in."""
    clients = {"care": [f"c{number}" for number in range(31)], "wood": [f"w{number}" for number in range(8)]}
    held = draw_within(clients, PRODUCERS, b"seed")
    for ids in clients.values():
        counts = Counter(held[each] for each in ids)
        assert max(counts.values()) - min(counts.values()) <= 1
    backwards = {industry: list(reversed(ids)) for industry, ids in clients.items()}
    assert draw_within(backwards, PRODUCERS, b"seed") == held
    assert draw_within(clients, PRODUCERS, b"other") != held


def test_power_is_that_of_the_textbook() -> None:
    """20 against 30 per cent with 294 in each group is 80 per cent; no difference is seen as rarely as by chance."""
    assert power(294, 0.2, 0.1) == pytest.approx(0.80, abs=0.01)
    assert power(294, 0.2, 0.0) == pytest.approx(0.025)
    assert power(100, 0.0, 0.0) == 1.0
    assert power(2000, 0.2, 0.1) > power(200, 0.2, 0.1)


def test_the_rows_of_an_allocation_are_those_that_are_announced() -> None:
    """Two producers, care 3 + 1 and wood 0 + 2: shares in twos, so that half a client stays a whole number."""
    model = allocation_model({"care": {"easy": 3, "hard": 1}, "wood": {"easy": 0, "hard": 2}}, ("p", "q"))
    rows = {row.name: (dict(row.terms), row.sense.value, row.limit) for row in model.rows}
    assert len(rows) == len(model.rows) == 2 + 2 * 3 * 2
    assert rows["industry[care]"] == ({"taken[care,p]": 1, "taken[care,q]": 1}, "=", 1)
    assert rows["share_above[p,all]"] == ({"taken[care,p]": 8, "taken[wood,p]": 4, "worst": -1}, "<=", 6)
    assert rows["share_below[p,all]"] == ({"taken[care,p]": 8, "taken[wood,p]": 4, "worst": 1}, ">=", 6)
    assert rows["share_above[q,easy]"] == ({"taken[care,q]": 6, "worst": -1}, "<=", 3)
    assert rows["share_below[q,hard]"] == ({"taken[care,q]": 2, "taken[wood,q]": 4, "worst": 1}, ">=", 3)
    assert model.objective == (("worst", -1),)
    found = allocate({"care": {"easy": 3, "hard": 1}, "wood": {"easy": 0, "hard": 2}}, ("p", "q"))
    assert found.worst == Fraction(3, 2), "all the easy ones are on one side"


def test_a_lot_within_an_industry_is_the_one_that_was_published() -> None:
    """Reckoned again from the digests, as anybody with the seed can; remainders do not always begin with the first."""
    clients = {f"i{number}": [f"{number}-{each}" for each in range(4)] for number in range(12)}
    held, firsts = draw_within(clients, PRODUCERS, b"seed"), set()
    for industry, ids in clients.items():
        digest = {each: sha256(f"seed\x1f{industry}\x1f{each}".encode()).digest() for each in ["", *ids]}
        first = int.from_bytes(digest[""][:8], "big") % 3
        firsts.add(first)
        for place, each in enumerate(sorted(ids, key=digest.__getitem__)):
            assert held[each] == PRODUCERS[(first + place) % 3]
    assert firsts == {0, 1, 2}


def test_power_is_the_same_either_way_and_falls_with_a_stricter_level() -> None:
    """A difference of -0.1 from 0.3 is one of 0.1 from 0.2; at 1 per cent 80 becomes 59."""
    assert power(294, 0.3, -0.1) == pytest.approx(power(294, 0.2, 0.1))
    assert power(294, 0.2, 0.1, level=0.01) == pytest.approx(0.59, abs=0.01)
