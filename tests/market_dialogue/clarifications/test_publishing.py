"""From question to published answer: the whole way by acts and commands, and everything that keeps an answer back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from market_dialogue.acts import clarifying
from market_dialogue.acts.clarifying import Released, publish_answers
from market_dialogue.acts.questions import Pen, approve, draft_answer, read_questions, receive_question
from tender.cli.main import main
from tender.errors import BlockedError, FrozenError, UsageError, ValintaError
from tender.language import Text
from tender.model.corrections import ChangeClass
from tender.publishing.correcting import Wish
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.release import publish
from tender.record import Publicity, Record
from tender.record.dialogue import Asked, Clarification
from tests.conftest import chance_at
from tests.sample import HELSINKI

NOW = datetime(2018, 11, 20, 10, tzinfo=HELSINKI)
DAY = date(2018, 11, 20)
ASKED = Asked("", NOW.isoformat(), "Polku Oy", "Lasketaanko lomat?", "fi", "call-for-tenders/timetable")
DRAFT = Clarification(
    "", ("k1",), "", {"fi": "Lasketaanko lomat?"}, {"fi": "Kyllä."}, "call-for-tenders/timetable",
    changes=False, by="Inka Rinne",
)  # fmt: skip


def pen(folder: Path, moment: datetime = NOW) -> Pen:
    return Pen(folder, lambda: moment, lambda: secrets.token_bytes(32))


def answered(folder: Path, **change: Any) -> Path:
    """`folder` with one question and its approved answer."""
    receive_question(pen(folder), ASKED)
    draft_answer(pen(folder), replace(DRAFT, **change))
    approve(pen(folder), "v1", "Oili Lehto")
    return folder


def go(folder: Path, moment: datetime = NOW, by: str = "Oili Lehto") -> Released:
    return publish_answers(pen(folder, moment), by, moment.date(), lambda _: None)


def refused(act: Callable[[], object], message: str) -> ValintaError:
    with pytest.raises(ValintaError) as caught:
        act()
    assert caught.value.message == message
    return caught.value


def test_an_answer_goes_out_to_all_without_its_asker(lean_published: Path) -> None:
    """One folder, every format, the clause by number and title, a manifest whose hash stands on the record."""
    made = go(answered(lean_published))
    assert made.folder == lean_published / "published" / "clarifications" / "1"
    assert made.files == ("clarifications.fi.docx", "clarifications.fi.html", "clarifications.fi.pdf", "manifest.json")
    page = (made.folder / "clarifications.fi.html").read_text(encoding="utf-8")
    assert "Lasketaanko lomat?" in page
    assert "Aikataulu" in page
    for path in made.folder.iterdir():
        assert b"polku" not in path.read_bytes().lower()
    last = record_state(lean_published).dialogue.clarifications[-1]
    assert (last.said.step, last.said.document, last.said.by) == ("published", made.manifest, "Oili Lehto")
    with Record.read(lean_published / RECORD_FILE) as record:
        assert record.verify() == ()
    assert read_questions(lean_published).unanswered == ()


@pytest.mark.slow
def test_later_answers_come_in_a_new_folder_after_the_earlier_ones(lean_published: Path) -> None:
    """The first folder keeps every byte; the second has both answers, the new one marked."""
    first = go(answered(lean_published))
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    receive_question(pen(lean_published), replace(ASKED, organisation="Silta Ab", clause=""))
    draft_answer(pen(lean_published), replace(DRAFT, questions=("k2",), clause="", answer={"fi": "Ei korotuksia."}))
    approve(pen(lean_published), "v2", "Oili Lehto")
    second = go(lean_published, datetime(2018, 11, 22, 10, tzinfo=HELSINKI))
    assert (second.folder.name, second.answers) == ("2", ("v2",))
    page = (second.folder / "clarifications.fi.html").read_text(encoding="utf-8")
    assert page.index("Kyllä.") < page.index("Ei korotuksia.")
    assert page.count("(uusi)") == 1
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    refused(lambda: go(lean_published), "questions.nothing-approved")


@pytest.mark.slow
def test_nothing_goes_out_unapproved_or_by_nobody(lean_published: Path) -> None:
    """The drafter cannot approve, a new draft takes the approval back, and somebody must publish."""
    receive_question(pen(lean_published), ASKED)
    draft_answer(pen(lean_published), DRAFT)
    refused(lambda: go(lean_published), "questions.nothing-approved")
    refused(lambda: approve(pen(lean_published), "v1", "inka  RINNE"), "questions.same-person")
    refused(lambda: approve(pen(lean_published), "v1", " "), "questions.unnamed")
    approve(pen(lean_published), "v1", "Oili Lehto")
    draft_answer(pen(lean_published), replace(DRAFT, id="v1", answer={"fi": "Ei."}))
    refused(lambda: go(lean_published), "questions.nothing-approved")
    approve(pen(lean_published), "v1", "Oili Lehto")
    refused(lambda: go(lean_published, by=""), "questions.unnamed")
    assert not (lean_published / "published" / "clarifications").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer": {"fi": "Kuten Polku kysyi."}}, "questions.asker-named"),
        ({"question": {}}, "questions.language-missing"),
        ({"answer": {"sv": "Ja."}}, "questions.language-missing"),
        ({"questions": ("k9",)}, "questions.no-such-question"),
        ({"questions": ()}, "questions.no-such-question"),
        ({"clause": "call-for-tenders/nowhere"}, "dialogue.no-such-clause"),
        ({"clause": "nowhere"}, "dialogue.no-such-document"),
        ({"by": " "}, "questions.unnamed"),
        ({"id": "v7"}, "questions.no-such-answer"),
        ({"answer": {"fi": "x" * 20_001}}, "questions.too-long"),
    ],
    ids=str,
)
def test_a_draft_that_cannot_be_is_refused(lean_published: Path, change: dict[str, Any], message: str) -> None:
    """And nothing is recorded."""
    receive_question(pen(lean_published), ASKED)
    refused(lambda: draft_answer(pen(lean_published), replace(DRAFT, **change)), message)
    assert record_state(lean_published).dialogue.clarifications == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": " "}, "questions.empty"),
        ({"organisation": ""}, "questions.empty"),
        ({"text": "x" * 20_001}, "questions.too-long"),
        ({"clause": "call-for-tenders/nowhere"}, "dialogue.no-such-clause"),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_is_refused(lean_published: Path, change: dict[str, str], message: str) -> None:
    """And nothing is recorded."""
    refused(lambda: receive_question(pen(lean_published), replace(ASKED, **change)), message)
    assert record_state(lean_published).dialogue.asked == ()


def test_before_publication_there_is_no_tender_to_ask_about(tmp_path: Path) -> None:
    """A folder without a record."""
    assert isinstance(refused(lambda: receive_question(pen(tmp_path), ASKED), "questions.no-tender"), UsageError)


@pytest.mark.slow
def test_an_edited_folder_must_become_a_version_first(lean_published: Path) -> None:
    """The classifier tells how; when the version is out, the answer follows and says which version it is in."""
    folder = answered(lean_published, changes=True)
    error = refused(lambda: go(folder), "questions.blocked")
    assert isinstance(error, BlockedError)
    assert [one.rule for one in error.findings] == ["questions.changes-first"]
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count("answers_by          = 2018-11-30") == 1
    path.write_text(
        text.replace("answers_by          = 2018-11-30", "answers_by          = 2018-11-29"), encoding="utf-8"
    )
    error = refused(lambda: go(folder), "questions.version-first")
    assert isinstance(error, FrozenError)
    assert error.values["proposed"] == "change-class.clarification"
    assert not (folder / "published" / "clarifications").exists()
    wish = Wish(ChangeClass.CLARIFICATION, Text(fi="Aikataulu tarkentui."))
    publish(folder, DAY, chance_at(NOW), "tests", lambda _: None, wish)
    made = go(folder)
    page = (made.folder / "clarifications.fi.html").read_text(encoding="utf-8")
    assert "Muutos on versiossa 2" in page


def test_after_the_deadline_nothing_goes_out(lean_published: Path) -> None:
    """Tenders are known by then, or could be."""
    folder = answered(lean_published)
    refused(lambda: go(folder, datetime(2018, 12, 11, 12, tzinfo=HELSINKI)), "versions.late")
    late = go(folder, datetime(2018, 12, 5, 12, tzinfo=HELSINKI))
    assert [one.rule for one in late.findings] == ["questions.later-than-promised"]


@pytest.mark.slow
def test_a_crash_leaves_nothing_or_what_the_next_run_completes(
    lean_published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the record acknowledges: nothing. After it: the folder gets its name on the next run, byte for byte."""
    folder = answered(lean_published)
    home = folder / "published" / "clarifications"

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Record, "append_all", crash)
        with pytest.raises(KeyboardInterrupt):
            go(folder)
    assert [path.name for path in home.iterdir()] == [".1.partial"]
    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", crash)
        with pytest.raises(KeyboardInterrupt):
            go(folder)
    kept = {path.name: path.read_bytes() for path in (home / ".1.partial").iterdir()}
    refused(lambda: go(folder), "questions.nothing-approved")
    assert {path.name: path.read_bytes() for path in (home / "1").iterdir()} == kept
    clarifying.heal(folder, record_state(folder))
    assert [path.name for path in home.iterdir()] == ["1"]


def test_a_question_is_for_the_authority_only(lean_published: Path) -> None:
    """Who asked stands in the payload, never in the event."""
    receive_question(pen(lean_published), ASKED)
    with Record.read(lean_published / RECORD_FILE) as record:
        event = record.events()[-1]
    assert (event.publicity, event.actor) == (Publicity.AUTHORITY, "hankintayksikkö")


def run(*words: str) -> tuple[int, Any]:
    result = CliRunner().invoke(main, ["questions", *words, "--json", "--language", "fi"])
    return result.exit_code, json.loads(result.output)


def test_the_commands(lean_published: Path, tmp_path: Path) -> None:
    """Receive from a file, list, answer, approve, publish; a late question is marked."""
    folder, text = str(lean_published), tmp_path / "kysymys.txt"
    text.write_bytes("\ufeffLasketaanko lomat?\r\nKiitos.".encode())
    asking = ["receive", folder, "--organisation", "Polku Oy", "--now", "2018-11-24T10:00"]
    code, asked = run(*asking, "--file", str(text))
    assert (code, asked["text"]) == (0, "Lasketaanko lomat?\nKiitos.")
    code, listed = run("list", folder)
    assert (listed["unanswered"], listed["late"]) == (["k1"], ["k1"])
    words = ["--question", "Lasketaanko lomat?", "--answer", "Kyllä.", "--by", "Inka Rinne"]
    code, made = run("answer", folder, "k1", *words)
    assert (code, made["id"], made["step"], made["changes"]) == (0, "v1", "draft", False)
    assert run("approve", folder, "v1", "--by", "Oili Lehto")[0] == 0
    code, out = run("publish", folder, "--by", "Oili Lehto", "--now", "2018-11-25T10:00")
    assert (code, out["answers"]) == (0, ["v1"])
    table = CliRunner().invoke(main, ["questions", "list", folder, "--language", "sv"]).output
    assert "v1 publicerat" in table
    assert "(för sent)" in table
    both = run(*asking, "--file", str(text), "--text", "x")
    assert (both[0], both[1]["error"]) == (2, "questions.text-or-file")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a\x00b", b"x" * 200_001], ids=["codepage", "NUL", "large"])
def test_a_file_that_is_no_text_is_refused(lean_published: Path, tmp_path: Path, data: bytes) -> None:
    """One clear message, and nothing is stored."""
    (tmp_path / "kysymys.txt").write_bytes(data)
    code, said = run("receive", str(lean_published), "--organisation", "x", "--file", str(tmp_path / "kysymys.txt"))
    assert code != 0
    assert said["error"] in {"questions.file-no-text", "questions.file-large"}
    assert record_state(lean_published).dialogue.asked == ()
