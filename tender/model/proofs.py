"""The proof that no better award exists: a tree of cases with whole-number multipliers, checked without a solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One case of the proof: the whole numbers between the limits that the cases above left.

    Attributes:
        multipliers: Whole-number multipliers by the number of a row, over the certificate's scale.
        counts_objective: Whether they bound the objective; else they are a ray that shows the case to be empty.
        variable: Number of the variable that splits the case into two; ``None`` at a leaf.
        limit: The first sub-case has the variable at most this, the second one more or above.
        children: Numbers of the two sub-cases; empty at a leaf.
    """

    multipliers: tuple[tuple[int, int], ...]
    counts_objective: bool = True
    variable: int | None = None
    limit: int = 0
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A row that follows from one row of the model: of these yes-or-no variables, at most so many fit into it.

    It holds because the smallest coefficients of one more of them are together above the row's limit.

    Attributes:
        row: Number of the row, of the kind "at most", without negative coefficients.
        members: Numbers of the variables.
        most: How many of them fit.
    """

    row: int
    members: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proof about one whole-number model whose objective is maximised.

    Attributes:
        model: SHA-256 of the model's canonical JSON.
        witness: Whole number by variable: an answer that keeps every row; empty when there is none.
        value: The objective of the witness; ``None`` without one.
        bound: What no answer exceeds; equal to `value` when the optimum is proven, ``None`` when no answer exists.
        scale: What a multiplier of one is written as.
        nodes: The cases; the first one is the whole model.
        cuts: Rows that follow from the model's; multipliers number them after its own rows.
    """

    model: str
    witness: Mapping[str, int]
    value: int | None
    bound: int | None
    scale: int
    nodes: tuple[Node, ...]
    cuts: tuple[Cut, ...] = ()

    @property
    def gap(self) -> int | None:
        """How much better an answer might still be, in units of the objective; ``None`` without a witness."""
        return None if self.value is None or self.bound is None else self.bound - self.value

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists."""
        return self.gap == 0


@dataclass(frozen=True, slots=True)
class Level:
    """One objective of an award and the proof that no award is better in it, given the objectives before.

    Attributes:
        objective: What is largest: a selection method, or ``rank[n]``: how many of the n-th best total are chosen.
        scale: What one point, euro or provider is in the model's objective.
        certificate: The proof.
    """

    objective: str
    scale: int
    certificate: Certificate
