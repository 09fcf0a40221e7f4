"""One block of courses: counts by replication, group and provider, moved month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tender.model.flow import FlowInputs

_PARTS = 2**16
_MANY = 64
"""Jobs in a cell from which on they are drawn all at once."""

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Courses:
    """What happened in every replication.

    Attributes:
        served: Clients in service by replication, month, group and provider; each earns one month's capitation.
        jobs: Jobs that earn outcome pay, in the same order.
        entrants: New clients by replication and group, the stock at the start included.
        queue: Clients in the queue by replication and month.
        turned: Choices that met a full provider, by replication, month and provider.
    """

    served: Counts
    jobs: Counts
    entrants: Counts
    queue: Counts
    turned: Counts


def run_block(inputs: FlowInputs, seed: np.random.SeedSequence, replications: int) -> Courses:
    """The courses of one block; the same seed gives the same courses wherever it runs."""
    course = _Course(inputs, seed, replications)
    for month in range(inputs.months):
        course.pass_month(month)
    return Courses(course.seen_served, course.seen_jobs, course.entrants, course.seen_queue, course.seen_turned)


def lengths_of(loss: float, longest: int) -> Counts:
    """Paid months of a job by a number below `_PARTS`, drawn evenly: each length has its share, to 1 / `_PARTS`.

    >>> int((lengths_of(0.25, 12) == 1).sum())
    16384
    """
    gone = 1 - (1 - loss) ** np.arange(1, longest)
    return np.asarray(1 + np.searchsorted(np.rint(gone * _PARTS), np.arange(_PARTS), side="right"))


class _Course:
    """The state of one block."""

    def __init__(self, inputs: FlowInputs, seed: np.random.SeedSequence, replications: int) -> None:
        groups, providers, months = len(inputs.groups), len(inputs.providers), inputs.months
        size = (replications, groups, providers)
        self.inputs = inputs
        self.rng = np.random.Generator(np.random.SFC64(seed))
        self.caps = np.array([one.cap for one in inputs.providers], dtype=np.int64)
        self.popular = np.array([float(one.popularity) for one in inputs.providers])
        self.leaving = np.array([float(one.leaving) for one in inputs.groups])
        self.open_work = np.array([float(one.open_work) for one in inputs.groups])
        self.lengths = [lengths_of(float(one.job_loss), inputs.paid_months) for one in inputs.groups]
        self.level = self._level(replications)
        self.served = np.zeros(size, dtype=np.int64)
        self.jobs = np.zeros(size, dtype=np.int64)
        self.queue = np.zeros((replications, groups), dtype=np.int64)
        self.alive = np.ones((replications, providers), dtype=np.bool_)
        self.started = np.zeros(size, dtype=np.int64)
        self.stops = np.zeros((months + inputs.paid_months + 2, *size), dtype=np.int64)
        self.entrants = np.zeros((replications, groups), dtype=np.int64)
        self.seen_served = np.zeros((replications, months, groups, providers), dtype=np.int64)
        self.seen_jobs = np.zeros_like(self.seen_served)
        self.seen_queue = np.zeros((replications, months), dtype=np.int64)
        self.seen_turned = np.zeros((replications, months, providers), dtype=np.int64)

    def pass_month(self, month: int) -> None:
        """Arrivals, choices, work, endings."""
        wanting = self.queue + self._arrivals(month)
        wanting += self._left_behind() + self._changing()
        self._place(wanting, month)
        self._work(month)
        self._end(month)

    def _level(self, replications: int) -> Shares:
        """The level of demand in each replication, one on average."""
        width = float(self.inputs.shock)
        if not width:
            return np.ones(replications)
        return np.asarray(np.exp(width * self.rng.standard_normal(replications) - width**2 / 2))

    def _arrivals(self, month: int) -> Counts:
        """The stock in the first month, then who comes newly."""
        if month == 0:
            stock = np.array([one.stock for one in self.inputs.groups], dtype=np.int64)
            arriving = np.broadcast_to(stock, self.queue.shape).copy()
        else:
            inflow = np.array([float(one.inflow) for one in self.inputs.groups])
            arriving = self.rng.poisson(inflow[None, :] * self.level[:, None])
        self.entrants += arriving
        return arriving

    def _left_behind(self) -> Counts:
        """Clients of the providers that stop this month, by group; their jobs earn nobody anything any more."""
        chance = float(self.inputs.failure)
        if not chance:
            return np.zeros_like(self.queue)
        stopping = self.alive & (self.rng.random(self.alive.shape) < chance)
        left = np.asarray((self.served * stopping[:, None, :]).sum(axis=2))
        self.alive &= ~stopping
        self.served *= self.alive[:, None, :]
        return left

    def _changing(self) -> Counts:
        """Clients who choose anew, by group."""
        chance = float(self.inputs.switching)
        if not chance:
            return np.zeros_like(self.queue)
        changing = self.rng.binomial(self.served, chance)
        self.served -= changing
        return np.asarray(changing.sum(axis=2))

    def _place(self, wanting: Counts, month: int) -> None:
        """Choices among the open providers, again and again while somebody is turned away; the rest waits."""
        opened = self.alive.copy()
        for _ in self.inputs.providers:
            free = self.caps - self.served.sum(axis=1)
            opened &= free > 0
            rows = np.flatnonzero(wanting.any(axis=1) & opened.any(axis=1))
            if not rows.size:
                break
            chosen = self.rng.multinomial(wanting[rows], self._shares(opened[rows])[:, None, :])
            over = np.maximum(chosen.sum(axis=1) - np.where(opened[rows], free[rows], 0), 0)
            if not over.any():
                self.served[rows] += chosen
                wanting[rows] = 0
                break
            away = self._turned(chosen, over)
            self.served[rows] += chosen - away
            self.seen_turned[rows, month] += over
            wanting[rows] = away.sum(axis=2)
        self.queue = wanting

    def _shares(self, opened: Flags) -> Shares:
        """Where a client goes: in proportion to popularity, and by lot for those who choose nobody."""
        weights = opened * self.popular
        total = weights.sum(axis=1, keepdims=True)
        equal = opened / opened.sum(axis=1, keepdims=True)
        chosen = np.where(total > 0, weights / np.where(total > 0, total, 1), equal)
        undecided = float(self.inputs.undecided)
        return np.asarray((1 - undecided) * chosen + undecided * equal)

    def _turned(self, chosen: Counts, over: Counts) -> Counts:
        """Whom a full provider turns away: `over` of those who chose it, drawn from all of them alike."""
        away = np.zeros_like(chosen)
        row, provider = np.nonzero(over)
        left, pool = over[row, provider], chosen.sum(axis=1)[row, provider]
        for group in range(chosen.shape[1]):
            mine = chosen[row, group, provider]
            drawn = self.rng.hypergeometric(mine, pool - mine, left) if row.size else left
            away[row, group, provider] = drawn
            left, pool = left - drawn, pool - mine
        return away

    def _work(self, month: int) -> None:
        """Jobs that begin, that go on and that are no longer paid; what the month earns is noted."""
        self.jobs += self.started - self.stops[month]
        self.jobs *= self.alive[:, None, :]
        np.maximum(self.jobs, 0, out=self.jobs)
        self.seen_served[:, month] = self.served
        self.seen_jobs[:, month] = self.jobs
        self.seen_queue[:, month] = self.queue.sum(axis=1)

    def _end(self, month: int) -> None:
        """Services that end, some of them in open work from the next month on."""
        ending = self.rng.binomial(self.served, self.leaving[None, :, None])
        self.started = self.rng.binomial(ending, self.open_work[None, :, None])
        self.served -= ending
        self.queue = self.queue - self.rng.binomial(self.queue, self.leaving[None, :])
        for group in range(len(self.inputs.groups)):
            self._let_stop(month, group)

    def _by_length(self, hired: Counts, group: int) -> Counts:
        """New jobs of each cell by their paid months: one by one where they are few, all at once where many."""
        longest, count = self.inputs.paid_months, int(hired.sum())
        if count > _MANY * hired.size:
            return np.asarray(
                self.rng.multinomial(hired, np.bincount(self.lengths[group], minlength=longest + 1) / _PARTS)
            )
        lasting = self.lengths[group][self.rng.integers(0, _PARTS, count, dtype=np.uint16)]
        cell = np.repeat(np.arange(hired.size) * (longest + 1), hired)
        return np.bincount(cell + lasting, minlength=hired.size * (longest + 1))

    def _let_stop(self, month: int, group: int) -> None:
        """Note in which month each new job is paid no longer."""
        longest, hired = self.inputs.paid_months, self.started[:, group, :].ravel()
        by_length = self._by_length(hired, group).reshape(*self.alive.shape, longest + 1)
        last = min(month + 1 + longest, len(self.stops) - 1)
        for length in range(1, last - month):
            self.stops[month + 1 + length, :, group, :] += by_length[:, :, length]
