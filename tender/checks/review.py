"""What only a person can decide: review questions, and where every row of the register stands for a tender.

A question comes from a row that no machine decides, or from an own wording in a clause that a machine rule looks for:
the machine sees that the clause stands, a person reads whether it still says what it must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tender.checks.case import Case, ClauseText
from tender.checks.clauses import DEMANDS, Demand, wanted_clauses
from tender.checks.packs import pack_of, procedure_day
from tender.checks.provisions import AI_ACT, GDPR, PROVISIONS, Provision
from tender.checks.register import ROWS, Row, Source, Way, row_of
from tender.errors import Finding, Severity

OPEN_DATA, LOTS = "open-data", "lots"
"""Ids of the texts that describe the open data, and a division into lots."""

AWARD_CLAUSES = ("criteria", "price-points", "quality", "rounding", "selection", "ties")
"""Clauses of the call for tenders that print the award method."""


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """A question to a lawyer about one tender; its words are the term ``question.<row>`` or ``question.own-wording``.

    Attributes:
        id: The row's id, with ``@<document>/<clause>`` when it is about an own wording.
        row: Id of the row of the register.
        severity: What a breach weighs; never blocking when the row is known from memory only.
        document: The document that it is about.
        basis: Legal basis, only what was read.
        about: ``<document>/<clause>`` of the own wording that is asked about; empty otherwise.
        irregularity: Code of eForms' list of irregularities; empty without one.
    """

    id: str
    row: str
    severity: Severity
    document: str
    basis: str
    about: str = ""
    irregularity: str = ""

    @property
    def term(self) -> str:
        """Id of the term with its words; that of an own wording has the blanks ``{about}`` and ``{says}``."""
        return "question.own-wording" if self.about else f"question.{self.row}"


def weight(row: Row) -> Severity:
    """What a breach of `row` weighs here: what is known from memory only never blocks."""
    return Severity.WARN if row.source is Source.MEMORY and row.severity is Severity.BLOCK else row.severity


def _has_text(text_id: str) -> Callable[[Case], bool]:
    return lambda case: text_id in (case.tender.texts or {})


def _own_award_clauses(case: Case) -> bool:
    """Whether the tender folder replaced a clause that prints the award method."""
    languages = (case.clauses or {}).get("call-for-tenders", {})
    return any(clauses[clause].own for clauses in languages.values() for clause in AWARD_CLAUSES if clause in clauses)


APPLIES: Mapping[str, Callable[[Case], bool]] = {
    "CFT-18": _has_text(LOTS),
    "CFT-31": _own_award_clauses,
    "DAT-03": _has_text(OPEN_DATA),
    "DAT-05": _has_text(OPEN_DATA),
}
"""When a review row is asked at all; rows that are not named are always asked."""

PROFILING = (
    ReviewQuestion("profiling-decision", "profiling-decision", Severity.BLOCK, "open-data", "GDPR 22, 35"),
    ReviewQuestion("profiling-ai", "profiling-ai", Severity.WARN, "open-data", "(EU) 2024/1689 6(3)"),
)
"""Questions about a declared grouping of clients; no row of the catalogue asks them, for it knows no profiling."""

_PROFILING_SINCE = {"profiling-decision": GDPR, "profiling-ai": AI_ACT}


def review_questions(case: Case) -> tuple[ReviewQuestion, ...]:
    """Every question that a lawyer answers before `case` may be published, in the order of the register."""
    return (*_rows_asked(case), *_profiling(case), *_own_wordings(case))


def _profiling(case: Case) -> Iterator[ReviewQuestion]:
    """Those of `PROFILING` whose law was there on the day, when the tender declares a grouping."""
    order = case.tender.open_data
    for question in PROFILING if order is not None and order.grouping is not None else ():
        if _PROFILING_SINCE[question.id] <= procedure_day(case):
            yield question


def _rows_asked(case: Case) -> Iterator[ReviewQuestion]:
    for row in ROWS:
        if row.way is Way.REVIEW and _asked(row, case):
            yield _question(row)


def _question(row: Row, about: str = "") -> ReviewQuestion:
    name = f"{row.id}@{about}" if about else row.id
    return ReviewQuestion(name, row.id, weight(row), row.document, row.basis, about, row.irregularity)


def _asked(row: Row, case: Case) -> bool:
    """Whether the row holds on the day, binds the regime, and has something to ask about."""
    in_force = row.holds_on(procedure_day(case)) and row.binds(case.tender.procedure.regime)
    return in_force and (row.id not in APPLIES or APPLIES[row.id](case))


def _own_wordings(case: Case) -> Iterator[ReviewQuestion]:
    """One question for each own wording in a clause that a rule in force looks for."""
    catalogue = {rule: provision.catalogue for rule, provision in _in_force(case).items()}
    asked: set[str] = set()
    for demand in DEMANDS if case.clauses is not None else ():
        row_id = catalogue.get(demand.rule, "")
        if row_id and demand.applies(case.tender):
            for about in _own_clauses(demand, case):
                question = _question(row_of(row_id), about)
                if question.id not in asked:
                    asked.add(question.id)
                    yield question


def _own_clauses(demand: Demand, case: Case) -> Iterator[str]:
    for document in demand.documents:
        for clauses in (case.clauses or {}).get(document, {}).values():
            for clause in wanted_clauses(demand, clauses):
                found: ClauseText | None = clauses.get(clause)
                if found is not None and found.own:
                    yield f"{document}/{clause}"


def _in_force(case: Case) -> Mapping[str, Provision]:
    return pack_of(case).in_force(procedure_day(case))


class Standing(StrEnum):
    """Where a row stands for a tender."""

    HOLDS = "holds"
    FOUND = "found"
    ASKED = "asked"
    NOT_ASKED = "not-asked"
    WAITS = "waits"
    OTHER_REGIME = "other-regime"
    NOT_IN_FORCE = "not-in-force"
    NO_DOCUMENT = "no-document"


@dataclass(frozen=True, slots=True)
class RowState:
    """A row of the register as it stands for one tender.

    Attributes:
        row: The row.
        standing: Where it stands.
        findings: How many findings its rules made.
    """

    row: Row
    standing: Standing
    findings: int = 0


def row_states(case: Case, findings: Iterable[Finding]) -> tuple[RowState, ...]:
    """Every row of the register with its standing.

    Args:
        case: The case.
        findings: What `tender.checks.check` found in it.
    """
    rows = {provision.rule: provision.catalogue for provision in PROVISIONS}
    counts: dict[str, int] = {}
    for finding in findings:
        row_id = rows.get(finding.rule, "")
        counts[row_id] = counts.get(row_id, 0) + 1
    in_force = frozenset(provision.catalogue for provision in _in_force(case).values())
    return tuple(RowState(row, _standing(row, case, counts, in_force), counts.get(row.id, 0)) for row in ROWS)


def _standing(row: Row, case: Case, counts: Mapping[str, int], in_force: frozenset[str]) -> Standing:
    if row.way is Way.WAITING:
        return Standing.WAITS
    if not row.binds(case.tender.procedure.regime):
        return Standing.OTHER_REGIME
    if row.way is Way.REVIEW:
        return Standing.ASKED if _asked(row, case) else Standing.NOT_ASKED
    if row.id not in in_force:
        return Standing.NOT_IN_FORCE
    if counts.get(row.id):
        return Standing.FOUND
    return Standing.HOLDS if _looked_at(row, case) else Standing.NO_DOCUMENT


def _looked_at(row: Row, case: Case) -> bool:
    """Whether a rule of the row had something to look at: not when all look for clauses of missing documents."""
    demands = {demand.rule: demand for demand in DEMANDS}
    return any(
        rule not in demands or any(document in (case.clauses or {}) for document in demands[rule].documents)
        for rule in row.rules
    )
