"""Answers from outside: what is read, what is reported, and that nothing disappears without a word."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market_dialogue.intake import MOST_BYTES, MOST_CHARACTERS, read_answers
from market_dialogue.intake import files as intake
from tender.errors import Finding
from tender.language import Language
from tender.model.answers import Answer, Attachment, Reply
from tender.model.questions import Dialogue
from tender.words import words
from tests.sample import DIALOGUE, HELSINKI, fi

QUESTION = DIALOGUE.questions[0]
TWO: Dialogue = replace(DIALOGUE, questions=(QUESTION, replace(QUESTION, id="q5", number=5, wording=fi("Sama?"))))

WHOLE = """
id = "polku"
respondent = "Esimerkki Polku Oy"
received_at = 2018-10-17T14:22:00
synthetic = true
attachments = ["malli.pdf"]

[replies]
q8 = "Pidämme 700 asiakkaan kattoa hyvänä."
q5 = '''
  Työtunnit riskiryhmittäin.
'''
"""


def read(folder: Path, *texts: str) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """The answers in files ``0.toml``, ``1.toml`` … with these texts."""
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return read_answers(folder, TWO)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    """Rule ids, each finding told in every language on the way."""
    for finding in findings:
        for language in Language:
            assert "{" not in str(words(language).finding(finding))
    return [finding.rule for finding in findings]


def changed(old: str, new: str) -> str:
    """The whole answer with something changed."""
    assert old in WHOLE
    return WHOLE.replace(old, new)


def test_a_whole_answer_is_read(tmp_path: Path) -> None:
    """Every field, in Helsinki's time, without the blanks around a reply."""
    answers, findings = read(tmp_path, WHOLE)
    assert findings == ()
    assert answers == (
        Answer(
            "polku",
            "Esimerkki Polku Oy",
            datetime(2018, 10, 17, 14, 22, tzinfo=HELSINKI),
            {"q8": Reply("Pidämme 700 asiakkaan kattoa hyvänä."), "q5": Reply("Työtunnit riskiryhmittäin.")},
            (Attachment("malli.pdf"),),
            synthetic=True,
        ),
    )


def test_an_empty_or_missing_folder_has_no_answers(tmp_path: Path) -> None:
    """That is no mistake; other files are none of ours."""
    (tmp_path / "muistio.txt").write_text("ei vastaus", encoding="utf-8")
    assert read(tmp_path) == ((), ())
    assert read_answers(tmp_path / "nowhere", TWO) == ((), ())


def test_a_moment_with_its_own_zone_keeps_it(tmp_path: Path) -> None:
    """Eleven in UTC is fourteen in Helsinki in October."""
    answers, _ = read(tmp_path, changed("2018-10-17T14:22:00", "2018-10-17T11:22:00Z"))
    assert answers[0].received_at == datetime(2018, 10, 17, 14, 22, tzinfo=HELSINKI)


def test_the_order_of_arrival_counts(tmp_path: Path) -> None:
    """File names do not decide."""
    late = changed("17T14", "18T14").replace("polku", "b").replace("Polku", "B")
    answers, findings = read(tmp_path, late, WHOLE)
    assert [answer.id for answer in answers] == ["polku", "b"]
    assert findings == ()


MENDABLE = {
    "an unknown question": (
        changed("q8 =", "q9 ="), ["dialogue.unknown-question"], "replies.q9", ("q5",)),
    "an empty reply": (
        changed('"Pidämme 700 asiakkaan kattoa hyvänä."', '"  "'), ["dialogue.empty-reply"], "replies.q8", ("q5",)),
    "a reply that is a number": (
        changed('"Pidämme 700 asiakkaan kattoa hyvänä."', "700"), ["dialogue.wrong-type"], "replies.q8", ("q5",)),
    "a reply without end": (
        changed("Pidämme", "x" * MOST_CHARACTERS), ["dialogue.reply-too-long"], "replies.q8", ("q5",)),
    "an unknown key": (changed("synthetic", "sythetic"), ["dialogue.unknown-key"], "sythetic", ("q8", "q5")),
    "too late": (changed("17T14:22:00", "19T16:00:01"), ["dialogue.late"], "received_at", ("q8", "q5")),
}  # fmt: skip


@pytest.mark.parametrize("case", MENDABLE, ids=str)
def test_what_is_reported_and_read_on(tmp_path: Path, case: str) -> None:
    """One finding at its field and file; the rest of the answer is taken."""
    text, expected, field, replies = MENDABLE[case]
    answers, findings = read(tmp_path, text)
    assert rules(findings) == expected
    assert findings[0].field == field
    assert str(findings[0].place) == "0.toml"
    assert tuple(answers[0].replies) == replies


def test_the_last_moment_is_in_time(tmp_path: Path) -> None:
    """16.00 closes at 16.00, for everybody."""
    answers, findings = read(tmp_path, changed("17T14:22:00", "19T16:00:00"))
    assert (len(answers), findings) == (1, ())


def test_an_answer_without_replies_is_reported(tmp_path: Path) -> None:
    """It stays an answer: somebody sent it."""
    answers, findings = read(tmp_path, WHOLE.split("[replies]", maxsplit=1)[0] + "[replies]\n")
    assert rules(findings) == ["dialogue.no-replies"]
    assert answers[0].replies == {}


UNREADABLE = {
    "no id": (changed('id = "polku"', ""), "dialogue.missing-key"),
    "no moment": (changed("received_at = 2018-10-17T14:22:00", ""), "dialogue.missing-key"),
    "no replies at all": (WHOLE.split("[replies]", maxsplit=1)[0], "dialogue.missing-key"),
    "a blank name": (changed("Esimerkki Polku Oy", "  "), "dialogue.wrong-type"),
    "a day instead of a moment": (changed("2018-10-17T14:22:00", "2018-10-17"), "dialogue.wrong-type"),
    "a moment as text": (changed("2018-10-17T14:22:00", '"2018-10-17"'), "dialogue.wrong-type"),
    "one for true": (changed("synthetic = true", "synthetic = 1"), "dialogue.wrong-type"),
    "an attachment as text": (changed('["malli.pdf"]', '"malli.pdf"'), "dialogue.wrong-type"),
    "an attachment elsewhere": (changed("malli.pdf", "../../etc/passwd"), "dialogue.attachment-name"),
    "an attachment without a name": (changed('"malli.pdf"', "7"), "dialogue.attachment-name"),
    "no TOML": ("Hei, tässä vastauksemme.", "dialogue.unreadable"),
    "half a file": (WHOLE[:-10], "dialogue.unreadable"),
    "deep nesting": ("a = " + "[" * 100_000, "dialogue.unreadable"),
    "too large": (WHOLE + "# " + "x" * MOST_BYTES, "dialogue.too-large"),
}


@pytest.mark.parametrize("case", UNREADABLE, ids=str)
def test_what_cannot_be_read_blocks_and_hides_no_other(tmp_path: Path, case: str) -> None:
    """The finding names the file; the good answer beside it is read."""
    text, rule = UNREADABLE[case]
    good = WHOLE.replace("polku", "muu").replace("Polku", "Muu")
    answers, findings = read(tmp_path, text, good)
    assert set(rules(findings)) == {rule}
    assert all(finding.blocks and str(finding.place) == "0.toml" for finding in findings)
    assert [answer.id for answer in answers] == ["muu"]


def test_all_findings_of_a_file_come_at_once(tmp_path: Path) -> None:
    """Nobody mends a file four times."""
    text = (
        changed('id = "polku"', "").replace("Esimerkki Polku Oy", "").replace("true", "1").replace("malli.pdf", "a/b")
    )
    assert len(read(tmp_path, text)[1]) == 4


def test_bytes_that_are_no_text_are_reported(tmp_path: Path) -> None:
    """Old code pages are not guessed at."""
    (tmp_path / "0.toml").write_bytes(WHOLE.encode("latin-1"))
    assert rules(read_answers(tmp_path, TWO)[1]) == ["dialogue.unreadable"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Nor is a folder or a pipe taken for a file."""
    outside = tmp_path / "outside.toml"
    outside.write_text(WHOLE, encoding="utf-8")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "link.toml").symlink_to(outside)
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    answers, findings = read_answers(folder, TWO)
    assert answers == ()
    assert [(str(finding.place), finding.blocks) for finding in findings] == [
        ("folder.toml", True),
        ("link.toml", True),
        ("pipe.toml", True),
    ]


def test_a_second_answer_of_a_respondent_is_never_merged(tmp_path: Path) -> None:
    """Both stay, whatever the capitals and blanks; the later one is reported and names the first."""
    second = changed("17T14", "18T14").replace('"polku"', '"polku-2"').replace("Esimerkki Polku", "esimerkki  POLKU")
    answers, findings = read(tmp_path, second, WHOLE)
    assert [answer.id for answer in answers] == ["polku", "polku-2"]
    assert rules(findings) == ["dialogue.same-respondent"]
    assert (str(findings[0].place), findings[0].values["first"]) == ("0.toml", "1.toml")


def test_an_id_used_twice_blocks(tmp_path: Path) -> None:
    """Two files must not stand for one answer."""
    answers, findings = read(tmp_path, WHOLE, changed("Esimerkki Polku Oy", "Toinen Oy"))
    assert len(answers) == 2
    assert rules(findings) == ["dialogue.same-id"]
    assert findings[0].blocks


def test_too_many_files_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is told, with how many were read."""
    monkeypatch.setattr(intake, "MOST_FILES", 2)
    texts = [WHOLE.replace("polku", name).replace("Polku", name) for name in "abc"]
    answers, findings = read(tmp_path, *texts)
    assert len(answers) == 2
    assert rules(findings) == ["dialogue.too-many"]
    assert findings[0].values == {"found": "3", "expected": "2"}


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    """Findings quote what came from outside in one harmless line."""
    text = changed("q8 =", '"q\\u001b[31m8" =').replace("Esimerkki Polku Oy", "A\\u0007B")
    _, findings = read(tmp_path, text, text.replace('id = "polku"', 'id = "p2"'))
    for finding in findings:
        assert not any(ord(character) < 32 for character in "".join([finding.field, *finding.values.values()]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_whatever_bytes_come_there_are_answers_or_findings(tmp_path: Path, data: bytes) -> None:
    """Never an exception, never silence."""
    (tmp_path / "0.toml").write_bytes(data)
    answers, findings = read_answers(tmp_path, TWO)
    assert answers or findings
