"""Whatever a tender file holds, reading it never raises: there is a tender, or there are findings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender.language import Language
from tender.model.methods import award_hash, payment_hash
from tender.reading.file import Reading, read_text
from tender.words import words
from tests.tender.reading.folders import SAMPLE

LINES = SAMPLE.splitlines(keepends=True)
ODD = st.sampled_from(
    [
        "inf", "-nan", "1e400", "0x" + "f" * 30, "-0", "true", '""', '"\\u0000"', "[]", "[[]]", "{}", "{ fi = 1 }",
        "[{}]", "0001-01-01", "9999-12-31T23:59:59Z", "12:00:00", '"../x"', '"fi"', '"=1+1"', "1_000", "-1",
        '"' + "x" * 5000 + '"', '"\\u202e"', "[1, 'a', 2020-01-01]", '"1/0"', "2019-02-30", "0.1.2", "'''\n'''",
    ]
)  # fmt: skip
FUZZ = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def sound(got: Reading) -> None:
    """A reading is whole: a tender that can be hashed, or a finding; every finding has words and a place."""
    assert got.tender is not None or got.findings
    for finding in got.findings:
        assert finding.blocks
        assert str(words(Language.FI).finding(finding))
        assert finding.rule == "file.more" or (finding.place is not None and finding.place.file == "tender.toml")
    if got.tender is not None:
        assert award_hash(got.tender)
        assert payment_hash(got.tender)
        assert got.tender.prevailing_language
        assert all(len(one.values) < 20 for one in got.locate(got.findings))
    if got.broken:
        assert got.findings


@FUZZ
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=6, unique=True), st.randoms(use_true_random=False))
def test_lost_doubled_and_swapped_lines(at: list[int], chance: Any) -> None:
    """Lines of the sample go missing, stand twice, or change places."""
    lines = list(LINES)
    for number in at:
        act = chance.randrange(3)
        if act == 0:
            lines[number] = ""
        elif act == 1:
            lines[number] *= 2
        else:
            other = chance.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
    sound(read_text("".join(lines)))


@pytest.mark.slow
@FUZZ
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), ODD), min_size=1, max_size=5))
def test_odd_values_in_place_of_good_ones(planted: list[tuple[int, str]]) -> None:
    """Any value may be anything."""
    lines = list(LINES)
    for number, value in planted:
        key, equals, _ = lines[number].partition("=")
        if equals and not key.startswith(("#", " ")):
            lines[number] = f"{key}= {value}\n"
    sound(read_text("".join(lines)))


def containers(data: Any) -> Iterator[Any]:
    """Every table and every list of tables in parsed TOML."""
    yield data
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from containers(value)


JUNK = st.recursive(
    st.integers(-5, 5)
    | st.booleans()
    | st.text(max_size=5)
    | st.sampled_from(["fi", "easy", "price", "id"])
    | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "fi", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.slow
@FUZZ
@given(st.data())
def test_any_table_may_hold_anything(data: st.DataObject) -> None:
    """Keys go missing, are renamed, or hold values of any shape, at any depth."""
    tree = tomllib.loads(SAMPLE)
    for _ in range(data.draw(st.integers(1, 5))):
        tables = list(containers(tree))
        table = tables[data.draw(st.integers(0, len(tables) - 1))]
        keys = list(table) if isinstance(table, dict) else list(range(len(table)))
        if not keys:
            continue
        key = data.draw(st.sampled_from(keys))
        act = data.draw(st.sampled_from(["drop", "junk", "rename", "double"]))
        value = table[key]
        if act == "drop" or (act == "rename" and not isinstance(table, dict)):
            del table[key]
        elif act == "junk":
            table[key] = data.draw(JUNK)
        elif act == "rename":
            table[data.draw(st.sampled_from([f"{key}s", str(key)[1:], "zzz", "a.b", ""]))] = table.pop(key)
        elif isinstance(table, list):
            table.append(value)
    sound(read_text(tomlkit.dumps(tree)))


@FUZZ
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_any_text_at_all(text: str) -> None:
    """Nonsense is a finding."""
    sound(read_text(text))


@FUZZ
@given(st.integers(0, len(SAMPLE)), st.text(max_size=8), st.integers(0, 40))
def test_any_cut_and_paste(at: int, pasted: str, cut: int) -> None:
    """A hand slips anywhere in the file."""
    sound(read_text(SAMPLE[:at] + pasted + SAMPLE[at + cut :]))


def test_the_sample_itself_is_sound() -> None:
    """The judge of this file judges a good reading well."""
    sound(read_text(SAMPLE))
