"""Points, likelihood and group of one client, by hand and by properties."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.grouping.scoring import category_of, known_values, likelihood_of, logistic, worked
from tender.errors import InputError
from tests.tender.annexes.grouping.clients import ENDED, LIMITS, LOGISTIC, MONTHS, POINTS, entrant

ENDS = st.sampled_from(["laid-off", "fixed-term", "dismissed", "unknown", ""])


@pytest.mark.parametrize(
    ("months", "ended", "total", "likelihood", "group"),
    [
        ("0", "laid-off", "6", "62", "easy"),
        ("2", "fixed-term", "6", "62", "easy"),
        ("3", "laid-off", "4", "44.9", "average"),
        ("2", "dismissed", "4", "44.9", "average"),
        ("11", "dismissed", "2", "20", "average"),
        ("12", "dismissed", "1", "12", "hard"),
        ("600", "", "0", "6", "hard"),
    ],
)
def test_points_by_hand(months: str, ended: str, total: str, likelihood: str, group: str) -> None:
    found = worked(POINTS, entrant(months, ended))
    assert (found.total, found.likelihood, found.group) == (Decimal(total), Decimal(likelihood), group)
    assert sum(line.category.points for line in found.lines) == found.total


def test_the_working_says_every_factor() -> None:
    found = worked(POINTS, entrant("4", " laid-off "))
    assert [(line.factor.id, line.value, line.category.code) for line in found.lines] == [
        ("duration", "4", "from-3"),
        ("ended", "laid-off", "laid-off"),
    ]


@pytest.mark.parametrize(
    ("months", "ended", "total", "likelihood", "group"),
    [
        # 100 / (1 + e^0.25) = 43.782…, with e^−0.25 56.217…, with e^1.5 18.242…, with e 26.894…
        ("0", "other", "-0.25", "43.8", "average"),
        ("0", "laid-off", "0.25", "56.2", "easy"),
        ("6", "other", "-1.50", "18.2", "average"),
        ("6", "laid-off", "-1.00", "26.9", "average"),
    ],
)
def test_logistic_by_hand(months: str, ended: str, total: str, likelihood: str, group: str) -> None:
    found = worked(LOGISTIC, entrant(months, ended))
    assert (found.total, found.likelihood, found.group) == (Decimal(total), Decimal(likelihood), group)


def test_a_likelihood_is_rounded_before_the_group_is_taken() -> None:
    """44.96 is 45.0 with one decimal, so the limit 45 is reached; a reader who rounds as told finds the same group."""
    total = Decimal("-0.2023")
    assert Decimal("44.95") < logistic(total) < Decimal(45)
    likelihood = likelihood_of(LOGISTIC, total)
    assert (likelihood, LOGISTIC.group_at(likelihood)) == (Decimal("45.0"), "easy")


def test_a_blank_is_not_zero() -> None:
    with pytest.raises(InputError, match=r"annex\.group-blank") as caught:
        worked(POINTS, entrant("", "laid-off", line=17))
    assert str(caught.value.place) == "register.csv:17"
    assert caught.value.values["column"] == "unemployed_before"


def test_a_blank_belongs_where_it_is_declared() -> None:
    assert category_of(ENDED, "") is ENDED.categories[-1]


@pytest.mark.parametrize("value", ["-1", "2.5", "3 months", "٣", "1e2", "=1+1", "nan", "\x00", "９"])
def test_what_is_no_whole_number_is_refused_and_not_repeated(value: str) -> None:
    """The message names row and column; what a person's row holds stays out of it."""
    with pytest.raises(InputError, match=r"annex\.group-value") as caught:
        worked(POINTS, entrant(value, "laid-off"))
    assert value not in "".join(v for k, v in caught.value.values.items() if k not in {"known", "row"})
    assert caught.value.values["known"] == "0+, 3+, 12+"


def test_a_missing_column_is_named() -> None:
    bare = entrant("1", "laid-off")
    del bare.values["previous_end"]  # type: ignore[attr-defined]
    with pytest.raises(InputError, match=r"annex\.group-column") as caught:
        worked(POINTS, bare)
    assert caught.value.values["column"] == "previous_end"


def test_known_values_are_values_and_least_numbers() -> None:
    assert known_values(ENDED) == ("laid-off", "fixed-term", "dismissed", "unknown")
    assert known_values(MONTHS) == ("0+", "3+", "12+")


@given(st.integers(0, 700), st.integers(0, 700), ENDS)
def test_more_months_never_ease(one: int, other: int, ended: str) -> None:
    shorter, longer = sorted((one, other))
    first, second = worked(POINTS, entrant(str(shorter), ended)), worked(POINTS, entrant(str(longer), ended))
    assert first.total >= second.total
    assert first.likelihood >= second.likelihood
    assert LIMITS[first.group] >= LIMITS[second.group]


@given(st.decimals(-12, 12, places=4))
def test_the_logistic_function_agrees_with_the_machine_and_is_symmetric(total: Decimal) -> None:
    assert math.isclose(float(logistic(total)), 100 / (1 + math.exp(-float(total))), rel_tol=1e-12)
    assert abs(logistic(total) + logistic(-total) - 100) < Decimal("1e-24")


@pytest.mark.parametrize(("total", "expected"), [("1e9", "100.0"), ("-1e9", "0.0")])
def test_absurd_sums_end(total: str, expected: str) -> None:
    assert likelihood_of(LOGISTIC, Decimal(total)) == Decimal(expected)


@pytest.mark.parametrize(
    ("likelihood", "group"), [("100", "easy"), ("45", "easy"), ("44.9", "average"), ("15", "average"), ("0", "hard")]
)
def test_a_limit_belongs_to_its_group(likelihood: str, group: str) -> None:
    assert POINTS.group_at(Decimal(likelihood)) == group
