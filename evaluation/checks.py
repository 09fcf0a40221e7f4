"""What the award room knows of a tender before it is published: formulas, their parameters, their dangers.

Plugged into `tender.checks` by the entry point ``valinta.checks``. A rule never raises on an odd tender: what it cannot
reckon, other rules name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction

from evaluation.award.careful import or_else, reckonable
from evaluation.award.comparison import highest_comparison_price, lowest_comparison_price
from evaluation.award.formulas import FORMULAS, Behaviour, Default, Formula, Parameter
from evaluation.award.laboratory.examination import Examined, effective_weights, examined, examined_promises
from evaluation.award.scoring import resolved_parameters
from evaluation.award.selection_checks import chain_new, choice_possible, money_valued, viability_possible
from tender.checks import Case, Check, plain
from tender.checks.tree import leaves
from tender.errors import Finding, Severity
from tender.model.criteria import Criterion, CriterionKind, FallsAway
from tender.money import exact, round_half_up

_STATED = "KHO 2010:69"
_ZERO = "KHO 2015:17, KHO 2016:97"
_WARNINGS = frozenset(
    {
        "award.interval-clips",
        "award.relative-formula",
        "award.relative-rescored",
        "award.price-cliff",
        "award.effective-weight",
        "award.overpromise-pays",
    }
)
_MOST_APART = 10
"""Points of a hundred by which an effective weight may differ from the announced one."""
_PERCENT = 100


def formula_kinds(case: Case) -> Iterator[Finding]:
    """A price is scored by a price formula, quality by a quality formula."""
    for path, leaf, formula in _formulas(case):
        if formula.kind is not leaf.kind:
            fitting = tuple(other.id for other in FORMULAS.values() if other.kind is leaf.kind)
            values: dict[str, object] = {"id": leaf.id, "found": formula.id, "kind": leaf.kind, "expected": fitting}
            yield _flaw("award.formula-kind", f"{path}.formula", values)


def parameters_known(case: Case) -> Iterator[Finding]:
    """No parameter that the formula does not have; a misspelt one is told with the nearest name."""
    for path, leaf, formula in _formulas(case):
        names = tuple(parameter.id for parameter in formula.parameters)
        for name in leaf.parameters or {}:
            if name not in names:
                nearest = get_close_matches(name, names, n=1) or names
                values: dict[str, object] = {"id": leaf.id, "formula": formula.id, "found": name, "expected": nearest}
                rule = "award.parameter-unknown" if names else "award.parameter-none"
                yield _flaw(rule, f"{path}.parameters.{name}", values, _STATED)


def parameters_given(case: Case) -> Iterator[Finding]:
    """Every parameter without a default is announced."""
    for path, leaf, formula in _formulas(case):
        announced = leaf.parameters or {}
        unknown = [name for name in announced if name not in {parameter.id for parameter in formula.parameters}]
        for parameter in formula.parameters:
            misspelt = bool(get_close_matches(parameter.id, unknown, n=1))
            if parameter.default is Default.REQUIRED and parameter.id not in announced and not misspelt:
                values = {"id": leaf.id, "formula": formula.id, "missing": parameter.id, "meaning": parameter.term}
                yield _flaw("award.parameter-required", f"{path}.parameters", values, _STATED)


def parameters_valid(case: Case) -> Iterator[Finding]:
    """No negative parameter, and no zero where the formula divides by it."""
    for path, leaf, formula in _formulas(case):
        for parameter in formula.parameters:
            found = (leaf.parameters or {}).get(parameter.id)
            if found is not None and not _valid(parameter, exact(found)):
                rule = "award.parameter-positive" if parameter.positive else "award.parameter-negative"
                values: dict[str, object] = {"id": leaf.id, "name": parameter.id, "found": found}
                yield _flaw(rule, f"{path}.parameters.{parameter.id}", values)


def interval_order(case: Case) -> Iterator[Finding]:
    """The floor of an interval is below its ceiling, as announced or as the ranges give them."""
    for path, leaf, formula in _formulas(case):
        ends = _ends(case, leaf, formula)
        if ends is not None and ends[0] >= ends[1]:
            values: dict[str, object] = {"id": leaf.id, "floor": ends[0], "ceiling": ends[1]}
            yield _flaw("award.interval-empty", f"{path}.parameters", values)


def interval_holds_ranges(case: Case) -> Iterator[Finding]:
    """Admissible prices outside the announced interval would earn the same points: allowed, but meant?"""
    for path, leaf, formula in _formulas(case):
        ends = _ends(case, leaf, formula)
        if ends is None or ends[0] >= ends[1]:
            continue
        lowest, highest = lowest_comparison_price(case.tender), highest_comparison_price(case.tender)
        if lowest < ends[0] or highest > ends[1]:
            values: dict[str, object] = {
                "id": leaf.id,
                "floor": ends[0],
                "ceiling": ends[1],
                "lowest": lowest,
                "highest": highest,
            }
            yield _flaw("award.interval-clips", f"{path}.parameters", values)


def zero_price_defined(case: Case) -> Iterator[Finding]:
    """A formula that refuses a price of zero does not stand in a tender that allows one."""
    for path, leaf, formula in _formulas(case):
        refuses = formula.totality.zero is Behaviour.REFUSED
        if case.tender.prices.zero_allowed and formula.kind is CriterionKind.PRICE and refuses:
            values = {"id": leaf.id, "formula": formula.id}
            yield _flaw("award.zero-price-undefined", f"{path}.formula", values, _ZERO)


def relative_formula(case: Case) -> Iterator[Finding]:
    """A relative formula beside capacities and a budget: a bid that falls away changes the points of the others."""
    for path, leaf, formula in _formulas(case):
        if not formula.independent:
            rescored = case.tender.award.falls_away is FallsAway.RESCORE
            rule = "award.relative-rescored" if rescored else "award.relative-formula"
            yield _flaw(rule, f"{path}.formula", {"id": leaf.id, "formula": formula.id})


def price_cliffs(case: Case) -> Iterator[Finding]:
    """Where one cent costs a twentieth of the points or more, within the buyer's range."""
    if not reckonable(case.tender):
        return
    paths = {leaf.id: path for path, leaf, _ in _formulas(case)}
    nothing: tuple[Examined, ...] = ()
    for one in or_else(lambda: tuple(examined(case.tender)), nothing):
        if one.cliff is not None:
            price, drop = round_half_up(one.cliff.price, 2), round_half_up(one.cliff.drop, 2)
            values = {"id": one.criterion, "formula": one.trial.formula.id, "price": price, "drop": drop}
            yield _flaw("award.price-cliff", f"{paths[one.criterion]}.formula", values)


def effective_weight(case: Case) -> Iterator[Finding]:
    """Price tells bids apart about as much as its announced weight says (KOFA 2021/1000 need not be normalised)."""
    if not reckonable(case.tender):
        return
    nothing: dict[str, Fraction] = {}
    found = or_else(lambda: effective_weights(case.tender), nothing)
    for path, leaf, formula in _formulas(case):
        effective = found.get(leaf.id)
        if effective is None or not any(found.values()) or not _sound_price(leaf, formula):
            continue
        if abs(effective - exact(leaf.weight)) > _MOST_APART:
            values = {"id": leaf.id, "announced": leaf.weight, "effective": round_half_up(effective, 1)}
            yield _flaw("award.effective-weight", f"{path}.formula", values)


def overpromising(case: Case) -> Iterator[Finding]:
    """An empty promise costs more in sanctions than it brings in points (KHO 2014:55)."""
    if not reckonable(case.tender):
        return
    found = or_else(lambda: examined_promises(case.tender), None)
    if found is not None and found.pays:
        values = {
            "premium": round_half_up(_PERCENT * found.premium, 2),
            "sanction": round_half_up(_PERCENT * found.sanction, 2),
            "smallest": round_half_up(found.smallest_sanction, 2),
        }
        yield _flaw("award.overpromise-pays", "bonus_sanction.sanction_cap", values, "KHO 2014:55")


CHECKS: tuple[Check, ...] = (
    formula_kinds,
    parameters_known,
    parameters_given,
    parameters_valid,
    interval_order,
    interval_holds_ranges,
    zero_price_defined,
    relative_formula,
    price_cliffs,
    effective_weight,
    overpromising,
    money_valued,
    choice_possible,
    viability_possible,
    chain_new,
)
"""Rules of the award room, for the entry point ``valinta.checks``."""


def _formulas(case: Case) -> Iterator[tuple[str, Criterion, Formula]]:
    """Every criterion with a known formula; unknown ones are named by `tender.checks`."""
    for path, leaf in leaves(case.tender.award):
        formula = FORMULAS.get(leaf.formula)
        if formula is not None:
            yield path, leaf, formula


def _valid(parameter: Parameter, value: Fraction) -> bool:
    return value > 0 if parameter.positive else value >= 0


def _sound_price(leaf: Criterion, formula: Formula) -> bool:
    """Whether the price criterion's announced parameters are all allowed; what is not has its own finding."""
    announced = leaf.parameters or {}
    pairs = ((one, announced[one.id]) for one in formula.parameters if one.id in announced)
    return formula.kind is CriterionKind.PRICE and all(_valid(one, exact(value)) for one, value in pairs)


def _ends(case: Case, leaf: Criterion, formula: Formula) -> tuple[Fraction, Fraction] | None:
    """Floor and ceiling, when the formula has both and they can be reckoned from whole prices."""
    if {"floor", "ceiling"} - {parameter.id for parameter in formula.parameters} or not reckonable(case.tender):
        return None
    found = or_else(lambda: resolved_parameters(case.tender, leaf, formula), None)
    return None if found is None else (found["floor"], found["ceiling"])


def _flaw(rule: str, field: str, values: Mapping[str, object], basis: str = "") -> Finding:
    severity = Severity.WARN if rule in _WARNINGS else Severity.BLOCK
    return Finding(rule, severity, field, {name: plain(value) for name, value in values.items()}, basis)
