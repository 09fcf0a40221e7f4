"""Edits change what they should and leave everything else as it was, byte for byte."""

from __future__ import annotations

import os
import random
import stat
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.errors import InputError, UsageError
from tender.language import Text
from tender.reading import read_tender
from tender.reading.edit import edited, replace_file, set_value, spliced
from tender.reading.file import read_text
from tender.reading.literals import Value, literal
from tender.reading.paths import child, steps
from tender.reading.positions import spots
from tests.tender.reading.folders import SAMPLE, changed, folder


def leaves(data: Any, above: str = "") -> Iterator[str]:
    """Paths of all values that are no tables and no lists of tables."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in pairs:
        here = child(above, step)
        if isinstance(value, dict | list) and value:
            yield from leaves(value, here)
        else:
            yield here


def at(data: Any, path: str) -> Any:
    """The value at a path of parsed TOML."""
    for step in steps(path):
        data = data[step]
    return data


PUBLICITY = '"""Tarjoukset ovat julkisia, \\\n  kun sopimus on tehty."""'
NOWHERE = (
    "framework", "areas", "areas[0]", "nowhere.x", "areas[9].id", "areas[0].id.x", "billing.payment_days[0]",
    "dialogue.questions.x",
)  # fmt: skip
LEAVES = tuple(leaves(tomllib.loads(SAMPLE)))


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("framework.client_cap", 650, "client_cap = 700", "client_cap = 650"),
        ("prices.capitation.base.lowest", Decimal("33.50"), "{ lowest = 34.00,", "{ lowest = 33.50,"),
        ("prices.outcome.base.highest", Decimal("1.10"), "highest = 1.00\n", "highest = 1.10\n"),
        ("groups[1].clients.lapinlahti", 160, "clients.lapinlahti = 155", "clients.lapinlahti = 160"),
        ("groups[2].clients.lapinlahti", 160, "'lapinlahti' = 157", "'lapinlahti' = 160"),
        ("documents[0]", "decision", '"call-for-tenders", # the', '"decision", # the'),
        ("award.criteria[1].criteria[0].scale[2].share", 55, "value = 2, share = 50,", "value = 2, share = 55,"),
        ("timetable.decision", date(2018, 12, 28), "decision = 2018-12-21", "decision = 2018-12-28"),
        ("title.fi", "Uusi", '"Valinnanvapaus työllisyyspalveluissa" # Ä', '"Uusi" # Ä'),
        ("title", Text(fi="Uusi"), '"Valinnanvapaus työllisyyspalveluissa" # Ä', '"Uusi" # Ä'),
        ("buyer.name", Text(fi="Ostaja"), '{ fi = "Esimerkkiostaja" }', '{ fi = "Ostaja" }'),
        ("prices.capitation.weights", {"easy": 1}, "{ easy = 0.9, average = 1, hard = 1.2 }", "{ easy = 1 }"),
        ("procedure.publicity.fi", "Julkista.", PUBLICITY, '"Julkista."'),
    ],
)
def test_a_value_is_replaced_in_its_place(path: str, value: Value, old: str, new: str) -> None:
    """Comments, spaces, quotes of keys and the order stay."""
    assert edited(SAMPLE, {path: value}) == changed((old, new))


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("framework.duration_reason", Text(fi="Syy"), "maximum_value = 3100000\n", None),
        ("billing.excluded_work", Text(fi="Tuettu työ"), "minimum_contacts = 1\n", None),
        ("areas[0].nuts", "FI1D2", 'name.fi = "Siilinjärvi"\n', None),
        ("diary_number", "1/2018", "synthetic = true\n", None),
        ("award.selection.minimum_quality", Decimal(30), "yearly_cost_ceiling = 2000000\n", None),
        ("own_team", {"name": {"fi": "Oma"}, "share": Fraction(1, 3), "clients": 5}, "synthetic = true\n", None),
        ("prices.capitation.weights.other", Decimal(2), "hard = 1.2 }", "hard = 1.2, other = 2}"),
        ("buyer.name.sv", "Köpare", '{ fi = "Esimerkkiostaja" }', '{ fi = "Esimerkkiostaja", sv = "Köpare"}'),
    ],
)
def test_a_field_that_is_lacking_is_added_to_its_table(path: str, value: Value, old: str, new: str | None) -> None:
    """One more line, or one more pair, and nothing else differs."""
    after = edited(SAMPLE, {path: value})
    if new is not None:
        assert after.replace(" }", "}") == changed((old, new)).replace(" }", "}")
        return
    extra = [line for line in after.splitlines() if line not in SAMPLE.splitlines()]
    assert extra == [f"{path.rpartition('.')[2]} = {literal(value)}"]
    without = after.replace(extra[0] + "\n", "", 1)
    assert without.replace("\n\n", "\n") == SAMPLE.replace("\n\n", "\n")


def test_a_second_language_is_added_beside_dots() -> None:
    """A text that is written with dots gets its other language too."""
    after = edited(SAMPLE, {"title": Text(fi="Valinnanvapaus", sv="Valfrihet")})
    assert tomllib.loads(after)["title"] == {"fi": "Valinnanvapaus", "sv": "Valfrihet"}
    assert read_text(after).findings == ()


@settings(max_examples=40)
@given(st.sets(st.sampled_from(LEAVES), min_size=1, max_size=5), st.integers(0, 2**32))
def test_many_changes_at_once_touch_nothing_else(paths: set[str], seed: int) -> None:
    """Whatever is changed, the text around the changed values is the same, and so are all other values."""
    chance = random.Random(seed)
    values: tuple[Value, ...] = (7, True, "ä\n", Decimal("0.10"), date(2020, 2, 29), ("a", "b"), {"fi": "x"})
    changes: dict[str, Value] = {path: chance.choice(values) for path in sorted(paths)}
    after = edited(SAMPLE, changes)
    before, now = tomllib.loads(SAMPLE), tomllib.loads(after)
    assert {path for path in LEAVES if path not in paths and at(before, path) != at(now, path)} == set()
    assert skeleton(SAMPLE, set(changes)) == skeleton(after, set(changes))


def skeleton(text: str, paths: set[str]) -> str:
    """The text with the values at `paths` taken out."""
    spans = {spot.value for path, spot in spots(text).items() if path in paths and spot.value}
    return spliced(text, dict.fromkeys(spans, "?"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_survive(end: str) -> None:
    """A file from Windows stays one, added lines included."""
    source = SAMPLE.replace("\n", end)
    after = edited(source, {"framework.client_cap": 650, "billing.excluded_work": Text(fi="x")})
    assert after.count("\n") == source.count("\n") + 1
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0)


@pytest.mark.parametrize("path", NOWHERE)
def test_what_has_no_place_is_refused(path: str) -> None:
    """A whole table, an item that is not there, something inside a number: nothing is guessed."""
    with pytest.raises(UsageError, match=r"edit\.no-place"):
        edited(SAMPLE, {path: 1})


def test_overlapping_changes_are_refused() -> None:
    """A table and its own part cannot both be told what to be."""
    with pytest.raises(UsageError, match=r"edit\.overlap"):
        edited(SAMPLE, {"prices.capitation.base": {"lowest": 1}, "prices.capitation.base.lowest": 2})


@pytest.mark.parametrize("source", ["a = ", "a = 1\na = 2", "[", "a = 2019-02-30", "a = " + "9" * 5000])
def test_what_is_no_toml_is_refused(source: str) -> None:
    """A broken file is mended by hand first."""
    with pytest.raises(InputError, match=r"edit\.not-plain"):
        edited(source, {"a": 1})


def test_an_edit_that_would_touch_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is read again before anybody gets it."""
    monkeypatch.setattr("tender.reading.edit.spliced", lambda source, _: source.replace("700", "650"))
    with pytest.raises(InputError, match=r"edit\.not-kept"):
        edited(SAMPLE, {"framework.client_cap": 650})


def test_no_change_is_no_change() -> None:
    """Nothing in, nothing out."""
    assert edited(SAMPLE, {}) == SAMPLE


def test_a_value_is_set_in_the_file_of_a_folder(tmp_path: Path) -> None:
    """The file keeps its mode and its byte order mark; nothing is left beside it."""
    home = folder(tmp_path, "\ufeff" + SAMPLE)
    os.chmod(home / "tender.toml", 0o640)  # noqa: PTH101 - the mode is what is tested
    set_value(home, "framework.client_cap", 650)
    text = (home / "tender.toml").read_bytes().decode()
    assert text == "\ufeff" + changed(("client_cap = 700", "client_cap = 650"))
    assert stat.S_IMODE((home / "tender.toml").stat().st_mode) == 0o640
    assert [path.name for path in home.iterdir()] == ["tender.toml"]
    tender = read_tender(home).tender
    assert tender is not None
    assert tender.framework.client_cap == 650


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is replaced at once or not at all, and no half-written one is left."""
    home = folder(tmp_path)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        set_value(home, "framework.client_cap", 650)
    assert (home / "tender.toml").read_text(encoding="utf-8") == SAMPLE
    assert [path.name for path in home.iterdir()] == ["tender.toml"]


def test_a_file_that_cannot_be_taken_is_not_edited(tmp_path: Path) -> None:
    """The finding that says why travels with the refusal."""
    (tmp_path / "tender.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(InputError) as caught:
        set_value(tmp_path, "a", 1)
    assert [finding.rule for finding in caught.value.findings] == ["file.encoding"]
    with pytest.raises(UsageError, match=r"reading\.no-folder"):
        set_value(tmp_path / "nowhere", "a", 1)


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    """There need be no old one."""
    replace_file(tmp_path / "new.toml", "a = 1\n")
    assert (tmp_path / "new.toml").read_text() == "a = 1\n"
