"""Industries to producers: against trying everything; lots within industries; power against known numbers."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.design.allocation import allocate, draw_within, power

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
