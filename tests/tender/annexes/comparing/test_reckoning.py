"""A bidder's reckoning by hand: volumes, prices, filled cells, detail."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tender.annexes.comparing.detail import detail, final_codes
from tender.annexes.comparing.filling import Filling, filled, middle
from tender.annexes.comparing.newcomer import percent
from tender.annexes.comparing.volumes import Layout, Volume, volume
from tender.annexes.comparing.worth import PLAIN, Costs, Rates, Worth, moved, rates_of, total, worth
from tender.annexes.disclosure.audit import Interval, intervals
from tender.annexes.disclosure.building import published
from tender.annexes.disclosure.coarsening import Merge
from tender.annexes.disclosure.probing import End
from tender.annexes.disclosure.tables import At
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange
from tests.tender.annexes.instances import grid, tabled

LAYOUT = Layout(
    ("quantity", "municipality", "group", "month"), ("", "Total", "Total", "Total"), "group", ("easy", "hard"),
    "municipality", ("Total", "n", "s"), ("2018-05", "2018-06"), "2018-01/2018-06", Fraction(2),
)  # fmt: skip


def test_volumes_of_a_year() -> None:
    """12 times the mean of 90 and 110; half a year's inflow and hours doubled; what nothing tells stays unknown."""
    values: dict[At, Fraction] = {
        ("stock", "Total", "easy", "2018-05"): Fraction(90),
        ("stock", "Total", "easy", "2018-06"): Fraction(110),
        ("inflow", "Total", "easy", "2018-01/2018-06"): Fraction(30),
        ("hours", "Total", "easy", "2018-01/2018-06"): Fraction(5000),
        ("stock", "n", "easy", "2018-06"): Fraction(7),
    }
    assert volume(values, LAYOUT, "Total", "easy") == Volume(Fraction(1200), Fraction(60), Fraction(10000))
    assert volume(values, LAYOUT, "n", "easy") == Volume(Fraction(84), None, None)
    assert volume(values, LAYOUT, "Total", "hard") == Volume(None, None, None)


def test_a_plain_table_is_a_stock() -> None:
    """Without quantities and months the count of a group is its stock."""
    plain = Layout(("area", "risk"), ("Total", "Total"), "risk", ("easy",), "area", ("Total", "n"))
    found = volume({("Total", "easy"): Fraction(10), ("n", "easy"): Fraction(4)}, plain, "n", "easy")
    assert found == Volume(Fraction(48), None, None)


def prices(reference: Decimal | None = None) -> PriceModel:
    """The slides' weights; capitation 40 to 44 euros, an hour 0.70 to 0.90 euros."""
    weights = ({"easy": "0.9", "hard": "1.2"}, {"easy": "0.4", "hard": "1.5"})
    ranges = (PriceRange(Decimal(40), Decimal(44), reference), PriceRange(Decimal("0.70"), Decimal("0.90")))
    parts = [
        PricePart(PriceForm.BASE_TIMES_WEIGHT, 2, 4, base, {group: Decimal(weight) for group, weight in each.items()})
        for base, each in zip(ranges, weights, strict=True)
    ]
    return PriceModel(parts[0], parts[1], Decimal("25.5"))


def test_revenue_and_cost_by_hand() -> None:
    """1 200 months at 42 · 0.9 and 10 000 hours at 0.80 · 0.4 are 45 360 + 3 200 euros; the cost 30 000 + 3 600."""
    rates = rates_of(prices(), ("easy", "hard"))
    assert rates == {
        "easy": Rates(Fraction("37.8"), Fraction("0.32")), "hard": Rates(Fraction("50.4"), Fraction("1.2")),
    }  # fmt: skip
    found = worth(Volume(Fraction(1200), Fraction(60), Fraction(10000)), rates["easy"], Costs())
    assert found == Worth(Fraction(45360), Fraction(3200), Fraction(33600))
    assert found.revenue == 48560
    assert total({"a": found, "b": found}).revenue == 97120
    assert worth(Volume(None, None, None), rates["easy"], Costs()) == Worth(Fraction(0), Fraction(0), Fraction(0))


def test_the_buyers_reference_price_comes_first() -> None:
    """41 instead of the middle, 42; a price of each group has no weight."""
    assert rates_of(prices(Decimal(41)), ("easy",))["easy"].month == Fraction("36.9")
    own = PricePart(PriceForm.PER_GROUP, 2, 4, groups={"easy": PriceRange(Decimal(30), Decimal(50))})
    model = PriceModel(own, own, Decimal("25.5"))
    assert rates_of(model, ("easy", "hard")) == {
        "easy": Rates(Fraction(40), Fraction(40)), "hard": Rates(Fraction(0), Fraction(0)),
    }  # fmt: skip


def test_a_share_of_nothing() -> None:
    """Something from nothing is a whole, nothing from nothing no move."""
    assert moved(Fraction(50), Fraction(40)) == Fraction(-1, 5)
    assert moved(Fraction(0), Fraction(3)) == 1
    assert moved(Fraction(0), Fraction(0)) == 0


@pytest.mark.parametrize(
    ("share", "words"), [(Fraction(1, 8), "12.5"), (Fraction(-1, 3), "-33.3"), (Fraction(1, 2000), "0.1"),
                         (Fraction(-1, 3000), "0.0"), (Fraction(0), "0.0")],
)  # fmt: skip
def test_shares_in_words(share: Fraction, words: str) -> None:
    """One decimal, half-up, never minus nothing."""
    assert percent(share) == words


def test_both_ways_of_filling() -> None:
    """A hidden rectangle (2, 9 / 7, 6): 2 lies within 0 and 9, so its middle is 4½; row rests 11 and 13 are halved."""
    table = grid([(2, 9), (7, 6)])
    numbers = table.number_of()
    four = frozenset(numbers[f"r{i}", f"c{j}"] for i in (0, 1) for j in (0, 1))
    tables = published(table, four)
    found = intervals(tables)
    by_middle = filled(tables, found, Filling.MIDPOINT)
    assert by_middle[numbers["r0", "c0"]] == Fraction(9, 2)
    assert by_middle[numbers["r0", "c1"]] == Fraction(2 + 11, 2)
    assert by_middle[numbers["Total", "Total"]] == 24
    even = filled(tables, found, Filling.EVEN)
    assert even[numbers["r0", "c0"]] == min(Fraction(11, 2), Fraction(9, 2))
    assert len(even) == len(table.cells)


def test_an_even_share_is_that_of_the_shortest_sum() -> None:
    """Three hidden in the column, two in the row: the row tells more."""
    table = grid([(1, 2, 40), (3, 20, 30), (4, 10, 30)])
    numbers = table.number_of()
    hidden = frozenset(numbers[at] for at in (("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r2", "c0")))
    tables = published(table, hidden)
    assert filled(tables, intervals(tables), Filling.EVEN)[numbers["r0", "c0"]] == Fraction(3, 2)


def test_no_upper_end_is_filled_from_below() -> None:
    """Nothing bounds it, so nobody can take its middle; a hidden total beside its part tells no even share either."""
    assert middle(Interval(0, "public", End(Fraction(3)), End(None))) == 3
    table = tabled(["x"], {("a",): 3, ("b",): 9, ("Total",): 12})
    numbers = table.number_of()
    tables = published(table, frozenset([numbers["a",], numbers["Total",]]))
    assert filled(tables, intervals(tables), Filling.EVEN)[numbers["a",]] == 0


def test_merged_categories_are_divided_evenly() -> None:
    """8 and 2 merged are 5 each: 6 of 40 clients are in another place than they were."""
    layout = Layout(("age", "group"), ("Total", "Total"), "group", ("easy",), "", ())
    plain: dict[At, Fraction] = {
        (age, "easy"): Fraction(value) for age, value in (("a", 8), ("b", 2), ("c", 10), ("Total", 20))
    }
    coarse: dict[At, Fraction] = {
        ("a+b", "easy"): Fraction(10),
        ("c", "easy"): Fraction(10),
        ("Total", "easy"): Fraction(20),
    }
    merge = Merge("age", ("a", "b"), 1, 0, 1)
    assert detail(coarse, plain, layout, {"easy": PLAIN}, [merge]) == Fraction(6, 40)
    assert detail(plain, plain, layout, {"easy": PLAIN}, []) == 0


def test_merges_of_merges_end_in_one_category() -> None:
    """A and b, then c to both: all three end in a+b+c."""
    codes = final_codes(
        [Merge("x", ("a", "b"), 3, 2, 1), Merge("x", ("a+b", "c"), 2, 1, 1), Merge("y", ("p", "q"), 1, 0, 1)]
    )
    assert codes == {"x": dict.fromkeys("abc", "a+b+c"), "y": dict.fromkeys("pq", "p+q")}
