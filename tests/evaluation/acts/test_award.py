"""The acts of the award on a whole example: what they decide, what they refuse, what they leave on the record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.acts.award import score_bids, select
from evaluation.acts.bids import open_bids, receive
from evaluation.acts.deciding import decide
from evaluation.acts.demo import OPENERS
from tender.errors import BlockedError, FrozenError, UsageError, ValintaError
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, SEED_FILE, record_state
from tender.record import Record
from tests.conftest import chance_at

Edit = Callable[[Path, str, str], None]


def _received(folder: Path, files: list[Path]) -> None:
    times = readable_tender(folder).timetable
    receive(folder, files, chance_at(times.tenders_until), "tests")


def _opened(folder: Path, files: list[Path]) -> None:
    _received(folder, files)
    open_bids(folder, OPENERS, chance_at(readable_tender(folder).timetable.opening), "tests")


@pytest.fixture
def forms(story_once: Path) -> list[Path]:
    """The filled forms of the story."""
    return sorted((story_once / "synthetic" / "forms").glob("*.xlsx"))


@pytest.mark.slow
def test_the_story_chooses_three_and_records_every_act(story: Path) -> None:
    """Published, received, opened, admitted, scored, selected, decided: all on a whole chain."""
    state = record_state(story)
    assert state.selection is not None
    assert state.decision is not None
    assert len(state.selection.said.chosen) == 3
    assert state.decision.said.chosen == state.selection.said.chosen
    with Record.read(story / RECORD_FILE) as record:
        assert record.verify() == ()
        kinds = [event.kind.value for event in record.events()]
    assert kinds == ["published", *["bid-received"] * 6, "opened", "admitted", "scored", "selected", "decided"]


def test_the_bid_out_of_range_is_not_compared(story: Path) -> None:
    """One bid of the story is outside the buyer's range; it is refused by that rule and has no points."""
    state = record_state(story)
    assert state.admissions is not None
    assert state.scores is not None
    [(bidder, rules)] = state.admissions.said.excluded.items()
    assert rules == ("award.price-outside",)
    assert bidder not in state.scores.said.totals
    assert len(state.scores.said.totals) == 5


def test_the_tie_of_the_story_is_decided_by_the_published_rule(story: Path) -> None:
    """Two bids have the same exact points, and the sets that they make are listed as ties."""
    state = record_state(story)
    assert state.scores is not None
    totals = sorted(state.scores.said.totals.values())
    assert any(one == other for one, other in pairwise(totals))
    selection = json.loads((story / "private" / "evaluation" / "selection.json").read_text(encoding="utf-8"))
    assert len(selection["ties"]) > 1
    assert len({Fraction(tie["points"]) for tie in selection["ties"]}) == 1
    assert selection["tie_key"]
    assert selection["solver_agrees"] is True


@pytest.mark.slow
@pytest.mark.parametrize("turn", [1, 3])
def test_the_order_and_the_names_of_the_files_never_change_the_award(
    published: Path, forms: list[Path], story_once: Path, tmp_path: Path, turn: int
) -> None:
    """Rotated, renamed files give the same points, the same set, the same plan."""
    shuffled = [Path(shutil.copy(path, tmp_path / f"{9 - number}.xlsx")) for number, path in enumerate(forms)]
    _opened(published, shuffled[turn:] + shuffled[:turn])
    chance = chance_at(readable_tender(published).timetable.opening)
    score_bids(published, chance, "tests")
    select(published, chance, "tests")
    for name in ("score_sheet.json", "selection.json"):
        ours, theirs = (folder / "private" / "evaluation" / name for folder in (published, story_once))
        assert ours.read_bytes() == theirs.read_bytes()


def test_scoring_waits_for_the_opening(published: Path, forms: list[Path]) -> None:
    """No opening on the record, no points."""
    _received(published, forms)
    with pytest.raises(FrozenError, match=r"frozen\.not-opened"):
        score_bids(published, chance_at(readable_tender(published).timetable.opening), "tests")


@pytest.mark.slow
def test_opening_waits_for_its_hour_and_for_two_persons(published: Path, forms: list[Path]) -> None:
    """One minute early is too early; the same name twice is one person."""
    _received(published, forms)
    opening = readable_tender(published).timetable.opening
    with pytest.raises(FrozenError, match=r"opening\.too-early"):
        open_bids(published, OPENERS, chance_at(opening - timedelta(minutes=1)), "tests")
    with pytest.raises(UsageError, match=r"opening\.two-persons"):
        open_bids(published, ("A. Avaaja", "a. avaaja "), chance_at(opening), "tests")
    assert record_state(published).opening is None


@pytest.mark.slow
def test_nothing_is_received_after_the_opening(published: Path, forms: list[Path]) -> None:
    """A late file changes nothing."""
    _opened(published, forms[:4])
    head = record_state(published).head
    with pytest.raises(FrozenError, match=r"frozen\.already-opened"):
        _received(published, forms[4:])
    assert record_state(published).head == head


REFUSALS: dict[str, tuple[str, str, str, str]] = {
    "a weight moved": ("tender.toml", "near_tie            = 5", "near_tie            = 6", "frozen.method-differs"),
    "a payment term moved": ("tender.toml", "outcome_months    = 4", "outcome_months    = 6", "frozen.method-differs"),
    "an example came out otherwise": (
        "published/1/method/statements.json",
        '"subject": "award.rounding"',
        '"subject": "award.rounding-2"',
        "frozen.example-differs",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_scoring_refuses_another_method(story: Path, edit: Edit, case: str) -> None:
    """What is computed must be what was published."""
    file, old, new, refusal = REFUSALS[case]
    edit(story / file, old, new)
    with pytest.raises(FrozenError) as caught:
        score_bids(story, chance_at(readable_tender(story).timetable.opening), "tests")
    assert caught.value.message == refusal


def test_scoring_refuses_a_changed_bid_file(story: Path) -> None:
    """From the opening on every file must have its recorded hash."""
    path = next(iter(sorted((story / "bids").iterdir())))
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(FrozenError) as caught:
        score_bids(story, chance_at(readable_tender(story).timetable.opening), "tests")
    assert caught.value.message == "frozen.bid-changed"
    assert caught.value.place is not None


@pytest.mark.slow
def test_selection_refuses_changed_levels_and_another_seed(story: Path) -> None:
    """Levels changed after scoring, or a seed that was not committed to, stop the selection."""
    chance = chance_at(readable_tender(story).timetable.opening)
    seed = story / SEED_FILE
    kept = seed.read_text(encoding="ascii")
    seed.write_text("0" * 64, encoding="ascii")
    with pytest.raises(FrozenError, match=r"frozen\.seed-differs"):
        select(story, chance, "tests")
    seed.write_text(kept, encoding="ascii")
    scores = story / "private" / "scores.toml"
    text = scores.read_text(encoding="utf-8")
    assert "level     = 3" in text
    scores.write_text(text.replace("level     = 3", "level     = 2", 1), encoding="utf-8")
    with pytest.raises(ValintaError) as caught:
        select(story, chance, "tests")
    assert caught.value.message == "frozen.scores-differ"


@pytest.mark.slow
def test_a_missing_level_stops_the_scoring_and_is_named(story: Path) -> None:
    """A blank is not zero."""
    scores = story / "private" / "scores.toml"
    lines = scores.read_text(encoding="utf-8").splitlines()
    without = next(number for number, line in enumerate(lines) if line.strip().startswith("level"))
    scores.write_text("\n".join(lines[:without] + lines[without + 1 :]), encoding="utf-8")
    with pytest.raises(BlockedError) as caught:
        score_bids(story, chance_at(readable_tender(story).timetable.opening), "tests")
    assert [finding.rule for finding in caught.value.findings] == ["award.level-missing"]


@pytest.mark.slow
def test_the_decision_waits_for_the_selection(published: Path, forms: list[Path]) -> None:
    """No selection on the record, no decision."""
    _opened(published, forms)
    times = readable_tender(published).timetable
    chance = chance_at(times.opening)
    score_bids(published, chance, "tests")
    with pytest.raises(FrozenError, match=r"frozen\.not-selected"):
        decide(published, times.decision, chance, "tests", lambda _: None)
