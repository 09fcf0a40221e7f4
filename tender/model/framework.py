"""The framework arrangement with its dynamic elements (A4), client choice and cap (A12), own team, money, rounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from tender.language import NO_TEXT, Language, Text


class CapCounts(StrEnum):
    """What a client cap counts: clients at a time, or all who enter in a year."""

    STOCK = "stock"
    ENTRANTS = "entrants"


class AllocationRule(StrEnum):
    """How a client comes to a producer."""

    CLIENT_CHOICE = "client-choice"
    INDUSTRY = "industry"


class MoneySource(StrEnum):
    """Whose money a budget line is; the sources are never added together (B9)."""

    PURCHASE = "purchase"
    OWN_TEAM = "own-team"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class VolumeBand:
    """What happens to prices when the real volume leaves the forecast.

    Attributes:
        lower: Lower end, percent of the forecast client-months.
        upper: Upper end, percent of the forecast client-months.
        change: Change of the capitation price inside the band, percent; 0 keeps the price.
    """

    lower: Decimal
    upper: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Dynamic:
    """Dynamic elements of the framework (A4).

    Attributes:
        volume_bands: Volume bands with their repricing.
        cap_counts: What the client cap counts.
        reserve_ranking: Whether tenders that were not chosen stay in reserve.
        mini_competition: Whether the framework is reopened for mini-competitions (HL 42–43).
        reopening_months: Every how many months new providers may enter; ``None`` when never.
        admit_all_suitable: Whether all suitable providers are admitted without ranking (KHO 2018:91: no procurement).
    """

    volume_bands: tuple[VolumeBand, ...]
    cap_counts: CapCounts
    reserve_ranking: bool = False
    mini_competition: bool = False
    reopening_months: int | None = None
    admit_all_suitable: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """The framework arrangement.

    Attributes:
        providers: Number of providers to be chosen.
        client_total: Forecast number of clients of the providers together.
        client_cap: Most clients of one provider.
        maximum_value: Largest total value without VAT, euros (HL 42, amended by 499/2021).
        duration_reason: Why it lasts longer than four years; empty when it does not.
        agreement_order: Order of precedence of the contract documents.
        general_terms: General terms that are applied, such as JYSE 2025 Palvelut.
        dynamic: Dynamic elements.
    """

    providers: int
    client_total: int
    client_cap: int
    maximum_value: Decimal
    dynamic: Dynamic
    agreement_order: tuple[Text, ...] = ()
    general_terms: Text = NO_TEXT
    duration_reason: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry whose jobseekers go together to one producer (B3).

    Attributes:
        id: Short id.
        name: Its name.
        clients: Forecast number of clients.
    """

    id: str
    name: Text
    clients: int


@dataclass(frozen=True, slots=True)
class ClientChoice:
    """How clients come to a provider (A3 b–c, A12) or are assigned to producers by industry (B3).

    Attributes:
        rule: The rule.
        steps: The process step by step.
        period_months: For how long a choice holds.
        no_choice: What happens when a client does not choose.
        overflow: What happens when the chosen provider is full.
        industries: Industries, for the rule ``industry``.
    """

    rule: AllocationRule
    steps: tuple[Text, ...]
    period_months: int
    no_choice: Text
    overflow: Text
    industries: tuple[Industry, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Reachability of the service in the area (B7).

    Attributes:
        languages: Languages in which clients are served.
        maximum_distance_km: Longest distance to a service point; ``None`` when not set.
        remote: When remote service will do.
    """

    languages: tuple[Language, ...]
    maximum_distance_km: int | None = None
    remote: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """The buyer's own production, measured beside the providers and kept out of award scoring (B3, B5).

    Attributes:
        name: Its name.
        share: Its share of all clients, for example one third.
        clients: Its forecast number of clients.
    """

    name: Text
    share: Fraction
    clients: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Money of one year from one source (B9).

    Attributes:
        year: Calendar year.
        source: Whose money.
        amount: Euros.
        note: Budget item or project, in words.
    """

    year: int
    source: MoneySource
    amount: Decimal
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Measure:
    """One result that is measured.

    Attributes:
        id: Short id.
        name: Its name.
        definition: Numerator, denominator, register and period.
    """

    id: str
    name: Text
    definition: Text


@dataclass(frozen=True, slots=True)
class Impact:
    """How results, cost-effectiveness and the client's view are measured and compared (A3 f, B4, B5, B8).

    Attributes:
        design: The design of the comparison, said before the award.
        measures: What is measured.
        effects: What else is assessed, such as the separation of arranging and producing (B1).
    """

    design: Text
    measures: tuple[Measure, ...]
    effects: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Which round of the concept this tender is (A14).

    Attributes:
        number: 1 for the first.
        concept: Name of the concept version, such as ``1.0``.
        learns: What this round is to teach the next one.
    """

    number: int
    concept: str
    learns: Text
