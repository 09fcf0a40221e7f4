"""Where a panel stands: who judges, what each owes, whether levels may be seen; all derived, nothing kept.

Who declares an interest in one bidder judges none: points are compared, so one level too high for A is one too low for
all others (Woods v Milton Keynes). What such a person gave before stays on the record and counts no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tender.model.criteria import Criterion, CriterionKind
from tender.model.panel import Cell, Evaluator, IndividualScore, MarkKind, Panel
from tender.model.tender import Tender


@dataclass(frozen=True, slots=True)
class Board:
    """A panel before its bids.

    Attributes:
        tender: The tender as published.
        panel: All acts of the panel.
        bidders: Ids of the bidders whose bids are judged, sorted.
        opened: Whether the bids are opened.
    """

    tender: Tender
    panel: Panel
    bidders: tuple[str, ...]
    opened: bool

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The quality criteria, in the order of the tender."""
        return tuple(leaf for leaf in self.tender.award.leaves() if leaf.kind is CriterionKind.QUALITY)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All that the panel judges: every bid on every quality criterion."""
        return tuple((bidder, leaf.id) for leaf in self.criteria for bidder in self.bidders)

    @property
    def partial(self) -> frozenset[str]:
        """Ids of the members who declared an interest in any bidder."""
        return frozenset(one.evaluator for one in self.panel.declared.values() if not one.free)

    @property
    def judges(self) -> tuple[Evaluator, ...]:
        """The members who may judge, in the order of the appointment."""
        return tuple(one for one in self.panel.evaluators if one.id not in self.partial)

    @property
    def revealed(self) -> bool:
        """Whether every judge has given and signed all, so that levels may be seen and none may change any more."""
        return bool(self.judges) and all(self.done(one) for one in self.judges)

    def member(self, evaluator: str) -> Evaluator | None:
        """The member of the panel with this id."""
        return next((one for one in self.panel.evaluators if one.id == evaluator), None)

    def criterion(self, criterion: str) -> Criterion | None:
        """The quality criterion with this id."""
        return next((leaf for leaf in self.criteria if leaf.id == criterion), None)

    def undeclared(self) -> Iterator[tuple[Evaluator, str]]:
        """Every member and bidder about whom nothing is declared yet; who has an interest need declare no more."""
        declared = self.panel.declared
        for one in self.judges:
            for bidder in self.bidders:
                if (one.id, bidder) not in declared:
                    yield one, bidder

    def owed(self, evaluator: Evaluator) -> tuple[Cell, ...]:
        """What `evaluator` judges."""
        return tuple(cell for cell in self.cells if evaluator.judges(cell[1]))

    def missing(self, evaluator: Evaluator) -> tuple[Cell, ...]:
        """What `evaluator` owes and has given nothing for: neither a level nor a reason why there is none."""
        given = self.panel.given
        return tuple(cell for cell in self.owed(evaluator) if (evaluator.id, cell) not in given)

    def absent(self, evaluator: Evaluator) -> bool:
        """Whether all that is on record of `evaluator` is an absence, which nobody can sign."""
        scores = self.panel.scores_of(evaluator.id)
        return bool(scores) and all(score.kind is MarkKind.ABSENT for score in scores)

    def done(self, evaluator: Evaluator) -> bool:
        """Whether `evaluator` gave all and signed it, or is absent altogether."""
        return not self.missing(evaluator) and (self.absent(evaluator) or self.panel.signed(evaluator.id))

    def marks_at(self, cell: Cell) -> Mapping[str, IndividualScore]:
        """What counts of the judges for `cell`, by evaluator id; nothing of who has an interest."""
        given = self.panel.given
        return {one.id: given[one.id, cell] for one in self.judges if one.judges(cell[1]) and (one.id, cell) in given}

    def levels_at(self, cell: Cell) -> Mapping[str, int]:
        """The judges' levels for `cell`; a skipped, absent or missing one has none and is no zero."""
        return {who: score.level for who, score in self.marks_at(cell).items() if score.level is not None}
