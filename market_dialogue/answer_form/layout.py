"""How the answer form is laid out: a guide, and one block for each question with context, wording and answer cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from market_dialogue.answer_form.fields import (
    ABOUT,
    TABLE_ROWS,
    about_name,
    cell_name,
    stamp_of,
    stamp_sheet,
)
from market_dialogue.drafts import dialogue_of
from market_dialogue.intake.fitting import MOST_CHARACTERS
from tender.forms import looks
from tender.forms.fields import Phrases
from tender.language import Language, moment_text
from tender.model.questions import AskedNumber, Dialogue, Question, QuestionKind
from tender.model.tender import Tender
from tender.sheets import write_workbook
from tender.sheets.book import Align, Cell, Limit, Print, Sheet, Style, Validation, Workbook
from tender.sheets.grid import Grid

_TAGS = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}
_WIDTHS = {"A": 22.0, "B": 84.0, "C": 38.0, "D": 38.0}
_COLUMNS = tuple(_WIDTHS)
_GUIDE_WIDTHS = {"A": 26.0, "B": 96.0}
_ANSWER_POINTS = 96.0
_ROW_POINTS = 22.0
_MOST_IN_CELL = min(MOST_CHARACTERS, 32_000)
_WORDS = replace(looks.INPUT, middle=False, number_format="@")
_NUMBER = replace(looks.INPUT, align=Align.LEFT)
_WORDING = Style(size=11, bold=True, rule=looks.RULE)
_NOTICE = replace(looks.BANNER, size=10, wrap=True)


def write_answer_form(tender: Tender, language: Language) -> bytes:
    """The answer form of `tender` in `language` as XLSX; the same tender gives the same bytes.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    dialogue, phrases = dialogue_of(tender), Phrases(language)
    title = f"{phrases.say('answer-form.title')}: {phrases.best(tender.title)}"
    sheets = (
        _guide(tender, dialogue, phrases),
        _answers(tender, dialogue, phrases),
        stamp_sheet(stamp_of(tender, dialogue, language)),
    )
    return write_workbook(Workbook(title, tender.id, _TAGS[language], dialogue.draft_date, sheets))


def _page(tender: Tender, dialogue: Dialogue, phrases: Phrases) -> Print:
    """The notice that drafts do not bind stands on every printed page (A2)."""
    digest = stamp_of(tender, dialogue, phrases.language).question_set
    facts = phrases.say("answer-form.facts", tender=tender.id, set=digest[:16])
    return Print(
        landscape=True, header=phrases.best(dialogue.draft_notice), footer=(phrases.say("answer-form.title"), facts)
    )


def _guide(tender: Tender, dialogue: Dialogue, phrases: Phrases) -> Sheet:
    grid = Grid(_GUIDE_WIDTHS)
    grid.next(32)
    grid.put("A", phrases.say("answer-form.title"), looks.TITLE)
    _notice(grid, dialogue, phrases, ("A", "B"), "B")
    for term, said in _facts(tender, dialogue, phrases):
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say(f"answer-form.guide.{term}"), looks.BODY_LABEL)
        grid.put("B", said, looks.BODY)
    page = _page(tender, dialogue, phrases)
    return Sheet(
        phrases.say("answer-form.sheet.guide"), tuple(grid.cells), grid.widths, grid.heights, page, tab=looks.SUCCESS
    )


def _facts(tender: Tender, dialogue: Dialogue, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield "what", phrases.best(tender.title)
    yield "buyer", phrases.best(tender.buyer.name)
    yield "closes", moment_text(dialogue.closes, phrases.language)
    yield "reply-to", dialogue.reply_to
    yield "fill", phrases.say("answer-form.guide.fill.text")
    yield "blank", phrases.say("answer-form.guide.blank.text")
    yield "number", phrases.say("answer-form.guide.number.text")
    yield "secret", phrases.say("answer-form.guide.secret.text")
    yield "publicity", phrases.best(dialogue.publicity)
    yield "set", stamp_of(tender, dialogue, phrases.language).question_set


def _notice(grid: Grid, dialogue: Dialogue, phrases: Phrases, columns: tuple[str, ...], widest: str) -> None:
    """The notice on top, in the column that is wide enough for it, on one band of colour."""
    grid.next(30)
    for column in columns:
        grid.put(column, phrases.best(dialogue.draft_notice) if column == widest else None, _NOTICE)


def _answers(tender: Tender, dialogue: Dialogue, phrases: Phrases) -> Sheet:
    grid = Grid(_WIDTHS | dict.fromkeys(_letters(dialogue)[len(_COLUMNS) - 1 :], 24.0))
    grid.next(30)
    grid.put("A", phrases.say("answer-form.title"), looks.TITLE)
    grid.next()
    grid.put("A", phrases.best(tender.title), looks.SUBTITLE)
    _notice(grid, dialogue, phrases, _COLUMNS, "B")
    grid.next(10)
    grid.band(_COLUMNS, phrases.say("answer-form.about"), looks.SECTION, 22)
    for part in ABOUT:
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say(f"answer-form.{part}"), looks.BODY_LABEL)
        grid.add(_text_cell(f"B{grid.row}", about_name(part), phrases, 200))
    pages = []
    for number, question in enumerate(dialogue.questions):
        grid.next(12)
        pages.append(grid.row + 1)
        _block(grid, number, question, phrases)
    page = replace(_page(tender, dialogue, phrases), new_pages=tuple(pages[1:]))
    return Sheet(
        phrases.say("answer-form.sheet.answers"), tuple(grid.cells), grid.widths, grid.heights, page, tab=looks.BRAND
    )


def _letters(dialogue: Dialogue) -> tuple[str, ...]:
    """Columns that the widest table takes, from the second on."""
    most = max((len(question.columns) for question in dialogue.questions), default=0)
    return tuple("BCDEFGHIJKLMNOPQRSTUVWXYZ"[:most])


def _block(grid: Grid, number: int, question: Question, phrases: Phrases) -> None:
    """One question: what it rests on, its words, and the cells for its answer."""
    title = phrases.say("answer-form.question", number=question.number)
    grid.band(_COLUMNS, f"{title} · {phrases.best(question.model)}", looks.SECTION, 22)
    for term, words, style in (
        ("context", question.context, replace(looks.BODY, colour=looks.MUTED)),
        ("wording", question.wording, _WORDING),
        ("purpose", question.purpose, replace(looks.BODY, colour=looks.MUTED)),
    ):
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say(f"answer-form.{term}"), looks.BODY_LABEL)
        grid.put("B", phrases.best(words), style)
    grid.next(_ROW_POINTS)
    for column, term in zip(_COLUMNS, ("answer", "", "secret", "reason"), strict=True):
        grid.put(column, phrases.say(f"answer-form.{term}") if term else None, looks.HEADING)
    grid.next(_ANSWER_POINTS)
    grid.put("A", phrases.say("answer-form.words"), looks.BODY_LABEL)
    for column, part in (("B", "text"), ("C", "secret"), ("D", "reason")):
        grid.add(_text_cell(f"{column}{grid.row}", cell_name(number, part), phrases, _MOST_IN_CELL))
    _numbers(grid, number, question, phrases)
    _choices(grid, number, question, phrases)
    _table(grid, number, question, phrases)
    if question.invites_attachment:
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say("answer-form.file"), looks.BODY_LABEL)
        grid.add(_text_cell(f"B{grid.row}", cell_name(number, "file"), phrases, 200))


def _text_cell(ref: str, name: str, phrases: Phrases, most: int) -> Cell:
    words = phrases.say("answer-form.length", most=most)
    return Cell(ref, None, _WORDS, name, Validation(Limit.LENGTH, "0", str(most), "", "", words))


def _numbers(grid: Grid, number: int, question: Question, phrases: Phrases) -> None:
    measure = question.measure
    if measure is None:
        return
    for part in ("low", "high") if question.kind is QuestionKind.RANGE else ("number",):
        grid.next(_ROW_POINTS)
        grid.put("A", phrases.say(f"answer-form.{part}", unit=phrases.best(measure.unit)), looks.BODY_LABEL)
        validation = _number_validation(measure, phrases)
        grid.add(Cell(f"B{grid.row}", None, _NUMBER, cell_name(number, part), validation))


def _number_validation(measure: AskedNumber, phrases: Phrases) -> Validation:
    """Between the limits; where there is none, as far as a spreadsheet shows every digit."""
    least = "-999999999999" if measure.least is None else f"{measure.least:f}"
    most = "999999999999" if measure.most is None else f"{measure.most:f}"
    words = phrases.say("answer-form.number.prompt", unit=phrases.best(measure.unit))
    limit = Limit.DECIMAL if measure.decimals else Limit.WHOLE
    return Validation(limit, least, most, phrases.best(measure.unit)[:32], words, words)


def _choices(grid: Grid, number: int, question: Question, phrases: Phrases) -> None:
    """A row for each choice; an x takes it."""
    words = phrases.say("answer-form.choice.prompt")
    for at, choice in enumerate(question.choices):
        grid.next(_ROW_POINTS)
        grid.put("B", phrases.best(choice.label), looks.BODY)
        validation = Validation(Limit.LIST, '"x"', "", "x", words, words)
        grid.add(Cell(f"A{grid.row}", None, _WORDS, cell_name(number, f"choice_{at}"), validation))


def _table(grid: Grid, number: int, question: Question, phrases: Phrases) -> None:
    if question.kind is not QuestionKind.TABLE:
        return
    letters = "BCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(question.columns)]
    grid.next(_ROW_POINTS)
    for letter, column in zip(letters, question.columns, strict=True):
        grid.put(letter, phrases.best(column), looks.HEADING)
    for row in range(TABLE_ROWS):
        grid.next(_ROW_POINTS)
        for at, letter in enumerate(letters):
            grid.add(_text_cell(f"{letter}{grid.row}", cell_name(number, f"row_{row}_{at}"), phrases, 1000))
