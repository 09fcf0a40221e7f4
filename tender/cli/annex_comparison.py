"""The comparison in words: tables on the screen, the same tables as Markdown, and one JSON value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tender.annexes.comparing.filling import Filling
from tender.annexes.comparing.newcomer import Newcomer, Sums, percent
from tender.annexes.comparing.report import Comparison, Move, Trial
from tender.console import Console

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as people read it; all columns after `left` are numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


def say_comparison(console: Console, found: Comparison, filling: Filling, *, priced: bool) -> None:
    """Print both tables and the rules behind them."""
    for table in (_risk(console, found), _utility(console, found)):
        _say(console, table)
    for line in _rules(console, filling, priced=priced):
        console.line(line)


def say_newcomer(console: Console, test: Newcomer) -> None:
    """Print the newcomer test."""
    _say(console, _newcomer(console, test))
    console.line(_verdict(console, test))
    console.findings(test.findings)


def markdown(console: Console, found: Comparison, test: Newcomer | None, filling: Filling) -> str:
    """The same as a page of Markdown."""
    tables = [_risk(console, found), _utility(console, found)]
    parts = [f"# {console.words('annex.compare-title')}", *(_as_markdown(table) for table in tables)]
    parts += _rules(console, filling, priced=test is not None)
    if test is not None:
        parts += [_as_markdown(_newcomer(console, test)), _verdict(console, test)]
    return "\n\n".join(parts) + "\n"


def _say(console: Console, table: _Table) -> None:
    console.line()
    console.line(table.title, bold=True)
    console.table(table.heads, table.rows, right=range(table.left, len(table.heads)))


def _as_markdown(table: _Table) -> str:
    ruler = ["---"] * table.left + ["---:"] * (len(table.heads) - table.left)
    lines = [table.heads, ruler, *table.rows]
    body = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
    return f"## {table.title}\n\n{body}"


def _heads(console: Console, *names: str) -> tuple[str, ...]:
    return tuple(console.words(f"annex.head-{name}") for name in names)


def _way(console: Console, trial: Trial) -> tuple[str, str]:
    variant = trial.variant
    return console.words(f"annex.method-{variant.method.value}"), str(variant.threshold)


def _risk(console: Console, found: Comparison) -> _Table:
    heads = _heads(console, "way", "threshold", "primaries", "failing", "known", "narrowest", "groups", "proven")
    rows = tuple(
        (
            *_way(console, trial),
            str(trial.variant.risk.primaries),
            str(trial.variant.risk.failing),
            str(trial.variant.risk.determined),
            _width(trial.variant.risk.narrowest),
            str(trial.variant.risk.groups),
            console.words("annex.yes" if trial.variant.proven else "annex.no"),
        )
        for trial in found.trials
    )
    return _Table(console.words("annex.compare-risk"), heads, rows)


def _width(width: Fraction | None) -> str:
    """A width rounded down: it is never told wider than it is."""
    return "–" if width is None else str(int(width))


def _utility(console: Console, found: Comparison) -> _Table:
    groups = tuple(console.words("annex.head-move", group=group) for group in found.layout.groups)
    heads = (*_heads(console, "way", "threshold", "hidden", "weight", "change", "lost"), *groups,
             *_heads(console, "all", "detail", "place"))  # fmt: skip
    rows = tuple(
        (
            *_way(console, trial),
            *(str(n) for n in (trial.variant.loss.hidden, trial.variant.loss.weight, trial.variant.loss.change,
                               trial.variant.loss.lost)),
            *(percent(move.share) for move in trial.groups.values()),
            percent(trial.whole.share),
            percent(trial.detail),
            percent(trial.place[2].share) if trial.place else "",
        )
        for trial in found.trials
    )  # fmt: skip
    return _Table(console.words("annex.compare-utility"), heads, rows)


def _rules(console: Console, filling: Filling, *, priced: bool) -> list[str]:
    rules = [
        "annex.rule-failing",
        "annex.rule-detail",
        f"annex.rule-{filling.value}",
        "annex.rule-priced" if priced else "annex.rule-plain",
    ]
    return [console.words(rule) for rule in rules]


def _newcomer(console: Console, test: Newcomer) -> _Table:
    heads = _heads(
        console, "group", "revenue-true", "revenue-seen", "difference", "cost-true", "cost-seen", "difference"
    )
    named = {**test.groups, console.words("annex.head-all-groups"): test.whole}
    rows = tuple((name, *_sides(sums.revenue), *_sides(sums.cost)) for name, sums in named.items())
    return _Table(console.words("annex.newcomer-title"), heads, rows)


def _sides(move: Move) -> tuple[str, str, str]:
    return _euros(move.true), _euros(move.seen), percent(move.share)


def _euros(amount: Fraction) -> str:
    """Whole euros, for reading; `_cents` is what machines get."""
    return str(_rounded(amount, Decimal(1)))


def _cents(amount: Fraction) -> str:
    return str(_rounded(amount, _CENT))


def _rounded(amount: Fraction, step: Decimal) -> Decimal:
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(step, ROUND_HALF_UP)


def _verdict(console: Console, test: Newcomer) -> str:
    passed = "annex.newcomer-failed" if test.findings else "annex.newcomer-passed"
    return console.words(passed, mark=percent(test.pass_mark))


def comparison_json(found: Comparison, filling: str) -> dict[str, Any]:
    """Every trial with exact shares as fractions."""
    return {
        "fill": filling,
        "groups": list(found.layout.groups),
        "trials": [_trial_json(each) for each in found.trials],
    }


def _trial_json(trial: Trial) -> dict[str, Any]:
    variant = trial.variant
    risk, loss = variant.risk, variant.loss
    return {
        "method": variant.method.value,
        "threshold": variant.threshold,
        "primaries": risk.primaries,
        "failing": risk.failing,
        "determined": risk.determined,
        "narrowest": None if risk.narrowest is None else str(risk.narrowest),
        "group_disclosures": risk.groups,
        "cells": loss.cells,
        "hidden": loss.hidden,
        "weight": loss.weight,
        "change": loss.change,
        "largest": loss.largest,
        "lost": loss.lost,
        "merges": [[merge.dimension, *merge.codes] for merge in variant.merges],
        "proven": variant.proven,
        "seconds": round(variant.seconds, 3),
        "revenue": {group: _move_json(move) for group, move in trial.groups.items()},
        "revenue_all": _move_json(trial.whole),
        "detail": str(trial.detail),
        "farthest_place": None if trial.place is None else {
            "place": trial.place[0], "group": trial.place[1], **_move_json(trial.place[2])},
    }  # fmt: skip


def _move_json(move: Move) -> dict[str, str]:
    return {"true": _cents(move.true), "seen": _cents(move.seen), "share": str(move.share)}


def newcomer_json(console: Console, test: Newcomer | None) -> dict[str, Any] | None:
    """The newcomer test; ``None`` where there is none."""
    if test is None:
        return None

    def sums(one: Sums) -> Mapping[str, Any]:
        return {"revenue": _move_json(one.revenue), "cost": _move_json(one.cost)}

    findings: Sequence[dict[str, Any]] = [console.finding_json(finding) for finding in test.findings]
    return {
        "passed": not test.findings,
        "pass_mark": str(test.pass_mark),
        "groups": {group: sums(one) for group, one in test.groups.items()},
        "all": sums(test.whole),
        "findings": findings,
    }
