"""Counting the answers of the examples, where the brief's eight questions stand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from market_dialogue.account import count_replies
from market_dialogue.acts import summarise
from tender.errors import UsageError
from tender.model.answers import Answer, Reply
from tests.sample import DIALOGUE, HELSINKI, sample_tender

ROOT = Path(__file__).parents[2]
SAVO = ROOT / "examples" / "pohjois-savo"


def an_answer(name: str, **replies: str) -> Answer:
    """An answer of `name`."""
    return Answer(
        name,
        name,
        datetime(2018, 10, 1, tzinfo=HELSINKI),
        {question: Reply(text) for question, text in replies.items()},
    )


def test_questions_with_the_same_words_are_counted_apart() -> None:
    """Q1 and Q5 share their wording but concern different payment models (A1)."""
    question = DIALOGUE.questions[0]
    dialogue = replace(DIALOGUE, questions=(replace(question, id="q1"), replace(question, id="q5")))
    first, second = count_replies(dialogue, (an_answer("A", q1="x"), an_answer("B", q1="y", q5="z")))
    assert (first.answered, first.silent) == (("A", "B"), ())
    assert (second.answered, second.silent) == (("B",), ("A",))


def test_a_dialogue_without_answers_counts_nobody() -> None:
    """Every question is listed all the same."""
    counts = count_replies(DIALOGUE, ())
    assert [(count.question.id, count.answered) for count in counts] == [("q8", ())]


def test_the_pilots_eight_questions_are_counted() -> None:
    """The invented answers of the example, without a finding."""
    summary = summarise(SAVO)
    assert [count.question.number for count in summary.counts] == list(range(1, 9))
    assert summary.findings == ()
    assert summary.answers == summary.invented > 0
    assert summary.late == 0
    assert all(len(count.answered) + len(count.silent) == summary.answers for count in summary.counts)


@pytest.mark.parametrize("example", ["pohjois-karjala", "tyollisyysalue"])
def test_the_other_examples_have_answers_too(example: str) -> None:
    """And nothing is wrong with them."""
    summary = summarise(ROOT / "examples" / example)
    assert summary.findings == ()
    assert summary.answers > 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pilot's folder."""
    return Path(shutil.copytree(SAVO, tmp_path / "savo"))


def test_real_answers_are_never_mixed_with_invented_ones(folder: Path) -> None:
    """As soon as one real answer is there, the invented ones are out."""
    (folder / "answers").mkdir()
    text = (folder / "synthetic" / "answers" / "polku.toml").read_text(encoding="utf-8")
    (folder / "answers" / "polku.toml").write_text(text.replace("synthetic   = true", ""), encoding="utf-8")
    summary = summarise(folder)
    assert (summary.answers, summary.invented) == (1, 0)


def test_late_answers_in_files_wait_for_a_ruling_too(folder: Path) -> None:
    """They are reported and do not count, as on the record."""
    polku = folder / "synthetic" / "answers" / "polku.toml"
    polku.write_text(polku.read_text(encoding="utf-8").replace("2018-10-17", "2018-11-17"), encoding="utf-8")
    summary = summarise(folder)
    assert (summary.answers, summary.late, summary.pending) == (13, 0, 1)
    assert [finding.rule for finding in summary.findings] == ["dialogue.late"]


def test_no_answers_is_said(folder: Path) -> None:
    """With the place where they should be."""
    shutil.rmtree(folder / "synthetic" / "answers")
    with pytest.raises(UsageError) as caught:
        summarise(folder)
    assert caught.value.message == "dialogue.no-answers"
    assert caught.value.values == {"folder": "answers"}


def test_a_tender_without_a_dialogue_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to count."""
    monkeypatch.setattr(
        "market_dialogue.acts.reading.readable_tender", lambda _: replace(sample_tender(), dialogue=None)
    )
    with pytest.raises(UsageError) as caught:
        summarise(folder)
    assert caught.value.message == "dialogue.none"
