"""Interrupting a procurement: refused without a reason, recorded with one, never after the award."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evaluation.acts.desk import desk_of
from evaluation.acts.interruption import interrupt, parties
from tender.errors import BlockedError, FrozenError
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, record_state
from tender.record import Record
from tests.conftest import chance_at

DAY = date(2018, 12, 20)
CHANCE = chance_at(datetime(2018, 12, 20, 12, tzinfo=UTC))


def with_reason(folder: Path) -> Path:
    for language in readable_tender(folder).languages:
        path = folder / "texts" / f"interruption.{language.value}.md"
        path.write_text("Rahoitus ei toteutunut.\n", encoding="utf-8")
    return folder


def silent(_: str) -> None:
    """Nobody is told."""


@pytest.mark.slow
def test_an_interruption_is_a_decision_on_the_record(lean_published: Path) -> None:
    """INT-02: the decision and its instructions in every language, and the decision's hash on a whole chain."""
    folder = with_reason(lean_published)
    made = interrupt(folder, DAY, CHANCE, "tests", silent)
    languages = [language.value for language in readable_tender(folder).languages]
    assert [path.name for path in made.documents] == [f"interruption-decision.{each}.pdf" for each in languages]
    assert all(path.with_suffix(end).is_file() for path in made.documents for end in (".html", ".docx"))
    assert [path.name for path in made.annexes] == [f"appeal-instructions.{each}.pdf" for each in languages]
    decision = record_state(folder).decision
    assert decision is not None
    assert (decision.said.decided_on, decision.said.chosen) == (DAY, ())
    assert decision.said.document == hashlib.sha256(made.documents[0].read_bytes()).hexdigest()
    with Record.read(folder / RECORD_FILE) as record:
        assert record.verify() == ()


def test_without_a_reason_nothing_is_written_or_recorded(lean_published: Path) -> None:
    """HL 125.1: the reason is real and written before the decision."""
    with pytest.raises(BlockedError, match="no-reason"):
        interrupt(lean_published, DAY, CHANCE, "tests", silent)
    assert record_state(lean_published).decision is None
    assert not (lean_published / "private" / "decision").exists()


def test_only_a_published_procurement_is_interrupted(lean_published: Path) -> None:
    folder = with_reason(lean_published)
    (folder / RECORD_FILE).unlink()
    with pytest.raises(FrozenError, match="not-published"):
        interrupt(folder, DAY, CHANCE, "tests", silent)


def test_a_decided_procurement_is_not_interrupted(story: Path) -> None:
    """A decision is mended by a correction (HL 132), not by an interruption."""
    with pytest.raises(FrozenError, match=r"interruption\.decided"):
        interrupt(with_reason(story), DAY, CHANCE, "tests", silent)


def test_it_is_interrupted_once(lean_published: Path) -> None:
    folder = with_reason(lean_published)
    interrupt(folder, DAY, CHANCE, "tests", silent)
    with pytest.raises(FrozenError, match=r"interruption\.decided"):
        interrupt(folder, DAY, CHANCE, "tests", silent)


def test_before_the_opening_nobody_is_named(lean_published: Path) -> None:
    """Sealed tenders stay sealed."""
    assert parties(desk_of(lean_published)) == ()


def test_after_the_opening_every_bidder_is_a_party(story: Path) -> None:
    assert len(parties(desk_of(story))) == 6


def test_the_decision_comes_with_instructions_and_the_award_notice(story: Path) -> None:
    """DEC-07: what the decision calls its annexes is there, and what others compute it again from."""
    names = {path.name.split(".")[0] for path in (story / "private" / "decision").iterdir()}
    assert names == {"award-decision", "appeal-instructions", "contract-award-notice", "award-bundle"}
