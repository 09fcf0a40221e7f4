"""Corrections by persons: applied to the right entry, counted, refused with their line, and never repeated aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tender.annexes.grouping.corrections import assigned, read_corrections
from tender.annexes.grouping.scoring import Entrant
from tender.errors import InputError
from tests.tender.annexes.grouping.clients import LIMITS, POINTS, entrant

GROUPS = tuple(LIMITS)
HEAD = "client,group,who,reason,day\n"
ROW = "A-17,average,Vera Virkailija,Ammatti vaihtui,2018-05-02\n"


def came(client: str, day: date, months: str = "12", group: str = "") -> Entrant:
    return replace(entrant(months, "unknown"), client=client, entered=day, group=group)


def test_a_correction_counts_and_the_working_stays() -> None:
    (found,) = assigned(
        POINTS, [came("A-17", date(2018, 5, 1))], read_corrections((HEAD + ROW).encode(), "c.csv", GROUPS)
    )
    assert (found.working.group, found.group) == ("hard", "average")
    assert found.correction is not None
    assert (found.correction.who, found.correction.reason) == ("Vera Virkailija", "Ammatti vaihtui")
    assert str(found.correction.place) == "c.csv:2"


def test_a_correction_is_of_the_last_entry_before_its_day() -> None:
    """A client who came twice before and once after: the second entry is meant, and others keep their group."""
    days = (date(2017, 9, 1), date(2018, 4, 1), date(2018, 6, 1))
    corrections = read_corrections((HEAD + ROW).encode(), "c.csv", GROUPS)
    everybody = [*(came("A-17", day) for day in days), came("B", days[0])]
    assert [one.group for one in assigned(POINTS, everybody, corrections)] == ["hard", "average", "hard", "hard"]


def test_the_last_correction_counts() -> None:
    later = "A-17,easy,Vera Virkailija,Uusi tieto,2018-05-09\n"
    corrections = read_corrections((HEAD + later + ROW).encode(), "c.csv", GROUPS)
    (found,) = assigned(POINTS, [came("A-17", date(2018, 5, 1))], corrections)
    assert found.group == "easy"


def test_semicolons_and_a_byte_order_mark_are_fine() -> None:
    data = "\ufeff" + (HEAD + ROW).replace(",", ";")
    assert len(read_corrections(data.encode(), "c.csv", GROUPS)) == 1


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("client,group,who,day\n", "annex.correction-columns", 1),
        ("\n", "annex.correction-columns", 1),
        (HEAD + "A-17,average,,Syy,2018-05-02\n", "annex.correction-blank", 2),
        (HEAD + "A-17,average,Vera,,2018-05-02\n", "annex.correction-blank", 2),
        (HEAD + ROW + ",average,Vera,Syy,2018-05-02\n", "annex.correction-blank", 3),
        (HEAD + "A-17,kova,Vera,Syy,2018-05-02\n", "annex.correction-group", 2),
        (HEAD + "A-17,average,Vera,Syy,2.5.2018\n", "annex.correction-day", 2),
        (HEAD + "A-17,average\n", "annex.correction-blank", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_of_the_row(text: str, rule: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_corrections(text.encode(), "c.csv", GROUPS)
    assert (caught.value.message, caught.value.place and caught.value.place.line) == (rule, line)
    assert not any(secret in str(caught.value) for secret in ("A-17", "Vera", "kova", "2.5.2018"))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"annex\.not-utf8"):
        read_corrections(b"\xff\xfe\x00", "c.csv", GROUPS)


@pytest.mark.parametrize("day", [date(2018, 5, 3), date(2019, 1, 1)])
def test_a_correction_of_nobody_stops(day: date) -> None:
    corrections = read_corrections((HEAD + ROW).encode(), "c.csv", GROUPS)
    with pytest.raises(InputError, match=r"annex\.correction-nobody"):
        assigned(POINTS, [came("A-17", day)], corrections)
    with pytest.raises(InputError, match=r"annex\.correction-nobody"):
        assigned(POINTS, [came("B", date(2018, 1, 1))], corrections)


def test_a_register_that_names_another_group_differs_unless_a_person_said_so() -> None:
    named = [came("A-17", date(2018, 5, 1), group="average"), came("B", date(2018, 5, 1), group="hard"),
             came("C", date(2018, 5, 1), group="easy"), came("D", date(2018, 5, 1))]  # fmt: skip
    assert [one.differs for one in assigned(POINTS, named)] == [True, False, True, False]
    corrections = read_corrections((HEAD + ROW).encode(), "c.csv", GROUPS)
    assert [one.differs for one in assigned(POINTS, named, corrections)] == [False, False, True, False]
