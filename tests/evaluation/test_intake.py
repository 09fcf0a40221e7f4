"""The evaluators' file: what can be read is read, what cannot is named, and a missing level stays missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.intake import read_invented_bids, read_scores
from tender.errors import InputError, UsageError


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
