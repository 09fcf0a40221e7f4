"""A bundle's bytes read without a story around them: every type, every place of a difference, hostile numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.replay.bundle import (
    ADMISSIONS,
    BIDS,
    MANIFEST,
    METHOD,
    NUMBERS,
    SCORES,
    SEED,
    SELECTION,
    SHEET,
    numbers,
    pretty,
)
from evaluation.replay.differences import NOTHING, Difference, differences, leaves, told
from evaluation.replay.reading import Bundle, read_bundle
from tender.errors import InputError
from tender.language import Language
from tender.model.bids import Reply
from tender.model.methods import Json
from tender.words import words
from tests.sample import sample_tender

BID: dict[str, Any] = {
    "bidder": "alfa",
    "name": "Alfa Oy",
    "business_id": "1234567-1",
    "companies": ["Alfa Oy", "Beta Oy"],
    "version": 2,
    "award_hash": "a" * 64,
    "payment_hash": "b" * 64,
    "comparison_price": "100/3",
    "withheld": True,
    "prices": {"capitation.base": "34.50", "outcome.base": None},
    "capacity_total": None,
    "capacity": {"north": {"easy": 0, "hard": None}},
    "suitability": {"register": "yes", "insurance": None},
    "annexes": {"plan": "no"},
}
LEVEL: dict[str, Any] = {"bidder": "alfa", "criterion": "plan", "level": 0, "reason": "Puuttuu."}


def bundle_of(**changed: Json) -> Bundle:
    """A bundle of one bid and one level; `changed` replaces whole files by their short names."""
    plain: dict[str, Json] = {
        MANIFEST: {}, METHOD: {}, BIDS: [BID], ADMISSIONS: [], SCORES: [LEVEL], SEED: {"seed": ""}, NUMBERS: {},
        SHEET: {}, SELECTION: {},
    }  # fmt: skip
    named = {"bids": BIDS, "scores": SCORES, "seed": SEED, "admissions": ADMISSIONS}
    plain |= {named[name]: value for name, value in changed.items()}
    return read_bundle(sample_tender(), {name: pretty(value) for name, value in plain.items()})


def refusal_of(**changed: Json) -> InputError:
    """The refusal of such a bundle, said in every language."""
    with pytest.raises(InputError) as caught:
        bundle_of(**changed)
    for language in Language:
        assert caught.value.values["found"] in words(language).error(caught.value).text
    return caught.value


def test_blank_is_not_zero_and_zero_is_not_blank() -> None:
    """Prices, capacities, replies and levels: each blank stays one, each nought stays a nought."""
    found = bundle_of()
    (bid,) = found.bids
    assert bid.prices == {"capitation.base": Decimal("34.50"), "outcome.base": None}
    assert bid.capacity == {("north", "easy"): 0, ("north", "hard"): None}
    assert bid.capacity_total is None
    assert bid.suitability == {"register": Reply.YES, "insurance": None}
    assert bid.annexes == {"plan": Reply.NO}
    assert (bid.version, bid.companies, bid.email) == (2, ("Alfa Oy", "Beta Oy"), "")
    assert [(one.level, one.reason) for one in found.levels] == [(0, "Puuttuu.")]
    assert bundle_of(scores=[{**LEVEL, "level": None}]).levels[0].level is None


def test_a_comparison_price_is_taken_only_from_who_withholds_unit_prices() -> None:
    """Whose unit prices are public is reckoned, never believed."""
    assert bundle_of().stated == {"alfa": Fraction(100, 3)}
    assert bundle_of(bids=[{**BID, "withheld": False}]).stated == {}
    assert bundle_of(bids=[{**BID, "comparison_price": None}]).stated == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bidder", 7), ("name", None), ("business_id", []), ("version", "2"), ("version", True), ("version", None),
        ("withheld", 1), ("withheld", "true"), ("companies", "Alfa"), ("companies", ["Alfa", 3]), ("prices", []),
        ("capacity_total", "5"), ("capacity_total", False), ("capacity", {"north": 3}), ("suitability", None),
        ("award_hash", None), ("payment_hash", 0),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_named(key: str, value: Json) -> None:
    """File and key, and what stood there; true is no number, and one is no truth."""
    refusal = refusal_of(bids=[{**BID, key: value}])
    assert (refusal.message, refusal.values["file"]) == ("replay.shape", BIDS)
    assert refusal.values["key"] in {key, "north"}


@pytest.mark.parametrize(
    "price", ["NaN", "sNaN", "Infinity", "-Infinity", "1e5", "1E+999999999", "1_0", " 1", "", "1,5", "٣", "1/2", "+1"]
)
def test_a_price_is_written_in_full_or_refused(price: str) -> None:
    """What Python would read as a number and no bidder wrote: no exponent grows, no NaN is compared."""
    refusal = refusal_of(bids=[{**BID, "prices": {"capitation.base": price}}])
    assert (refusal.message, refusal.values["key"]) == ("replay.shape", "capitation.base")


@pytest.mark.parametrize("price", ["1/0", "1/00", "1e9", "1.5", "1/-3", "3/", "/3", "nan", "1 / 3", ""])
def test_a_stated_comparison_price_is_a_fraction_or_refused(price: str) -> None:
    """As the bundle writes it; nothing is divided by nothing."""
    assert refusal_of(bids=[{**BID, "comparison_price": price}]).values["key"] == "comparison_price"


@settings(max_examples=30)
@given(st.fractions(-(10**9), 10**9), st.decimals(-(10**9), 10**9, places=4))
def test_every_number_that_a_bundle_writes_is_read_back(price: Fraction, unit: Decimal) -> None:
    """Any fraction, any amount in full."""
    found = bundle_of(bids=[{**BID, "comparison_price": str(price), "prices": {"x": format(unit, "f")}}])
    assert found.stated["alfa"] == price
    assert found.bids[0].prices["x"] == unit


@pytest.mark.parametrize("reply", ["YES", "kyllä", "", 1, True])
def test_a_reply_is_one_of_the_forms(reply: Json) -> None:
    """Nothing is taken for a yes."""
    assert refusal_of(bids=[{**BID, "annexes": {"plan": reply}}]).values["key"] == "plan"


@pytest.mark.parametrize(
    ("name", "value"),
    [("bids", {}), ("bids", [3]), ("scores", ["a"]), ("scores", None), ("seed", []), ("seed", {}), ("admissions", {})],
)
def test_a_file_of_another_shape_is_named(name: str, value: Json) -> None:
    """By its own name."""
    assert refusal_of(**{name: value}).values["file"] == f"{name}.json"


@pytest.mark.parametrize("missing", [MANIFEST, METHOD, BIDS, ADMISSIONS, SCORES, SEED, NUMBERS, SHEET, SELECTION])
def test_no_file_may_lack(missing: str) -> None:
    """Each is asked for before anything is reckoned."""
    files = {name: data for name, data in bundle_of().files.items() if name != missing}
    with pytest.raises(InputError) as caught:
        read_bundle(sample_tender(), files)
    assert (caught.value.message, caught.value.values["file"]) == ("replay.no-file", missing)


@pytest.mark.parametrize("text", ["1.5", "NaN", "[Infinity]", '{"a": -1e5}', "\udcff"])
def test_no_float_comes_in_by_any_file(text: str) -> None:
    """Money and points are text or whole numbers, in the sheet and the selection too."""
    files = {**bundle_of().files, SHEET: text.encode("utf-8", "surrogateescape")}
    with pytest.raises(InputError) as caught:
        read_bundle(sample_tender(), files)
    assert (caught.value.message, caught.value.values["file"]) == ("replay.no-json", SHEET)


# Differences


def test_rows_are_named_by_what_they_are_about() -> None:
    """Names in their order, numbers where a name lacks or stands twice; empty lists and tables are values."""
    rows: Json = [{"bidder": "a", "criterion": "plan", "points": "1"}, {"bidder": "b", "id": "x", "points": []}]
    assert dict(leaves(rows, "bids")) == {
        "bids[a/plan].bidder": "a", "bids[a/plan].criterion": "plan", "bids[a/plan].points": "1",
        "bids[b/x].bidder": "b", "bids[b/x].id": "x", "bids[b/x].points": [],
    }  # fmt: skip
    assert [path for path, _ in leaves([{"bidder": "a"}, {"bidder": "a"}])] == ["[1].bidder", "[2].bidder"]
    assert [path for path, _ in leaves([{"bidder": "a"}, 5])] == ["[1].bidder", "[2]"]
    assert [path for path, _ in leaves([{"bidder": 5}])] == ["[1].bidder"]
    assert list(leaves({})) == [("", {})]


def test_what_is_missing_on_either_side_is_told_with_a_dash() -> None:
    """Absent is not null, and null is not a dash."""
    expected: Json = {"a": None, "b": "1", "d": {"e": "2"}}
    found: Json = {"b": "1", "c": None, "d": {"e": "3"}}
    assert list(differences(expected, found)) == [
        Difference("a", "None", NOTHING),
        Difference("c", NOTHING, "None"),
        Difference("d.e", "2", "3"),
    ]


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (1, "1"), ("", None), ([], {}), (0, None)])
def test_values_of_two_types_are_never_equal(one: Json, other: Json) -> None:
    """Python thinks that True is 1; a reader of a decision does not."""
    assert [each.path for each in told({"x": one}, {"x": other})] == ["x"]
    assert list(told({"x": one}, {"x": one})) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "bidder", "x"]), inner),
    max_leaves=5,
)


@settings(max_examples=30)
@given(json_values, json_values)
def test_two_values_differ_exactly_when_their_text_does(one: Json, other: Json) -> None:
    """Nothing is told of equal values; both ways round the same places are told."""
    assert list(differences(one, json.loads(json.dumps(one)))) == []
    there, back = list(differences(one, other)), list(differences(other, one))
    assert [(each.path, each.expected, each.found) for each in there] == [
        (each.path, each.found, each.expected) for each in back
    ]


def test_the_list_of_numbers_holds_what_people_put_in() -> None:
    """Prices, capacities, levels and the seed; no name, no hash, no reason, no version."""
    assert numbers({BIDS: [BID], SCORES: [LEVEL], SEED: {"seed": "ab"}}) == {
        f"{BIDS}:[alfa].comparison_price": "100/3",
        f"{BIDS}:[alfa].prices.capitation.base": "34.50",
        f"{BIDS}:[alfa].prices.outcome.base": None,
        f"{BIDS}:[alfa].capacity_total": None,
        f"{BIDS}:[alfa].capacity.north.easy": 0,
        f"{BIDS}:[alfa].capacity.north.hard": None,
        f"{SCORES}:[alfa/plan].level": 0,
        f"{SEED}:seed": "ab",
    }
    assert pretty({"a": "ä"}) == b'{\n  "a": "\xc3\xa4"\n}\n'
