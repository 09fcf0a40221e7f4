"""Imports: LimeSurvey's CSV and structure, Webropol, Lausuntopalvelu, pasted text and documents, onto the record."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market_dialogue.acts import read_dialogue
from market_dialogue.imports.limesurvey import read_responses
from market_dialogue.imports.pasted import split_text
from market_dialogue.imports.questions import questions_toml
from market_dialogue.imports.structure import Surveyed, answer_labels, read_structure
from tender.cli.main import main
from tender.model.answers import Channel, Reply
from tender.publishing.folder import record_state
from tender.reading import read_tender
from tests.market_dialogue.exports import docx_of, lime_csv, structure_of
from tests.sample import DIALOGUE, HELSINKI

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
SHARED = (Path(__file__).parents[level] / "shared" for level in (3, 4))
SURVEY = next((path for path in SHARED if path.is_dir()), SAVO) / "samples" / "limesurvey_uk_core_survey.lss"
HEADS = ["id. Response ID", "submitdate. Date submitted", "org. Organisaatio", "Q3. Työtunti", "Q8[cap]. Katto"]
ROWS = [
    ["1", "2018-10-17 14:22:00", "Polku Oy", "Ensimmäinen rivi\ntoinen rivi", "500"],
    ["2", "2018-10-18 09:00:00", "Silta Oy", '=HYPERLINK("x")', "1 000"],
    ["3", "", "Kesken Oy", "jäi kesken", ""],
]
MAP = ("--map", "org=respondent", "--map", "Q8[cap]=q8.number")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pilot's folder."""
    return Path(shutil.copytree(SAVO, tmp_path / "savo"))


def bring(folder: Path, name: str, data: bytes, *arguments: str) -> tuple[Result, dict[str, Any]]:
    """Run ``valinta dialogue import`` on `data`."""
    path = folder.parent / name
    path.write_bytes(data)
    result = CliRunner().invoke(main, ["dialogue", "import", str(folder), str(path), *arguments, "--json"])
    return result, json.loads(result.stdout)


def rules(said: dict[str, Any]) -> list[str]:
    """Ids of the findings."""
    return [finding["rule"] for finding in said["files"][0]["findings"]]


def test_limesurvey_responses_come_onto_the_record(folder: Path) -> None:
    """Line feeds and formulas stay text, moments are the survey's, an unsubmitted response is told."""
    result, said = bring(folder, "tulokset.csv", lime_csv(HEADS, ROWS), "--from", "limesurvey", *MAP)
    assert result.exit_code == 0, result.output
    assert rules(said) == ["dialogue.not-submitted"]
    answers = read_dialogue(folder).answers
    assert [(one.respondent, one.received_at, one.channel) for one in answers] == [
        ("Polku Oy", datetime(2018, 10, 17, 14, 22, tzinfo=HELSINKI), Channel.IMPORT),
        ("Silta Oy", datetime(2018, 10, 18, 9, 0, tzinfo=HELSINKI), Channel.IMPORT),
    ]
    assert answers[0].replies == {"q3": Reply("Ensimmäinen rivi\ntoinen rivi"), "q8": Reply(number=Decimal(500))}
    assert answers[1].replies == {"q3": Reply('=HYPERLINK("x")'), "q8": Reply(number=Decimal(1000))}


def test_the_same_export_again_changes_nothing(folder: Path) -> None:
    """Receipts are repeated, a dry run records nothing."""
    data = lime_csv(HEADS, ROWS)
    bring(folder, "a.csv", data, "--from", "limesurvey", *MAP, "--dry-run")
    assert record_state(folder).dialogue.answers == ()
    bring(folder, "a.csv", data, "--from", "limesurvey", *MAP)
    _, said = bring(folder, "a.csv", data, "--from", "limesurvey", *MAP)
    assert [receipt["repeated"] for receipt in said["files"][0]["receipts"]] == [True, True]
    assert len(record_state(folder).dialogue.answers) == 2


def test_one_row_that_blocks_stops_the_whole_file(folder: Path) -> None:
    """All or none."""
    rows = [ROWS[0], [*ROWS[1][:4], "tuhat"]]
    result, said = bring(folder, "a.csv", lime_csv(HEADS, rows), "--from", "limesurvey", *MAP)
    assert (result.exit_code, rules(said)) == (1, ["dialogue.not-a-number"])
    assert said["files"][0]["findings"][0]["line"] == 3
    assert record_state(folder).dialogue.answers == ()


def test_a_column_that_goes_nowhere_is_told(folder: Path) -> None:
    """Until the officer says that it goes nowhere."""
    arguments = ("--from", "limesurvey", "--map", "org=respondent")
    _, said = bring(folder, "a.csv", lime_csv(HEADS, ROWS[:1]), *arguments, "--dry-run")
    assert rules(said) == ["dialogue.column-nowhere"]
    _, said = bring(folder, "a.csv", lime_csv(HEADS, ROWS[:1]), *arguments, "--map", "Q8[cap]=-", "--dry-run")
    assert rules(said) == []


def test_a_late_import_waits_for_a_ruling(folder: Path) -> None:
    """As every late answer."""
    rows = [[ROWS[0][0], "2018-12-01 10:00:00", *ROWS[0][2:]]]
    bring(folder, "a.csv", lime_csv(HEADS, rows), "--from", "limesurvey", *MAP)
    file = read_dialogue(folder)
    assert (file.answers, [one.reasons for one in file.pending]) == ((), [("late",)])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=2, max_size=2),
        max_size=5,
    )
)
def test_whatever_limesurvey_writes_is_read_back(cells: list[list[str]]) -> None:
    """Quotes, separators, line feeds and formulas: what stands in the cells is what comes out."""
    data = lime_csv(
        ["id", "submitdate", "q3. A", "q4[SQ001]. B"], [["1", "2018-10-17 14:22:00", *row] for row in cells]
    )
    found, findings = read_responses(data, "a.csv")
    assert findings == ()
    assert [list(one.cells.values()) for one in found] == cells


def test_semicolons_and_full_texts_are_read() -> None:
    """An export with bare heads and semicolons."""
    found, _ = read_responses(b'"submitdate";"q3"\r\n"2018-10-17 14:22:00";"a;b, c"\r\n', "a.csv")
    assert [dict(one.cells) for one in found] == [{"q3": "a;b, c"}]


@pytest.mark.skipif(not SURVEY.is_file(), reason="the sample is not on this machine")
def test_the_sample_survey_has_its_59_questions() -> None:
    """Counted in the file apart from our reader: 13 lists, 12 yes/no, 8 short texts, 3 numbers."""
    questions = read_structure(SURVEY.read_bytes(), "survey.lss")
    assert len(questions) == 59
    assert (questions[0].code, questions[0].wording["en"]) == ("socio1", "In which country do you work?")
    assert len(questions[0].choices) > 200
    table = tomllib.loads(questions_toml(questions))
    asked = table["dialogue"]["questions"]
    assert [one["number"] for one in asked] == list(range(1, 60))
    assert len({one["id"] for one in asked}) == 59
    assert all("<" not in one["wording"]["en"] for one in asked)
    kinds = [one["kind"] for one in asked]
    assert (kinds.count("number"), kinds.count("choice") + kinds.count("table") + kinds.count("open")) == (3, 56)


@pytest.mark.skipif(not SURVEY.is_file(), reason="the sample is not on this machine")
def test_the_sample_survey_is_a_part_of_a_tender_file(folder: Path) -> None:
    """The reader takes it, all 59 questions with their choices and columns."""
    tender = folder / "tender.toml"
    text = tender.read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["dialogue", "questions-from", str(SURVEY)])
    assert result.exit_code == 0, result.output
    tender.write_text(text[: text.index("[[dialogue.questions]]")] + result.output, encoding="utf-8")
    reading = read_tender(folder)
    ours = {one.rule for one in reading.findings if one.blocks and one.field.startswith("dialogue.questions")}
    assert ours == {"text.missing-language"}, "the survey is in English: words in fi and sv are the officer's work"
    assert reading.tender is not None
    assert reading.tender.dialogue is not None
    assert len(reading.tender.dialogue.questions) == 59


def test_the_cells_of_arrays_get_the_words_of_their_scale() -> None:
    """One scale for all rows, or two in which the same code says other things; several choices keep their own codes."""
    hot, cold = ("A1", {"fi": "Kuuma"}), ("A1", {"fi": "Kylmä"})
    rows = (("SQ001", {"fi": "Kesä"}),)
    questions = (
        Surveyed("yksi", "table", {}, {}, {}, several=False, choices=rows, scales=((hot,),)),
        Surveyed("kaksi", "table", {}, {}, {}, several=False, choices=rows, scales=((hot,), (cold,))),
    )
    labels = answer_labels(questions)
    assert labels == {"yksi[]": {"A1": "Kuuma"}, "kaksi[][1]": {"A1": "Kuuma"}, "kaksi[][2]": {"A1": "Kylmä"}}
    heads = ["submitdate", "yksi[SQ001]. Kesä", "kaksi[SQ001][1]. Kesä", "kaksi[SQ001][2]. Kesä", "muu[SQ001]"]
    (one,), _ = read_responses(lime_csv(heads, [["2018-10-10 10:00:00", *["A1"] * 4]]), "a.csv", labels)
    assert list(one.cells.values()) == ["Kuuma", "Kuuma", "Kylmä", "A1"]


@pytest.mark.parametrize("version", [177, 490])
def test_two_scales_are_told_apart_in_the_structure(version: int) -> None:
    """By their number; without one there is a single scale."""
    text = structure_of(version).decode()
    array = text.replace("<type><![CDATA[L]]></type>", "<type><![CDATA[1]]></type>")
    two = array.replace("<code><![CDATA[A2]]></code>", "<code><![CDATA[A2]]></code><scale_id><![CDATA[1]]></scale_id>")
    assert array != text
    assert two != array
    (scales,) = (one.scales for one in read_structure(two.encode(), "a.lss") if one.code == "katto")
    assert [[code for code, _ in scale] for scale in scales] == [["A1"], ["A2"]]


@pytest.mark.parametrize("version", [177, 346, 490, 630])
def test_words_are_found_in_both_forms_of_the_structure(version: int) -> None:
    """In the rows themselves, and in tables of their own; two languages, in the survey's order."""
    questions = read_structure(structure_of(version), "a.lss")
    assert [(one.code, one.kind, one.wording) for one in questions] == [
        ("org", "open", {"fi": "Organisaatio", "sv": "Organisation"}),
        ("katto", "choice", {"fi": "Onko katto hyvä?", "sv": "Är taket bra?"}),
    ]
    assert questions[1].choices == (("A1", {"fi": "Kyllä", "sv": "Ja"}), ("A2", {"fi": "Ei", "sv": "Nej"}))
    assert answer_labels(questions, "sv") == {"katto": {"A1": "Ja", "A2": "Nej"}}
    table = tomllib.loads(questions_toml(questions))["dialogue"]["questions"]
    assert table[1]["choices"][0] == {"id": "a1", "label": {"fi": "Kyllä", "sv": "Ja"}}


def test_the_structure_puts_words_in_place_of_codes(folder: Path) -> None:
    """A code of a choice becomes its words in an open question."""
    (folder.parent / "a.lss").write_bytes(structure_of(630))
    data = lime_csv(["submitdate", "org", "katto"], [["2018-10-17 14:22:00", "Polku Oy", "A1"]])
    arguments = ("--map", "org=respondent", "--map", "katto=q8", "--structure", str(folder.parent / "a.lss"))
    bring(folder, "a.csv", data, "--from", "limesurvey", *arguments)
    assert read_dialogue(folder).answers[0].replies["q8"] == Reply("Kyllä")


def test_webropol_answers_come_onto_the_record(folder: Path) -> None:
    """By question id, with the moment of the response."""
    answers = [
        {
            "QuestionId": 11,
            "Question": "Organisaatio",
            "QuestionOptionId": None,
            "Answer": "Polku Oy",
            "AnswerFile": None,
        },
        {"QuestionId": 12, "Question": "Katto", "QuestionOptionId": None, "Answer": "Hyvä", "AnswerFile": None},
        {"QuestionId": 12, "Question": "Katto", "QuestionOptionId": None, "Answer": "Lisää", "AnswerFile": None},
    ]
    survey = {"SurveyAnswers": [{"RespondentId": 1, "ResponseId": 2, "ResponseDate": "2018-10-17T14:22:00",
                                 "RespondentAnswers": answers}]}  # fmt: skip
    result, _ = bring(
        folder, "a.json", json.dumps(survey).encode(), "--from", "webropol", "--map", "11=respondent", "--map", "12=q8"
    )
    assert result.exit_code == 0, result.output
    (answer,) = read_dialogue(folder).answers
    assert (answer.respondent, answer.replies) == ("Polku Oy", {"q8": Reply("Hyvä\nLisää")})
    assert answer.received_at == datetime(2018, 10, 17, 14, 22, tzinfo=HELSINKI)


@pytest.mark.parametrize("nested", [True, False])
def test_lausuntopalvelu_statements_come_onto_the_record(folder: Path, *, nested: bool) -> None:
    """Answers inside their participants or beside them; dates in ticks."""
    answers = [{"QuestionID": "17", "QuestionOptionId": None, "TextAnswer": "Katto on hyvä."}]
    who = {"ID": "p1", "OrganizationName": "Polku ry", "SubmittedDate": "/Date(1539775320000)/"}
    value: dict[str, Any] = {"d": {"results": [{**who, "Answers": {"results": answers}}]}}
    if not nested:
        value = {"Participants": [who], "Answers": [{**one, "ParticipantID": "p1"} for one in answers]}
    result, _ = bring(
        folder, "a.json", json.dumps(value).encode(), "--from", "lausuntopalvelu", "--map", "17=q8",
        "--map", "respondent=respondent",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (answer,) = read_dialogue(folder).answers
    assert (answer.respondent, answer.replies) == ("Polku ry", {"q8": Reply("Katto on hyvä.")})
    assert answer.received_at == datetime(2018, 10, 17, 14, 22, tzinfo=HELSINKI)


MAIL = "Hei, kiitos kutsusta.\n\nKysymys 3: Työtunti on hyvä.\n1. selkeä\n2. reilu\n\nQ8\nKatto on [[500|syy]].\n"


@pytest.mark.parametrize("kind", ["text", "docx"])
def test_pasted_text_is_split_at_headings(folder: Path, kind: str) -> None:
    """Numbered lists stay in their answer; the rest goes where the officer says."""
    data = MAIL.replace("\n", "\r\n").encode() if kind == "text" else docx_of(MAIL)
    arguments = ("--from", kind, "--respondent", "Polku Oy", "--at", "2018-10-17T14:22")
    result, said = bring(folder, f"a.{kind}", data, *arguments)
    assert (result.exit_code, rules(said)) == (1, ["dialogue.loose-text"])
    result, _ = bring(folder, f"a.{kind}", data, *arguments, "--question", "q1")
    assert result.exit_code == 0, result.output
    (answer,) = read_dialogue(folder).answers
    assert answer.channel is Channel.PASTED
    assert {question: reply.text for question, reply in answer.replies.items()} == {
        "q1": "Hei, kiitos kutsusta.",
        "q3": "Työtunti on hyvä.\n1. selkeä\n2. reilu",
        "q8": "Katto on 500.",
    }
    assert [mark.reason for mark in answer.replies["q8"].marks] == ["syy"]


@pytest.mark.parametrize(
    ("heading", "found"),
    [("Kysymys 8", True), ("FRÅGA 8.", True), ("Question 8 – ", True), ("Vastaus kysymykseen nro 8:", True),
     ("K8", True),
     ("8.", False), ("8", False), ("Kysymys", False), ("Kysymyksessä 8 on vika", False), ("q8x", False)],
)  # fmt: skip
def test_headings(heading: str, found: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    """Words and a number; a bare number is a list."""
    foreign, findings = split_text(f"{heading}\nKatto.", "a.txt", DIALOGUE, "")
    assert (foreign.cells == {"q8": "\nKatto.".strip("\n")}) is found
    assert bool(findings) is not found


def test_a_heading_of_no_question_is_told() -> None:
    """At its line."""
    _, findings = split_text("Kysymys 8: a\nKysymys 9: b", "a.txt", DIALOGUE)
    assert [(one.rule, one.place and one.place.line) for one in findings] == [("dialogue.unknown-question", 2)]


@pytest.mark.parametrize("pair", ["org", "=respondent", "org=q99", "org=q8.nimi", "org="])
def test_a_bad_mapping_is_wrong_use(folder: Path, pair: str) -> None:
    """Before anything is read."""
    result, said = bring(folder, "a.csv", lime_csv(HEADS, ROWS), "--from", "limesurvey", "--map", pair)
    assert (result.exit_code, said["error"]) == (2, "dialogue.bad-map")


def test_our_writer_of_exports_writes_as_limesurvey_does() -> None:
    """BOM, CRLF between rows, everything quoted, an empty line at the end."""
    data = lime_csv(["id", "q3. A"], [["1", 'a"b\nc']])
    assert data == b'\xef\xbb\xbf"id","q3. A"\r\n"1","a""b\nc"\r\n\r\n'
    assert next(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == ["id", "q3. A"]
