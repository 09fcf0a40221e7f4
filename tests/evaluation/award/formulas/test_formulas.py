"""The registry of formulas and what holds for every released one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.formulas import FORMULAS, Behaviour, Formula, Given, Measure, RefusedError
from evaluation.award.formulas.field import Field
from evaluation.award.formulas.formula import points_or_refusal
from evaluation.award.formulas.logarithms import logarithmic
from tender.language import Language
from tender.model.criteria import CriterionKind
from tender.words import words
from tests.evaluation.award.build import as_fraction, assert_true, cases, logarithm, positive, weights


def _values(case: dict[str, Any]) -> list[Fraction]:
    return [as_fraction(value) for value in case["field" if "field" in case else "shares"]]


def _given(case: dict[str, Any], value: Fraction) -> Given:
    formula = FORMULAS[case["formula"]]
    usual = {one.id: one.usual for one in formula.parameters if one.usual is not None}
    announced = {name: as_fraction(number) for name, number in case.get("parameters", {}).items()}
    scale = tuple((as_fraction(number), as_fraction(share)) for number, share in case.get("scale", ()))
    return Given(as_fraction(case["weight"]), value, tuple(_values(case)), {**usual, **announced}, scale)


@pytest.mark.parametrize("case", cases("award-formulas"), ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    """Every case of the table that a lawyer can read, exact; a released formula may never change one of them."""
    formula = FORMULAS[case["formula"]]
    for value in _values(case):
        if "refused" in case:
            with pytest.raises(RefusedError) as refusal:
                formula.points(_given(case, value))
            assert refusal.value.values["reason"] == case["refused"]
        else:
            assert formula.points(_given(case, value)) == as_fraction(case["expected"][str(value)])


def test_the_registry_cannot_be_changed() -> None:
    """A formula cannot be swapped at run time."""
    with pytest.raises(TypeError):
        FORMULAS["scale@1"] = FORMULAS["announced-interval@1"]  # type: ignore[index]


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_every_formula_is_declared_in_full(formula: Formula) -> None:
    """Id with version, kind, source, and words for each parameter."""
    name, version = formula.id.split("@")
    assert name
    assert int(version) >= 1
    assert formula.kind is not CriterionKind.BRANCH
    assert formula.source
    for parameter in formula.parameters:
        assert words(Language.FI).term(parameter.term)


SCALE = ((Fraction(0), Fraction(0)), (Fraction(40), Fraction(25)), (Fraction(100), Fraction(100)))


def _plain(formula: Formula, weight: Fraction, value: Fraction, field: tuple[Fraction, ...]) -> Given:
    announced = {"floor": 10, "ceiling": 9000, "euros_per_point": 7, "least_share": 1}
    parameters = {one.id: one.usual or Fraction(announced.get(one.id, 0)) for one in formula.parameters}
    return Given(weight, value, field, parameters, SCALE if formula.measure is Measure.NUMBER else ())


PRICE_FORMULAS = [formula for formula in FORMULAS.values() if formula.kind is CriterionKind.PRICE]


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@settings(max_examples=25)
@given(weight=weights, prices=st.lists(positive, min_size=2, max_size=6))
def test_a_lower_price_never_earns_less(formula: Formula, weight: Fraction, prices: list[Fraction]) -> None:
    """Weakly monotone in one's own price."""
    field = tuple(prices)
    points = [formula.points(_plain(formula, weight, price, field)) for price in sorted(prices)]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@settings(max_examples=25)
@given(weight=weights, prices=st.lists(positive, min_size=1, max_size=6))
def test_bounded_formulas_stay_between_zero_and_the_weight(
    formula: Formula, weight: Fraction, prices: list[Fraction]
) -> None:
    """What is declared bounded is bounded."""
    if formula.bounded:
        for price in prices:
            assert 0 <= formula.points(_plain(formula, weight, price, tuple(prices))) <= weight


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@settings(max_examples=25)
@given(weight=weights, price=positive, others=st.lists(positive, max_size=5))
def test_independent_formulas_never_look_at_other_bids(
    formula: Formula, weight: Fraction, price: Fraction, others: list[Fraction]
) -> None:
    """Independence of irrelevant alternatives, where it is declared."""
    if formula.independent:
        alone = formula.points(_plain(formula, weight, price, (price,)))
        assert formula.points(_plain(formula, weight, price, (price, *others))) == alone


def test_the_relative_formula_is_declared_relative() -> None:
    """A cheaper bid changes the points of the others: formula 1 must not be declared independent."""
    ratio = FORMULAS["ratio-to-lowest@1"]
    before = ratio.points(Given(Fraction(40), Fraction(100), (Fraction(100), Fraction(140)), {}))
    after = ratio.points(Given(Fraction(40), Fraction(100), (Fraction(70), Fraction(100), Fraction(140)), {}))
    assert (before, after) == (Fraction(40), Fraction(28))
    assert not ratio.independent


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
@settings(max_examples=25)
@given(weight=weights, values=st.lists(st.integers(1, 100).map(Fraction), min_size=1, max_size=5))
def test_the_working_is_true_and_ends_in_the_points(formula: Formula, weight: Fraction, values: list[Fraction]) -> None:
    """Each step's arithmetic gives its result, and the last step is what the bid earns."""
    value = Fraction(100) if formula.id == "pass-fail@1" else values[0]
    given_ = _plain(formula, weight, value, tuple(values))
    steps = formula.working(given_)
    for step in steps:
        assert_true(step)
    assert steps[-1].result == formula.points(given_)
    assert steps[-1].unit == "points"


def _behaviour(formula: Formula, value: Fraction, field: tuple[Fraction, ...]) -> Behaviour:
    try:
        formula.points(_plain(formula, Fraction(40), value, field))
    except RefusedError:
        return Behaviour.REFUSED
    return Behaviour.POINTS


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_every_edge_does_what_is_declared(formula: Formula) -> None:
    """Zero, equal, single and negative inputs: points or a refusal, as the formula says of itself; never a crash."""
    one, zero, below = Fraction(100), Fraction(0), Fraction(-1)
    assert _behaviour(formula, zero, (zero, one)) is formula.totality.zero
    assert _behaviour(formula, one, (one, one)) is formula.totality.equal
    assert _behaviour(formula, one, (one,)) is formula.totality.single
    assert _behaviour(formula, below, (below, one)) is formula.totality.negative


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
@settings(max_examples=25)
@given(weight=weights, prices=st.lists(positive, min_size=1, max_size=6), unit=positive)
def test_scale_invariant_formulas_do_not_know_the_currency(
    formula: Formula, weight: Fraction, prices: list[Fraction], unit: Fraction
) -> None:
    """All prices in another unit earn the same points, where that is claimed."""
    if formula.scale_invariant:
        changed = [unit * price for price in prices]
        for price in prices:
            before = formula.points(_plain(formula, weight, price, tuple(prices)))
            assert formula.points(_plain(formula, weight, unit * price, tuple(changed))) == before


def _whole(*prices: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(price) for price in prices)


@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
def test_what_is_not_claimed_is_not_true(formula: Formula) -> None:
    """Formulas that are declared unbounded, relative or dependent on the unit really are: no claim is left out."""

    def found(price: Fraction, field: tuple[Fraction, ...]) -> Fraction:
        return formula.points(_plain(formula, Fraction(40), price, field))

    field, own = _whole(100, 110, 125, 150, 160), Fraction(110)
    if not formula.bounded:
        assert found(Fraction(900), (*field, Fraction(900))) < 0
    if not formula.scale_invariant:
        assert found(own / 50, tuple(price / 50 for price in field)) != found(own, field)
    if not formula.independent:
        assert found(own, (Fraction(90), *field)) != found(own, field)


HOSTILE: dict[str, tuple[str | None, list[str | None]]] = {
    "zero": ("0", ["0", "100"]),
    "all zero": ("0", ["0", "0"]),
    "blank": (None, ["100", "100"]),
    "blank elsewhere": ("100", ["100", None]),
    "missing": ("100", []),
    "equal": ("100", ["100", "100"]),
    "single": ("100", ["100"]),
    "negative": ("-1", ["-1", "100"]),
    "negative elsewhere": ("100", ["-1", "100"]),
    "extreme": ("1e30", ["100", "1e30"]),
    "tiny": ("1e-30", ["1e-30", "100"]),
    "a cent apart": ("100.01", ["100", "100.01"]),
}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("formula", PRICE_FORMULAS, ids=lambda formula: formula.id)
def test_every_formula_and_every_hostile_price(formula: Formula, hostile: str) -> None:
    """Points or a refusal with words in three languages: never a crash, a guess or a silent zero for a blank."""
    value, field = HOSTILE[hostile]
    given_ = _plain(formula, Fraction(40), Fraction(0), ())
    outcome = points_or_refusal(formula, given_, _price(value), tuple(_price(each) for each in field))
    assert (outcome.points is None) == bool(outcome.refusal)
    if outcome.points is not None and formula.bounded:
        assert 0 <= outcome.points <= 40
    if outcome.refusal:
        assert all(words(language).term(outcome.refusal) for language in Language)
    if "blank" in hostile:
        assert outcome.refusal == "formula-refusal.blank-price"
    if hostile == "missing":
        assert outcome.refusal == "formula-refusal.no-bids"


def _price(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
def test_extreme_prices_do_what_is_declared(formula: Formula) -> None:
    """A million million times the others, and as much below."""
    huge = Fraction(100 if formula.kind is CriterionKind.QUALITY else 10**14)
    assert _behaviour(formula, huge, (Fraction(100), huge)) is formula.totality.extreme


def test_a_whole_logarithm_is_exact_and_an_irrational_one_is_decided() -> None:
    """Twice the lowest price costs all points; the fourth decimals are the published ones; twelve are right too."""
    found = {
        price: logarithmic("logarithm@1", Fraction(40), Fraction(price, 100), Fraction(12)) for price in (200, 400, 110)
    }
    assert (found[200], found[400]) == (Fraction(0), Fraction(-40))
    assert abs(found[110] - 40 * (1 - logarithm(Fraction(11, 10)))) <= Fraction(1, 2 * 10**12)


@pytest.mark.parametrize("decimals", ["13", "-1", "1/2"])
def test_decimals_that_nobody_means_are_refused(decimals: str) -> None:
    """Declared decimals are whole and few."""
    with pytest.raises(RefusedError):
        logarithmic("logarithm@1", Fraction(40), Fraction(11, 10), Fraction(decimals))


def test_a_large_field_is_summed_up_once() -> None:
    """Five thousand bids by their mean: reckoning it again for every bid would take minutes."""
    field = Field(Fraction(100 + number, 7) for number in range(5_000))
    formula = FORMULAS["around-mean@1"]
    found = [formula.points(_plain(formula, Fraction(40), price, field)) for price in field]
    assert found == sorted(found, reverse=True)
