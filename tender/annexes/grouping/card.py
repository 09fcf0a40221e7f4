"""The model card: the figures of a grouping so rounded that no small number of persons can be told from zero.

Three guards, all of them arithmetic that a reader can check:

1. *A share's step.* A share of `n` clients is rounded half-up to the smallest step s of 1, 2, 5, 10, 20 per cent with
   s · n > 200 · T. Then 0 % holds every count from 0 to at least T, 100 % every count from at most n − T to n, and any
   other share only counts above T that leave more than T others. Without such a step, n ≤ 10 · T, it is not shown.
2. *No counts.* The only count is that of all clients followed, rounded to a multiple of 4 · T; so subtracting it from
   a total of the annex leaves a range of 4 · T counts, and no other figure of the card can be subtracted from anything.
3. *Means.* Brier score and calibration rest on all clients followed, n > 10 · T, and have so few decimals that one
   unit of the last decimal is more than 2 · T / n: leaving T clients out does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tender.annexes.grouping.figures import Band, Errors, Figures, Grouped, calibration, figures_of
from tender.annexes.grouping.scoring import FactorLine, worked_from
from tender.language import Text
from tender.model.grouping import Factor, FactorCategory, Grouping
from tender.model.model_card import CardBand, CardError, CardExample, CardGroup, ModelCard, Share
from tender.model.open_data import Breakdown
from tender.money import round_half_up

STEPS = (1, 2, 5, 10, 20)
"""To what shares are rounded, in per cent."""

MOST_DECIMALS = 3
"""Decimals of the Brier score and the calibration, however many clients are behind them."""

_HUNDRED, _TWICE, _ROUNDED = 100, 2, 4

Labels = Mapping[tuple[Breakdown, str], Text]
"""Words of the categories of sex, age and education."""


def card_of(
    grouping: Grouping, clients: Iterable[Grouped], threshold: int, labels: Labels, corrected: int = 0
) -> ModelCard:
    """The model card of `grouping`.

    Args:
        grouping: The grouping.
        clients: Every client that was grouped.
        threshold: Smallest count of persons that may be known.
        labels: Words of the categories by which errors are reported.
        corrected: How many of the clients followed had their group corrected by a person.
    """
    everybody = tuple(clients)
    figures = figures_of(grouping, everybody)
    followed = [client for client in everybody if client.entrant.found is not None]
    decimals = decimals_of(figures.followed, threshold)
    line = calibration(followed) if decimals is not None else None
    return ModelCard(
        grouping=grouping,
        example=example_of(grouping),
        threshold=threshold,
        clients=rounded(figures.followed, _ROUNDED * threshold),
        rounded_to=_ROUNDED * threshold,
        decimals=decimals or 0,
        brier=_mean(figures.brier, decimals),
        brier_base=_mean(figures.brier_base, decimals),
        slope=_mean(Fraction(line[0]) if line else None, decimals),
        intercept=_mean(Fraction(line[1]) if line else None, decimals),
        bands=tuple(_band(band, figures.followed, threshold) for band in figures.bands),
        groups=_groups(figures, threshold),
        errors=tuple(_error(each, labels, threshold) for each in _in_order(figures.errors, labels)),
        near=share_of(figures.near, figures.followed, threshold),
        corrected=share_of(corrected, figures.followed, threshold),
    )


def step_of(clients: int, threshold: int) -> int:
    """The step of a share of `clients`, per cent; 0 when no share of so few may be shown.

    >>> step_of(1001, 5), step_of(1000, 5), step_of(51, 5), step_of(50, 5)
    (1, 2, 20, 0)
    """
    return next((step for step in STEPS if step * clients > _TWICE * _HUNDRED * threshold), 0)


def share_of(part: int, clients: int, threshold: int) -> Share:
    """The share of `part` in `clients` as it may be published."""
    step = step_of(clients, threshold)
    if not step:
        return Share(None, 0)
    return Share(step * int(round_half_up(Fraction(_HUNDRED * part, clients * step), 0)), step)


def rounded(count: int, multiple: int) -> int:
    """`count` rounded half-up to a multiple."""
    return multiple * int(round_half_up(Fraction(count, multiple), 0))


def decimals_of(clients: int, threshold: int) -> int | None:
    """Decimals of a mean over `clients`; ``None`` when no mean over so few may be shown.

    >>> decimals_of(20_000, 5), decimals_of(2_800, 5), decimals_of(101, 5), decimals_of(50, 5)
    (3, 2, 1, None)
    """
    if not step_of(clients, threshold):
        return None
    fine = (places for places in range(MOST_DECIMALS, 0, -1) if clients > _TWICE * threshold * 10**places)
    return next(fine, 0)


def _mean(value: Fraction | None, decimals: int | None) -> Decimal | None:
    return None if value is None or decimals is None else round_half_up(value, decimals)


def _band(band: Band, followed: int, threshold: int) -> CardBand:
    clients = share_of(band.clients, followed, threshold)
    return CardBand(band.least, band.most, band.expected, clients, share_of(band.found, band.clients, threshold))


def _groups(figures: Figures, threshold: int) -> tuple[CardGroup, ...]:
    return tuple(
        CardGroup(group, share_of(clients, figures.followed, threshold), share_of(found, clients, threshold))
        for group, (clients, found) in figures.groups.items()
    )


def _in_order(errors: Iterable[Errors], labels: Labels) -> list[Errors]:
    """`errors` in the order of their words; those without words last."""
    order = {key: number for number, key in enumerate(labels)}
    return sorted(errors, key=lambda each: order.get((each.breakdown, each.code), len(order)))


def _error(each: Errors, labels: Labels, threshold: int) -> CardError:
    easy = share_of(each.false_easy, each.without, threshold)
    hard = share_of(each.false_hard, each.found, threshold)
    return CardError(each.breakdown, each.code, labels.get((each.breakdown, each.code), Text()), easy, hard)


def example_of(grouping: Grouping) -> CardExample:
    """An invented client: the first category of the first factor, the second of the second, and so on around."""
    chosen = tuple(_chosen(factor, number) for number, factor in enumerate(grouping.factors))
    lines = tuple(FactorLine(f, "", c) for f, c in zip(grouping.factors, chosen, strict=True))
    working = worked_from(grouping, lines)
    return CardExample(tuple(c.code for c in chosen), working.total, working.likelihood, working.group)


def _chosen(factor: Factor, number: int) -> FactorCategory:
    named: Sequence[FactorCategory] = [c for c in factor.categories if not c.blank] or factor.categories
    return named[number % len(named)]
