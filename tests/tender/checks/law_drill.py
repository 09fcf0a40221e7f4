"""The mutation drill of the law room: the real example is broken row by row, and each break is told by its own rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tender.checks import Case, PublishedMethods, check
from tender.checks.case import DialogueFacts
from tender.checks.clauses import DEMANDS, Demand, wanted_clauses
from tender.checks.provisions import PROVISIONS
from tender.documents.catalogue import catalogue
from tender.errors import Finding, Severity
from tender.language import Language
from tender.publishing.case import clauses_in_use
from tender.publishing.examination import examine
from tests.tender.checks.change import REMOVE, changed
from tests.tender.checks.drill import CASES, ROOT, only_new, speak

TODAY = date(2026, 11, 24)

FULL_REGIME = {
    "object.cpv": "79634000",
    "object.additional_cpv": [],
    "procedure.regime": "eu",
    "procedure.kind": "open",
    "procedure.notice": "2027-012345",
}
"""Today's example as career guidance: not in Annex E, above the EU threshold, in an open procedure."""

SILENT = "Tästä sovitaan erikseen."
"""Words that name nothing."""


@dataclass(frozen=True, slots=True)
class LawMutant:
    """One break of a row of the register.

    Attributes:
        row: The row.
        rule: The rule that finds it.
        slip: What was done, in words.
        base: Which case is broken.
        change: New value by path.
        remove: Paths that are taken away.
        clauses: New body by ``document/clause``, in every language.
        drop: Language in which a clause is taken away, by ``document/clause``.
        published: Whether another method was published before.
        opened: Whether tenders have been opened.
        dialogue: What the record then says of the dialogue; nothing when empty.
    """

    row: str
    rule: str
    slip: str
    base: str = "today"
    change: dict[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    clauses: dict[str, str] = field(default_factory=dict)
    drop: dict[str, str] = field(default_factory=dict)
    published: bool = False
    opened: bool = False
    dialogue: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name of the test."""
        return f"{self.row} {self.rule}: {self.slip}"


@cache
def base(name: str) -> Case:
    """The sound case with this name."""
    case = _whole(ROOT / "examples" / ("pohjois-savo" if name == "2018" else "tyollisyysalue"))
    if name == "eu":
        return _changed(case, FULL_REGIME)
    if name == "central":
        return _changed(case, {"buyer.kind": "central"})
    if name == "admits-all":
        change = {"framework.dynamic.admit_all_suitable": True, "award.criteria": []}
        return _changed(case, change, ("award.selection.minimum_quality",))
    return case


def _whole(folder: Path) -> Case:
    """The example in `folder` with every document of the catalogue, in all three languages."""
    case, documents = examine(folder, TODAY).case, catalogue()
    assert case is not None
    tender = replace(case.tender, languages=tuple(Language), documents=tuple(document.id for document in documents))
    return replace(case, tender=tender, clauses=clauses_in_use(folder, tender, documents))


def _changed(case: Case, change: dict[str, Any], remove: tuple[str, ...] = ()) -> Case:
    tender = case.tender
    for path, raw in change.items():
        tender = changed(tender, path, raw)
    for path in remove:
        tender = changed(tender, path, REMOVE)
    return replace(case, tender=tender)


def with_clauses(case: Case, bodies: dict[str, str]) -> Case:
    """`case` with other bodies in the clauses named, in every language; documents that it lacks are passed over."""
    assert case.clauses is not None
    clauses = {document: {lang: dict(each) for lang, each in langs.items()} for document, langs in case.clauses.items()}
    for path, body in bodies.items():
        document, _, clause = path.partition("/")
        for each in clauses.get(document, {}).values():
            if clause in each:
                each[clause] = replace(each[clause], body=body, basis="")
    return replace(case, clauses=clauses)


def mutated(mutant: LawMutant) -> Case:
    """The case after the break."""
    case = with_clauses(_changed(base(mutant.base), mutant.change, mutant.remove), mutant.clauses)
    for path, language in mutant.drop.items():
        case = _dropped(case, path, Language(language))
    published = PublishedMethods(1, "0" * 64, "0" * 64, closed=mutant.opened) if mutant.published else None
    facts: dict[str, Any] = {
        name: tuple(found) if isinstance(found, list) else found for name, found in mutant.dialogue.items()
    }
    return replace(case, published=published, dialogue=DialogueFacts(**facts) if facts else None)


def _dropped(case: Case, path: str, language: Language) -> Case:
    document, _, clause = path.partition("/")
    assert case.clauses is not None
    languages = dict(case.clauses[document])
    languages[language] = {name: text for name, text in languages[language].items() if name != clause}
    return replace(case, clauses={**case.clauses, document: languages})


@cache
def found_in(name: str) -> tuple[Finding, ...]:
    """What the rules find in the sound case with this name."""
    return check(base(name))


def told(mutant: LawMutant) -> None:
    """Fail unless the break is told by its own rule, and by no other that blocks."""
    before = found_in(mutant.base)
    assert [finding for finding in before if finding.blocks] == [], "the case must be sound before the break"
    new = only_new(mutated(mutant), before)
    assert mutant.rule in [finding.rule for finding in new]
    assert [finding.rule for finding in new if finding.blocks and finding.rule != mutant.rule] == []
    for finding in new:
        speak(finding)


def written() -> list[LawMutant]:
    """The mutants of the case file."""
    rows = tomllib.loads((CASES / "law-drill.toml").read_text(encoding="utf-8"), parse_float=Decimal)["mutant"]
    return [LawMutant(**{**row, "remove": tuple(row.get("remove", ()))}) for row in rows]


def demanded() -> Iterator[LawMutant]:
    """A mutant for every clause that is demanded: emptied, or saying nothing of what it must name."""
    rows = {provision.rule: provision.catalogue for provision in PROVISIONS}
    for demand in DEMANDS:
        for clause in demand.clauses:
            if _empties_alone(demand, clause):
                names = clause.split("|")
                bodies = {f"{document}/{name}": "{# empty #}" for document in demand.documents for name in names}
                yield LawMutant(rows[demand.rule], demand.rule, f"{clause} is empty", _base_of(demand), clauses=bodies)
        if demand.names is not None:
            for document in demand.documents:
                yield LawMutant(rows[demand.rule], demand.rule, f"{document} names nothing", _base_of(demand),
                                clauses=_silenced(demand))  # fmt: skip


def _empties_alone(demand: Demand, clause: str) -> bool:
    """Whether no other blocking rule demands the same clause; such a pair is silenced instead."""
    tender = base(_base_of(demand)).tender
    block = {provision.rule for provision in PROVISIONS if provision.severity is Severity.BLOCK}
    others = [other for other in DEMANDS if other is not demand and other.rule in block and other.applies(tender)]
    return not any(clause in other.clauses and set(other.documents) & set(demand.documents) for other in others)


def _silenced(demand: Demand) -> dict[str, str]:
    """Bodies that name nothing, for every clause that might."""
    case = base(_base_of(demand))
    assert case.clauses is not None
    return {
        f"{document}/{clause}": SILENT
        for document in demand.documents
        for clauses in case.clauses.get(document, {}).values()
        for clause in wanted_clauses(demand, clauses)
    }


def _base_of(demand: Demand) -> str:
    """The base in which `demand` is made."""
    for name in ("today", "eu", "central", "admits-all"):
        if demand.applies(base(name).tender):
            return name
    pytest.fail(f"no base for {demand.rule}")
