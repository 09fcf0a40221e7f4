"""A picture is a chart with its own table: the same values, gaps as gaps, words for those who do not see."""

from __future__ import annotations

import re

import pytest

from tender.documents.charts import Look
from tender.documents.pictures import Line, Picture, picture_chart, picture_rows, picture_svg
from tender.language import Language, Text


def said(words: str) -> Text:
    return Text(f"{words} fi", f"{words} sv", f"{words} en")


def picture(look: Look = Look.LINES, values: tuple[int | None, ...] = (1, None, 1200)) -> Picture:
    """Three categories, two series."""
    return Picture(
        "p",
        said("Title <&>"),
        said("unit"),
        said("axis"),
        tuple(said(f"c{place}") for place in range(3)),
        (Line(said("one"), values), Line(said("two"), (3, 4, 5))),
        look,
        said("note"),
    )


def test_the_table_has_the_values_of_the_chart() -> None:
    """A head, a row for each category, a dash where there is no value, numbers as the language writes them."""
    assert picture_rows(picture(), Language.FI) == (
        ("axis fi", "one fi", "two fi"),
        ("c0 fi", "1", "3"),
        ("c1 fi", "–", "4"),
        ("c2 fi", "1\u00a0200", "5"),
    )


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("language", Language)
def test_every_look_is_drawn_with_its_words(look: Look, language: Language) -> None:
    """Title and description stand in the drawing, escaped; both series are named."""
    drawn = picture_svg(picture(look, (1, 2, 3)), language, "x")
    assert re.search(r"<title[^>]*>Title &lt;&amp;&gt; ", drawn)
    described = re.search(r"<desc[^>]*>([^<]*)</desc>", drawn)
    assert described is not None
    assert f"one {language.value}" in described[1]
    assert f"two {language.value}" in drawn


def test_a_series_without_values_is_not_described() -> None:
    """Nothing can be said of its highest value."""
    described = picture_chart(picture(values=(None, None, None)), Language.EN).description
    assert "two en" in described
    assert "one en" not in described


def test_the_same_picture_gives_the_same_bytes() -> None:
    """And another anchor other ids."""
    assert picture_svg(picture(), Language.SV, "x") == picture_svg(picture(), Language.SV, "x")
    assert 'id="y-title"' in picture_svg(picture(), Language.SV, "y")
