"""The design of price weights: what the buyer assumes, what is proposed, and what each public rule costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.language import Text
from tender.model.flow import FlowInputs


@dataclass(frozen=True, slots=True)
class Span:
    """A closed range.

    Attributes:
        lowest: Its lower end.
        highest: Its upper end.
    """

    lowest: Fraction
    highest: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether `value` is inside, ends included."""
        return self.lowest <= value <= self.highest


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A part of a risk group that a provider can tell apart before it serves a client.

    Attributes:
        id: Short id.
        name: What it is called.
        share: Its share of the group.
        hours: Its expected work hours, as a multiple of the group's mean.
    """

    id: str
    name: Text
    share: Fraction
    hours: Fraction


@dataclass(frozen=True, slots=True)
class GroupDesign:
    """What one risk group costs a typical provider, and within what its prices may lie.

    Attributes:
        group: Group id.
        name: Its name.
        duty_cost: Euros that the obligations cost in a client-month.
        effort_cost: Euros for one new client of the work that goes beyond the obligations.
        effort_gain: Share of the expected work hours that only this effort brings.
        capitation: Allowed unit price of a client-month, euros.
        outcome: Allowed unit price of a work hour, euros.
        capitation_weight: Allowed weight; ``None`` where prices are tendered per group.
        outcome_weight: The same of the outcome price.
        subgroups: Parts that can be told apart.
    """

    group: str
    name: Text
    duty_cost: Fraction
    effort_cost: Fraction
    effort_gain: Fraction
    capitation: Span
    outcome: Span
    capitation_weight: Span | None = None
    outcome_weight: Span | None = None
    subgroups: tuple[Subgroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the buyer assumes; everything that is no figure of the tender itself.

    Attributes:
        groups: By group, in the order of the tender.
        flow: How clients flow.
        margin: What a typical provider must earn on its costs, as a share of them.
        reserve: Euros for each client that a typical provider can advance until the first outcome invoice is paid.
        effort_margin: By how much the reward of effort must exceed its cost, as a share of it.
        outcome_share: Within what the share of outcome pay must lie.
        within: How far a subgroup's margin may lie above its group's, euros a client-month.
        dearer: How much more than the tender's own prices a proposal may cost in a year, as a share.
        weight_decimals: Decimals of a weight.
        own: Names of the figures that the buyer gave; all others are cautious defaults.
    """

    groups: tuple[GroupDesign, ...]
    flow: FlowInputs
    margin: Fraction
    reserve: Fraction
    effort_margin: Fraction
    outcome_share: Span
    within: Fraction
    dearer: Fraction = Fraction(0)
    weight_decimals: int = 2
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """Client-months and work hours of one group in a time, whole numbers so that money stays exact.

    Attributes:
        client_months: Client-months.
        hours: Paid work hours.
    """

    client_months: int
    hours: int


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Money that must suffice for volumes.

    Attributes:
        id: ``own`` (not dearer than the tender's own prices), ``year``, ``tail`` or a calendar year.
        amount: Euros.
        volumes: By group id.
    """

    id: str
    amount: Fraction
    volumes: Mapping[str, Volume]


@dataclass(frozen=True, slots=True)
class GroupPrice:
    """The proposed prices of one group.

    Attributes:
        group: Group id.
        capitation: Unit price of a client-month, rounded as the tender says.
        outcome: Unit price of a work hour, rounded as the tender says.
        capitation_weight: Weight; ``None`` where prices are tendered per group.
        outcome_weight: The same of the outcome price.
    """

    group: str
    capitation: Decimal
    outcome: Decimal
    capitation_weight: Decimal | None = None
    outcome_weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """A set of prices: those of the tender, or those proposed.

    Attributes:
        groups: By group, in the order of the tender.
        capitation_base: Base price; ``None`` where prices are tendered per group.
        outcome_base: The same of the outcome price.
    """

    groups: tuple[GroupPrice, ...]
    capitation_base: Decimal | None = None
    outcome_base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupOutlook:
    """What a set of prices means for one group, in a year.

    Attributes:
        group: Group id.
        per_entrant: Expected outcome pay for one new client, euros.
        margin: What remains of a client-month after its costs, euros.
        effort_pays: Outcome pay that effort brings for each euro that it costs.
        outcome_money: Euros of outcome pay in a year.
        capitation_money: Euros of capitation in a year.
        client_months: Client-months in a year.
    """

    group: str
    per_entrant: Fraction
    margin: Fraction
    effort_pays: Fraction | None
    outcome_money: Fraction
    capitation_money: Fraction
    client_months: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a set of prices means.

    Attributes:
        groups: By group.
        cost: Euros in a year.
        client_year: Euros for one client in service a whole year.
        outcome_share: Share of outcome pay in all money.
        easy_share: Share of outcome pay that goes to the first, easiest group.
        spread: Largest distance of a group's margin from the mean, euros a client-month.
        broken: Names of the rules that the prices do not meet.
    """

    groups: tuple[GroupOutlook, ...]
    cost: Fraction
    client_year: Fraction
    outcome_share: Fraction
    easy_share: Fraction
    spread: Fraction
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shadow:
    """What one more unit of a rule is worth.

    Attributes:
        rule: Name of the rule as the model has it, such as ``budget[year]``.
        limit: Where the rule stands, in its unit.
        worth: By how much the goal falls for each unit by which the rule is eased.
        goal: ``shortfall`` (euros that effort or subgroups lack) or ``spread`` (euros a client-month).
        until: How far the rule can be eased before the worth changes, in its unit; ``None`` when ever.
    """

    rule: str
    limit: Fraction
    worth: Fraction
    goal: str
    until: Fraction | None


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that alone makes the design possible.

    Attributes:
        rule: Name of the rule that is eased.
        limit: Where it stands.
        needed: Where it must stand; ``None`` when easing this rule alone does not help.
    """

    rule: str
    limit: Fraction
    needed: Fraction | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What prices would come to if a group cost other than assumed.

    Attributes:
        group: Group id.
        percent: How much more its obligations cost than assumed, percent; negative for less.
        before: Spread of the margins at the tender's own prices, euros a client-month.
        after: The same at the proposed prices.
    """

    group: str
    percent: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """One round between prices and clients.

    Attributes:
        number: 1 for the first.
        prices: What was proposed in it.
        residual: Largest change of a unit price since the round before, as a share of it; ``None`` in the first.
    """

    number: int
    prices: Prices
    residual: Fraction | None


@dataclass(frozen=True, slots=True)
class WeightDesign:
    """The proposal with its reasons.

    Attributes:
        before: The prices of the tender: reference prices, else the middle of each range.
        proposal: The proposed prices; ``None`` when nothing meets the firm rules.
        outlook_before: What the tender's prices mean.
        outlook: What the proposal means; ``None`` without one.
        lacking: Rules that no prices meet, with what they lack, in euros.
        shadows: What each binding rule is worth.
        repairs: What would make the design possible; empty when it is.
        steps: Rounds until prices and clients agreed.
        volumes: Client-months and work hours in a year by group, as the last round found them.
    """

    before: Prices
    proposal: Prices | None
    outlook_before: Outlook
    outlook: Outlook | None
    lacking: Mapping[str, Fraction]
    shadows: tuple[Shadow, ...]
    repairs: tuple[Repair, ...]
    steps: tuple[Step, ...]
    volumes: Mapping[str, Volume]
