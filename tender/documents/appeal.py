"""The context of the correction and appeal instructions of a decision (HallL 47; HL 126, 132–135, 145–148).

What only the buyer or the court knows, such as the court's address of the day, is a labelled line to fill in, never a
guess. The instructions give the rules; the dates run from each notification and stand in its message (HL 127).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tender.language import Text
from tender.model.publication import Publication
from tender.model.tender import Buyer, Regime, RulePack, Tender


@dataclass(frozen=True, slots=True)
class AppealContext:
    """What the correction and appeal instructions print.

    Attributes:
        title: Name of the procurement.
        diary_number: Diary number of the case; empty before there is one.
        buyer: The contracting authority, to which the appellant must send notice (HL 148).
        standstill: Whether the statutory standstill applies, so that an appeal stops the contract (HL 129, 150).
        framework: Whether the decision sets up a framework arrangement, whose call-offs need leave to appeal (HL 146).
        current_law: Whether today's law pack applies (808/2019 on the contents of an appeal; KHO 2024:118).
        decided_on: Day of the decision to which the instructions belong.
    """

    title: Text
    diary_number: str
    buyer: Buyer
    standstill: bool
    framework: bool
    current_law: bool
    decided_on: date


def appeal_context(publication: Publication) -> AppealContext:
    """The context of the instructions that go with the decision of `publication`'s day."""
    tender = publication.tender
    return AppealContext(
        title=tender.title,
        diary_number=tender.diary_number,
        buyer=tender.buyer,
        standstill=has_standstill(tender),
        framework=not tender.framework.dynamic.admit_all_suitable,
        current_law=tender.rule_pack is RulePack.FINLAND_2026,
        decided_on=publication.today,
    )


def has_standstill(tender: Tender) -> bool:
    """Whether a contract of `tender` must wait for the standstill period (HL 129)."""
    return tender.procedure.regime in {Regime.ANNEX_E, Regime.EU}
