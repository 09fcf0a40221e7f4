"""How likely one provider's cap turns clients away, by its popularity: the knife edge at cap / clients."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum, lgamma, log


@dataclass(frozen=True, slots=True)
class CapRisk:
    """The risk at one popularity.

    Attributes:
        popularity: Share of the clients who choose the provider.
        full: Probability that more clients choose it than its cap.
        away: Clients who are turned away, on average.
    """

    popularity: Fraction
    full: float
    away: float


def cap_risk(clients: int, cap: int, popularity: Fraction) -> CapRisk:
    """The risk when each of `clients` chooses the provider with the chance `popularity` (binomial).

    >>> round(cap_risk(1400, 700, Fraction(48, 100)).full, 3)
    0.064
    """
    if not 0 < popularity < 1 or cap >= clients:
        over = popularity == 1 and cap < clients
        return CapRisk(popularity, float(over), float(clients - cap) if over else 0.0)
    chosen, other = log(popularity), log(1 - popularity)
    chances = {
        count: exp(_ways(clients, count) + count * chosen + (clients - count) * other)
        for count in range(cap + 1, clients + 1)
    }
    return CapRisk(
        popularity,
        min(fsum(chances.values()), 1.0),
        fsum((count - cap) * chance for count, chance in chances.items()),
    )


def cap_curve(clients: int, cap: int, popularities: tuple[Fraction, ...]) -> tuple[CapRisk, ...]:
    """The risk at each of `popularities`."""
    return tuple(cap_risk(clients, cap, each) for each in popularities)


def _ways(clients: int, count: int) -> float:
    """Logarithm of the number of ways to choose `count` of `clients`."""
    return lgamma(clients + 1) - lgamma(count + 1) - lgamma(clients - count + 1)
