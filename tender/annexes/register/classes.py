"""The axes of the tables with their words: areas and groups of the tender, codes of the register, declared classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from tender.annexes.register.columns import columns
from tender.language import Language, Text
from tender.model.annex import TOTAL, Axis, Category
from tender.model.open_data import Breakdown, OpenData, OpenTable, Quantity
from tender.model.tender import Tender
from tender.words import words

OCCUPATIONS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "X")
"""Major groups of the Classification of Occupations 2010; X is unknown."""

_MONTHS = 12


def term_text(term_id: str, **values: object) -> Text:
    """The term in every language, its values filled in."""
    return Text(**{one.value: words(one).term(term_id).format_map(values) for one in Language})


def has_total(table: OpenTable, dimension: Breakdown) -> bool:
    """Whether the counts of a dimension's categories add up: the stock of two months counts the same client twice."""
    return not (table.quantity is Quantity.STOCK and dimension is Breakdown.MONTH)


def axes_of(tender: Tender, order: OpenData, table: OpenTable) -> tuple[Axis, ...]:
    """The axes of `table`, in its own order."""
    return tuple(_axis(tender, order, dimension, total=has_total(table, dimension)) for dimension in table.dimensions)


def _axis(tender: Tender, order: OpenData, dimension: Breakdown, *, total: bool) -> Axis:
    parent = TOTAL if total else ""
    found = [Category(code, label, parent) for code, label in _categories(tender, order, dimension)]
    head = [Category(TOTAL, term_text("annex.total"))] if total else []
    label = term_text(f"annex.axis.{dimension.value}")
    return Axis(dimension.value, label, (*head, *found), ordered=dimension in _ORDERED)


_ORDERED = {Breakdown.AGE, Breakdown.DURATION, Breakdown.MONTH}


def _categories(tender: Tender, order: OpenData, dimension: Breakdown) -> Iterable[tuple[str, Text]]:
    match dimension:
        case Breakdown.MUNICIPALITY:
            return ((area.id, area.name) for area in tender.areas)
        case Breakdown.GROUP:
            return ((group.id, group.name) for group in tender.groups)
        case Breakdown.AGE:
            return _classes("age", order.age_limits)
        case Breakdown.DURATION:
            return _classes("duration", order.duration_limits)
        case Breakdown.MONTH:
            return ((code, _month_label(code)) for code, _ in months(order))
        case Breakdown.OCCUPATION:
            return ((code, term_text(f"annex.occupation.{code}")) for code in OCCUPATIONS)
        case Breakdown.SEX | Breakdown.EDUCATION | Breakdown.DESTINATION:
            name = dimension.value
            return ((code, term_text(f"annex.{name}.{code}")) for code in columns()[name].values)


def class_codes(limits: Sequence[int]) -> tuple[str, ...]:
    """Codes of the classes that `limits` part; no spreadsheet takes one for a day.

    >>> class_codes((25, 35))
    ('under-25', 'from-25', 'from-35')
    """
    return (f"under-{limits[0]}", *(f"from-{limit}" for limit in limits))


def _classes(name: str, limits: Sequence[int]) -> Iterable[tuple[str, Text]]:
    """Classes with their words: below the first limit, from one to the next, from the last on."""
    ends = [*limits, None]
    codes = class_codes(limits)
    yield codes[0], term_text(f"annex.{name}.under", limit=limits[0])
    for code, (first, after) in zip(codes[1:], pairwise(ends), strict=True):
        if first is None or after is None:
            yield code, term_text(f"annex.{name}.from", limit=first)
        elif after - first == 1:
            yield code, term_text(f"annex.{name}.one", limit=first)
        else:
            yield code, term_text(f"annex.{name}.between", first=first, last=after - 1)


def months(order: OpenData) -> tuple[tuple[str, date], ...]:
    """Months of the flow period with their last days, the reference day for the last one."""
    first, last = (day.year * _MONTHS + day.month - 1 for day in (order.flow_from, order.reference_day))
    found = [
        (f"{number // _MONTHS}-{number % _MONTHS + 1:02d}", _last_day(number)) for number in range(first, last + 1)
    ]
    return (*found[:-1], (found[-1][0], order.reference_day)) if found else ()


def _last_day(number: int) -> date:
    year, month = divmod(number + 1, _MONTHS)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def _month_label(code: str) -> Text:
    year, month = code.split("-")
    return term_text("annex.month", year=year, month=int(month))
