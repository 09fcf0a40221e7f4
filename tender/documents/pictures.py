"""Pictures of plain values beside the open data annex: a chart with its own data table, for documents and web pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tender.documents.charts import Chart, Look, Series, draw
from tender.language import Language, Text, number_text
from tender.words import words


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a picture.

    Attributes:
        label: Its name.
        values: Its values in whole units; ``None`` where there is none.
    """

    label: Text
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its table.

    Attributes:
        id: Short id.
        title: What it shows.
        unit: The unit in words.
        axis: What the categories are.
        categories: Names of the categories.
        lines: One to four series.
        look: How it is drawn.
        note: What one can read from it.
    """

    id: str
    title: Text
    unit: Text
    axis: Text
    categories: tuple[Text, ...]
    lines: tuple[Line, ...]
    look: Look
    note: Text


def picture_chart(picture: Picture, language: Language) -> Chart:
    """The chart of `picture`, with a description for those who do not see it."""
    names = tuple(one.best(language) for one in picture.categories)
    series = tuple(Series(one.label.best(language), one.values) for one in picture.lines)
    return Chart(
        look=picture.look,
        title=picture.title.best(language),
        description=" ".join(_description(picture, series, names, language)),
        unit=picture.unit.best(language),
        categories=names,
        series=series,
        language=language,
        hidden=words(language).term("open-data.hidden"),
    )


def picture_svg(picture: Picture, language: Language, anchor: str) -> str:
    """`picture` as SVG text.

    Args:
        picture: The picture.
        language: The language.
        anchor: Begin of its ids, different from those of every other picture of the page.
    """
    return draw(picture_chart(picture, language), anchor)


def picture_rows(picture: Picture, language: Language) -> tuple[tuple[str, ...], ...]:
    """The data table: its head, then one row for each category."""
    head = (picture.axis.best(language), *(one.label.best(language) for one in picture.lines))
    rows = [
        (name.best(language), *(_cell(one.values[place], language) for one in picture.lines))
        for place, name in enumerate(picture.categories)
    ]
    return (head, *rows)


def _cell(value: int | None, language: Language) -> str:
    return "–" if value is None else number_text(value, language)


def _description(
    picture: Picture, series: tuple[Series, ...], names: tuple[str, ...], language: Language
) -> Iterator[str]:
    known = words(language)
    kind = "lines" if picture.look is Look.LINES else "columns" if picture.look is Look.COLUMNS else "bars"
    yield known.term(f"open-data.chart.{kind}").format(
        count=len(names), first=names[0], last=names[-1], series=len(series)
    )
    for one in series:
        shown = [(value, name) for value, name in zip(one.values, names, strict=True) if value is not None]
        if shown:
            low, high = min(shown, key=lambda each: each[0]), max(shown, key=lambda each: each[0])
            yield known.term("open-data.chart.series").format(
                label=one.label,
                highest=number_text(high[0], language),
                at_highest=high[1],
                lowest=number_text(low[0], language),
                at_lowest=low[1],
            )
