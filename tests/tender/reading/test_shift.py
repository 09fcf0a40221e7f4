"""A tender moved to a new start."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.errors import InputError, UsageError
from tender.language import Language, date_text
from tender.reading.days import words_moved
from tender.reading.file import read_text
from tender.reading.shift import moved_days, next_working_day, shifted
from tests.tender.reading.folders import SAMPLE, changed

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/tender.toml"))
OFFICE_DAYS = ("published", "questions_until", "answers_by", "tenders_until", "opening", "decision")


def timetable(text: str) -> dict[str, Any]:
    """The timetable of a file."""
    found: dict[str, Any] = tomllib.loads(text)["timetable"]
    return found


def day(value: date) -> date:
    """The day of a day or a moment."""
    return value.date() if isinstance(value, datetime) else value


def test_every_day_moves_with_the_start() -> None:
    """Eight years later to the day, but on working days."""
    after = shifted(SAMPLE, date(2027, 3, 1))
    assert timetable(after) == {
        "published": date(2026, 11, 5),
        "questions_until": datetime(2026, 11, 23, 12, 0),  # noqa: DTZ001 - Finnish time, as in the file
        "answers_by": date(2026, 11, 30),
        "tenders_until": datetime(2026, 12, 11, 12, 0),  # noqa: DTZ001
        "opening": datetime(2026, 12, 11, 13, 0),  # noqa: DTZ001
        "decision": date(2026, 12, 21),
        "tenders_valid_until": date(2027, 6, 30),
        "production_start": date(2027, 3, 1),
        "production_end": date(2028, 12, 31),
    }
    dialogue = tomllib.loads(after)["dialogue"]
    assert dialogue["draft_date"] == dialogue["opens"] == date(2026, 9, 28)
    assert dialogue["closes"] == datetime(2026, 10, 19, 16, 0)  # noqa: DTZ001
    assert dialogue["draft_notice"]["fi"].startswith("Luonnos 28.9.2026. Luonnokset")


def test_only_days_change() -> None:
    """Comments, order and all other values are as they were; the tender is still faultless."""
    after = shifted(SAMPLE, date(2027, 1, 1))
    before_lines, after_lines = SAMPLE.splitlines(), after.splitlines()
    assert len(before_lines) == len(after_lines)
    differing = {old.split(" ")[0] for old, new in zip(before_lines, after_lines, strict=True) if old != new}
    assert differing == {*timetable(SAMPLE), "draft_date", "draft_notice.fi", "opens", "closes"}
    assert read_text(after).findings == ()


def test_the_start_itself_is_taken_as_it_is() -> None:
    """A contract may begin on New Year's Day."""
    assert timetable(shifted(SAMPLE, date(2028, 1, 1)))["production_start"] == date(2028, 1, 1)


def test_the_contract_lasts_as_many_months() -> None:
    """22 months stay 22 months, leap years or not; odd days are kept too."""
    assert timetable(shifted(SAMPLE, date(2027, 1, 1)))["production_end"] == date(2028, 10, 31)
    assert timetable(shifted(SAMPLE, date(2026, 5, 1)))["production_end"] == date(2028, 2, 29)
    odd = changed(("production_end = 2020-12-31", "production_end = 2019-03-10"))
    assert timetable(shifted(odd, date(2027, 1, 1)))["production_end"] == date(2027, 1, 10)
    late = changed(
        ("production_start = 2019-03-01", "production_start = 2019-01-31"),
        ("production_end = 2020-12-31", "production_end = 2019-03-15"),
    )
    assert timetable(shifted(late, date(2027, 1, 31)))["production_end"] == date(2027, 3, 15)


def test_a_day_on_a_holiday_moves_to_the_next_working_day() -> None:
    """Christmas Eve, Christmas and the weekend after them are passed over."""
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)
    assert next_working_day(date(2026, 6, 19)) == date(2026, 6, 22), "Midsummer Eve"
    assert next_working_day(date(2026, 12, 6)) == date(2026, 12, 7), "Independence Day on a Sunday"
    assert next_working_day(date(2026, 11, 25)) == date(2026, 11, 25)


def test_days_of_the_open_data_move_by_whole_months() -> None:
    """The flow period stays one of whole months, leap years or not; an odd day moves too."""
    text = "open_data = {{ flow_from = {}, reference_day = {} }}\n[timetable]\nproduction_start = 2019-03-01\n"
    for before, start, after in (
        (("2017-07-01", "2018-06-30"), date(2027, 3, 1), (date(2025, 7, 1), date(2026, 6, 30))),
        (("2017-03-01", "2018-02-28"), date(2021, 3, 1), (date(2019, 3, 1), date(2020, 2, 29))),
        (("2018-03-15", "2018-06-14"), date(2019, 5, 1), (date(2018, 5, 15), date(2018, 8, 14))),
    ):
        moved = tomllib.loads(shifted(text.format(*before), start))["open_data"]
        assert (moved["flow_from"], moved["reference_day"]) == after


def test_days_of_the_buyers_money_move_by_years() -> None:
    """A budget is by calendar year."""
    first, second = (
        f'[[budget]]\nyear = {year}\nsource = "purchase"\namount = 1\n' for year in ("2019", "2020 # second")
    )
    lines = f"{first}{second}\n[buyer]"
    after = shifted(changed(("[buyer]", lines)), date(2027, 6, 1))
    assert [line["year"] for line in tomllib.loads(after)["budget"]] == [2027, 2028]
    assert "year = 2028 # second" in after


def test_a_moment_keeps_its_finnish_hour() -> None:
    """Summer time moves the offset, not the clock on the wall."""
    after = shifted(SAMPLE, date(2027, 9, 1))
    assert timetable(after)["tenders_until"].hour == 12


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_wherever_it_is_moved_days_are_working_days_in_their_order(start: date) -> None:
    """What came later still does, and offices act on working days; every moved day stays near its offset."""
    before, after = timetable(SAMPLE), timetable(shifted(SAMPLE, start))
    offset = start - date(2019, 3, 1)
    days = [day(after[name]) for name in OFFICE_DAYS]
    assert all(next_working_day(one) == one for one in days)
    for one, other in pairwise(OFFICE_DAYS):
        assert (day(after[one]) < day(after[other])) is (day(before[one]) < day(before[other]))
        assert not isinstance(after[one], datetime) or after[one].time() == before[one].time()
    assert all(timedelta(0) <= day(after[name]) - day(before[name]) - offset <= timedelta(9) for name in OFFICE_DAYS)
    assert read_text(shifted(SAMPLE, start)).findings == ()


def test_moving_to_its_own_start_changes_nothing() -> None:
    """The days of the sample are working days already."""
    assert shifted(SAMPLE, date(2019, 3, 1)) == SAMPLE


def test_moved_days_are_told_for_the_texts_beside_the_file() -> None:
    """Whoever copies the texts can move the days in them too."""
    moved = moved_days(SAMPLE, date(2027, 3, 1))
    assert moved[date(2018, 9, 28)] == date(2026, 9, 28)
    assert words_moved("Tuotanto alkaa 1.3.2019, 01.03.2019; ei 11.3.2019 eikä 1.3.20190.", moved) == (
        "Tuotanto alkaa 1.3.2027, 1.3.2027; ei 11.3.2019 eikä 1.3.20190."
    )


def test_days_move_in_every_language_of_the_tender() -> None:
    """Strings of the file beside Finnish ones: numbered days and named months, also over a folded line."""
    notice = 'draft_notice.fi = "'
    swedish = 'draft_notice.sv = "Utkast 28.9.2018; svar senast den 19 oktober 2018 kl. 16.00"'
    english = 'draft_notice.en = """\\\nDraft 28 \\\nSeptember 2018; answers by 19 October 2018 at 16:00"""'
    text = changed(
        ('languages = ["fi"]', 'languages = ["fi", "sv", "en"]'), (notice, f"{swedish}\n{english}\n{notice}")
    )
    dialogue = tomllib.loads(shifted(text, date(2027, 3, 1)))["dialogue"]
    assert dialogue["draft_notice"]["fi"].startswith("Luonnos 28.9.2026. Luonnokset")
    assert dialogue["draft_notice"]["sv"] == "Utkast 28.9.2026; svar senast den 19 oktober 2026 kl. 16.00"
    assert dialogue["draft_notice"]["en"] == "Draft 28 September 2026; answers by 19 October 2026 at 16:00"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Alkaa 1. maaliskuuta 2019 klo 12.00.", "Alkaa 4. tammikuuta 2027 klo 12.00."),
        ("Börjar den 1 mars 2019 kl. 12.00.", "Börjar den 4 januari 2027 kl. 12.00."),
        ("Begins on 1 March 2019 at 12:00.", "Begins on 4 January 2027 at 12:00."),
        ("1\u00a0March\u00a02019, 01\nMarch 2019", "4\u00a0January\u00a02027, 4\nJanuary 2027"),
        ("2 March 2019, 11 March 2019, 1 March 20190, 2.1 March 2019", None),
        ("March 2019, 1 march 2019, 1 maaliskuu 2019", None),
    ],
)
def test_days_with_named_months_keep_their_language(old: str, new: str | None) -> None:
    """The clock stays, and so does a day that is not of the timetable or no day at all."""
    assert words_moved(old, {date(2019, 3, 1): date(2027, 1, 4)}) == (new or old)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_a_day_moves_there_and_back_in_every_language(old: date, new: date) -> None:
    """Whatever a document of the house writes is known; moved onto itself it is as it was."""
    for language in Language:
        words = f"A {date_text(old, language)}, b"
        assert words_moved(words, {old: old}) == words
        assert words_moved(words, {old: new}) == f"A {date_text(new, language)}, b"
        assert words_moved(words_moved(words, {old: new}), {new: old}) == words


@pytest.mark.parametrize("start", [date(1999, 12, 31), date(2101, 1, 1), date.max, date.min])
def test_a_start_out_of_reach_is_wrong_use(start: date) -> None:
    """Holidays are not known there."""
    with pytest.raises(UsageError, match=r"shift\.start-range"):
        shifted(SAMPLE, start)


@pytest.mark.parametrize("text", ["", "timetable = 5", "[timetable]\nproduction_start = 5"])
def test_a_file_without_a_start_is_wrong_use(text: str) -> None:
    """There is nothing to move by."""
    with pytest.raises(UsageError, match=r"shift\.no-start"):
        shifted(text, date(2027, 1, 1))


def test_a_file_that_is_no_toml_is_refused() -> None:
    """It is mended by hand first."""
    with pytest.raises(InputError, match=r"edit\.not-plain"):
        shifted("a = ", date(2027, 1, 1))


def test_odd_values_do_not_stop_a_move() -> None:
    """What is no day stays as it is; the reader says what is wrong with it."""
    text = changed(
        ("decision = 2018-12-21", 'decision = "later"'), ("[buyer]", 'budget = [1, { year = "x" }]\n[buyer]')
    )
    assert timetable(shifted(text, date(2027, 1, 1)))["decision"] == "later"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_can_be_moved(example: Path) -> None:
    """A new tender can start from any of them."""
    after = shifted(example.read_text(encoding="utf-8"), date(2028, 1, 1))
    findings = [finding for finding in read_text(after).findings if finding.rule != "text.file-missing"]
    assert findings == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_that_stays_where_it_is_does_not_change(example: Path) -> None:
    """Moved by no days, neither the file nor a text beside it differs, in any language."""
    text = example.read_text(encoding="utf-8")
    start = timetable(text)["production_start"]
    assert shifted(text, start) == text
    for words in example.parent.glob("texts/*.md"):
        assert words_moved(words.read_text(encoding="utf-8"), moved_days(text, start)) == words.read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_no_language_of_an_example_stays_behind(example: Path) -> None:
    """After a move no text names a day of the old timetable; the notice of the draft names the new one in each."""
    new = shifted(example.read_text(encoding="utf-8"), date(2030, 1, 1))
    drafted = tomllib.loads(new)["dialogue"]["draft_date"]
    notice = tomllib.loads(new)["dialogue"]["draft_notice"]
    assert set(notice) == {"fi", "sv", "en"}
    for language, words in notice.items():
        assert date_text(drafted, Language(language)).replace("\u00a0", " ") in words
