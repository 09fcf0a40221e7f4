"""What changed between two open data annexes, table by table, for the classifier and the correction notice."""

from __future__ import annotations

from collections.abc import Iterator

from tender.language import Language, Text
from tender.model.annex import Annex, AnnexTable
from tender.model.changes import ChangeKind, DataChange
from tender.words import words

_LABEL = "change.annex-table"


def annex_changes(old: Annex | None, new: Annex | None) -> tuple[DataChange, ...]:
    """Every table that is new, gone, or shows something else; cells are counted, not listed."""
    before = {table.id: table for table in old.tables} if old else {}
    after = {table.id: table for table in new.tables} if new else {}
    return tuple(
        change
        for table in dict.fromkeys((*after, *before))
        for change in _change(table, before.get(table), after.get(table))
    )


def _change(table_id: str, old: AnnexTable | None, new: AnnexTable | None) -> Iterator[DataChange]:
    path = f"open_data.tables[{table_id}].cells"
    if old is None and new is not None:
        yield DataChange(path, _LABEL, ChangeKind.ADDED, None, _counted("cells", len(new.cells)), (new.title,))
    elif new is None and old is not None:
        yield DataChange(path, _LABEL, ChangeKind.REMOVED, _counted("cells", len(old.cells)), None, (old.title,))
    elif old is not None and new is not None and old.cells != new.cells:
        shown = {cell.at: cell for cell in old.cells}
        count = sum(shown.get(cell.at) != cell for cell in new.cells)
        before, after = _counted("cells", len(old.cells)), _counted("changed", count)
        yield DataChange(path, _LABEL, ChangeKind.CHANGED, before, after, (new.title,))


def _counted(what: str, count: int) -> Text:
    """A number of cells in words."""
    return Text(
        **{
            language.value: words(language).term(f"change.annex-{what}").format_map({"count": count})
            for language in Language
        }
    )
