"""What a case is split on: reckoned by hand, with and without experience."""

from __future__ import annotations

import pytest

from evaluation.certificate.gains import Gains, Split
from evaluation.certificate.verifier import Limits

FREE: Limits = ([0, 0, 0], [1, 1, 1])


def test_without_experience_the_most_fractional_splits() -> None:
    """0.5 · 0.5 is more than 0.8 · 0.2; of equal ones the first; whole ones never while another is not."""
    assert Gains(3).choose(FREE, [0.2, 0.5, 0.8]) == (1, 0)
    assert Gains(3).choose(FREE, [1.0, 0.5, 0.5]) == (1, 0)
    assert Gains(3).choose(FREE, [0.0, 1.0, 0.999]) == (2, 0)


def test_below_zero_the_limit_is_the_next_lower_number() -> None:
    """-0.5 lies between -1 and 0; 1.25 between 1 and 2."""
    assert Gains(2).choose(([-1, 0], [0, 4]), [-0.5, 2.0]) == (0, -1)
    assert Gains(2).choose(([-1, 0], [0, 4]), [0.0, 1.25]) == (1, 1)


def test_a_fraction_outside_its_case_splits_nothing() -> None:
    """A settled variable whose value floats off by rounding is passed over: both halves must be smaller."""
    assert Gains(3).choose(([1, 0, 0], [1, 1, 1]), [0.5, 0.9, 1.0]) == (1, 0)
    assert Gains(3).choose(([0, 0, 0], [0, 1, 1]), [0.5, 0.9, 1.0]) == (1, 0)


def test_what_gained_before_is_split_again_and_the_untried_counts_as_the_mean() -> None:
    """Downwards: 10 for the first, 100 for the second, so 55 for the third; upwards everybody counts as 1."""
    gains = Gains(3)
    gains.learn(Split(0, up=False, moved=0.5, bound=100), 95)
    gains.learn(Split(1, up=False, moved=0.5, bound=100), 50)
    assert gains.choose(FREE, [0.5, 0.5, 0.5]) == (1, 0)
    assert gains.choose(FREE, [0.5, 1.0, 0.5]) == (2, 0)
    assert gains.choose(FREE, [0.5, 1.0, 0.95]) == (2, 0), "55 · 0.95 · 0.05 is 2.6; 10 · 0.5 · 0.5 is 2.5"
    assert gains.choose(FREE, [0.5, 1.0, 0.96]) == (0, 0), "55 · 0.96 · 0.04 is 2.1"


def test_both_sides_are_learned_apart_and_on_average() -> None:
    """Upwards the first gained 40 and 0, on average 20; the second 30 at once: the second is better."""
    gains = Gains(2)
    case: Limits = ([0, 0], [1, 1])
    gains.learn(Split(0, up=True, moved=1.0, bound=40), 0)
    assert gains.choose(case, [0.5, 0.5]) == (0, 0)
    gains.learn(Split(1, up=True, moved=1.0, bound=30), 0)
    assert gains.choose(case, [0.5, 0.5]) == (0, 0)
    gains.learn(Split(0, up=True, moved=1.0, bound=40), 40)
    assert gains.choose(case, [0.5, 0.5]) == (1, 0)


def test_both_sides_must_gain() -> None:
    """50 downwards and 1 upwards is worth less than 8 either way: the product counts, side by side."""
    gains = Gains(2)
    for variable, up, bound in ((0, False, 50), (0, True, 1), (1, False, 8), (1, True, 8)):
        gains.learn(Split(variable, up=up, moved=1.0, bound=bound), 0)
    assert gains.choose(([0, 0], [1, 1]), [0.5, 0.5]) == (1, 0)


def test_gains_are_reckoned_for_a_whole_step() -> None:
    """10 gained by a quarter of a step is 40 a step, more than 20 by a whole one."""
    gains = Gains(2)
    gains.learn(Split(0, up=False, moved=0.25, bound=10), 0)
    gains.learn(Split(1, up=False, moved=1.0, bound=20), 0)
    assert gains.choose(([0, 0], [1, 1]), [0.5, 0.5]) == (0, 0)


def test_a_side_that_never_gained_does_not_hide_the_other() -> None:
    """Nothing downwards for both: what upwards gained still tells them apart, and a move of nothing divides nothing."""
    gains = Gains(2)
    for variable, bound in ((0, 1_000), (1, 5_000_000)):
        gains.learn(Split(variable, up=False, moved=0.5, bound=7), 7)
        gains.learn(Split(variable, up=True, moved=0.0, bound=bound), 0)
    assert gains.choose(([0, 0], [1, 1]), [0.5, 0.5]) == (1, 0)


@pytest.mark.parametrize(
    ("case", "split"),
    [
        (([0, 0], [1, 3]), (1, 1)),
        (([0, -4], [1, 4]), (1, 0)),
        (([2, 0], [3, 0]), (0, 2)),
        (([0, 0], [2, 2]), (0, 1)),
        (([5, 7], [5, 7]), None),
        (([], []), None),
    ],
)
def test_without_fractions_the_widest_range_is_halved(case: Limits, split: tuple[int, int] | None) -> None:
    """Ties go to the first; one answer alone is not split."""
    assert Gains(len(case[0])).choose(case, [float(low) for low in case[0]]) == split
    assert Gains(len(case[0])).choose(case, ()) == split
