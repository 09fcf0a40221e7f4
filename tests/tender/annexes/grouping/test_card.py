"""The model card reveals nobody: the guards by brute force, and a card by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.grouping.card import card_of, decimals_of, example_of, rounded, share_of, step_of
from tender.language import Text
from tender.model.model_card import Share
from tender.model.open_data import Breakdown
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS, client
from tests.tender.annexes.grouping.test_figures import drawn

LABELS = {(Breakdown.SEX, "female"): Text(fi="naiset", sv="kvinnor", en="women")}


@pytest.mark.parametrize("threshold", [2, 3, 5, 10])
@pytest.mark.parametrize("clients", [1, 10, 29, 51, 77, 101, 203, 501, 1001, 1400])
def test_no_small_count_can_be_told_from_a_share(clients: int, threshold: int) -> None:
    """Every count that gives the same share: those of a share below the threshold reach from 0 to at least it."""
    behind: dict[int | None, list[int]] = {}
    for part in range(clients + 1):
        behind.setdefault(share_of(part, clients, threshold).percent, []).append(part)
    for counts in behind.values():
        assert counts[0] == 0 or counts[0] > threshold
        assert counts[-1] >= min(threshold, clients)
        assert counts[-1] == clients or clients - counts[-1] > threshold
        assert clients - counts[0] >= min(threshold, clients)


def test_a_share_of_few_is_not_shown() -> None:
    assert share_of(3, 50, 5) == Share(None, 0)
    assert share_of(3, 51, 5) == Share(0, 20)


@given(st.integers(0, 5000), st.integers(2, 50))
def test_a_step_is_the_finest_that_is_wide_enough(clients: int, threshold: int) -> None:
    step = step_of(clients, threshold)
    wide = [each for each in (1, 2, 5, 10, 20) if each * clients > 200 * threshold]
    assert step == (min(wide) if wide else 0)


def test_rounding_and_decimals() -> None:
    assert [rounded(count, 20) for count in (0, 9, 10, 29, 30)] == [0, 0, 20, 20, 40]
    for clients in (51, 101, 1001, 5000, 100_000):
        places = decimals_of(clients, 5)
        assert places is not None
        assert Decimal(10) ** -places * clients > 10 or places == 0
    assert decimals_of(50, 5) is None


def test_a_card_of_many() -> None:
    clients = drawn(POINTS, 3000, 11, 1.0, 0.0)
    card = card_of(POINTS, clients, 5, LABELS, corrected=12)
    assert (card.clients, card.rounded_to, card.decimals) == (3000, 20, 2)
    assert card.brier is not None
    assert card.brier_base is not None
    assert Decimal(0) < card.brier < card.brier_base < Decimal("0.25") + Decimal("0.01")
    assert card.slope is not None
    assert abs(card.slope - 1) < Decimal("0.2")
    assert [group.group for group in card.groups] == ["easy", "average", "hard"]
    assert card.near.percent is not None
    assert card.corrected == Share(0, 1)
    assert {error.breakdown for error in card.errors} == {Breakdown.SEX, Breakdown.AGE, Breakdown.EDUCATION}
    assert card.errors[0].label == LABELS[Breakdown.SEX, "female"]
    assert card.grouping is POINTS


def test_a_card_of_few_shows_no_figure() -> None:
    card = card_of(POINTS, [client("0", "laid-off", 1)] * 20, 5, {})
    assert card.clients in {20, 0}
    assert (card.brier, card.brier_base, card.slope, card.intercept) == (None,) * 4
    shares = [card.near, card.corrected, *(g.clients for g in card.groups), *(g.found for g in card.groups)]
    shares += [share for error in card.errors for share in (error.false_easy, error.false_hard)]
    assert set(shares) == {Share(None, 0)}


def test_the_example_is_worked_by_hand() -> None:
    """The first category of the first factor (3 points), the second of the second (1 point): 4 points, 44.9 %."""
    found = example_of(POINTS)
    assert (found.categories, found.total, found.likelihood, found.group) == (
        ("under-3", "dismissed"), Decimal(4), Decimal("44.9"), "average",
    )  # fmt: skip


def test_the_logistic_example_is_worked_by_hand() -> None:
    """−0.25 + 0 + 0 = −0.25; 100 / (1 + e^0.25) = 43.8."""
    found = example_of(LOGISTIC)
    assert (found.categories, found.likelihood, found.group) == (("short", "other"), Decimal("43.8"), "average")


@pytest.mark.slow
def test_leaving_few_clients_out_changes_no_share_of_everybody_by_more_than_a_step() -> None:
    clients = drawn(POINTS, 2000, 5, 1.0, 0.0)
    whole, less = card_of(POINTS, clients, 5, {}), card_of(POINTS, clients[5:], 5, {})
    for one, other in zip(whole.groups, less.groups, strict=True):
        assert one.clients.percent is not None
        assert other.clients.percent is not None
        assert abs(one.clients.percent - other.clients.percent) <= 1
    assert whole.brier is not None
    assert less.brier is not None
    assert abs(whole.brier - less.brier) <= Decimal("0.01")


def test_errors_stand_in_the_order_of_their_words() -> None:
    """Under 25 comes before 25 and more, whatever its code begins with."""
    older = {Breakdown.SEX: "male", Breakdown.AGE: "from-25", Breakdown.EDUCATION: "basic"}
    people = [client("0", "laid-off", 1, at=older), client("0", "laid-off", 1)] * 60
    keys = [(Breakdown.AGE, "under-25"), (Breakdown.AGE, "from-25"), (Breakdown.SEX, "male"), (Breakdown.SEX, "female")]
    errors = card_of(POINTS, people, 5, {key: Text(fi=key[1]) for key in keys}).errors
    assert [(error.breakdown, error.code) for error in errors[:4]] == keys
