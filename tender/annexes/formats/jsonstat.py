"""JSON-stat 2.0: one dataset for each table and language, with the status of each cell that is not simply shown."""

from __future__ import annotations

import json
from typing import Any

from tender.annexes.formats.descriptor import LICENCE, SYNTHETIC_MARK
from tender.annexes.formats.guide import Issue
from tender.annexes.formats.phrases import axis_labels, labels, period, results, rules, say
from tender.language import Language
from tender.model.annex import AnnexTable, Axis, CellStatus


def write_jsonstat(issue: Issue, table: AnnexTable, language: Language) -> bytes:
    """The dataset of one `table` in `language`; its annex has passed `guard_annex`, so values and size agree."""
    annex = issue.annex
    mark = f"{SYNTHETIC_MARK}: " if annex.synthetic else ""
    made_up = [say("annex.format.synthetic", language)] if annex.synthetic else []
    symbols = say("annex.format.symbols", language, symbol="null")
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": f"{mark}{table.title.best(language)}",
        "source": annex.publisher.best(language),
        "updated": issue.day.isoformat(),
        "note": [*made_up, period(annex, language), symbols, *rules(annex, language), *results(annex, language)],
        "id": [axis.id for axis in table.axes],
        "size": [len(axis.categories) for axis in table.axes],
        "dimension": {
            axis.id: _dimension(axis, name, language)
            for axis, name in zip(table.axes, axis_labels(table, language), strict=True)
        },
        "value": [cell.value for cell in table.cells],
        "status": {
            str(at): cell.status.value for at, cell in enumerate(table.cells) if cell.status is not CellStatus.SHOWN
        },
        "extension": {
            "licence": LICENCE,
            "synthetic": annex.synthetic,
            "quantity": table.quantity.value,
            "unit": table.unit.best(language),
            "use": table.use.best(language),
            "status": {one.value: say(f"annex.status.{one.value}", language) for one in CellStatus},
        },
    }
    return f"{json.dumps(dataset, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _dimension(axis: Axis, name: str, language: Language) -> dict[str, Any]:
    codes = [category.code for category in axis.categories]
    child: dict[str, list[str]] = {}
    for category in axis.categories:
        if category.parent:
            child.setdefault(category.parent, []).append(category.code)
    words = dict(zip(codes, labels(axis, language), strict=True))
    return {"label": name, "category": {"index": codes, "label": words, **({"child": child} if child else {})}}
