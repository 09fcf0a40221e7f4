"""Which charts the tables of the annex get, and what each of them shows and says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tender.documents.chapter.axes import cells_by_place, parts_of, short_name, whole_of
from tender.documents.charts import MOST_SERIES, Chart, Look, Series
from tender.language import Language, number_text
from tender.model.annex import TOTAL, AnnexTable, At, Axis, Category
from tender.model.open_data import Breakdown, Quantity
from tender.words import words

MOST_COLUMNS = 7
"""Most categories that stand as columns; more lie as bars."""

_MARKS = {Look.STACKED: "bars", Look.COLUMNS: "columns", Look.LINES: "lines"}


def chart_plan(tables: Iterable[AnnexTable]) -> Mapping[str, tuple[str, ...]]:
    """By table, the axes that it is drawn along: what is counted is drawn once along each axis."""
    seen: set[tuple[Quantity, str]] = set()
    plan: dict[str, tuple[str, ...]] = {}
    for table in tables:
        series = series_axis(table)
        wanted = [axis.id for axis in table.axes if axis is not series and len(parts_of(axis)) > 1]
        fresh = tuple(axis for axis in wanted if (table.quantity, axis) not in seen)
        seen |= {(table.quantity, axis) for axis in fresh}
        plan[table.id] = fresh
    return plan


def series_axis(table: AnnexTable) -> Axis | None:
    """The axis whose categories are told apart within a chart: the risk groups, where there is another axis."""
    if len(table.axes) == 1:
        return None
    groups = next((axis for axis in table.axes if axis.id == Breakdown.GROUP), None)
    return groups if groups and 1 < len(parts_of(groups)) <= MOST_SERIES else None


def chart_of(table: AnnexTable, along: str, language: Language, *, table_number: int) -> Chart:
    """The chart of `table` along one axis, all other axes whole but the one of its series.

    Args:
        table: The table.
        along: Id of the axis.
        language: The language.
        table_number: Number of the printed table that has the figures.
    """
    axis = next(each for each in table.axes if each.id == along)
    divided, cells = series_axis(table), cells_by_place(table)
    series_parts = parts_of(divided) if divided else (None,)
    moments = parts_of(axis)
    look = _look(axis, moments)
    names = tuple(_category_name(axis, each, language) for each in moments)
    series = tuple(
        Series(
            short_name(part, language) if part else table.unit.best(language),
            tuple(cells[_at(table, axis, each, divided, part)].value for each in moments),
        )
        for part in series_parts
    )
    has_total = divided is not None and whole_of(divided).code == TOTAL
    totals = tuple(cells[_at(table, axis, each, divided, None)].value for each in moments) if has_total else ()
    return Chart(
        look=look,
        title=caption_of(table, along, language),
        description=" ".join(_description(look, names, series, language, table_number)),
        unit=table.unit.best(language),
        categories=names,
        series=series,
        language=language,
        hidden=words(language).term("open-data.hidden"),
        totals=totals if look is Look.STACKED else (),
    )


def caption_of(table: AnnexTable, along: str, language: Language) -> str:
    """Title of the table, and which of it the chart shows: ``… (kunta: yhteensä)``."""
    divided = series_axis(table)
    fixed = [axis for axis in table.axes if axis.id != along and axis is not divided]
    shown = "; ".join(
        f"{_lowered(axis.label.best(language))}: {_lowered(whole_of(axis).label.best(language))}" for axis in fixed
    )
    title = table.title.best(language)
    return f"{title} ({shown})" if shown else title


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _look(axis: Axis, shown: tuple[Category, ...]) -> Look:
    if axis.id == Breakdown.MONTH:
        return Look.LINES
    return Look.COLUMNS if axis.ordered and len(shown) <= MOST_COLUMNS else Look.STACKED


def _category_name(axis: Axis, category: Category, language: Language) -> str:
    """Its words; a month in figures, which take less room: ``2018-06`` is ``6/2018``."""
    year, _, month = category.code.partition("-")
    if axis.id == Breakdown.MONTH and year.isdecimal() and month.isdecimal():
        return f"{int(month)}/{year}"
    return category.label.best(language)


def _at(table: AnnexTable, axis: Axis, at: Category, divided: Axis | None, part: Category | None) -> At:
    """Coordinates of the cell at one category of `axis`, of one part of the divided axis or of its whole."""
    chosen = {each.id: whole_of(each).code for each in table.axes} | {axis.id: at.code}
    if divided is not None and part is not None:
        chosen[divided.id] = part.code
    return tuple(chosen[each.id] for each in table.axes)


def _description(
    look: Look, names: tuple[str, ...], series: tuple[Series, ...], language: Language, table_number: int
) -> Iterator[str]:
    """What a chart shows, in sentences: kind and span, the ends of each series, gaps, where the table is."""
    known = words(language)
    yield known.term(f"open-data.chart.{_MARKS[look]}").format(
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
    missing = sum(value is None for one in series for value in one.values)
    if missing:
        yield known.term("open-data.chart.missing").format(count=missing)
    yield known.term("open-data.chart.table").format(number=table_number)
