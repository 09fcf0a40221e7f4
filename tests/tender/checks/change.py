"""Change one field of a tender by its path, as a case file names it: ``award.criteria[0].weight``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tender.language import NO_TEXT, Text
from tender.model.tender import Tender

Token = str | int
REMOVE = object()
"""Says that a field is taken away rather than set."""


def changed(tender: Tender, path: str, raw: Any) -> Tender:
    """`tender` with the field at `path` set to what `raw` (a value of a TOML file) means there, or taken away."""
    made = _changed(tender, _tokens(path), Tender, raw)
    assert isinstance(made, Tender)
    return made


def at(tender: Tender, path: str) -> Any:
    """The value at `path`."""
    value: Any = tender
    for token in _tokens(path):
        plain = isinstance(token, str) and not isinstance(value, Mapping)
        value = getattr(value, str(token)) if plain else value[token]
    return value


def _tokens(path: str) -> tuple[Token, ...]:
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)
    return tuple(int(index) if index else name for index, name in found)


def _changed(value: Any, tokens: tuple[Token, ...], kind: Any, raw: Any) -> Any:
    if not tokens:
        return _empty(kind) if raw is REMOVE else build(kind, raw)
    token, rest = tokens[0], tokens[1:]
    if isinstance(token, int):
        item = get_args(_some(kind))[0]
        items = list(value)
        if raw is REMOVE and not rest:
            del items[token]
        else:
            before = items[token] if token < len(items) else None
            items[token : token + 1] = [_changed(before, rest, item, raw)]
        return tuple(items)
    if isinstance(value, Mapping):
        table = {name: each for name, each in value.items() if name != token}
        if raw is not REMOVE or rest:
            table[token] = _changed(value.get(token), rest, get_args(_some(kind))[1], raw)
        return table
    return replace(value, **{token: _changed(getattr(value, token), rest, get_type_hints(type(value))[token], raw)})


def _some(kind: Any) -> Any:
    """`kind` without its ``None``."""
    if get_origin(kind) in {Union, UnionType}:
        return next(each for each in get_args(kind) if each is not NoneType)
    return kind


def _empty(kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return None
    if kind is Text:
        return NO_TEXT
    return () if get_origin(kind) is tuple else kind()


def build(kind: Any, raw: Any) -> Any:
    """What `raw` means for a field of `kind`: a string is a Finnish text where a text belongs, and so on."""
    kind = _some(kind)
    origin = get_origin(kind)
    if kind is Text:
        return Text(**raw) if isinstance(raw, dict) else Text(fi=raw)
    if kind in {Decimal, Fraction}:
        return kind(str(raw))
    if origin is tuple:
        return tuple(build(get_args(kind)[0], item) for item in raw)
    if isinstance(raw, dict) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: build(hints[name], each) for name, each in raw.items()})  # type: ignore[operator]
    if isinstance(raw, dict):
        return {name: build(get_args(kind)[1], each) for name, each in raw.items()}
    return kind(raw) if isinstance(kind, type) and issubclass(kind, Enum) else raw
