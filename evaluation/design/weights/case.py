"""What one design reckons with: prices of the tender, assumptions, and the volumes that clients bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluation.design.client_flow.markov import entrant_hours
from tender.model.design import Assumptions, BudgetRow, GroupDesign, Prices, Volume
from tender.model.flow import GroupFlow
from tender.model.prices import PriceModel
from tender.money import exact


@dataclass(frozen=True, slots=True)
class DesignCase:
    """One design problem; everything in it is exact.

    Attributes:
        prices: The price model of the tender.
        before: The tender's own prices.
        assumptions: What the buyer assumes.
        volumes: Client-months and paid work hours of a year, by group.
        start: Client-months until the first outcome invoice is paid, by group.
        clients: Clients on the first day.
        budgets: Money that must suffice.
    """

    prices: PriceModel
    before: Prices
    assumptions: Assumptions
    volumes: Mapping[str, Volume]
    start: Mapping[str, int]
    clients: int
    budgets: tuple[BudgetRow, ...]

    @property
    def groups(self) -> tuple[GroupDesign, ...]:
        """The groups, easiest first, in the order of the tender."""
        return self.assumptions.groups

    def flow(self, group: str) -> GroupFlow:
        """How the clients of `group` flow."""
        return next(one for one in self.assumptions.flow.groups if one.group == group)

    def hours_each(self, group: str) -> Fraction:
        """Paid work hours that one new client of `group` brings, on average."""
        return entrant_hours(self.flow(group), self.assumptions.flow.paid_months)

    def hours_a_month(self, group: str) -> Fraction:
        """Paid work hours for each client-month of `group`."""
        volume = self.volumes[group]
        return Fraction(volume.hours, volume.client_months) if volume.client_months else Fraction(0)

    def month_cost(self, group: GroupDesign) -> Fraction:
        """Euros that a client-month costs, effort included: effort is spread over a client's mean stay."""
        return group.duty_cost + group.effort_cost * self.flow(group.group).leaving

    def year_cost(self) -> Fraction:
        """Euros that a year costs all providers together."""
        return sum(
            (self.month_cost(group) * self.volumes[group.group].client_months for group in self.groups), Fraction(0)
        )

    def own_cost(self) -> Fraction:
        """Euros of a year at the tender's own prices."""
        return sum(
            (
                exact(one.capitation) * self.volumes[one.group].client_months
                + exact(one.outcome) * self.volumes[one.group].hours
                for one in self.before.groups
            ),
            Fraction(0),
        )

    def all_budgets(self) -> tuple[BudgetRow, ...]:
        """The buyer's budgets, and first that a year costs no more than at the tender's own prices, or little more."""
        most = self.own_cost() * (1 + self.assumptions.dearer)
        return (BudgetRow("own", most, self.volumes), *self.budgets)

    def old(self, letter: str, group: str) -> Fraction:
        """The tender's own unit price."""
        found = next(one for one in self.before.groups if one.group == group)
        return exact(found.capitation if letter == "c" else found.outcome)

    def old_base(self, letter: str) -> Fraction | None:
        """The tender's own base price; ``None`` where prices are tendered per group."""
        found = self.before.capitation_base if letter == "c" else self.before.outcome_base
        return None if found is None else exact(found)
