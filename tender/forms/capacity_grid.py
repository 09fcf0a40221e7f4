"""The section *Kapasiteetti*: clients at a time together, then area by area and group by group, with their sums."""

from __future__ import annotations

from collections.abc import Sequence

from tender.forms import looks
from tender.forms.formulas import quoted
from tender.forms.paper import Paper
from tender.model.groups import Area
from tender.sheets.book import Formula
from tender.sheets.references import Target, reference

_FIRST_COLUMN = 3
_WIDTH = 20.0
_ROW_POINTS = 22.0


def capacity_section(paper: Paper) -> None:
    """Put the section onto `paper`."""
    paper.section("form.capacity")
    (total,) = paper.fields("capacity_total")
    maximum = paper.row(total)
    paper.intro("form.capacity.matrix")
    columns = _columns(len(paper.tender.groups) + 2)
    for column in columns:
        paper.grid.widths.setdefault(column, _WIDTH)
    heads = _head(paper, columns)
    rows = [_row(paper, area, heads, columns) for area in paper.tender.areas]
    _sums(paper, columns, rows, maximum)


def _columns(count: int) -> list[str]:
    """One column for each group, one for the sum, one for the status."""
    return [reference(_FIRST_COLUMN + at, 1).removesuffix("1") for at in range(count)]


def _head(paper: Paper, columns: Sequence[str]) -> list[tuple[Target, str]]:
    """The headings; the cell and the words of each group's."""
    paper.grid.next()
    paper.grid.put("A", None, looks.HEADING)
    paper.grid.put("B", paper.phrases.say("form.capacity.area"), looks.HEADING)
    names = [paper.phrases.best(group.name) for group in paper.tender.groups]
    heads = [
        (paper.target(paper.grid.put(column, name, looks.HEADING_RIGHT)), name)
        for column, name in zip(columns, names, strict=False)
    ]
    paper.grid.put(columns[-2], paper.phrases.say("form.capacity.sum"), looks.HEADING_RIGHT)
    paper.grid.put(columns[-1], paper.phrases.say("form.column.status"), looks.HEADING_BESIDE)
    return heads


def _row(paper: Paper, area: Area, heads: Sequence[tuple[Target, str]], columns: Sequence[str]) -> int:
    """The inputs of one area, their sum and their status; the row's number."""
    name = paper.phrases.best(area.name)
    paper.number()
    label = (paper.target(paper.grid.put("B", name, looks.LABEL)), name)
    for column, head, field in zip(columns, heads, paper.fields(f"capacity.{area.id}."), strict=False):
        paper.place(field, column, (label, head))
    row = paper.grid.row
    across = f"{columns[0]}{row}:{columns[-3]}{row}"
    look = looks.computed_style("General")
    paper.grid.put(columns[-2], Formula(f'IF(COUNT({across})=0,"",SUM({across}))'), look)
    paper.status(columns[-1], _status(paper, across, len(heads)))
    return row


def _status(paper: Paper, across: str, count: int) -> str:
    cap = paper.tender.framework.client_cap
    blank, ready, check = (quoted(paper.phrases.say(f"form.status.{name}")) for name in ("blank", "ready", "check"))
    whole = f"SUMPRODUCT(--({across}<>INT({across})))=0"
    inside = f"AND(COUNT({across})={count},MIN({across})>=0,MAX({across})<={cap})"
    return f"IF(COUNTA({across})<{count},{blank},IF({inside},IF({whole},{ready},{check}),{check}))"


def _sums(paper: Paper, columns: Sequence[str], rows: Sequence[int], maximum: Target) -> None:
    """What is tendered together and the buyer's forecast; a sum below the maximum is worth a look."""
    grid, look = paper.grid, looks.computed_style("General")
    _sum_row(paper, "form.capacity.sums")
    for column in columns[:-1]:
        down = f"{column}{rows[0]}:{column}{rows[-1]}"
        grid.put(column, Formula(f'IF(COUNT({down})=0,"",SUM({down}))'), look)
    total = f"{columns[-2]}{grid.row}"
    blank, ready, less = (quoted(paper.phrases.say(f"form.status.{name}")) for name in ("blank", "ready", "less"))
    both = f"AND(ISNUMBER({total}),ISNUMBER({maximum.ref}))"
    paper.status(columns[-1], f"IF({both},IF({total}<{maximum.ref},{less},{ready}),{blank})")
    _sum_row(paper, "form.capacity.forecast")
    totals = [group.client_total for group in paper.tender.groups]
    for column, value in zip(columns, [*totals, sum(totals)], strict=False):
        grid.put(column, value, look)
    grid.put(columns[-1], None, looks.PLAIN)


def _sum_row(paper: Paper, term: str) -> None:
    paper.grid.next(_ROW_POINTS)
    paper.grid.put("A", None, looks.NUMBER)
    paper.grid.put("B", paper.phrases.say(term), looks.MINOR)
