"""Does a reply fit its question: marks, numbers, choices, rows; what blocks makes no reply."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from market_dialogue.acts import read_dialogue
from market_dialogue.intake import Given, fit, read_answer
from market_dialogue.intake.fitting import MOST_ROWS, number_in
from tender.errors import Finding, Place, Severity
from tender.language import Language
from tender.model.answers import Mark, Reply
from tender.model.questions import AskedNumber, Choice, Question, QuestionKind
from tender.words import words
from tests.sample import DIALOGUE, fi

CAP = DIALOGUE.questions[0]
OPEN = replace(CAP, kind=QuestionKind.OPEN, measure=None)
RANGE = replace(CAP, kind=QuestionKind.RANGE, measure=AskedNumber(fi("%"), least=Decimal(0), most=Decimal(100)))
CHOICE = replace(OPEN, kind=QuestionKind.CHOICE, choices=(Choice("a", fi("Kyllä")), Choice("b", fi("Ei"))))
TABLE = replace(OPEN, kind=QuestionKind.TABLE, columns=(fi("Kunta"), fi("Asiakkaita")))
SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"


def fault(rule: str, severity: Severity, part: str, **values: str) -> Finding:
    """A finding of a door, told in every language on the way."""
    finding = Finding(rule, severity, part, values, place=Place("vastaus.toml"))
    for language in Language:
        assert "{" not in str(words(language).finding(finding))
    return finding


def judged(question: Question, **parts: object) -> tuple[Reply | None, list[tuple[str, str]]]:
    """The reply and what is wrong, as rule and part."""
    reply, findings = fit(question, Given(**parts), fault)  # type: ignore[arg-type]
    return reply, [(finding.rule, finding.field) for finding in findings]


def test_words_and_number_stand_side_by_side() -> None:
    """An open question may have a measure; the number is exact."""
    beside = replace(CAP, kind=QuestionKind.OPEN)
    assert judged(beside, text="Puoltaisimme\r\nviittäsataa.", number="500") == (
        Reply("Puoltaisimme\nviittäsataa.", Decimal(500)), []
    )  # fmt: skip


def test_a_blank_is_no_reply_and_no_zero() -> None:
    """Nothing given gives nothing; a zero is a number."""
    assert judged(RANGE, text="  ", low=" ", choices=("",), rows=(("",),)) == (None, [])
    assert judged(RANGE, low="0") == (Reply(low=Decimal(0)), [])


@pytest.mark.parametrize(
    ("question", "parts", "rule"),
    [
        (CAP, {"number": "noin 500"}, "dialogue.not-a-number"),
        (CAP, {"number": "1e9"}, "dialogue.not-a-number"),
        (CAP, {"number": "NaN"}, "dialogue.not-a-number"),
        (CAP, {"number": "9" * 400}, "dialogue.not-a-number"),
        (CAP, {"number": "=1+1"}, "dialogue.not-a-number"),
        (CAP, {"number": "0"}, "dialogue.number-outside"),
        (CAP, {"number": "500,5"}, "dialogue.number-outside"),
        (CAP, {"low": "5"}, "dialogue.no-number"),
        (OPEN, {"number": "5"}, "dialogue.no-number"),
        (RANGE, {"number": "5"}, "dialogue.no-number"),
        (RANGE, {"high": "101"}, "dialogue.number-outside"),
        (RANGE, {"low": "60", "high": "40"}, "dialogue.range-turned"),
        (CHOICE, {"choices": ("c",)}, "dialogue.unknown-choice"),
        (CHOICE, {"choices": ("a", "b")}, "dialogue.one-choice"),
        (OPEN, {"rows": (("a", "b"),)}, "dialogue.no-table"),
        (TABLE, {"rows": (("a",),)}, "dialogue.table-columns"),
        (TABLE, {"rows": (("a", "b"),) * (MOST_ROWS + 1)}, "dialogue.table-columns"),
        (OPEN, {"text": "a\0b"}, "dialogue.unfit-character"),
        (OPEN, {"text": "a\ud800"}, "dialogue.unfit-character"),
        (OPEN, {"text": "x" * 20_001}, "dialogue.reply-too-long"),
        (TABLE, {"rows": (("x" * 20_001, ""),)}, "dialogue.reply-too-long"),
        (OPEN, {"text": "Hinta on [[42"}, "dialogue.mark-open"),
        (OPEN, {"text": "Hinta on 42]]"}, "dialogue.mark-open"),
        (OPEN, {"text": "Hinta on [[42]]"}, "dialogue.mark-reason"),
        (OPEN, {"text": "Hinta on [[ |syy]]"}, "dialogue.mark-reason"),
        (OPEN, {"text": "Hinta", "marks": (Mark(0, 9, "syy"),)}, "dialogue.mark-reason"),
        (OPEN, {"text": "Hinta", "marks": (Mark(0, 3, "syy"), Mark(2, 4, "syy"))}, "dialogue.mark-reason"),
        (OPEN, {"text": "Hinta", "marks": (Mark(0, 3, " "),)}, "dialogue.mark-reason"),
    ],
)
def test_what_blocks_makes_no_reply(question: Question, parts: dict[str, object], rule: str) -> None:
    """Half a reply is not what the respondent said."""
    reply, found = judged(question, **parts)
    assert reply is None
    assert [one for one, _ in found] == [rule]


@pytest.mark.parametrize(
    ("written_number", "meant"),
    [("1 400", 1400), ("1\u00a0400", 1400), ("1\u202f400", 1400), ("700", 700), ("\u2212 5", None), ("-5", -5),
     ("1,5", Decimal("1.5")), ("1.5", Decimal("1.5")), ("14 00", None), ("1.400,5", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_numbers_as_people_write_them(written_number: str, meant: Decimal | int | None) -> None:
    """Groups of three, comma or point; everything else is no number."""
    assert number_in(written_number) == meant


def test_choices_and_rows_are_kept() -> None:
    """Several where several may be taken; blank rows fall away."""
    assert judged(replace(CHOICE, several=True), choices=("a", "b"))[0] == Reply(choices=("a", "b"))
    assert judged(TABLE, rows=(("Kuopio", "5"), ("", "")))[0] == Reply(rows=(("Kuopio", "5"),))


def table_of(text: str) -> dict[str, object]:
    """An answer file with these replies."""
    head = 'id = "a"\nrespondent = "A"\nreceived_at = 2018-10-10T10:00:00\n'
    return tomllib.loads(f"{head}{text}", parse_float=Decimal)


def test_a_file_gives_numbers_and_marks() -> None:
    """Plain strings and tables stand side by side; who answered and which questions is kept."""
    text = """
question_set = "x"
business_id = "0000012-3"
attachments = ["a.pdf", { name = "b.pdf", question = "q8", secret = "kustannukset" }]
[replies.q8]
text = "Hinta on [[42 e|kate]]."
number = 500
"""
    answer, findings = read_answer(table_of(text), "a.toml", DIALOGUE)
    assert findings == ()
    assert answer is not None
    assert answer.replies["q8"] == Reply("Hinta on 42 e.", Decimal(500), marks=(Mark(9, 13, "kate"),))
    assert (answer.question_set, answer.business_id) == ("x", "0000012-3")
    assert [(one.name, one.question, one.secret) for one in answer.attachments] == [
        ("a.pdf", "", ""), ("b.pdf", "q8", "kustannukset")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "reply",
    ["{ number = true }", "{ luku = 5 }", "{ rows = ['a'] }", "{ choices = [5] }", "5", "{ text = 5 }", "[]"],
)
def test_a_reply_of_another_form_is_refused(reply: str) -> None:
    """With its place in the file."""
    _, findings = read_answer(table_of(f"[replies]\nq8 = {reply}"), "a.toml", DIALOGUE)
    assert ("dialogue.wrong-type", "replies.q8") in [(finding.rule, finding.field) for finding in findings]


@pytest.mark.parametrize("one", ["5", "{ name = '../a' }", "{ name = 'a', size = 5 }", "{ question = 'q8' }"])
def test_an_attachment_that_is_none_is_refused(one: str) -> None:
    """A table without a good name, or with unknown keys."""
    answer, findings = read_answer(table_of(f"attachments = [{one}]\n[replies]\nq8 = 'x'"), "a.toml", DIALOGUE)
    assert answer is None
    assert [finding.rule for finding in findings] == ["dialogue.attachment-name"]


def test_the_pilots_answers_take_a_position_on_the_cap() -> None:
    """Fourteen invented providers in three languages: caps, secrets with reasons, and no finding."""
    file = read_dialogue(SAVO)
    assert file.findings == ()
    assert len(file.answers) == 14
    caps = {answer.id: reply.number for answer in file.answers if (reply := answer.replies.get("q8"))}
    assert len(caps) == 12
    assert sorted(int(cap) for cap in caps.values() if cap is not None) == [
        350, 350, 500, 600, 700, 700, 700, 800, 900, 1000
    ]  # fmt: skip
    secrets = [mark for answer in file.answers for reply in answer.replies.values() for mark in reply.marks]
    assert len(secrets) == 5
    assert all(
        answer.received_at < datetime(2018, 10, 19, 16, tzinfo=file.dialogue.closes.tzinfo) for answer in file.answers
    )
