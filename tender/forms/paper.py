"""The bid sheet while it is being laid out: rows of fields with number, label, input, unit, limits, status and help."""

from __future__ import annotations

from dataclasses import dataclass

from tender.forms import looks
from tender.forms.fields import Field, Phrases, bid_fields
from tender.forms.formulas import quoted, status
from tender.forms.inputs import input_cell
from tender.language import Language
from tender.model.publication import Publication
from tender.sheets.book import Cell, Formula
from tender.sheets.grid import Grid
from tender.sheets.references import Target, position

COLUMNS = ("A", "B", "C", "D", "E", "F", "G")
INPUT_COLUMN = "C"
STATUS_COLUMN = "F"

_WIDTHS = {"A": 6.0, "B": 44.0, "C": 30.0, "D": 28.0, "E": 22.0, "F": 24.0, "G": 58.0}
_ROW_POINTS = 22.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A field on its sheet.

    Attributes:
        field: The field.
        target: Its cell.
        labels: Cells with the words that say what the field is, and those words.
    """

    field: Field
    target: Target
    labels: tuple[tuple[Target, str], ...]


class Paper:
    """The sheet under the pen.

    Args:
        publication: What the form is made from.
        language: Its language.
    """

    def __init__(self, publication: Publication, language: Language) -> None:
        """Lay out an empty sheet."""
        self.publication = publication
        self.tender = publication.tender
        self.phrases = Phrases(language)
        self.title = self.phrases.say("form.sheet.bid")
        self.grid = Grid(_WIDTHS)
        self.placed: list[Placed] = []
        self.statuses: list[str] = []
        self._fields = {field.id: field for field in bid_fields(self.tender, language)}
        self._section = 0
        self._point = 0

    def fields(self, start: str) -> tuple[Field, ...]:
        """Fields whose id begins with `start`, in the order of the form."""
        return tuple(field for field_id, field in self._fields.items() if field_id.startswith(start))

    def section(self, term: str, intro: str = "") -> None:
        """A band with the section's number and name, and a line that introduces it."""
        self._section, self._point = self._section + 1, 0
        self.grid.band(COLUMNS, f"{self._section}  {self.phrases.say(term)}", looks.SECTION, 22)
        if intro:
            self.intro(intro)

    def intro(self, term: str) -> None:
        """A line of introduction, running over the blank cells beside it."""
        self.grid.next(18)
        self.grid.put("B", self.phrases.say(term), looks.INTRO)

    def row(self, field: Field) -> Target:
        """A row for `field`; where its input stands."""
        self.number()
        label = self.grid.put("B", field.label, looks.LABEL)
        target = self.place(field, INPUT_COLUMN, ((self.target(label), field.label),))
        self.grid.put("D", field.unit or None, looks.BESIDE)
        self.grid.put("E", field.allowed or None, looks.PLAIN)
        zero_allowed = self.tender.prices.zero_allowed
        self.status(STATUS_COLUMN, status(field, target.ref, self.phrases, zero_allowed=zero_allowed))
        self.grid.put("G", field.help, looks.HELP)
        return target

    def number(self) -> None:
        """Begin a row that has a number of its own."""
        self.grid.next(_ROW_POINTS)
        self._point += 1
        self.grid.put("A", f"{self._section}.{self._point}", looks.NUMBER)

    def place(self, field: Field, column: str, labels: tuple[tuple[Target, str], ...]) -> Target:
        """Put the input of `field` into `column` of the current row."""
        zero_allowed = self.tender.prices.zero_allowed
        cell = input_cell(field, f"{column}{self.grid.row}", self.phrases, zero_allowed=zero_allowed)
        target = self.target(self.grid.add(cell))
        self.placed.append(Placed(field, target, labels))
        return target

    def status(self, column: str, formula: str) -> None:
        """Put a status into `column` of the current row."""
        ref, blank = f"{column}{self.grid.row}", quoted(self.phrases.say("form.status.blank"))
        self.grid.add(Cell(ref, Formula(formula), looks.STATUS, highlights=looks.status_highlights(ref, blank)))
        self.statuses.append(ref)

    def target(self, ref: str) -> Target:
        """A cell of this sheet."""
        return Target(self.title, ref)

    def filled(self) -> str:
        """A formula for the number of inputs that are not blank."""
        refs = [placed.target.ref for placed in self.placed]
        parts = [",".join(refs[at : at + 200]) for at in range(0, len(refs), 200)]
        return "+".join(f"COUNTA({part})" for part in parts)

    def ready(self) -> str:
        """A condition that is true when every status begins with a tick."""
        rows: dict[str, list[int]] = {}
        for ref in self.statuses:
            row = position(ref)[1]
            rows.setdefault(ref.removesuffix(str(row)), []).append(row)
        parts = [f'COUNTIF({column}{min(at)}:{column}{max(at)},"✓*")' for column, at in rows.items()]
        return f"{'+'.join(parts)}={len(self.statuses)}"
