"""From a tidy table to a constraint system: totals found or computed, hierarchies, linked tables, unlisted margins.

A dimension is a tree (or several: one for each scheme) of codes under one root, its total. Where the table lists no
total of a dimension, its totals are computed and published with it. Where it does, the table may be several linked
tables: a sum becomes a relation wherever the listed parts make up their total; parts that are not listed are zeros.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tender.annexes.disclosure.tables import At, Cell, Relation, Role, System

TOTAL = "Total"
"""Code of a computed total."""

TOTAL_WORDS = frozenset(
    {"total", "totals", "all", "sum", "_t", "sss", "yhteensä", "kaikki", "summa", "totalt", "samtliga", "alla",
     "sammanlagt"}
)  # fmt: skip
"""Codes that mean the total of a dimension, in small letters."""


Counts = Mapping[At, int | None]
"""Count by coordinates, None where it is hidden."""


class UnsoundTableError(ValueError):
    """The listed parts make up more or less than the listed total.

    Attributes:
        at: Coordinates of the total.
        dimension: The dimension that is summed.
        found: Sum of the parts.
        expected: The listed total.
    """

    def __init__(self, at: At, dimension: str, found: int, expected: int) -> None:
        """Keep what does not add up."""
        super().__init__(",".join(at))
        self.at, self.dimension, self.found, self.expected = at, dimension, found, expected


@dataclass(frozen=True, slots=True)
class Branch:
    """A parent code with its parts, in one scheme of a dimension.

    Attributes:
        parent: Code of the sum.
        parts: Codes that make it up.
    """

    parent: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One coordinate of the table.

    Attributes:
        name: Its name.
        root: Code of its total.
        branches: Every sum of its codes, the lowest first.
        listed: Whether the table itself lists its totals.
    """

    name: str
    root: str
    branches: tuple[Branch, ...]
    listed: bool

    def above(self, code: str) -> tuple[str, ...]:
        """Codes that `code` is a part of."""
        return tuple(dict.fromkeys(branch.parent for branch in self.branches if code in branch.parts))


Parent = tuple[str, str, str]
"""A row of a hierarchy: code, parent, scheme (empty when there is one only)."""


def dimension_of(name: str, codes: Iterable[str], hierarchy: Sequence[Parent] = ()) -> Dimension:
    """The dimension with these `codes`, which may or may not hold its total.

    Args:
        name: Its name.
        codes: Codes that the table lists.
        hierarchy: Code, parent and scheme; a parent that is no code of another parent hangs from the total.
    """
    known = list(dict.fromkeys(codes))
    named = [code for code in known if code.casefold() in TOTAL_WORDS]
    children: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, parent, scheme in hierarchy:
        children[parent, scheme].append(code)
    root = _root(known, named, {parent for parent, _ in children}, {code for code, _, _ in hierarchy})
    parents = {parent for parent, _ in children}
    schemes = list(dict.fromkeys(scheme for _, scheme in children)) or [""]
    branches = [Branch(parent, tuple(dict.fromkeys(parts))) for (parent, _), parts in children.items()]
    for scheme in schemes:
        inside = {code for (_, s), parts in children.items() if s == scheme for code in parts}
        own = [parent for parent, s in children if s == scheme]
        tops = [c for c in dict.fromkeys([*known, *own]) if c not in inside and c != root and _is(c, own, parents)]
        if tops and not any(branch.parent == root and branch.parts == tuple(tops) for branch in branches):
            branches.append(Branch(root, tuple(tops)))
    ordered = sorted(dict.fromkeys(branches), key=lambda branch: _height(branch.parent, branches))
    return Dimension(name, root, tuple(ordered), root in known)


def _is(code: str, own: list[str], parents: set[str]) -> bool:
    """Whether `code` hangs from the total in this scheme: a parent of the scheme, or no parent at all."""
    return code in own or code not in parents


def _root(known: Sequence[str], named: Sequence[str], parents: set[str], parts: set[str]) -> str:
    """The code of the total: the one that the table names, else the only top of all codes, else a new one."""
    if named:
        return named[0]
    tops = sorted((parents | set(known)) - parts)
    return tops[0] if len(tops) == 1 and tops[0] in parents else TOTAL


def _height(code: str, branches: Sequence[Branch]) -> int:
    below = [part for branch in branches if branch.parent == code for part in branch.parts]
    return 1 + max((_height(part, branches) for part in below), default=-1)


@dataclass(frozen=True, slots=True)
class Published:
    """Tables as everybody sees them: some counts are hidden.

    Attributes:
        dimensions: Names of the coordinates.
        cells: Coordinates of the cells.
        shown: Count of each cell, None where it is hidden or not listed.
        listed: How many of the cells, the first ones, are listed; the others only link sums.
        relations: What everybody can reckon with.
    """

    dimensions: tuple[str, ...]
    cells: tuple[At, ...]
    shown: tuple[int | None, ...]
    listed: int
    relations: tuple[Relation, ...]

    @property
    def hidden(self) -> tuple[int, ...]:
        """Numbers of the hidden cells."""
        return tuple(number for number in range(self.listed) if self.shown[number] is None)


def build(dimensions: Sequence[Dimension], counts: Mapping[At, int]) -> System:
    """The constraint system of a tidy table; totals that it does not list are computed and will be published.

    Args:
        dimensions: The coordinates, in their order.
        counts: Count by coordinates; whole numbers that are not negative.

    Raises:
        UnsoundTableError: A listed total is not the sum of its listed parts.
    """
    values: dict[At, int | None] = dict(counts)
    for axis, dimension in enumerate(dimensions):
        seen = {at[axis] for at in values}
        for at, value in _sums(values, axis, dimension).items():
            if at[axis] not in seen:
                values.setdefault(at, value)
    cells, relations = _assembled(dimensions, values)
    system_cells = tuple(
        Cell(at, value or 0, Role.OPEN if at in values else Role.UNLISTED) for at, value in cells.items()
    )
    return System(tuple(dimension.name for dimension in dimensions), system_cells, relations)


def build_published(dimensions: Sequence[Dimension], counts: Counts) -> Published:
    """Tables as they were published, a hidden count being None; nothing is added that is not listed.

    Raises:
        UnsoundTableError: The shown parts make up more than their total, or less with none hidden.
    """
    cells, relations = _assembled(dimensions, counts)
    shown = tuple(value if at in counts else None for at, value in cells.items())
    return Published(tuple(dimension.name for dimension in dimensions), tuple(cells), shown, len(counts), relations)


def published(system: System, hidden: frozenset[int]) -> Published:
    """What everybody sees of `system` when the cells in `hidden` are hidden."""
    order = [number for number, cell in enumerate(system.cells) if cell.role is not Role.UNLISTED]
    if order != list(range(len(order))):
        raise ValueError("unlisted cells come last")
    shown = tuple(
        None if number in hidden or cell.role is Role.UNLISTED else cell.value
        for number, cell in enumerate(system.cells)
    )
    ats = tuple(cell.at for cell in system.cells)
    return Published(system.dimensions, ats, shown, len(order), system.relations)


def _assembled(dimensions: Sequence[Dimension], counts: Counts) -> tuple[dict[At, int | None], tuple[Relation, ...]]:
    """Cells, the listed ones first, and relations; unlisted sums are there only when a relation needs them."""
    values: dict[At, int | None] = dict(counts)
    for axis, dimension in enumerate(dimensions):
        for at, value in _sums(values, axis, dimension).items():
            values.setdefault(at, value)
    numbers = {at: number for number, at in enumerate(values)}
    relations = [
        relation
        for axis, dimension in enumerate(dimensions)
        for relation in _relations(values, numbers, (axis, dimension), counts)
    ]
    times = Counter(cell for relation in relations for cell, _ in relation.terms)
    kept = [at for at in values if at in counts or times[numbers[at]] > 1]
    renumbered = {numbers[at]: number for number, at in enumerate(kept)}
    moved = tuple(
        Relation(relation.name, tuple((renumbered[cell], factor) for cell, factor in relation.terms))
        for relation in relations
        if all(cell in renumbered for cell, _ in relation.terms)
    )
    return {at: values[at] for at in kept}, moved


def _sums(values: Counts, axis: int, dimension: Dimension) -> dict[At, int | None]:
    """Every sum along one dimension, the lowest ones first; None where a part is hidden."""
    known = dict(values)
    added: dict[At, int | None] = {}
    for branch in dimension.branches:
        for total, parts in _parts(known, axis, branch).items():
            counts = [known[part] for part in parts]
            added[total] = None if None in counts else sum(count or 0 for count in counts)
        for at, value in added.items():
            known.setdefault(at, value)
    return added


def _parts(values: Counts, axis: int, branch: Branch) -> dict[At, list[At]]:
    """The listed parts of each total of one branch."""
    members = frozenset(branch.parts)
    parts: dict[At, list[At]] = defaultdict(list)
    for at in values:
        if at[axis] in members:
            parts[(*at[:axis], branch.parent, *at[axis + 1 :])].append(at)
    return parts


def _relations(
    values: Counts, numbers: Mapping[At, int], along: tuple[int, Dimension], listed: Counts
) -> Iterator[Relation]:
    """The sums along one dimension whose parts make up their total."""
    axis, dimension = along
    for branch in dimension.branches:
        for total, parts in _parts(values, axis, branch).items():
            if _adds_up(values, total, parts, len(branch.parts)):
                name = f"sum[{','.join(total)}/{dimension.name}]"
                yield Relation(name, ((numbers[total], 1), *((numbers[part], -1) for part in parts)))
            elif total in listed and all(part in listed for part in parts):
                found = sum(values[part] or 0 for part in parts)
                raise UnsoundTableError(total, dimension.name, found, values[total] or 0)


def _adds_up(values: Counts, total: At, parts: list[At], whole: int) -> bool:
    """Whether the parts make up the total; where counts are hidden, whether they can, and all parts are there."""
    counts = [values[part] for part in parts]
    known = sum(count or 0 for count in counts)
    expected = values[total]
    if None not in counts and expected is not None:
        return known == expected
    return len(parts) == whole if expected is None else known <= expected
