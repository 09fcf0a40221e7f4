"""From real numbers to prices of the tender: every price and weight on its own decimals, every row computed again.

The point that rounds everything down keeps ranges, order and budgets; among its neighbours, one step up in any of the
prices, the one is taken that breaks least, lacks least, spreads least and lies nearest, all in exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.outlook import Judge, judge_of, margins_apart, weights_outside
from evaluation.design.weights.prices import unit_price
from evaluation.design.weights.rows import PRICES
from tender.model.design import GroupDesign, GroupPrice, Prices, Span
from tender.model.prices import PricePart
from tender.money import exact

MOST_STEPS = 12
"""Prices whose step up is tried in every combination; further ones stay rounded down."""

_NUDGE = 0.05
"""A hair's breadth, in steps of the decimals: the solver's numbers are no sharper."""

_PLAIN = 3
"""Most decimals of a proposed price: finer ones mean nothing."""

_MOST_BACK = 4
_FIRM = ("budget", "order")

Key = tuple[Fraction, Fraction, Fraction, Fraction]


def on_the_grid(case: DesignCase, values: Mapping[str, float]) -> Prices | None:
    """The best prices of the tender's own decimals next to `values`; ``None`` when no neighbour keeps the money.

    Raises:
        KeyError: `values` lacks a price.
    """
    judge = judge_of(case)
    for back in range(_MOST_BACK):
        near = _neighbours(case, values, back)
        candidates = [(key, prices) for prices in near if (key := _key(case, judge, prices)) is not None]
        if candidates:
            return min(candidates, key=lambda one: one[0])[1]
    return None


def _key(case: DesignCase, judge: Judge, prices: Prices) -> Key | None:
    """How good `prices` are, the less the better; ``None`` when a range, the order or a budget fails."""
    lacks = judge.broken(prices)
    if weights_outside(case, prices) or any(name.startswith(_FIRM) for name in lacks):
        return None
    wished = {line.name for line in judge.soft}
    firm = sum((lack for name, lack in lacks.items() if name not in wished), Fraction(0))
    lack = sum((lack for name, lack in lacks.items() if name in wished), Fraction(0))
    return firm, lack, margins_apart(case, prices), _distance(case, prices)


def _distance(case: DesignCase, prices: Prices) -> Fraction:
    far = Fraction(0)
    for price in prices.groups:
        for letter, value in (("c", price.capitation), ("o", price.outcome)):
            old = case.old(letter, price.group)
            far += abs(exact(value) / old - 1) if old else Fraction(0)
    return far


def _neighbours(case: DesignCase, values: Mapping[str, float], back: int) -> Iterator[Prices]:
    """Neighbours of `values`, `back` steps of the decimals below them: unit prices are rounded up too."""
    bases = {letter: _base(case, letter, values) for letter in PRICES}
    floors = {
        (letter, group.group): _back(case, letter, group, _down(case, letter, group, values, bases[letter]), back)
        for letter in PRICES
        for group in case.groups
    }
    free = list(floors)[:MOST_STEPS]
    for steps in product((0, 1), repeat=len(free)):
        up = {key for key, step in zip(free, steps, strict=True) if step}
        yield Prices(tuple(_price(case, group, floors, up, bases) for group in case.groups), bases["c"], bases["o"])


def _part(case: DesignCase, letter: str) -> PricePart:
    return case.prices.capitation if letter == "c" else case.prices.outcome


def _decimals(case: DesignCase, letter: str) -> int:
    return min(_part(case, letter).decimals, _PLAIN)


def _base(case: DesignCase, letter: str, values: Mapping[str, float]) -> Decimal | None:
    """The base price rounded down, and not below its range."""
    if case.old_base(letter) is None:
        return None
    span, decimals = _span(case.groups[0], letter), _decimals(case, letter)
    return _floored(values[f"{letter}[base]"], decimals, span)


def _down(
    case: DesignCase, letter: str, group: GroupDesign, values: Mapping[str, float], base: Decimal | None
) -> Decimal:
    """The weight, or the group's price, rounded down and not below its range."""
    value = values[f"{letter}[{group.group}]"]
    if base is None:
        return _floored(value, _decimals(case, letter), _span(group, letter))
    weight = _weight_span(group, letter)
    share = value / values[f"{letter}[base]"] if values[f"{letter}[base]"] else 0.0
    return _floored(share, case.assumptions.weight_decimals, weight)


def _back(case: DesignCase, letter: str, group: GroupDesign, value: Decimal, steps: int) -> Decimal:
    """`value` so many steps lower, inside its range."""
    by_weight = case.old_base(letter) is not None
    span = _weight_span(group, letter) if by_weight else _span(group, letter)
    decimals = case.assumptions.weight_decimals if by_weight else _decimals(case, letter)
    return _floored(float(value) - steps * 10.0**-decimals, decimals, span)


def _price(
    case: DesignCase,
    group: GroupDesign,
    floors: Mapping[tuple[str, str], Decimal],
    up: set[tuple[str, str]],
    bases: Mapping[str, Decimal | None],
) -> GroupPrice:
    unit, weight = {}, {}
    for letter in PRICES:
        part, key, base = _part(case, letter), (letter, group.group), bases[letter]
        decimals = case.assumptions.weight_decimals if base is not None else _decimals(case, letter)
        chosen = floors[key] + (Decimal(1).scaleb(-decimals) if key in up else 0)
        weight[letter] = chosen if base is not None else None
        unit[letter] = chosen if base is None else unit_price(base, chosen, part)
    return GroupPrice(group.group, unit["c"], unit["o"], weight["c"], weight["o"])


def _floored(value: float, decimals: int, span: Span | None) -> Decimal:
    """`value` rounded down to `decimals`, a hair's breadth forgiven; at least the lower end of `span`, on the grid."""
    down = Decimal(floor(value * 10**decimals + _NUDGE)).scaleb(-decimals)
    return down if span is None else max(down, Decimal(ceil(span.lowest * 10**decimals)).scaleb(-decimals))


def _span(group: GroupDesign, letter: str) -> Span:
    return group.capitation if letter == "c" else group.outcome


def _weight_span(group: GroupDesign, letter: str) -> Span | None:
    return group.capitation_weight if letter == "c" else group.outcome_weight
