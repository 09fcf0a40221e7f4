"""How well a grouping fits, in true counts: secret, and published only through `tender.annexes.grouping.card`.

Only clients that were followed for the whole horizon count. Definitions:

- *false easy*: put into the easiest group, but found no open work within the horizon; among those who found none.
- *false hard*: put into the hardest group, but found open work within the horizon; among those who found it.
- *near a limit*: one point up or down (a logistic likelihood: five per cent) would change the group.
- *Brier score*: the mean of (likelihood − outcome)², likelihoods as fractions of 1 and outcomes 0 or 1; exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.annexes.grouping.scoring import Entrant, Working, likelihood_of
from tender.model.grouping import Grouping, GroupingMethod
from tender.model.open_data import Breakdown

NEAR_POINTS, NEAR_PER_CENT = Decimal(1), Decimal(5)
"""How near to a limit a client is near: in points, and in per cent of a logistic likelihood."""

ERROR_BREAKDOWNS = (Breakdown.SEX, Breakdown.AGE, Breakdown.EDUCATION)
"""By what errors are reported."""

_TENTH = 10
_HUNDRED = 100
_STEPS, _CLOSE_ENOUGH, _SMALLEST = 50, 1e-9, 1e-3


@dataclass(frozen=True, slots=True)
class Grouped:
    """A client with its working.

    Attributes:
        entrant: The client.
        working: How it came into its group.
        at: Code of its category for each breakdown of errors.
    """

    entrant: Entrant
    working: Working
    at: Mapping[Breakdown, str]


@dataclass(frozen=True, slots=True)
class Band:
    """Clients with one likelihood, or within one tenth of likelihood.

    Attributes:
        least: Smallest sum of points, or smallest likelihood in per cent.
        most: Largest such.
        expected: Likelihood that the grouping gives, per cent.
        clients: How many.
        found: How many of them found open work.
    """

    least: Decimal
    most: Decimal
    expected: Decimal
    clients: int
    found: int


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors among some clients.

    Attributes:
        breakdown: Sex, age or education.
        code: Code of the category.
        without: How many found no open work.
        false_easy: How many of these were put into the easiest group.
        found: How many found open work.
        false_hard: How many of these were put into the hardest group.
    """

    breakdown: Breakdown
    code: str
    without: int
    false_easy: int
    found: int
    false_hard: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a grouping fits.

    Attributes:
        followed: Clients followed for the whole horizon.
        found: How many of them found open work.
        brier: Brier score; ``None`` without clients.
        brier_base: Brier score of giving everybody the share that found work; ``None`` without clients.
        bands: By likelihood.
        groups: Clients and how many found open work, by group in the order of the limits, easiest first.
        errors: By sex, age and education.
        near: Clients near a limit.
    """

    followed: int
    found: int
    brier: Fraction | None
    brier_base: Fraction | None
    bands: tuple[Band, ...]
    groups: Mapping[str, tuple[int, int]]
    errors: tuple[Errors, ...]
    near: int


def figures_of(grouping: Grouping, clients: Iterable[Grouped]) -> Figures:
    """The figures of `clients` under `grouping`."""
    followed = [client for client in clients if client.entrant.found is not None]
    found = _found(followed)
    base = Fraction(found, len(followed)) if followed else None
    order = groups_by_ease(grouping)
    return Figures(
        followed=len(followed),
        found=found,
        brier=brier(followed),
        brier_base=base * (1 - base) if base is not None else None,
        bands=_bands(grouping, followed),
        groups={group: _pair(followed, group) for group in order},
        errors=tuple(_errors(followed, order)),
        near=sum(is_near(grouping, client.working) for client in followed),
    )


def groups_by_ease(grouping: Grouping) -> tuple[str, ...]:
    """Ids of the groups, that with the highest limit first."""
    return tuple(sorted(grouping.limits, key=lambda group: -grouping.limits[group]))


def brier(clients: Sequence[Grouped]) -> Fraction | None:
    """The exact Brier score of clients who were followed; ``None`` without any."""
    if not clients:
        return None
    return sum((_miss(client) ** 2 for client in clients), Fraction(0)) / len(clients)


def _miss(client: Grouped) -> Fraction:
    return Fraction(client.working.likelihood) / _HUNDRED - int(bool(client.entrant.found))


def _found(clients: Sequence[Grouped]) -> int:
    return sum(bool(client.entrant.found) for client in clients)


def _pair(clients: Sequence[Grouped], group: str) -> tuple[int, int]:
    own = [client for client in clients if client.working.group == group]
    return len(own), _found(own)


def is_near(grouping: Grouping, working: Working) -> bool:
    """Whether a little more or less would have changed the group."""
    if grouping.method is GroupingMethod.LOGISTIC:
        likelihoods = [working.likelihood - NEAR_PER_CENT, working.likelihood + NEAR_PER_CENT]
    else:
        likelihoods = [likelihood_of(grouping, working.total + change) for change in (-NEAR_POINTS, NEAR_POINTS)]
    return any(grouping.group_at(likelihood) != working.group for likelihood in likelihoods)


def _bands(grouping: Grouping, clients: Sequence[Grouped]) -> tuple[Band, ...]:
    if grouping.method is GroupingMethod.LOGISTIC:
        return tuple(_tenth(number, clients) for number in range(_TENTH))
    ends = [*(Decimal(step.points - 1) for step in grouping.scale[1:]), grouping.highest]
    return tuple(
        _band(Decimal(step.points), end, step.likelihood, clients, lambda working: working.total)
        for step, end in zip(grouping.scale, ends, strict=True)
    )


def _tenth(number: int, clients: Sequence[Grouped]) -> Band:
    """The tenth of likelihood from ``10 × number`` to less than ten more; the last one with 100 itself."""
    least = Decimal(_TENTH * number)
    inside = [c for c in clients if min(int(c.working.likelihood) // _TENTH, _TENTH - 1) == number]
    return Band(least, least + _TENTH, least + Decimal(_TENTH) / 2, len(inside), _found(inside))


def _band(
    least: Decimal, most: Decimal, expected: Decimal, clients: Sequence[Grouped], value: Callable[[Working], Decimal]
) -> Band:
    inside = [client for client in clients if least <= value(client.working) <= most]
    return Band(least, most, expected, len(inside), _found(inside))


def _errors(clients: Sequence[Grouped], order: Sequence[str]) -> Iterable[Errors]:
    for breakdown in ERROR_BREAKDOWNS:
        for code in sorted({client.at[breakdown] for client in clients}):
            yield _error(breakdown, code, [client for client in clients if client.at[breakdown] == code], order)


def _error(breakdown: Breakdown, code: str, clients: Sequence[Grouped], order: Sequence[str]) -> Errors:
    found = [client for client in clients if client.entrant.found]
    without = [client for client in clients if not client.entrant.found]
    easy = sum(client.working.group == order[0] for client in without)
    hard = sum(client.working.group == order[-1] for client in found)
    return Errors(breakdown, code, len(without), easy, len(found), hard)


def calibration(clients: Sequence[Grouped]) -> tuple[float, float] | None:
    """Slope and intercept of the outcome's log-odds on those of the likelihood, by Newton's method.

    Likelihoods are kept within 0.1 and 99.9 per cent. ``None`` when there is no such line: nobody or everybody found
    work, all likelihoods are equal, or likelihoods part the outcomes wholly.
    """
    pairs = [(_log_odds(client.working.likelihood), int(bool(client.entrant.found))) for client in clients]
    outcomes = {outcome for _, outcome in pairs}
    if len(outcomes) < 2 or len({odds for odds, _ in pairs}) < 2:  # noqa: PLR2004 - a line needs two of both
        return None
    slope, intercept = 1.0, 0.0
    for _ in range(_STEPS):
        step = _newton(pairs, slope, intercept)
        if step is None:
            return None
        slope, intercept = slope + step[0], intercept + step[1]
        if max(map(abs, step)) < _CLOSE_ENOUGH:
            return slope, intercept
    return None


def _log_odds(likelihood: Decimal) -> float:
    share = min(max(float(likelihood) / _HUNDRED, _SMALLEST), 1 - _SMALLEST)
    return math.log(share / (1 - share))


def _newton(pairs: Sequence[tuple[float, int]], slope: float, intercept: float) -> tuple[float, float] | None:
    """One step towards the most likely line; ``None`` where there is none."""
    toward_slope = toward_intercept = twice_slope = both = twice_intercept = 0.0
    for odds, outcome in pairs:
        share = 1 / (1 + math.exp(-max(min(slope * odds + intercept, 500.0), -500.0)))
        weight = share * (1 - share)
        toward_slope += (outcome - share) * odds
        toward_intercept += outcome - share
        twice_slope += weight * odds * odds
        both += weight * odds
        twice_intercept += weight
    determinant = twice_slope * twice_intercept - both * both
    if determinant < _CLOSE_ENOUGH:
        return None
    return (
        (twice_intercept * toward_slope - both * toward_intercept) / determinant,
        (twice_slope * toward_intercept - both * toward_slope) / determinant,
    )
