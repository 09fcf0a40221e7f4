"""The two tenders that the slips are made in: one of 2018 under the source pack, one of today under today's law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tender.checks import Case
from tender.model.clauses import DivisionTask, Responsible
from tender.model.tender import RulePack, Tender
from tender.model.timetable import Timetable
from tests.sample import DIALOGUE, HELSINKI, fi, sample_tender

STATED = frozenset({"announced-interval@1", "ratio-to-lowest@1", "scale@1"})
CATALOGUE = frozenset({"call-for-tenders", "payment-annex", "framework-agreement"})
TODAY = date(2026, 11, 22)

_STEPS = {
    "registration": 27,
    "first-interview": 31,
    "needs-assessment": 37,
    "plan": 38,
    "reminder": 41,
    "language": 19,
    "fees": 144,
}
_DATA = fi("Asiakastietojärjestelmä; viranomainen kirjaa.")


def tender_of_today() -> Tender:
    """The sample as an employment area would buy it today: dates of 2026–28, act 380/2023 in the division of labour."""
    tasks = tuple(
        DivisionTask(step, fi(step), Responsible.AUTHORITY, fi(f"380/2023 {section} §"), data=_DATA)
        for step, section in _STEPS.items()
    )
    coaching = DivisionTask(
        "coaching", fi("Valmennus"), Responsible.PROVIDER, fi("Puitesopimus"), owed_to_all=True, data=_DATA
    )
    return replace(
        sample_tender(),
        rule_pack=RulePack.FINLAND_2026,
        timetable=Timetable(
            published=date(2026, 12, 1),
            questions_until=datetime(2026, 12, 18, 12, 0, tzinfo=HELSINKI),
            answers_by=date(2026, 12, 31),
            tenders_until=datetime(2027, 1, 12, 12, 0, tzinfo=HELSINKI),
            opening=datetime(2027, 1, 12, 13, 0, tzinfo=HELSINKI),
            decision=date(2027, 2, 1),
            tenders_valid_until=date(2027, 8, 31),
            production_start=date(2027, 5, 1),
            production_end=date(2028, 12, 31),
        ),
        dialogue=replace(
            DIALOGUE,
            draft_date=date(2026, 9, 28),
            opens=date(2026, 9, 28),
            closes=datetime(2026, 10, 19, 16, 0, tzinfo=HELSINKI),
        ),
        procedure=replace(sample_tender().procedure, notice="2026-123456"),
        division=(*tasks, coaching),
    )


BASES = {"2018": sample_tender(), "today": tender_of_today()}


def case_of(tender: Tender, **more: object) -> Case:
    """A case as the command would make it, on a fixed day."""
    known = {"today": TODAY, "catalogue": CATALOGUE, "stated": STATED, **more}
    return Case(tender, **known)  # type: ignore[arg-type]
