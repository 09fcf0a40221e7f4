"""Is the grouping of clients sound, lawful and agreed: points, scale, limits, factors, the officer's opinion (A6)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from tender.checks.case import Case, flaw
from tender.errors import Finding
from tender.model.grouping import Factor, Grouping, GroupingMethod
from tender.model.methods import grouping_method, method_hash

_AT = "open_data.grouping"

_SPECIAL = re.compile(
    r"nationalit|citizen|\bkansalai|medborgar|mother.?tongue|native.?language|äidinkiel|aidinkiel|modersmål"
    r"|\blanguage|\bkiel[ie]|språk|health|terve|sairau|sjukdom|hälso|diagnos|illness|disabilit|vamma|funktionsneds"
    r"|ethnic|etni[nks]|origin\b|alkuperä|ursprung|religio|uskon|belief|vakaumu|övertyg|political|poliitti|politisk"
    r"|union|ammattiliit|fackför|sexual|seksuaali|sexuel|genetic|geneetti|genetisk|biometr",
    re.IGNORECASE,
)
"""Words of what must not decide a risk group: GDPR 9(1), and origin, nationality, language, health, disability."""

_PERSONAL = re.compile(
    r"\bage\b|birth|\bikä|syntymä|ålder|födelse|family|perhe|familj|child|lapsi|lapset|barn", re.IGNORECASE
)
"""Words of further grounds of discrimination that may decide only with an acceptable aim: age, family relations."""


_SEX = re.compile(r"\bsex\b|gender|sukupuol|\bkön|\bwomen|\bmen\b", re.IGNORECASE)
"""Words of sex as a factor."""


def _grouping(case: Case) -> Grouping | None:
    return case.tender.open_data.grouping if case.tender.open_data is not None else None


def points_whole(case: Case) -> Iterator[Finding]:
    """A points table adds whole points, so that anybody can do it by hand."""
    grouping = _grouping(case)
    if grouping is None or grouping.method is not GroupingMethod.POINTS:
        return
    for at, factor in enumerate(grouping.factors):
        for number, category in enumerate(factor.categories):
            if category.points != category.points.to_integral_value():
                yield flaw("grouping.points-whole", _category(at, number, "points"), found=category.points)


def _category(factor: int, number: int, field: str) -> str:
    return f"{_AT}.factors[{factor}].categories[{number}].{field}"


def categories_apart(case: Case) -> Iterator[Finding]:
    """Every category takes something, and no value belongs to two."""
    grouping = _grouping(case)
    for at, factor in enumerate(grouping.factors if grouping else ()):
        yield from _empty(at, factor)
        for word, count in Counter(_taken(factor)).items():
            if count > 1:
                yield flaw("grouping.category-twice", f"{_AT}.factors[{at}].categories", factor=factor.id, found=word)


def _empty(at: int, factor: Factor) -> Iterator[Finding]:
    for number, category in enumerate(factor.categories):
        if not category.values and category.least is None and not category.blank:
            yield flaw("grouping.category-empty", _category(at, number, "values"), found=category.code)


def _taken(factor: Factor) -> Iterator[str]:
    """Everything that is named in the categories of a factor, once for each naming."""
    for category in factor.categories:
        yield f"code {category.code}"
        yield from category.values
        if category.least is not None:
            yield str(category.least)
        if category.blank:
            yield "blank = true"


def scale_sound(case: Case) -> Iterator[Finding]:
    """The scale rises, likelihoods never fall, and it begins no later than the smallest sum."""
    grouping = _grouping(case)
    if grouping is None or not grouping.scale:
        return
    for number, (step, following) in enumerate(pairwise(grouping.scale), start=1):
        if following.points <= step.points:
            yield flaw(
                "grouping.scale-order", f"{_AT}.scale[{number}].points", found=following.points, before=step.points
            )
        elif following.likelihood < step.likelihood:
            field = f"{_AT}.scale[{number}].likelihood"
            yield flaw("grouping.scale-falls", field, found=following.likelihood, before=step.likelihood)
    if grouping.scale[0].points > grouping.lowest:
        yield flaw(
            "grouping.scale-reach", f"{_AT}.scale[0].points", found=grouping.scale[0].points, least=grouping.lowest
        )


def limits_fall(case: Case) -> Iterator[Finding]:
    """The limits fall from group to group, and the last is 0, so that every client has exactly one group."""
    grouping = _grouping(case)
    order = [group.id for group in case.tender.groups]
    if grouping is None or set(order) != set(grouping.limits):
        return
    for before, after in pairwise(order):
        if grouping.limits[after] >= grouping.limits[before]:
            yield flaw("grouping.limits-order", f"{_AT}.limits.{after}", group=after, found=grouping.limits[after],
                       before=grouping.limits[before])  # fmt: skip
            return
    if order and grouping.limits[order[-1]] != 0:
        yield flaw(
            "grouping.limit-last", f"{_AT}.limits.{order[-1]}", group=order[-1], found=grouping.limits[order[-1]]
        )


def groups_reached(case: Case) -> Iterator[Finding]:
    """Every group can be reached by some sum of points."""
    grouping = _grouping(case)
    if grouping is None or grouping.method is not GroupingMethod.POINTS or not grouping.scale:
        return
    likelihoods = [step.likelihood for step in grouping.scale if step.points <= grouping.highest]
    ends = sorted(grouping.limits.values(), reverse=True)
    for group, limit in grouping.limits.items():
        above = min((end for end in ends if end > limit), default=Decimal(101))
        if not any(limit <= likelihood < above for likelihood in likelihoods):
            yield flaw("grouping.group-unreached", f"{_AT}.limits.{group}", group=group)


_GROUNDS = (("grouping.special", _SPECIAL), ("grouping.personal", _PERSONAL), ("grouping.sex", _SEX))


def factors_lawful(case: Case) -> Iterator[Finding]:
    """No factor is nationality, language, health or another special category; age, sex and family are warned about."""
    grouping = _grouping(case)
    for at, factor in enumerate(grouping.factors if grouping else ()):
        field, words = f"{_AT}.factors[{at}]", " ".join(_words(factor))
        for rule, pattern in _GROUNDS:
            found = pattern.search(words)
            if found is not None:
                yield flaw(rule, field, factor=factor.id, found=found.group())


def _words(factor: Factor) -> Iterable[str]:
    """Everything that a factor is called, underscores and hyphens as spaces."""
    names = (factor.id, factor.column, factor.name.fi, factor.name.sv, factor.name.en)
    return (re.sub(r"[_-]", " ", name) for name in names if name)


def opinion_given(case: Case) -> Iterator[Finding]:
    """A logistic model is published only when the data protection officer's opinion on exactly it is favourable."""
    grouping = _grouping(case)
    if grouping is None or grouping.method is not GroupingMethod.LOGISTIC:
        return
    digest = method_hash(dict(grouping_method(grouping)))
    if digest not in case.agreed_groupings:
        yield flaw("grouping.opinion", f"{_AT}.method", found=digest[:12])


GROUPING = (
    points_whole,
    categories_apart,
    scale_sound,
    limits_fall,
    groups_reached,
    factors_lawful,
    opinion_given,
)
"""The rules of this file."""
