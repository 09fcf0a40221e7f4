"""Figures of fit: a case by hand, properties, and the calibration against its own definition."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.grouping.figures import (
    Grouped,
    brier,
    calibration,
    figures_of,
    groups_by_ease,
    is_near,
)
from tender.model.grouping import Grouping
from tender.model.open_data import Breakdown
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS, client

WOMAN = {Breakdown.SEX: "female", Breakdown.AGE: "under-25", Breakdown.EDUCATION: "basic"}
MAN = {Breakdown.SEX: "male", Breakdown.AGE: "from-25", Breakdown.EDUCATION: "basic"}
CASE = (
    client("0", "laid-off", 1, at=WOMAN),  # 6 points, 62 %, easy
    client("0", "laid-off", 0, at=WOMAN),  # 6 points, 62 %, easy: false easy
    client("3", "dismissed", 0, at=WOMAN),  # 2 points, 20 %, average, one point less is hard: near
    client("12", "dismissed", 1, at=MAN),  # 1 point, 12 %, hard: false hard; one point more is average: near
    client("12", "", 0, at=MAN),  # 0 points, 6 %, hard
    client("0", "dismissed", None, at=MAN),  # not followed
)
OUTCOMES = st.lists(
    st.builds(
        client,
        st.sampled_from(["0", "3", "12"]),
        st.sampled_from(["laid-off", "dismissed", ""]),
        st.sampled_from([1, 0, None]),
        at=st.sampled_from([WOMAN, MAN]),
    ),
    max_size=30,
)


def test_the_case_by_hand() -> None:
    found = figures_of(POINTS, CASE)
    assert (found.followed, found.found, found.near) == (5, 2, 2)
    # (0.38² + 0.62² + 0.20² + 0.88² + 0.06²) / 5 = (0.1444 + 0.3844 + 0.04 + 0.7744 + 0.0036) / 5
    assert found.brier == Fraction("0.26936")
    assert found.brier_base == Fraction(2, 5) * Fraction(3, 5)
    assert dict(found.groups) == {"easy": (2, 1), "average": (1, 0), "hard": (2, 1)}
    bands = [(int(b.least), int(b.most), b.clients, b.found) for b in found.bands if b.clients]
    assert bands == [(0, 0, 1, 0), (1, 1, 1, 1), (2, 2, 1, 0), (6, 6, 2, 1)]


def test_errors_by_hand() -> None:
    errors = {(e.breakdown, e.code): e for e in figures_of(POINTS, CASE).errors}
    woman, man = errors[Breakdown.SEX, "female"], errors[Breakdown.SEX, "male"]
    assert (woman.without, woman.false_easy, woman.found, woman.false_hard) == (2, 1, 1, 0)
    assert (man.without, man.false_easy, man.found, man.false_hard) == (1, 0, 1, 1)
    everyone = errors[Breakdown.EDUCATION, "basic"]
    assert (everyone.without, everyone.false_easy, everyone.found, everyone.false_hard) == (3, 1, 2, 1)


@given(OUTCOMES)
def test_sums_agree(clients: list[Grouped]) -> None:
    found = figures_of(POINTS, clients)
    followed = [one for one in clients if one.entrant.found is not None]
    assert found.followed == len(followed)
    assert sum(count for count, _ in found.groups.values()) == found.followed
    assert sum(work for _, work in found.groups.values()) == found.found
    assert sum(band.clients for band in found.bands) == found.followed
    assert sum(band.found for band in found.bands) == found.found
    for breakdown in (Breakdown.SEX, Breakdown.AGE, Breakdown.EDUCATION):
        own = [each for each in found.errors if each.breakdown is breakdown]
        assert sum(each.without + each.found for each in own) == found.followed
        assert all(each.false_easy <= each.without and each.false_hard <= each.found for each in own)


@given(OUTCOMES)
def test_brier_lies_within_its_ends_and_is_the_mean_of_the_squares(clients: list[Grouped]) -> None:
    followed = [one for one in clients if one.entrant.found is not None]
    score = brier(followed)
    if score is None:
        assert not followed
        return
    assert 0 <= score <= 1
    squares = [(float(one.working.likelihood) / 100 - bool(one.entrant.found)) ** 2 for one in followed]
    assert math.isclose(float(score), sum(squares) / len(squares), rel_tol=1e-9)


def test_near_a_limit() -> None:
    """Easy begins at 5 points, average at 2; hand-picked sums 0, 1, 2, 4, 6."""
    near = {client(m, e, None).working.total: is_near(POINTS, client(m, e, None).working) for m, e in
            (("12", ""), ("12", "dismissed"), ("3", "dismissed"), ("3", "laid-off"), ("0", "laid-off"))}  # fmt: skip
    assert near == {0: False, 1: True, 2: True, 4: True, 6: False}


def test_near_a_logistic_limit() -> None:
    """43.8 and 18.2 lie within five per cent of 45 and 15; 56.2 and 26.9 of no limit."""
    near = [is_near(LOGISTIC, client(m, e, None, LOGISTIC).working)
            for m, e in (("0", "other"), ("6", "other"), ("0", "laid-off"), ("6", "laid-off"))]  # fmt: skip
    assert near == [True, True, False, False]


def test_the_ends_of_the_sums() -> None:
    assert (POINTS.lowest, POINTS.highest) == (Decimal(0), Decimal(6))
    assert (LOGISTIC.lowest, LOGISTIC.highest) == (Decimal("-1.50"), Decimal("0.25"))


def test_bands_of_a_logistic_model_are_tenths() -> None:
    clients = [client(m, e, 1, LOGISTIC) for m, e in (("0", "other"), ("0", "laid-off"), ("6", "other"))]
    bands = [(int(b.least), int(b.most), int(b.expected)) for b in figures_of(LOGISTIC, clients).bands if b.clients]
    assert bands == [(10, 20, 15), (40, 50, 45), (50, 60, 55)]


def drawn(grouping: Grouping, clients: int, seed: int, stretch: float, shift: float) -> list[Grouped]:
    """Clients whose outcome follows the grouping's log-odds, stretched and shifted."""
    dice = random.Random(seed)
    made = []
    for _ in range(clients):
        one = client(dice.choice(["0", "3", "12"]), dice.choice(["laid-off", "dismissed", ""]), 1, grouping)
        share = float(one.working.likelihood) / 100
        odds = stretch * math.log(share / (1 - share)) + shift
        made.append(client(one.entrant.values["unemployed_before"], one.entrant.values["previous_end"],
                           int(dice.random() < 1 / (1 + math.exp(-odds))), grouping))  # fmt: skip
    return made


def test_calibration_finds_how_outcomes_were_drawn() -> None:
    """6,000 clients: standard errors are about 0.03, so 0.15 is five of them."""
    line = calibration(drawn(POINTS, 6_000, 7, 0.6, -0.4))
    assert line is not None
    assert abs(line[0] - 0.6) < 0.15
    assert abs(line[1] + 0.4) < 0.15


def test_calibration_is_the_most_likely_line() -> None:
    """At the line the sums of residuals, plain and times the log-odds, vanish: the definition of the maximum."""
    clients = drawn(POINTS, 400, 3, 1.0, 0.0)
    line = calibration(clients)
    assert line is not None
    rests = []
    for one in clients:
        share = float(one.working.likelihood) / 100
        odds = math.log(share / (1 - share))
        rests.append((bool(one.entrant.found) - 1 / (1 + math.exp(-(line[0] * odds + line[1]))), odds))
    assert abs(sum(rest for rest, _ in rests)) < 1e-6
    assert abs(sum(rest * odds for rest, odds in rests)) < 1e-6


def test_no_line_without_two_outcomes_or_two_likelihoods() -> None:
    assert calibration([]) is None
    assert calibration([client("0", "laid-off", 1), client("12", "", 1)]) is None
    assert calibration([client("0", "laid-off", 1), client("0", "laid-off", 0)]) is None
    assert calibration([client("0", "laid-off", 1), client("12", "", 0)]) is None


def test_groups_by_ease_follow_the_limits() -> None:
    assert groups_by_ease(POINTS) == ("easy", "average", "hard")
