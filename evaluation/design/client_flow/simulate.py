"""Blocks of courses on any executor: the same results on any number of workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

import numpy as np

from evaluation.design.client_flow.course import Courses, run_block
from evaluation.design.client_flow.summary import found_of
from tender.model.flow import FlowFound, FlowInputs

BLOCK = 500
"""Replications in one block."""


class Executor(Protocol):
    """What runs blocks: any executor of ``concurrent.futures``, Dask's too."""

    def map(self, fn: Callable[..., Any], /, *iterables: Iterable[Any]) -> Iterator[Any]:
        """Results in the order of the arguments."""
        ...


def _nobody(_: int) -> None:
    """Nobody is told."""


def simulate(
    inputs: FlowInputs,
    replications: int,
    seed: int,
    executor: Executor | None = None,
    progress: Callable[[int], None] = _nobody,
) -> FlowFound:
    """Draw `replications` courses of `inputs` and sum them up.

    Args:
        inputs: Groups, providers, prices.
        replications: How many courses; at least one.
        seed: The seed; each block of `BLOCK` courses has its own child of it.
        executor: Where blocks run; ``None`` runs them here.
        progress: Told how many replications each finished block had.
    """
    return found_of(inputs, courses_of(inputs, replications, seed, executor, progress), seed)


def courses_of(
    inputs: FlowInputs,
    replications: int,
    seed: int,
    executor: Executor | None = None,
    progress: Callable[[int], None] = _nobody,
) -> Courses:
    """The courses themselves; prices play no part in them."""
    sizes = [min(BLOCK, replications - first) for first in range(0, replications, BLOCK)]
    seeds = np.random.SeedSequence(seed).spawn(len(sizes))
    run = executor.map if executor is not None else map
    found: list[Courses] = []
    for size, block in zip(sizes, run(run_block, [inputs] * len(sizes), seeds, sizes), strict=True):
        progress(size)
        found.append(block)
    return Courses(
        *(
            np.concatenate([getattr(one, name) for one in found])
            for name in ("served", "jobs", "entrants", "queue", "turned")
        )
    )
