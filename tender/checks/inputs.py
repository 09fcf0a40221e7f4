"""What a rule rests on besides the field that it names, so that one unreadable value gives one finding and not two.

The reader puts a placeholder where a value cannot be read, and names its path as broken. A rule that compares that
value with another field would find a difference that nobody made: it stays silent until the value is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_COST = (
    "prices.capitation",
    "prices.outcome",
    "groups[].id",
    "groups[].client_months",
    "groups[].work_hours",
    "timetable.production_start",
    "timetable.production_end",
    "timetable.option_months",
    "bonus_sanction.bonus_cap",
)
_WEIGHTS = ("award.criteria[].weight", "award.criteria[].criteria[].weight")
_KINDS = ("award.criteria[].kind", "award.criteria[].criteria[].kind")
_LEVELS = ("award.criteria[].scale", "award.criteria[].criteria[].scale")
_ENDS = tuple(f"prices.{part}.{name}" for part in ("capitation", "outcome") for name in ("base", "groups"))
_CLIENTS = ("groups[].clients", "framework.client_total")
_FORMS = ("prices.capitation.form", "prices.outcome.form")
_GROUP_IDS = ("groups[].id", *_FORMS)

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "award.ceiling-below-lowest": _COST,
    "award.criterion-suitability": ("suitability[].id", "suitability[].name"),
    "award.formula-missing": _KINDS,
    "award.minimum-level": _LEVELS,
    "award.minimum-quality": ("award.criteria",),
    "award.price-only-reason": ("texts",),
    "award.quality-criterion": ("award.criteria",),
    "award.scale-order": _LEVELS,
    "award.scale-top": _LEVELS,
    "award.scale-values": _LEVELS,
    "award.sub-weights-sum": _WEIGHTS,
    "award.weights-sum": _WEIGHTS,
    "budget.below-lowest": _COST,
    "budget.year-missing": _COST,
    "citations.not-in-force": ("rule_pack", "timetable.published"),
    "choice.industries-sum": (*_CLIENTS, "own_team", "choice.industries", "choice.rule"),
    "choice.industries-unused": ("choice.rule",),
    "dynamic.admit-all": ("award.criteria",),
    "dynamic.mini-competition": ("texts",),
    "framework.capacity": (*_CLIENTS, "framework.providers"),
    "framework.capacity-without-one": (*_CLIENTS, "framework.providers"),
    "framework.client-total": (*_CLIENTS, "areas[].id"),
    "framework.duration": ("timetable.production_start", "timetable.production_end", "timetable.option_months"),
    "framework.maximum-below-highest": _COST,
    "framework.maximum-below-lowest": _COST,
    "groups.area-missing": ("areas[].id",),
    "groups.area-unknown": ("areas[].id",),
    "groups.client-months": _CLIENTS,
    "object.value-below-maximum": ("framework.maximum_value",),
    "open-data.anchor-stock": ("open_data.anchors", "groups[].clients", "groups[].id"),
    "open-data.rounding-base": ("open_data.guard", "open_data.threshold", "open_data.base"),
    "open-data.breakdown": ("open_data.tables",),
    "open-data.entry-shares": ("open_data.anchors", "groups[].id"),
    "open-data.limits": ("open_data.age_limits", "open_data.duration_limits"),
    "open-data.months": ("open_data.tables",),
    "open-data.not-past": ("timetable.published",),
    "open-data.period": ("open_data.reference_day",),
    "open-data.table-twice": ("open_data.tables",),
    "grouping.group-unreached": ("groups[].id", "open_data"),
    "grouping.limit-last": ("groups[].id", "open_data.grouping.limits"),
    "grouping.limits-order": ("groups[].id", "open_data.grouping.limits"),
    "grouping.opinion": ("open_data.grouping",),
    "grouping.points-whole": ("open_data.grouping.method",),
    "grouping.scale-reach": ("open_data.grouping.factors", "open_data.grouping.scale"),
    "own-team.share": (*_CLIENTS, "own_team"),
    "prices.end-decimals": (*_FORMS, "prices.capitation.decimals", "prices.outcome.decimals"),
    "prices.group-missing": _GROUP_IDS,
    "prices.group-unknown": _GROUP_IDS,
    "prices.no-spread": ("prices.capitation", "prices.outcome", "award.criteria"),
    "prices.part-missing": _FORMS,
    "prices.part-unused": _FORMS,
    "prices.reference": (*_FORMS, *_ENDS),
    "prices.unit-decimals": (*_FORMS, "prices.capitation.decimals", "prices.outcome.decimals"),
    "prices.weights-order": (*_GROUP_IDS, "prices.capitation.weights", "prices.outcome.weights"),
    "prices.zero-unused": ("prices.capitation", "prices.outcome"),
    "regime.below-threshold": ("object.cpv",),
    "regime.declared": ("object.cpv", "object.estimated_value", "buyer.kind", "timetable.published"),
    "regime.mixed": ("object.cpv",),
    "procedure.kind": ("procedure.regime", "object.cpv", "object.estimated_value"),
    "timetable.answers-late": ("procedure.urgent",),
    "timetable.tender-period": ("procedure.regime", "procedure.kind", "procedure.urgent"),
    "timetable.tender-period-light": ("procedure.regime", "procedure.kind"),
    "timetable.tender-period-tight": ("procedure.regime", "procedure.kind", "procedure.urgent"),
    "verification.expected-error": ("verification.tolerable_error",),
    "verification.extended-sample": ("verification.sample_size",),
}
"""Paths of the other fields by rule; ``[]`` stands for any index."""

_INDEX = re.compile(r"\[\d+\]")


def shaken(rule: str, broken: Iterable[str]) -> bool:
    """Whether a field that `rule` rests on is among the `broken` paths, or lies inside or around one of them.

    >>> shaken("framework.capacity", {"framework.providers"}), shaken("framework.capacity", {"groups[0].name.sv"})
    (True, False)
    """
    found = [_INDEX.sub("[]", path) for path in broken]
    return any(_related(pattern, path) for pattern in RESTS_ON.get(rule, ()) for path in found)


def _related(one: str, other: str) -> bool:
    """Whether one path is the other, or lies inside it."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}["))
