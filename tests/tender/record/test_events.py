"""Events: the stored moment, the genesis hash, commitments and hashes that anyone can compute again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.model.methods import Json
from tender.record.events import (
    Kind,
    Publicity,
    commitment_of,
    event_hash,
    genesis_hash,
    moment_of,
    moment_text,
)

EARLY, LATE = datetime(1900, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone


def test_the_genesis_hash_follows_from_the_tender_alone() -> None:
    """Anyone can compute it with a hash tool: SHA-256 of the canonical JSON of version and tender id."""
    by_hand = hashlib.sha256(b'{"record":1,"tender":"pohjois-savo"}').hexdigest()
    assert genesis_hash("pohjois-savo") == by_hand
    assert genesis_hash("pohjois-karjala") != by_hand


def test_a_commitment_is_salt_then_text() -> None:
    """The order of salt and payload is fixed."""
    assert commitment_of(b"s" * 16, b"{}") == hashlib.sha256(b"s" * 16 + b"{}").hexdigest()
    assert commitment_of(b"t" * 16, b"{}") != commitment_of(b"s" * 16, b"{}")


def test_an_event_hash_is_the_hash_of_canonical_json() -> None:
    """Keys sorted, no blanks, UTF-8: RFC 8785 needs no tool of ours."""
    fields: dict[str, Json] = {"seq": 1, "actor": "Äyräs", "prev": "0"}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert event_hash(fields) == hashlib.sha256(text.encode()).hexdigest()


def test_a_moment_is_stored_in_utc() -> None:
    """Helsinki's noon is ten o'clock in the record."""
    noon = datetime(2019, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert moment_text(noon) == "2019-03-01T10:00:00.000000Z"


def test_a_moment_without_a_zone_is_refused() -> None:
    """Nobody could say which noon it was."""
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2019, 3, 1, 12, 0))  # noqa: DTZ001 - the very mistake


@pytest.mark.parametrize("text", ["2019-03-01T10:00:00Z", "2019-03-01T10:00:00.0Z", "1.3.2019", ""])
def test_only_the_stored_form_is_read_back(text: str) -> None:
    """Two spellings of one moment would be two hashes."""
    with pytest.raises(ValueError, match=r"match|stored"):
        moment_of(text)


@given(st.datetimes(min_value=EARLY, max_value=LATE, timezones=st.just(UTC)))
def test_moments_survive_the_way_there_and_back(moment: datetime) -> None:
    """Microseconds included."""
    assert moment_of(moment_text(moment)) == moment


def test_kinds_and_classes_have_words_that_fit_a_file() -> None:
    """Stored names are lower case with hyphens: they must outlive renamed Python names."""
    for name in [*(kind.value for kind in Kind), *(publicity.value for publicity in Publicity)]:
        assert name == name.lower()
        assert name.replace("-", "").isalpha()
