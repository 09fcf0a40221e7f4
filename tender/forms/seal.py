"""Whether a form that came back is the form that was issued: stamp, sheets, names, labels and locked texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tender.errors import Finding, Place, Severity
from tender.forms.bid_sheet import BidSheet
from tender.forms.paper import Placed
from tender.forms.stamp import SHEET, Stamp
from tender.guards import excerpt
from tender.sheets.cells import Book, CellKind, Found
from tender.sheets.references import Target, position, reference

_IDENTITY = (
    ("tender", "bid-form.other-tender"),
    ("version", "bid-form.other-version"),
    ("draft", "bid-form.draft"),
    ("award_hash", "bid-form.other-award-method"),
    ("payment_hash", "bid-form.other-payment-method"),
)
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Located:
    """A field of the issued form, found in the workbook that came back.

    Attributes:
        placed: The field as it was issued.
        target: Where its cell is now.
    """

    placed: Placed
    target: Target


def identity_findings(stamp: Stamp, issued: Stamp, file: str) -> Iterator[Finding]:
    """Another tender, another version, a draft, other methods, other fields: none of them is this form."""
    different = False
    for key, rule in _IDENTITY:
        if stamp.get(key) != issued[key]:
            different = True
            values = {"found": excerpt(str(stamp.get(key)), _SHOWN), "expected": excerpt(str(issued[key]), _SHOWN)}
            yield Finding(rule, Severity.BLOCK, key, values, place=Place(file, sheet=SHEET, cell="B2"))
    if not different and stamp != issued:
        yield Finding("bid-form.stamp-changed", Severity.BLOCK, place=Place(file, sheet=SHEET))


def sheet_findings(book: Book, expected: tuple[str, ...], file: str) -> Iterator[Finding]:
    """Missing or renamed sheets, and sheets that nobody reads."""
    for sheet in expected:
        if sheet not in book.sheets:
            yield Finding(
                "bid-form.sheet-missing", Severity.BLOCK, values={"sheet": sheet}, place=Place(file, sheet=sheet)
            )
    for sheet in book.sheets:
        if sheet not in expected:
            shown = excerpt(sheet)
            yield Finding(
                "bid-form.extra-sheet", Severity.WARN, values={"sheet": shown}, place=Place(file, sheet=shown)
            )


def locate(book: Book, issued: BidSheet, file: str) -> tuple[tuple[Located, ...], tuple[Finding, ...]]:
    """The fields whose names and labels are as issued, and findings about the others."""
    findings: list[Finding] = []
    named: list[Located] = []
    for placed in issued.placed:
        target = book.names.get(placed.field.name.casefold())
        if target is None or target.sheet not in book.sheets:
            values = {"label": placed.field.label, "name": placed.field.name}
            place = Place(file, sheet=placed.target.sheet, cell=placed.target.ref)
            findings.append(Finding("bid-form.name-missing", Severity.BLOCK, placed.field.id, values, place=place))
        else:
            named.append(Located(placed, target))
    wanted = {target for located in named for target, _ in _labels(located)}
    found = book.cells(wanted)
    changed = {located: tuple(_label_findings(located, found, file)) for located in named}
    findings += [finding for some in changed.values() for finding in some]
    return tuple(located for located, some in changed.items() if not some), tuple(findings)


def text_findings(book: Book, issued: BidSheet, file: str) -> Iterator[Finding]:
    """Locked texts that differ from the issued form: a changed requirement or unit must not go unseen."""
    labels = {target for placed in issued.placed for target, _ in placed.labels}
    texts = {
        Target(issued.sheet.title, cell.ref): cell.value
        for cell in issued.sheet.cells
        if isinstance(cell.value, str) and cell.style.locked
    }
    if issued.sheet.title not in book.sheets:
        return
    found = book.cells(texts.keys() - labels)
    for target in sorted(found, key=lambda target: position(target.ref)[::-1]):
        if not _same(found[target], texts[target]):
            values = {"found": excerpt(found[target].text), "expected": excerpt(texts[target])}
            place = Place(file, sheet=target.sheet, cell=target.ref)
            yield Finding("bid-form.text-changed", Severity.WARN, values=values, place=place)


def _labels(located: Located) -> Iterator[tuple[Target, str]]:
    """The label cells, as far from the input's cell as they were issued."""
    column, row = position(located.target.ref)
    issued_column, issued_row = position(located.placed.target.ref)
    for label, words in located.placed.labels:
        label_column, label_row = position(label.ref)
        there = (label_column + column - issued_column, label_row + row - issued_row)
        if min(there) > 0:
            yield Target(located.target.sheet, reference(*there)), words


def _label_findings(located: Located, found: dict[Target, Found], file: str) -> Iterator[Finding]:
    labels = tuple(_labels(located))
    field = located.placed.field
    if len(labels) < len(located.placed.labels):
        place = Place(file, sheet=located.target.sheet, cell=located.target.ref)
        values = {"label": field.label, "name": field.name}
        yield Finding("bid-form.name-missing", Severity.BLOCK, field.id, values, place=place)
    for target, words in labels:
        if not _same(found[target], words):
            values = {"found": excerpt(found[target].text), "expected": excerpt(words)}
            place = Place(file, sheet=target.sheet, cell=target.ref)
            yield Finding("bid-form.label-changed", Severity.BLOCK, field.id, values, place=place)


def _same(found: Found, words: str) -> bool:
    """Whether a cell says `words`, however its spaces and line breaks were saved."""
    return found.kind is CellKind.TEXT and found.text.split() == words.split()
