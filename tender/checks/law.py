"""Does the tender keep the procurement act: regime, procedure, award basis, suitability, division of labour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tender.checks.case import Case, blank, flaw, known
from tender.checks.regime import annex_e_point, is_cpv, national_threshold, regime_of
from tender.checks.tree import nodes
from tender.errors import Finding
from tender.language import Language, Text
from tender.model.clauses import Responsible, SuitabilityRequirement
from tender.model.criteria import AwardBasis, Criterion
from tender.model.tender import ProcedureKind, Regime, Tender

AUTHORITY_ACT = "380/2023"
"""The act on arranging employment services."""

AUTHORITY_SECTIONS = (27, 31, 37, 38, 41)
"""Sections whose acts the authority keeps: registration, first interview, needs assessment, plan, reminder (DIV-02)."""

LANGUAGE_SECTION, FREE_SECTION = 19, 144
"""Sections on the client's language (DIV-04), and on services free of charge to the client (DIV-05)."""

DIVISION = "division-of-labour"
"""Id of the document that describes the division."""

PRICE_ONLY_TEXT = "award-basis"
"""Id of the text that says why price alone decides."""

_SECTION = re.compile(r"(?<![\d./])(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?(?![\d/])")
_ACT = re.compile(r"\d+/\d{4}")
_TURNOVER = re.compile(r"liikevaih|omsättning|turnover", re.IGNORECASE)
_EUROS = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+|\d{4,}")


def cpv_form(case: Case) -> Iterator[Finding]:
    """CPV codes have eight digits."""
    bought = case.tender.object
    codes = [("object.cpv", bought.cpv)]
    codes += [(f"object.additional_cpv[{index}]", code) for index, code in enumerate(bought.additional_cpv)]
    for field, code in codes:
        if not is_cpv(code):
            yield flaw("regime.cpv", field, found=code)


def regime_declared(case: Case) -> Iterator[Finding]:
    """The declared regime is the one that follows from code, value, buyer and day."""
    computed, declared = _computed(case.tender), case.tender.procedure.regime
    if computed is not None and computed is not declared:
        bought = case.tender.object
        values = {"found": declared, "expected": computed, "cpv": bought.cpv, "value": bought.estimated_value}
        yield flaw("regime.declared", "procedure.regime", **values)


def _computed(tender: Tender) -> Regime | None:
    bought, day = tender.object, tender.timetable.published
    if not is_cpv(bought.cpv) or bought.estimated_value <= 0 or not known(day):
        return None
    return regime_of(bought.cpv, bought.estimated_value, tender.buyer.kind, day)


def above_threshold(case: Case) -> Iterator[Finding]:
    """We say when the value is so small that the act does not bind."""
    bought = case.tender.object
    if is_cpv(bought.cpv) and 0 < bought.estimated_value < national_threshold(bought.cpv):
        values = {"found": bought.estimated_value, "threshold": national_threshold(bought.cpv), "cpv": bought.cpv}
        yield flaw("regime.below-threshold", "object.estimated_value", **values)


def mixed_codes(case: Case) -> Iterator[Finding]:
    """Codes of another regime ask for the value of each part, for the highest decides (HL 7)."""
    bought = case.tender.object
    if not is_cpv(bought.cpv):
        return
    main = annex_e_point(bought.cpv) is None
    others = [code for code in bought.additional_cpv if is_cpv(code) and (annex_e_point(code) is None) is not main]
    if others:
        yield flaw("regime.mixed", "object.additional_cpv", found=others, cpv=bought.cpv)


def procedure_kind(case: Case) -> Iterator[Finding]:
    """The light procedure is for Annex E only."""
    procedure = case.tender.procedure
    light = procedure.kind is ProcedureKind.LIGHT
    if light and procedure.regime is not Regime.ANNEX_E and not any(regime_declared(case)):
        yield flaw("procedure.kind", "procedure.kind", found=procedure.kind, regime=procedure.regime)


def procedure_described(case: Case) -> Iterator[Finding]:
    """The procedure is described step by step, and the exclusion grounds are named."""
    procedure = case.tender.procedure
    if all(blank(step) for step in procedure.steps):
        yield flaw("procedure.steps", "procedure.steps")
    if blank(procedure.exclusion):
        yield flaw("procedure.exclusion", "procedure.exclusion")


def lots_reason(case: Case) -> Iterator[Finding]:
    """The buyer says why the procurement is not divided into lots."""
    if blank(case.tender.object.lots_reason):
        full = case.tender.procedure.regime is Regime.EU
        yield flaw("object.lots-reason" if full else "object.lots-reason-light", "object.lots_reason")


def price_only_reason(case: Case) -> Iterator[Finding]:
    """An award by price alone is reasoned (HL 93.1, 115.2)."""
    if case.tender.award.basis is AwardBasis.PRICE and not has_text(case.tender, PRICE_ONLY_TEXT):
        yield flaw("award.price-only-reason", "award.basis", text=PRICE_ONLY_TEXT)


def has_text(tender: Tender, text_id: str) -> bool:
    """Whether the folder `texts/` has words with this id."""
    text = (tender.texts or {}).get(text_id)
    return text is not None and not blank(text)


def criterion_not_suitability(case: Case) -> Iterator[Finding]:
    """What makes a bidder suitable is not compared a second time."""
    for path, criterion in nodes(case.tender.award.criteria):
        for requirement in case.tender.suitability:
            field = _overlap(criterion, requirement)
            if field:
                values = {"criterion": criterion.id, "requirement": requirement.id}
                yield flaw("award.criterion-suitability", f"{path}.{field}", **values)
                break


def _overlap(criterion: Criterion, requirement: SuitabilityRequirement) -> str:
    """``id`` or ``name``, whichever the two share; empty when neither."""
    if criterion.id and criterion.id == requirement.id:
        return "id"
    shared = any(_same(criterion.name, requirement.name, language) for language in Language)
    return "name" if shared else ""


def _same(one: Text, other: Text, language: Language) -> bool:
    ours, theirs = (" ".join((text.get(language) or "").casefold().split()) for text in (one, other))
    return bool(ours) and ours == theirs


def division_given(case: Case) -> Iterator[Finding]:
    """The division of labour is described, each task with its basis."""
    if not case.tender.division:
        yield flaw("division.none", "division")
    for index, task in enumerate(case.tender.division):
        if blank(task.basis):
            yield flaw("division.basis", f"division[{index}].basis", id=task.id)


def authority_steps(case: Case) -> Iterator[Finding]:
    """The acts that the law gives to the authority stand in the division, and stay with the authority."""
    for section in AUTHORITY_SECTIONS if case.tender.division else ():
        holders = [
            (index, task) for index, task in enumerate(case.tender.division) if section in named_sections(task.basis)
        ]
        if not holders:
            yield flaw("division.step-missing", "division", section=section)
        elif all(task.responsible is not Responsible.AUTHORITY for _, task in holders):
            index, task = holders[0]
            yield flaw("division.step-provider", f"division[{index}].responsible", id=task.id, section=section)


def named_sections(basis: Text) -> frozenset[int]:
    """Sections of the act on employment services that a legal basis names in any of its languages."""
    return frozenset[int]().union(*(sections(basis.get(language) or "") for language in Language))


def sections(basis: str, act: str = AUTHORITY_ACT) -> frozenset[int]:
    """Sections of `act` that a legal basis names.

    >>> sorted(sections("380/2023 37–38 § ja 41 §; laki 916/2012 2 luku 4 §"))
    [37, 38, 41]
    """
    found: set[int] = set()
    for start in (match.end() for match in _ACT.finditer(basis) if match.group() == act):
        following = _ACT.search(basis, start)
        for first, last in _SECTION.findall(basis[start : following.start() if following else None]):
            found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def suitability_shown(case: Case) -> Iterator[Finding]:
    """Every suitability requirement says how it is shown."""
    if not case.tender.suitability:
        yield flaw("suitability.none", "suitability")
    for index, requirement in enumerate(case.tender.suitability):
        if blank(requirement.evidence):
            yield flaw("suitability.evidence", f"suitability[{index}].evidence", id=requirement.id)


def provider_duties(case: Case) -> Iterator[Finding]:
    """The division says which data flow, who answers for clients' languages, and that nothing is charged."""
    tasks = case.tender.division
    for index, task in enumerate(tasks):
        if blank(task.data):
            yield flaw("division.data", f"division[{index}].data", id=task.id)
    named = frozenset[int]().union(*(sections(words) for words in _said_of_division(case)))
    for rule, section in (("division.language", LANGUAGE_SECTION), ("division.fees", FREE_SECTION)):
        if tasks and section not in named:
            yield flaw(rule, "division", section=section)


def _said_of_division(case: Case) -> Iterator[str]:
    """Bases of the tasks, and what the clauses of the description of the division say."""
    for task in case.tender.division:
        yield from (task.basis.get(language) or "" for language in Language)
    for clauses in (case.clauses or {}).get(DIVISION, {}).values():
        for text in clauses.values():
            yield from (text.basis, text.body)


def suitability_turnover(case: Case) -> Iterator[Finding]:
    """A turnover that is demanded is at most twice the estimated value, or the buyer says why."""
    most = 2 * case.tender.object.estimated_value
    for index, requirement in enumerate(case.tender.suitability):
        words = " ".join(requirement.requirement.get(language) or "" for language in Language)
        asked = [_amount(number) for number in _EUROS.findall(words)] if _TURNOVER.search(words) else []
        if asked and max(asked) > most > 0:
            field = f"suitability[{index}].requirement"
            yield flaw("suitability.turnover", field, id=requirement.id, found=max(asked), expected=most)


def _amount(written: str) -> Decimal:
    """The euros that a text writes with spaces between the thousands."""
    return Decimal(re.sub(r"[^\d]", "", written))


def notice_named(case: Case) -> Iterator[Finding]:
    """Under the full regime the call names the published notice."""
    procedure = case.tender.procedure
    if procedure.regime is Regime.EU and not procedure.notice.strip() and not any(regime_declared(case)):
        yield flaw("procedure.notice", "procedure.notice")


LAW = (
    cpv_form,
    regime_declared,
    above_threshold,
    mixed_codes,
    procedure_kind,
    procedure_described,
    lots_reason,
    price_only_reason,
    criterion_not_suitability,
    division_given,
    authority_steps,
    provider_duties,
    suitability_shown,
    suitability_turnover,
    notice_named,
)
"""The rules of this file."""
