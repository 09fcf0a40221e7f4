"""The answer form: the same bytes, protected, read back whole or in part, and what is refused where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from market_dialogue.acts import read_dialogue
from market_dialogue.answer_form import FormReading, read_answer_form, write_answer_form
from market_dialogue.answer_form.fields import STAMP_SHEET, about_name, cell_name
from market_dialogue.drafts import question_set
from tender.cli.main import main
from tender.guards import open_workbook
from tender.language import Language
from tender.model.answers import Attachment, Channel, Mark, Reply
from tender.model.questions import AskedNumber, Choice, Question, QuestionKind
from tender.model.tender import Tender
from tender.publishing.folder import record_state
from tender.reading import read_tender
from tender.sheets import fill_cells, read_book
from tender.sheets.book import Formula, Value
from tender.words import words
from tests.sample import DIALOGUE, HELSINKI, fi, sample_tender

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
NOW = datetime(2018, 10, 10, 10, tzinfo=HELSINKI)
CAP = DIALOGUE.questions[0]
OTHER: tuple[Question, ...] = (
    replace(CAP, kind=QuestionKind.OPEN, invites_attachment=True),
    replace(CAP, id="q9", number=9, kind=QuestionKind.RANGE, measure=AskedNumber(fi("%"), most=Decimal(100))),
    replace(CAP, id="q10", number=10, kind=QuestionKind.CHOICE, measure=None, choices=(Choice("a", fi("Kyllä")),)),
    replace(CAP, id="q11", number=11, kind=QuestionKind.TABLE, measure=None, columns=(fi("Kunta"), fi("Määrä"))),
)
TENDER = replace(sample_tender(), dialogue=replace(DIALOGUE, questions=OTHER))


@cache
def form(language: Language = Language.FI) -> bytes:
    """The form of the small tender."""
    return write_answer_form(TENDER, language)


def filled(values: Mapping[str, Value], data: bytes | None = None) -> bytes:
    """The form with `values` typed into the named cells."""
    data = data or form()
    names = read_book(open_workbook(data, "form.xlsx")).names
    cells = {name: names[name] for name in values}
    return fill_cells(data, {(t.sheet, t.ref): values[name] for name, t in cells.items() if t is not None})


def read(values: Mapping[str, Value], tender: Tender = TENDER) -> FormReading:
    """What comes of the form with `values`; findings are told in every language on the way."""
    reading = read_answer_form(filled({"answer_respondent": "Polku Oy", **values}), "polku.xlsx", tender, "polku", NOW)
    for finding in reading.findings:
        for language in Language:
            assert "{" not in str(words(language).finding(finding))
    return reading


def test_the_same_tender_gives_the_same_bytes() -> None:
    """At any time."""
    assert write_answer_form(TENDER, Language.FI) == form()


@pytest.mark.parametrize("language", Language)
def test_the_pilots_form_has_every_question_and_the_notice(language: Language) -> None:
    """In each language: contexts, wordings and numbers of all eight, the notice on top and on every printed page."""
    tender = read_tender(SAVO).tender
    assert tender is not None
    assert tender.dialogue is not None
    book = openpyxl.load_workbook(BytesIO(write_answer_form(tender, language)))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "veryHidden"]
    sheet = book.worksheets[1]
    said = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for question in tender.dialogue.questions:
        assert question.context.best(language) in said
        assert question.wording.best(language) in said
    assert tender.dialogue.draft_notice.best(language) in said
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.center.text == tender.dialogue.draft_notice.best(language)
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert len(unlocked) == 3 + 8 * 3 + 2  # about the respondent, words and secrets, the cap, the attachment


def test_a_whole_form_is_read() -> None:
    """Words, exact numbers, choices, rows, marks with reasons, and the file that is named."""
    reading = read(
        {
            about_name("business_id"): "0000012-3",
            cell_name(0, "text"): "Katto 500 sopii. Hintamme on 42 e ja kate 3 %.",
            cell_name(0, "number"): 500,
            cell_name(0, "secret"): "42 e\nkate 3 %",
            cell_name(0, "reason"): "Kilpailijat näkisivät hintamme",
            cell_name(0, "file"): "malli.pdf",
            cell_name(1, "low"): Decimal(10),
            cell_name(1, "high"): Decimal(40),
            cell_name(2, "choice_0"): "X",
            cell_name(3, "row_1_0"): "Kuopio",
            cell_name(3, "row_1_1"): 40,
        }
    )
    assert reading.findings == ()
    answer = reading.answer
    assert answer is not None
    assert (answer.channel, answer.business_id, answer.received_at) == (Channel.FORM, "0000012-3", NOW)
    assert TENDER.dialogue is not None
    assert answer.question_set == question_set(TENDER.dialogue)
    assert answer.attachments == (Attachment("malli.pdf", question="q8"),)
    why = "Kilpailijat näkisivät hintamme"
    words_ = "Katto 500 sopii. Hintamme on 42 e ja kate 3 %."
    assert answer.replies == {
        "q8": Reply(words_, Decimal(500), marks=(Mark(29, 33, why), Mark(37, 45, why))),
        "q9": Reply(low=Decimal(10), high=Decimal(40)),
        "q10": Reply(choices=("a",)),
        "q11": Reply(rows=(("Kuopio", "40"),)),
    }


def test_a_partial_form_is_an_answer_and_a_blank_no_zero() -> None:
    """One reply is enough; what is blank is absent."""
    reading = read({cell_name(0, "text"): "Hyvä."})
    assert reading.answer is not None
    assert reading.answer.replies == {"q8": Reply("Hyvä.")}


def test_only_a_reason_makes_the_whole_reply_secret() -> None:
    """And typed brackets count beside the column."""
    reading = read({cell_name(0, "text"): "Kaikki.", cell_name(0, "reason"): "syy"})
    assert reading.answer is not None
    assert reading.answer.replies["q8"].marks == (Mark(0, 7, "syy"),)


@pytest.mark.parametrize(
    ("values", "rule", "cell"),
    [
        ({"answer_respondent": " "}, "dialogue.no-respondent", "answer_respondent"),
        ({cell_name(0, "number"): 0}, "dialogue.number-outside", cell_name(0, "number")),
        ({cell_name(0, "number"): "viisisataa"}, "dialogue.not-a-number", cell_name(0, "number")),
        ({cell_name(0, "text"): Formula("1+1")}, "dialogue.cell-kind", cell_name(0, "text")),
        ({cell_name(0, "text"): "x" * 20_001}, "dialogue.reply-too-long", cell_name(0, "text")),
        ({cell_name(0, "text"): "a", cell_name(0, "secret"): "b", cell_name(0, "reason"): "c"},
         "dialogue.mark-absent", cell_name(0, "secret")),
        ({cell_name(0, "text"): "a", cell_name(0, "secret"): "a"}, "dialogue.mark-reason", cell_name(0, "secret")),
        ({cell_name(0, "text"): "a [[b", cell_name(0, "reason"): "c"}, "dialogue.mark-open", cell_name(0, "reason")),
        ({cell_name(0, "file"): "../../etc/passwd"}, "dialogue.attachment-name", cell_name(0, "file")),
        ({cell_name(1, "low"): 60, cell_name(1, "high"): 40}, "dialogue.range-turned", cell_name(1, "low")),
        ({cell_name(2, "choice_0"): "kyllä"}, "dialogue.choice-sign", cell_name(2, "choice_0")),
    ],
)  # fmt: skip
def test_what_blocks_is_named_by_its_cell(values: dict[str, Value], rule: str, cell: str) -> None:
    """No answer comes of it."""
    reading = read(values)
    assert reading.answer is None
    (finding,) = (one for one in reading.findings if one.blocks)
    target = read_book(open_workbook(form(), "form.xlsx")).names[cell]
    assert target is not None
    assert finding.place is not None
    assert (finding.rule, finding.place.sheet, finding.place.cell) == (rule, target.sheet, target.ref)


def test_a_form_of_other_questions_keeps_replies_by_id() -> None:
    """A form of an older set is read by the ids of its stamp; a reply to a dropped question is told, never lost."""
    fewer = replace(TENDER, dialogue=replace(DIALOGUE, questions=OTHER[1:]))
    reading = read({cell_name(1, "low"): 10}, fewer)
    assert reading.answer is not None
    assert reading.answer.replies == {"q9": Reply(low=Decimal(10))}
    assert fewer.dialogue is not None
    assert reading.answer.question_set != question_set(fewer.dialogue)
    reading = read({cell_name(0, "text"): "Hyvä."}, fewer)
    assert [finding.rule for finding in reading.findings if finding.blocks] == ["dialogue.unknown-question"]


def test_forms_of_others_are_refused() -> None:
    """Another tender's form, and a workbook that is no form."""
    assert [f.rule for f in read({}, replace(TENDER, id="toinen")).findings] == ["dialogue.other-tender"]
    damaged = fill_cells(form(), {(STAMP_SHEET, "B1"): '{"form":"dialogue-answer"}'})
    reading = read_answer_form(damaged, "a.xlsx", TENDER, "a", NOW)
    assert [finding.rule for finding in reading.findings] == ["dialogue.not-a-form"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pilot's folder."""
    return Path(shutil.copytree(SAVO, tmp_path / "savo"))


def run(*arguments: object) -> tuple[int, dict[str, object]]:
    """Run ``valinta dialogue … --json``."""
    result = CliRunner().invoke(main, ["dialogue", *map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_a_form_goes_out_and_comes_back_onto_the_record(folder: Path, tmp_path: Path) -> None:
    """With a receipt; again it is the same; a rehearsal records nothing; a blocked file stops no other."""
    blank, back = tmp_path / "lomake.xlsx", tmp_path / "polku.xlsx"
    assert run("form", folder, "--in", "fi", "--out", blank)[0] == 0
    assert run("form", folder, "--in", "fi", "--out", blank)[0] == 2
    values: dict[str, Value] = {"answer_respondent": "Polku Oy", cell_name(7, "number"): 500}
    back.write_bytes(filled(values, blank.read_bytes()))
    code, _ = run("receive", folder, back, "--at", "2018-10-10T10:00", "--dry-run")
    assert (code, record_state(folder).dialogue.answers) == (0, ())
    (tmp_path / "rikki.toml").write_text("rikki", encoding="utf-8")
    code, _ = run("receive", folder, tmp_path / "rikki.toml", back, "--at", "2018-10-10T10:00")
    assert code == 1
    file = read_dialogue(folder)
    assert [(answer.respondent, answer.replies) for answer in file.answers] == [
        ("Polku Oy", {"q8": Reply(number=Decimal(500))})
    ]
    again = run("receive", folder, back, "--at", "2018-10-11T10:00")[1]["files"]
    assert isinstance(again, list)
    assert again[0]["receipts"][0]["repeated"]
    assert len(record_state(folder).dialogue.answers) == 1


def test_an_answer_file_comes_with_its_attachment(folder: Path, tmp_path: Path) -> None:
    """The file beside it is kept under its digest; one that is not there is told."""
    text = (SAVO / "synthetic/answers/polku.toml").read_text(encoding="utf-8")
    (tmp_path / "polku.toml").write_text(text, encoding="utf-8")
    (tmp_path / "polku-alustava-seurantamalli.pdf").write_bytes(b"%PDF-1.7")
    assert run("receive", folder, tmp_path / "polku.toml")[0] == 0
    (answer,) = read_dialogue(folder).answers
    assert [(one.size, len(one.digest)) for one in answer.attachments] == [(8, 64)]
    (tmp_path / "silta.toml").write_text((SAVO / "synthetic/answers/silta.toml").read_text(encoding="utf-8"), "utf-8")
    code, said = run("receive", folder, tmp_path / "silta.toml")
    assert code == 0
    assert "dialogue.attachment-absent" in json.dumps(said)


def test_an_id_on_the_record_blocks_the_file(folder: Path, tmp_path: Path) -> None:
    """Another answer under the same id is not recorded, and not lost in silence."""
    text = (SAVO / "synthetic/answers/polku.toml").read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    (tmp_path / "b.toml").write_text(text.replace("Pidämme", "Emme pidä"), encoding="utf-8")
    code, said = run("receive", folder, tmp_path / "a.toml", tmp_path / "b.toml")
    assert code == 1
    assert "dialogue.id-taken" in json.dumps(said)
    assert len(record_state(folder).dialogue.answers) == 1
