"""Tables for tests and benchmarks: seeded, so that everybody means the same ones."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import product

from tender.annexes.disclosure.building import build, dimension_of
from tender.annexes.disclosure.rules import Need, by_threshold
from tender.annexes.disclosure.suppression import Order, Suppression, suppress
from tender.annexes.disclosure.tables import At, System
from tender.annexes.disclosure.weights import Weight, weights


def still() -> float:
    """A clock that stands: no search ends before its proof."""
    return 0.0


def grid(rows: Sequence[Sequence[int]], names: tuple[str, str] = ("row", "column")) -> System:
    """A two-way table with its margins; rows and columns are called r0, r1, c0, c1 and so on."""
    counts: dict[At, int] = {(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)}
    return tabled(names, counts)


def tabled(names: Sequence[str], counts: dict[At, int]) -> System:
    """A tidy table, without a hierarchy."""
    axes = [dimension_of(name, [at[axis] for at in counts]) for axis, name in enumerate(names)]
    return build(axes, counts)


def random_table(shape: Sequence[int], seed: int, mean: float = 2.5) -> System:
    """A full table of log-normal counts with all margins."""
    chance = random.Random(seed)
    codes = [[f"{chr(97 + axis)}{number}" for number in range(size)] for axis, size in enumerate(shape)]
    counts = {at: min(int(chance.lognormvariate(mean, 1.3)), 500) for at in product(*codes)}
    return tabled([f"d{axis}" for axis in range(len(shape))], counts)


_TABLES = {"sex": 2, "age": 6, "education": 6, "duration": 8, "month": 12}
_AREAS, _GROUPS = ("Siilinjärvi", "Lapinlahti"), ("easy", "middle", "hard")


def pilot_annex(seed: int = 1, clients: int = 1400) -> System:
    """The class of the pilot's annex: five linked tables municipality × risk group × one more, 420 cells."""
    chance = random.Random(seed)
    names = list(_TABLES)
    total = ["Total"] * len(names)
    cells = [(a, g, *total) for a in _AREAS for g in _GROUPS]
    for axis, size in enumerate(_TABLES.values()):
        cells += [(a, g, *_one(axis, code)) for a in _AREAS for g in _GROUPS for code in range(size)]
    counts: Counter[At] = Counter(dict.fromkeys(cells, 0))
    for _ in range(clients):
        place = (chance.choices(_AREAS, [68, 32])[0], chance.choices(_GROUPS, [30, 45, 25])[0])
        counts[(*place, *total)] += 1
        for axis, (name, size) in enumerate(_TABLES.items()):
            steep = 1.0 if name in {"sex", "month"} else 0.62
            code = chance.choices(range(size), [steep**step for step in range(size)])[0]
            counts[(*place, *_one(axis, code))] += 1
    return tabled(["municipality", "risk", *names], dict(counts))


def _one(axis: int, code: int) -> tuple[str, ...]:
    """Coordinates that cross one further dimension and are totals of the others."""
    name = list(_TABLES)[axis]
    return tuple(f"{name}{code}" if number == axis else "Total" for number in range(len(_TABLES)))


def least(
    system: System, needs: Sequence[Need], weight: Weight = Weight.VALUE_AND_ONE, *, whole: bool = True
) -> Suppression:
    """The proven optimum."""
    return suppress(Order(system, tuple(needs), weights(system, weight), whole=whole), still, 60.0)


def small_needs(system: System, threshold: int = 5) -> tuple[Need, ...]:
    """Needs of the threshold rule."""
    return by_threshold(system, threshold)
