"""The cells of an answer form by name, and what the form says about itself on a sheet that is not shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from market_dialogue.drafts import question_set
from tender.language import Language
from tender.model.methods import Json, canonical
from tender.model.questions import Dialogue, Question, QuestionKind
from tender.model.tender import Tender
from tender.sheets.book import Cell, Sheet, Style, Visibility
from tender.sheets.cells import Book
from tender.sheets.references import Target

STAMP_SHEET = "_valinta"
FORM = "dialogue-answer"
ABOUT = ("respondent", "business_id", "contact")
"""What a respondent says of itself, each in a cell named ``answer_<name>``."""

TABLE_ROWS = 10
"""Rows of a table that the form offers."""

_CELL = Target(STAMP_SHEET, "B1")
_HIDDEN = Style(wrap=False)


@dataclass(frozen=True, slots=True)
class FormStamp:
    """What a form says about itself; it proves nothing, so it is compared with the tender.

    Attributes:
        tender: Id of the tender.
        question_set: SHA-256 of the questions that it asks.
        language: Its language.
        questions: Ids of its questions, in the order in which its cells are numbered.
    """

    tender: str
    question_set: str
    language: str
    questions: tuple[str, ...]


def stamp_of(tender: Tender, dialogue: Dialogue, language: Language) -> FormStamp:
    """The stamp of the form that is written for `dialogue` in `language`."""
    ids = tuple(question.id for question in dialogue.questions)
    return FormStamp(tender.id, question_set(dialogue), language.value, ids)


def stamp_sheet(stamp: FormStamp) -> Sheet:
    """The sheet that is not shown."""
    said: dict[str, Json] = {
        "form": FORM,
        "tender": stamp.tender,
        "question_set": stamp.question_set,
        "language": stamp.language,
        "questions": list(stamp.questions),
    }
    cells = (Cell("A1", "form", _HIDDEN), Cell(_CELL.ref, canonical(said).decode(), _HIDDEN))
    return Sheet(STAMP_SHEET, cells, visibility=Visibility.VERY_HIDDEN)


def read_stamp(book: Book) -> FormStamp | None:
    """The stamp in `book`; ``None`` when there is none or it is damaged."""
    try:
        said = json.loads(book.cells((_CELL,))[_CELL].text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("form") != FORM:
        return None
    texts = [said.get(name) for name in ("tender", "question_set", "language")]
    questions = said.get("questions")
    if not isinstance(questions, list) or not all(isinstance(one, str) for one in [*texts, *questions]):
        return None
    tender, asked, language = (str(text) for text in texts)
    return FormStamp(tender, asked, language, tuple(questions))


def about_name(part: str) -> str:
    """Name of the cell for what a respondent says of itself."""
    return f"answer_{part}"


def cell_name(number: int, part: str) -> str:
    """Name of the cell for `part` of the reply to the question at place `number` of the stamp, from 0."""
    return f"answer_{number}_{part}"


def parts_of(question: Question) -> tuple[str, ...]:
    """Parts of a reply that the form has cells for."""
    numbers: tuple[str, ...] = ()
    if question.measure is not None:
        numbers = ("low", "high") if question.kind is QuestionKind.RANGE else ("number",)
    choices = tuple(f"choice_{at}" for at in range(len(question.choices)))
    table = question.kind is QuestionKind.TABLE
    rows = tuple(f"row_{row}_{at}" for row in range(TABLE_ROWS) for at in range(len(question.columns))) if table else ()
    return ("text", "secret", "reason", *numbers, *choices, *rows, *(("file",) if question.invites_attachment else ()))
