"""What is not TOML, or too much of it, becomes one finding with its place."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.errors import Place
from tender.language import Language
from tender.reading.scalars import Unreadable
from tender.reading.syntax import MOST_DEPTH, parsed
from tender.words import words


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("a = 1\na = 2\n", "duplicate", 2, 6),
        ("[a]\n[a]\n", "duplicate", 2, 3),
        ("a = { b = 1, b = 2 }", "duplicate", 1, 19),
        ("a = 1\na.b = 2\n", "duplicate", 2, 8),
        ("title 5", "equals", 1, 7),
        ("[a\nb = 1", "header", 1, 3),
        ("a = [1, 2", "list", 1, 10),
        ("a = { b = 1", "inline", 1, 12),
        ('a = "b\n', "string", 1, 7),
        ('a = "b', "string", 1, 7),
        ("a = [1 2]", "list", 1, 8),
        ("a = { b = 1, }", "other", 1, 14),
        ('a = "b\\q"\n', "string", 1, 9),
        ("a = 2019-02-30\n", "date", 1, 5),
        ("a = 2019-03-01T25:00:00\n", "line", 1, 15),
        ("a = 0,9\n", "line", 1, 6),
        ("a = Kyllä\n", "value", 1, 5),
        ("a = \n", "value", 1, 5),
        ("a = 1 b = 2\n", "line", 1, 7),
        ("a = 1\x00\n", "line", 1, 6),
        ('a = "x\x00y"\n', "character", 1, 7),
        ("a = 1\rb = 2\r", "line", 1, 6),
        ("= 1", "line", 1, 1),
    ],
)
def test_each_mistake_has_its_reason_and_place(text: str, reason: str, line: int, column: int) -> None:
    """The place is the parser's; the reason is in the user's language."""
    raw, finding = parsed(text, "tender.toml")
    assert raw is None
    assert finding is not None
    assert finding.rule == "file.syntax"
    assert finding.values["reason"] == f"syntax.{reason}"
    assert finding.place == Place("tender.toml", line, column)
    for language in Language:
        message = str(words(language).finding(finding))
        assert "syntax." not in message
        assert words(language).term(f"syntax.{reason}") in message


def test_numbers_come_exact_and_never_as_floats() -> None:
    """Decimals keep their digits; what no tender can hold is marked, not lost."""
    raw, finding = parsed("a = 34.00\nb = 1e2\nc = inf\nd = -nan\ne = 1e999999999\nf = 1_000.5\n", "t")
    assert finding is None
    assert raw == {
        "a": Decimal("34.00"),
        "b": Decimal(100),
        "c": Unreadable("inf"),
        "d": Unreadable("-nan"),
        "e": Unreadable("1e999999999"),
        "f": Decimal("1000.5"),
    }
    assert str(raw["a"]) == "34.00"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a = " + "[" * 100_000 + "]" * 100_000,
        "a = " + "{b = " * 100_000,
        ".".join(["a"] * 200_000) + " = 1",
        ".".join(['"a"'] * 200_000) + " = 1",
        "[" + ".".join(["a"] * 200_000) + "]",
        "a = { " + ".".join(["b"] * 100) + " = 1 }",
    ],
    ids=["brackets", "arrays", "tables", "dots", "quoted dots", "header", "inline dots"],
)
def test_deep_nesting_is_refused_before_any_parser_sees_it(text: str) -> None:
    """Depth costs nothing to see, and much to parse."""
    start = time.process_time()
    raw, finding = parsed(text, "tender.toml")
    assert time.process_time() - start < 1
    assert raw is None
    assert finding is not None
    assert finding.rule == "file.too-deep"
    assert finding.values == {"expected": str(MOST_DEPTH)}
    assert finding.place is not None
    assert finding.place.line == 1


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + "[" * 100 + '"',
        "a = '" + "." * 100 + "'",
        'a = """' + "[\n" * 100 + '"""',
        "a = '''" + "{" * 100 + "'''",
        "# " + "[" * 100,
        "a = [" + ", ".join(["1.5"] * 1000) + "]",
        "a = [" + ", ".join(["[1, [2]]"] * 1000) + "]",
        'a = "x\\"' + "[" * 100 + '"',
    ],
)
def test_brackets_in_strings_and_side_by_side_are_not_deep(text: str) -> None:
    """Only what stands inside each other counts."""
    raw, finding = parsed(text, "tender.toml")
    assert finding is None
    assert raw is not None


@pytest.mark.parametrize(
    "text",
    [
        'a = """' + '\\"""' * 400_000,
        'a = "' + '\\"' * 800_000,
        "a = '" + "x" * 1_600_000,
        "'''" + "''' '''" * 200_000,
        "a" * 1_600_000,
        "a = 0x" + "f" * 1_600_000,
        "#" * 1_600_000,
        '"' * 1_600_000,
    ],
    ids=["escaped quotes", "escapes", "open string", "many strings", "long key", "long number", "comment", "quotes"],
)
def test_large_and_hostile_text_takes_no_time(text: str) -> None:
    """Every guard is linear in the size of the file."""
    start = time.process_time()
    parsed(text, "tender.toml")
    assert time.process_time() - start < 3


def test_a_whole_number_too_long_for_python_is_a_finding() -> None:
    """Python refuses whole numbers of more than 4,300 digits."""
    raw, finding = parsed("a = " + "9" * 5000, "tender.toml")
    assert raw is None
    assert finding is not None
    assert finding.values["reason"] == "syntax.value"


@given(st.text(max_size=200) | st.text(alphabet="[]{}=.,\"'#\n\\ab1-:T", max_size=60))
def test_no_text_ever_raises(text: str) -> None:
    """There are values, or there is one finding with a place."""
    raw, finding = parsed(text, "tender.toml")
    assert (raw is None) is (finding is not None)
    assert finding is None or finding.place is not None
