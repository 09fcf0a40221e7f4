"""Dated packs of rules: which provisions bind a tender, and the rules about the pack itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tender.checks.case import Case, flaw, known
from tender.checks.provisions import PROVISIONS, Provision
from tender.errors import Finding
from tender.model.tender import RulePack


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of a time.

    Attributes:
        id: Which pack.
        valid_from: First day on which a procedure may begin under it.
        valid_to: Last such day.
        read_on: The day on which its sources were read; a named lawyer confirms a pack before a real publication.
        left_out: Rules that it leaves out on purpose; a pack that leaves something out says that it is reduced.
    """

    id: RulePack
    valid_from: date
    valid_to: date
    read_on: date
    left_out: frozenset[str] = frozenset()

    def in_force(self, day: date) -> Mapping[str, Provision]:
        """Provisions by rule that hold on `day`, or on the pack's nearest day when `day` is outside it."""
        inside = self.nearest(day)
        return {
            provision.rule: provision
            for provision in PROVISIONS
            if provision.rule not in self.left_out and provision.holds_on(inside)
        }

    def nearest(self, day: date) -> date:
        """`day`, or the pack's nearest day when it is outside the pack."""
        return min(max(day, self.valid_from), self.valid_to)


SOURCE_2018 = Pack(
    RulePack.SOURCE_2018,
    valid_from=date(2017, 1, 1),
    valid_to=date(2019, 12, 31),
    read_on=date(2026, 11, 22),
    left_out=frozenset({"timetable.past", "buyer.languages", "buyer.portal", "buyer.email", "citations.not-read"}),
)
"""For the two examples of 2018: what the source documents say, and those rules whose wording of 2018 was read.

The EU thresholds of 2017–2023 and the employment services act of the time (916/2012) were not read.
"""

FINLAND_2026 = Pack(
    RulePack.FINLAND_2026,
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 12, 31),
    read_on=date(2026, 11, 22),
)
"""Today's rules, until the EU thresholds change next. HE 2/2026 is not in it: its enactment was not found."""

PACKS: Mapping[RulePack, Pack] = {pack.id: pack for pack in (SOURCE_2018, FINLAND_2026)}
"""Every pack by its id."""


def pack_of(case: Case) -> Pack:
    """The pack that the tender names."""
    return PACKS[case.tender.rule_pack]


def procedure_day(case: Case) -> date:
    """The day that decides which law applies: the planned publication, or today when that is not known."""
    day = case.tender.timetable.published
    return day if known(day) else case.today


def pack_in_force(case: Case) -> Iterator[Finding]:
    """The procedure begins while the pack is valid."""
    pack, day = pack_of(case), procedure_day(case)
    if known(case.tender.timetable.published) and not pack.valid_from <= day <= pack.valid_to:
        others = [other.id for other in PACKS.values() if other.valid_from <= day <= other.valid_to]
        values = {"found": pack.id, "published": day, "first": pack.valid_from, "last": pack.valid_to}
        yield flaw("pack.not-in-force", "rule_pack", expected=others or "-", **values)


def pack_named(case: Case) -> Iterator[Finding]:
    """We say which pack was used, when it was read, and when it is a reduced one."""
    pack = pack_of(case)
    rule = "pack.reduced" if pack.left_out else "pack.read-on"
    yield flaw(rule, "rule_pack", found=pack.id, read_on=pack.read_on)


PACK = (pack_in_force, pack_named)
"""The rules of this file."""
