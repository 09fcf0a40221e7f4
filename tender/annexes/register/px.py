"""Tables that somebody has published as PX files, such as those of StatFin: already public figures, in all languages.

What stands there is known to everybody, so a protected table of the same clients must reckon with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from tender.annexes.register.px_syntax import PxReader, Statement, decoded
from tender.errors import InputError, Place
from tender.guards import excerpt
from tender.sheets import number_of

MOST_CELLS = 5_000_000
"""Most cells of a table that is read."""

HIDDEN_SIGNS = frozenset({".", "..", "...", "....", ".....", "......", "-"})
"""What stands for a figure that is not shown; which sign means what is the publisher's own rule."""


@dataclass(frozen=True, slots=True)
class PxDimension:
    """One dimension of a table.

    Attributes:
        name: Its name in the file's first language.
        codes: Codes of its values; their names where the file gives no codes.
        labels: Names of its values by language.
        names: Its own name by language.
        times: Periods of its values, when it is one of time: ``202401``; empty otherwise.
    """

    name: str
    codes: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PxTable:
    """A published table.

    Attributes:
        file: The file as the user knows it.
        languages: Its languages, the first one first.
        titles: Its title by language.
        dimensions: Its dimensions, the last one running fastest.
        numbers: The figure of each cell, the last dimension running fastest; ``None`` where none is shown.
        signs: What stands in the cells that show no figure, by the number of the cell.
    """

    file: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    dimensions: tuple[PxDimension, ...]
    numbers: tuple[Decimal | None, ...]
    signs: Mapping[int, str]

    def cells(self) -> Iterator[tuple[tuple[str, ...], Decimal | None]]:
        """Every cell by its codes."""
        return zip(product(*(one.codes for one in self.dimensions)), self.numbers, strict=True)

    def dimension(self, name: str) -> PxDimension:
        """The dimension that is called `name` in any language.

        Raises:
            KeyError: There is none.
        """
        for one in self.dimensions:
            if name in one.names.values():
                return one
        raise KeyError(name)


def read_px(data: bytes, file: str) -> PxTable:
    """The table in the PX file `data`.

    Raises:
        InputError: It is damaged, sparse, too large, or its cells are not as many as its values ask for.
    """
    reader = PxReader(decoded(data, file), file)
    head: dict[tuple[str, str, tuple[str, ...]], Statement] = {}
    for statement in reader.head():
        head.setdefault((statement.keyword, statement.language, statement.of), statement)
    if any(keyword == "KEYS" for keyword, _, _ in head):
        raise InputError("px.sparse", place=Place(file), file=file)
    meaning = _Head(head, file)
    dimensions = meaning.dimensions()
    numbers, signs = _read_cells(reader, prod(len(one.codes) for one in dimensions), file)
    return PxTable(file, meaning.languages, meaning.by_language("TITLE"), dimensions, numbers, signs)


class _Head:
    """What the statements before the data say."""

    def __init__(self, statements: Mapping[tuple[str, str, tuple[str, ...]], Statement], file: str) -> None:
        self._statements, self._file = statements, file
        self._first = ""
        self._first = (self._said("LANGUAGE", "") or ("fi",))[0].lower()
        self.languages = tuple(code.lower() for code in self._said("LANGUAGES", self._first)) or (self._first,)

    def by_language(self, keyword: str) -> dict[str, str]:
        """The value of a statement in each language that has it."""
        return {code: found[0] for code in self.languages if (found := self._said(keyword, code))}

    def dimensions(self) -> tuple[PxDimension, ...]:
        """Those of the stub, then those of the heading."""
        names = {code: (*self._said("STUB", code), *self._said("HEADING", code)) for code in self.languages}
        first = names.get(self._first, ())
        if not first or len(set(first)) != len(first):
            raise InputError("px.dimensions", place=Place(self._file), file=self._file)
        return tuple(
            self._dimension({code: said[at] for code, said in names.items() if len(said) == len(first)}, name)
            for at, name in enumerate(first)
        )

    def _dimension(self, names: Mapping[str, str], name: str) -> PxDimension:
        values = self._said("VALUES", self._first, name)
        codes = self._said("CODES", self._first, name) or values
        if not values or len(codes) != len(values) or len(set(codes)) != len(codes):
            found = f"{len(codes)} / {len(values)}"
            raise InputError("px.values", place=Place(self._file), file=self._file, name=excerpt(name), found=found)
        labels = {code: self._said("VALUES", code, own) for code, own in names.items()}
        full = {code: said for code, said in labels.items() if len(said) == len(values)}
        times = self._said("TIMEVAL", self._first, name)
        return PxDimension(name, codes, full, names, times[1:] if len(times) == len(values) + 1 else ())

    def _said(self, keyword: str, language: str, of: str = "") -> tuple[str, ...]:
        """Values of a statement in `language`; those of the first language need not name it."""
        about = (of,) if of else ()
        found = self._statements.get((keyword, language, about))
        if found is None and language == self._first:
            found = self._statements.get((keyword, "", about))
        return found.values if found is not None else ()


def _read_cells(reader: PxReader, expected: int, file: str) -> tuple[tuple[Decimal | None, ...], dict[int, str]]:
    if expected > MOST_CELLS:
        raise InputError("px.large", place=Place(file), file=file, found=expected, expected=MOST_CELLS)
    numbers: list[Decimal | None] = []
    signs: dict[int, str] = {}
    for number, sign in reader.data():
        if sign or number in HIDDEN_SIGNS:
            signs[len(numbers)] = sign or number
            numbers.append(None)
        else:
            numbers.append(_number(number, len(numbers), file))
        if len(numbers) > expected:
            break
    if len(numbers) != expected:
        raise InputError("px.cells", place=Place(file), file=file, found=len(numbers), expected=expected)
    return tuple(numbers), signs


def _number(text: str, at: int, file: str) -> Decimal:
    found = number_of(text)
    if found is None:
        raise InputError("px.number", place=Place(file), file=file, found=excerpt(text), at=at + 1)
    return found
