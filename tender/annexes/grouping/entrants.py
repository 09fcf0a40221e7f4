"""The clients of a register as entrants: what was known at entry, and whether open work was found in time.

Followed are the spells that began within the flow period and at least the horizon before the reference day. Spells
that were open when the period began are left out: those that had ended are not in the extract, so counting the others
would make work look harder to find than it is.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from tender.annexes.grouping.card import Labels
from tender.annexes.grouping.corrections import Assigned
from tender.annexes.grouping.figures import ERROR_BREAKDOWNS, Grouped
from tender.annexes.grouping.scoring import Entrant
from tender.annexes.register.classes import axes_of, class_codes
from tender.annexes.register.columns import columns
from tender.annexes.register.register import Register
from tender.annexes.register.rules import OPEN_WORK
from tender.errors import InputError, Place
from tender.model.annex import TOTAL
from tender.model.grouping import Grouping
from tender.model.open_data import Breakdown, OpenData, OpenTable, Quantity
from tender.model.tender import Tender

_YEAR = 12
_OWN = ("group", "started", "ended", "destination", "sex", "birth_year", "education")


def entrants_of(register: Register, order: OpenData, grouping: Grouping) -> Iterator[Entrant]:
    """Every spell of `register` as an entrant, in the order of its lines.

    Raises:
        InputError: A factor's column is none of the register's, or tells of one person alone.
    """
    known = {name for name, column in columns().items() if not column.personal}
    for factor in grouping.factors:
        if factor.column not in known:
            raise InputError("annex.group-column", place=Place(register.file), file=register.file, column=factor.column)
    names = tuple(dict.fromkeys((*_OWN, *(factor.column for factor in grouping.factors))))
    clients = {row[0]: row[1] for row in register.engine.run("SELECT line, client FROM spells")}
    for line, *row in register.spells(*names):
        said = dict(zip(names, row, strict=True))
        yield _entrant(Place(register.file, int(str(line))), said, str(clients[line]), order, grouping)


def _entrant(place: Place, said: Mapping[str, object], client: str, order: OpenData, grouping: Grouping) -> Entrant:
    started = said["started"]
    assert isinstance(started, date), "a spell that counts has a first day"  # noqa: S101
    return Entrant(
        place,
        {name: "" if value is None else str(value) for name, value in said.items()},
        found=_found(said, started, order, grouping.horizon),
        group=str(said["group"] or ""),
        client=client,
        entered=started,
    )


def _found(said: Mapping[str, object], started: date, order: OpenData, horizon: int) -> bool | None:
    """Whether open work was found within the horizon; ``None`` for who was not followed."""
    end = months_after(started, horizon)
    if started < order.flow_from or end > order.reference_day:
        return None
    ended = said["ended"]
    return said["destination"] == OPEN_WORK and isinstance(ended, date) and ended <= end


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day.

    >>> months_after(date(2018, 8, 31), 6)
    datetime.date(2019, 2, 28)
    """
    number = day.year * _YEAR + day.month - 1 + months
    year, month = divmod(number, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def grouped_of(order: OpenData, people: Iterator[Assigned] | tuple[Assigned, ...]) -> tuple[Grouped, ...]:
    """`people` for the figures of fit: as the grouping reckons them, whatever a person corrected."""
    return tuple(Grouped(one.entrant, one.working, _at(one.entrant, order)) for one in people)


def _at(entrant: Entrant, order: OpenData) -> Mapping[Breakdown, str]:
    entered = entrant.entered
    age = entered.year - int(entrant.values["birth_year"]) if entered is not None else 0
    codes = class_codes(order.age_limits)
    return {
        Breakdown.SEX: entrant.values["sex"],
        Breakdown.AGE: codes[sum(limit <= age for limit in order.age_limits)],
        Breakdown.EDUCATION: entrant.values["education"],
    }


def labels_of(tender: Tender, order: OpenData) -> Labels:
    """Words of the categories by which errors are reported."""
    table = OpenTable("errors", tender.title, Quantity.INFLOW, ERROR_BREAKDOWNS)
    return {
        (Breakdown(axis.id), category.code): category.label
        for axis in axes_of(tender, order, table)
        for category in axis.categories
        if category.code != TOTAL
    }
