"""The state of a tender follows from its record, and each payload survives the way there and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import RecordError
from tender.record import Entry, Event, Kind, Publicity, Record, State, state_of
from tender.record.payloads import (
    Admissions,
    BidReceived,
    DecisionMade,
    Keys,
    Opening,
    ProvidersSelected,
    PublishedVersion,
    Scores,
)
from tests.tender.record.helpers import START, open_record

DAY = date(2018, 12, 21)
FIRST = PublishedVersion(1, date(2018, 11, 5), "a" * 64, "b" * 64, "c" * 64, "d" * 64)
SECOND = PublishedVersion(2, date(2018, 11, 12), "e" * 64, "b" * 64, "f" * 64)
STORY = (
    FIRST,
    SECOND,
    BidReceived("b", "b.zip", "1" * 64, 2, "b.xlsx", {"b.xlsx": "6" * 64}, "2018-11-20T11:59:00+02:00"),
    BidReceived("a", "a.xlsx", "2" * 64, 1),
    BidReceived("a", "a-uusi.xlsx", "3" * 64, 2),
    Opening(2, {"a": "3" * 64, "b": "1" * 64}, ("puheenjohtaja",)),
    Admissions(("a",), {"b": ("bids.out-of-range",)}),
    Scores(2, "e" * 64, "4" * 64, {"a": Fraction(251, 3)}),
    ProvidersSelected(("a",), "quality-points", ("a", "b")),
    DecisionMade(DAY, ("a",), "5" * 64),
)


def entry(seq: int, kind: Kind, payload: Mapping[str, Any] | None) -> Entry:
    """An entry whose hashes nobody looks at."""
    event = Event(seq, START, kind, "a", "0" * 64, Publicity.PUBLIC, None, "0" * 64, f"hash {seq}")
    return Entry(event, payload)


def tell(record: Record) -> None:
    """Append the whole story."""
    for said in STORY:
        record.append(said.kind, said.payload(), "hankinta-asiantuntija", Publicity.AUTHORITY)


def test_the_state_follows_from_the_record(tmp_path: Path) -> None:
    """Every act is read back as what was said, with its event."""
    with open_record(tmp_path / "record.db") as record:
        tell(record)
        state = state_of(record.entries())
        assert state.head == record.head
    assert [recorded.said for recorded in state.published] == [FIRST, SECOND]
    assert state.in_force == SECOND
    assert state.opening is not None
    assert state.opening.said == STORY[5]
    assert state.opening.event.seq == 6
    said = [act.said for act in (state.admissions, state.scores, state.selection, state.decision) if act]
    assert said == list(STORY[6:])


def test_the_last_bid_of_a_bidder_counts(tmp_path: Path) -> None:
    """All that came stay visible; one of each bidder is a bid."""
    with open_record(tmp_path / "record.db") as record:
        tell(record)
        state = state_of(record.entries())
    assert [recorded.said.file for recorded in state.bids_received] == ["b.zip", "a.xlsx", "a-uusi.xlsx"]
    assert [bid.file for bid in state.bids] == ["a-uusi.xlsx", "b.zip"]


def test_nothing_has_happened_at_the_beginning() -> None:
    """Blank is ``None``, not an empty act."""
    state = state_of(())
    assert state == State()
    assert state.in_force is None
    assert (state.opening, state.scores, state.decision) == (None, None, None)


def test_an_erased_payload_says_nothing(tmp_path: Path) -> None:
    """Its number is kept, so that nobody takes the state for the whole story."""
    with open_record(tmp_path / "record.db") as record:
        tell(record)
        record.erase(5, "väärä tiedosto", "b")
        state = state_of(record.entries())
    assert state.erased == (5,)
    assert [bid.file for bid in state.bids] == ["a.xlsx", "b.zip"]


def test_a_later_opening_counts() -> None:
    """A second protocol corrects the first."""
    entries = [entry(n, Kind.OPENED, Opening(n, {}).payload()) for n in (1, 2)]
    opening = state_of(entries).opening
    assert opening is not None
    assert opening.said.version == 2


def test_other_kinds_do_not_disturb() -> None:
    """Notes and draws carry what they like."""
    assert state_of([entry(1, Kind.NOTE, {"version": "x"}), entry(2, Kind.DRAW, {})]).published == ()


@pytest.mark.parametrize("said", STORY, ids=lambda said: f"{said.kind.value}")
def test_each_payload_survives_the_way_there_and_back(said: Any) -> None:
    """Writer and reader agree on every key."""
    assert type(said).of(Keys(1, said.payload())) == said


LATER = {"trial", "made_as", "proposed", "reason", "waivers", "levels_from", "form", "parts", "received_at", "late"}
"""Keys that came with versions after the first."""


@pytest.mark.parametrize("said", STORY, ids=lambda said: f"{said.kind.value}")
def test_a_payload_that_lacks_a_key_is_named(said: Any) -> None:
    """Every key is needed: none is filled in silently, but for those that earlier records cannot have."""
    for key in said.payload().keys() - LATER:
        poorer = {name: value for name, value in said.payload().items() if name != key}
        with pytest.raises(RecordError) as caught:
            state_of([entry(7, said.kind, poorer)])
        assert caught.value.message == "record.payload-shape"
        assert caught.value.values == {"seq": "7", "key": key}


@pytest.mark.parametrize("said", STORY, ids=lambda said: f"{said.kind.value}")
@pytest.mark.parametrize("wrong", [None, True, [1], {"a": 1}, {"a": [2]}, "99-99-99"], ids=str)
def test_a_payload_of_another_shape_is_named_or_read(said: Any, wrong: Any) -> None:
    """Wrong types stop the reading in our own words; nothing else escapes."""
    for key in said.payload():
        entries = [entry(7, said.kind, {**said.payload(), key: wrong})]
        if type(wrong) is type(said.payload()[key]) and wrong in ("99-99-99", True) and not key.endswith("_on"):
            assert state_of(entries)
            continue
        with pytest.raises(RecordError) as caught:
            state_of(entries)
        assert caught.value.values == {"seq": "7", "key": key}


def test_points_that_are_no_number_are_named() -> None:
    """Exact points travel as text and must read as fractions."""
    for text in ("kymmenen", "1/0", ""):
        with pytest.raises(RecordError):
            Scores.of(Keys(1, {**STORY[7].payload(), "totals": {"a": text}}))


@pytest.mark.slow
@given(st.dictionaries(st.text(min_size=1, max_size=5), st.fractions(), max_size=4))
def test_points_stay_exact(totals: dict[str, Fraction]) -> None:
    """No point is rounded on its way through the record."""
    scores = Scores(1, "a", "b", totals)
    assert Scores.of(Keys(1, scores.payload())) == scores
