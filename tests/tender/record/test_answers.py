"""Answers on the record: what comes back is what was written, and what was not given stays absent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import RecordError
from tender.model.answers import Answer, Attachment, Channel, Mark, Reply
from tender.record.answers import AnswerReceived
from tender.record.payloads import Keys

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
replies = st.builds(
    Reply,
    texts,
    numbers,
    numbers,
    numbers,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(st.builds(Mark, st.integers(0, 9), st.integers(10, 20), texts), max_size=3).map(tuple),
)

WHOLE = Answer(
    "a1",
    "Esimerkki Oy",
    datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    {"q8": Reply("Katto olisi 500.", Decimal(500), marks=(Mark(0, 5, "Hinnoittelu"),))},
    (Attachment("malli.pdf", "0" * 64, 12, "q4", "Menetelmä"),),
    channel=Channel.WEB,
    question_set="f" * 64,
    business_id="1234567-1",
)


def back(answer: Answer) -> Answer:
    """The answer after the record."""
    return AnswerReceived.of(Keys(1, AnswerReceived(answer, "k").payload())).answer


@given(st.dictionaries(texts, replies, max_size=3))
def test_every_answer_comes_back(given_replies: dict[str, Reply]) -> None:
    """Whatever the replies hold."""
    answer = replace(WHOLE, replies=given_replies)
    assert back(answer) == answer


def test_a_blank_is_not_a_zero() -> None:
    """A number that was not given is not in the payload at all."""
    payload = AnswerReceived(replace(WHOLE, replies={"q8": Reply("Ei lukua.")}), "k").payload()
    assert payload["answer"]["replies"]["q8"] == {"text": "Ei lukua."}  # type: ignore[index, call-overload]


def test_the_digest_is_of_the_content_and_not_of_the_sending() -> None:
    """Another key gives the same digest, another letter a different one."""
    first = AnswerReceived(WHOLE, "k")
    assert first.digest == AnswerReceived(WHOLE, "other").digest
    assert first.digest != AnswerReceived(replace(WHOLE, respondent="Esimerkki Ab"), "k").digest


@pytest.mark.parametrize("change", [{"channel": "pigeon"}, {"received_at": "yesterday"}, {"replies": []}], ids=str)
def test_a_payload_of_another_shape_stops_the_reading(change: dict[str, object]) -> None:
    """The event is named."""
    payload = AnswerReceived(WHOLE, "k").payload()
    payload["answer"].update(change)  # type: ignore[union-attr, arg-type]
    with pytest.raises(RecordError, match=r"record\.payload-shape"):
        AnswerReceived.of(Keys(7, payload))
