"""Findings as a decision prints them: sentences in every language, with names, numbers and laws as each writes them.

A finding carries the names of requirements, areas and groups in the language that prevails, and its basis as the rules
write it; a decision in another language needs both in its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluation.award.reasons import obstacle_finding
from evaluation.reports.case import DecisionCase
from tender.errors import Finding
from tender.language import Language, Text, number_text
from tender.model.awards import Obstacle, ProviderSet
from tender.words import words

Names = Mapping[str, Text]
"""What a value of a finding is called in every language, by the value: an id, or the name that prevails."""

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BETWEEN_CELLS, _IN_CELL = ", ", "/"
_SECTION = re.compile(r"\bHL (\d+)\b(?! §)")
_CITED = {
    Language.FI: (r"HL \1 §", "KHO"),
    Language.SV: (r"UpphL \1 §", "HFD"),
    Language.EN: (r"Procurement Act s. \1", "KHO"),
}
"""How a section of the procurement act is cited, and the Supreme Administrative Court."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground in words.

    Attributes:
        text: The ground.
        basis: Its legal basis; ``None`` when the call for tenders alone is the basis.
    """

    text: Text
    basis: Text | None


def names_of(case: DecisionCase) -> dict[str, Text]:
    """Names in every language of what findings of the award speak of; areas and groups by their ids too."""
    tender = case.publication.tender
    places = {area.id: area.name for area in tender.areas} | {group.id: group.name for group in tender.groups}
    said = [*places.values(), *(requirement.name for requirement in tender.suitability)]
    said += [leaf.name for leaf in tender.award.leaves()]
    said += [annex.name for annex in tender.award.demanded_annexes()]
    return {text.best(tender.prevailing_language): text for text in said} | places


def finding_words(finding: Finding, names: Names | None = None) -> Text:
    """What `finding` says, in every language, with numbers as each language writes them; without advice."""
    known = names or {}
    return Text(*(words(language).finding(_spoken(finding, language, known)).text for language in Language))


def _spoken(finding: Finding, language: Language, names: Names) -> Finding:
    values = {name: _value(name, value, language, names) for name, value in finding.values.items()}
    return replace(finding, values=values)


def _value(name: str, value: str, language: Language, names: Names) -> str:
    if name == "bidder":  # it is called what it calls itself, even if that is the name of an area
        return value
    if name == "cells":
        cells = (cell.split(_IN_CELL) for cell in value.split(_BETWEEN_CELLS))
        return _BETWEEN_CELLS.join(_IN_CELL.join(_named(part, language, names) for part in cell) for cell in cells)
    return number_text(Decimal(value), language) if _PLAIN_NUMBER.fullmatch(value) else _named(value, language, names)


def _named(value: str, language: Language, names: Names) -> str:
    return names[value].best(language) if value in names else value


def ground(finding: Finding, names: Names) -> Ground:
    """A ground as a sentence of its own: what it begins with may be a noun of the message, in lower case."""
    said = finding_words(finding, names)
    begun = (None if text is None else text[:1].upper() + text[1:] for text in (said.fi, said.sv, said.en))
    return Ground(Text(*begun), cited(finding.basis) if finding.basis else None)


def cited(basis: str) -> Text:
    """A legal basis of a rule as each language cites it.

    >>> cited("HL 114")
    Text(fi='HL 114 §', sv='UpphL 114 §', en='Procurement Act s. 114')
    """
    return Text(*(_SECTION.sub(act, basis).replace("KHO", court) for act, court in map(_CITED.__getitem__, Language)))


def obstacle_words(obstacle: Obstacle, provider_set: ProviderSet, case: DecisionCase) -> Text:
    """Why a set could not be chosen."""
    bidders = {bid.bidder: bid.name for bid in case.sheet.bids}
    return finding_words(obstacle_finding(obstacle, provider_set.bidders, bidders), names_of(case))
