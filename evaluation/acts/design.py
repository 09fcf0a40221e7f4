"""Acts of the design: propose weights, draw how clients may flow. They read the folder and change nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.assumptions_file import read_assumptions
from evaluation.design.assumptions import priced_flow
from evaluation.design.client_flow import Executor, simulate
from evaluation.design.designed import Designed
from evaluation.design.weights.prices import reference_prices
from evaluation.design.weights.rounds import Chances, design_weights, doubts_of, evenness_of, responding_flow
from tender.errors import FrozenError
from tender.model.flow import FlowFound, FlowInputs
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import record_state


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation with what it was given.

    Attributes:
        tender: The tender as it stands.
        inputs: Groups, providers and prices.
        found: What was found.
    """

    tender: Tender
    inputs: FlowInputs
    found: FlowFound


def design(folder: Path, chances: Chances, progress: Callable[[int], None] | None = None) -> Designed:
    """Propose weights and prices for the tender in `folder`, before it is published.

    Raises:
        BlockedError: The tender file or the assumptions cannot be read whole.
        FrozenError: A version is published: its weights and prices are frozen.
    """
    tender = readable_tender(folder)
    if record_state(folder).in_force is not None:
        raise FrozenError("design.published")
    assumed = read_assumptions(folder, tender)
    made = design_weights(tender, assumed, chances, progress)
    prices = made.proposal or made.before
    flow = simulate(responding_flow(prices, assumed), chances.replications, chances.seed)
    about = (tender, assumed, made, flow)
    return Designed(*about, evenness_of(*about), doubts_of(*about))


def draw_flow(
    folder: Path,
    chances: Chances,
    cap: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Draw how clients of the tender in `folder` may flow at its own prices.

    Args:
        folder: The tender folder.
        chances: Seed and replications.
        cap: Another cap than the tender's; ``None`` keeps it.
        executor: Where blocks run; ``None`` runs them here.
        progress: Told how many replications each finished block had.

    Raises:
        BlockedError: The tender file or the assumptions cannot be read whole.
    """
    tender = readable_tender(folder)
    assumed = read_assumptions(folder, tender)
    inputs = priced_flow(assumed, reference_prices(tender))
    if cap is not None:
        inputs = replace(inputs, providers=tuple(replace(one, cap=cap) for one in inputs.providers))
    told = progress or (lambda _: None)
    return Simulated(tender, inputs, simulate(inputs, chances.replications, chances.seed, executor, told))
