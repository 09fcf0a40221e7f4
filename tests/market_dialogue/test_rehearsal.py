"""The example's dialogue, told by its acts: three ways in with one result, three changes, no secret in the summary."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from market_dialogue import rehearsal
from market_dialogue.acts.following import follow
from market_dialogue.acts.masking import open_highlights
from market_dialogue.acts.reading import INVENTED, DialogueFile, read_dialogue
from market_dialogue.acts.taking import Taken
from market_dialogue.drafts import dialogue_of
from market_dialogue.intake import read_answers
from market_dialogue.rehearsal import plays, tell
from tender.errors import BlockedError
from tender.publishing.examination import examine, readable_tender
from tender.publishing.folder import RECORD_FILE
from tender.record import Record
from tender.record.hiding import hiding_grounds
from tender.starting import examples_folder, start_folder
from tests.tender.publishing.leaks import below, found

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """The pilot's folder after its dialogue, and what was told of it."""
    folder = start_folder(tmp_path_factory.mktemp("told") / "savo", "pohjois-savo", None, synthetic=True)
    return folder, {name: value for _, values in tell(folder, lambda _: None) for name, value in values.items()}


def test_only_an_example_that_says_how_it_went_plays() -> None:
    home = examples_folder()
    assert [name for name in ("pohjois-karjala", "pohjois-savo", "tyollisyysalue") if plays(home / name)] == [
        "pohjois-savo"
    ]


def test_fourteen_answers_come_three_ways_as_they_were_written(told: tuple[Path, dict[str, object]]) -> None:
    """Word for word, number for number and mark for mark, whichever way each came."""
    folder, said = told
    file = read_dialogue(folder)
    written, _ = read_answers(folder / INVENTED, dialogue_of(file.tender))
    replies = {one.respondent: one.replies for one in file.answers}
    for answer in written:
        for question, reply in answer.replies.items():
            came = replies[answer.respondent][question]
            assert (came.text, came.number, came.marks) == (reply.text.strip(), reply.number, reply.marks)
        assert set(replies[answer.respondent]) == set(answer.replies)
    assert Counter(one.channel.value for one in file.answers) == {"web": 5, "form": 4, "import": 5}
    assert (said["answers"], said["web"], said["form"], said["import"]) == (14, 5, 4, 5)
    assert file.pending == ()


def test_every_reply_is_decided_and_three_changes_hold(told: tuple[Path, dict[str, object]]) -> None:
    folder, said = told
    tender = readable_tender(folder)
    followed = follow(folder, tender.timetable.published).found
    assert [finding.rule for finding in followed.findings if finding.blocks] == []
    assert (followed.missing, followed.unnamed) == ((), ())
    assert (said["decided"], said["replies"], said["changes"]) == (80, 80, 3)
    assert not [one.rule for one in examine(folder, tender.timetable.published).findings if one.blocks]
    with Record.read(folder / RECORD_FILE) as record:
        assert record.verify() == ()


def test_no_secret_and_no_person_is_in_the_summary(told: tuple[Path, dict[str, object]]) -> None:
    folder, _ = told
    file = read_dialogue(folder)
    assert open_highlights(file) == ()
    secrets: list[str | int] = [*_hidden(file)]
    assert len(secrets) > 7, "nothing was hidden, so nothing would be proven"
    public = below(folder / "dialogue")
    assert {name.rpartition(".")[2] for name in public} == {"pdf", "html", "docx"}
    assert found(public, secrets) == []


def test_an_answer_that_is_not_taken_stops_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = start_folder(tmp_path / "savo", "pohjois-savo", None, synthetic=True)
    monkeypatch.setattr(rehearsal, "take_files", lambda *_: (Taken("pelto.xlsx", (), (), ()),))
    with pytest.raises(BlockedError, match="not-taken"):
        tell(folder, lambda _: None)


def _hidden(file: DialogueFile) -> list[str]:
    """Every hidden stretch of every reply, except the respondents' own names, which the list of contacts prints."""
    words = []
    for answer in file.answers:
        for question, reply in answer.replies.items():
            why = hiding_grounds(answer, question, file.state)
            hidden = "".join(
                char if ground and ground != "other" else "\n" for char, ground in zip(reply.text, why, strict=True)
            )
            words += [part for part in hidden.split("\n") if len(part) > 5]
    return words
