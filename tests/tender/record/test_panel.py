"""The panel on the record: every act stays, the last one counts, and nothing is taken for something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import RecordError
from tender.model.panel import (
    Appointment,
    Consensus,
    Declaration,
    Evaluator,
    IndividualScore,
    MarkKind,
    Signature,
    Way,
    scores_digest,
    versions,
)
from tender.record import Entry, Event, Kind, Publicity, state_of
from tender.record.panel import Agreed, InterestDeclared, PanelAct, PanelAppointed, ScoreGiven, ScoresSigned, panel_of
from tender.record.payloads import Keys
from tests.tender.record.helpers import START, open_record

APPOINTED = PanelAppointed(
    Appointment((Evaluator("a1", "Aino Arvioija"), Evaluator("a2", "Bo Bedömare", ("plan",))), "a1", "", "hankinta")
)
FREE = InterestDeclared(Declaration("a1", "bid1", free=True, statement="", way=Way.WEB))
SCORE = ScoreGiven(IndividualScore("a1", "bid1", "plan", MarkKind.LEVEL, 0, "Suunnitelma puuttuu.", Way.SHEET))
SKIPPED = ScoreGiven(IndividualScore("a2", "bid1", "plan", MarkKind.SKIPPED, None, "Kieli.", Way.COMMAND))
SIGNED = ScoresSigned(Signature("a1", "0" * 64, Way.WEB))
AGREED = Agreed(Consensus("bid1", "plan", 2, "Näytöt.", {"a1": 0}, {"a1": "Luin liitteen."}, "", ("a1",), Way.WEB))
STORY: tuple[PanelAct, ...] = (APPOINTED, FREE, SCORE, SKIPPED, SIGNED, AGREED)


def entries(*said: PanelAct) -> list[Entry]:
    """Entries whose hashes nobody looks at."""
    return [_entry(number, one.kind, one.payload()) for number, one in enumerate(said, 1)]


def _entry(seq: int, kind: Kind, payload: Mapping[str, Any] | None) -> Entry:
    return Entry(Event(seq, START, kind, "a", "0" * 64, Publicity.PUBLIC, None, "0" * 64, f"hash {seq}"), payload)


@pytest.mark.parametrize("said", STORY, ids=lambda said: said.kind.value)
def test_each_act_survives_the_way_there_and_back(said: PanelAct) -> None:
    """Writer and reader agree on every key."""
    assert type(said).of(Keys(1, said.payload())) == said


@pytest.mark.parametrize("said", STORY, ids=lambda said: said.kind.value)
def test_an_act_that_lacks_a_key_is_named(said: PanelAct) -> None:
    """No key is filled in silently; a declaration that does not say it is free is none that is."""
    for key in said.payload().keys() - {"free"}:
        if key == "level" and said.payload()["level"] is None:
            continue
        poorer = {name: value for name, value in said.payload().items() if name != key}
        with pytest.raises(RecordError) as caught:
            state_of([_entry(7, said.kind, poorer)])
        assert caught.value.values == {"seq": "7", "key": key}
    silent = InterestDeclared.of(Keys(1, {**FREE.payload(), "free": False})).declaration
    assert not silent.free


@pytest.mark.parametrize(("key", "said"), [("way", SCORE), ("mark", SCORE), ("level", SCORE), ("levels", AGREED)])
def test_a_value_of_no_meaning_is_named(key: str, said: PanelAct) -> None:
    """An unknown way or mark, a level that is no whole number."""
    with pytest.raises(RecordError) as caught:
        panel_of([_entry(3, said.kind, {**said.payload(), key: "arvattu"})])
    assert caught.value.values == {"seq": "3", "key": key}


def test_no_act_of_an_evaluator_is_overwritten(tmp_path: Path) -> None:
    """EnergySolutions: comments that were replaced at consensus stay readable, with their version and moment."""
    second = ScoreGiven(replace(SCORE.score, level=2, reason="Liite löytyi."))
    later = Agreed(replace(AGREED.consensus, level=3, changed="Oikaisuvaatimus."))
    with open_record(tmp_path / "record.db") as record:
        for said in (SCORE, SKIPPED, second, AGREED, later):
            record.append(said.kind, said.payload(), "arvioija", Publicity.AUTHORITY)
        panel = state_of(record.entries()).panel
    mine = [one for one in panel.scores if one.evaluator == "a1"]
    assert [(one.version, one.reason, one.stamp.event) for one in mine] == [
        (1, "Suunnitelma puuttuu.", 1),
        (2, "Liite löytyi.", 3),
    ]
    assert panel.given["a1", ("bid1", "plan")].level == 2
    assert [(one.version, one.level) for one in panel.consensus] == [(1, 2), (2, 3)]
    assert panel.agreed["bid1", "plan"].changed == "Oikaisuvaatimus."


def test_missing_skipped_absent_and_zero_differ() -> None:
    """Four different things (GT-SUAM averages a missing coefficient as 0)."""
    absent = ScoreGiven(replace(SKIPPED.score, evaluator="a3", kind=MarkKind.ABSENT))
    panel = panel_of(entries(SCORE, SKIPPED, absent))
    assert panel.given["a1", ("bid1", "plan")].level == 0
    assert panel.given["a2", ("bid1", "plan")].kind is MarkKind.SKIPPED
    assert panel.given["a3", ("bid1", "plan")].kind is MarkKind.ABSENT
    assert ("a4", ("bid1", "plan")) not in panel.given


def test_a_signature_binds_exactly_what_was_given() -> None:
    """A later version is unsigned, and so is an evaluator who signed nothing."""
    first = panel_of(entries(SCORE))
    signed = ScoresSigned(Signature("a1", scores_digest(first.scores_of("a1")), Way.WEB))
    assert panel_of(entries(SCORE, signed)).signed("a1")
    again = ScoreGiven(replace(SCORE.score, level=1))
    assert not panel_of(entries(SCORE, signed, again)).signed("a1")
    back = ScoreGiven(SCORE.score)
    assert not panel_of(entries(SCORE, signed, again, back)).signed("a1"), "the third version is another act"
    assert not first.signed("a1")


def test_the_last_appointment_counts() -> None:
    """A member who left is a member no more; what they gave stays."""
    left = PanelAppointed(replace(APPOINTED.appointment, evaluators=APPOINTED.appointment.evaluators[1:], chair="a2"))
    panel = panel_of(entries(APPOINTED, SCORE, left))
    assert [one.id for one in panel.evaluators] == ["a2"]
    assert len(panel.scores) == 1
    assert [one.judges("price") for one in panel.evaluators] == [False]
    assert panel_of(()).evaluators == ()


def test_the_spread_is_told() -> None:
    """Lowest and highest; none without a level."""
    assert AGREED.consensus.spread == (0, 0)
    assert replace(AGREED.consensus, levels={"a1": 1, "a2": 4}).spread == (1, 4)
    assert replace(AGREED.consensus, levels={}).spread is None


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_versions_count_each_key_by_itself(keys: list[str]) -> None:
    """The version of an act is how many of its key came before it, and itself."""
    assert versions(keys) == tuple(keys[: place + 1].count(key) for place, key in enumerate(keys))


@given(st.permutations(["plan", "team", "price"]))
def test_a_digest_does_not_hang_on_the_order(order: list[str]) -> None:
    """Bidders and criteria are sorted before they are hashed."""
    scores = [replace(SCORE.score, criterion=name) for name in order]
    assert scores_digest(scores) == scores_digest(sorted(scores, key=lambda score: score.criterion))
    assert scores_digest(scores) != scores_digest(scores[1:])
