"""A tender folder starts from an example and never overwrites anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tender.errors import UsageError
from tender.reading import read_tender
from tender.starting import example_names, start_folder


def test_there_are_three_examples() -> None:
    """The two sources and today's area."""
    assert example_names() == ("pohjois-karjala", "pohjois-savo", "tyollisyysalue")


@pytest.mark.parametrize("example", example_names())
def test_a_start_takes_what_people_edit_and_leaves_what_is_invented(tmp_path: Path, example: str) -> None:
    """No bids, answers or scores of nobody in a real tender's folder; the open data says that it is synthetic.

    With other days its figures would be others, so it comes along with the example's own days only.
    """
    folder = start_folder(tmp_path / "uusi", example, None)
    assert {path.name for path in folder.iterdir()} <= {"tender.toml", "texts", "clauses", "open-data"}
    assert (folder / "open-data" / "datapackage.json").is_file()
    moved = start_folder(tmp_path / "siirretty", example, date(2028, 9, 1))
    assert not (moved / "open-data").exists()


@pytest.mark.parametrize("example", example_names())
def test_a_start_can_be_moved(tmp_path: Path, example: str) -> None:
    """All dates move with the start of production, comments stay, and no blocking finding comes of it."""
    folder = start_folder(tmp_path / "uusi", example, date(2028, 9, 1))
    reading = read_tender(folder)
    assert reading.tender is not None
    assert reading.findings == ()
    assert reading.tender.timetable.production_start == date(2028, 9, 1)
    assert "#" in (folder / "tender.toml").read_text(encoding="utf-8")


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """Somebody's work is never overwritten."""
    (tmp_path / "oma.txt").write_text("työni", encoding="utf-8")
    with pytest.raises(UsageError, match=r"new\.in-use"):
        start_folder(tmp_path, "pohjois-savo", None)
    assert [path.name for path in tmp_path.iterdir()] == ["oma.txt"]


def test_an_unknown_example_is_wrong_use(tmp_path: Path) -> None:
    """The refusal names the examples."""
    with pytest.raises(UsageError) as caught:
        start_folder(tmp_path / "uusi", "etela-savo", None)
    assert "pohjois-savo" in caught.value.values["expected"]
