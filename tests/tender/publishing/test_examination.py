"""Reading and checking in one go: what the houses plug in speaks too, and a lawful way around ranking is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tender.errors import BlockedError, blocking
from tender.publishing.examination import examine, readable_tender
from tender.starting import example_names, start_folder

Edit = Callable[[Path, str, str], None]
TODAY = date(2018, 11, 5)


@pytest.mark.parametrize("example", example_names())
def test_the_examples_have_no_blocking_finding(tmp_path: Path, example: str) -> None:
    """Under the pack that each names, on the day of its own publication."""
    folder = start_folder(tmp_path / "uusi", example, None)
    assert not examine(folder, readable_tender(folder).timetable.published).blocks


def test_a_plugged_in_check_speaks_at_its_line(tmp_path: Path, edit: Edit) -> None:
    """The evaluation knows which parameters a formula takes."""
    folder = start_folder(tmp_path / "kunta", "pohjois-savo", None)
    formula = 'formula        = "announced-interval@1"'
    edit(folder / "tender.toml", formula, f"{formula}\nparameters     = {{ flor = 5 }}")
    [finding] = blocking(examine(folder, TODAY).findings)
    assert finding.rule == "award.parameter-unknown"
    assert finding.place is not None
    assert finding.place.line is not None


def test_admitting_everyone_is_open_to_a_buyer_who_does_not_rank(tmp_path: Path, edit: Edit) -> None:
    """KHO 2018:91: not a public contract. With criteria it is refused, without them the tool says what it means."""
    folder = start_folder(tmp_path / "kunta", "pohjois-savo", None)
    path = folder / "tender.toml"
    edit(path, "admit_all_suitable  = false", "admit_all_suitable  = true")
    assert [finding.rule for finding in blocking(examine(folder, TODAY).findings)] == ["dynamic.admit-all-ranking"]
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\[\[award\.criteria\]\].*?(?=\n# )", "", text, flags=re.DOTALL)
    text = re.sub(r"minimum_quality .*", "", text)  # a floor of points goes with the points
    path.write_text(text.replace("[award]\n", "[award]\ncriteria = []\n"), encoding="utf-8")
    found = examine(folder, TODAY).findings
    assert blocking(found) == ()
    assert "dynamic.admit-all" in {finding.rule for finding in found}


def test_a_blocked_tender_is_not_handed_out(tmp_path: Path, edit: Edit) -> None:
    """The findings travel with the refusal."""
    folder = start_folder(tmp_path / "kunta", "pohjois-savo", None)
    edit(folder / "tender.toml", "near_tie            = 5", "near_tie            = -5")
    with pytest.raises(BlockedError) as caught:
        examine(folder, TODAY).tender()
    assert len(caught.value.findings) == 1


def test_a_file_that_does_not_parse_is_one_finding(tmp_path: Path) -> None:
    """No check runs on a tender that is not there."""
    (tmp_path / "tender.toml").write_text("[award\n", encoding="utf-8")
    [finding] = examine(tmp_path, TODAY).findings
    assert finding.rule == "file.syntax"
    with pytest.raises(BlockedError, match=r"publish\.unreadable"):
        readable_tender(tmp_path)
