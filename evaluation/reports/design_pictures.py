"""Pictures of a design: prices in their ranges, money and evenness, spend month by month, the knife edge of the cap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from evaluation.design.client_flow.cap_risk import cap_curve
from tender.documents.charts import Look
from tender.documents.pictures import Line, Picture
from tender.language import Language, Text, number_text
from tender.model.design import Assumptions, GroupDesign, Prices, Span
from tender.model.flow import FlowFound, FlowInputs
from tender.money import exact, round_half_up
from tender.words import words

_THOUSAND = 100_000
"""Cents in a thousand euros."""

_MANY = 12
"""Months from which on every second one is drawn."""

_AROUND = range(-14, 15, 2)
"""Percentage points around the share of the clients that a cap holds."""


def said(term: str, **values: object) -> Text:
    """A term in all three languages, its blanks filled in."""
    return Text(*(words(language).term(term).format_map(values) for language in Language))


def weight_pictures(assumptions: Assumptions, before: Prices, proposal: Prices | None) -> tuple[Picture, ...]:
    """For each of the two prices: its range, the tender's own price and the proposed one, by group, in cents."""
    return tuple(_prices(assumptions, before, proposal, part) for part in ("capitation", "outcome"))


def spend_fan(found: FlowFound) -> Picture:
    """Cumulated spend by month: the mean, and between what 90 % of the courses lie; thousand euros."""
    shown = range(1, len(found.cumulated), 2) if len(found.cumulated) > _MANY else range(len(found.cumulated))
    lines = [
        Line(
            said(f"design-line.{name}"),
            tuple(round(getattr(found.cumulated[month], name) / _THOUSAND) for month in shown),
        )
        for name in ("high", "mean", "low")
    ]
    months = tuple(_plain(f"{month + 1}") for month in shown)
    return _picture("fan", "thousand", "month", months, lines, Look.LINES)


def tied_up(found: FlowFound) -> Picture:
    """What each provider has advanced at the end of each month, on average; thousand euros, four providers at most."""
    lines = [
        Line(
            said("design-line.provider", provider=one.id),
            tuple(round(max(-cents, 0.0) / _THOUSAND) for cents in one.cash),
        )
        for one in found.providers[:4]
    ]
    return _picture("tied", "thousand", "month", _months(len(found.monthly)), lines, Look.LINES)


def cap_picture(inputs: FlowInputs) -> Picture:
    """How likely a cap is reached on the first day, by popularity of a provider; percent."""
    clients, cap = sum(one.stock for one in inputs.groups), min(one.cap for one in inputs.providers)
    edge = round(100 * cap / clients) if clients else 0
    shares = [edge + each for each in _AROUND if 0 <= edge + each <= 100] or [100]  # noqa: PLR2004 - percent
    curve = cap_curve(clients, cap, tuple(Fraction(each, 100) for each in shares))
    line = Line(said("design-line.full"), tuple(round(100 * one.full) for one in curve))
    names = tuple(_plain(f"{each}", " %") for each in shares)
    return _picture("cap", "percent", "popularity", names, [line], Look.LINES)


def evenness(points: Sequence[tuple[int, Fraction | None]]) -> Picture:
    """How even the margins can be made for so much more money; cents a client-month by percent."""
    line = Line(
        said("design-line.spread"),
        tuple(None if spread is None else int(round_half_up(spread * 100, 0)) for _, spread in points),
    )
    names = tuple(_plain(f"{more:+d}" if more else "0", " %") for more, _ in points)
    return _picture("evenness", "cents", "money", names, [line], Look.LINES)


def _prices(assumptions: Assumptions, before: Prices, proposal: Prices | None, part: str) -> Picture:
    spans = [_unit_span(group, part) for group in assumptions.groups]
    rows: list[tuple[str, Iterable[Fraction]]] = [
        ("lowest", (span.lowest for span in spans)),
        ("before", (exact(getattr(one, part)) for one in before.groups)),
    ]
    if proposal is not None:
        rows.append(("proposed", (exact(getattr(one, part)) for one in proposal.groups)))
    rows.append(("highest", (span.highest for span in spans)))
    lines = [
        Line(said(f"design-line.{name}"), tuple(int(round_half_up(value * 100, 0)) for value in values))
        for name, values in rows
    ]
    names = tuple(_short(group.name) for group in assumptions.groups)
    return _picture(part, "cents", "group", names, lines, Look.COLUMNS)


def _unit_span(group: GroupDesign, part: str) -> Span:
    """The least and the highest unit price that base and weight allow."""
    span = group.capitation if part == "capitation" else group.outcome
    weight = group.capitation_weight if part == "capitation" else group.outcome_weight
    if weight is None:
        return span
    return Span(span.lowest * weight.lowest, span.highest * weight.highest)


def _picture(
    name: str, unit: str, axis: str, categories: tuple[Text, ...], lines: Sequence[Line], look: Look
) -> Picture:
    return Picture(
        name,
        said(f"design-picture.{name}"),
        said(f"design-unit.{unit}"),
        said(f"design-axis.{axis}"),
        categories,
        tuple(lines),
        look,
        said(f"design-note.{name}"),
    )


def _months(count: int) -> tuple[Text, ...]:
    return tuple(_plain(number_text(month, Language.FI)) for month in range(1, count + 1))


def _plain(words_: str, unit: str = "") -> Text:
    text = f"{words_}{unit}".replace("-", "−")
    return Text(text, text, text)


def _short(name: Text) -> Text:
    """The name before its colon: ``Ryhmä 1: helposti työllistyvät`` is ``Ryhmä 1``."""
    return Text(*(each.split(":")[0] if each else each for each in (name.fi, name.sv, name.en)))
