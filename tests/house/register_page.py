"""Writes ``docs/reference/register.md`` from the declared columns: ``python -m tests.house.register_page``."""

from __future__ import annotations

from tender.annexes.register.columns import Column, Kind, columns
from tender.language import Language
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "reference" / "register.md"
_HEAD = """# Columns of a register extract

Made from `tender/annexes/register/columns.toml` (`make docs`); a test fails when it is not current. One row is one
spell of one client. **Needed** columns must be in the file; **filled** ones must not be blank in any row. Personal
columns are never shown, not even in a message. [How an extract is read](../open-data.md#bring-the-extract)

| Column | Holds | Needed | Filled | Personal | Meaning |
|---|---|---|---|---|---|
"""
_HOLDS = {
    Kind.AREA: "id or name of an area of the tender",
    Kind.GROUP: "id of a risk group of the tender",
    Kind.KEY: "text",
    Kind.DATE: "day",
    Kind.OCCUPATION: "code of one to five digits, or X",
    Kind.MARK: "SYNTHETIC, or blank",
}


def _holds(column: Column) -> str:
    if column.kind is Kind.CODE:
        return "one of " + ", ".join(f"`{value}`" for value in column.values)
    return f"whole number {column.least}–{column.most}" if column.kind is Kind.INTEGER else _HOLDS[column.kind]


def _row(column: Column) -> str:
    marks = ("yes" if mark else "" for mark in (column.needed, not column.blank, column.personal))
    return f"| `{column.name}` | {_holds(column)} | {' | '.join(marks)} | {column.meaning.best(Language.EN)} |\n"


def register_page() -> str:
    """The whole page."""
    return _HEAD + "".join(_row(column) for column in columns().values())


if __name__ == "__main__":
    PAGE.write_text(register_page(), encoding="utf-8")
