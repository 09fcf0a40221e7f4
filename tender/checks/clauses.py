"""Is every clause there that the law or good practice asks for, with words in it, in every language of the tender.

A tender folder may replace a clause, or empty it. What a machine can see is that a clause stands and still names what
it must name; whether an own wording still says the same is asked of a person (`tender.checks.review`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from tender.checks.case import Case, ClauseText, flaw
from tender.checks.conditions import (
    admits_all,
    always,
    central_buyer,
    full_regime,
    has_bands,
    has_bonus,
    ranked,
    several_languages,
    verifies_hours,
)
from tender.errors import Finding, Place
from tender.language import Language
from tender.model.tender import Tender

CALL, AGREEMENT, APPEAL, INTERRUPTION = (
    "call-for-tenders",
    "framework-agreement",
    "appeal-instructions",
    "interruption-decision",
)
MARKET = ("market-consultation-notice", "dialogue-invitation")
"""The documents that open a market dialogue; what one of them says need not stand in the other."""

_MARKUP = re.compile(r"\{[%#].*?[%#]\}|[\W_]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one rule demands of the clauses of a document.

    Attributes:
        rule: The rule.
        documents: Documents of which any one must satisfy it; it is silent when none of them is made.
        clauses: Ids of the clauses that must stand with words in them, other names of one after ``|``; empty when any
            clause will do.
        names: What the clauses together must name, in any language; ``None`` when they only have to stand.
        applies: When it is demanded.
    """

    rule: str
    documents: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    names: re.Pattern[str] | None = None
    applies: Callable[[Tender], bool] = always


def _names(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_PREVAILS = _names(r"languages\[0\]", "kieliversio", "ensisijai", "språkversion", "företräde", "prevail")
"""Words that say which language decides: our own clause, or an own wording."""

DEMANDS: tuple[Demand, ...] = (
    Demand("clauses.consultation", MARKET, ("purpose|kind",)),
    Demand("clauses.consultation-hilma", MARKET, names=_names("hilma")),
    Demand("clauses.consultation-publicity", MARKET, ("publicity",)),
    Demand("clauses.consultation-equality", MARKET, ("equality",)),
    Demand("clauses.consultation-privacy", MARKET, ("privacy",)),
    Demand("clauses.tender-language", (CALL,), ("language",)),
    Demand("clauses.espd", (CALL,), ("espd",), _names("ESPD"), full_regime),
    Demand("clauses.exclusion", (CALL,), ("exclusion",)),
    Demand("clauses.scoring", (CALL,), ("criteria", "rounding", "selection", "ties"), applies=ranked),
    Demand("clauses.admission", (CALL,), ("admits-all",), applies=admits_all),
    Demand("clauses.questions", (CALL,), ("questions",)),
    Demand("clauses.accessibility", (CALL,), ("accessibility",), applies=full_regime),
    Demand("clauses.trade-secrets", (CALL,), ("publicity", "trade-secrets"), _names("11 §", "section 11", "s. 11")),
    Demand("clauses.contractor-liability", (CALL,), ("contractor-liability",), _names("1233/2006")),
    Demand("clauses.sanctions", (CALL,), ("sanctions",)),
    Demand("clauses.documents-open", (CALL,), ("buyer", "annexes")),
    Demand("clauses.vat", (CALL,), ("vat",)),
    Demand("clauses.zero-blank", (CALL,), ("zero-blank",)),
    Demand("clauses.price-ranges", (CALL,), ("ranges",)),
    Demand("clauses.comparison-price", (CALL,), ("years", "comparison-price"), applies=ranked),
    Demand("clauses.method", (CALL,), ("method",)),
    Demand("clauses.parties", (AGREEMENT,), ("parties", "object", "precedence")),
    Demand("clauses.duration", (AGREEMENT,), ("duration", "prices")),
    Demand("clauses.changes", (AGREEMENT,), ("changes",), _names("136")),
    Demand("clauses.repricing", (AGREEMENT,), ("repricing",), applies=has_bands),
    Demand("clauses.outcome", (AGREEMENT,), ("outcome", "hours", "correction")),
    Demand("clauses.verification", (AGREEMENT,), ("verification",), applies=verifies_hours),
    Demand("clauses.bonus", (AGREEMENT,), ("bonus",), applies=has_bonus),
    Demand("clauses.personal-data", (AGREEMENT,), ("personal-data",), _names(r"2016/679")),
    Demand("clauses.health-data", (AGREEMENT,), ("health-data",), _names("116")),
    Demand("clauses.minimum-terms", (AGREEMENT,), ("personnel",), _names("98"), central_buyer),
    Demand("clauses.subcontracts", (AGREEMENT,), ("subcontracts",)),
    Demand("clauses.termination", (AGREEMENT,), ("termination",), _names("137")),
    Demand("clauses.public-power", (AGREEMENT,), ("division",)),
    Demand("clauses.formation", (AGREEMENT,), ("formation",)),
    Demand("clauses.audit", (AGREEMENT,), ("audit",)),
    Demand("clauses.appeal-authority", (APPEAL,), ("appeal", "content", "address")),
    Demand("clauses.appeal-periods", (APPEAL,), ("appeal",), _names(r"\b14\b")),
    Demand("clauses.appeal-hour", (APPEAL,), ("counting",), _names(r"16[.:]15")),
    Demand("clauses.appeal-buyer", (APPEAL,), ("notice",)),
    Demand("clauses.correction-guidance", (APPEAL,), ("choice", "correction")),
    Demand("clauses.appeal-limits", (APPEAL,), ("limits",)),
    Demand("clauses.appeal-fee", (APPEAL,), ("ban",)),
    Demand("clauses.interruption-reason", (INTERRUPTION,), ("reason",)),
    Demand("clauses.interruption-instructions", (INTERRUPTION,), ("appeal", "notification")),
    Demand("clauses.prevailing-language", (CALL,), ("language",), _PREVAILS, several_languages),
)
"""What is demanded of clauses, in the order of the catalogue of checks."""


def demanded_clauses(case: Case) -> Iterator[Finding]:
    """Every clause that is demanded stands in every language; one finding for each rule, at its first gap."""
    used = case.clauses or {}
    for demand in DEMANDS:
        found = {document: used[document] for document in demand.documents if document in used}
        if not found or not demand.applies(case.tender):
            continue
        gaps = [_gap(demand, languages) for languages in found.values()]
        if all(gap is not None for gap in gaps):
            document, gap = next(iter(found)), gaps[0]
            assert gap is not None  # noqa: S101 - said just above, for the type checker
            yield _missing(demand.rule, document, *gap, found[document][gap[0]])


def _gap(demand: Demand, languages: Mapping[Language, Mapping[str, ClauseText]]) -> tuple[Language, str] | None:
    """Language and clause of the first gap; ``None`` without one. A language without any clause is another rule's."""
    for language, clauses in ((language, clauses) for language, clauses in languages.items() if clauses):
        wanted = {clause: clauses.get(clause) for clause in wanted_clauses(demand, clauses)}
        empty = [clause for clause, text in wanted.items() if demand.clauses and (text is None or not says_much(text))]
        if empty:
            return language, empty[0]
        bodies = " ".join(f"{text.body} {text.basis}" for text in wanted.values() if text is not None)
        if demand.names is not None and not demand.names.search(bodies):
            return language, next(iter(wanted))
    return None


def wanted_clauses(demand: Demand, clauses: Collection[str]) -> tuple[str, ...]:
    """Ids of the clauses that `demand` looks for among `clauses`, each by the name that it goes by there."""
    names = [clause.split("|") for clause in demand.clauses]
    found = (next((name for name in each if name in clauses), each[0]) for each in names)
    return tuple(found) if demand.clauses else tuple(clauses)


def says_much(text: ClauseText) -> bool:
    """Whether a clause says anything: words, or values that it prints."""
    return bool(_MARKUP.sub("", text.body))


def _missing(rule: str, document: str, language: Language, clause: str, clauses: Mapping[str, ClauseText]) -> Finding:
    file = clauses[clause].file if clause in clauses else f"clauses/{document}/{clause}.{language.value}.md"
    found = flaw(rule, f"clauses.{document}.{clause}", document=document, clause=clause, language=language)
    return Finding(found.rule, found.severity, found.field, found.values, place=Place(file, 1))


def languages_agree(case: Case) -> Iterator[Finding]:
    """Every language of a document has the same clauses, and an own wording is own in all of them."""
    for document, languages in (case.clauses or {}).items():
        uneven = _uneven(languages)
        if uneven:
            clause, missing = uneven
            yield flaw("clauses.languages", f"clauses.{document}.{clause}", document=document, clause=clause,
                       languages=missing)  # fmt: skip


def _uneven(languages: Mapping[Language, Mapping[str, ClauseText]]) -> tuple[str, tuple[Language, ...]] | None:
    """The first clause that some languages lack or have in another's own wording, and those languages."""
    every = dict.fromkeys(clause for clauses in languages.values() for clause in clauses)
    for clause in every:
        missing = tuple(language for language, clauses in languages.items() if clause not in clauses)
        held = {language: clauses[clause] for language, clauses in languages.items() if clause in clauses}
        borrowed = tuple(language for language, text in held.items() if not text.own)
        if missing or 0 < len(borrowed) < len(held):
            return clause, missing or borrowed
    return None


CLAUSES = (demanded_clauses, languages_agree)
"""The rules of this file."""
