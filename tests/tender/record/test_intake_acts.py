"""What happens to bids beside their coming: each act is read back as it was said; one taken back counts no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tender.errors import RecordError
from tender.record import Entry, Event, Kind, Publicity, state_of
from tender.record.intake import AnswerJudged, BidderAnswered, BidderAsked, BidWithdrawn, FellAway, ProtocolImported
from tender.record.payloads import BidReceived, Keys
from tests.tender.record.helpers import START

AT = "2018-12-03T11:59:59+02:00"
STORY: tuple[Any, ...] = (
    ProtocolImported("Esimerkkiportaali", "p.csv", "1" * 64, {"T1": AT}, {"t1.zip": "2" * 64}, "A. Avaaja"),
    BidWithdrawn("a", AT, "Emme ehdi.", "A. Avaaja"),
    BidderAsked("s1", "b", "abnormally-low", "Mistä hinta?", "Kysytty kaikilta alle rajan.", "2018-12-10", "A."),
    BidderAnswered("s1", "Omat tilat.", {"selvitys.pdf": "3" * 64}, "A."),
    AnswerJudged("s1", "accepted", improves=False, reason="Kustannukset on näytetty.", by="A."),
    FellAway("b", "Konkurssi.", "keep", "A."),
)


def entry(seq: int, kind: Kind, payload: Mapping[str, Any]) -> Entry:
    """An entry whose hashes nobody looks at."""
    return Entry(Event(seq, START, kind, "a", "0" * 64, Publicity.PUBLIC, None, "0" * 64, f"h{seq}"), payload)


def test_each_act_is_read_back() -> None:
    """Every kind in its own place, in order."""
    intake = state_of([entry(n, one.kind, one.payload()) for n, one in enumerate(STORY, 1)]).intake
    found = (intake.protocols, intake.withdrawn, intake.asked, intake.answered, intake.judged, intake.fallen)
    assert tuple(each.said for each in [kind[0] for kind in found]) == STORY
    assert intake.fallen_bidders == {"b"}


@pytest.mark.parametrize("said", STORY, ids=lambda said: said.kind.value)
def test_an_act_that_lacks_a_key_is_named(said: Any) -> None:
    """No key is filled in silently; an answer is not taken to better the bid unless somebody says so."""
    for key in said.payload().keys() - {"improves"}:
        poorer = {name: value for name, value in said.payload().items() if name != key}
        with pytest.raises(RecordError) as caught:
            type(said).of(Keys(7, poorer))
        assert caught.value.values == {"seq": "7", "key": key}


def test_a_bid_taken_back_counts_no_more_until_another_comes() -> None:
    """It stays on the record; a later bid of the same bidder counts."""
    came = BidReceived("a", "a.xlsx", "4" * 64, 1)
    told = [entry(1, came.kind, came.payload()), entry(2, STORY[1].kind, STORY[1].payload())]
    assert state_of(told).bids == ()
    assert len(state_of(told).bids_received) == 1
    again = BidReceived("a", "a2.xlsx", "5" * 64, 1)
    assert [bid.file for bid in state_of([*told, entry(3, again.kind, again.payload())]).bids] == ["a2.xlsx"]
