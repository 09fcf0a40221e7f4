"""Nouns whose payload follows from their fields: the type of each field says how it is written and how it is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, get_type_hints

from tender.model.methods import Json
from tender.record.payloads import Keys

_READ: dict[object, Callable[[Keys, str], object]] = {
    str: Keys.text,
    bool: Keys.flag,
    int: Keys.number,
    tuple[str, ...]: Keys.texts,
    Mapping[str, str]: Keys.table,
}
"""How a field of each type is read."""


_KNOWN: dict[object, Mapping[str, object]] = {}


class Noun:
    """A frozen dataclass of texts, flags, whole numbers, lists of texts and texts by name.

    A text that came later than the first payloads is named in `later`: an older payload without it reads as empty.
    """

    __slots__ = ()

    later: ClassVar[frozenset[str]] = frozenset()

    def payload(self) -> dict[str, Json]:
        """The payload that says this."""
        return {name: _written(getattr(self, name)) for name in _types(type(self))}

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What the payload behind `keys` says.

        Raises:
            RecordError: A key is missing or its value has another type.
        """
        return cls(**{name: _reader(cls, name)(keys, name) for name in _types(cls)})


def _reader(noun: type[Noun], name: str) -> Callable[[Keys, str], object]:
    return Keys.later_text if name in noun.later else _READ[_types(noun)[name]]


def _types(noun: type[Noun]) -> Mapping[str, object]:
    """The type of every field, in the order of the fields; found once for every noun."""
    if noun not in _KNOWN:
        _KNOWN[noun] = _hinted(noun)
    return _KNOWN[noun]


def _hinted(noun: type[Noun]) -> Mapping[str, object]:
    assert dataclasses.is_dataclass(noun), "a noun is a dataclass"  # noqa: S101
    hints: dict[str, Any] = get_type_hints(noun)
    return {field.name: hints[field.name] for field in dataclasses.fields(noun)}


def _written(value: Any) -> Json:  # noqa: ANN401 - of the types above
    if isinstance(value, tuple):
        return list(value)
    found: Json = dict(value) if isinstance(value, Mapping) else value
    return found
