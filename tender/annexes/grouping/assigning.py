"""From a register to groups and a model card: what the register names stands, what it leaves blank is reckoned.

A group is frozen at entry, so a group that the register names is not replaced; where it differs from what the grouping
reckons now, that is counted and told. A person's correction goes before both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tender.annexes.grouping.card import card_of
from tender.annexes.grouping.corrections import Assigned, Correction, assigned, read_corrections
from tender.annexes.grouping.entrants import entrants_of, grouped_of, labels_of
from tender.annexes.register.register import CORRECTIONS, PRIVATE, REGISTER, Register
from tender.errors import UsageError
from tender.model.model_card import ModelCard
from tender.model.tender import Tender


@dataclass(frozen=True, slots=True)
class Assignment:
    """What became of the clients of a register: secret, but for the card.

    Attributes:
        people: Every client with its group, in the order of the register's lines.
        card: The model card.
    """

    people: tuple[Assigned, ...]
    card: ModelCard

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many clients are in each group."""
        return Counter(one.group for one in self.people)

    @property
    def corrected(self) -> int:
        """How many groups a person corrected."""
        return sum(one.correction is not None for one in self.people)

    @property
    def reckoned(self) -> int:
        """How many clients had no group in the register."""
        return sum(not one.entrant.group for one in self.people)

    @property
    def differing(self) -> int:
        """How many clients have another group in the register than the grouping reckons, uncorrected."""
        return sum(one.differs for one in self.people)


def assign_groups(register: Register, tender: Tender, corrections: tuple[Correction, ...] = ()) -> Assignment:
    """Give every spell of `register` its group, and make the model card.

    Raises:
        UsageError: The tender declares no grouping.
        InputError: A client cannot be grouped, or a correction is about nobody.
    """
    order = tender.open_data
    if order is None or order.grouping is None:
        raise UsageError("review.no-grouping")
    people = assigned(order.grouping, entrants_of(register, order, order.grouping), corrections)
    register.assign((one.entrant.place.line or 0, one.group) for one in people)
    followed = [one for one in people if one.entrant.found is not None]
    corrected = sum(one.correction is not None for one in followed)
    clients = grouped_of(order, people)
    return Assignment(people, card_of(order.grouping, clients, order.threshold, labels_of(tender, order), corrected))


def corrections_in(folder: Path, tender: Tender) -> tuple[Correction, ...]:
    """The corrections of the tender `folder`; none without the file.

    Raises:
        InputError: What is wrong, with its line.
    """
    path = folder / PRIVATE / REGISTER / CORRECTIONS
    if not path.is_file():
        return ()
    return read_corrections(path.read_bytes(), CORRECTIONS, [group.id for group in tender.groups])
