"""What another value would change, in clients, points and euros: for the entry point ``valinta.scenarios``.

Before publication there are no bids, so the selection is asked about the same invented field of bids as the call for
tenders prints; weights and flow are those of the design room, with default assumptions and few replications. Whoever
needs sharper figures runs ``valinta design`` on a changed copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from evaluation.award.invented import invented_field
from evaluation.award.selection import select_providers
from evaluation.design.assumptions import default_assumptions
from evaluation.design.client_flow import simulate
from evaluation.design.weights.rounds import Chances, design_weights
from tender.errors import ValintaError
from tender.language import Language, Text
from tender.model.awards import Selection
from tender.model.design import WeightDesign
from tender.model.flow import FlowFound
from tender.model.methods import award_hash, payment_hash
from tender.model.scenarios import ScenarioLine
from tender.model.tender import Tender
from tender.money import exact, round_half_up
from tender.words import words

REPLICATIONS, SEED = 300, 1
_SEED_OF_LOTS = bytes(32)
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What one tender comes to.

    Attributes:
        flow: Clients and money at the tender's own prices.
        design: The weights that would be proposed.
        selection: The choice among the invented bids; ``None`` where even those cannot serve.
    """

    flow: FlowFound
    design: WeightDesign
    selection: Selection | None


def scenario(before: Tender, after: Tender) -> Iterator[ScenarioLine]:
    """The figures of both tenders, in the same order; figures that cannot be reckoned are blank, never zero."""
    old, new = (_safely(tender) for tender in (before, after))
    for name, one, other in zip(_NAMES, figures(old), figures(new), strict=True):
        yield ScenarioLine(_label(name), one, other)


_NAMES = (
    "points", "yearly-cost", "served", "full", "bounced", "waiting", "spend", "tail", "client-year", "outcome-share",
    "spread-before", "spread",
)  # fmt: skip


def figures(found: Reckoning | None) -> tuple[Fraction | None, ...]:
    """The figures of `found` in the order of their names."""
    if found is None:
        return (None,) * len(_NAMES)
    flow, design, chosen = found.flow, found.design, found.selection
    proposed = design.outlook
    months = sum((sum(one.client_months) for one in flow.groups), 0.0) / max(len(flow.monthly), 1)
    return (
        chosen.chosen.points if chosen else None,
        exact(chosen.yearly_cost) if chosen else None,
        _rounded(months, 0),
        _rounded(100 * flow.any_full, 1),
        _rounded(flow.bounced.mean, 0),
        _rounded(flow.waiting.mean, 0),
        _rounded(flow.spend.mean / 100, 0),
        _rounded(flow.spend.tail / 100, 0),
        _exactly(design.outlook_before.client_year, 0),
        _exactly(design.outlook_before.outcome_share * 100, 1),
        _exactly(design.outlook_before.spread, 2),
        _exactly(proposed.spread, 2) if proposed else None,
    )


def reckon(tender: Tender) -> Reckoning:
    """Selection, weights and flow of `tender`; the same tender is reckoned once."""
    return _reckoned(_Asked(award_hash(tender) + payment_hash(tender), tender))


@dataclass(frozen=True)
class _Asked:
    """A tender by its methods and volumes: equal when every figure of it would be."""

    key: str
    tender: Tender

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=_KEPT)
def _reckoned(asked: _Asked) -> Reckoning:
    assumed = default_assumptions(asked.tender)
    return Reckoning(
        simulate(assumed.flow, REPLICATIONS, SEED),
        design_weights(asked.tender, assumed, Chances(SEED, REPLICATIONS)),
        _selection(asked.tender),
    )


def _safely(tender: Tender) -> Reckoning | None:
    """The reckoning, or nothing for a tender that is not whole enough: other rules say what it lacks."""
    try:
        return reckon(tender)
    except (ValintaError, ArithmeticError, ValueError, LookupError):
        return None


def _selection(tender: Tender) -> Selection | None:
    field = invented_field(tender)
    if field is None:
        return None
    try:
        return select_providers(tender, field.sheet, field.bids, _SEED_OF_LOTS)
    except ValintaError:
        return None


def _label(name: str) -> Text:
    return Text(*(words(language).term(f"scenario-line.{name}") for language in Language))


def _rounded(value: float, decimals: int) -> Fraction:
    return exact(round_half_up(Fraction(value), decimals))


def _exactly(value: Fraction, decimals: int) -> Fraction:
    return exact(round_half_up(value, decimals))
