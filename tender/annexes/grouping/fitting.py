"""Fitting a logistic model to followed clients, with scikit-learn (the extra ``ml``); a proposal, never a result.

The buyer looks at the proposed coefficients, declares them in ``tender.toml``, and only what is declared there groups
anybody: grouping itself needs no scikit-learn and no floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tender.annexes.grouping.card import step_of
from tender.annexes.grouping.scoring import Entrant, FactorLine, worked
from tender.errors import UsageError
from tender.model.grouping import Factor, Grouping, GroupingMethod
from tender.money import round_half_up

DECIMALS = 3
"""Decimals of proposed coefficients."""

EXTRA = "ml"
"""The extra that brings scikit-learn."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A logistic model to declare.

    Attributes:
        grouping: The same factors and limits, with the proposed constant and coefficients.
        clients: Clients that it was fitted to.
    """

    grouping: Grouping
    clients: int


def proposed(grouping: Grouping, entrants: Sequence[Entrant], threshold: int) -> Proposal:
    """A logistic model of the factors of `grouping`, fitted to those of `entrants` who were followed.

    The first category of each factor has the coefficient 0; the others say how they differ from it. scikit-learn's
    default ridge (C = 1) keeps rare categories near 0.

    Raises:
        UsageError: scikit-learn is not installed, too few clients were followed, or all had the same outcome.
        InputError: A client cannot be grouped.
    """
    followed = [entrant for entrant in entrants if entrant.found is not None]
    outcomes = [int(bool(entrant.found)) for entrant in followed]
    if not step_of(len(followed), threshold) or len(set(outcomes)) == 1:
        raise UsageError("annex.fit-few", count=len(followed))
    rows = [_row(grouping, worked(grouping, entrant).lines) for entrant in followed]
    constant, coefficients = _fitted(rows, outcomes)
    return Proposal(_with(grouping, constant, coefficients), len(followed))


def _row(grouping: Grouping, lines: Sequence[FactorLine]) -> list[float]:
    """1 where a client is in a category, for all categories but the first of each factor."""
    chosen = {line.factor.id: line.category.code for line in lines}
    return [float(chosen[factor] == code) for factor, code in _named(grouping)]


def _named(grouping: Grouping) -> list[tuple[str, str]]:
    return [(factor.id, each.code) for factor in grouping.factors for each in factor.categories[1:]]


def _fitted(rows: Sequence[Sequence[float]], outcomes: Sequence[int]) -> tuple[Decimal, list[Decimal]]:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("annex.fit-no-sklearn", extra=EXTRA) from error
    model = LogisticRegression(max_iter=1000, tol=1e-8).fit(rows, outcomes)
    return _rounded(model.intercept_[0]), [_rounded(number) for number in model.coef_[0]]


def _rounded(number: float) -> Decimal:
    return round_half_up(Fraction(float(number)), DECIMALS)


def _with(grouping: Grouping, constant: Decimal, coefficients: Sequence[Decimal]) -> Grouping:
    found = dict(zip(_named(grouping), coefficients, strict=True))
    factors = tuple(_weighted(factor, found) for factor in grouping.factors)
    return replace(grouping, method=GroupingMethod.LOGISTIC, factors=factors, scale=(), intercept=constant)


def _weighted(factor: Factor, found: Mapping[tuple[str, str], Decimal]) -> Factor:
    nothing = Decimal(0)
    return replace(
        factor,
        categories=tuple(
            replace(each, points=found.get((factor.id, each.code), nothing)) for each in factor.categories
        ),
    )
