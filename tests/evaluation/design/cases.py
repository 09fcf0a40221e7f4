"""Design problems for tests: the pilot's figures with round costs, and a planted subgroup."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluation.design.weights.case import DesignCase
from tender.language import Text
from tender.model.design import Assumptions, BudgetRow, GroupDesign, GroupPrice, Prices, Span, Subgroup, Volume
from tender.model.prices import PriceForm, PriceModel, PricePart, PriceRange
from tests.evaluation.design.flows import flow

WEIGHTS_C = {"easy": Decimal("0.9"), "average": Decimal(1), "hard": Decimal("1.2")}
WEIGHTS_O = {"easy": Decimal("0.4"), "average": Decimal("0.8"), "hard": Decimal("1.5")}
"""The source's weights (A7, A8)."""

PRICES = PriceModel(
    capitation=PricePart(
        PriceForm.BASE_TIMES_WEIGHT, 2, 2, PriceRange(Decimal(34), Decimal(50), Decimal(42)), WEIGHTS_C
    ),
    outcome=PricePart(
        PriceForm.BASE_TIMES_WEIGHT, 4, 4, PriceRange(Decimal("0.6"), Decimal(1), Decimal("0.8")), WEIGHTS_O
    ),
    vat_rate=Decimal(24),
)
BEFORE = Prices(
    tuple(
        GroupPrice(group, 42 * WEIGHTS_C[group], Decimal("0.8") * WEIGHTS_O[group], WEIGHTS_C[group], WEIGHTS_O[group])
        for group in WEIGHTS_C
    ),
    Decimal(42),
    Decimal("0.8"),
)
VOLUMES = {"easy": Volume(4320, 1_392_000), "average": Volume(6216, 402_500), "hard": Volume(6264, 51_250)}
COSTS = {"easy": (54, 53, 25), "average": (59, 74, 30), "hard": (63, 96, 35)}


def design(group: str, subgroups: tuple[Subgroup, ...] = ()) -> GroupDesign:
    """One group with weights that may lie a quarter from the source's."""
    duty, effort, gain = COSTS[group]
    around = {letter: (weights[group] * 3 / 4, weights[group] * 5 / 4) for letter, weights in
              (("c", WEIGHTS_C), ("o", WEIGHTS_O))}  # fmt: skip
    return GroupDesign(
        group=group,
        name=Text(group, group, group),
        duty_cost=Fraction(duty),
        effort_cost=Fraction(effort),
        effort_gain=Fraction(gain, 100),
        capitation=Span(Fraction(34), Fraction(50)),
        outcome=Span(Fraction(6, 10), Fraction(1)),
        capitation_weight=Span(*map(Fraction, around["c"])),
        outcome_weight=Span(*map(Fraction, around["o"])),
        subgroups=subgroups,
    )


ASSUMED = Assumptions(
    groups=tuple(design(group) for group in WEIGHTS_C),
    flow=flow(),
    margin=Fraction(8, 100),
    reserve=Fraction(233),
    effort_margin=Fraction(1, 10),
    outcome_share=Span(Fraction(3, 10), Fraction(6, 10)),
    within=Fraction(15),
)
CASE = DesignCase(
    prices=PRICES,
    before=BEFORE,
    assumptions=ASSUMED,
    volumes=VOLUMES,
    start={group: volume.client_months * 5 // 12 for group, volume in VOLUMES.items()},
    clients=1400,
    budgets=(BudgetRow("year", Fraction(1_700_000), VOLUMES),),
)

CREAMED = Subgroup(
    "recalled", Text("Lomautetut", "Permitterade", "On temporary lay-off"), Fraction(1, 5), Fraction(3, 2)
)
"""A planted subgroup: a fifth of the group brings half as many hours again, and a provider sees who it is."""


def with_subgroup(case: DesignCase = CASE, group: str = "easy", within: int = 15) -> DesignCase:
    """`case` with the planted subgroup in `group`."""
    groups = tuple(replace(one, subgroups=(CREAMED,)) if one.group == group else one for one in case.groups)
    return replace(case, assumptions=replace(case.assumptions, groups=groups, within=Fraction(within)))


def per_group(case: DesignCase = CASE) -> DesignCase:
    """`case` with a price for each group."""
    parts = {
        name: PricePart(
            PriceForm.PER_GROUP,
            part.decimals,
            part.unit_decimals,
            groups={
                one.group: PriceRange(price * Decimal("0.75"), price * Decimal("1.25"), price)
                for one in case.before.groups
                for price in (one.capitation if name == "capitation" else one.outcome,)
            },
        )
        for name, part in (("capitation", case.prices.capitation), ("outcome", case.prices.outcome))
    }
    groups = tuple(
        replace(
            group,
            capitation=_span(parts["capitation"], group.group),
            outcome=_span(parts["outcome"], group.group),
            capitation_weight=None,
            outcome_weight=None,
        )
        for group in case.groups
    )
    before = Prices(tuple(replace(one, capitation_weight=None, outcome_weight=None) for one in case.before.groups))
    return replace(
        case,
        prices=replace(case.prices, capitation=parts["capitation"], outcome=parts["outcome"]),
        before=before,
        assumptions=replace(case.assumptions, groups=groups),
    )


def _span(part: PricePart, group: str) -> Span:
    found = (part.groups or {})[group]
    return Span(Fraction(found.lowest), Fraction(found.highest))
