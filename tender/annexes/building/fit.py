"""What keeps an annex from being published: it is not what the buyer declared, or it gives somebody away."""

from __future__ import annotations

from collections.abc import Iterator

from tender.annexes.building.auditing import Audit, Flaw
from tender.errors import Finding, Place, Severity
from tender.model.annex import Annex, AnnexTable
from tender.model.open_data import Breakdown, Guard, OpenData, OpenTable
from tender.model.tender import Tender

FOLDER = "open-data"
"""Where the package lies, in a tender folder and in a published one."""

_PACKAGE = f"{FOLDER}/datapackage.json"


def _flaw(rule: str, file: str, **values: object) -> Finding:
    said = {name: str(value) for name, value in values.items()}
    return Finding(f"open-data.{rule}", Severity.BLOCK, "open_data", said, place=Place(file))


def unfit(annex: Annex, tender: Tender) -> tuple[Finding, ...]:
    """Where `annex` is not what `tender` declares; `tender` must declare one."""
    declared = tender.open_data
    assert declared is not None, "asked of a tender that declares open data only"  # noqa: S101
    return (*_figures(annex, tender, declared), *_tables(annex, declared), *_card(annex, declared))


def _figures(annex: Annex, tender: Tender, declared: OpenData) -> Iterator[Finding]:
    protected = annex.protected
    pairs: list[tuple[str, object, object]] = [
        ("tender", annex.tender, tender.id),
        ("reference_day", annex.reference_day, declared.reference_day),
        ("flow_from", annex.flow_from, declared.flow_from),
        ("guard", protected.guard, declared.guard),
        ("threshold", protected.threshold, declared.threshold),
        ("share_limit", protected.share_limit, declared.share_limit),
    ]
    if declared.guard is Guard.ROUND:
        pairs.append(("base", protected.base, declared.base))
    for name, found, expected in pairs:
        if found != expected:
            yield _flaw("figure", _PACKAGE, name=f"field.OpenData.{name}" if name != "tender" else "field.Tender.id",
                        found=found, expected=expected)  # fmt: skip
    if annex.synthetic and not tender.synthetic:
        yield _flaw("synthetic", _PACKAGE)


def _tables(annex: Annex, declared: OpenData) -> Iterator[Finding]:
    found = {table.id: table for table in annex.tables}
    wanted = {table.id: table for table in declared.tables}
    for table_id in dict.fromkeys((*wanted, *found)):
        file = f"{FOLDER}/{table_id}.csv"
        if table_id not in found:
            yield _flaw("table-missing", file, table=table_id)
        elif table_id not in wanted:
            yield _flaw("table-strange", file, table=table_id)
        elif not _same(found[table_id], wanted[table_id], declared):
            yield _flaw("table-other", file, table=table_id)


def _card(annex: Annex, declared: OpenData) -> Iterator[Finding]:
    """The model card is of exactly the declared grouping and threshold; there is one where a grouping is declared."""
    card = annex.model_card
    if (card.grouping if card else None) != declared.grouping:
        yield _flaw("card", _PACKAGE)
    elif card is not None and card.threshold != declared.threshold:
        yield _flaw("figure", _PACKAGE, name="field.OpenData.threshold", found=card.threshold,
                    expected=declared.threshold)  # fmt: skip


def _same(table: AnnexTable, wanted: OpenTable, declared: OpenData) -> bool:
    """Whether a table has the declared words, quantity, axes and classes."""
    said = (table.quantity, table.title, tuple(axis.id for axis in table.axes))
    if said != (wanted.quantity, wanted.title, tuple(each.value for each in wanted.dimensions)):
        return False
    classes = {Breakdown.AGE.value: declared.age_limits, Breakdown.DURATION.value: declared.duration_limits}
    return all(
        sum(bool(category.parent) for category in axis.categories) == len(classes[axis.id]) + 1
        for axis in table.axes
        if axis.id in classes
    )


def unsafe(audit: Audit) -> tuple[Finding, ...]:
    """What an audit found, cell by cell."""
    return tuple(
        _flaw(
            f"cell-{each.flaw.value}" if each.high is not None or each.flaw is not Flaw.NARROW else "cell-narrow-above",
            f"{FOLDER}/{each.spot.table}.csv",
            table=each.spot.table,
            at=", ".join(each.spot.at),
            low=each.low,
            high="" if each.high is None else each.high,
        )
        for each in audit.flaws
    )
