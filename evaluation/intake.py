"""Files of the evaluation: the evaluators' consensus levels, and the invented bids of an example."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tender.errors import Finding, InputError, Place, Severity, UsageError
from tender.model.bids import QualityScore

SCORES = "private/scores.toml"
_MOST_BYTES = 2_000_000
_KEYS = {"bidder": str, "criterion": str, "level": int, "reason": str}
_REQUIRED = ("bidder", "criterion")

FormValue = str | int | Decimal


@dataclass(frozen=True, slots=True)
class InventedBid:
    """An invented bid of an example.

    Attributes:
        bidder: Short id, used as the name of the filled file.
        values: What is typed into the form, by machine id of the cell.
    """

    bidder: str
    values: Mapping[str, FormValue]


@dataclass(frozen=True, slots=True)
class ScoresReading:
    """The consensus levels as read.

    Attributes:
        scores: The levels that could be read.
        findings: What could not, each with its entry.
    """

    scores: tuple[QualityScore, ...]
    findings: tuple[Finding, ...]


def read_scores(path: Path) -> ScoresReading:
    """The consensus levels in `path`: a TOML file of ``[[scores]]`` with bidder, criterion, level and reason.

    A missing level stays ``None``; it is never zero.

    Raises:
        UsageError: There is no such file.
        InputError: It is no TOML, or too large.
    """
    table = _toml(path)
    rows = table.get("scores", [])
    if not isinstance(rows, list):
        return ScoresReading((), (_bad(path, 0, "scores", rows),))
    findings = tuple(finding for number, row in enumerate(rows) for finding in _row_findings(path, number, row))
    scores = () if findings else tuple(_score(row) for row in rows)
    return ScoresReading(scores, findings)


def read_invented_bids(path: Path) -> tuple[InventedBid, ...]:
    """The invented bids in `path` (``synthetic/bids.toml`` of an example).

    Raises:
        UsageError: There is no such file.
        InputError: It is no TOML, or an entry lacks its id or has another shape.
    """
    rows = _toml(path).get("bids", [])
    if not isinstance(rows, list):
        raise _shapeless(path, "bids", rows)
    return tuple(_invented(path, row) for row in rows)


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise UsageError("intake.no-file", file=path.name)
    if path.stat().st_size > _MOST_BYTES:
        raise InputError("intake.too-large", place=Place(path.name), most=_MOST_BYTES)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("intake.no-toml", place=Place(path.name), detail=str(error)) from error


def _row_findings(path: Path, number: int, row: object) -> Iterator[Finding]:
    if not isinstance(row, dict):
        yield _bad(path, number, "", row)
        return
    for key, value in row.items():
        expected = _KEYS.get(key)
        if expected is None or not isinstance(value, expected) or isinstance(value, bool):
            yield _bad(path, number, key, value)
    for key in _REQUIRED:
        if key not in row:
            yield _bad(path, number, key, "–")


def _bad(path: Path, number: int, key: str, value: object) -> Finding:
    field = f"scores[{number}].{key}" if key else f"scores[{number}]"
    values = {"found": str(value)[:40], "expected": ", ".join(_KEYS)}
    return Finding("scores.entry", Severity.BLOCK, field, values, place=Place(path.name))


def _score(row: Mapping[str, Any]) -> QualityScore:
    return QualityScore(row["bidder"], row["criterion"], row.get("level"), row.get("reason", ""))


def _invented(path: Path, row: object) -> InventedBid:
    if not isinstance(row, dict) or not isinstance(row.get("bidder"), str):
        raise InputError("intake.no-bidder", place=Place(path.name))
    return InventedBid(row["bidder"], dict(_cells(path, row)))


def _cells(path: Path, row: Mapping[str, Any]) -> Iterator[tuple[str, FormValue]]:
    """What goes into each cell, by its machine id."""
    for key in ("name", "business_id", "email", "capacity_total"):
        if key in row:
            yield key, row[key]
    for part in ("prices", "suitability", "annexes"):
        for key, value in _table(path, row, part).items():
            yield f"{part}.{key}", value
    capacity = _table(path, row, "capacity")
    for area in capacity:
        for group, clients in _table(path, capacity, area).items():
            yield f"capacity.{area}.{group}", clients


def _table(path: Path, row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table under `key`; empty where there is none."""
    found: Mapping[str, Any] = row.get(key, {})
    if not isinstance(found, dict):
        raise _shapeless(path, key, found)
    return found


def _shapeless(path: Path, key: str, found: object) -> InputError:
    return InputError("intake.bid-shape", place=Place(path.name), key=key, found=str(found)[:40])
