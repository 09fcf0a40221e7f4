"""A bundle read from its bytes; every value has its type, or the refusal names its file and place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from evaluation.replay import bundle as parts
from tender.errors import InputError, Place
from tender.model.bids import Bid, QualityScore, Reply
from tender.model.methods import Json
from tender.model.tender import Tender

T = TypeVar("T")
_AMOUNT = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
_FRACTION = re.compile(r"-?[0-9]{1,2000}(/0*[1-9][0-9]{0,2000})?")
"""How a bundle writes numbers: in full, so that no exponent grows and no NaN is reckoned with."""
_PLAIN = (
    parts.MANIFEST,
    parts.METHOD,
    parts.BIDS,
    parts.ADMISSIONS,
    parts.SCORES,
    parts.SEED,
    parts.NUMBERS,
    parts.SHEET,
    parts.SELECTION,
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read; what it says is not believed yet.

    Attributes:
        tender: The tender, read from the published sources in the bundle.
        files: Every file by its path.
        plain: Every JSON file by its path.
        bids: The bids.
        stated: Comparison prices of bids whose unit prices are withheld, by bidder id.
        levels: The levels with their reasons.
        seed: The seed of the lots; empty when there is none.
    """

    tender: Tender
    files: Mapping[str, bytes]
    plain: Mapping[str, Json]
    bids: tuple[Bid, ...]
    stated: Mapping[str, Fraction]
    levels: tuple[QualityScore, ...]
    seed: str


def read_bundle(tender: Tender, files: Mapping[str, bytes]) -> Bundle:
    """The bundle in `files`.

    Args:
        tender: The tender in its sources.
        files: Every file of the bundle by its path.

    Raises:
        InputError: A file is missing, is no JSON, or a value has another type; the place names it.
    """
    plain = {name: _json(name, files) for name in _PLAIN}
    bids = tuple(_bid(_Row(parts.BIDS, row)) for row in _rows(parts.BIDS, plain[parts.BIDS]))
    stated = {
        row.text("bidder"): row.fraction("comparison_price")
        for row in (_Row(parts.BIDS, each) for each in _rows(parts.BIDS, plain[parts.BIDS]))
        if row.flag("withheld") and row.value("comparison_price") is not None
    }
    levels = tuple(_level(_Row(parts.SCORES, row)) for row in _rows(parts.SCORES, plain[parts.SCORES]))
    for name in (parts.ADMISSIONS,):
        _rows(name, plain[name])
    return Bundle(tender, files, plain, bids, stated, levels, _Row(parts.SEED, plain[parts.SEED]).text("seed"))


class _Row:
    """A table of a JSON file whose values must have their types."""

    def __init__(self, file: str, row: Json) -> None:
        if not isinstance(row, dict):
            raise _unfit(file, "", row)
        self.file, self._row = file, row

    def value(self, key: str) -> Json:
        """The value under `key`, whatever it is."""
        return self._row.get(key)

    def text(self, key: str) -> str:
        """The text under `key`."""
        return self._is(key, str)

    def flag(self, key: str) -> bool:
        """Whether it is so."""
        return self._is(key, bool)

    def number(self, key: str) -> int:
        """The whole number under `key`."""
        found = self._is(key, int)
        if isinstance(found, bool):
            raise _unfit(self.file, key, found)
        return found

    def later_number(self, key: str) -> int | None:
        """The whole number under `key`; ``None`` where there is none."""
        return None if self.value(key) is None else self.number(key)

    def table(self, key: str) -> _Row:
        """The table under `key`."""
        return _Row(self.file, self._is(key, dict))

    def keys(self) -> tuple[str, ...]:
        """Its keys."""
        return tuple(self._row)

    def fraction(self, key: str) -> Fraction:
        """The exact number under `key`."""
        return Fraction(self._written(key, _FRACTION))

    def money(self, key: str) -> Decimal | None:
        """The amount under `key`; ``None`` where the cell was blank."""
        if self.value(key) is None:
            return None
        return Decimal(self._written(key, _AMOUNT))

    def reply(self, key: str) -> Reply | None:
        """The reply under `key`; ``None`` where the cell was blank."""
        if self.value(key) is None:
            return None
        try:
            return Reply(self.text(key))
        except ValueError as error:
            raise _unfit(self.file, key, self.value(key)) from error

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`."""
        found = self._is(key, list)
        if not all(isinstance(one, str) for one in found):
            raise _unfit(self.file, key, found)
        return tuple(found)

    def _written(self, key: str, shape: re.Pattern[str]) -> str:
        """The text under `key`, written in `shape`."""
        found = self.text(key)
        if shape.fullmatch(found) is None:
            raise _unfit(self.file, key, found)
        return found

    def _is(self, key: str, kind: type[T]) -> T:
        found = self._row.get(key)
        if not isinstance(found, kind):
            raise _unfit(self.file, key, found)
        return found


def _bid(row: _Row) -> Bid:
    prices, capacity = row.table("prices"), row.table("capacity")
    suitability, annexes = row.table("suitability"), row.table("annexes")
    return Bid(
        bidder=row.text("bidder"),
        name=row.text("name"),
        business_id=row.text("business_id"),
        email="",
        prices={cell: prices.money(cell) for cell in prices.keys()},  # noqa: SIM118 - a row is no mapping
        capacity_total=row.later_number("capacity_total"),
        capacity={
            (area, group): capacity.table(area).later_number(group)
            for area in capacity.keys()  # noqa: SIM118
            for group in capacity.table(area).keys()  # noqa: SIM118
        },
        suitability={key: suitability.reply(key) for key in suitability.keys()},  # noqa: SIM118
        annexes={key: annexes.reply(key) for key in annexes.keys()},  # noqa: SIM118
        award_hash=row.text("award_hash"),
        payment_hash=row.text("payment_hash"),
        version=row.number("version"),
        companies=row.texts("companies"),
    )


def _level(row: _Row) -> QualityScore:
    return QualityScore(row.text("bidder"), row.text("criterion"), row.later_number("level"), row.text("reason"))


def _rows(file: str, value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise _unfit(file, "", value)
    return value


def _json(name: str, files: Mapping[str, bytes]) -> Json:
    if name not in files:
        raise InputError("replay.no-file", place=Place(name), file=name)
    try:
        found: Json = json.loads(files[name], parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise InputError("replay.no-json", place=Place(name), file=name) from error
    return found


def _no_float(text: str) -> Any:  # noqa: ANN401 - it never returns
    raise ValueError(text)


def _unfit(file: str, key: str, found: object) -> InputError:
    return InputError("replay.shape", place=Place(file), file=file, key=key or file, found=str(found)[:40])
