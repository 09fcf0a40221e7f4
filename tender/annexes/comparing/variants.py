"""The ways to protect, each tried on the same tables: what is left to derive, and what a bidder is left with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from tender.annexes.comparing.filling import Filling, filled
from tender.annexes.comparing.volumes import Values
from tender.annexes.disclosure.audit import Interval, leaks
from tender.annexes.disclosure.coarsening import Merge
from tender.annexes.disclosure.protection import Protection, Wish, protect
from tender.annexes.disclosure.rounding import round_small
from tender.annexes.disclosure.rules import Need, group_disclosed
from tender.annexes.disclosure.seen_rounding import seen
from tender.annexes.disclosure.suppression import UnprotectableError
from tender.annexes.disclosure.tables import At, Role, System
from tender.errors import BlockedError

THRESHOLDS = (3, 5, 10)
"""Thresholds that are compared: that of business statistics, that of employment statistics, a strict one."""

_SEED = sha256(b"valinta annex compare").digest()
"""Comparing draws with a seed of its own, never with that of the annex."""


class Method(StrEnum):
    """Ways to protect."""

    NONE = "none"
    """Nothing is done: what all others are compared with."""
    SUPPRESS = "suppress"
    ROUND = "round"
    COARSEN = "coarsen"
    """Categories are merged first; what is still small is hidden."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Cells that hang together, with what protection asks of them.

    Attributes:
        system: The cells and sums.
        needs: The primary cells with what each needs.
        amounts: Whether the cells are amounts; these are hidden under every method.
    """

    system: System
    needs: tuple[Need, ...]
    amounts: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms all ways are compared.

    Attributes:
        filling: How a bidder fills a hidden cell.
        clock: Seconds from any moment.
        seconds: Time for each search.
    """

    filling: Filling
    clock: Callable[[], float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Risk:
    """What is left to derive.

    Attributes:
        primaries: Cells that need protection.
        failing: How many of them do not have it: 0 or the threshold can be excluded; in rounded tables, that the count
            is small and not zero, or what it is, is known.
        determined: Cells not shown as they are, whose exact value is known nevertheless.
        narrowest: Width of the narrowest interval of a primary cell; ``None`` when there is none with two ends.
        groups: Cells equal to their total, which is not zero: everybody in the total has the attribute.
    """

    primaries: int
    failing: int
    determined: int
    narrowest: Fraction | None
    groups: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What the reader is not told.

    Attributes:
        cells: Cells that could be published.
        hidden: Hidden cells.
        weight: Their values and one more each.
        change: Sum of all changes by rounding.
        largest: Largest change of one count.
        lost: Cells that merging took away.
    """

    cells: int
    hidden: int = 0
    weight: int = 0
    change: int = 0
    largest: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to protect, tried.

    Attributes:
        method: The way.
        threshold: Smallest count that may be known, or the base of rounding.
        risk: What is left to derive.
        loss: What is not told.
        values: What a bidder takes each cell for.
        merges: Merged categories.
        proven: Whether no cheaper safe pattern (or smaller rounding) exists.
        seconds: What it took.
    """

    method: Method
    threshold: int
    risk: Risk
    loss: Loss
    values: Values
    merges: tuple[Merge, ...] = ()
    proven: bool = True
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Part:
    """One lot after protection."""

    risk: Risk
    loss: Loss
    values: Values
    proven: bool


def untouched(lots: Sequence[Lot], threshold: int) -> Variant:
    """Nothing is done: every cell that needs protection fails."""
    parts = [_shown(lot) for lot in lots]
    return _joined(Method.NONE, threshold, parts, 0.0)


def suppressed(lots: Sequence[Lot], threshold: int, terms: Terms, merges: tuple[Merge, ...] | None = None) -> Variant:
    """Small cells are hidden with what would give them away.

    Args:
        lots: The cells; after the merges, where there are any.
        threshold: Smallest count that may be known.
        terms: The terms.
        merges: What was merged before; ``None`` when nothing was to be.

    Raises:
        BlockedError: A cell cannot be protected (``annex.unprotectable``).
        SolverError: A result fails its exact check.
    """
    began = terms.clock()
    parts = [_hidden(lot, threshold, terms) for lot in lots]
    method = Method.SUPPRESS if merges is None else Method.COARSEN
    return _joined(method, threshold, parts, terms.clock() - began, merges or ())


def rounded(lots: Sequence[Lot], base: int, terms: Terms) -> Variant:
    """Small counts become 0 or at least the base; amounts are hidden.

    Raises:
        SolverError: There is no rounding, or it fails its exact check.
    """
    began = terms.clock()
    parts = [_hidden(lot, base, terms) if lot.amounts else _rounded(lot, base, terms) for lot in lots]
    return _joined(Method.ROUND, base, parts, terms.clock() - began)


def _shown(lot: Lot) -> _Part:
    system = lot.system
    values = {cell.at: Fraction(cell.value) for cell in system.cells}
    risk = Risk(len(lot.needs), len(lot.needs), 0, Fraction(0) if lot.needs else None, len(group_disclosed(system)))
    return _Part(risk, Loss(_listed(system)), values, proven=True)


def _listed(system: System) -> int:
    return sum(cell.role is not Role.UNLISTED for cell in system.cells)


def _hidden(lot: Lot, threshold: int, terms: Terms) -> _Part:
    system = lot.system
    # Amounts are whole, but so large that whole numbers tell an attacker nothing more.
    wish = Wish(0 if lot.amounts else threshold, whole=not lot.amounts)
    try:
        found = protect(system, lot.needs, wish, terms.clock, terms.seconds)
    except UnprotectableError as error:
        named = "; ".join(system.cells[cell].name for cell in error.cells)
        raise BlockedError("annex.unprotectable", cells=named) from error
    cells = filled(found.published, found.intervals, terms.filling)
    values = {system.cells[cell].at: value for cell, value in cells.items()}
    weight = sum(system.cells[cell].value + 1 for cell in found.hidden)
    loss = Loss(_listed(system), len(found.hidden), weight)
    return _Part(_hiding_risk(lot, found, wish.threshold), loss, values, found.proven)


def _hiding_risk(lot: Lot, found: Protection, threshold: int) -> Risk:
    truth = {number: cell.value for number, cell in enumerate(lot.system.cells)}
    needs = {need.cell: need for need in lot.needs}
    primaries = [interval for interval in found.intervals if interval.cell in needs]
    groups = [cell for cell in group_disclosed(lot.system) if cell not in found.hidden]
    return Risk(
        len(needs),
        len(needs) - len(primaries) + len(leaks(primaries, truth, needs, threshold)),
        sum(interval.low.value == interval.high.value for interval in found.intervals),
        _narrowest(primaries),
        len(groups),
    )


def _narrowest(found: Iterable[Interval]) -> Fraction | None:
    widths = [each.high.value - (each.low.value or 0) for each in found if each.high.value is not None]
    return min(widths, default=None)


def _rounded(lot: Lot, base: int, terms: Terms) -> _Part:
    found = round_small(lot.system, base, _SEED, terms.clock, terms.seconds)
    small = {number for number, cell in enumerate(lot.system.cells) if 0 < cell.value < base}
    spans = seen(found)
    mine = [span for span in spans if span.cell in small]
    failing = [span for span in mine if _is_told(span, base)]
    risk = Risk(len(small), len(failing), sum(span.most == span.least for span in spans), _narrowest(mine),
                len(group_disclosed(found.system)))  # fmt: skip
    loss = Loss(_listed(lot.system), change=found.total, largest=found.largest)
    values: dict[At, Fraction] = {cell.at: Fraction(cell.value) for cell in found.system.cells}
    return _Part(risk, loss, values, found.proven)


def _is_told(span: Interval, base: int) -> bool:
    """Whether a reader knows that a count is small and not zero, or what it is."""
    return span.most is not None and (span.most == span.least or (span.least > 0 and span.most < base))


def _joined(
    method: Method, threshold: int, parts: Sequence[_Part], seconds: float, merges: tuple[Merge, ...] = ()
) -> Variant:
    risks, losses = [part.risk for part in parts], [part.loss for part in parts]
    widths = [risk.narrowest for risk in risks if risk.narrowest is not None]
    risk = Risk(
        sum(each.primaries for each in risks),
        sum(each.failing for each in risks),
        sum(each.determined for each in risks),
        min(widths, default=None),
        sum(each.groups for each in risks),
    )
    loss = Loss(
        sum(each.cells for each in losses),
        sum(each.hidden for each in losses),
        sum(each.weight for each in losses),
        sum(each.change for each in losses),
        max((each.largest for each in losses), default=0),
        sum(merge.lost for merge in merges),
    )
    values = {at: value for part in parts for at, value in part.values.items()}
    return Variant(method, threshold, risk, loss, values, merges, all(part.proven for part in parts), seconds)
