"""Three ways to answer with one result: the same reply through a file, a form and an import is the same `Reply`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from market_dialogue.answer_form import read_answer_form, write_answer_form
from market_dialogue.answer_form.fields import cell_name
from market_dialogue.imports.foreign import Targets, answer_of
from market_dialogue.imports.limesurvey import read_responses
from market_dialogue.intake import read_answer
from market_dialogue.pages.replies import judged
from tender.guards import open_workbook
from tender.language import Language
from tender.model.answers import Mark, Reply
from tender.model.questions import QuestionKind
from tender.sheets import fill_cells, read_book
from tests.market_dialogue.exports import lime_csv
from tests.sample import DIALOGUE, HELSINKI, sample_tender

NOW = datetime(2018, 10, 10, 10, tzinfo=HELSINKI)
ASKED = replace(DIALOGUE, questions=(replace(DIALOGUE.questions[0], kind=QuestionKind.OPEN),))
TENDER = replace(sample_tender(), dialogue=ASKED)
TARGETS = Targets({"org": "respondent", "text": "q8.text", "cap": "q8.number"})


def by_file(text: str, number: str) -> tuple[Reply | None, list[str]]:
    """Through an answer file."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    quoted = "".join(one if one.isprintable() else f"\\u{ord(one):04X}" for one in quoted)
    shown = f"number = {number}\n" if number else ""
    head = 'id = "a"\nrespondent = "A"\nreceived_at = 2018-10-10T10:00:00\n'
    table = tomllib.loads(f'{head}[replies.q8]\ntext = "{quoted}"\n{shown}', parse_float=Decimal)
    answer, findings = read_answer(table, "a.toml", ASKED)
    return answer.replies.get("q8") if answer else None, [one.rule for one in findings if one.blocks]


def by_form(text: str, number: str) -> tuple[Reply | None, list[str]]:
    """Through the answer form."""
    form = write_answer_form(TENDER, Language.FI)
    names = read_book(open_workbook(form, "a.xlsx")).names
    typed = {"answer_respondent": "A", cell_name(0, "text"): text, cell_name(0, "number"): number or None}
    cells = {(at.sheet, at.ref): typed[name] for name in typed if (at := names[name]) is not None}
    reading = read_answer_form(fill_cells(form, cells), "a.xlsx", TENDER, "a", NOW)
    rules = [one.rule for one in reading.findings if one.blocks]
    return reading.answer.replies.get("q8") if reading.answer else None, rules


def by_import(text: str, number: str) -> tuple[Reply | None, list[str]]:
    """Through an export of LimeSurvey."""
    data = lime_csv(["submitdate", "org", "text", "cap"], [["2018-10-10 10:00:00", "A", text, number]])
    (foreign,), _ = read_responses(data, "a.csv")
    answer, findings = answer_of(foreign, "a.csv", ASKED, TARGETS, NOW)
    return answer.replies.get("q8") if answer else None, [one.rule for one in findings if one.blocks]


def by_page(text: str, number: str) -> tuple[Reply | None, list[str]]:
    """Through a web page."""
    fields = {"text": (text.replace("\n", "\r\n"),), "number": (number,)}
    reply, findings = judged(ASKED.questions[0], fields)
    return reply, [one.rule for one in findings if one.blocks]


@pytest.mark.parametrize(
    ("text", "number", "expected", "rule"),
    [
        ("Katto on hyvä.", "", Reply("Katto on hyvä."), ""),
        ("Rivi\ntoinen rivi", "500", Reply("Rivi\ntoinen rivi", Decimal(500)), ""),
        ("Hinta [[42 e|kate]].", "", Reply("Hinta 42 e.", marks=(Mark(6, 10, "kate"),)), ""),
        ("=1+1 ja <b>", "", Reply("=1+1 ja <b>"), ""),
        ("Katto", "0", None, "dialogue.number-outside"),
        ("Katto", "1.5", None, "dialogue.number-outside"),
        ("Hinta [[42 e", "", None, "dialogue.mark-open"),
        ("Hinta [[42 e]]", "", None, "dialogue.mark-reason"),
    ],
)
def test_one_answer_has_one_result(text: str, number: str, expected: Reply | None, rule: str) -> None:
    """The same reply, or the same rule against it."""
    results = [way(text, number) for way in (by_file, by_form, by_import, by_page)]
    assert results == [(expected, [rule] if rule else [])] * 4


@pytest.mark.parametrize("way", [by_file, by_import, by_page])
@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("Rivi\x0btoinen\x0csivu", Reply("Rivi\ntoinen\nsivu"), ""),
        ("Kat\x07to", None, "dialogue.unfit-character"),
        ("Kat\x1bto", None, "dialogue.unfit-character"),
        ("Kat\ufffeto", None, "dialogue.unfit-character"),
    ],
)
def test_odd_characters_have_one_result(
    way: Callable[[str, str], tuple[Reply | None, list[str]]], text: str, expected: Reply | None, rule: str
) -> None:
    """A break of a text editor is a line's end; what nobody sees and no document carries is told. XLSX has neither."""
    assert way(text, "") == (expected, [rule] if rule else [])
