"""Industries to producers as lots that are not divided, an equal share each in clients and in risk mix (B3).

And the variant that draws clients within each industry, so that the producers' results can be compared: who goes where
is then chance, and the power of the comparison can be said beforehand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import verify
from tender.model.proofs import Certificate
from tender.solving import Model, Row, Sense, Solver, Variable, solve

WORST = "worst"
"""The variable that is made small: the largest deviation, in clients times the number of producers."""

Mixes = Mapping[str, Mapping[str, int]]
"""Clients by industry and risk group."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which industry goes to which producer.

    Attributes:
        held: Producer by industry.
        worst: Largest deviation of a producer from its equal share, in all clients and in every risk group, clients.
        certificate: The proof that no allocation deviates less, or how much less one still might.
    """

    held: Mapping[str, str]
    worst: Fraction
    certificate: Certificate


def allocate(mixes: Mixes, producers: Sequence[str], solver: Solver = solve) -> Allocation:
    """Industries to `producers`, the largest deviation as small as it can be; the proof is verified at once."""
    model = allocation_model(mixes, producers)
    certificate = certify(model, solver(model).values)
    verify(model, certificate)
    held = {
        industry: producer
        for industry in mixes
        for producer in producers
        if certificate.witness.get(_taken(industry, producer))
    }
    return Allocation(held, Fraction(certificate.witness[WORST], len(producers)), certificate)


def allocation_model(mixes: Mixes, producers: Sequence[str]) -> Model:
    """Rows: ``industry[l]``, ``share_above[p,g]`` and ``share_below[p,g]``; ``all`` stands for all groups together."""
    total = sum(sum(mix.values()) for mix in mixes.values())
    variables = [Variable(_taken(industry, producer)) for industry in mixes for producer in producers]
    rows = [
        Row(f"industry[{industry}]", tuple((_taken(industry, each), 1) for each in producers), Sense.EQUAL, 1)
        for industry in mixes
    ]
    rows += (row for producer in producers for row in _shares(mixes, producer, len(producers)))
    return Model("allocation", (*variables, Variable(WORST, 0, total * len(producers))), tuple(rows), ((WORST, -1),))


def draw_within(clients: Mapping[str, Sequence[str]], producers: Sequence[str], seed: bytes) -> dict[str, str]:
    """Every client to a producer by lot, within each industry as evenly as its number allows.

    Clients of an industry are put in the order of SHA-256(seed ‖ industry ‖ id) and dealt out in turn; which producer
    the deal begins with is drawn for each industry too, so that remainders favour nobody.
    """
    held: dict[str, str] = {}
    for industry, ids in clients.items():
        first = int.from_bytes(_digest(seed, industry, "")[:8]) % len(producers)
        order = sorted(ids, key=lambda each, industry=industry: (_digest(seed, industry, each), each))  # type: ignore[misc]
        held |= {each: producers[(first + number) % len(producers)] for number, each in enumerate(order)}
    return held


def power(clients: int, share: float, difference: float, level: float = 0.05) -> float:
    """Likelihood of seeing that one producer's share of clients in work is higher by `difference`, both with `clients`.

    Normal approximation of two independent shares, two-sided at `level`; for planning, nothing is paid by it.
    """
    other = share + difference
    spread = sqrt((share * (1 - share) + other * (1 - other)) / clients)
    limit = NormalDist().inv_cdf(1 - level / 2)
    return NormalDist().cdf(abs(difference) / spread - limit) if spread else 1.0


def _shares(mixes: Mixes, producer: str, count: int) -> Iterator[Row]:
    """The producer's clients times the number of producers lie within ``worst`` of all clients, in every group too."""
    groups = dict.fromkeys(group for mix in mixes.values() for group in mix)
    sizes: dict[str, dict[str, int]] = {"all": {industry: sum(mix.values()) for industry, mix in mixes.items()}}
    sizes |= {group: {industry: mix.get(group, 0) for industry, mix in mixes.items()} for group in groups}
    for group, own in sizes.items():
        terms = tuple((_taken(industry, producer), count * size) for industry, size in own.items() if size)
        total = sum(own.values())
        yield Row(f"share_above[{producer},{group}]", (*terms, (WORST, -1)), Sense.AT_MOST, total)
        yield Row(f"share_below[{producer},{group}]", (*terms, (WORST, 1)), Sense.AT_LEAST, total)


def _taken(industry: str, producer: str) -> str:
    return f"taken[{industry},{producer}]"


def _digest(seed: bytes, industry: str, client: str) -> bytes:
    return hashlib.sha256(seed + b"\x1f" + industry.encode() + b"\x1f" + client.encode()).digest()
