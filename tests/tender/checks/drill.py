"""The mutation drill: each slip of a case file is made in a sound tender and must give exactly its own finding."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tender.checks import Case, check
from tender.errors import Finding, Severity
from tender.language import Language
from tender.model.tender import Tender
from tender.words import Words
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.change import REMOVE, changed

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
ERRORS = {"deadline.also"}
"""Messages of the law room's commands, which no rule finds."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip and the finding that it must give.

    Attributes:
        rule: Rule that finds it.
        slip: What was done, in words.
        at: Field that the finding points at.
        severity: What the finding weighs.
        base: Which of the two tenders.
        change: New value by path.
        remove: Paths that are taken away.
        setup: Lawful changes made before the slip.
    """

    rule: str
    slip: str
    at: str
    severity: Severity
    base: str = "2018"
    change: dict[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    setup: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name of the test."""
        return f"{self.rule}: {self.slip}"


def mutants(name: str) -> list[Mutant]:
    """The slips of ``tests/cases/<name>.toml``."""
    text = (CASES / f"{name}.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text, parse_float=Decimal)["mutant"]
    return [
        Mutant(**{**row, "severity": Severity(row["severity"]), "remove": tuple(row.get("remove", ()))}) for row in rows
    ]


def drill(mutant: Mutant) -> None:
    """Make the slip; fail unless exactly one finding is new: the right one, in the right place, with words."""
    sound, slipped = _made(mutant)
    before = check(case_of(sound))
    assert not [finding for finding in before if finding.blocks], "the tender must be sound before the slip"
    new = only_new(case_of(slipped), before)
    shown = [(finding.rule, finding.field, finding.severity) for finding in new]
    assert shown == [(mutant.rule, mutant.at, mutant.severity)]
    for finding in new:
        speak(finding)


@dataclass(frozen=True, slots=True)
class Edge:
    """A change that is still right.

    Attributes:
        says: What was changed, in words.
        base: Which of the two tenders.
        change: New value by path.
        remove: Paths that are taken away.
        setup: Lawful changes made before.
    """

    says: str
    base: str = "2018"
    change: dict[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    setup: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The name of the test."""
        return self.says


def edges(name: str) -> list[Edge]:
    """The right edges of ``tests/cases/<name>.toml``."""
    text = (CASES / f"{name}.toml").read_text(encoding="utf-8")
    return [Edge(**row) for row in tomllib.loads(text, parse_float=Decimal)["sound"]]


def stay_silent(edge: Edge) -> None:
    """Make the change; fail when it gives a finding."""
    before, after = _made(edge)
    assert [(finding.rule, finding.field) for finding in only_new(case_of(after), check(case_of(before)))] == []


def _made(row: Mutant | Edge) -> tuple[Tender, Tender]:
    """The tender before and after the change of `row`."""
    before = BASES[row.base]
    for path, raw in row.setup.items():
        before = changed(before, path, raw)
    after = before
    for path, raw in row.change.items():
        after = changed(after, path, raw)
    for path in row.remove:
        after = changed(after, path, REMOVE)
    return before, after


def only_new(case: Case, before: tuple[Finding, ...]) -> list[Finding]:
    """Findings of `case` that were not there before."""
    known = {(finding.rule, finding.field) for finding in before}
    return [finding for finding in check(case) if (finding.rule, finding.field) not in known]


def room_words(language: Language) -> Words:
    """The words of this room's rules only, with the names of acts and courts: these tests need no other room."""
    messages: dict[str, dict[str, str]] = {}
    for name in ("checks", "law"):
        text = (ROOT / "templates" / "messages" / f"{name}.{language.value}.toml").read_text(encoding="utf-8")
        messages |= tomllib.loads(text)
    terms = tomllib.loads((ROOT / "templates" / "terms" / f"citations.{language.value}.toml").read_text("utf-8"))
    return Words(language, {rule: message for rule, message in messages.items() if rule not in ERRORS}, terms)


def speak(finding: Finding) -> None:
    """Say `finding` in every language; a blank that no value fills raises."""
    for language in Language:
        message = room_words(language).finding(finding)
        assert message.text
        assert message.advice
