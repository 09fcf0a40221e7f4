"""Answers on the record: receipts, repeated sendings, attachments, and who counts after which ruling."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from market_dialogue.acts import DialogueFile, Pending, Reason, Receipt, read_dialogue, receive, rule, summarise
from market_dialogue.acts.receiving import attachment_path
from market_dialogue.drafts import question_set
from tender.cli.main import main
from tender.errors import InputError, RecordError, UsageError
from tender.model.answers import Answer, Attachment, Reply
from tender.publishing.folder import RECORD_FILE, record_state
from tender.record import Publicity, Record
from tender.record.dialogue import Ruling
from tests.sample import HELSINKI

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
IN_TIME = datetime(2018, 10, 18, 12, tzinfo=HELSINKI)
LATE = datetime(2018, 12, 1, 12, tzinfo=HELSINKI)
POLKU = Answer("polku", "Polku Oy", IN_TIME, {"q8": Reply("Katto on hyvä.")})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pilot's folder."""
    return Path(shutil.copytree(SAVO, tmp_path / "savo"))


def take(folder: Path, answer: Answer, key: str = "", **files: bytes) -> Receipt:
    """Receive `answer`, its files named ``a`` for ``a.pdf``."""
    given = {f"{name}.pdf": data for name, data in files.items()}
    count = len(record_state(folder).dialogue.answers)
    return receive(folder, answer, given, key or answer.id, lambda: LATE, lambda: bytes([count]) * 32)


def decide(folder: Path, answer: str, about: str, *, counts: bool, reason: str = "Portaali oli alhaalla") -> Ruling:
    """Rule on `answer`."""
    return rule(folder, Ruling(answer, about, counts, reason, "Inka Rinne"), lambda: LATE, lambda: b"r" * 32)


def counted(file: DialogueFile) -> list[str]:
    """Ids of the answers that count."""
    return [answer.id for answer in file.answers]


def test_a_receipt_proves_the_answer(folder: Path) -> None:
    """Its head is the head of the chain, and what it names is what the record holds, for the authority only."""
    receipt = take(folder, POLKU)
    with Record.read(folder / RECORD_FILE) as record:
        assert (receipt.number, receipt.head) == (1, record.head)
        assert record.events()[0].publicity is Publicity.AUTHORITY
        assert record.verify([receipt.head]) == ()
    assert read_dialogue(folder).answers == (POLKU,)
    assert read_dialogue(folder).state.answers[0].said.digest == receipt.digest


def test_recorded_answers_put_the_files_out(folder: Path) -> None:
    """As soon as one answer is on the record, the invented ones of the example do not count."""
    assert summarise(folder).invented == summarise(folder).answers > 1
    take(folder, POLKU)
    summary = summarise(folder)
    assert (summary.answers, summary.invented, summary.pending) == (1, 0, 0)


def test_the_same_sending_again_is_the_same_answer(folder: Path) -> None:
    """Same receipt, no second event, whatever the clock says then."""
    first = take(folder, POLKU, "key")
    again = take(folder, replace(POLKU, received_at=LATE, id="other"), "key")
    assert again == replace(first, repeated=True)
    assert len(record_state(folder).dialogue.answers) == 1


def test_a_key_with_another_content_is_refused(folder: Path) -> None:
    """A changed answer is never lost behind an old receipt."""
    take(folder, POLKU, "key")
    with pytest.raises(InputError) as caught:
        take(folder, replace(POLKU, replies={"q8": Reply("Katto on huono.")}), "key")
    assert (caught.value.message, caught.value.values) == ("dialogue.key-reused", {"id": "polku"})
    assert read_dialogue(folder).answers == (POLKU,)


def test_an_id_is_one_answers(folder: Path) -> None:
    """Another sending with the same id changes nothing."""
    take(folder, POLKU, "one")
    with pytest.raises(InputError) as caught:
        take(folder, POLKU, "two")
    assert caught.value.message == "dialogue.id-taken"
    assert len(record_state(folder).dialogue.answers) == 1


def test_attachments_lie_under_their_digest(folder: Path) -> None:
    """The answer names digest and size; the same bytes twice lie once; nothing half lies around."""
    answer = replace(POLKU, attachments=(Attachment("a.pdf", question="q4"), Attachment("b.pdf")))
    take(folder, answer, a=b"malli", b=b"malli")
    kept = read_dialogue(folder).answers[0].attachments
    digest = hashlib.sha256(b"malli").hexdigest()
    assert [(one.name, one.digest, one.size, one.question) for one in kept] == [
        ("a.pdf", digest, 5, "q4"), ("b.pdf", digest, 5, "")
    ]  # fmt: skip
    assert attachment_path(folder, digest).read_bytes() == b"malli"
    assert [path.name for path in attachment_path(folder, "").iterdir()] == [digest]


def test_a_damaged_attachment_is_written_again(folder: Path) -> None:
    """What lies under a digest is checked, not trusted."""
    digest = hashlib.sha256(b"malli").hexdigest()
    path = attachment_path(folder, digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mal")
    take(folder, replace(POLKU, attachments=(Attachment("a.pdf"),)), a=b"malli")
    assert path.read_bytes() == b"malli"


def test_a_full_disk_is_called_full_and_records_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of an attachment found no room: no event names them, and the same sending works later."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    answer = replace(POLKU, attachments=(Attachment("a.pdf"),))
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(RecordError, match=r"record\.disk-full"):
            take(folder, answer, a=b"malli")
    assert record_state(folder).dialogue.answers == ()
    assert take(folder, answer, a=b"malli").number == 1


def test_a_named_digest_without_bytes_is_refused(folder: Path) -> None:
    """And nothing is recorded."""
    with pytest.raises(InputError) as caught:
        take(folder, replace(POLKU, attachments=(Attachment("a.pdf", "0" * 64, 5),)), a=b"malli")
    assert caught.value.message == "dialogue.attachment-missing"
    assert record_state(folder).dialogue.answers == ()


def test_bytes_come_before_the_event(folder: Path) -> None:
    """When the attachment cannot be written, no event names it."""
    (folder / "private" / "dialogue").write_bytes(b"a file in the way")
    with pytest.raises(RecordError) as caught:
        take(folder, replace(POLKU, attachments=(Attachment("a.pdf"),)), a=b"malli")
    assert caught.value.message == "record.unusable"
    assert record_state(folder).dialogue.answers == ()


def test_a_record_of_another_kind_is_refused(folder: Path) -> None:
    """A file that is no record stays as it is."""
    (folder / RECORD_FILE).write_bytes(b"no record")
    with pytest.raises(RecordError):
        take(folder, POLKU)
    assert (folder / RECORD_FILE).read_bytes() == b"no record"


def test_a_late_answer_counts_only_after_a_ruling(folder: Path) -> None:
    """One second after the close is late; at the close is not."""
    closes = read_dialogue(folder).dialogue.closes
    take(folder, replace(POLKU, id="just", respondent="Juuri Oy", received_at=closes))
    late = replace(POLKU, received_at=closes + timedelta(seconds=1))
    take(folder, late)
    file = read_dialogue(folder)
    assert (counted(file), file.pending) == (["just"], (Pending(late, (Reason.LATE,)),))
    decide(folder, "polku", "late", counts=True)
    assert counted(read_dialogue(folder)) == ["just", "polku"]
    decide(folder, "polku", "late", counts=False)
    file = read_dialogue(folder)
    assert (counted(file), file.pending, file.set_aside) == (["just"], (), (late,))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"respondent": "Polku Oy"}, {"respondent": "POLKU  oy"}),
        ({"business_id": "2345678-9"}, {"respondent": "Polku Group", "business_id": "2345678-9"}),
    ],
)
def test_a_second_answer_waits(folder: Path, first: dict[str, str], second: dict[str, str]) -> None:
    """The same respondent, by name or business id; the person may take either of them."""
    take(folder, replace(POLKU, **first))  # type: ignore[arg-type]
    take(folder, replace(POLKU, id="polku-2", received_at=IN_TIME + timedelta(hours=1), **second))  # type: ignore[arg-type]
    file = read_dialogue(folder)
    assert (counted(file), [one.reasons for one in file.pending]) == (["polku"], [(Reason.TWICE,)])
    decide(folder, "polku-2", "twice", counts=True)
    decide(folder, "polku", "twice", counts=False)
    assert counted(read_dialogue(folder)) == ["polku-2"]
    decide(folder, "polku", "twice", counts=True)
    assert counted(read_dialogue(folder)) == ["polku", "polku-2"]


def test_empty_business_ids_are_not_the_same(folder: Path) -> None:
    """A blank says nothing."""
    take(folder, POLKU)
    take(folder, replace(POLKU, id="silta", respondent="Silta Oy"))
    assert counted(read_dialogue(folder)) == ["polku", "silta"]


def test_answers_to_other_questions_wait(folder: Path) -> None:
    """One that says the present set, or none, counts."""
    asked = question_set(read_dialogue(folder).dialogue)
    take(folder, replace(POLKU, question_set=asked))
    take(folder, replace(POLKU, id="silta", respondent="Silta Oy", question_set="0" * 64))
    file = read_dialogue(folder)
    assert (counted(file), [one.reasons for one in file.pending]) == (["polku"], [(Reason.OTHER_VERSION,)])


def test_every_reason_needs_its_ruling(folder: Path) -> None:
    """A late second answer with one ruling still waits for the other."""
    take(folder, POLKU)
    take(folder, replace(POLKU, id="polku-2", received_at=LATE))
    decide(folder, "polku-2", "late", counts=True)
    assert [one.reasons for one in read_dialogue(folder).pending] == [(Reason.TWICE,)]


@pytest.mark.parametrize(
    ("answer", "about", "reason", "expected"),
    [
        ("nobody", "late", "x", "dialogue.no-such-answer"),
        ("polku", "late", "x", "dialogue.nothing-to-rule"),
        ("polku", "twice", "  ", "dialogue.ruling-unnamed"),
    ],
)
def test_a_ruling_needs_an_occasion(folder: Path, answer: str, about: str, reason: str, expected: str) -> None:
    """And a name and a reason."""
    take(folder, POLKU)
    with pytest.raises(UsageError) as caught:
        decide(folder, answer, about, counts=True, reason=reason)
    assert caught.value.message == expected
    assert record_state(folder).dialogue.rulings == ()


def test_the_command_records_a_ruling(folder: Path) -> None:
    """With its author, for machines as JSON; without a side it is wrong use."""
    take(folder, replace(POLKU, received_at=LATE))
    call = ["dialogue", "rule", str(folder), "polku", "--about", "late", "--reason", "Katko", "--by", "Inka Rinne"]
    assert CliRunner().invoke(main, call).exit_code == 2
    result = CliRunner().invoke(main, [*call, "--counts", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "answer": "polku", "about": "late", "counts": True, "reason": "Katko", "by": "Inka Rinne"
    }  # fmt: skip
    assert counted(read_dialogue(folder)) == ["polku"]


def test_the_summary_says_how_many_wait(folder: Path) -> None:
    """So that nobody takes the numbers for whole."""
    take(folder, POLKU)
    take(folder, replace(POLKU, id="silta", respondent="Silta Oy", received_at=LATE))
    result = CliRunner().invoke(main, ["dialogue", "summary", str(folder), "--language", "fi"])
    assert "odottavat ratkaisua eivätkä ole luvuissa: 1" in result.output
