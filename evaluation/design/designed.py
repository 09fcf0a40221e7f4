"""A design with what it rests on, and what it would change in the tender file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.model.design import Assumptions, Doubt, WeightDesign
from tender.model.flow import FlowFound
from tender.model.tender import Tender


@dataclass(frozen=True, slots=True)
class Designed:
    """A design of weights with what it rests on.

    Attributes:
        tender: The tender as it stands.
        assumptions: What was assumed.
        design: The proposal with its reasons.
        flow: How clients flow at the proposed prices, or at the tender's own where there is no proposal.
        evenness: By percent of money more, the least spread of margins; ``None`` where nothing is possible.
        doubts: What becomes of the spread of margins when the assumed costs are wrong.
    """

    tender: Tender
    assumptions: Assumptions
    design: WeightDesign
    flow: FlowFound
    evenness: tuple[tuple[int, Fraction | None], ...]
    doubts: tuple[Doubt, ...] = ()


def proposed_values(designed: Designed) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Every value of the tender file that the proposal changes: its path, the value now, the proposed one."""
    made = designed.design
    if made.proposal is None:
        return ()
    found: list[tuple[str, Decimal | None, Decimal | None]] = []
    for part, base in (("capitation", "capitation_base"), ("outcome", "outcome_base")):
        found.append((f"prices.{part}.base.reference", getattr(made.before, base), getattr(made.proposal, base)))
        for old, new in zip(made.before.groups, made.proposal.groups, strict=True):
            weights = getattr(old, f"{part}_weight"), getattr(new, f"{part}_weight")
            if weights[1] is not None:
                found.append((f"prices.{part}.weights.{old.group}", *weights))
            else:
                found.append((f"prices.{part}.groups.{old.group}.reference", getattr(old, part), getattr(new, part)))
    return tuple((path, old, new) for path, old, new in found if old is not None and new is not None and old != new)
