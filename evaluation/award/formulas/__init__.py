"""Scoring formulas: one method is one file; the registry below is all that a tender may name.

A released version stays for ever, for published tenders name it; a better formula is a new version or a new id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from evaluation.award.formulas import announced_interval, money_value, ratio_to_lowest, scale
from evaluation.award.formulas.formula import (
    Behaviour,
    Default,
    Formula,
    Given,
    Parameter,
    RefusedError,
    Totality,
)

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        formula.id: formula
        for formula in (announced_interval.FORMULA, ratio_to_lowest.FORMULA, money_value.FORMULA, scale.FORMULA)
    }
)
"""Every released formula by its id with version."""

__all__ = ["FORMULAS", "Behaviour", "Default", "Formula", "Given", "Parameter", "RefusedError", "Totality"]
