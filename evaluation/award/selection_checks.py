"""Whether the announced rules of the selection fit together; for the checks of a tender."""

from __future__ import annotations

from collections.abc import Iterator

from tender.checks import Case
from tender.errors import Finding, Severity
from tender.model.criteria import SelectionMethod

_HERE = "award.selection"
_STATED = "KHO 2010:69"


def money_valued(case: Case) -> Iterator[Finding]:
    """Quality valued in money has an announced worth of a point."""
    rule = case.tender.award.selection
    if SelectionMethod.MONEY_VALUE in {rule.method, *rule.then} and not rule.point_value:
        yield Finding("award.point-value", Severity.BLOCK, f"{_HERE}.point_value", {}, _STATED)


def choice_possible(case: Case) -> Iterator[Finding]:
    """No cell needs more providers than are chosen."""
    least, providers = case.tender.award.selection.choice_least, case.tender.framework.providers
    if least is not None and least > providers:
        values = {"found": str(least), "expected": str(providers)}
        yield Finding("award.choice-least", Severity.BLOCK, f"{_HERE}.choice_least", values)


def viability_possible(case: Case) -> Iterator[Finding]:
    """The clients are enough to make every chosen provider viable."""
    least, providers = case.tender.award.selection.viable_clients, case.tender.framework.providers
    need = sum(group.client_total for group in case.tender.groups)
    if least is not None and least * providers > need:
        values = {
            "providers": str(providers),
            "found": str(least),
            "sum": str(least * providers),
            "expected": str(need),
        }
        yield Finding("award.viable-clients", Severity.BLOCK, f"{_HERE}.viable_clients", values)


def chain_new(case: Case) -> Iterator[Finding]:
    """A further objective is another one than the method."""
    rule = case.tender.award.selection
    if rule.method in rule.then:
        yield Finding("award.then-repeats", Severity.WARN, f"{_HERE}.then", {"found": rule.method.value})
