"""The rows of a market, one by one: written down by hand, and held to every answer of small markets."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from evaluation.award.market import Market, Offer, Package
from evaluation.award.rows import chosen, market_model, places, taken
from tender.solving import Model, Row, Sense, Variable, broken_rows

HERE, THERE = ("here", "g"), ("there", "g")
A = Offer("A", 5, {HERE: 9, THERE: 2}, {HERE: 30, THERE: 40}, serves=("fi", "sv"))
B = Offer("B", 4, {HERE: 3, THERE: 0}, {HERE: 20, THERE: 50}, serves=("fi",))
NEEDS = {HERE: 4, THERE: 2}
PLACES = Market("places", (A, B), 2, NEEDS)


def rows_of(market: Market) -> dict[str, Row]:
    """Rows by their names, each of which stands once."""
    rows = market_model(market, ()).rows
    found = {row.name: row for row in rows}
    assert len(found) == len(rows)
    return found


def said(row: Row) -> str:
    """A row as one would write it."""
    terms = " + ".join(f"{factor} {name}" for name, factor in row.terms)
    return f"{terms} {row.sense.value} {row.limit}"


def test_variables_are_no_wider_than_need_and_offer() -> None:
    """A offers 9 places where 4 are needed; B none there; who is not asked for a cell offers nothing."""
    assert market_model(PLACES, ()).variables == (
        Variable("chosen[A]"),
        Variable("chosen[B]"),
        Variable("places[A,here,g]", 0, 4),
        Variable("places[A,there,g]", 0, 2),
        Variable("places[B,here,g]", 0, 3),
        Variable("places[B,there,g]", 0, 0),
    )
    silent = replace(PLACES, offers=(Offer("A", 5, {HERE: -1}),))
    assert [each.highest for each in market_model(silent, ()).variables[1:]] == [0, 0]


def test_the_rows_of_places() -> None:
    """How many are chosen, what each carries in all and by cell, and that everybody is served."""
    assert {name: said(row) for name, row in rows_of(PLACES).items()} == {
        "providers": "1 chosen[A] + 1 chosen[B] = 2",
        "total_capacity[A]": "1 places[A,here,g] + 1 places[A,there,g] + -5 chosen[A] <= 0",
        "cell_capacity[A,here,g]": "1 places[A,here,g] + -4 chosen[A] <= 0",
        "cell_capacity[A,there,g]": "1 places[A,there,g] + -2 chosen[A] <= 0",
        "total_capacity[B]": "1 places[B,here,g] + 1 places[B,there,g] + -4 chosen[B] <= 0",
        "cell_capacity[B,here,g]": "1 places[B,here,g] + -3 chosen[B] <= 0",
        "cell_capacity[B,there,g]": "1 places[B,there,g] + 0 chosen[B] <= 0",
        "coverage[here,g]": "1 places[A,here,g] + 1 places[B,here,g] >= 4",
        "coverage[there,g]": "1 places[A,there,g] + 1 places[B,there,g] >= 2",
    }


@pytest.mark.parametrize(
    ("changed", "row", "text"),
    [
        ({"exactly": True}, "coverage[here,g]", "1 places[A,here,g] + 1 places[B,here,g] = 4"),
        (
            {"ceiling": 170},
            "budget",
            "30 places[A,here,g] + 40 places[A,there,g] + 20 places[B,here,g] + 50 places[B,there,g] <= 170",
        ),
        ({"choice_least": 1}, "choice[here,g]", "1 chosen[A] + 1 chosen[B] >= 1"),
        ({"choice_least": 1}, "choice[there,g]", "1 chosen[A] >= 1"),
        ({"choice_least": 2}, "choice[fi]", "1 chosen[A] + 1 chosen[B] >= 2"),
        ({"choice_least": 2}, "choice[sv]", "1 chosen[A] >= 2"),
        ({"withstand_loss": True}, "loss[A]", "4 chosen[B] >= 6"),
        ({"withstand_loss": True}, "loss[A,here,g]", "3 chosen[B] >= 4"),
        ({"withstand_loss": True}, "loss[B,here,g]", "4 chosen[A] >= 4"),
        ({"withstand_loss": True}, "loss[B,there,g]", "2 chosen[A] >= 2"),
        ({"separate": (("A", "B"),)}, "separate[A,B]", "1 chosen[A] + 1 chosen[B] <= 1"),
        ({"limits": {"size": 7}, "offers": (replace(A, amounts={"size": 3}), B)}, "limit[size]", "3 chosen[A] <= 7"),
        (
            {"offers": (replace(A, least=3), B)},
            "viable[A]",
            "1 places[A,here,g] + 1 places[A,there,g] + -3 chosen[A] >= 0",
        ),
        ({"offers": (replace(A, lacking=0), B)}, "minimum_quality[A]", "0 chosen[A] <= 0"),
        ({"offers": (replace(A, lacking=7), B)}, "minimum_quality[A]", "7 chosen[A] <= 0"),
    ],
)
def test_each_rule_has_its_row(changed: dict[str, object], row: str, text: str) -> None:
    """Said, it is there with these numbers; unsaid, it is not."""
    assert said(rows_of(replace(PLACES, **changed))[row]) == text  # type: ignore[arg-type]
    assert row not in rows_of(PLACES) or said(rows_of(PLACES)[row]) != text


def test_only_the_announced_rules_have_rows() -> None:
    """A rule for A alone writes no row for B."""
    found = rows_of(replace(PLACES, offers=(replace(A, least=3, lacking=1), B)))
    assert {name for name in found if name.startswith(("viable", "minimum"))} == {"viable[A]", "minimum_quality[A]"}
    assert "providers" not in rows_of(replace(PLACES, providers=None))


LOTS = Market(
    "lots",
    (Offer("A", 10), Offer("B", 7)),
    1,
    packages=(
        Package("a1", "A", ("north",), 6),
        Package("a2", "A", ("south",), 6),
        Package("b", "B", ("north", "south")),
        Package("free", "", ("south",), 99),
    ),
    lots={"north": True, "south": False},
    alternatives={"either": ("a1", "free")},
    lots_most=1,
)


def test_the_rows_of_packages() -> None:
    """Lots, alternatives, a bidder's capacity and number; a package that stands for itself is nobody's."""
    assert {name: said(row) for name, row in rows_of(LOTS).items()} == {
        "providers": "1 chosen[A] + 1 chosen[B] = 1",
        "lot[north]": "1 taken[a1] + 1 taken[b] = 1",
        "lot[south]": "1 taken[a2] + 1 taken[b] + 1 taken[free] <= 1",
        "alternatives[either]": "1 taken[a1] + 1 taken[free] <= 1",
        "package_capacity[A]": "6 taken[a1] + 6 taken[a2] <= 10",
        "package_limit[A]": "1 taken[a1] + 1 taken[a2] <= 1",
        "package_bidder[a1]": "1 taken[a1] + -1 chosen[A] <= 0",
        "package_bidder[a2]": "1 taken[a2] + -1 chosen[A] <= 0",
        "package_limit[B]": "1 taken[b] <= 1",
        "package_bidder[b]": "1 taken[b] + -1 chosen[B] <= 0",
    }


def test_without_numbers_of_providers_packages_choose_nobody() -> None:
    """No link to a choice that is not made, no limit that was not announced."""
    found = rows_of(replace(LOTS, providers=None, lots_most=None))
    assert not {name for name in found if name.startswith(("package_bidder", "package_limit", "providers"))}


def answers(model: Model) -> list[dict[str, int]]:
    """Every answer that keeps every row."""
    names = [each.name for each in model.variables]
    ranges = (range(each.lowest, each.highest + 1) for each in model.variables)
    every = (dict(zip(names, values, strict=True)) for values in product(*ranges))
    return [answer for answer in every if not broken_rows(model, answer)]


def test_what_the_rows_of_packages_leave_is_what_the_words_say() -> None:
    """North must go to A's or B's package; south may stay; nobody wins beside a rival or without being chosen."""
    wins = {tuple(sorted(name for name, value in one.items() if value)) for one in answers(market_model(LOTS, ()))}
    assert wins == {("chosen[A]", "taken[a1]"), ("chosen[B]", "taken[b]")}


def test_what_the_rows_of_places_leave_is_what_the_words_say() -> None:
    """There is A's alone, 2 of its 5; here A carries at most 3 then, and B 1 to 3 of the 4."""
    found = answers(market_model(replace(PLACES, exactly=True), ()))
    assert sorted((one[places("A", HERE)], one[places("B", HERE)]) for one in found) == [(1, 3), (2, 2), (3, 1)]
    assert all(one[places("A", THERE)] == 2 for one in found)
    loose = answers(market_model(PLACES, ()))
    assert {one[places("A", HERE)] + one[places("B", HERE)] for one in loose} == {4, 5, 6}
    cheap = answers(market_model(replace(PLACES, exactly=True, ceiling=170), ()))
    assert [(one[places("A", HERE)], one[places("B", HERE)]) for one in cheap] == [(1, 3)]


def test_further_rows_and_the_objective_are_handed_on() -> None:
    """As they are, the further rows last; names are those that rows use."""
    further = Row("excluded[1]", ((chosen("A"), 1),), Sense.AT_MOST, 0)
    model = market_model(LOTS, ((taken("b"), 3),), [further])
    assert (model.name, model.objective, model.rows[-1]) == ("lots", (("taken[b]", 3),), further)
    assert answers(model) == [
        {**dict.fromkeys([each.name for each in model.variables], 0), "chosen[B]": 1, "taken[b]": 1}
    ]
