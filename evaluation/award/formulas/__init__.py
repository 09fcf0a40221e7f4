"""Scoring formulas: one method is one file; the registry below is all that a tender may name.

A released version stays for ever, for published tenders name it; a better formula is a new version or a new id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from evaluation.award.formulas import (
    above_lowest,
    announced_interval,
    around_mean,
    around_median,
    highest_to_lowest,
    highest_to_lowest_squared,
    logarithm,
    logarithm_limited,
    money_value,
    money_value_limited,
    pass_fail,
    promise_interval,
    promise_ratio,
    rank,
    ratio_squared,
    ratio_to_lowest,
    ratio_to_lowest_floored,
    scale,
    scale_with_minimum,
    share_of_ceiling,
    share_of_mean,
    step_deduction,
    step_table,
)
from evaluation.award.formulas.formula import (
    Behaviour,
    Default,
    Formula,
    Given,
    Measure,
    Parameter,
    RefusedError,
    Totality,
)

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        formula.id: formula
        for formula in (
            announced_interval.FORMULA,
            ratio_to_lowest.FORMULA,
            money_value.FORMULA,
            scale.FORMULA,
            above_lowest.FORMULA,
            highest_to_lowest.FORMULA,
            around_mean.FORMULA,
            share_of_mean.FORMULA,
            around_median.FORMULA,
            share_of_ceiling.FORMULA,
            ratio_squared.FORMULA,
            highest_to_lowest_squared.FORMULA,
            rank.FORMULA,
            step_deduction.FORMULA,
            logarithm.FORMULA,
            ratio_to_lowest_floored.FORMULA,
            logarithm_limited.FORMULA,
            money_value_limited.FORMULA,
            promise_interval.FORMULA,
            promise_ratio.FORMULA,
            step_table.FORMULA,
            pass_fail.FORMULA,
            scale_with_minimum.FORMULA,
        )
    }
)
"""Every released formula by its id with version."""

__all__ = ["FORMULAS", "Behaviour", "Default", "Formula", "Given", "Measure", "Parameter", "RefusedError", "Totality"]
