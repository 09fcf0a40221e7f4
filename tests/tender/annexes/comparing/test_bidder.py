"""A bidder's reckoning at its edges: zeros that are known, sums that tell, prices that are missing, halves."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.comparing.filling import Filling, filled, middle
from tender.annexes.comparing.newcomer import percent
from tender.annexes.comparing.volumes import Layout, Volume, volume
from tender.annexes.comparing.worth import Costs, Rates, Worth, moved, rates_of, total, worth
from tender.annexes.disclosure.audit import Interval, intervals
from tender.annexes.disclosure.building import published
from tender.annexes.disclosure.probing import End
from tender.annexes.disclosure.tables import At
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange
from tests.tender.annexes.instances import grid

LAYOUT = Layout(
    ("quantity", "group", "month"), ("", "Total", "Total"), "group", ("easy",), "", (), ("2020-01", "2020-02"), "year",
    Fraction(12, 7),
)  # fmt: skip
SMALL = st.integers(0, 30)


def test_a_known_zero_is_no_unknown() -> None:
    """Nobody began and nobody worked: that is told. One month of two that is told is the mean of what is told."""
    values: dict[At, Fraction] = {
        ("stock", "easy", "2020-02"): Fraction(5),
        ("inflow", "easy", "year"): Fraction(0),
        ("hours", "easy", "year"): Fraction(7),
    }
    assert volume(values, LAYOUT, "", "easy") == Volume(Fraction(60), Fraction(0), Fraction(12))
    assert volume({}, LAYOUT, "", "easy") == Volume(None, None, None)


def test_a_group_without_a_weight_or_a_price_is_paid_nothing() -> None:
    """A missing weight is no weight of 1; a reference price of zero is a price and not a blank."""
    free = PriceRange(Decimal(0), Decimal(10), Decimal(0))
    base = PricePart(PriceForm.BASE_TIMES_WEIGHT, 2, 4, PriceRange(Decimal(4), Decimal(5)), {"easy": Decimal("0.9")})
    own = PricePart(PriceForm.PER_GROUP, 2, 4, groups={"easy": free})
    assert rates_of(PriceModel(base, own, Decimal("25.5")), ("easy", "hard")) == {
        "easy": Rates(Fraction("4.05"), Fraction(0)), "hard": Rates(Fraction(0), Fraction(0)),
    }  # fmt: skip


def test_costs_rest_on_months_and_starts_alone() -> None:
    """10 months at 25.50 and 2 starts at 60.25 cost 375.50, however many hours bring in."""
    costs = Costs(Decimal("25.50"), Decimal("60.25"))
    found = worth(Volume(Fraction(10), Fraction(2), Fraction(1000)), Rates(Fraction(40), Fraction(1, 3)), costs)
    assert found == Worth(Fraction(400), Fraction(1000, 3), Fraction("375.50"))
    assert total({}) == Worth(Fraction(0), Fraction(0), Fraction(0))


@given(st.fractions(-1000, 1000), st.fractions(-1000, 1000))
def test_a_move_brings_the_true_sum_to_the_seen_one(before: Fraction, after: Fraction) -> None:
    share = moved(before, after)
    assert before + before * share == after if before else share == (after != 0)


@pytest.mark.parametrize(("share", "words"), [
    (Fraction(5, 10000), "0.1"), (Fraction(-5, 10000), "-0.1"), (Fraction(49, 100000), "0.0"),
    (Fraction(-49, 100000), "0.0"), (Fraction(9995, 10000), "100.0"), (Fraction(-2), "-200.0"),
    (Fraction(1, 6), "16.7"),
])  # fmt: skip
def test_halves_of_a_tenth_go_away_from_zero(share: Fraction, words: str) -> None:
    assert percent(share) == words


@given(st.tuples(SMALL, SMALL, SMALL), st.tuples(SMALL, SMALL, SMALL))
def test_what_a_bidder_fills_in_could_be_true(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    """Middles lie within what can be derived; even parts of a row make up what is left of it; shown counts stay."""
    table = grid([first, second])
    numbers = table.number_of()
    hidden = frozenset(numbers[f"r{row}", f"c{column}"] for row in (0, 1) for column in (0, 1, 2))
    tables = published(table, hidden)
    spans = intervals(tables)
    by_middle, by_even = (filled(tables, spans, rule) for rule in Filling)
    for span in spans:
        assert span.most is not None
        assert span.least <= by_middle[span.cell] <= span.most
    for column in range(3):
        whole = table.cells[numbers["Total", f"c{column}"]].value
        assert {by_even[numbers[f"r{row}", f"c{column}"]] for row in (0, 1)} == {Fraction(whole, 2)}
    for number, shown in enumerate(tables.shown):
        assert shown is None or by_middle[number] == by_even[number] == shown


def test_the_middle_of_halves_is_exact() -> None:
    assert middle(Interval(0, "public", End(Fraction(1, 2)), End(Fraction(4)))) == Fraction(9, 4)
    assert middle(Interval(0, "public", End(None), End(Fraction(3)))) == Fraction(3, 2)
