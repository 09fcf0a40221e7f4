"""Counts against the draft, exact quartiles, kappa of published tables, near duplicates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.coding.agreement import agreements, kappa
from market_dialogue.coding.duplicates import near_duplicates
from market_dialogue.coding.numbers import distribution, quartiles
from tender.model.answers import Reply
from tests.market_dialogue.coding.cases import Q8, TWO, answer, coded


def test_of_fourteen_answers_nine_want_more() -> None:
    given_numbers = [900, 800, 750, 1000, 1400, 701, 720, 760, 1200, 700, 500, 300]
    answers = [answer(str(at), q8=Reply("", Decimal(number))) for at, number in enumerate(given_numbers)]
    answers += [answer("x", q8="ei kantaa"), answer("y")]
    found = distribution(Q8, 700, answers)
    assert (found.answers, found.above, found.equal, found.below, found.silent) == (14, 9, 1, 2, 2)
    assert found.quartiles is not None
    assert found.quartiles[1] == 755


def test_a_range_that_holds_the_draft_is_neither_above_nor_below() -> None:
    ranges = ((600, 800), (701, 900), (100, 699))
    answers = [answer(str(low), q8=Reply("", low=Decimal(low), high=Decimal(high))) for low, high in ranges]
    found = distribution(Q8, 700, answers)
    assert (found.above, found.equal, found.below) == (1, 1, 1)


def test_half_a_range_and_a_blank_are_no_numbers_and_a_zero_is_one() -> None:
    answers = [answer("a", q8=Reply("", low=Decimal(5))), answer("b", q8="x"), answer("c", q8=Reply("", Decimal(0)))]
    found = distribution(Q8, None, answers)
    assert (found.silent, found.values, found.above, found.below) == (2, (Fraction(0),), 0, 0)


def test_without_numbers_there_are_no_quartiles() -> None:
    assert distribution(Q8, 700, []).quartiles is None


@pytest.mark.slow
@given(st.lists(st.fractions(max_denominator=1000), min_size=2, max_size=20))
def test_quartiles_are_those_of_the_standard_library(values: list[Fraction]) -> None:
    ordered = sorted(values)
    assert list(quartiles(ordered)) == quantiles(ordered, n=4, method="inclusive")


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "expected"),
    [
        (20, 5, 10, 15, Fraction(2, 5)),
        (45, 15, 25, 15, Fraction(3, 23)),
        (25, 35, 5, 35, Fraction(7, 27)),
        (10, 0, 0, 0, None),
        (5, 0, 0, 5, Fraction(1)),
        (0, 5, 5, 0, Fraction(-1)),
    ],
)
def test_kappa_of_published_tables(both: int, first: int, second: int, neither: int, expected: Fraction | None) -> None:
    pairs = [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither
    assert kappa(pairs) == expected


def test_agreement_counts_replies_that_both_coded_only() -> None:
    state = coded(
        ("a", "q8", "katto", True, "x"),
        ("a", "q8", "katto", True, "y"),
        ("b", "q8", "matkat", True, "x"),
        ("b", "q8", "katto", True, "y"),
        ("c", "q8", "katto", True, "x"),
    )
    whole, cap, travel = agreements(state)
    assert (whole.replies, whole.code, whole.observed) == (2, "", Fraction(1, 2))
    assert (cap.code, cap.observed, cap.kappa) == ("katto", Fraction(1, 2), Fraction(0))
    assert (travel.code, travel.observed) == ("matkat", Fraction(1, 2))


def test_edited_copies_are_flagged_and_others_are_not() -> None:
    letter = "Katamme kustannukset itse, mutta asiakaskatto 700 on mielestämme liian korkea pienille toimijoille."
    answers = (
        answer("a", q8=letter),
        answer("b", q8=letter.replace("pienille toimijoille", "pienille yrityksille")),
        answer("c", q8="Matkakulut pitäisi korvata erikseen, koska välimatkat ovat maaseudulla pitkiä."),
        answer("d", q5=letter),
    )
    (found,) = near_duplicates(TWO, answers)
    assert (found.first.answer, found.second.answer) == ("a", "b")
    assert found.percent >= 75


def test_bare_words_are_no_duplicates() -> None:
    assert near_duplicates(TWO, (answer("a", q8="Kyllä."), answer("b", q8="Kyllä."))) == ()
