"""Do the numbers of bonus, sanction and verification hold together (A8, A11)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tender.checks.case import Case, flaw
from tender.checks.tree import FULL
from tender.errors import Finding
from tender.model.indicators import Indicator

KNOWN_METHODS = ("monetary-unit",)
"""Sampling methods whose words and arithmetic exist."""


def _indicators(case: Case) -> list[tuple[str, Indicator]]:
    model = case.tender.bonus_sanction
    found = model.indicators if model is not None else ()
    return [(f"bonus_sanction.indicators[{index}]", indicator) for index, indicator in enumerate(found)]


def indicators_given(case: Case) -> Iterator[Finding]:
    """A bonus and sanction model has indicators."""
    if case.tender.bonus_sanction is not None and not case.tender.bonus_sanction.indicators:
        yield flaw("indicators.none", "bonus_sanction.indicators")


def indicator_weight(case: Case) -> Iterator[Finding]:
    """Every indicator weighs something."""
    for path, indicator in _indicators(case):
        if indicator.weight <= 0:
            yield flaw("indicators.weight-positive", f"{path}.weight", id=indicator.id, found=indicator.weight)


def indicator_weights_sum(case: Case) -> Iterator[Finding]:
    """The weights of the indicators sum to 100."""
    found = _indicators(case)
    total = sum((indicator.weight for _, indicator in found), Decimal(0))
    if found and total != FULL and all(indicator.weight > 0 for _, indicator in found):
        yield flaw("indicators.weights-sum", f"{found[-1][0]}.weight", found=total, expected=FULL)


def indicator_tolerance(case: Case) -> Iterator[Finding]:
    """The tolerance is not negative, and smaller than the distance of full effect."""
    for path, indicator in _indicators(case):
        if indicator.tolerance < 0:
            yield flaw("indicators.tolerance", f"{path}.tolerance", id=indicator.id, found=indicator.tolerance)
        elif indicator.tolerance >= indicator.full_scale:
            values = {"found": indicator.full_scale, "tolerance": indicator.tolerance}
            yield flaw("indicators.full-scale", f"{path}.full_scale", id=indicator.id, **values)


def indicator_minimum_n(case: Case) -> Iterator[Finding]:
    """An indicator needs at least one case before it moves money."""
    for path, indicator in _indicators(case):
        if indicator.minimum_n < 1:
            yield flaw("indicators.minimum-n", f"{path}.minimum_n", id=indicator.id, found=indicator.minimum_n)


def caps(case: Case) -> Iterator[Finding]:
    """Bonus and sanction are between 0 and 100 % of the outcome pay."""
    model = case.tender.bonus_sanction
    if model is None:
        return
    for name, cap in (("bonus_cap", model.bonus_cap), ("sanction_cap", model.sanction_cap)):
        if not 0 <= cap <= FULL:
            yield flaw("indicators.cap", f"bonus_sanction.{name}", found=cap)


def verification_method(case: Case) -> Iterator[Finding]:
    """The sampling method is one that can be drawn and printed."""
    plan = case.tender.verification
    if plan is not None and plan.method not in KNOWN_METHODS:
        yield flaw("verification.method", "verification.method", found=plan.method, expected=KNOWN_METHODS)


def verification_confidence(case: Case) -> Iterator[Finding]:
    """The confidence is a percentage below 100."""
    plan = case.tender.verification
    if plan is not None and not 0 < plan.confidence < FULL:
        yield flaw("verification.confidence", "verification.confidence", found=plan.confidence)


def verification_errors(case: Case) -> Iterator[Finding]:
    """The tolerable error is a percentage, and larger than the expected error."""
    plan = case.tender.verification
    if plan is None:
        return
    if not 0 < plan.tolerable_error < FULL:
        yield flaw("verification.tolerable-error", "verification.tolerable_error", found=plan.tolerable_error)
    elif not 0 <= plan.expected_error < plan.tolerable_error:
        values = {"found": plan.expected_error, "tolerable": plan.tolerable_error}
        yield flaw("verification.expected-error", "verification.expected_error", **values)


def verification_sizes(case: Case) -> Iterator[Finding]:
    """A sample has items, and the extended sample more of them."""
    plan = case.tender.verification
    if plan is None:
        return
    if plan.sample_size < 1:
        yield flaw("verification.sample-size", "verification.sample_size", found=plan.sample_size)
    elif plan.extended_sample_size <= plan.sample_size:
        values = {"found": plan.extended_sample_size, "first": plan.sample_size}
        yield flaw("verification.extended-sample", "verification.extended_sample_size", **values)


INDICATORS = (
    indicators_given,
    indicator_weight,
    indicator_weights_sum,
    indicator_tolerance,
    indicator_minimum_n,
    caps,
    verification_method,
    verification_confidence,
    verification_errors,
    verification_sizes,
)
"""The rules of this file."""
