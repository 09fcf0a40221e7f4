"""Small tenders, bids and score sheets for the tests of the award."""

from __future__ import annotations

import ast
import operator
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from evaluation.award.scoring import rank
from tender.model.awards import ScoredBid, ScoreSheet
from tender.model.bids import Bid, Reply
from tender.model.criteria import Criterion, CriterionKind, Rounding, RoundingPoint, SelectionMethod, SelectionRule
from tender.model.groups import Area, RiskGroup
from tender.model.methods import award_hash, payment_hash
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange, price_cells
from tender.model.statements import Step
from tender.model.tender import Tender
from tender.money import round_half_up
from tests.sample import fi, sample_tender

CASES = Path(__file__).parents[2] / "cases"

SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def logarithm(value: Fraction) -> Fraction:
    """log₂ of `value` to fifty digits, by the series of the inverse hyperbolic tangent: no library is asked."""
    whole = 0
    while value >= 2:
        value, whole = value / 2, whole + 1
    return whole + _natural(value) / _natural(Fraction(2))


def _natural(value: Fraction) -> Fraction:
    ratio = (value - 1) / (value + 1)
    power, found, place = ratio, Fraction(0), 1
    while abs(power) > Fraction(1, 10**55):
        found += power / place
        power, place = Fraction(round(power * ratio * ratio * 10**60), 10**60), place + 2
    return 2 * found


CALLS: Mapping[str, Callable[[list[Fraction]], Fraction]] = {
    "min": min,
    "max": max,
    "floor": lambda values: Fraction(floor(values[0])),
    "log2": lambda values: logarithm(values[0]),
}

fractions = st.fractions(min_value=0, max_value=10_000, max_denominator=1000)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=10_000, max_denominator=1000)
weights = st.integers(min_value=1, max_value=100).map(Fraction)


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of ``tests/cases/<name>.toml``."""
    with (CASES / f"{name}.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file, parse_float=Decimal)["case"]
    return found


def as_fraction(value: object) -> Fraction:
    """A number of a case file, exact."""
    return Fraction(str(value))


def evaluate(expression: str) -> Fraction:
    """The exact value of a step's expression, reckoned without the code that wrote it."""
    tree = ast.parse(expression.replace(";", ","), mode="eval").body
    return _value(tree, expression)


def _value(node: ast.expr, source: str) -> Fraction:
    match node:
        case ast.Constant():
            return Fraction(ast.get_source_segment(source, node) or "")
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand, source)
        case ast.BinOp():
            return SIGNS[type(node.op)](_value(node.left, source), _value(node.right, source))
        case ast.Call(func=ast.Name(id=name)):
            values = [_value(argument, source) for argument in node.args]
            return CALLS[name](values)
    raise AssertionError(source)


def assert_true(step: Step) -> None:
    """The step's arithmetic gives its result, rounded half-up where the step says so."""
    found = evaluate(step.expression)
    expected = found if step.decimals is None else Fraction(round_half_up(found, step.decimals))
    assert expected == step.result, step


def priced_tender(tender: Tender | None = None, *, zero_allowed: bool = False) -> Tender:
    """A tender with one area and one group whose comparison price is simply the tendered capitation price."""
    wide = {"all": PriceRange(Decimal(0), Decimal(1000))}
    none = {"all": PriceRange(Decimal(0), Decimal(0))}
    return replace(
        tender or sample_tender(),
        areas=(Area("here", fi("Täällä")),),
        groups=(RiskGroup("all", fi("Kaikki"), fi("Kaikki"), {"here": 1400}, 1, 0),),
        prices=PriceModel(
            PricePart(PriceForm.PER_GROUP, 4, 4, groups=wide),
            PricePart(PriceForm.PER_GROUP, 4, 4, groups=none),
            Decimal(24),
            zero_allowed=zero_allowed,
        ),
    )


def with_criteria(
    tender: Tender, *criteria: Criterion, at: RoundingPoint = RoundingPoint.NONE, decimals: int = 2
) -> Tender:
    """`tender` with other criteria and another rounding."""
    return replace(tender, award=replace(tender.award, criteria=criteria, rounding=Rounding(at, decimals)))


def price_criterion(formula: str, weight: str = "40", **parameters: Decimal) -> Criterion:
    """A price criterion by `formula`."""
    return Criterion("price", fi("Hinta"), CriterionKind.PRICE, Decimal(weight), formula=formula, parameters=parameters)


def selection_tender(
    needs: Mapping[tuple[str, str], int] | None = None,
    *,
    providers: int = 3,
    cap: int = 700,
    method: SelectionMethod = SelectionMethod.BEST_SUM,
    near_tie: str = "0",
    ceiling: str | None = None,
    minimum_quality: str | None = None,
) -> Tender:
    """A tender in which only the selection matters: needs by cell, a cap, a rule."""
    wanted = needs or {("here", "all"): 1400}
    areas = dict.fromkeys(area for area, _ in wanted)
    groups = dict.fromkeys(group for _, group in wanted)
    base = sample_tender()
    rule = SelectionRule(
        method,
        Decimal(near_tie),
        None if ceiling is None else Decimal(ceiling),
        None if minimum_quality is None else Decimal(minimum_quality),
    )
    ranges = {group: PriceRange(Decimal(0), Decimal(1000)) for group in groups}
    part = PricePart(PriceForm.PER_GROUP, 2, 2, groups=ranges)
    return replace(
        base,
        areas=tuple(Area(area, fi(area)) for area in areas),
        groups=tuple(
            RiskGroup(
                group,
                fi(group),
                fi(group),
                {area: wanted.get((area, group), 0) for area in areas},
                12 * sum(wanted.get((area, group), 0) for area in areas),
                0,
            )
            for group in groups
        ),
        prices=PriceModel(part, part, Decimal(24)),
        framework=replace(base.framework, providers=providers, client_cap=cap, client_total=sum(wanted.values())),
        award=replace(base.award, selection=rule),
    )


def make_bid(
    tender: Tender,
    bidder: str,
    *,
    total: int | None = 700,
    cells: Mapping[tuple[str, str], int | None] | int = 700,
    prices: Mapping[str, Decimal | None] | Decimal | None = None,
) -> Bid:
    """A complete bid; `cells` as one number means that number in every cell, `prices` likewise."""
    capacity = (
        {(area.id, group.id): cells for area in tender.areas for group in tender.groups}
        if isinstance(cells, int)
        else cells
    )
    own: Mapping[str, Decimal | None]
    if isinstance(prices, Mapping):
        own = prices
    else:
        own = {cell.id: cell.range.lowest if prices is None else prices for cell in price_cells(tender.prices)}
    return Bid(
        bidder=bidder,
        name=f"Tuottaja {bidder}",
        business_id="",
        email=f"{bidder.lower()}@example.invalid",
        prices=own,
        capacity_total=total,
        capacity=capacity,
        suitability={requirement.id: Reply.YES for requirement in tender.suitability},
        annexes={annex.id: Reply.YES for annex in tender.award.demanded_annexes()},
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        version=1,
        file=f"{bidder}.xlsx",
        synthetic=True,
    )


def make_sheet(tender: Tender, totals: Mapping[str, Fraction | int], **further: Sequence[Fraction | int]) -> ScoreSheet:
    """A score sheet with the given total points; ``quality`` and ``price`` may be given in the same order."""
    count = len(totals)
    qualities = further.get("quality", [0] * count)
    prices = further.get("price", [0] * count)
    bids = [
        ScoredBid(bidder, f"Tuottaja {bidder}", Fraction(price), (), Fraction(good), Fraction(points), 0)
        for (bidder, points), good, price in zip(totals.items(), qualities, prices, strict=True)
    ]
    return ScoreSheet(award_hash(tender), rank(bids))
