"""The evaluators' file: what can be read is read, what cannot is named, and a missing level stays missing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from evaluation.intake import read_invented_bids, read_scores
from tender.errors import InputError, UsageError
from tender.language import Language
from tender.words import words


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scores.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_level_is_none_not_zero(tmp_path: Path) -> None:
    """The scorer must see that it is missing."""
    path = _file(
        tmp_path, '[[scores]]\nbidder = "a"\ncriterion = "plan"\n[[scores]]\nbidder="b"\ncriterion="plan"\nlevel=0'
    )
    assert [score.level for score in read_scores(path).scores] == [None, 0]


@pytest.mark.parametrize(
    "entry",
    [
        'bidder = "a"\ncriterion = "plan"\nlevel = "3"',
        'bidder = "a"\ncriterion = "plan"\nlevel = 3.0',
        'bidder = "a"\ncriterion = "plan"\nlevel = true',
        'bidder = 7\ncriterion = "plan"',
        'bidder = "a"\ncriterion = "plan"\nlevle = 3',
        'criterion = "plan"\nlevel = 3',
    ],
)
def test_a_bad_entry_is_named_and_no_score_is_used(tmp_path: Path, entry: str) -> None:
    """A wrong type, a misspelt key or a missing id stops the whole file."""
    reading = read_scores(_file(tmp_path, f'[[scores]]\nbidder="z"\ncriterion="plan"\nlevel=1\n[[scores]]\n{entry}'))
    assert reading.scores == ()
    assert {finding.rule for finding in reading.findings} == {"scores.entry"}
    assert all(finding.field.startswith("scores[1]") for finding in reading.findings)


@pytest.mark.parametrize("text", ["scores = 3", 'scores = ["a"]', "scores = {}"])
def test_a_file_of_another_shape_is_named(tmp_path: Path, text: str) -> None:
    """`scores` is a list of tables."""
    assert read_scores(_file(tmp_path, text)).findings


def test_a_broken_file_is_refused_with_its_place(tmp_path: Path) -> None:
    """The TOML parser's word is handed on."""
    with pytest.raises(InputError) as caught:
        read_scores(_file(tmp_path, "[[scores\n"))
    assert "line 1" in caught.value.values["detail"]


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    """Both readers say which file."""
    for read in (read_scores, read_invented_bids):
        with pytest.raises(UsageError, match=r"scores\.toml"):
            read(tmp_path / "scores.toml")


def test_an_enormous_file_is_refused(tmp_path: Path) -> None:
    """Size is looked at before anything is parsed."""
    with pytest.raises(InputError, match=r"intake\.too-large"):
        read_scores(_file(tmp_path, "# " + "x" * 2_000_000))


@pytest.mark.parametrize("text", ["bids = 3", 'bids = "a"', "[bids]\nbidder = 'a'"])
def test_invented_bids_are_a_list(tmp_path: Path, text: str) -> None:
    """A file of another shape is refused by name, in every language, never a crash."""
    with pytest.raises(InputError) as caught:
        read_invented_bids(_file(tmp_path, text))
    assert (caught.value.message, caught.value.values["key"]) == ("intake.bid-shape", "bids")
    for language in Language:
        assert caught.value.values["found"] in words(language).error(caught.value).text


@pytest.mark.parametrize("row", ["3", '"a"', "{}", "{bidder = 5}", "{name = 'A'}"])
def test_an_invented_bid_has_an_id(tmp_path: Path, row: str) -> None:
    """A row that is no table has none either."""
    with pytest.raises(InputError, match=r"intake\.no-bidder"):
        read_invented_bids(_file(tmp_path, f"bids = [{row}]"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("prices = 3", "prices"), ("suitability = ['yes']", "suitability"), ("annexes = ''", "annexes"),
        ("capacity = 700", "capacity"), ("capacity = {north = 700}", "north"),
    ],
)  # fmt: skip
def test_a_part_of_an_invented_bid_is_a_table(tmp_path: Path, text: str, key: str) -> None:
    """One number for a whole area is not spread over its groups."""
    with pytest.raises(InputError) as caught:
        read_invented_bids(_file(tmp_path, f'[[bids]]\nbidder = "a"\n{text}'))
    assert (caught.value.message, caught.value.values["key"]) == ("intake.bid-shape", key)


def test_an_invented_bid_is_what_is_typed_cell_by_cell(tmp_path: Path) -> None:
    """Machine ids of cells; exact amounts, a typed text stays one, and what is not typed is not there."""
    text = """
[[bids]]
bidder = "a"
name = "A Oy"
capacity_total = 0
unknown = "left aside"
prices = {"capitation.base" = 34.10, "outcome.base" = "8,5 e"}
suitability = {register = "yes"}
annexes = {plan = ""}
capacity = {north = {easy = 10, hard = 0}}
[[bids]]
bidder = "b"
"""
    one, other = read_invented_bids(_file(tmp_path, text))
    assert one.values == {
        "name": "A Oy", "capacity_total": 0, "prices.capitation.base": Decimal("34.10"),
        "prices.outcome.base": "8,5 e", "suitability.register": "yes", "annexes.plan": "",
        "capacity.north.easy": 10, "capacity.north.hard": 0,
    }  # fmt: skip
    assert isinstance(one.values["prices.capitation.base"], Decimal)
    assert (other.bidder, other.values) == ("b", {})


def test_every_bad_entry_is_named_in_one_reading(tmp_path: Path) -> None:
    """Nobody mends a file slip by slip: all keys of all rows at once, and none of the sound rows is used."""
    text = '[[scores]]\nbidder="a"\n[[scores]]\nbidder="b"\ncriterion="plan"\n[[scores]]\nlevel="x"\nreason=3'
    reading = read_scores(_file(tmp_path, text))
    assert [finding.field for finding in reading.findings] == [
        "scores[0].criterion", "scores[2].level", "scores[2].reason", "scores[2].bidder", "scores[2].criterion",
    ]  # fmt: skip
    assert [finding.values["found"] for finding in reading.findings] == ["–", "x", "3", "–", "–"]
    assert all(finding.blocks and finding.place is not None for finding in reading.findings)
    assert reading.scores == ()
    assert read_scores(_file(tmp_path, "")).scores == ()


def test_what_is_found_is_shown_in_part(tmp_path: Path) -> None:
    """A thousand letters where a level is expected do not fill the screen."""
    reading = read_scores(_file(tmp_path, f'[[scores]]\nbidder="a"\ncriterion="p"\nlevel="{"x" * 1000}"'))
    assert reading.findings[0].values["found"] == "x" * 40
