"""What the simulation of clients is given and what it finds: choice, caps, waiting, work hours, money by month."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Cents = int
"""Euros times a hundred."""


@dataclass(frozen=True, slots=True)
class GroupFlow:
    """How clients of one risk group come and go.

    Attributes:
        group: Group id.
        stock: Clients on the day when production starts; they all choose then.
        inflow: Mean number of new clients in a month.
        leaving: Share of the clients whose service ends in a month; its inverse is the mean stay in months.
        open_work: Share of the endings that lead to open work.
        hours: Work hours of one employed person in a month.
        job_loss: Share of jobs that end in a month.
    """

    group: str
    stock: int
    inflow: Fraction
    leaving: Fraction
    open_work: Fraction
    hours: int
    job_loss: Fraction


@dataclass(frozen=True, slots=True)
class ProviderFlow:
    """One provider as clients see it.

    Attributes:
        id: Its id or letter.
        popularity: Its weight among those who choose; a client takes an open provider in proportion to it.
        cap: Most clients at a time.
    """

    id: str
    popularity: Fraction
    cap: int


@dataclass(frozen=True, slots=True)
class FlowPrices:
    """What is paid for one group.

    Attributes:
        group: Group id.
        capitation: Cents for a client-month.
        outcome: Ten-thousandths of a euro for a verified work hour.
        cost: Cents that a client-month costs a typical provider, its effort for work included.
    """

    group: str
    capitation: int
    outcome: int
    cost: int


@dataclass(frozen=True, slots=True)
class FlowInputs:
    """All that the simulation is given; the seed comes beside it.

    Attributes:
        groups: The risk groups, in the order of the tender.
        providers: The providers, in order.
        prices: What is paid, in the order of the groups.
        months: Months of production that are simulated.
        invoice_months: Length of an outcome period in months.
        paid_months: Months of a job that earn outcome pay, at most.
        payment_months: Months from an invoice to its payment.
        undecided: Share of clients who choose nobody and are given by lot to any open provider.
        switching: Share of the clients who change their provider in a month.
        failure: Chance that a provider stops in a month.
        shock: How far the inflow may lie from its mean, as a standard deviation relative to it.
    """

    groups: tuple[GroupFlow, ...]
    providers: tuple[ProviderFlow, ...]
    prices: tuple[FlowPrices, ...]
    months: int = 24
    invoice_months: int = 4
    paid_months: int = 12
    payment_months: int = 1
    undecided: Fraction = Fraction(0)
    switching: Fraction = Fraction(0)
    failure: Fraction = Fraction(0)
    shock: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in a few figures.

    Attributes:
        mean: Mean.
        low: 5 % of the replications lie below.
        lower: 25 % lie below.
        middle: Median.
        upper: 75 % lie below.
        high: 95 % lie below.
        tail: Mean of the worst 5 %, the highest ones (CVaR 95).
    """

    mean: float
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    tail: float


@dataclass(frozen=True, slots=True)
class ProviderFound:
    """What the simulation finds of one provider.

    Attributes:
        id: Its id.
        clients: Clients served at a time, mean over months and replications.
        full: Share of the replications in which its cap turned somebody away.
        full_months: Share of months in which it did.
        cash: Cents in hand at the end of each month, mean over replications; it starts at zero.
        cash_low: The same in the worst 5 % of the replications.
    """

    id: str
    clients: float
    full: float
    full_months: float
    cash: tuple[float, ...]
    cash_low: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GroupFound:
    """What the simulation finds of one group, means over replications.

    Attributes:
        group: Group id.
        client_months: Client-months that were served, by month.
        hours: Work hours that are paid for, by month.
        tail_client_months: The same client-months in the dearest 5 % of the replications.
        tail_hours: The same hours in the dearest 5 %.
        entrants: New clients in the whole time, the stock at the start included.
    """

    group: str
    client_months: tuple[float, ...]
    hours: tuple[float, ...]
    tail_client_months: tuple[float, ...]
    tail_hours: tuple[float, ...]
    entrants: float


@dataclass(frozen=True, slots=True)
class FlowFound:
    """What the simulation finds.

    Attributes:
        replications: How many courses were drawn.
        seed: The seed.
        spend: Cents in the whole time.
        monthly: Cents that fall due for each month's service and work.
        cumulated: Cents from the start to the end of each month.
        groups: By group.
        providers: By provider.
        waiting: Client-months spent in the queue, whole time.
        bounced: Choices that met a full provider, whole time.
        any_full: Share of the replications in which some cap turned somebody away.
        outcome_share: Share of outcome pay in the money of each outcome period.
    """

    replications: int
    seed: int
    spend: Spread
    monthly: tuple[Spread, ...]
    cumulated: tuple[Spread, ...]
    groups: tuple[GroupFound, ...]
    providers: tuple[ProviderFound, ...]
    waiting: Spread
    bounced: Spread
    any_full: float
    outcome_share: tuple[float, ...]
