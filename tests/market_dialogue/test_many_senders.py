"""Answers from many threads through one writer, and senders that race: one sending is one answer with one receipt."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from market_dialogue.acts import Receipt, read_dialogue, receive, receive_through
from market_dialogue.acts.contacts import record_contact
from market_dialogue.acts.receiving import attachment_path, receive_all
from tender.errors import InputError
from tender.model.answers import Attachment, Reply
from tender.publishing.folder import RECORD_FILE
from tender.record import Entry, Item, Kind, Publicity, Record
from tender.record import answers as noun
from tender.record.dialogue import Contact
from tender.record.writer import Writer
from tests.market_dialogue.test_receiving import IN_TIME, LATE, POLKU, SAVO


def salt() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds nothing but the tender file."""
    (tmp_path / "savo").mkdir()
    return Path(shutil.copy(SAVO / "tender.toml", tmp_path / "savo")).parent


@pytest.fixture
def writer(folder: Path) -> Iterator[Writer]:
    with Writer(folder / RECORD_FILE, lambda: LATE, salt, "pohjois-savo") as writer:
        yield writer


def answer_of(number: int) -> Any:
    files = {"malli.pdf": b"%PDF 1"}
    one = replace(POLKU, id=f"a{number}", respondent=f"Vastaaja {number} Oy", attachments=(Attachment("malli.pdf"),))
    return one, files, f"key {number}"


def test_forty_senders_get_their_own_receipts(folder: Path, writer: Writer) -> None:
    """And the same attachment from all of them is there once, whole."""
    with ThreadPoolExecutor(40) as pool:
        receipts = list(pool.map(lambda number: receive_through(writer, folder, *answer_of(number)), range(40)))
    assert sorted(receipt.number for receipt in receipts) == list(range(1, 41))
    assert [receipt.answer for receipt in receipts] == [f"a{number}" for number in range(40)]
    kept = {one.said.answer.id: (one.event.hash, one.said.digest) for one in read_dialogue(folder).state.answers}
    assert kept == {receipt.answer: (receipt.head, receipt.digest) for receipt in receipts}
    digest = read_dialogue(folder).answers[0].attachments[0].digest
    assert attachment_path(folder, digest).read_bytes() == b"%PDF 1"
    assert len(list(attachment_path(folder, digest).parent.iterdir())) == 1


def test_a_button_pressed_twenty_times_is_one_answer(folder: Path, writer: Writer) -> None:
    """Every press gets the receipt of the press that was first, with its moment."""

    def press(second: int) -> Receipt:
        pressed = replace(POLKU, id=f"p{second}", received_at=IN_TIME.replace(second=second))
        return receive_through(writer, folder, pressed, {}, "nappi")

    with ThreadPoolExecutor(20) as pool:
        receipts = list(pool.map(press, range(20)))
    assert len({(one.number, one.answer, one.received_at, one.digest, one.head) for one in receipts}) == 1
    assert sum(not one.repeated for one in receipts) == 1
    assert len(read_dialogue(folder).answers) == 1


def test_another_content_under_the_same_key_is_refused(folder: Path, writer: Writer) -> None:
    """Before and after the first one has been erased."""
    receive_through(writer, folder, POLKU, {}, "key")
    other = replace(POLKU, replies={"q8": Reply("Katto on huono.")})
    with pytest.raises(InputError) as caught:
        receive_through(writer, folder, other, {}, "key")
    assert caught.value.message == "dialogue.key-reused"
    with Record.open(folder / RECORD_FILE, lambda: LATE, salt) as record:
        record.erase(1, "pyydetty", "kirjaamo")
    with pytest.raises(InputError):
        receive_through(writer, folder, POLKU, {}, "key")


def test_a_sender_that_was_overtaken_gets_the_receipt_of_the_quicker(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process commits the same sending after the look and before the writing."""
    append_all = Record.append_all

    def overtaken(self: Record, items: Any) -> Any:
        quicker = noun.AnswerReceived(replace(POLKU, id="quicker"), "key")
        said = Item(Kind.DIALOGUE_ANSWER, quicker.payload(), "vastaaja", Publicity.AUTHORITY, key="key")
        append_all(self, [said])
        return append_all(self, items)

    monkeypatch.setattr(Record, "append_all", overtaken)
    receipt = receive(folder, POLKU, {}, "key", lambda: LATE, salt)
    assert (receipt.answer, receipt.repeated, receipt.number) == ("quicker", True, 1)
    assert len(read_dialogue(folder).answers) == 1


def test_a_file_of_answers_is_recorded_whole_or_not_at_all(folder: Path) -> None:
    """One transaction; the same file again gives the same receipts, and a taken id leaves nothing behind."""
    three = tuple((replace(POLKU, id=f"a{n}", respondent=f"Vastaaja {n}", attachments=()), f"k{n}") for n in range(3))
    first = receive_all(folder, three, {}, lambda: LATE, salt)
    again = receive_all(folder, three, {}, lambda: LATE, salt)
    assert [one.number for one in first] == [one.number for one in again] == [1, 2, 3]
    assert [one.repeated for one in (*first, *again)] == [False] * 3 + [True] * 3
    clash = (replace(POLKU, id="new", attachments=()), "k8"), (replace(POLKU, id="a1", attachments=()), "k9")
    with pytest.raises(InputError) as caught:
        receive_all(folder, clash, {}, lambda: LATE, salt)
    assert caught.value.message == "dialogue.id-taken"
    assert len(read_dialogue(folder).state.answers) == 3


def test_contacts_of_many_clerks_have_ids_of_their_own(folder: Path) -> None:
    """The next id is found inside the transaction that writes it."""
    met = Contact("", "2018-10-03T10:00:00+03:00", "Polku Oy", "call", "A. Aho", {"fi": "Alku"}, {}, "Inka")
    record_contact(folder, met, lambda: LATE, salt)
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: record_contact(folder, met, lambda: LATE, salt).id, range(16)))
    assert sorted(ids) == sorted(f"c{n}" for n in range(2, 18))


def test_what_is_made_of_the_record_is_written_or_nothing_is(folder: Path) -> None:
    """An error on the way leaves the record as it was, and the next writer gets its turn."""
    with Record.open(folder / RECORD_FILE, lambda: LATE, salt, "pohjois-savo") as record:

        def broken(entries: tuple[Entry, ...]) -> tuple[Item, ...]:
            raise InputError("dialogue.id-taken", id=str(len(entries)))

        with pytest.raises(InputError):
            record.append_made(broken)
        note = Item(Kind.NOTE, {"text": "x"}, "kirjaamo", Publicity.PUBLIC)
        record.append_made(lambda entries: [note] * (2 - len(entries)))
        record.append_made(lambda entries: [note] * (2 - len(entries)))
        assert len(record.events()) == 2
