"""The tuple of rules, and the one function that runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tender.checks.arithmetic import ARITHMETIC
from tender.checks.case import Case, Check, flaw
from tender.checks.citations import CITATIONS
from tender.checks.clauses import CLAUSES
from tender.checks.completeness import COMPLETENESS
from tender.checks.cost import COST
from tender.checks.dialogue import DIALOGUE
from tender.checks.dynamic import DYNAMIC
from tender.checks.grouping import GROUPING
from tender.checks.indicators import INDICATORS
from tender.checks.inputs import shaken
from tender.checks.law import LAW
from tender.checks.open_data import OPEN_DATA
from tender.checks.packs import PACK, pack_of, procedure_day
from tender.checks.prices import PRICES
from tender.checks.provisions import Provision
from tender.checks.publicity import PUBLICITY
from tender.checks.timetable import TIMETABLE
from tender.checks.volumes import VOLUMES
from tender.errors import Finding

CHECKS: tuple[Check, ...] = (
    *PACK,
    *ARITHMETIC,
    *INDICATORS,
    *PRICES,
    *COST,
    *VOLUMES,
    *OPEN_DATA,
    *GROUPING,
    *TIMETABLE,
    *LAW,
    *DYNAMIC,
    *PUBLICITY,
    *DIALOGUE,
    *COMPLETENESS,
    *CLAUSES,
    *CITATIONS,
)
"""Every rule of this room, in the order in which findings are shown."""

LARGEST = 10**15
"""Numbers beyond this are slips; they would also leave the range that canonical JSON keeps exact."""

MOST_PLACES = 12
"""Decimals beyond this are slips."""


def check(case: Case, extra: tuple[Check, ...] = ()) -> tuple[Finding, ...]:
    """What the rules find in `case`, in the order of the rules; findings of rules outside the pack are left out.

    Args:
        case: What is checked.
        extra: Rules of the upper houses; their findings bring their own severity and basis.
    """
    provisions = pack_of(case).in_force(procedure_day(case))
    odd = tuple(odd_numbers(case))
    if odd:
        return tuple(_stamped(odd, provisions))
    found = (finding for rule in CHECKS for finding in rule(case) if not shaken(finding.rule, case.broken))
    return (*_stamped(found, provisions), *(finding for rule in extra for finding in rule(case)))


def _stamped(findings: Iterable[Finding], provisions: Mapping[str, Provision]) -> Iterator[Finding]:
    """`findings` with severity and basis of their provisions; those without a provision do not hold and fall away."""
    for finding in findings:
        provision = provisions.get(finding.rule)
        if provision is not None:
            yield replace(finding, severity=provision.severity, basis=provision.basis)


def odd_numbers(case: Case) -> Iterator[Finding]:
    """Numbers that no tender means: not finite, absurdly large or fine; other rules do not run on them."""
    for path, number in _numbers("", case.tender):
        if not _sane(number):
            yield flaw("number.odd", path, found=str(number) if isinstance(number, Decimal) else f"> {LARGEST}")


def _numbers(path: str, value: object) -> Iterator[tuple[str, Decimal | Fraction | int]]:
    """Every number below `value` with its path."""
    if isinstance(value, Decimal | Fraction | int):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _numbers(f"{path}.{field.name}".lstrip("."), getattr(value, field.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _numbers(f"{path}[{index}]", item)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _numbers(f"{path}.{name}", item)


def _sane(number: Decimal | Fraction | int) -> bool:
    """Whether `number` can be meant."""
    if isinstance(number, Fraction):
        return abs(number.numerator) <= LARGEST and number.denominator <= LARGEST
    if isinstance(number, Decimal):
        places = number.as_tuple().exponent
        return number.is_finite() and isinstance(places, int) and places >= -MOST_PLACES and abs(number) <= LARGEST
    return abs(number) <= LARGEST
