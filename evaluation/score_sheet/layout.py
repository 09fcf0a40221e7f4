"""How a score sheet is laid out: a guide, then a block for each criterion with its scale and a row for each bidder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from evaluation.award.panel.board import Board
from evaluation.award.panel.rules import MOST_TEXT
from evaluation.score_sheet.fields import SIGNED, cell_name, stamp_of, stamp_sheet
from tender.forms import looks
from tender.forms.fields import Phrases
from tender.guards import as_text
from tender.language import Language
from tender.model.criteria import Criterion
from tender.model.panel import Evaluator, IndividualScore
from tender.sheets import write_workbook
from tender.sheets.book import Align, Cell, Limit, Print, Sheet, Style, Validation, Value, Workbook
from tender.sheets.grid import Grid

_TAGS = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}
_WIDTHS = {"A": 38.0, "B": 14.0, "C": 92.0}
_COLUMNS = tuple(_WIDTHS)
_REASON_POINTS = 48.0
_ROW_POINTS = 20.0
_TEXT = replace(looks.INPUT, middle=False, number_format="@")
_LEVEL = replace(looks.INPUT, align=Align.CENTER)
_MEANING = Style(colour=looks.MUTED, rule=looks.RULE)
_VALUE = Style(bold=True, colour=looks.BRAND, rule=looks.RULE, align=Align.CENTER)


def write_score_sheet(
    board: Board, evaluator: Evaluator, names: Mapping[str, str], language: Language, today: date
) -> bytes:
    """The score sheet of `evaluator` as XLSX, filled with what the evaluator has given so far.

    Args:
        board: Where the panel stands.
        evaluator: For whom; nobody else's levels are in it.
        names: Name of each bidder by id.
        language: Its language.
        today: The day on which it is made, for the file's properties.
    """
    phrases = Phrases(language)
    title = f"{phrases.say('score-sheet.title')}: {phrases.best(board.tender.title)}"
    sheets = (_judging(board, evaluator, names, phrases), stamp_sheet(stamp_of(board, evaluator)))
    return write_workbook(Workbook(title, board.tender.id, _TAGS[language], today, sheets))


def _judging(board: Board, evaluator: Evaluator, names: Mapping[str, str], phrases: Phrases) -> Sheet:
    grid = Grid(_WIDTHS)
    _head(grid, board, evaluator, phrases)
    numbers = {cell: number for number, cell in enumerate(board.owed(evaluator))}
    given = {score.cell: score for score in board.panel.scores_of(evaluator.id)}
    pages = []
    for criterion in board.criteria:
        if evaluator.judges(criterion.id):
            grid.next(12)
            pages.append(grid.row + 1)
            _block(grid, criterion, phrases)
            for bidder in board.bidders:
                cell = (bidder, criterion.id)
                _row(grid, numbers[cell], names.get(bidder, bidder), given.get(cell), criterion, phrases)
    _signature(grid, evaluator, phrases)
    footer = (phrases.say("score-sheet.title"), f"{board.tender.id} · {evaluator.id}")
    page = Print(landscape=True, header=phrases.say("score-sheet.confidential"), footer=footer,
                 new_pages=tuple(pages[1:]))  # fmt: skip
    return Sheet(phrases.say("score-sheet.sheet"), tuple(grid.cells), grid.widths, grid.heights, page, tab=looks.BRAND)


def _head(grid: Grid, board: Board, evaluator: Evaluator, phrases: Phrases) -> None:
    grid.next(30)
    grid.put("A", phrases.say("score-sheet.title"), looks.TITLE)
    grid.next()
    grid.put("A", phrases.best(board.tender.title), looks.SUBTITLE)
    grid.next(8)
    for term, said in (
        ("evaluator", as_text(evaluator.name)),
        ("alone", phrases.say("score-sheet.alone.text")),
        ("fill", phrases.say("score-sheet.fill.text")),
        ("skip-how", phrases.say("score-sheet.skip-how.text", skip=phrases.say("score-sheet.skip"))),
    ):
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say(f"score-sheet.{term}"), looks.BODY_LABEL)
        grid.put("B", None, looks.BODY)
        grid.put("C", said, looks.BODY)


def _block(grid: Grid, criterion: Criterion, phrases: Phrases) -> None:
    """The criterion, what it judges, and its announced scale."""
    weight = phrases.say("score-sheet.weight", weight=phrases.number(criterion.weight))
    grid.band(_COLUMNS, f"{phrases.best(criterion.name)} · {weight}", looks.SECTION, 22)
    for words in (criterion.description, criterion.evidence):
        if phrases.best(words):
            grid.next(_ROW_POINTS)
            grid.put("A", None, looks.BODY)
            grid.put("B", None, looks.BODY)
            grid.put("C", phrases.best(words), replace(looks.BODY, colour=looks.MUTED))
    for step in criterion.scale:
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say("score-sheet.level-share", share=phrases.number(step.share)), _MEANING)
        grid.put("B", step.value, _VALUE)
        grid.put("C", phrases.best(step.description), _MEANING)
    grid.next(_ROW_POINTS)
    for column, term in zip(_COLUMNS, ("bidder", "level", "reason"), strict=True):
        grid.put(column, phrases.say(f"score-sheet.{term}"), looks.HEADING)


def _row(
    grid: Grid, number: int, name: str, given: IndividualScore | None, criterion: Criterion, phrases: Phrases
) -> None:
    grid.next(_REASON_POINTS)
    grid.put("A", as_text(name), looks.BODY_LABEL)
    skip = phrases.say("score-sheet.skip")
    level: Value = None
    if given is not None:
        level = skip if given.level is None else given.level
    choices = ",".join([*(str(step.value) for step in criterion.scale), skip])
    asked = phrases.say("score-sheet.level.prompt", scale=choices.replace(",", ", "))
    listed = Validation(Limit.LIST, f'"{choices}"', "", phrases.say("score-sheet.level"), asked, asked)
    grid.add(Cell(f"B{grid.row}", level, _LEVEL, cell_name(number, "level"), listed))
    why = phrases.say("score-sheet.reason.prompt")
    length = Validation(Limit.LENGTH, "0", str(MOST_TEXT), phrases.say("score-sheet.reason"), why, why)
    reason = as_text(given.reason) if given is not None else None
    grid.add(Cell(f"C{grid.row}", reason, _TEXT, cell_name(number, "reason"), length))


def _signature(grid: Grid, evaluator: Evaluator, phrases: Phrases) -> None:
    grid.next(12)
    grid.band(_COLUMNS, phrases.say("score-sheet.signature"), looks.SECTION, 22)
    grid.next(_ROW_POINTS)
    grid.put("A", phrases.say("score-sheet.signed"), looks.BODY_LABEL)
    grid.put("B", None, looks.BODY)
    words = phrases.say("score-sheet.signed.prompt", name=evaluator.name)
    length = Validation(Limit.LENGTH, "0", "200", phrases.say("score-sheet.signed"), words, words)
    grid.add(Cell(f"C{grid.row}", None, _TEXT, SIGNED, length))
    grid.next(_ROW_POINTS)
    grid.put("C", words, looks.HELP)
