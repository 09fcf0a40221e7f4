"""The panel's acts on a real tender: what they refuse, what stays on the record, what scoring reads of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.acts.award import score_bids, select
from evaluation.acts.bids import open_bids
from evaluation.acts.demo import OPENERS
from evaluation.acts.panel import agree, appoint, be_absent, declare, give, seat_of, sign
from tender.errors import BlockedError, FrozenError, UsageError
from tender.model.panel import Declaration, MarkKind, Way, scores_digest
from tender.publishing.folder import RECORD_FILE, record_state
from tender.record import Publicity, Record
from tender.record.panel import Agreed
from tests.evaluation.acts.panels import (
    APPOINTED,
    MEMBERS,
    all_agreed,
    all_free,
    all_given,
    later,
    marks,
    opened,
    received,
    two_forms,
    wanted,
)


@pytest.fixture(scope="module")
def forms(lean_once: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The forms of two invented bidders that can be compared, filled into the lean publication."""
    folder = Path(shutil.copytree(lean_once, tmp_path_factory.mktemp("forms") / "kunta"))
    return two_forms(folder)


@pytest.fixture(scope="module")
def opened_once(lean_once: Path, forms: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Opened with a panel; never touch it, copy it."""
    return opened(Path(shutil.copytree(lean_once, tmp_path_factory.mktemp("panel") / "kunta")), forms)


@pytest.fixture(scope="module")
def agreed_once(opened_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Given, signed and agreed; never touch it, copy it."""
    return all_agreed(all_given(Path(shutil.copytree(opened_once, tmp_path_factory.mktemp("agreed") / "kunta"))))


@pytest.fixture
def seated(opened_once: Path, tmp_path: Path) -> Path:
    """An opened tender with a panel, of one's own."""
    return Path(shutil.copytree(opened_once, tmp_path / "kunta"))


@pytest.fixture
def agreed(agreed_once: Path, tmp_path: Path) -> Path:
    """An agreed panel of one's own."""
    return Path(shutil.copytree(agreed_once, tmp_path / "kunta"))


def rules(caught: pytest.ExceptionInfo[BlockedError]) -> set[str]:
    """Rules of the findings that blocked."""
    return {finding.rule for finding in caught.value.findings}


def test_nothing_opens_before_all_have_declared(lean_published: Path, forms: list[Path]) -> None:
    """Woods v Milton Keynes: interests are asked before anybody sees a bid; a bidder that came since is asked again."""
    folder = received(lean_published, forms[:1])
    appoint(folder, APPOINTED, later(folder))
    all_free(folder, "a1", "a2")
    with pytest.raises(BlockedError) as caught:
        open_bids(folder, OPENERS, later(folder), "tests")
    assert [finding.values["evaluator"] for finding in caught.value.findings] == ["a3"]
    all_free(folder, "a3")
    received(folder, forms[1:2])
    with pytest.raises(BlockedError) as caught:
        open_bids(folder, OPENERS, later(folder), "tests")
    assert len(caught.value.findings) == 3, "all three about the new bidder"
    all_free(folder, "a1", "a2", "a3")
    open_bids(folder, OPENERS, later(folder), "tests")
    assert record_state(folder).opening is not None


def test_the_levels_that_are_scored_are_the_consensus(agreed: Path) -> None:
    """Reasons and levels of the panel stand in the score sheet, and the record says where they come from."""
    scored = score_bids(agreed, later(agreed), "tests")
    said = record_state(agreed).scores
    assert said is not None
    assert said.said.levels_from == "panel"
    reasons = {line.reason for bid in scored.sheet.bids for line in bid.lines if line.reason}
    assert reasons == {f"Perustelu kohdasta {leaf.id}." for leaf in seat_of(agreed).board.criteria}


def test_a_panel_and_a_file_of_levels_are_refused(agreed: Path) -> None:
    """Nobody could say which counts."""
    (agreed / "private" / "scores.toml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        score_bids(agreed, later(agreed), "tests")
    assert caught.value.message == "panel.two-sources"


def test_nothing_is_scored_before_the_panel_has_finished(seated: Path) -> None:
    """Every signature and every consensus that lacks is named."""
    with pytest.raises(BlockedError) as caught:
        score_bids(seated, later(seated), "tests")
    assert rules(caught) == {"panel.not-signed", "panel.no-consensus"}


def test_a_sheet_sent_twice_is_one(seated: Path) -> None:
    """After a crash the evaluator sends again: nothing new is written, and nothing is lost."""
    sent = marks(seat_of(seated).board, "a1")
    assert give(seated, sent, later(seated)) == tuple(sent)
    before = record_state(seated).head
    assert give(seated, sent, later(seated)) == ()
    assert record_state(seated).head == before
    again = give(seated, [replace(sent[0], level=1, reason="Luin uudelleen."), *sent[1:]], later(seated))
    assert [score.level for score in again] == [1]
    panel = record_state(seated).panel
    assert [one.version for one in panel.scores if one.cell == sent[0].cell] == [1, 2]


def test_one_bad_level_keeps_the_whole_sheet_out(seated: Path) -> None:
    """All or none."""
    sent = marks(seat_of(seated).board, "a1")
    with pytest.raises(BlockedError) as caught:
        give(seated, [*sent[:-1], replace(sent[-1], level=9)], later(seated))
    assert rules(caught) == {"panel.off-scale"}
    assert record_state(seated).panel.scores == ()


def test_an_evaluator_signs_what_was_shown(seated: Path) -> None:
    """A page that is older than the last level is refused; a second signature under the same is none."""
    give(seated, marks(seat_of(seated).board, "a1"), later(seated))
    shown = scores_digest(record_state(seated).panel.scores_of("a1"))
    first = marks(seat_of(seated).board, "a1")[0]
    give(seated, [replace(first, reason="Tarkennettu.")], later(seated))
    with pytest.raises(BlockedError) as caught:
        sign(seated, "a1", shown, Way.WEB, later(seated))
    assert rules(caught) == {"panel.signed-other"}
    sign(seated, "a1", "", Way.WEB, later(seated))
    sign(seated, "a1", "", Way.WEB, later(seated))
    assert len(record_state(seated).panel.signatures) == 1


def test_an_absence_is_no_zero(seated: Path) -> None:
    """The two others judge; the absent one has marks without levels and with a reason."""
    for name in ("a1", "a2"):
        give(seated, marks(seat_of(seated).board, name), later(seated))
        sign(seated, name, "", Way.WEB, later(seated))
    assert not seat_of(seated).board.revealed
    noted = be_absent(seated, "a3", "Sairausloma.", later(seated))
    assert {(one.kind, one.level, one.reason) for one in noted} == {(MarkKind.ABSENT, None, "Sairausloma.")}
    board = seat_of(seated).board
    assert board.revealed
    assert set(board.levels_at(board.cells[0])) == {"a1", "a2"}
    with pytest.raises(BlockedError):
        be_absent(seated, "a3", "Sairausloma.", later(seated))
    with pytest.raises(BlockedError):
        be_absent(seated, "a9", "Kuka?", later(seated))


def test_a_changed_consensus_is_a_new_version_and_the_points_follow(agreed: Path) -> None:
    """MAO:338/19: corrected after false data; select refuses the old points, and both versions stay."""
    score_bids(agreed, later(agreed), "tests")
    board = seat_of(agreed).board
    cell = board.cells[0]
    new = wanted(board, cell, 1)
    with pytest.raises(BlockedError) as caught:
        agree(agreed, new, later(agreed))
    assert rules(caught) == {"panel.change-unsaid"}
    agree(agreed, replace(new, changed="Ilmoitettu viite oli väärä."), later(agreed))
    with pytest.raises(FrozenError) as frozen:
        select(agreed, later(agreed), "tests")
    assert frozen.value.message == "frozen.scores-differ"
    assert [one.version for one in record_state(agreed).panel.consensus if one.cell == cell] == [1, 2]


def test_the_same_consensus_twice_is_one(agreed: Path) -> None:
    """The chair's button was pressed again after a crash."""
    before = record_state(agreed).head
    board = seat_of(agreed).board
    cell = board.cells[0]
    agree(agreed, wanted(board, cell, board.levels_at(cell)["a1"]), later(agreed))
    assert record_state(agreed).head == before


def test_who_was_first_stays_and_who_came_second_is_told(agreed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two chairs at once: the second is refused in words, and neither text is lost or overwritten."""
    board = seat_of(agreed).board
    cell = board.cells[0]
    one = replace(wanted(board, cell, 1), changed="Ensimmäinen syy.")
    other = replace(wanted(board, cell, 2), changed="Toinen syy.")
    stale = seat_of(agreed)
    agree(agreed, one, later(agreed))
    monkeypatch.setattr("evaluation.acts.panel.seat_of", lambda _: stale)
    with pytest.raises(FrozenError) as caught:
        agree(agreed, other, later(agreed))
    assert caught.value.message == "panel.other-first"
    assert record_state(agreed).panel.agreed[cell].changed == "Ensimmäinen syy."


def test_the_panel_can_change_with_a_reason(seated: Path) -> None:
    """The member who left keeps the versions that were given; the new one declares before judging."""
    give(seated, marks(seat_of(seated).board, "a3"), later(seated))
    new = replace(MEMBERS[2], id="a4", name="Dan Deltagare")
    changed = replace(APPOINTED, evaluators=(*MEMBERS[:2], new))
    with pytest.raises(BlockedError) as caught:
        appoint(seated, changed, later(seated))
    assert rules(caught) == {"panel.appointment-reason"}
    board = appoint(seated, replace(changed, reason="Chef sairastui."), later(seated))
    assert len(board.panel.scores_of("a3")) == len(board.cells)
    with pytest.raises(BlockedError) as caught:
        give(seated, marks(board, "a4"), later(seated))
    assert rules(caught) == {"panel.undeclared"}


def test_declarations_are_personal_data_and_can_be_erased(seated: Path) -> None:
    """Levels are the authority's; a declaration is about a person."""
    with Record.read(seated / RECORD_FILE) as record:
        found = {entry.event.kind.value: entry.event for entry in record.entries()}
    assert found["declaration"].publicity is Publicity.PERSONAL
    assert found["declaration"].actor == "arvioija"
    interest = Declaration("a3", seat_of(seated).board.bidders[0], free=False, statement="Osakas.", way=Way.WEB)
    board = declare(seated, [interest], later(seated))
    assert [one.id for one in board.judges] == ["a1", "a2"]


def test_a_consensus_that_others_wrote_into_the_record_is_read_with_its_version(agreed: Path) -> None:
    """What the chain says is the state, whoever wrote it."""
    one = record_state(agreed).panel.consensus[0]
    with Record.open(agreed / RECORD_FILE, later(agreed).clock, later(agreed).salts) as record:
        record.append(Agreed.kind, Agreed(replace(one, changed="x")).payload(), "p", Publicity.AUTHORITY)
        assert record.verify() == ()
    assert record_state(agreed).panel.agreed[one.cell].version == 2
