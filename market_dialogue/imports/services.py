"""Answers from Webropol's REST interface and from Lausuntopalvelu's OData, both JSON.

Webropol: ``SurveyAnswers[]`` with ``RespondentId``, ``ResponseDate`` and ``RespondentAnswers[]`` of ``QuestionId``,
``Question`` and ``Answer``. Lausuntopalvelu: participants with answers of ``QuestionID`` and ``TextAnswer``, nested in
the participants or beside them with a ``ParticipantID``; lists may stand in ``value``, ``d`` or ``results``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from market_dialogue.imports.foreign import MOST_ROWS, Foreign
from market_dialogue.imports.json_file import moment_in, read_json, text_in
from tender.errors import InputError, Place

_NAMES = ("OrganizationName", "OrganisationName", "Organization", "Name", "DisplayName")
_TEXTS = ("TextAnswer", "AttachedTextAnswer", "Answer")
RESPONDENT = "respondent"
"""Column in which the name of an answer's participant stands."""


def read_webropol(data: bytes, file: str) -> tuple[Foreign, ...]:
    """The answers in `data`; a question's column is its id.

    Raises:
        InputError: It is no JSON, or not of this form.
    """
    value = read_json(data, file)
    answers = value.get("SurveyAnswers") if isinstance(value, dict) else None
    if not isinstance(answers, list) or len(answers) > MOST_ROWS:
        raise InputError("dialogue.not-webropol", place=Place(file))
    return tuple(_webropol(number, answer, file) for number, answer in enumerate(answers, start=1))


def _webropol(number: int, answer: object, file: str) -> Foreign:
    rows = answer.get("RespondentAnswers") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("dialogue.not-webropol", place=Place(file, line=number))
    cells: dict[str, str] = {}
    for row in rows:
        _add(cells, text_in(row.get("QuestionId")), text_in(row.get("Answer")))
        _add(cells, f"{text_in(row.get('QuestionId'))}.file", text_in(row.get("AnswerFile")))
    return Foreign(number, cells, moment_in(text_in(answer.get("ResponseDate"))))


def read_lausuntopalvelu(data: bytes, file: str) -> tuple[Foreign, ...]:
    """The statements in `data`; a question's column is its id, the participant's name stands in ``respondent``.

    Raises:
        InputError: It is no JSON, or has no answers of this form.
    """
    found: dict[str, dict[str, Any]] = {}
    for keeper, answer in _answers(read_json(data, file), {}):
        participant = text_in(answer.get("ParticipantID") or keeper.get("ParticipantID") or keeper.get("ID"))
        kept = found.setdefault(participant or f"#{id(keeper)}", {"keeper": {}, "answers": []})
        kept["keeper"] = kept["keeper"] or keeper
        kept["answers"].append(answer)
    if not found or len(found) > MOST_ROWS:
        raise InputError("dialogue.not-lausuntopalvelu", place=Place(file))
    people = _participants(read_json(data, file))
    return tuple(
        _statement(number, kept["answers"], {**people.get(key, {}), **kept["keeper"]})
        for number, (key, kept) in enumerate(found.items(), start=1)
    )


def _answers(value: object, keeper: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every answer with the object that holds it and has a name or an id."""
    if isinstance(value, list):
        for one in value:
            yield from _answers(one, keeper)
    elif isinstance(value, dict):
        if "QuestionID" in value and any(name in value for name in _TEXTS):
            yield keeper, value
            return
        named = value if any(name in value for name in (*_NAMES, "ParticipantID")) else keeper
        for one in value.values():
            yield from _answers(one, named)


def _participants(value: object) -> dict[str, Mapping[str, Any]]:
    """Participants by id, wherever they stand."""
    found: dict[str, Mapping[str, Any]] = {}
    if isinstance(value, list):
        for one in value:
            found |= _participants(one)
    elif isinstance(value, dict):
        key = text_in(value.get("ParticipantID") or value.get("ID"))
        if key and any(name in value for name in _NAMES):
            found[key] = value
        for one in value.values():
            found |= _participants(one)
    return found


def _statement(number: int, answers: list[Mapping[str, Any]], who: Mapping[str, Any]) -> Foreign:
    cells = {RESPONDENT: next((text_in(who[name]) for name in _NAMES if text_in(who.get(name))), "")}
    for answer in answers:
        for name in _TEXTS:
            _add(cells, text_in(answer["QuestionID"]), text_in(answer.get(name)))
    dates = (text_in(who.get(name)) for name in ("SubmittedDate", "SubmitDate", "Created", "Modified"))
    return Foreign(number, cells, next(filter(None, map(moment_in, dates)), None))


def _add(cells: dict[str, str], column: str, text: str) -> None:
    """Add `text` to its column; several answers to one question are lines of one reply."""
    if text.strip():
        cells[column] = f"{cells[column]}\n{text}" if column in cells else text
