"""The generator: invented client spells of a stationary flow, calibrated to declared anchors.

In every area and group spells begin evenly in time and last exponentially, at the declared rates. Durations, endings
and hours are not drawn independently but spread evenly over their distributions (steps of irrational length with a
seeded start), so that a register of one year lies near its anchors whatever the seed; attributes of clients are drawn.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tender.annexes.register.rules import OPEN_WORK
from tender.annexes.synthesis.profile import drawn
from tender.model.open_data import Anchors
from tender.model.tender import Tender

DAYS_IN_MONTH = 365.25 / 12
MONTHS_PAID = 12
"""Months after the end of a spell in which hours count."""

_GOLDEN, _SILVER, _BRONZE = (math.sqrt(5) - 1) / 2, math.sqrt(2) - 1, math.sqrt(3) - 1
"""Steps that fill a span evenly and do not fall into step with each other."""

_RARE = 100_000
"""One spell of so many may be older than the history that is simulated."""

_CANDIDATES = 60
"""Most courses of a group's spells in an area that are tried until one leaves the declared stock."""

_NEAR = 0.01
"""How far the stock of a course may lie from the declared one, as a share; one client always."""

_HOPELESS = 0.15
"""A course that lies farther shows that the anchors do not fit each other: no other will do."""

_RETURNS = 0.25
"""Share of spells that begin by a client who has been here before."""

_PAUSE = timedelta(days=30)
"""Shortest time between two spells of a client."""

_TRIES = 60
"""Most draws of a client's attributes until they fit the client's group."""

ATTRIBUTES = ("education", "occupation", "unemployed_before", "earlier_spells", "previous_end", "vacancies")

Fits = Callable[[Mapping[str, str], str], bool]
"""Whether attributes at entry belong to a group; by the tender's own grouping where it declares one."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One invented spell.

    Attributes:
        area: Area id.
        group: Risk group id.
        started: Its first day.
        ended: The day on which it ended; ``None`` while it lasts.
        destination: Why it ended; empty while it lasts.
        hours: Verified hours in open work; ``None`` where there are none to verify.
        client: Number of the client.
        sex: The client's sex.
        birth_year: The client's year of birth.
        attributes: What else is known at entry, by column.
    """

    area: str
    group: str
    started: date
    ended: date | None
    destination: str
    hours: int | None
    client: int
    sex: str
    birth_year: int
    attributes: Mapping[str, str]


class _Even:
    """Numbers between 0 and 1 that fill the span evenly, from a seeded start."""

    def __init__(self, step: float, chance: Random) -> None:
        self._step, self._at = step, chance.random()

    def next(self) -> float:
        """The next one."""
        self._at = (self._at + self._step) % 1.0
        return self._at


@dataclass(slots=True)
class _Person:
    number: int
    sex: str
    birth_year: int
    free_from: date


def synthesise(tender: Tender, seed: str, fits: Fits | None = None) -> tuple[Spell, ...]:
    """Every spell that was open on the first day of the flow period or began after it, in the order of beginning.

    Args:
        tender: The tender with its open data, anchors and groups.
        seed: What decides chance; the same seed gives the same spells.
        fits: Whether attributes belong to a group; any do by default.

    Raises:
        ValueError: The tender declares no anchors.
    """
    order = tender.open_data
    if order is None or order.anchors is None:
        raise ValueError(tender.id)
    rates = {group: float(rate) for group, rate in order.anchors.exit_rates.items()}
    found: list[Spell] = []
    for group in tender.groups:
        for area in tender.areas:
            clients = group.clients.get(area.id, 0)
            flow = order.anchors.inflow * float(order.anchors.entry_shares[group.id]) * clients / group.client_total
            cell = _Cell(area.id, group.id, clients, flow, rates[group.id], slowness(rates, group.id), fits)
            found += _spells(cell, order.anchors, (order.flow_from, order.reference_day), seed) if clients else []
    return _numbered(sorted(found, key=lambda one: (one.started, one.area, one.group, one.client)))


def slowness(rates: Mapping[str, float], group: str) -> float:
    """Rank of `group` among `rates`: 0 for the fastest, 1 for the slowest.

    >>> slowness({"a": 0.4, "b": 0.1, "c": 0.04}, "b")
    0.5
    """
    ranked = sorted(rates, key=lambda one: -rates[one])
    return ranked.index(group) / max(1, len(ranked) - 1)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One group in one area."""

    area: str
    group: str
    clients: int
    flow: float
    rate: float
    slowness: float
    fits: Fits | None


def _chance(seed: str, *names: str) -> Random:
    """Chance of its own for each cell, so that another area changes nothing here."""
    return Random(int.from_bytes(hashlib.sha256("|".join((seed, *names)).encode()).digest()))  # noqa: S311 - invented


def _spells(cell: _Cell, anchors: Anchors, period: tuple[date, date], seed: str) -> Iterator[Spell]:
    """The spells of a course that leaves the declared stock; the nearest one when none does."""
    courses: list[tuple[int, list[_Days]]] = []
    for number in range(_CANDIDATES):
        course = list(_course(cell, period, _chance(seed, cell.group, cell.area, str(number))))
        distance = abs(sum(ended is None for _, ended in course) - cell.clients)
        courses.append((distance, course))
        if distance <= max(1.0, _NEAR * cell.clients) or distance > max(20.0, _HOPELESS * cell.clients):
            break
    _, days = min(courses, key=lambda one: one[0])
    yield from _told(cell, anchors, days, _chance(seed, cell.group, cell.area))


_Days = tuple[date, date | None]
"""First day of a spell and the day on which it ended."""


def _course(cell: _Cell, period: tuple[date, date], chance: Random) -> Iterator[_Days]:
    """Days of the spells that reach into the flow period, after a history long enough to be forgotten."""
    flow_from, last = period
    history = timedelta(days=math.ceil(math.log(_RARE) / cell.rate * DAYS_IN_MONTH))
    length = _Even(_GOLDEN, chance)
    for started in _entries(cell, flow_from - history, last, chance):
        months = -math.log(1.0 - length.next()) / cell.rate
        ended = started + timedelta(days=round(months * DAYS_IN_MONTH))
        if ended >= flow_from:
            yield started, ended if ended <= last else None


def _told(cell: _Cell, anchors: Anchors, days: list[_Days], chance: Random) -> Iterator[Spell]:
    """The spells of `days` with their clients, endings and hours."""
    ending, staying = _Even(_SILVER, chance), _Even(_BRONZE, chance)
    persons: list[_Person] = []
    for started, ended in days:
        destination, hours = _outcome(cell, anchors, (ending, staying), chance) if ended else ("", None)
        person = _person(cell, persons, started, chance)
        person.free_from = date.max if ended is None else ended + _PAUSE
        yield Spell(cell.area, cell.group, started, ended, destination, hours, person.number, person.sex,
                    person.birth_year, _attributes(cell, started.year - person.birth_year, chance))  # fmt: skip


def _entries(cell: _Cell, first: date, last: date, chance: Random) -> Iterator[date]:
    """Days on which spells begin: one in each equal stretch of time, somewhere in it."""
    days = (last - first).days + 1
    step = DAYS_IN_MONTH / cell.flow
    for number in range(math.ceil(days / step)):
        day = int((number + chance.random()) * step)
        if day < days:
            yield first + timedelta(days=day)


def _outcome(cell: _Cell, anchors: Anchors, evens: tuple[_Even, _Even], chance: Random) -> tuple[str, int | None]:
    """Destination of an ended spell, and the hours of one that ended in open work."""
    ending, staying = evens
    if ending.next() >= float(anchors.open_work[cell.group]):
        return drawn("destination", cell.slowness, chance), None
    stays = 1.0 - float(anchors.job_loss[cell.group])
    point = 1.0 - staying.next()
    months = 1 + sum(1 for month in range(1, MONTHS_PAID) if point <= stays**month)
    monthly = anchors.hours_per_month[cell.group] * (0.95 + 0.1 * chance.random())
    return OPEN_WORK, round(months * monthly)


def _person(cell: _Cell, persons: list[_Person], started: date, chance: Random) -> _Person:
    """A client who was here before and is free, or a new one."""
    free = [one for one in persons if one.free_from <= started] if chance.random() < _RETURNS else []
    if free:
        return free[int(chance.random() * len(free))]
    age = int(drawn("birth_year", cell.slowness, chance))
    new = _Person(len(persons), drawn("sex", cell.slowness, chance), started.year - age, date.max)
    persons.append(new)
    return new


def _attributes(cell: _Cell, age: int, chance: Random) -> dict[str, str]:
    """What is known at entry: drawn until it belongs to the group, where the tender says what belongs to it."""
    for _ in range(_TRIES):
        found = {name: drawn(name, cell.slowness, chance) for name in ATTRIBUTES}
        if cell.fits is None or cell.fits({**found, "age": str(age)}, cell.group):
            return found
    return found


def _numbered(spells: list[Spell]) -> tuple[Spell, ...]:
    """Clients numbered in the order in which they first came."""
    numbers: dict[tuple[str, str, int], int] = {}
    return tuple(_renumbered(spell, numbers) for spell in spells)


def _renumbered(spell: Spell, numbers: dict[tuple[str, str, int], int]) -> Spell:
    number = numbers.setdefault((spell.area, spell.group, spell.client), len(numbers) + 1)
    return Spell(spell.area, spell.group, spell.started, spell.ended, spell.destination, spell.hours, number,
                 spell.sex, spell.birth_year, spell.attributes)  # fmt: skip
