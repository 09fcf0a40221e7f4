"""Words of the annex's files: phrases with values, labels that differ from each other, and how it was protected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tender.language import Language, date_text, number_text
from tender.model.annex import Annex, AnnexTable, Axis, CellStatus
from tender.model.open_data import Guard, Quantity
from tender.words import words

HIDDEN = "..."
"""What stands for a hidden cell where a symbol is needed: the one that Statistics Finland's PX files use."""


def say(term: str, language: Language, **values: object) -> str:
    """The phrase `term` with its blanks filled, whole numbers as the language writes them."""
    shown = {name: number_text(one, language) if isinstance(one, int) else one for name, one in values.items()}
    return words(language).term(term).format_map(shown)


def labels(axis: Axis, language: Language) -> tuple[str, ...]:
    """The labels of the categories; those that are alike carry their code as well."""
    plain = [category.label.best(language) for category in axis.categories]
    return apart(plain, [category.code for category in axis.categories])


def axis_labels(table: AnnexTable, language: Language) -> tuple[str, ...]:
    """The labels of the axes; those that are alike carry their id as well."""
    return apart([axis.label.best(language) for axis in table.axes], [axis.id for axis in table.axes])


def period(annex: Annex, language: Language) -> str:
    """The day of stocks and the period of flows."""
    first, last = date_text(annex.flow_from, language), date_text(annex.reference_day, language)
    return say("annex.format.period", language, day=last, first=first, last=last)


def rules(annex: Annex, language: Language) -> Iterator[str]:
    """By which rules the tables were protected, a sentence or two at a time."""
    protected = annex.protected
    if protected.guard is Guard.SUPPRESS:
        yield say("annex.method.suppress", language, threshold=protected.threshold)
    else:
        base = protected.base
        yield say("annex.method.round", language, base=base, less=max(base - 1, 1))
    if any(table.quantity is Quantity.HOURS for table in annex.tables):
        yield say("annex.method.hours", language, share=protected.share_limit)


def results(annex: Annex, language: Language) -> Iterator[str]:
    """What the protection cost, and what is proven of it."""
    protected = annex.protected
    hidden, cells = hidden_cells(annex)
    if protected.guard is Guard.ROUND:
        yield say("annex.method.changes", language, largest=protected.largest_change, total=protected.total_change)
    yield say("annex.method.hidden" if hidden else "annex.method.none-hidden", language, hidden=hidden, cells=cells)
    if protected.commitment:
        yield say("annex.method.seed", language, hash=protected.commitment)
    gap = number_text(Decimal(protected.gap) / 10, language)
    yield say("annex.method.proven" if protected.proven else "annex.method.unproven", language, gap=gap)


def hidden_cells(annex: Annex) -> tuple[int, int]:
    """How many cells are hidden, and how many there are."""
    statuses = [cell.status for table in annex.tables for cell in table.cells]
    return statuses.count(CellStatus.HIDDEN), len(statuses)


def apart(plain: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """Labels that differ, capitals apart, as headings of a spreadsheet table must."""
    often = Counter(label.casefold() for label in plain)
    coded = [
        label if often[label.casefold()] == 1 else f"{label} ({code})" for label, code in zip(plain, codes, strict=True)
    ]
    if len({label.casefold() for label in coded}) == len(coded):
        return tuple(coded)
    return tuple(f"{label} [{at}]" for at, label in enumerate(plain, start=1))
