"""Optimal secondary suppression: the cheapest pattern that no attacker narrows, with a bound that says how good it is.

The model, with its row names (docs/disclosure.md):

    minimise  Σ weight_i · x_i,   x_i ∈ {0, 1},  x_i = 1 for primaries
    capacity[p,up], capacity[p,down], capacity[p,width], cover[p], bridge[i/sum]    (tender/annexes/disclosure/cuts.py)

The rows are found as they are needed: on fractional patterns first, then on whole ones, until the attacker finds
nothing. The clock comes in; at any time limit the answer is the best *safe* pattern and a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from tender.annexes.disclosure.attack import PUBLIC, Attack, Attacker, Demand, Failure, Verdict, demands
from tender.annexes.disclosure.cuts import Bridge, Cut, bridge_rows, capacity_cut, cover_cut
from tender.annexes.disclosure.heuristic import Opener, cleaned, first_pattern
from tender.annexes.disclosure.rules import Need, strongest
from tender.annexes.disclosure.tables import Role, System
from tender.solving import Outcome, Program

_EPSILON = 1e-6
_BROKEN = 1e-3
_MOST_STALLS = 5
"""Most rounds of cuts in a row that hardly raise the bound."""
_NO_END = 1e30
_FIRST_GAP, _LAST_GAP = 0.03, 0.002
"""Whole patterns are first sought roughly, so that cuts come sooner."""


class UnprotectableError(ValueError):
    """Cells that stay known however much is hidden, because they follow from what is already public.

    Attributes:
        cells: Their numbers.
    """

    def __init__(self, cells: tuple[int, ...]) -> None:
        """Keep the numbers of the cells."""
        super().__init__(cells)
        self.cells = cells


@dataclass(frozen=True, slots=True)
class Order:
    """What to protect, and how.

    Attributes:
        system: The tables.
        needs: The primary cells with what each needs.
        weights: Cost of hiding each cell, whole numbers.
        attackers: Against whom.
        whole: Whether attackers also reckon that counts are whole; they can then tell a little more.
    """

    system: System
    needs: tuple[Need, ...]
    weights: tuple[int, ...]
    attackers: tuple[Attacker, ...] = (PUBLIC,)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Suppression:
    """A pattern that is safe against the attackers of its order.

    Attributes:
        hidden: Numbers of the hidden cells, primaries included.
        primaries: Numbers of the primary cells.
        cost: Their weight.
        bound: No safe pattern weighs less.
        cuts: The rows of the model that proved the bound.
        seconds: What the search took, by the clock that came in.
    """

    hidden: frozenset[int]
    primaries: frozenset[int]
    cost: int
    bound: int
    cuts: tuple[Cut, ...]
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether no cheaper pattern is safe."""
        return self.cost == self.bound

    @property
    def gap(self) -> Fraction:
        """By which share of its cost the pattern may be too dear; 0 when it is proven."""
        return Fraction(self.cost - self.bound, self.cost) if self.cost else Fraction(0)


def suppress(order: Order, clock: Callable[[], float], seconds: float) -> Suppression:
    """The cheapest safe pattern that `seconds` suffice to find, with its bound.

    Args:
        order: What to protect.
        clock: Seconds from any moment, such as ``time.monotonic``.
        seconds: The search ends about then, though never before there is a safe pattern.

    Raises:
        UnprotectableError: A need that no pattern can meet.
    """
    return _Search(order, clock, seconds).run()


@dataclass(slots=True)
class _Search:
    """The search in progress."""

    order: Order
    clock: Callable[[], float]
    seconds: float
    attacks: list[Attack] = field(init=False)
    openers: list[Opener] = field(init=False)
    wanted: tuple[Demand, ...] = field(init=False)
    always: frozenset[int] = field(init=False)
    free: list[int] = field(init=False)
    best: frozenset[int] = field(init=False)
    bound: int = 0
    cuts: dict[tuple[tuple[tuple[int, int], ...], int], Cut] = field(default_factory=dict)
    bridges: set[Bridge] = field(init=False)
    built: list[Bridge] = field(default_factory=list)
    began: float = field(init=False)

    def __post_init__(self) -> None:
        system, needs = self.order.system, strongest(self.order.needs)
        self.began = self.clock()
        self.attacks = [Attack(system, attacker, whole=self.order.whole) for attacker in self.order.attackers]
        self.openers = [Opener(attack, self.order.weights) for attack in self.attacks]
        self.wanted = demands(needs)
        named = {need.cell for need in needs}
        barred = tuple(cell for cell in sorted(named) if system.cells[cell].role is Role.PUBLIC)
        if barred:
            raise UnprotectableError(barred)
        self.always = frozenset(named | system.unlisted)
        self.free = [cell for cell in system.hidable if cell not in self.always]
        self.bridges = set(bridge_rows(system, self.always))

    def left(self, share: float = 1.0) -> float:
        """Seconds that are left of `share` of the time."""
        return self.seconds * share - (self.clock() - self.began)

    def weight(self, cells: frozenset[int]) -> int:
        """What hiding `cells` costs."""
        return sum(self.order.weights[cell] for cell in cells if cell not in self.order.system.unlisted)

    def run(self) -> Suppression:
        """A safe pattern, then rows on fractional patterns, then whole patterns: until proof or the time limit."""
        self._start()
        self.bound = self.weight(self.always)
        if self.bound < self.weight(self.best):
            self._relax()
        if self.bound < self.weight(self.best) and self.left() > 0:
            self._branch()
        primaries = self.always - self.order.system.unlisted
        hidden = self.best - self.order.system.unlisted
        cost = self.weight(hidden)
        return Suppression(
            hidden, primaries, cost, min(self.bound, cost), tuple(self.cuts.values()), self.clock() - self.began
        )

    def judge(self, hidden: frozenset[int], wanted: Sequence[Demand]) -> Verdict:
        """The verdict, in fractions, of the first attacker that breaks a demand; the answers of all when none does."""
        met: dict[Demand, frozenset[int]] = {}
        for attack in self.attacks:
            attack.hide(hidden)
            verdict = attack.judge(_fit(attack, wanted), fractional=True)
            if verdict.failures:
                return verdict
            for demand, moved in verdict.met.items():
                met[demand] = met.get(demand, frozenset()) | moved
        return Verdict(met, [])

    def _start(self) -> None:
        self.best, lost = self._mend(self.always)
        if lost:
            raise UnprotectableError(tuple(dict.fromkeys(demand.cell for demand in lost)))
        self.best = self._clean(self.best, 0.3)

    def _mend(self, hidden: frozenset[int]) -> tuple[frozenset[int], list[Demand]]:
        """`hidden` with what its demands lack, and the demands that nothing can meet."""
        lost: list[Demand] = []
        for attack, opener in zip(self.attacks, self.openers, strict=True):

            def judge(pattern: frozenset[int], wanted: Sequence[Demand], attack: Attack = attack) -> Verdict:
                attack.hide(pattern)
                return attack.judge(wanted)

            hidden, missed = first_pattern(opener, judge, _fit(attack, self.wanted), hidden)
            lost += missed
        return hidden, lost

    def _clean(self, hidden: frozenset[int], share: float) -> frozenset[int]:
        order = sorted(hidden - self.always, key=lambda cell: -self.order.weights[cell])
        found = cleaned(self.judge, self.wanted, hidden, order, lambda: self.left(share) > 0)
        return hidden if self.order.whole and self._failures(found) else found

    def _relax(self) -> None:
        """Cuts on fractional patterns until there are none, or the bound meets the pattern."""
        program = Program([(0, 1)] * len(self.free))
        costs = {column: float(self.order.weights[cell]) for column, cell in enumerate(self.free)}
        fixed = self.weight(self.always)
        stalls, last = 0, 0.0
        while self.left(0.7) > 0:
            answer = program.minimise(costs, self.left())
            if answer.outcome is not Outcome.OPTIMAL:
                return
            self.bound = max(self.bound, fixed + ceil(answer.bound - _EPSILON * max(1.0, answer.bound)))
            stalls = stalls + 1 if answer.bound - last < _EPSILON + last * _BROKEN / 10 else 0
            last = answer.bound
            if self.bound >= self.weight(self.best) or stalls > _MOST_STALLS:
                return
            openness = {cell: answer.values[column] for column, cell in enumerate(self.free)}
            bridges = [bridge for bridge in self.bridges if bridge.excess(openness) > _BROKEN]
            bridges.sort(key=lambda bridge: bridge.name)
            found = self._separate({**openness, **dict.fromkeys(self.always, 1.0)})
            if not found and not bridges:
                return
            self._add(program, found)
            self._build(program, bridges)

    def _separate(self, openness: Mapping[int, float]) -> list[Cut]:
        """Cuts that a fractional pattern breaks."""
        shown = {cell: share for cell, share in openness.items() if share > _EPSILON}
        found: list[Cut] = []
        for attack in self.attacks:
            by_reach: dict[int, list[Demand]] = {}
            for demand in _fit(attack, self.wanted):
                by_reach.setdefault(demand.reach, []).append(demand)
            for reach, group in by_reach.items():
                attack.loosen(shown, reach)
                found += self._broken(attack, attack.judge(group, fractional=True).failures, openness)
                if self.left(0.7) < 0:
                    return found
        return found

    def _broken(self, attack: Attack, failures: list[Failure], openness: Mapping[int, float]) -> list[Cut]:
        cuts = [capacity_cut(attack, failure, self.always) for failure in failures]
        return [cut for cut in cuts if cut and self._new(cut) and cut.shortfall(openness) > _BROKEN]

    def _new(self, cut: Cut) -> bool:
        key = (cut.terms, cut.least)
        if key in self.cuts:
            return False
        self.cuts[key] = cut
        return True

    def _add(self, program: Program, cuts: Sequence[Cut]) -> None:
        column = {cell: number for number, cell in enumerate(self.free)}
        for cut in cuts:
            program.add([(column[cell], factor) for cell, factor in cut.terms], cut.least, _NO_END)

    def _build(self, program: Program, bridges: Sequence[Bridge]) -> None:
        column = {cell: number for number, cell in enumerate(self.free)}
        self.built += bridges
        self.bridges -= set(bridges)
        for bridge in bridges:
            program.add([(column[bridge.cell], -1), *((column[cell], 1) for cell in bridge.others)], 0, _NO_END)

    def _branch(self) -> None:
        """Whole patterns that obey the cuts, cheapest first, until the attacker breaks none of them."""
        program = Program([(0, 1)] * len(self.free), whole=True)
        self._add(program, list(self.cuts.values()))
        earlier, self.built = self.built, []
        self._build(program, [*earlier, *sorted(self.bridges, key=lambda bridge: bridge.name)])
        costs = {column: float(self.order.weights[cell]) for column, cell in enumerate(self.free)}
        fixed = self.weight(self.always)
        gap = _FIRST_GAP
        while self.left() > 0 and self.bound < self.weight(self.best):
            program.suggest([float(cell in self.best) for cell in self.free])
            answer = program.minimise(costs, self.left(), gap)
            if answer.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}:
                self.bound = max(self.bound, fixed + ceil(answer.bound - _EPSILON * max(1.0, answer.bound)))
            if answer.outcome is not Outcome.OPTIMAL:
                return
            chosen = {cell for column, cell in enumerate(self.free) if answer.values[column] > 1 / 2}
            if self._try(program, self.always | chosen):
                gap = gap / 8 if gap > _LAST_GAP else 0.0

    def _try(self, program: Program, pattern: frozenset[int]) -> bool:
        """Take a whole pattern when it is safe; else open it step by step, adding what each step breaks."""
        mended, lost = pattern, False
        while not lost:
            failures = self._failures(mended)
            if not failures:
                break
            self._add(program, self._whole_cuts(failures, mended))
            _, opener, failure = failures[0]
            opened = opener.open(failure.demand, mended) - mended
            lost, mended = not opened, mended | opened
        if lost:
            mended, missed = self._mend(mended)
            if missed or self._failures(mended):
                return False
        if pattern != mended and self.weight(mended) < self.weight(self.best):
            mended = self._clean(mended, 1.0)
        self.best = min(self.best, mended, key=self.weight)
        return pattern == mended

    def _failures(self, pattern: frozenset[int]) -> list[tuple[Attack, Opener, Failure]]:
        found = []
        for attack, opener in zip(self.attacks, self.openers, strict=True):
            attack.hide(pattern)
            found += [(attack, opener, failure) for failure in attack.judge(_fit(attack, self.wanted)).failures]
        return found

    def _whole_cuts(self, failures: Sequence[tuple[Attack, Opener, Failure]], pattern: frozenset[int]) -> list[Cut]:
        """A cut for each failure that the whole pattern breaks."""
        found = []
        for attack, _, failure in failures:
            cut = capacity_cut(attack, failure, self.always)
            if cut is None or cut.holds(pattern):
                cut = cover_cut(self.order.system, failure.demand, pattern)
            found += [cut] if self._new(cut) else []
        return found


def _fit(attack: Attack, wanted: Sequence[Demand]) -> list[Demand]:
    """The demands that make sense against this attacker: nobody is kept from knowing its own cell."""
    own = attack.attacker.least.keys() | attack.attacker.most.keys()
    return [demand for demand in wanted if demand.cell not in own]
