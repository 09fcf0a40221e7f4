"""How far two coders agree beyond chance: Cohen's kappa, as an exact fraction (Cohen 1960)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from market_dialogue.coding.codes import codes_by_coder
from tender.record.state import DialogueState


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two coders agree.

    Attributes:
        first: Name of the first coder.
        second: Name of the second coder.
        code: The code; empty for all codes together.
        replies: How many replies both coded.
        observed: Share of the decisions, given or not, in which they agree; ``None`` when there are none.
        kappa: Cohen's kappa; ``None`` where chance alone explains everything, or nothing was coded by both.
    """

    first: str
    second: str
    code: str
    replies: int
    observed: Fraction | None
    kappa: Fraction | None


def kappa(pairs: Sequence[tuple[bool, bool]]) -> Fraction | None:
    """Cohen's kappa of two yes-or-no judgements; ``None`` where it is not defined.

    >>> kappa([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15)
    Fraction(2, 5)
    """
    if not pairs:
        return None
    one, other = (Fraction(sum(pair[at] for pair in pairs), len(pairs)) for at in (0, 1))
    chance = one * other + (1 - one) * (1 - other)
    return None if chance == 1 else (_observed(pairs) - chance) / (1 - chance)


def agreements(state: DialogueState) -> tuple[Agreement, ...]:
    """The agreement of every two coders on the replies that both coded: all codes together, then code by code."""
    by_coder = codes_by_coder(state)
    coders = sorted(by_coder)
    found: list[Agreement] = []
    for at, first in enumerate(coders):
        for second in coders[at + 1 :]:
            one, other = by_coder[first], by_coder[second]
            both = sorted(one.keys() & other.keys())
            codes = sorted({code for key in both for code in (*one[key], *other[key])})
            judged = {code: [(code in one[key], code in other[key]) for key in both] for code in codes}
            everything = [pair for pairs in judged.values() for pair in pairs]
            for code, pairs in (("", everything), *judged.items()):
                observed = _observed(pairs) if pairs else None
                found.append(Agreement(first, second, code, len(both), observed, kappa(pairs)))
    return tuple(found)


def _observed(pairs: Sequence[tuple[bool, bool]]) -> Fraction:
    return Fraction(sum(one == other for one, other in pairs), len(pairs))
