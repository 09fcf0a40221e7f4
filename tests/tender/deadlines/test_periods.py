"""Statutory periods: the worked cases, and what holds for every day there is."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tender.cli.main import main
from tender.deadlines import PERIODS, Channel, Kind, Sending, period, received, standstill
from tender.deadlines.calendar import is_working_day
from tender.deadlines.periods import VOLUNTARY_STANDSTILL_DAYS
from tender.deadlines.procedure import Step, answers_by, earliest_deadline, shortest_days

ROOT = Path(__file__).parents[3]
CASES = tomllib.loads((ROOT / "tests" / "cases" / "deadlines.toml").read_text(encoding="utf-8"))
RESEARCHED = ROOT.parent / "shared" / "facts" / "deadlines.csv"

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
SENDINGS = st.builds(Sending, DAYS, st.sampled_from(Channel))


def _id(row: dict[str, Any]) -> str:
    return f"{row['id']}: {row['says']}"


def _sendings(row: dict[str, Any]) -> list[Sending]:
    return [Sending(each["day"], Channel(each["by"])) for each in row["sent"]]


@pytest.mark.parametrize("row", CASES["decision"], ids=_id)
def test_a_worked_decision(row: dict[str, Any]) -> None:
    """Receipt, last day of appeal, and both earliest days for the contract."""
    found = standstill(_sendings(row))
    for name in ("received", "appeal_last_day", "statutory_earliest", "safe_earliest"):
        assert getattr(found, name) == row[name], name
    assert found.appeal_closes == time(16, 15)
    assert any(each.receipt_on_free_day for each in found.recipients) is row.get("receipt_on_free_day", False)


@pytest.mark.parametrize("row", CASES["period"], ids=_id)
def test_a_worked_period(row: dict[str, Any]) -> None:
    """The last day, and the hour where an office closes."""
    found = period(Kind(row["kind"]), Sending(row["day"], Channel(row.get("by", "email"))))
    assert found.last_day == row["last_day"]
    assert (found.closes.strftime("%H:%M") if found.closes else None) == row.get("closes")
    assert found.basis == PERIODS[found.kind].basis


@pytest.mark.parametrize("row", CASES["tenders"], ids=_id)
def test_a_worked_time_for_tenders(row: dict[str, Any]) -> None:
    """The shortest time in days, and the earliest deadline at an hour of the day."""
    circumstances = {
        name: row[name] for name in ("electronic", "urgent", "prior_notice", "documents_open") if name in row
    }
    days = shortest_days(Step(row["step"]), **circumstances)
    assert days == row["days"]
    found = earliest_deadline(row["sent"], days, datetime.strptime(row["clock"], "%H:%M").time())  # noqa: DTZ007
    assert (found.full_days_end, found.first, found.advised) == (row["full_days_end"], row["first"], row["advised"])


@pytest.mark.skipif(not RESEARCHED.is_file(), reason="the researched cases are not beside the checkout")
def test_every_researched_case_is_worked() -> None:
    """No row of the research is left out."""
    with RESEARCHED.open(encoding="utf-8") as file:
        researched = {row["id"] for row in csv.DictReader(file)}
    assert researched, "the table is empty"
    assert researched <= {row["id"] for rows in CASES.values() for row in rows}


@given(sendings=st.lists(SENDINGS, min_size=1, max_size=5))
def test_no_last_day_and_no_contract_day_is_a_day_off(sendings: list[Sending]) -> None:
    """Never a weekend, never a holiday; and safe is never before the wording, nor on a day of appeal."""
    found = standstill(sendings)
    assert all(map(is_working_day, (found.appeal_last_day, found.statutory_earliest, found.safe_earliest)))
    assert found.safe_earliest >= found.statutory_earliest >= found.received + timedelta(days=14)
    assert found.safe_earliest > found.appeal_last_day
    assert found.statutory_earliest >= found.appeal_last_day


@given(sendings=st.lists(SENDINGS, min_size=1, max_size=5))
def test_the_latest_recipient_decides_whatever_the_order(sendings: list[Sending]) -> None:
    """Each day is the latest of the recipients' own days."""
    found, alone = standstill(sendings), [standstill([sending]) for sending in sendings]
    assert found.safe_earliest == max(each.safe_earliest for each in alone)
    assert found.statutory_earliest == max(each.statutory_earliest for each in alone)
    turned = standstill(reversed(sendings))
    assert (turned.safe_earliest, turned.appeal_last_day) == (found.safe_earliest, found.appeal_last_day)


@given(day=DAYS, later=st.integers(0, 60), channel=st.sampled_from(Channel), kind=st.sampled_from(Kind))
def test_a_later_sending_never_ends_earlier(day: date, later: int, channel: Channel, kind: Kind) -> None:
    """Every period is monotone in the day of sending."""
    first, second = Sending(day, channel), Sending(day + timedelta(days=later), channel)
    assert period(kind, first).last_day <= period(kind, second).last_day
    one, other = standstill([first]), standstill([second])
    assert one.statutory_earliest <= other.statutory_earliest
    assert one.safe_earliest <= other.safe_earliest


@given(sending=SENDINGS, kind=st.sampled_from(Kind))
def test_a_period_ends_on_a_working_day_not_long_after_counting(sending: Sending, kind: Kind) -> None:
    """Rolling passes days off only: the longest run of them is Christmas and Easter."""
    found = period(kind, sending)
    assert is_working_day(found.last_day)
    passed = [found.counted + timedelta(days=step) for step in range((found.last_day - found.counted).days)]
    assert len(passed) <= 5
    assert not any(map(is_working_day, passed))
    assert found.rolled is bool(passed)


@given(day=DAYS)
def test_a_letter_comes_a_week_later_and_an_email_at_once(day: date) -> None:
    """HL 127; neither is moved by a day off."""
    assert received(Sending(day)) == day
    assert received(Sending(day, Channel.LETTER)) == day + timedelta(days=7)


@given(day=DAYS)
def test_the_voluntary_standstill_is_shorter(day: date) -> None:
    """Ten days within a framework; the period of appeal is the same."""
    full, short = standstill([Sending(day)]), standstill([Sending(day)], VOLUNTARY_STANDSTILL_DAYS)
    assert short.statutory_earliest <= full.statutory_earliest
    assert short.safe_earliest == full.safe_earliest


def test_a_decision_has_a_recipient() -> None:
    """Nobody to tell means nothing to reckon."""
    with pytest.raises(ValueError, match="at least one recipient"):
        standstill([])


def test_the_end_of_the_calendar_is_no_trap() -> None:
    """Odd files hold odd years."""
    assert standstill([Sending(date.max)]).safe_earliest == date.max


def test_answers_come_six_days_before_or_four_when_urgent() -> None:
    """HL 56.5, 69.4; counted backwards and not moved."""
    assert answers_by(date(2027, 3, 23)) == date(2027, 3, 17)
    assert answers_by(date(2027, 3, 23), urgent=True) == date(2027, 3, 19)


def _command(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["deadline", *arguments, "--json"], env={"VALINTA_LANGUAGE": "en"})
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("row", CASES["decision"], ids=_id)
def test_the_command_answers_a_decision(row: dict[str, Any]) -> None:
    """The same days in JSON, with the hour and the addresses of the law."""
    first, *others = row["sent"]
    also = [part for each in others for part in ("--also", f"{each['by']}:{each['day']}")]
    found = _command("--sent", str(first["day"]), "--by", first["by"], *also)
    for name in ("received", "appeal_last_day", "statutory_earliest", "safe_earliest"):
        assert found[name] == row[name].isoformat(), name
    assert found["appeal_closes"] == "16:15"
    assert len(found["recipients"]) == len(row["sent"])
    assert "https://data.finlex.fi/eli/sd/2016/1397" in found["basis_url"]


@pytest.mark.parametrize("row", CASES["period"], ids=_id)
def test_the_command_answers_a_period(row: dict[str, Any]) -> None:
    """`last_day` for every other kind."""
    found = _command("--sent", str(row["day"]), "--kind", row["kind"], "--by", row.get("by", "email"))
    assert (found["last_day"], found["closes"]) == (row["last_day"].isoformat(), row.get("closes"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_command_speaks_and_warns(language: str) -> None:
    """The gap of HL 129.1 and the free seventh day of a letter are told."""
    env = {"VALINTA_LANGUAGE": language}
    gap = CliRunner().invoke(main, ["deadline", "--sent", "2026-12-10"], env=env).output
    free = CliRunner().invoke(main, ["deadline", "--sent", "2026-08-29", "--by", "letter"], env=env).output
    plain = CliRunner().invoke(main, ["deadline", "--sent", "2026-09-01"], env=env).output
    assert "129" in gap
    assert len(gap.splitlines()) == len(plain.splitlines()) + 1
    assert len(free.splitlines()) == len(plain.splitlines()) + 2


def test_a_sending_that_means_nothing_is_wrong_use() -> None:
    """Exit code 2, with an example of how to write it."""
    for wrong in ("pigeon:2026-09-01", "letter", "letter:yesterday", ""):
        result = CliRunner().invoke(main, ["deadline", "--sent", "2026-09-01", "--also", wrong])
        assert result.exit_code == 2, wrong
