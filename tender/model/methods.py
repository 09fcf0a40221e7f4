"""The two frozen methods of a tender as canonical JSON, and their hashes (RFC 8785, SHA-256).

Everything that decides an award or a payment is in here and nothing else: no words, no dates of printing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

import rfc8785

from tender.model.criteria import Criterion, SelectionRule
from tender.model.grouping import Factor, Grouping
from tender.model.indicators import BonusSanction, Indicator, Verification
from tender.model.prices import PricePart, PriceRange
from tender.model.tender import Tender
from tender.money import decimal_of, exact

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""A JSON value without floats: exact numbers travel as text."""


def canonical(value: Json) -> bytes:
    """`value` as canonical JSON bytes (RFC 8785)."""
    return rfc8785.dumps(value)


def method_hash(method: Json) -> str:
    """SHA-256 of a method's canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(method)).hexdigest()


def award_method(tender: Tender) -> dict[str, Json]:
    """All that decides the award: criteria, formulas, volumes, eligibility, selection, rounding, ties."""
    award = tender.award
    return {
        "award_basis": award.basis.value,
        "criteria": [_criterion(criterion) for criterion in award.criteria],
        "rounding": {"at": award.rounding.at.value, "decimals": award.rounding.decimals, "mode": "half-up"},
        "tie_rule": [key.value for key in award.tie_rule],
        "selection": {
            "method": award.selection.method.value,
            "near_tie": _number(award.selection.near_tie),
            "yearly_cost_ceiling": _number(award.selection.yearly_cost_ceiling),
            "minimum_quality": _number(award.selection.minimum_quality),
            **_further_rules(award.selection),
        },
        "falls_away": award.falls_away.value,
        "providers": tender.framework.providers,
        "client_cap": tender.framework.client_cap,
        "volumes": _volumes(tender),
        "prices": _prices(tender),
        "suitability": [requirement.id for requirement in tender.suitability],
    }


def _further_rules(rule: SelectionRule) -> dict[str, Json]:
    """The rules that a tender may leave out; those left out are not named, so older tenders keep their hash."""
    declared: dict[str, Json] = {
        "then": [objective.value for objective in rule.then],
        "point_value": _number(rule.point_value),
        "choice_least": rule.choice_least,
        "withstand_loss": rule.withstand_loss,
        "viable_clients": rule.viable_clients,
        "separate_companies": rule.separate_companies,
    }
    return {name: value for name, value in declared.items() if value}


def payment_method(tender: Tender) -> dict[str, Json]:
    """All that decides payments: prices, rounding, billing, indicators, verification, and the grouping if declared."""
    billing = tender.billing
    grouping = tender.open_data.grouping if tender.open_data else None
    return {
        **({"grouping": grouping_method(grouping)} if grouping is not None else {}),
        "prices": _prices(tender),
        "billing": {
            "capitation_months": billing.capitation_months,
            "outcome_months": billing.outcome_months,
            "hours_cap": billing.hours_cap,
            "minimum_contacts": billing.minimum_contacts,
            "client_month": "client-days/days-of-month",
        },
        "owed_to_all": [task.id for task in tender.division if task.owed_to_all],
        "volume_bands": [
            {"lower": _number(band.lower), "upper": _number(band.upper), "change": _number(band.change)}
            for band in tender.framework.dynamic.volume_bands
        ],
        "bonus_sanction": _bonus_sanction(tender.bonus_sanction),
        "verification": _verification(tender.verification),
    }


def grouping_method(grouping: Grouping) -> dict[str, Json]:
    """All that decides a client's risk group; an opinion of the data protection officer is of exactly this."""
    return {
        "method": grouping.method.value,
        "horizon": grouping.horizon,
        "limits": _numbers(grouping.limits),
        "factors": [_factor(factor) for factor in grouping.factors],
        "scale": [{"points": step.points, "likelihood": _number(step.likelihood)} for step in grouping.scale],
        "intercept": _number(grouping.intercept),
        "decimals": grouping.decimals,
    }


def _factor(factor: Factor) -> Json:
    return {
        "id": factor.id,
        "column": factor.column,
        "categories": [
            {
                "code": category.code,
                "points": _number(category.points),
                "values": list(category.values),
                "least": category.least,
                "blank": category.blank,
            }
            for category in factor.categories
        ],
    }


def award_hash(tender: Tender) -> str:
    """Hash of `tender`'s award method."""
    return method_hash(award_method(tender))


def payment_hash(tender: Tender) -> str:
    """Hash of `tender`'s payment method."""
    return method_hash(payment_method(tender))


def _number(value: Decimal | None) -> Json:
    """The shortest plain text of `value`, so that 40, 40.0 and 40.00 hash alike."""
    if value is None:
        return None
    shortest = decimal_of(exact(value))
    return format(shortest, "f") if shortest is not None else str(exact(value))


def _numbers(values: Mapping[str, Decimal] | None) -> Json:
    return {name: _number(value) for name, value in (values or {}).items()}


def _criterion(criterion: Criterion) -> Json:
    return {
        "id": criterion.id,
        "kind": criterion.kind.value,
        "weight": _number(criterion.weight),
        "formula": criterion.formula,
        "parameters": _numbers(criterion.parameters),
        "scale": [{"value": level.value, "share": _number(level.share)} for level in criterion.scale],
        "minimum": criterion.minimum,
        "criteria": [_criterion(child) for child in criterion.criteria],
    }


def _volumes(tender: Tender) -> Json:
    return [
        {
            "group": group.id,
            "clients": dict(group.clients),
            "client_months": group.client_months,
            "work_hours": group.work_hours,
        }
        for group in tender.groups
    ]


def _prices(tender: Tender) -> Json:
    prices = tender.prices
    return {
        "capitation": _part(prices.capitation),
        "outcome": _part(prices.outcome),
        "zero_allowed": prices.zero_allowed,
        "line_decimals": prices.line_decimals,
        "vat_rate": _number(prices.vat_rate),
    }


def _part(part: PricePart) -> Json:
    return {
        "form": part.form.value,
        "decimals": part.decimals,
        "unit_decimals": part.unit_decimals,
        "base": _range(part.base),
        "weights": _numbers(part.weights),
        "groups": {group: _range(price_range) for group, price_range in (part.groups or {}).items()},
    }


def _range(price_range: PriceRange | None) -> Json:
    if price_range is None:
        return None
    return {"lowest": _number(price_range.lowest), "highest": _number(price_range.highest)}


def _indicator(indicator: Indicator) -> Json:
    return {
        "id": indicator.id,
        "target": _number(indicator.target),
        "tolerance": _number(indicator.tolerance),
        "full_scale": _number(indicator.full_scale),
        "weight": _number(indicator.weight),
        "direction": indicator.direction.value,
        "minimum_n": indicator.minimum_n,
    }


def _bonus_sanction(model: BonusSanction | None) -> Json:
    if model is None:
        return None
    return {
        "bonus_cap": _number(model.bonus_cap),
        "sanction_cap": _number(model.sanction_cap),
        "indicators": [_indicator(indicator) for indicator in model.indicators],
    }


def _verification(check: Verification | None) -> Json:
    if check is None:
        return None
    return {
        "method": check.method,
        "confidence": _number(check.confidence),
        "tolerable_error": _number(check.tolerable_error),
        "expected_error": _number(check.expected_error),
        "sample_size": check.sample_size,
        "extended_sample_size": check.extended_sample_size,
    }
