"""Groups at their edges: blanks, numbers that are none, corrections that do not do, and the day a horizon ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.grouping.assigning import assign_groups
from tender.annexes.grouping.corrections import COLUMNS, Assigned, assigned, read_corrections
from tender.annexes.grouping.entrants import entrants_of, grouped_of, labels_of, months_after
from tender.annexes.grouping.figures import figures_of
from tender.annexes.grouping.scoring import Entrant, category_of, worked
from tender.annexes.register.register import read_register
from tender.errors import InputError, UsageError
from tender.language import Language
from tender.model.grouping import Factor, Grouping
from tender.model.open_data import Breakdown as By
from tender.model.open_data import OpenData
from tender.model.open_data import Quantity as Of
from tender.model.tender import Tender
from tender.words import words
from tests.tender.annexes.grouping.clients import ENDED, LIMITS, MONTHS, POINTS, category, entrant, named
from tests.tender.annexes.register.registers import FLOW_FROM, REFERENCE_DAY, Spell, ordered, table, written

GROUPS = tuple(LIMITS)
HEAD = ",".join(COLUMNS) + "\n"
ROW = "A,hard,Vera,Syy,2018-05-02\n"


def corrected(text: str | bytes) -> tuple[str, str, date]:
    """Client, group and day of the only correction of a file."""
    (found,) = read_corrections(text if isinstance(text, bytes) else text.encode(), "c.csv", GROUPS)
    return found.client, found.group, found.day


def test_columns_come_in_any_order_with_others_between() -> None:
    text = "reason;day;note;client;who;group\nSyy;2018-05-02;?; A ;Vera;hard\n"
    assert corrected(text) == ("A", "hard", date(2018, 5, 2))
    assert corrected("\ufeff" + HEAD + ROW.replace("\n", "\r\n")) == ("A", "hard", date(2018, 5, 2))
    assert corrected(HEAD + 'A,hard,Vera,"Kaksi\nriviä, ja pilkku",2018-05-02\n')[0] == "A"


FAULTS: dict[str, tuple[str | bytes, str, int | None]] = {
    "nothing": (b"", "guard.empty", None),
    "UTF-16": ((HEAD + ROW).encode("utf-16"), "annex.not-utf8", None),
    "the codepage of Windows": ((HEAD + ROW.replace("Syy", "Työ")).encode("cp1252"), "annex.not-utf8", None),
    "large heads": (HEAD.upper() + ROW, "annex.correction-columns", 1),
    "a head in quotation marks without end": ('"' + HEAD + ROW, "annex.correction-columns", 1),
    "a head without end": ("x" * 200_000 + "\n" + ROW, "annex.broken-csv", 1),
    "a reason without end": (HEAD + ROW + ROW.replace("Syy", "y" * 200_000), "annex.broken-csv", 3),
    "a reason in quotation marks without end": (HEAD + ROW.replace("Syy", '"Syy') + ROW, "annex.correction-blank", 3),
    "spaces for a name": (HEAD + ROW.replace("Vera", "   "), "annex.correction-blank", 2),
    "a row of commas": (HEAD + ROW + ",,,,\n", "annex.correction-blank", 3),
    "semicolons below commas": (HEAD + ROW.replace(",", ";"), "annex.correction-blank", 2),
    "another group": (HEAD + ROW.replace("hard", "Hard"), "annex.correction-group", 2),
    "a wrong group below a reason of two lines": (
        HEAD + ROW.replace("Syy", '"Syy\nja toinen"') + ROW.replace("hard", "?"), "annex.correction-group", 4,
    ),
    "no such day": (HEAD + ROW.replace("05-02", "02-30"), "annex.correction-day", 2),
    "a Finnish day": (HEAD + ROW.replace("2018-05-02", "2.5.2018"), "annex.correction-day", 2),
    "a moment": (HEAD + ROW.replace("2018-05-02", "2018-05-02T10:00"), "annex.correction-day", 2),
    "a number for a day": (HEAD + ROW.replace("2018-05-02", "43222"), "annex.correction-day", 2),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_correction_that_does_not_do_is_refused_in_three_languages(fault: str) -> None:
    """The place is right; the words are filled and repeat neither client nor name nor reason."""
    data, rule, line = FAULTS[fault]
    with pytest.raises(InputError) as caught:
        read_corrections(data if isinstance(data, bytes) else data.encode(), "c.csv", GROUPS)
    place = caught.value.place
    assert (caught.value.message, place and place.file, place and place.line) == (rule, "c.csv", line)
    said = [words(language).error(caught.value) for language in Language]
    assert len({one.text for one in said}) == 3
    for one in said:
        assert "c.csv" in one.text
        assert not any(part in one.text + one.advice for part in ("Vera", "Syy", "{", "annex."))


def came(client: str, day: date, months: str = "12") -> Entrant:
    return replace(entrant(months, "unknown"), client=client, entered=day)


def groups(everybody: list[Entrant], text: str) -> list[str]:
    return [one.group for one in assigned(POINTS, everybody, read_corrections(text.encode(), "c.csv", GROUPS))]


def test_a_correction_on_the_day_of_entry_is_of_that_entry() -> None:
    """The day itself is in time, the day before is of the entry before, or of nobody."""
    both = [came("A", date(2018, 1, 1)), came("A", date(2018, 5, 2))]
    assert groups(both, HEAD + ROW.replace("hard", "easy")) == ["hard", "easy"]
    assert groups(both, HEAD + ROW.replace("hard", "easy").replace("05-02", "05-01")) == ["easy", "hard"]
    with pytest.raises(InputError, match=r"annex\.correction-nobody"):
        groups(both[1:], HEAD + ROW.replace("05-02", "05-01"))


def test_of_two_corrections_of_one_day_the_lower_line_counts() -> None:
    one, other = ROW.replace("hard", "easy"), ROW.replace("hard", "average")
    assert groups([came("A", date(2018, 5, 1))], HEAD + one + other) == ["average"]
    assert groups([came("A", date(2018, 5, 1))], HEAD + other + one) == ["easy"]


def test_keys_are_compared_as_they_stand() -> None:
    """``a`` is not ``A``, and who has no key is nobody that a correction could be about."""
    for client in ("a", "", "A0"):
        with pytest.raises(InputError, match=r"annex\.correction-nobody"):
            groups([came(client, date(2018, 1, 1))], HEAD + ROW)


def test_a_correction_to_the_reckoned_group_is_a_correction_still() -> None:
    """The register named another group: with the person's word nothing differs any more."""
    named_easy = replace(came("A", date(2018, 1, 1)), group="easy")
    (plain,) = assigned(POINTS, [named_easy])
    (said,) = assigned(POINTS, [named_easy], read_corrections((HEAD + ROW).encode(), "c.csv", GROUPS))
    assert (plain.group, plain.working.group, plain.differs) == ("easy", "hard", True)
    assert (said.group, said.differs, said.correction is None) == ("hard", False, False)


@pytest.mark.parametrize(("value", "code"), [
    ("0", "under-3"), ("2", "under-3"), ("3", "from-3"), ("11", "from-3"), ("12", "from-12"), ("600", "from-12"),
    ("012", "from-12"), ("999999999999999999999", "from-12"),
    ("-1", None), ("+3", None), ("3.0", None), ("3,0", None), ("1e3", None), ("٣", None), ("³", None), ("few", None),
    ("", None),
])  # fmt: skip
def test_a_whole_number_belongs_to_the_largest_limit_that_it_reaches(value: str, code: str | None) -> None:
    """Limits belong to the category above them; a blank and what is no whole number belong to none, not to zero."""
    found = category_of(MONTHS, value)
    assert (found.code if found else None) == code


def test_a_named_value_goes_before_a_number_and_a_blank_before_both() -> None:
    factor = Factor("f", named("f"), "column", (
        category("many", "0", least=1), category("none", "2", "0", "99"), category("blank", "1", blank=True),
    ))  # fmt: skip
    found = {value: category_of(factor, value) for value in ("", "0", "1", "98", "99", "100", "x")}
    assert {value: one and one.code for value, one in found.items()} == {
        "": "blank", "0": "none", "1": "many", "98": "many", "99": "none", "100": "many", "x": None,
    }  # fmt: skip
    assert category_of(ENDED, "").code == "unknown"  # type: ignore[union-attr]


@given(st.integers(0, 600), st.sampled_from(["laid-off", "fixed-term", "dismissed", "unknown", ""]), st.data())
def test_points_are_added_in_any_order_of_the_factors(months: int, ended: str, data: st.DataObject) -> None:
    """The total is that of a plain table of points; the order of factors and spaces round a value change nothing."""
    order = data.draw(st.permutations(POINTS.factors))
    found = worked(replace(POINTS, factors=tuple(order)), entrant(f" {months} ", ended))
    points = (3 if months < 3 else 1 if months < 12 else 0) + {"laid-off": 3, "fixed-term": 3, "dismissed": 1}.get(
        ended, 0
    )
    assert found.total == points
    assert found.group == ("easy" if points >= 5 else "average" if points >= 2 else "hard")


@pytest.mark.parametrize(("day", "months", "after"), [
    (date(2019, 8, 31), 6, date(2020, 2, 29)), (date(2018, 8, 31), 6, date(2019, 2, 28)),
    (date(2020, 2, 29), 12, date(2021, 2, 28)), (date(2020, 2, 29), 48, date(2024, 2, 29)),
    (date(2019, 12, 31), 1, date(2020, 1, 31)), (date(2019, 1, 31), 3, date(2019, 4, 30)),
    (date(2019, 11, 30), 3, date(2020, 2, 29)), (date(2019, 6, 15), 0, date(2019, 6, 15)),
])  # fmt: skip
def test_the_day_a_horizon_ends(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def grouping_by_education() -> Grouping:
    """Basic education 0 points, others 6: a factor that every register has."""
    factor = Factor("education", named("education"), "education", (
        category("basic", "0", "basic"), category("more", "6", "secondary", "tertiary"),
    ))  # fmt: skip
    return replace(POINTS, factors=(factor,))


def tender_of(grouping: Grouping | None) -> tuple[Tender, OpenData]:
    tender = ordered(table(Of.INFLOW, By.GROUP))
    assert tender.open_data is not None
    order = replace(tender.open_data, grouping=grouping)
    return replace(tender, open_data=order), order


SPELLS = [
    Spell("first day", group="", started=FLOW_FROM, ended=date(2019, 9, 1), destination="open-work"),
    Spell("a day late", group="", started=FLOW_FROM, ended=date(2019, 9, 2), destination="open-work"),
    Spell("another end", group="", started=FLOW_FROM, ended=date(2019, 9, 1), destination="training"),
    Spell("before the period", group="", started=date(2019, 2, 28), ended=date(2019, 3, 1), destination="open-work"),
    Spell("just long enough", group="", education="tertiary", birth_year=1994, started=date(2019, 8, 31)),
    Spell("too short", group="", education="tertiary", birth_year=1995, started=date(2019, 9, 1)),
]
"""The horizon is six months, the reference day 29.2.2020: 31.8.2019 ends on it, 1.9.2019 a day after."""


def people_of(folder: Path, tender: Tender) -> tuple[Assigned, ...]:
    with read_register(written(folder, SPELLS), tender, folder / "private") as register:
        return assign_groups(register, tender).people


def test_who_is_followed_at_the_edges_of_the_horizon(tmp_path: Path) -> None:
    """Work on the last day is found in time, a day later not; who was not followed is neither found nor not found."""
    tender, order = tender_of(grouping_by_education())
    assert (order.reference_day, months_after(date(2019, 8, 31), 6)) == (REFERENCE_DAY, REFERENCE_DAY)
    people = people_of(tmp_path, tender)
    assert [one.entrant.found for one in people] == [True, False, False, None, False, None]
    assert [one.group for one in people] == ["hard"] * 4 + ["easy"] * 2
    figures = figures_of(grouping_by_education(), grouped_of(order, people))
    assert (figures.followed, figures.found) == (4, 1)
    assert dict(figures.groups) == {"easy": (1, 0), "average": (0, 0), "hard": (3, 1)}
    # likelihoods 6, 6, 6 and 62 per cent: (0.94² + 0.06² + 0.06² + 0.62²) / 4
    assert figures.brier == (Decimal("0.8836") + 2 * Decimal("0.0036") + Decimal("0.3844")) / 4


def test_errors_are_of_the_age_at_entry(tmp_path: Path) -> None:
    """Born 1994 and come in 2019: 25, so not under 25; born 1995: 24. Every code of the errors has its words."""
    tender, order = tender_of(grouping_by_education())
    found = grouped_of(order, people_of(tmp_path, tender))
    assert [one.at[By.AGE] for one in found[4:]] == ["from-25", "under-25"]
    labels = labels_of(tender, order)
    for one in found:
        for breakdown, code in one.at.items():
            assert not labels[breakdown, code].missing(tuple(Language))


def test_a_tender_without_a_grouping_and_a_factor_without_a_column(tmp_path: Path) -> None:
    """Wrong use for the first; for the second the column is named: unknown, of one person alone, or not in the file."""
    path = written(tmp_path, SPELLS)
    bare, _ = tender_of(None)
    with read_register(path, bare, tmp_path / "private") as register:
        with pytest.raises(UsageError, match=r"review\.no-grouping"):
            assign_groups(register, bare)
        for column in ("client", "birth_year", "shoe_size", "education; DROP TABLE spells"):
            grouping = replace(POINTS, factors=(replace(MONTHS, column=column),))
            _, order = tender_of(grouping)
            with pytest.raises(InputError, match=r"annex\.group-column") as caught:
                list(entrants_of(register, order, grouping))
            assert caught.value.values["column"] == column
        tender, _ = tender_of(POINTS)
        with pytest.raises(InputError, match=r"annex\.group-blank") as caught:
            assign_groups(register, tender)
        assert str(caught.value.place) == "spells.csv:2"
