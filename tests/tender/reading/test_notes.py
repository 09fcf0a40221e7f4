"""What a reading collects, in order and not without end."""

from __future__ import annotations

import time

from tender.errors import Finding, Place, Severity
from tender.reading.notes import MOST_FINDINGS, Notes
from tender.reading.source_map import SourceMap
from tests.tender.reading.folders import reading


def notes() -> Notes:
    """An empty collection."""
    return Notes(SourceMap("tender.toml", {}), {})


def test_findings_stand_in_the_order_of_the_file_then_of_other_files() -> None:
    """The tender file first, then the texts beside it, what has no place last."""
    collected = notes()
    for place in (
        None,
        Place("texts/a.fi.md", 1),
        Place("tender.toml", 9),
        Place("tender.toml", 2, 5),
        Place("tender.toml", 2, 1),
    ):
        collected.keep(Finding("x", Severity.BLOCK, place=place))
    assert [str(finding.place) for finding in collected.sorted()] == [
        "tender.toml:2:1",
        "tender.toml:2:5",
        "tender.toml:9",
        "texts/a.fi.md:1",
        "None",
    ]


def test_there_is_an_end_to_findings() -> None:
    """After many findings one says that there are more."""
    collected = notes()
    for number in range(MOST_FINDINGS * 2):
        collected.add("field.unknown", f"a{number}")
        collected.keep(Finding("x", Severity.BLOCK))
    assert len(collected.findings) == MOST_FINDINGS + 1
    assert collected.findings[-1].rule == "file.more"


def test_thousands_of_mistakes_take_no_time() -> None:
    """A hostile file costs neither time nor pages of findings."""
    many = "\n".join(f"unknown_{number} = {number}" for number in range(20_000))
    codes = ", ".join(f'"{number}"' for number in range(20_000))
    start = time.process_time()
    got = reading(
        ("client_cap = 700", f"client_cap = 700\n{many}"), ('tie_rule = ["quality-points",', f"tie_rule = [{codes},")
    )
    assert time.process_time() - start < 5
    assert len(got.findings) == MOST_FINDINGS + 1
    assert got.tender is not None
