"""What a set of prices means, computed exactly: euros for each new client, margins, shares, and the rules it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluation.design.weights.case import DesignCase
from evaluation.design.weights.rows import Line, columns_of, firm, margin, soft
from tender.model.design import GroupDesign, GroupOutlook, Outlook, Prices
from tender.money import exact

NEAR = Fraction(1, 100)
"""What lacks less than this share of a soft row is met: prices and weights have few decimals."""

_YEAR = 12


def values_of(prices: Prices) -> dict[str, Fraction]:
    """`prices` by column of the model."""
    found = {f"c[{one.group}]": exact(one.capitation) for one in prices.groups}
    found |= {f"o[{one.group}]": exact(one.outcome) for one in prices.groups}
    for letter, base in (("c", prices.capitation_base), ("o", prices.outcome_base)):
        if base is not None:
            found[f"{letter}[base]"] = exact(base)
    return found


def weights_outside(case: DesignCase, prices: Prices) -> tuple[str, ...]:
    """Names of the prices and weights outside their ranges, exactly; weights are judged as they are, unrounded."""
    values, broken = values_of(prices), []
    for column, span in columns_of(case).items():
        if span is not None and not span.holds(values[column]):
            broken.append(f"range[{column[0]},{column[2:-1]}]")
    for price, group in zip(prices.groups, case.groups, strict=True):
        for letter, weight, span in (
            ("c", price.capitation_weight, group.capitation_weight),
            ("o", price.outcome_weight, group.outcome_weight),
        ):
            if weight is not None and span is not None and not span.holds(exact(weight)):
                broken.append(f"weight[{letter},{group.group}]")
    return tuple(broken)


@dataclass(frozen=True, slots=True)
class Judge:
    """The rows of a case, made once and asked about many prices.

    Attributes:
        firm: Firm rows but ranges, which `weights_outside` judges.
        soft: Soft rows.
    """

    firm: tuple[Line, ...]
    soft: tuple[Line, ...]

    def broken(self, prices: Prices) -> dict[str, Fraction]:
        """What rows lack at `prices`, by name; rows that hold are left out."""
        values = values_of(prices)
        lacks = {line.name: lack for line in self.firm if (lack := line.lack(values))}
        return lacks | {line.name: lack for line in self.soft if (lack := line.lack(values)) > NEAR * line.limit}


def judge_of(case: DesignCase) -> Judge:
    """The judge of `case`."""
    kept = tuple(line for line in firm(case) if not line.name.startswith(("weight-", "range-")))
    return Judge(kept, soft(case))


def broken_by(case: DesignCase, prices: Prices) -> Mapping[str, Fraction]:
    """What rows lack at `prices`, by name; rows that hold are left out, and ranges, which `weights_outside` judges."""
    return judge_of(case).broken(prices)


def outlook_of(case: DesignCase, prices: Prices) -> Outlook:
    """What `prices` mean in a year."""
    groups = tuple(_group(case, prices, group) for group in case.groups)
    outcome = sum((one.outcome_money for one in groups), Fraction(0))
    cost = outcome + sum((one.capitation_money for one in groups), Fraction(0))
    months = sum(one.client_months for one in groups)
    return Outlook(
        groups=groups,
        cost=cost,
        client_year=cost * _YEAR / months if months else Fraction(0),
        outcome_share=outcome / cost if cost else Fraction(0),
        easy_share=groups[0].outcome_money / outcome if outcome else Fraction(0),
        spread=spread_of(groups),
        broken=(*weights_outside(case, prices), *broken_by(case, prices)),
    )


def margins_apart(case: DesignCase, prices: Prices) -> Fraction:
    """The spread of margins at `prices`."""
    return spread_of(tuple(_group(case, prices, group) for group in case.groups))


def spread_of(groups: tuple[GroupOutlook, ...]) -> Fraction:
    """Largest distance of a group's margin from the mean over all client-months."""
    months = sum(one.client_months for one in groups)
    if not months:
        return Fraction(0)
    mean = sum((one.margin * one.client_months for one in groups), Fraction(0)) / months
    return max(abs(one.margin - mean) for one in groups)


def _group(case: DesignCase, prices: Prices, group: GroupDesign) -> GroupOutlook:
    price = next(one for one in prices.groups if one.group == group.group)
    volume, values = case.volumes[group.group], values_of(prices)
    terms, cost = margin(case, group)
    gained = exact(price.outcome) * case.hours_each(group.group) * group.effort_gain
    return GroupOutlook(
        group=group.group,
        per_entrant=exact(price.outcome) * case.hours_each(group.group),
        margin=sum((factor * values[column] for column, factor in terms.items()), -cost),
        effort_pays=gained / group.effort_cost if group.effort_cost else None,
        outcome_money=exact(price.outcome) * volume.hours,
        capitation_money=exact(price.capitation) * volume.client_months,
        client_months=volume.client_months,
    )
