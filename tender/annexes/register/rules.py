"""What a row must hold, each rule as a condition in SQL that is true where the row breaks it.

The text of a column is ``<name>``, what it means is ``<name>_is``: a day, a number, an id; NULL where it means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tender.annexes.register.columns import SYNTHETIC, Column, Kind, columns

OPEN_WORK = "open-work"
"""The destination that verified hours belong to."""

OLDEST = 110
"""Most years between birth and the beginning of a spell."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand on a row.

    Attributes:
        id: Id of its finding.
        column: The column that breaks it.
        broken: SQL condition that is true where it is broken.
        expected: What was expected: codes or a range, the same in every language; may be empty.
    """

    id: str
    column: str
    broken: str
    expected: str = ""


def meanings() -> str:
    """SQL for what every column means, one ``<name>_is`` each; areas and groups come by joins."""
    return ",\n".join(f"{_meaning(column)} AS {column.sql}_is" for column in columns().values())


def _meaning(column: Column) -> str:
    name = column.sql
    match column.kind:
        case Kind.DATE:
            return (
                f"CASE WHEN regexp_full_match({name}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') "
                f"THEN TRY_CAST({name} AS DATE) "
                f"WHEN regexp_full_match({name}, '[0-9]{{1,2}}[.][0-9]{{1,2}}[.][0-9]{{4}}') "
                f"THEN CAST(try_strptime({name}, '%d.%m.%Y') AS DATE) END"
            )
        case Kind.INTEGER:
            return f"CASE WHEN regexp_full_match({name}, '[0-9]{{1,9}}') THEN CAST({name} AS INTEGER) END"
        case Kind.OCCUPATION:
            return f"CASE WHEN regexp_full_match({name}, '[0-9]{{1,5}}|[xX]') THEN upper(left({name}, 1)) END"
        case Kind.CODE:
            return f"lower({name})"
        case Kind.AREA | Kind.GROUP:
            return f"{column.kind.value}s.id"
        case Kind.KEY | Kind.MARK:
            return name


def rules() -> tuple[Rule, ...]:
    """Every rule, those of single columns first."""
    single = (rule for column in columns().values() for rule in _of_column(column))
    return (*single, *_BETWEEN)


def _of_column(column: Column) -> Iterator[Rule]:
    name = column.sql
    if not column.blank:
        yield Rule("register.blank", column.name, f"{name} IS NULL")
    match column.kind:
        case Kind.CODE:
            codes = ", ".join(f"'{value}'" for value in column.values)
            yield Rule("register.code", column.name, f"{name}_is NOT IN ({codes})", ", ".join(column.values))
        case Kind.DATE:
            yield Rule("register.date", column.name, f"{name} IS NOT NULL AND {name}_is IS NULL")
        case Kind.INTEGER:
            yield Rule("register.integer", column.name, f"{name} IS NOT NULL AND {name}_is IS NULL")
            beyond = f"{name}_is NOT BETWEEN {column.least} AND {column.most}"
            yield Rule("register.range", column.name, beyond, f"{column.least}–{column.most}")
        case Kind.GROUP | Kind.OCCUPATION:
            yield Rule(f"register.{column.kind.value}", column.name, f"{name} IS NOT NULL AND {name}_is IS NULL")
        case Kind.MARK:
            yield Rule("register.mark", column.name, f"{name} <> '{SYNTHETIC}'", SYNTHETIC)
        case Kind.KEY | Kind.AREA:
            return


_BIRTH = f"birth_year_is NOT BETWEEN year(started_is) - {OLDEST} AND year(started_is)"
_BETWEEN = (
    Rule("register.order", "ended", "ended_is < started_is"),
    Rule("register.still-open", "destination", "ended IS NULL AND destination IS NOT NULL"),
    Rule("register.no-destination", "destination", "ended IS NOT NULL AND destination IS NULL"),
    Rule("register.hours-elsewhere", "hours", f"hours IS NOT NULL AND destination_is IS DISTINCT FROM '{OPEN_WORK}'"),
    Rule("register.birth-year", "birth_year", _BIRTH),
)  # fmt: skip
"""Rules between the columns of a row."""
