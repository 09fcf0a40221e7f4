"""Values of a JSON file from outside, each knowing where it stands, so that a fault can be named."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from tender.errors import InputError, Place
from tender.guards import excerpt
from tender.language import Language, Text

Choice = TypeVar("Choice", bound=Enum)

_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Node:
    """One value.

    Attributes:
        file: The file as the user knows it.
        path: Where in it, such as ``resources[0].schema``; empty for the whole.
        value: The value as JSON has it.
    """

    file: str
    path: str
    value: object

    def get(self, key: str) -> Node:
        """The value at `key` of an object.

        Raises:
            InputError: This is no object, or has no such key.
        """
        path = f"{self.path}.{key}" if self.path else key
        if not isinstance(self.value, dict) or key not in self.value:
            raise Node(self.file, path, None).wrong("annex.expect.present")
        return Node(self.file, path, self.value[key])

    def has(self, key: str) -> bool:
        """Whether this is an object with `key`."""
        return isinstance(self.value, dict) and key in self.value

    def each(self) -> tuple[Node, ...]:
        """The values of a list.

        Raises:
            InputError: This is no list.
        """
        if not isinstance(self.value, list):
            raise self.wrong("annex.expect.list")
        return tuple(Node(self.file, f"{self.path}[{at}]", value) for at, value in enumerate(self.value))

    def names(self) -> tuple[str, ...]:
        """The names of an object's values.

        Raises:
            InputError: This is no object.
        """
        if not isinstance(self.value, dict):
            raise self.wrong("annex.expect.object")
        return tuple(self.value)

    def text(self) -> str:
        """A text.

        Raises:
            InputError: This is none.
        """
        if not isinstance(self.value, str):
            raise self.wrong("annex.expect.text")
        return self.value

    def whole(self) -> int:
        """A whole number.

        Raises:
            InputError: This is none.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.wrong("annex.expect.whole")
        return self.value

    def flag(self) -> bool:
        """True or false.

        Raises:
            InputError: This is neither.
        """
        if not isinstance(self.value, bool):
            raise self.wrong("annex.expect.flag")
        return self.value

    def day(self) -> date:
        """A day such as ``2018-06-30``.

        Raises:
            InputError: This is none.
        """
        try:
            found = date.fromisoformat(self.text())
        except ValueError as error:
            raise self.wrong("annex.expect.day") from error
        if found.isoformat() != self.value:
            raise self.wrong("annex.expect.day")
        return found

    def choice(self, kind: type[Choice]) -> Choice:
        """One of the values of `kind`.

        Raises:
            InputError: This is none of them.
        """
        for one in kind:
            if one.value == self.value:
                return one
        raise self.wrong(", ".join(str(one.value) for one in kind))

    def words(self) -> Text:
        """A text in the languages that it has.

        Raises:
            InputError: This is no object of texts by language.
        """
        spoken = {language.value for language in Language}
        for key in self.names():
            if key not in spoken:
                raise Node(self.file, f"{self.path}.{excerpt(key)}", key).wrong(", ".join(sorted(spoken)))
        return Text(**{key: self.get(key).text() for key in self.names()})

    def wrong(self, expected: str) -> InputError:
        """The error that this is not what was expected: a term, or the choices themselves."""
        shown = "" if self.value is None else json.dumps(self.value, ensure_ascii=False)
        place = Place(self.file)
        path = excerpt(self.path, 120)
        return InputError("annex.package.wrong", place=place, path=path, found=excerpt(shown), expected=expected)


def read_json(data: bytes, file: str) -> Node:
    """The JSON in `data`, in which no key stands twice.

    Raises:
        InputError: It is no such JSON; the place names line and column where they are known.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_int=_short, parse_float=_no_float,
                           parse_constant=_no_float)  # fmt: skip
    except json.JSONDecodeError as error:
        raise InputError("annex.package.not-json", place=Place(file, error.lineno, error.colno)) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("annex.package.not-json", place=Place(file, line)) from error
    except (_OddError, RecursionError) as error:
        raise InputError("annex.package.odd-json", place=Place(file), found=excerpt(str(error))) from error
    return Node(file, "", value)


class _OddError(ValueError):
    """Something that two readers of JSON could understand in two ways."""


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _OddError(key)
        found[key] = value
    return found


def _short(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise _OddError(digits)
    return int(digits)


def _no_float(digits: str) -> float:
    raise _OddError(digits)
