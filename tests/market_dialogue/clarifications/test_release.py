"""When answers may go out, and where each stands: the law's last day, the call's promise, the version that must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from market_dialogue.clarifications.release import last_day, ready, release_findings, timing_findings
from market_dialogue.clarifications.standing import Step, clarifications, open_questions
from tender.model.tender import Regime, Tender
from tender.record import Event, Kind, Publicity
from tender.record.dialogue import Asked, Clarification
from tender.record.state import DialogueState, Recorded
from tests.sample import sample_tender
from tests.tender.record.helpers import START

ASKED = (Asked("k1", START.isoformat(), "Polku Oy", "Miten?", "fi", ""), Asked("k2", "", "Silta Ab", "Hur?", "sv", ""))
SAID = Clarification("v1", ("k1",), "draft", {"fi": "Miten?"}, {"fi": "Näin."}, "", changes=False, by="Inka Rinne")


def recorded(seq: int, said: Any) -> Recorded[Any]:
    return Recorded(Event(seq, START, Kind.NOTE, "", "", Publicity.PUBLIC, None, "", ""), said)


def state(*steps: Clarification) -> DialogueState:
    return DialogueState(
        asked=tuple(recorded(n, one) for n, one in enumerate(ASKED, 1)),
        clarifications=tuple(recorded(n, one) for n, one in enumerate(steps, 10)),
    )


def tender(regime: Regime, *, urgent: bool = False) -> Tender:
    whole = sample_tender()
    return replace(whole, procedure=replace(whole.procedure, regime=regime, urgent=urgent))


def test_the_last_step_counts() -> None:
    """A new draft takes the approval away; a published answer stays published."""
    approved, published = replace(SAID, step="approved", by="Oili"), replace(SAID, step="published", by="Oili")
    assert clarifications(state(SAID))[0].step is Step.DRAFT
    assert ready(clarifications(state(SAID))) == ()
    (one,) = ready(clarifications(state(SAID, approved)))
    assert (one.drafted.said.by, one.said.by) == ("Inka Rinne", "Oili")
    assert ready(clarifications(state(SAID, approved, SAID))) == ()
    done = state(SAID, approved, published)
    assert ready(clarifications(done)) == ()
    assert [one.id for one in open_questions(done)] == ["k2"]
    assert [one.id for one in open_questions(state(SAID, approved))] == ["k1", "k2"]


@pytest.mark.parametrize(("urgent", "before"), [(False, 6), (True, 4)])
@pytest.mark.parametrize(("days", "expected"), [(-1, []), (0, []), (1, ["questions.too-late"])])
def test_the_law_has_a_last_day_in_the_full_regime(
    days: int, expected: list[str], before: int, *, urgent: bool
) -> None:
    """Six days before the deadline, four when urgent (HL 56.5, 69.4): that day is in time, the next is not."""
    whole = tender(Regime.EU, urgent=urgent)
    latest = last_day(whole)
    assert latest == whole.timetable.tenders_until.date() - timedelta(days=before)
    promised = replace(whole, timetable=replace(whole.timetable, answers_by=date(2099, 1, 1)))
    found = list(timing_findings(promised, latest + timedelta(days=days)))
    assert [one.rule for one in found] == expected
    assert all(one.blocks and one.basis == "HL 56.5, 69.4" for one in found)


@pytest.mark.parametrize("regime", [Regime.ANNEX_E, Regime.EU])
def test_the_promise_of_the_call_is_a_warning(regime: Regime) -> None:
    """Outside the full regime no law is named, and nothing blocks."""
    whole = tender(regime)
    assert (last_day(whole) is None) == (regime is not Regime.EU)
    early = replace(whole, timetable=replace(whole.timetable, answers_by=date(2018, 1, 1)))
    (found,) = timing_findings(early, date(2018, 1, 2))
    assert (found.rule, found.blocks, found.basis) == ("questions.later-than-promised", False, "")
    assert list(timing_findings(early, date(2018, 1, 1))) == []


@pytest.mark.parametrize(("version_event", "kept"), [(9, True), (11, False)])
def test_an_answer_that_changes_waits_for_the_version_after_it(version_event: int, kept: bool) -> None:  # noqa: FBT001
    """The version must come after the draft (event 10), not before it."""
    changing = replace(SAID, changes=True)
    waiting = ready(clarifications(state(changing, replace(changing, step="approved", by="Oili"))))
    found = list(release_findings(waiting, ASKED, version_event))
    assert [one.rule for one in found] == (["questions.changes-first"] if kept else [])


def test_a_name_blocks_to_the_last() -> None:
    """Even when it came into the approved text past the draft's own look."""
    naming = replace(SAID, answer={"fi": "Kuten Polku ehdotti."})
    waiting = ready(clarifications(state(naming, replace(naming, step="approved", by="Oili"))))
    (found,) = release_findings(waiting, ASKED, 9)
    assert (found.rule, found.blocks, found.values["organisation"]) == ("questions.asker-named", True, "Polku Oy")
