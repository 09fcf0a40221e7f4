"""The buyer's own assumptions, ``private/design.toml``: what it leaves out stays a default, what is wrong is told."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from evaluation.design.assumptions import default_assumptions
from tender.errors import BlockedError, Finding, InputError, Place, Severity
from tender.language import Text
from tender.model.design import Assumptions, GroupDesign, Span, Subgroup
from tender.model.flow import FlowInputs
from tender.model.tender import Tender

ASSUMPTIONS = "private/design.toml"
_MOST_BYTES = 200_000
_LARGEST = 10**9

_NUMBERS = ("margin", "reserve", "effort_margin", "within", "dearer")
_FLOW = ("undecided", "switching", "failure", "shock")
_GROUP = ("duty_cost", "effort_cost", "effort_gain")
_SPANS = ("capitation_weight", "outcome_weight")
_KEYS = frozenset({*_NUMBERS, *_FLOW, "outcome_share", "popularity", "groups"})
_GROUP_KEYS = frozenset({*_GROUP, *_SPANS, "subgroups"})
_SUBGROUP_KEYS = frozenset({"id", "name", "share", "hours"})


def read_assumptions(folder: Path, tender: Tender) -> Assumptions:
    """The assumptions for `tender`: the defaults, and over them what the file in `folder` says.

    Raises:
        InputError: The file is no TOML, or too large.
        BlockedError: It has keys that are not known, or values that do not fit; the findings name every one.
    """
    made = default_assumptions(tender)
    path = folder / ASSUMPTIONS
    return _with(made, _toml(path)) if path.is_file() else made


def _toml(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MOST_BYTES:
        raise InputError("intake.too-large", place=Place(ASSUMPTIONS), most=_MOST_BYTES)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("intake.no-toml", place=Place(ASSUMPTIONS), detail=str(error)) from error


def _with(made: Assumptions, table: Mapping[str, Any]) -> Assumptions:
    reader = _Reader()
    reader.know(table, _KEYS, "")
    changed: dict[str, Any] = {key: reader.number(table[key], key) for key in _NUMBERS if key in table}
    if "outcome_share" in table:
        changed["outcome_share"] = reader.span(table["outcome_share"], "outcome_share", made.outcome_share)
    flow = _flow(made.flow, table, reader)
    groups = tuple(_group(one, table.get("groups", {}), reader) for one in made.groups)
    unknown = set(reader.table(table.get("groups", {}), "groups")) - {one.group for one in made.groups}
    for name in sorted(unknown):
        reader.refuse(f"groups.{name}", name, ", ".join(one.group for one in made.groups))
    reader.finish()
    return replace(made, **changed, flow=flow, groups=groups, own=tuple(sorted(reader.taken)))


def _flow(flow: FlowInputs, table: Mapping[str, Any], reader: _Reader) -> FlowInputs:
    shares: dict[str, Any] = {key: reader.number(table[key], key, most=1) for key in _FLOW if key in table}
    providers = flow.providers
    if "popularity" in table:
        found = table["popularity"]
        if isinstance(found, list) and len(found) == len(providers):
            weights = [reader.number(each, "popularity") for each in found]
            providers = tuple(replace(one, popularity=each) for one, each in zip(providers, weights, strict=True))
        else:
            reader.refuse("popularity", found, f"[{', '.join('0' for _ in providers)}]")
    return replace(flow, providers=providers, **shares)


def _group(group: GroupDesign, tables: object, reader: _Reader) -> GroupDesign:
    place = f"groups.{group.group}"
    table = reader.table(reader.table(tables, "groups").get(group.group, {}), place)
    reader.know(table, _GROUP_KEYS, f"{place}.")
    changed: dict[str, Any] = {
        key: reader.number(table[key], f"{place}.{key}", most=1 if key == "effort_gain" else _LARGEST)
        for key in _GROUP
        if key in table
    }
    for key in _SPANS:
        if key in table:
            now = getattr(group, key)
            if now is None:
                reader.refuse(f"{place}.{key}", table[key], "–")
            else:
                changed[key] = reader.span(table[key], f"{place}.{key}", now)
    rows = table.get("subgroups", [])
    if not isinstance(rows, list):
        reader.refuse(f"{place}.subgroups", rows, "[[…]]")
        rows = []
    parts = tuple(
        found
        for number, row in enumerate(rows)
        if (found := _subgroup(row, f"{place}.subgroups[{number}]", reader)) is not None
    )
    return replace(group, **changed, subgroups=parts or group.subgroups)


def _subgroup(row: object, place: str, reader: _Reader) -> Subgroup | None:
    table = reader.table(row, place)
    reader.know(table, _SUBGROUP_KEYS, f"{place}.")
    name = reader.table(table.get("name", {}), f"{place}.name")
    if not isinstance(table.get("id"), str) or not {"share", "hours"} <= set(table):
        reader.refuse(place, row, "id, name, share, hours")
        return None
    texts = {language: str(name[language]) for language in ("fi", "sv", "en") if language in name}
    share, hours = (reader.number(table[key], f"{place}.{key}") for key in ("share", "hours"))
    return Subgroup(table["id"], Text(**texts) if texts else Text(table["id"], table["id"], table["id"]), share, hours)


class _Reader:
    """Takes values and remembers what it took and what it could not take."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.findings: list[Finding] = []

    def refuse(self, field: str, found: object, expected: str) -> None:
        """Note a value that does not fit."""
        values = {"found": str(found)[:60], "expected": expected}
        self.findings.append(Finding("design.assumption", Severity.BLOCK, field, values, place=Place(ASSUMPTIONS)))

    def know(self, table: Mapping[str, Any], keys: frozenset[str], prefix: str) -> None:
        """Refuse the keys of `table` that are not among `keys`."""
        for key in table:
            if key not in keys:
                self.refuse(f"{prefix}{key}", key, ", ".join(sorted(keys)))

    def table(self, found: object, field: str) -> Mapping[str, Any]:
        """`found`, or nothing where it is no table."""
        if isinstance(found, Mapping):
            return found
        self.refuse(field, found, "{…}")
        return {}

    def number(self, found: object, field: str, most: int = _LARGEST) -> Fraction:
        """A number from 0 to `most`."""
        right = isinstance(found, int | Decimal) and not isinstance(found, bool)
        if right and Decimal(str(found)).is_finite() and 0 <= Decimal(str(found)) <= most:
            self.taken.add(field)
            return Fraction(str(found))
        self.refuse(field, found, f"0–{most}")
        return Fraction(0)

    def span(self, found: object, field: str, now: Span) -> Span:
        """Two numbers, the lower one first."""
        if isinstance(found, list) and len(found) == 2:  # noqa: PLR2004 - both ends
            low, high = self.number(found[0], field), self.number(found[1], field)
            if low <= high:
                return Span(low, high)
        self.refuse(field, found, "[0, 1]")
        return now

    def finish(self) -> None:
        """Stop when something was refused.

        Raises:
            BlockedError: Something was; the findings name it.
        """
        if self.findings:
            raise BlockedError("design.assumptions-faulty", findings=tuple(self.findings), count=len(self.findings))
