"""Reading a score sheet that came back: cells by their names; nothing that the workbook says of itself is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.award.panel.board import Board
from evaluation.score_sheet.fields import SIGNED, SheetStamp, cell_name, read_stamp, skip_words, stamp_of
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import MIB, Limits, excerpt, open_workbook
from tender.model.panel import Evaluator, IndividualScore, MarkKind, Way
from tender.sheets.cells import Book, CellKind, Found, read_book
from tender.sheets.references import Target

_LIMITS = Limits(file_bytes=5 * MIB, unpacked_bytes=12 * MIB, entries=200)
_MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What came of reading a sheet.

    Attributes:
        scores: What the evaluator gave; rows that were left blank are missing, not zero. Empty when something blocks.
        signed: Whether the evaluator signed by typing the own name.
        findings: What is wrong, each with its cell.
    """

    scores: tuple[IndividualScore, ...]
    signed: bool
    findings: tuple[Finding, ...]


def read_score_sheet(data: bytes, file: str, board: Board, evaluator: Evaluator) -> SheetReading:
    """What `evaluator` gave in the workbook `data`.

    Args:
        data: The file as it came.
        file: Its name, for findings.
        board: Where the panel stands; which rows there are is its word.
        evaluator: Whose sheet it must be.
    """
    try:
        book = read_book(open_workbook(data, file, _LIMITS))
        stamp = read_stamp(book)
        if stamp is None or len(stamp.cells) > _MOST_ROWS:
            return _refused(Finding("score-sheet.not-a-sheet", Severity.BLOCK, place=Place(file)))
        other = _other(stamp, stamp_of(board, evaluator), file)
        return _refused(other) if other else _read(book, stamp, file, evaluator)
    except InputError as error:
        return _refused(Finding(error.message, Severity.BLOCK, values=error.values, place=error.place or Place(file)))


def _refused(finding: Finding) -> SheetReading:
    return SheetReading((), signed=False, findings=(finding,))


def _other(stamp: SheetStamp, expected: SheetStamp, file: str) -> Finding | None:
    """Another tender's, another evaluator's, or another method's sheet; rows that came or went are no fault."""
    for key in ("tender", "evaluator", "award_hash"):
        found, wanted = getattr(stamp, key), getattr(expected, key)
        if found != wanted:
            values = {"found": excerpt(found)[:16], "expected": wanted[:16]}
            return Finding(f"score-sheet.other-{key.partition('_')[0]}", Severity.BLOCK, key, values, place=Place(file))
    return None


def _read(book: Book, stamp: SheetStamp, file: str, evaluator: Evaluator) -> SheetReading:
    sheet = _Sheet(book, file)
    scores = tuple(sheet.scores(stamp, evaluator))
    signed = sheet.signed(evaluator)
    findings = tuple(sheet.findings)
    return SheetReading(() if findings else scores, signed and not findings, findings)


class _Sheet:
    """A sheet while it is being read: its named cells, and what is wrong with them."""

    def __init__(self, book: Book, file: str) -> None:
        self.findings: list[Finding] = []
        self._names = {name: target for name, target in book.names.items() if target is not None}
        self._cells = book.cells({target for name, target in self._names.items() if name.startswith("score_")})
        self._file = file

    def scores(self, stamp: SheetStamp, evaluator: Evaluator) -> Iterator[IndividualScore]:
        """What each row gives; of a row with an unfit cell nothing more is said, least of all that it is blank."""
        for number, (bidder, criterion) in enumerate(stamp.cells):
            faults = len(self.findings)
            kind, level = self._level(cell_name(number, "level"))
            reason = self._text(cell_name(number, "reason"))
            if len(self.findings) > faults:
                continue
            if kind is None:
                if reason:
                    self._fault("score-sheet.level-blank", cell_name(number, "level"))
            elif not reason:
                self._fault("score-sheet.reason-blank", cell_name(number, "reason"))
            else:
                yield IndividualScore(evaluator.id, bidder, criterion, kind, level, reason, Way.SHEET)

    def signed(self, evaluator: Evaluator) -> bool:
        """Whether the own name is typed; another name is told."""
        typed = " ".join(self._text(SIGNED).split())
        if typed and typed.casefold() != " ".join(evaluator.name.split()).casefold():
            self._fault("score-sheet.signed-by-other", SIGNED, found=excerpt(typed))
        return bool(typed)

    def _level(self, name: str) -> tuple[MarkKind | None, int | None]:
        found = self._found(name)
        number = found.number
        if number is not None and number == number.to_integral_value():
            return MarkKind.LEVEL, int(number)
        text = found.text.strip() if found.kind is CellKind.TEXT else ""
        if text.casefold() in skip_words():
            return MarkKind.SKIPPED, None
        if text.isascii() and text.isdigit() and len(text) < 4:  # noqa: PLR2004 - no scale has a thousand levels
            return MarkKind.LEVEL, int(text)
        if found.kind is not CellKind.BLANK:
            self._fault("score-sheet.level-unfit", name, found=excerpt(found.text))
        return None, None

    def _text(self, name: str) -> str:
        found = self._found(name)
        if found.kind in {CellKind.BLANK, CellKind.TEXT, CellKind.NUMBER}:
            return found.text.strip()
        self._fault("score-sheet.cell-kind", name, found=excerpt(found.text))
        return ""

    def _found(self, name: str) -> Found:
        target: Target | None = self._names.get(name)
        if target is None:
            self._fault("score-sheet.cell-missing", name)
            return Found(CellKind.BLANK)
        return self._cells[target]

    def _fault(self, rule: str, name: str, **values: str) -> None:
        target = self._names.get(name)
        place = Place(self._file, sheet=excerpt(target.sheet), cell=target.ref) if target else Place(self._file)
        self.findings.append(Finding(rule, Severity.BLOCK, name, {"cell": name, **values}, place=place))
