"""The small parts of the forms room: identifiers, names, row heights."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.forms.fields import bid_fields, cell_names
from tender.forms.identifiers import is_business_id, is_email
from tender.forms.looks import price_format
from tender.language import Language
from tender.sheets.book import Style
from tender.sheets.grid import Grid, height_of
from tender.sheets.references import position
from tests.sample import sample_tender


@pytest.mark.parametrize("good", ["0737546-2", "1572860-0", "0112038-9", "9900001-8", "9900002-6"])
def test_real_business_ids_pass(good: str) -> None:
    assert is_business_id(good)


@given(st.integers(0, 9_999_999), st.integers(0, 9), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: int, check: int, at: int, shift: int) -> None:
    text = f"{number:07}-{check}"
    digit = (int(text[at]) + shift) % 10
    assert not (is_business_id(text) and is_business_id(f"{text[:at]}{digit}{text[at + 1 :]}"))


@given(st.integers(0, 9_999_999))
def test_a_number_has_one_check_digit_or_none(number: int) -> None:
    assert sum(is_business_id(f"{number:07}-{check}") for check in range(10)) <= 1


@pytest.mark.parametrize("bad", ["", "0737546-22", "07375462", "0737546–2", " 0737546-2", "٠٧٣٧٥٤٦-٢", "FI07375462"])
def test_other_texts_are_no_business_ids(bad: str) -> None:
    assert not is_business_id(bad)


@pytest.mark.parametrize("good", ["a@b.fi", "matti.meikäläinen@työ.example.fi", "x+y@sub.domain.example", "a@b.co.uk"])
def test_addresses_pass(good: str) -> None:
    assert is_email(good)


@pytest.mark.parametrize(
    "bad",
    ["", "a", "a@b", "@b.fi", "a@b.fi,c@d.fi", "a b@c.fi", "a@b..fi", "<a@b.fi>", "a@1.2.3.4", f"{'a' * 250}@b.fi"],
)
def test_other_texts_are_no_addresses(bad: str) -> None:
    assert not is_email(bad)


ids = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[a-z0-9-]{1,8}){0,2}", fullmatch=True), unique=True, max_size=12)


@given(ids)
def test_names_are_different_and_none_is_a_reference(field_ids: list[str]) -> None:
    names = cell_names(field_ids)
    assert list(names) == field_ids
    assert len({name.casefold() for name in names.values()}) == len(field_ids)
    for name in names.values():
        assert name.replace("_", "").isalnum()
        with pytest.raises(ValueError, match=re.escape(name.upper())):
            position(name.upper())


def test_every_field_has_a_label_of_its_own() -> None:
    for language in Language:
        labels = [field.label for field in bid_fields(sample_tender(), language)]
        assert len(set(labels)) == len(labels)


def test_a_row_grows_with_its_text_and_never_cuts_it() -> None:
    small, style = height_of("word", Style(), 20), Style()
    assert height_of("word " * 40, style, 20) > 5 * small
    assert height_of("one\ntwo\nthree", style, 20) > 2 * small
    assert height_of("word " * 40, Style(wrap=False), 20) == small
    assert height_of("word " * 40, Style(bold=True), 20) >= height_of("word " * 40, style, 20)
    assert height_of("x" * 60, style, 20) > 2 * small


def test_a_grid_remembers_the_tallest_cell_of_a_row() -> None:
    grid = Grid({"A": 10, "B": 80})
    grid.next(12)
    grid.put("B", "words " * 5, Style())
    low = grid.heights[1]
    assert grid.put("A", "words " * 20, Style()) == "A1"
    assert grid.heights[1] > low


def test_a_price_format_hides_no_digit_and_shows_a_zero_as_a_zero() -> None:
    assert price_format(2) == "#,##0.00######"
    assert price_format(0) == "General"
    assert "-" not in price_format(4)
