"""Rules of the design in sentences: what is lacking, what one more unit is worth, and what would mend."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evaluation.design.designed import Designed
from evaluation.design.weights.repairs import CLIENTS
from tender.language import Language, number_text
from tender.model.design import Repair, Shadow
from tender.money import Exact, round_half_up
from tender.words import words

_STEPS = {"budget": 10_000, "participation": 10_000, "liquidity": 10_000, "outcome-share": 10_000}
_CENT = Fraction(1, 100)
_LETTERS = {"c": "capitation", "o": "outcome"}
_BASE = "base"


def rule_text(rule: str, names: Mapping[str, str], language: Language) -> str:
    """What a rule is called: ``budget[year]`` is the yearly ceiling.

    Args:
        rule: Its name in the model.
        names: Names of the groups by id.
        language: The language.
    """
    kind, inside = _parts(rule)
    known = words(language)
    if kind == "budget":
        return known.terms.get(f"design-rule.budget-{inside[0]}") or known.term("design-rule.budget").format(
            year=inside[0]
        )
    if kind == "outcome-share":
        return known.term(f"design-rule.outcome-share-{inside[0]}")
    values: dict[str, str] = {}
    if inside and inside[0] in _LETTERS:
        values["part"] = known.term(f"design-part.{_LETTERS[inside[0]]}")
        values["group"] = _group(inside[1], names, language)
    elif inside:
        values["group"] = _group(inside[0], names, language)
        values["subgroup"] = names.get(inside[-1], inside[-1])
    return known.term(f"design-rule.{kind}").format_map(values)


def names_in(designed: Designed, language: Language) -> dict[str, str]:
    """Names of the groups and their subgroups by id."""
    groups = {group.group: group.name.best(language) for group in designed.assumptions.groups}
    parts = (part for group in designed.assumptions.groups for part in group.subgroups)
    return {**{part.id: part.name.best(language) for part in parts}, **groups}


def lack_text(rule: str, lack: Fraction, names: Mapping[str, str], language: Language) -> str:
    """What a soft rule lacks, in euros for one new client."""
    amount = _number(lack, 2, language)
    return words(language).term("design.lacks").format(rule=rule_text(rule, names, language), lack=amount)


def shadow_text(shadow: Shadow, names: Mapping[str, str], language: Language) -> str:
    """What easing a rule by a step that people think in is worth, and how far."""
    kind, _ = _parts(shadow.rule)
    step = Fraction(_STEPS[kind]) if kind in _STEPS else _CENT
    known = words(language)
    until = (
        known.term("design.until").format(until=_number(shadow.until, 0 if kind in _STEPS else 2, language))
        if shadow.until is not None
        else known.term("design.until-ever")
    )
    money = "" if kind in _STEPS else "price-"
    return known.term(f"design.worth-{money}{shadow.goal}").format(
        rule=rule_text(shadow.rule, names, language),
        step=_number(step, 0 if kind in _STEPS else 2, language),
        worth=_number(shadow.worth * step, 3, language),
        until=until,
    )


def repair_text(repair: Repair, names: Mapping[str, str], language: Language) -> str:
    """What would mend an impossible design."""
    known = words(language)
    if repair.rule == CLIENTS:
        return known.term("design.repair-clients").format(
            limit=_number(repair.limit, 0, language), needed=_number(repair.needed or 0, 0, language)
        )
    decimals = 0 if _parts(repair.rule)[0] in _STEPS else 2
    return known.term("design.repair").format(
        rule=rule_text(repair.rule, names, language),
        limit=_number(repair.limit, decimals, language),
        needed=_number(repair.needed or 0, decimals, language),
    )


def _parts(rule: str) -> tuple[str, tuple[str, ...]]:
    kind, _, inside = rule.removesuffix("]").partition("[")
    return kind, tuple(inside.split(",")) if inside else ()


def _group(group: str, names: Mapping[str, str], language: Language) -> str:
    return words(language).term("design-part.base") if group == _BASE else names.get(group, group)


def _number(value: Exact, decimals: int, language: Language) -> str:
    return number_text(round_half_up(value, decimals), language)
