"""The rows of the model, exact and by name: what must hold, what should hold, and what is measured.

Columns are ``c[group]`` and ``o[group]`` (unit prices in euros), ``c[base]`` and ``o[base]`` where a base price is
tendered, ``lack[row]`` for each soft row, ``spread``, and ``far[column]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluation.design.weights.case import DesignCase
from tender.model.design import GroupDesign, Span
from tender.solving import Sense

Terms = Mapping[str, Fraction]

PRICES = ("c", "o")
"""Capitation and outcome price."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row.

    Attributes:
        name: Its name.
        terms: Coefficients by column.
        sense: How the sum compares with the limit.
        limit: The right-hand side.
    """

    name: str
    terms: Terms
    sense: Sense
    limit: Fraction

    def value(self, at: Mapping[str, Fraction]) -> Fraction:
        """The sum of the terms; columns that are not named are zero."""
        return sum((factor * at.get(column, Fraction(0)) for column, factor in self.terms.items()), Fraction(0))

    def lack(self, at: Mapping[str, Fraction]) -> Fraction:
        """By how much the row fails; zero when it holds."""
        over = self.value(at) - self.limit
        if self.sense is Sense.EQUAL:
            return abs(over)
        return max(over if self.sense is Sense.AT_MOST else -over, Fraction(0))


def columns_of(case: DesignCase) -> dict[str, Span | None]:
    """The price columns with their ranges; ``None`` where only the base has one."""
    found: dict[str, Span | None] = {}
    for letter in PRICES:
        with_base = case.old_base(letter) is not None
        if with_base:
            found[f"{letter}[base]"] = _span(case.groups[0], letter)
        for group in case.groups:
            found[f"{letter}[{group.group}]"] = None if with_base else _span(group, letter)
    return found


def firm(case: DesignCase) -> tuple[Line, ...]:
    """What every proposal must meet: ranges, order, budgets, participation, liquidity, outcome share."""
    return (*_ranges(case), *_weights(case), *_order(case), *budgets(case), *economics(case))


def _ranges(case: DesignCase) -> Iterator[Line]:
    """Tendered prices inside the buyer's ranges."""
    for column, span in columns_of(case).items():
        if span is not None:
            name = f"[{column[0]},{column[2:-1]}]"
            yield Line(f"range-lowest{name}", {column: Fraction(1)}, Sense.AT_LEAST, span.lowest)
            yield Line(f"range-highest{name}", {column: Fraction(1)}, Sense.AT_MOST, span.highest)


def _weights(case: DesignCase) -> tuple[Line, ...]:
    """Weights inside their ranges, kept linear: lowest · base ≤ price ≤ highest · base."""
    return tuple(
        Line(f"weight-{end}[{letter},{group.group}]", {f"{letter}[{group.group}]": Fraction(1), base: -limit}, sense,
             Fraction(0))
        for letter in PRICES
        if case.old_base(letter) is not None
        for base in (f"{letter}[base]",)
        for group in case.groups
        for span in (group.capitation_weight if letter == "c" else group.outcome_weight,)
        if span is not None
        for end, limit, sense in (
            ("lowest", span.lowest, Sense.AT_LEAST), ("highest", span.highest, Sense.AT_MOST),
        )
    )  # fmt: skip


def _order(case: DesignCase) -> Iterator[Line]:
    """A harder group is never paid less."""
    for letter in PRICES:
        for easier, harder in pairwise(case.groups):
            terms = {f"{letter}[{easier.group}]": Fraction(-1), f"{letter}[{harder.group}]": Fraction(1)}
            yield Line(f"order[{letter},{harder.group}]", terms, Sense.AT_LEAST, Fraction(0))


def budgets(case: DesignCase) -> Iterator[Line]:
    """Each budget suffices for its volumes."""
    for row in case.all_budgets():
        terms = {f"c[{group}]": Fraction(volume.client_months) for group, volume in row.volumes.items()} | {
            f"o[{group}]": Fraction(volume.hours) for group, volume in row.volumes.items()
        }
        yield Line(f"budget[{row.id}]", terms, Sense.AT_MOST, row.amount)


def economics(case: DesignCase) -> Iterator[Line]:
    """A typical provider takes part and can advance its costs; outcome pay has its share."""
    capitation = {f"c[{group.group}]": Fraction(case.volumes[group.group].client_months) for group in case.groups}
    outcome = {f"o[{group.group}]": Fraction(case.volumes[group.group].hours) for group in case.groups}
    wanted = case.year_cost() * (1 + case.assumptions.margin)
    yield Line("participation", {**capitation, **outcome}, Sense.AT_LEAST, wanted)
    start = {f"c[{group.group}]": Fraction(case.start[group.group]) for group in case.groups}
    costs = sum((case.month_cost(group) * case.start[group.group] for group in case.groups), Fraction(0))
    yield Line("liquidity", start, Sense.AT_LEAST, costs - case.assumptions.reserve * case.clients)
    ends = case.assumptions.outcome_share
    for name, share, sense in (
        ("outcome-share[lowest]", ends.lowest, Sense.AT_LEAST),
        ("outcome-share[highest]", ends.highest, Sense.AT_MOST),
    ):
        terms = {column: factor * (1 - share) for column, factor in outcome.items()}
        terms |= {column: -factor * share for column, factor in capitation.items()}
        yield Line(name, terms, sense, Fraction(0))


def soft(case: DesignCase) -> tuple[Line, ...]:
    """What should hold, in euros for one new client: effort pays, and no subgroup is worth creaming."""
    return (*(_effort(case, group) for group in case.groups), *_subgroups(case))


def _effort(case: DesignCase, group: GroupDesign) -> Line:
    gained = group.effort_gain * case.hours_each(group.group)
    wanted = (1 + case.assumptions.effort_margin) * group.effort_cost
    return Line(f"effort[{group.group}]", {f"o[{group.group}]": gained}, Sense.AT_LEAST, wanted)


def _subgroups(case: DesignCase) -> Iterator[Line]:
    """A subgroup's margin lies at most `within` above its group's, over a client's mean stay."""
    for group in case.groups:
        stay = 1 / case.flow(group.group).leaving if case.flow(group.group).leaving else Fraction(0)
        for part in group.subgroups:
            more = (part.hours - 1) * case.hours_each(group.group)
            if more > 0:
                limit = case.assumptions.within * stay
                yield Line(f"subgroup[{group.group},{part.id}]", {f"o[{group.group}]": more}, Sense.AT_MOST, limit)


def margin(case: DesignCase, group: GroupDesign) -> tuple[dict[str, Fraction], Fraction]:
    """The margin of a client-month of `group`: terms and the cost that is taken from them."""
    terms = {f"c[{group.group}]": Fraction(1), f"o[{group.group}]": case.hours_a_month(group.group)}
    return terms, case.month_cost(group)


def spreads(case: DesignCase) -> Iterator[Line]:
    """Each group's margin lies within ``spread`` of the mean over all client-months."""
    total = sum(volume.client_months for volume in case.volumes.values())
    mean: dict[str, Fraction] = {}
    mean_cost = Fraction(0)
    for group in case.groups:
        share = Fraction(case.volumes[group.group].client_months, total) if total else Fraction(0)
        terms, cost = margin(case, group)
        mean_cost += share * cost
        for column, factor in terms.items():
            mean[column] = mean.get(column, Fraction(0)) + share * factor
    for group in case.groups:
        terms, cost = margin(case, group)
        apart = {column: terms.get(column, Fraction(0)) - factor for column, factor in mean.items()}
        above = {**apart, "spread": Fraction(-1)}
        below = {**apart, "spread": Fraction(1)}
        yield Line(f"margin-above[{group.group}]", above, Sense.AT_MOST, cost - mean_cost)
        yield Line(f"margin-below[{group.group}]", below, Sense.AT_LEAST, cost - mean_cost)


def distances(case: DesignCase) -> Iterator[Line]:
    """``far[column]`` is at least the distance from the tender's own price, as a share of it."""
    for column in columns_of(case):
        letter, _, rest = column.partition("[")
        group = rest.removesuffix("]")
        old = case.old_base(letter) if group == "base" else case.old(letter, group)
        if not old:
            continue
        for sign in (1, -1):
            terms = {column: Fraction(sign) / old, f"far[{column}]": Fraction(-1)}
            yield Line(f"distance{'+' if sign > 0 else '-'}[{column}]", terms, Sense.AT_MOST, Fraction(sign))


def _span(group: GroupDesign, letter: str) -> Span:
    return group.capitation if letter == "c" else group.outcome
