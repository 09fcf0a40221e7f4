"""Published instances as markets: package bids, capped providers, coverage, budgets; none is copied into here."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path

from evaluation.award.market import Market, Offer, Package
from evaluation.award.rows import chosen, market_model, places, taken
from tender.solving import Model, Terms

PLACES_TO_LOOK = [Path(__file__).parents[level] / "shared" / "instances" for level in (3, 4)]
FOLDER = next((folder for folder in PLACES_TO_LOOK if folder.is_dir()), PLACES_TO_LOOK[0])
"""Beside the project's folder; tests skip when it is absent."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One published instance and its optimum.

    Attributes:
        name: File and sense.
        model: It, as the toolkit's own selection model.
        scale: What the objective is over; negative where the published one is minimised.
        optimum: The published optimum, as printed.
    """

    name: str
    model: Model
    scale: int
    optimum: str

    def agrees(self, value: int) -> bool:
        """Whether `value` of the model is the published optimum, to the digits that were printed."""
        decimals = len(self.optimum.partition(".")[2])
        published = Fraction(self.optimum)
        return bool(abs(Fraction(value, self.scale) - published) * 10**decimals <= 1)


def instances() -> list[Instance]:
    """All instances of the folder; none when it is absent."""
    if not FOLDER.is_dir():
        return []
    with (FOLDER / "optima.csv").open(encoding="utf-8") as file:
        return [_instance(row) for row in csv.DictReader(file)]


def _instance(row: dict[str, str]) -> Instance:
    family, file, sense = row["family"], row["file"], row["sense"]
    readers = {"wdp-cats": auction, "gap": assignment, "cflp": location, "mkp": knapsack}
    market, objective, scale = readers[family](file, 1 if sense == "max" else -1)
    return Instance(f"{file} {sense}", market_model(market, objective), scale, row["published_optimum"])


def auction(file: str, sign: int) -> tuple[Market, Terms, int]:
    """CATS: goods are lots, bids are packages, a dummy good makes alternatives of the bids that name it."""
    goods, bids = 0, []
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == ["goods"]:
            goods = int(words[1])
        elif words[-1:] == ["#"]:
            bids.append((words[0], Fraction(words[1]), words[2:-1]))
    scale = lcm(*(price.denominator for _, price, _ in bids))
    rivals: dict[str, list[str]] = {}
    for number, _, items in bids:
        for item in items:
            if int(item) >= goods:
                rivals.setdefault(item, []).append(number)
    packages = tuple(
        Package(number, "", tuple(item for item in items if int(item) < goods)) for number, _, items in bids
    )
    lots = dict.fromkeys((lot for package in packages for lot in package.lots), False)
    market = Market(file, packages=packages, lots=lots, alternatives={name: tuple(ids) for name, ids in rivals.items()})
    return market, tuple((taken(number), sign * int(price * scale)) for number, price, _ in bids), sign * scale


def assignment(file: str, sign: int) -> tuple[Market, Terms, int]:
    """Clients, who cannot be divided, to capped providers: every client a lot, every possible place a package."""
    numbers = map(int, (FOLDER / file).read_text(encoding="utf-8").split())
    providers, clients = next(numbers), next(numbers)
    costs, sizes = (_grid(numbers, providers, clients) for _ in range(2))
    caps = [next(numbers) for _ in range(providers)]
    pairs = [(i, j) for i in range(providers) for j in range(clients)]
    market = Market(
        file,
        tuple(Offer(str(i), cap) for i, cap in enumerate(caps)),
        packages=tuple(Package(f"{i},{j}", str(i), (str(j),), sizes[i][j]) for i, j in pairs),
        lots={str(j): True for j in range(clients)},
    )
    return market, tuple((taken(f"{i},{j}"), sign * costs[i][j]) for i, j in pairs), sign


def location(file: str, sign: int) -> tuple[Market, Terms, int]:
    """Facilities are providers with a fixed cost, customers are areas whose clients may be shared."""
    numbers = map(Fraction, (FOLDER / file).read_text(encoding="utf-8").split())
    count, customers = int(next(numbers)), int(next(numbers))
    facilities = [(int(next(numbers)), next(numbers)) for _ in range(count)]
    demands = [(int(next(numbers)), [next(numbers) for _ in range(count)]) for _ in range(customers)]
    unit = [[cost / need for cost in costs] for need, costs in demands]
    scale = lcm(*(fixed.denominator for _, fixed in facilities), *(cost.denominator for row in unit for cost in row))
    needs = {(str(j), ""): need for j, (need, _) in enumerate(demands)}
    offers = tuple(Offer(str(i), cap, needs) for i, (cap, _) in enumerate(facilities))
    fixed = ((chosen(str(i)), sign * int(cost * scale)) for i, (_, cost) in enumerate(facilities))
    carried = (
        (places(str(i), cell), sign * int(unit[j][i] * scale)) for i in range(count) for j, cell in enumerate(needs)
    )
    return Market(file, offers, needs=needs), (*fixed, *carried), sign * scale


def knapsack(file: str, sign: int) -> tuple[Market, Terms, int]:
    """Several budgets at once: every thing is a bidder that takes something of each."""
    name, _, number = file.partition("#")
    numbers = map(Fraction, (FOLDER / name).read_text(encoding="utf-8").split())
    next(numbers)
    for _ in range(int(number)):
        things, budgets = int(next(numbers)), int(next(numbers))
        next(numbers)
        worths = [next(numbers) for _ in range(things)]
        amounts = [[next(numbers) for _ in range(things)] for _ in range(budgets)]
        limits = [next(numbers) for _ in range(budgets)]
    scale = lcm(*(worth.denominator for worth in worths))
    whole = [
        lcm(limit.denominator, *(each.denominator for each in row)) for limit, row in zip(limits, amounts, strict=True)
    ]
    offers = tuple(
        Offer(str(j), amounts={str(i): int(row[j] * whole[i]) for i, row in enumerate(amounts)}) for j in range(things)
    )
    market = Market(file, offers, limits={str(i): int(limit * whole[i]) for i, limit in enumerate(limits)})
    return market, tuple((chosen(str(j)), sign * int(worth * scale)) for j, worth in enumerate(worths)), sign * scale


def _grid(numbers: Iterator[int], rows: int, columns: int) -> list[list[int]]:
    return [[next(numbers) for _ in range(columns)] for _ in range(rows)]
