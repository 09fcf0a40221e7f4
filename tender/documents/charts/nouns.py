"""What a chart is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tender.language import Language

MOST_SERIES = 4
"""Most series that one chart tells apart."""

Value = int | None
"""A count; ``None`` where it is not shown."""


class Look(StrEnum):
    """How values are drawn."""

    STACKED = "stacked"
    """One lying bar for each category, its parts in a row."""
    COLUMNS = "columns"
    """Standing columns side by side in each category."""
    LINES = "lines"
    """One line for each series over the categories, which are moments."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one name, one for each category.

    Attributes:
        label: Its name.
        values: Its values in the order of the categories.
    """

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        look: How it is drawn.
        title: What it shows, in a few words.
        description: What it shows, for those who do not see it.
        unit: The unit in words.
        categories: Names of the categories.
        series: One to `MOST_SERIES` series.
        language: How numbers are written.
        hidden: Words for what is not shown.
        totals: Of a stacked chart, the total of each category; empty when the parts are all there is.
    """

    look: Look
    title: str
    description: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    language: Language
    hidden: str
    totals: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        """Every series has a value or a gap for each category.

        Raises:
            ValueError: One has not, or there are no categories, or no series, or too many.
        """
        lengths = {len(one.values) for one in self.series} | ({len(self.totals)} if self.totals else set())
        if lengths != {len(self.categories)} or not self.categories or len(self.series) > MOST_SERIES:
            message = f"{len(self.categories)} categories, {len(self.series)} series of {sorted(lengths)} values"
            raise ValueError(message)

    @property
    def any_hidden(self) -> bool:
        """Whether something is not shown."""
        return any(value is None for one in self.series for value in one.values) or None in self.totals
