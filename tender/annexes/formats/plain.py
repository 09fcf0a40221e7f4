"""Frozen nouns as plain JSON and back, by their own field types, so that a new field needs no new code.

Decimals are texts, as JSON's own numbers are read as floats by most programs; a missing value is ``null``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from tender.annexes.formats.nodes import Node
from tender.language import Language, Text

Noun = TypeVar("Noun")

_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,20})?", re.ASCII)


def texts(text: Text) -> dict[str, str]:
    """`text` by language, missing languages left out."""
    found = ((language.value, text.get(language)) for language in Language)
    return {language: spoken for language, spoken in found if spoken is not None}


def plain(value: object) -> Any:  # noqa: ANN401 - JSON is any of its kinds
    """`value` as JSON's own kinds: a dataclass by its fields, a text by its languages."""
    if isinstance(value, Text):
        return texts(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def noun(kind: type[Noun], node: Node) -> Noun:
    """The dataclass `kind` that `plain` made `node` from.

    Raises:
        InputError: A field is missing or is not what it should be.
    """
    hints = get_type_hints(kind)
    named = [field.name for field in fields(cast("Any", kind))]
    return kind(**{name: _value(hints[name], node.get(name)) for name in named})


def strings(value: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON is any of its kinds
    """Every text in what `plain` made, keys among them, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield path, key
            yield from strings(one, f"{path}.{key}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from strings(one, f"{path}[{at}]")


def _value(hint: Any, node: Node) -> object:  # noqa: ANN401 - a field's type is any of typing's forms
    inner = get_args(hint)
    if isinstance(hint, UnionType):
        (given,) = (one for one in inner if one is not NoneType)
        return None if node.value is None else _value(given, node)
    if get_origin(hint) is tuple:
        return tuple(_value(inner[0], one) for one in node.each())
    if get_origin(hint) is Mapping:
        return {key: _value(inner[1], node.get(key)) for key in node.names()}
    if hint is Text:
        return node.words()
    if issubclass(hint, Enum):
        return node.choice(hint)
    return noun(cast("type[object]", hint), node) if is_dataclass(hint) else _simple(hint, node)


def _simple(kind: type[object], node: Node) -> object:
    if kind is bool:
        return node.flag()
    if kind is int:
        return node.whole()
    text = node.text()
    if kind is str:
        return text
    if not _DECIMAL.fullmatch(text):
        raise node.wrong("annex.expect.decimal")
    return Decimal(text)
