"""Is everything there that a bidder must be able to read: documents, formulas, scales, evidence, client choice."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from tender.checks.case import Case, blank, flaw
from tender.checks.prices import prices_fixed
from tender.checks.tree import leaves
from tender.errors import Finding
from tender.model.criteria import AwardBasis, CriterionKind, TieKey
from tender.model.methods import award_hash, payment_hash

CALL_FOR_TENDERS = "call-for-tenders"
"""Id of the document without which there is no tender."""

DRAFT_AGREEMENT = "framework-agreement"
"""Id of the draft contract."""


def documents_known(case: Case) -> Iterator[Finding]:
    """Every document wanted can be made."""
    if case.catalogue is None:
        return
    for index, wanted in enumerate(case.tender.documents):
        if wanted not in case.catalogue:
            yield flaw("documents.unknown", f"documents[{index}]", found=wanted, nearest=_near(wanted, case.catalogue))


def _near(found: str, names: frozenset[str]) -> list[str]:
    """The nearest of `names`, or all of them when none is near."""
    return get_close_matches(found, sorted(names), n=1) or sorted(names)


def call_wanted(case: Case) -> Iterator[Finding]:
    """The call for tenders is among the documents wanted, perhaps misspelt."""
    if not _wanted(case, CALL_FOR_TENDERS):
        yield flaw("documents.call-missing", "documents", expected=CALL_FOR_TENDERS)


def contract_wanted(case: Case) -> Iterator[Finding]:
    """The key terms of the contract travel with the call as a draft agreement."""
    if not _wanted(case, DRAFT_AGREEMENT):
        yield flaw("documents.contract-missing", "documents", expected=DRAFT_AGREEMENT)


def _wanted(case: Case, document: str) -> bool:
    """Whether `document` is wanted, or misspelt, which another rule tells."""
    documents = case.tender.documents
    misspelt = case.catalogue is not None and any(
        wanted not in case.catalogue and _near(wanted, case.catalogue) == [document] for wanted in documents
    )
    return document in documents or misspelt


def formulas_stated(case: Case) -> Iterator[Finding]:
    """Every criterion has a formula, and the documents can state it in words and numbers."""
    for path, leaf in leaves(case.tender.award):
        if not leaf.formula:
            yield flaw("award.formula-missing", f"{path}.formula", id=leaf.id)
        elif case.stated is not None and leaf.formula not in case.stated:
            nearest = _near(leaf.formula, case.stated)
            yield flaw("award.formula-unknown", f"{path}.formula", id=leaf.id, found=leaf.formula, nearest=nearest)


def tie_decides(case: Case) -> Iterator[Finding]:
    """The tie rule ends with lots, which always decide."""
    keys = case.tender.award.tie_rule
    if not keys or keys[-1] is not TieKey.LOTS:
        yield flaw("award.tie-rule", "award.tie_rule", found=keys, expected=TieKey.LOTS)


def criteria_fit_basis(case: Case) -> Iterator[Finding]:
    """Price and quality are compared when, and only when, the award basis says so."""
    award = case.tender.award
    if case.tender.framework.dynamic.admit_all_suitable and not award.criteria:
        return
    if not any(leaves(award, CriterionKind.PRICE)) and not prices_fixed(case.tender):
        yield flaw("award.price-criterion", "award.criteria", basis_of_award=award.basis)
    quality = any(leaves(award, CriterionKind.QUALITY))
    if award.criteria and award.basis is AwardBasis.BEST_PRICE_QUALITY and not quality:
        yield flaw("award.quality-criterion", "award.basis", found=award.basis)
    elif award.basis is not AwardBasis.BEST_PRICE_QUALITY and quality:
        yield flaw("award.quality-under-price", "award.basis", found=award.basis)


def quality_judged(case: Case) -> Iterator[Finding]:
    """Every quality criterion has a scale, says what is judged, and what the bidder hands in."""
    for path, leaf in leaves(case.tender.award, CriterionKind.QUALITY):
        if not leaf.scale:
            yield flaw("award.scale-missing", f"{path}.scale", id=leaf.id)
        if blank(leaf.description):
            yield flaw("award.description-missing", f"{path}.description", id=leaf.id)
        if blank(leaf.evidence):
            yield flaw("award.evidence-missing", f"{path}.evidence", id=leaf.id)


def choice_described(case: Case) -> Iterator[Finding]:
    """The way of a client is complete: the steps, a client who does not choose, a provider who is full."""
    choice = case.tender.choice
    if all(blank(step) for step in choice.steps):
        yield flaw("choice.steps", "choice.steps")
    for name, text in (("no_choice", choice.no_choice), ("overflow", choice.overflow)):
        if blank(text):
            yield flaw("choice.rule-missing", f"choice.{name}")


def synthetic(case: Case) -> Iterator[Finding]:
    """We say that an example is an example."""
    if case.tender.synthetic:
        yield flaw("tender.synthetic", "synthetic")


def methods_unchanged(case: Case) -> Iterator[Finding]:
    """What is scored and paid is what was published; a correction is lawful before the deadline only."""
    published, tender = case.published, case.tender
    if published is None:
        return
    if published.award_hash != award_hash(tender):
        field = "award"
    elif published.payment_hash != payment_hash(tender):
        field = "prices"
    else:
        return
    late = published.closed or case.today > tender.timetable.tenders_until.date()
    rule = "published.method-changed-late" if late else "published.method-changed"
    yield flaw(rule, field, version=published.version, next=published.version + 1)


COMPLETENESS = (
    documents_known,
    call_wanted,
    contract_wanted,
    formulas_stated,
    tie_decides,
    criteria_fit_basis,
    quality_judged,
    choice_described,
    synthetic,
    methods_unchanged,
)
"""The rules of this file."""
