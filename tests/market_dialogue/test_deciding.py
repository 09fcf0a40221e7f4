"""Decisions about replies by acts and commands: what is recorded, what is refused, and what the follow-up shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from market_dialogue.acts.coding import code, coding_board
from market_dialogue.acts.deciding import decide, read_decisions
from market_dialogue.acts.desk import Pen
from market_dialogue.acts.following import follow
from market_dialogue.acts.masking import mask, open_highlights, span_of
from market_dialogue.acts.opening import BASELINE, baseline, open_dialogue
from market_dialogue.acts.reading import read_dialogue
from market_dialogue.acts.receiving import receive
from market_dialogue.coding.codes import ReplyKey
from market_dialogue.coding.views import public_reply
from tender.cli.main import main
from tender.errors import FrozenError, InputError, UsageError
from tender.model.answers import Answer, Mark, Reply
from tender.publishing.folder import RECORD_FILE, record_state
from tender.reading.edit import set_value
from tender.record import Record
from tender.record.dialogue import Disposition, Masking
from tests.sample import HELSINKI

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
NOON = datetime(2018, 10, 18, 12, tzinfo=HELSINKI)
DAY = date(2018, 11, 1)
CAP = "framework.client_cap"
WHY = {"fi": "Pienet tuottajat."}
ANSWERS = (
    Answer("kaari", "Kaari Oy", NOON, {"q8": Reply("Katto 500 olisi parempi. Soita 040 123 4567.")}),
    Answer("silta", "Silta Oy", NOON, {"q8": Reply("Katto 700 on hyvä."), "q2": Reply("Työnjako on selvä.")}),
)


def pen(seed: int = 1) -> Pen:
    """A pen that writes at noon."""
    return Pen(lambda: NOON, lambda: bytes([seed]) * 32)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pilot's folder, opened and with two answers on the record."""
    folder = Path(shutil.copytree(SAVO, tmp_path_factory.mktemp("answered") / "savo"))
    open_dialogue(folder, "Inka Rinne", pen())
    for answer in ANSWERS:
        receive(folder, answer, {}, answer.id, lambda: NOON, lambda: b"s" * 32)
    return folder


@pytest.fixture
def folder(answered: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(answered, tmp_path / "savo"))


def run(folder: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """What ``valinta dialogue`` says as JSON; the folder comes where the command wants it."""
    result = CliRunner().invoke(main, ["dialogue", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def decision(answer: str, result: str, targets: Sequence[str] = (), question: str = "q8") -> Disposition:
    """A decision by a named person."""
    return Disposition(answer, question, result, {"fi": "Katto 500."}, WHY, tuple(targets), "Inka Rinne")


def test_opening_again_on_the_same_drafts_changes_nothing_and_on_others_is_refused(folder: Path) -> None:
    head = record_state(folder).head
    open_dialogue(folder, "Inka Rinne", pen(2))
    assert record_state(folder).head == head
    set_value(folder, CAP, 500)
    with pytest.raises(FrozenError, match="opened-before"):
        open_dialogue(folder, "Inka Rinne", pen(3))


def test_a_touched_baseline_is_not_trusted(folder: Path) -> None:
    assert baseline(folder) == folder / BASELINE
    (folder / BASELINE / "tender.toml").write_text("schema = 1\n", encoding="utf-8")
    with pytest.raises(FrozenError, match="baseline-differs"):
        follow(folder, DAY)


def test_without_an_opening_there_is_nothing_to_follow_up_from(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAVO, tmp_path / "savo"))
    with pytest.raises(UsageError, match="not-open"):
        follow(folder, DAY)
    with pytest.raises(UsageError, match="no-record"):
        decide(folder, (decision("kaari", "noted"),), pen())


def test_a_change_is_followed_from_the_answer_to_the_field(folder: Path) -> None:
    known = decide(folder, (decision("kaari", "changed", (CAP,)), decision("silta", "noted")), pen())
    assert len(known) == 2
    before = run(folder, "follow-up", str(folder), code=1)
    assert [one["rule"] for one in before["findings"] if one["severity"] == "block"] == ["follow-up.unchanged"]
    set_value(folder, CAP, 500)
    after = run(folder, "follow-up", str(folder))
    traces = {(one["answer"], one["question"]): one for one in after["traces"]}
    change = traces["kaari", "q8"]["targets"][0]["changes"][0]
    assert (change["path"], change["before"][:3], change["after"][:3]) == (CAP, "700", "500")
    assert traces["silta", "q2"]["result"] is None
    assert not after["complete"]


def test_decisions_are_all_recorded_or_none(folder: Path) -> None:
    head = record_state(folder).head
    for wrong, message in (
        (decision("kukaan", "noted"), "no-answer"),
        (decision("kaari", "noted", question="q2"), "no-reply"),
        (decision("kaari", "kyllä"), "no-result"),
        (decision("kaari", "changed", ("framework.cap",)), "no-such-target"),
        (decision("kaari", "changed", ("clause:framework-agreement/none",)), "no-such-target"),
    ):
        with pytest.raises(UsageError, match=message):
            decide(folder, (decision("silta", "noted"), wrong), pen())
    assert record_state(folder).head == head


def test_many_decisions_come_from_a_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(
        '[[decisions]]\nanswers = ["kaari", "silta"]\nquestion = "q8"\nresult = "not-changed"\n'
        'proposal = { fi = "Katto 500", en = "Cap 500" }\nreason = { fi = "Mitoitus" }\n',
        encoding="utf-8",
    )
    said = run(folder, "decide", str(folder), "--file", str(file), "--by", "Inka Rinne")
    assert [one["answer"] for one in said["decisions"]] == ["kaari", "silta"]
    assert len(record_state(folder).dialogue.dispositions) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1", "no-decisions"),
        ("[[decisions]]\nanswer = 'a'", "decision-keys"),
        ("[[decisions]]\nanswers = []\nquestion = 'q8'\nresult = 'noted'", "decision-value"),
        ("[[decisions]]\nanswers = ['a']\nquestion = 8\nresult = 'noted'", "decision-value"),
        ("[[decisions]]\nanswers = ['a']\nquestion = 'q8'\nresult = 'noted'\nreason = 'x'", "decision-value"),
        ("[[decisions", "unreadable"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "d.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_decisions(file, "Inka")


def test_codes_are_recorded_with_whether_the_machine_had_suggested_them(folder: Path) -> None:
    first = code(folder, (ReplyKey("kaari", "q8"),), ("katto",), "Inka", pen(), given=True)
    second = code(folder, (ReplyKey("silta", "q8"),), ("katto",), "Inka", pen(2), given=True)
    assert (first[0].suggested, second[0].suggested) == (False, True)
    assert coding_board(folder).codes[ReplyKey("silta", "q8")] == ("katto",)
    with pytest.raises(UsageError, match="code-unfit"):
        code(folder, (ReplyKey("kaari", "q8"),), ("Katto!",), "Inka", pen(), given=True)
    with pytest.raises(UsageError, match="unnamed-decision"):
        code(folder, (ReplyKey("kaari", "q8"),), ("katto",), " ", pen(), given=True)


def test_numbers_are_held_against_the_drafts_that_were_asked_about(folder: Path) -> None:
    set_value(folder, CAP, 500)
    assert [one.draft for one in coding_board(folder).numbers] == [700]


def test_a_confirmed_highlight_is_cut_out_and_not_shown_again(folder: Path) -> None:
    (found,) = open_highlights(read_dialogue(folder))
    assert (found.text, found.highlight.kind) == ("040 123 4567", "phone")
    run(folder, "mask", "hide", str(folder), "kaari", "q8", found.text, "--ground", "personal-data",
        "--reason", "Puhelin", "--by", "Inka")  # fmt: skip
    file = read_dialogue(folder)
    assert open_highlights(file) == ()
    assert public_reply(file.answers[0], "q8", file.state).text() == "Katto 500 olisi parempi. Soita [–]."
    run(folder, "mask", "show", str(folder), "kaari", "q8", found.text, "--reason", "Vaihde", "--by", "Inka")
    file = read_dialogue(folder)
    assert "040" in public_reply(file.answers[0], "q8", file.state).text()


def test_a_trade_secret_opens_only_when_its_claim_is_decided_about(folder: Path) -> None:
    marked = replace(ANSWERS[1], id="niitty", respondent="Niitty Oy")
    marked = replace(marked, replies={"q8": Reply("Hinta on 41 euroa.", marks=(Mark(9, 11, "hinnoittelu"),))})
    receive(folder, marked, {}, "niitty", lambda: NOON, lambda: b"s" * 32)
    show = Masking("niitty", "q8", 6, 13, "other", hidden=False, reason="x", by="Inka")
    for ground in ("other", "personal-data", "business-id"):
        with pytest.raises(UsageError, match="secret-stays"):
            mask(folder, (replace(show, ground=ground),), pen())
    with pytest.raises(UsageError, match="no-secret"):
        mask(folder, (replace(show, start=0, end=5, ground="trade-secret"),), pen())
    for language, said in (("fi", "liikesalaisuudeksi"), ("sv", "företagshemlighet"), ("en", "trade secret")):
        words = ["dialogue", "mask", "show", str(folder), "niitty", "q8", "41", "--reason", "x", "--by", "Inka"]
        result = CliRunner().invoke(main, [*words, "--language", language])
        assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert not record_state(folder).dialogue.maskings
    run(folder, "mask", "show", str(folder), "niitty", "q8", "41", "--ground", "trade-secret",
        "--reason", "Ei pidä", "--by", "Inka")  # fmt: skip
    file = read_dialogue(folder)
    (found,) = (answer for answer in file.answers if answer.id == "niitty")
    assert public_reply(found, "q8", file.state).text() == "Hinta on 41 euroa."


def test_masks_outside_the_words_are_refused(folder: Path) -> None:
    wrong = Masking("silta", "q8", 5, 99, "other", hidden=True, reason="x", by="Inka")
    with pytest.raises(UsageError, match="no-place"):
        mask(folder, (wrong,), pen())
    with pytest.raises(UsageError, match="words-unclear"):
        span_of(read_dialogue(folder), "silta", "q8", "o")


def test_names_stand_in_payloads_only(folder: Path) -> None:
    decide(folder, (decision("kaari", "noted"),), pen())
    with Record.read(folder / RECORD_FILE) as record:
        assert all("Inka" not in event.actor for event in record.events())


def test_a_scenario_shows_findings_of_both_values_and_writes_nothing(folder: Path) -> None:
    before = (folder / "tender.toml").read_bytes()
    said = run(folder, "scenario", str(folder), "--set", f"{CAP}=300")
    assert [(one["path"], one["before"], one["after"]) for one in said["changes"]] == [(CAP, "700", "300")]
    assert said["new"]
    assert (folder / "tender.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("value", "message"), [("framework.cap=1", "cap"), (f"{CAP}=x", "x"), ("framework=1", "framework"), (CAP, CAP)]
)
def test_a_scenario_of_nothing_is_refused(folder: Path, value: str, message: str) -> None:
    result = CliRunner().invoke(main, ["dialogue", "scenario", str(folder), "--set", value])
    assert result.exit_code == 2
    assert message in result.stderr
