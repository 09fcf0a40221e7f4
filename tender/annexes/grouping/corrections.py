"""Human review: corrections of single clients' groups, each by a named person, with a reason and a day.

The file ``private/register/corrections.csv`` has the columns client, group, who, reason and day. It is applied and
counted, never silently, and stays private: names, reasons and clients' ids come into no output.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tender.annexes.grouping.scoring import Entrant, Working, worked
from tender.errors import InputError, Place
from tender.guards import MIB, guard_size
from tender.model.grouping import Grouping

COLUMNS = ("client", "group", "who", "reason", "day")
"""Columns of the file, in any order."""

MOST_BYTES = 5 * MIB


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's correction of one client's group.

    Attributes:
        place: Where it stands.
        client: The register's id of the client.
        group: Id of the right group.
        who: Who corrected it.
        reason: Why.
        day: When; it is about the client's last entry on or before that day.
    """

    place: Place
    client: str
    group: str
    who: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Assigned:
    """A client with its group.

    Attributes:
        entrant: The client.
        working: How the grouping reckons it.
        group: The group that counts: the corrected one where a person corrected it, else what the register names,
            for a group is frozen at entry, else what the grouping reckons.
        correction: The correction; ``None`` without one.
    """

    entrant: Entrant
    working: Working
    group: str
    correction: Correction | None = None

    @property
    def differs(self) -> bool:
        """Whether the register names another group than the grouping reckons, and no correction says why."""
        named = self.entrant.group
        return bool(named) and named != self.working.group and self.correction is None


def read_corrections(data: bytes, file: str, groups: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections of a CSV file in UTF-8, separated by commas or semicolons.

    Args:
        data: Its bytes.
        file: The file as the user knows it.
        groups: Ids of the risk groups.

    Raises:
        InputError: What is wrong, with its line; no message repeats what a row holds.
    """
    guard_size(data, file, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("annex.not-utf8", place=Place(file), file=file) from error
    head, _, _ = text.partition("\n")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError("annex.correction-columns", place=Place(file, 1), file=file, missing=", ".join(missing))
        return tuple(_corrections(reader, file, groups))
    except csv.Error as error:
        place = Place(file, reader.line_num + 1)
        raise InputError("annex.broken-csv", place=place, file=place) from error


def _corrections(reader: csv.DictReader[str], file: str, groups: Sequence[str]) -> Iterator[Correction]:
    for row in reader:
        place = Place(file, reader.line_num)
        said = {name: (row[name] or "").strip() for name in COLUMNS}
        blank = [name for name in COLUMNS if not said[name]]
        if blank:
            raise InputError("annex.correction-blank", place=place, row=place, column=blank[0])
        if said["group"] not in groups:
            raise InputError("annex.correction-group", place=place, row=place, known=", ".join(groups))
        yield Correction(place, said["client"], said["group"], said["who"], said["reason"], _day(said["day"], place))


def _day(text: str, place: Place) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("annex.correction-day", place=place, row=place) from error


def assigned(
    grouping: Grouping, entrants: Iterable[Entrant], corrections: Iterable[Correction] = ()
) -> tuple[Assigned, ...]:
    """Every client with its group, corrections applied; the last one of an entry counts.

    Raises:
        InputError: A client cannot be grouped, or a correction is about nobody in the register.
    """
    everybody = tuple(entrants)
    said = _by_entry(everybody, corrections)
    found = []
    for number, entrant in enumerate(everybody):
        working, correction = worked(grouping, entrant), said.get(number)
        group = correction.group if correction else entrant.group or working.group
        found.append(Assigned(entrant, working, group, correction))
    return tuple(found)


def _by_entry(entrants: Sequence[Entrant], corrections: Iterable[Correction]) -> Mapping[int, Correction]:
    """The correction of each entry, by its number in `entrants`."""
    entries: dict[str, list[int]] = {}
    for number, entrant in enumerate(entrants):
        if entrant.client:
            entries.setdefault(entrant.client, []).append(number)
    said: dict[int, Correction] = {}
    for correction in sorted(corrections, key=lambda one: one.day):
        begun = [n for n in entries.get(correction.client, ()) if _entered(entrants[n]) <= correction.day]
        if not begun:
            raise InputError("annex.correction-nobody", place=correction.place, row=correction.place)
        said[max(begun, key=lambda n: _entered(entrants[n]))] = correction
    return said


def _entered(entrant: Entrant) -> date:
    return entrant.entered or date.min
