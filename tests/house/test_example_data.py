"""The examples' open data is what their declaration and their synthetic register give today, byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tender.annexes.formats.package_reading import read_package
from tender.publishing.examination import examine
from tender.starting import example_names
from tests.house.example_data import EXAMPLES, package_of

NAMES = example_names()


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_may_be_published_with_their_open_data(name: str) -> None:
    """The gate finds nothing: the packages fit their declarations and give nobody away, and they say what they are."""
    found = examine(EXAMPLES / name, date(2018, 11, 5)).findings
    assert not [finding for finding in found if finding.field == "open_data"]
    annex = read_package(EXAMPLES / name / "open-data")
    assert annex.synthetic
    assert annex.protected.proven
    assert annex.protected.hidden > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_examples_open_data_is_current(name: str, tmp_path: Path) -> None:
    """``python -m tests.house.example_data`` has been run since tender file, register or protection changed."""
    found = {path.name: path.read_bytes() for path in (EXAMPLES / name / "open-data").iterdir()}
    assert found == package_of(EXAMPLES / name, tmp_path)
