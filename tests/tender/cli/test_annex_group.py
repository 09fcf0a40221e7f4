"""``valinta annex group``: groups of a small invented register, the working of one client, corrections, differences."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tender.annexes.grouping.assigning import assign_groups
from tender.annexes.grouping.corrections import read_corrections
from tender.annexes.grouping.entrants import months_after
from tender.annexes.register.register import read_register
from tender.cli.main import main
from tender.publishing.examination import readable_tender
from tests.tender.publishing.test_opinion import LOGISTIC, POINTS, folder_with

HEADS = (
    "client", "municipality", "group", "sex", "birth_year", "education", "occupation", "started", "ended",
    "destination", "hours", "unemployed_before",
)  # fmt: skip


def row(number: int, months: str, started: date, **changed: str) -> dict[str, str]:
    """One spell that is still open."""
    return {
        "client": f"ASIAKAS-{number}", "municipality": "siilinjarvi", "group": "", "sex": "female",
        "birth_year": "1980", "education": "basic", "occupation": "5", "started": started.isoformat(), "ended": "",
        "destination": "", "hours": "", "unemployed_before": months, **changed,
    }  # fmt: skip


def ended(started: date, days: int) -> dict[str, str]:
    """A spell that ended in open work."""
    return {"ended": (started + timedelta(days=days)).isoformat(), "destination": "open-work", "hours": "100"}


def write(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "private" / "register" / "extract.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


EARLY = date(2017, 9, 1)
ROWS = [
    row(1, "0", EARLY, **ended(EARLY, 60)),
    row(2, "7", EARLY),
    row(3, "5", EARLY, group="average"),
    row(4, "6", date(2018, 3, 1)),
    row(5, "0", date(2017, 1, 1)),
    row(6, "0", EARLY, **ended(EARLY, 200)),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tender with a points table (short 50 %, long 10 %) and six spells."""
    made = folder_with(tmp_path, POINTS)
    write(made, ROWS)
    return made


def run(folder: Path, *arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["annex", "group", str(folder), *arguments], env={"VALINTA_LANGUAGE": language})


def result(folder: Path, *arguments: str) -> Mapping[str, Any]:
    found = run(folder, "--json", *arguments)
    assert found.exit_code == 0, found.output
    parsed: Mapping[str, Any] = json.loads(found.output)
    return parsed


def test_groups_are_reckoned_where_the_register_names_none(folder: Path) -> None:
    found = result(folder)
    assert (found["spells"], found["reckoned"], found["corrected"], found["differing"]) == (6, 5, 0, 1)
    assert found["groups"] == {"easy": 3, "hard": 2, "average": 1}


def test_the_working_of_one_line(folder: Path) -> None:
    found = result(folder, "--explain", "3")
    assert found == {
        "line": 3,
        "factors": [{"factor": "duration", "value": "7", "category": "long", "points": "0"}],
        "total": "0", "likelihood": "10", "reckoned": "hard", "group": "hard", "corrected": False,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Vähintään 0 %, siis ryhmä"), ("sv", "Minst 0 %, alltså gruppen"), ("en", "At least 0 % is the group")],
)
def test_the_working_is_told_in_words(folder: Path, language: str, words: str) -> None:
    found = run(folder, "--explain", "3", language=language)
    assert found.exit_code == 0, found.output
    assert words in found.output
    assert "ASIAKAS" not in found.output


def test_a_register_that_names_another_group_stands_and_is_told(folder: Path) -> None:
    found = run(folder, "--explain", "4")
    assert "The register names another group" in found.output
    assert result(folder, "--explain", "4")["group"] == "average"
    assert "for 1 spells the register names another group" in run(folder).output


def test_a_correction_is_applied_and_counted(folder: Path) -> None:
    corrections = folder / "private" / "register" / "corrections.csv"
    corrections.write_text(
        "client,group,who,reason,day\nASIAKAS-2,average,Vera,Uusi tieto,2018-01-02\n", encoding="utf-8"
    )
    assert result(folder)["corrected"] == 1
    found = result(folder, "--explain", "3")
    assert (found["reckoned"], found["group"], found["corrected"]) == ("hard", "average", True)
    assert "Vera corrected it to" in run(folder, "--explain", "3").output


def test_who_is_followed_and_who_found_work_in_time(folder: Path) -> None:
    """Line 5 began too late to be followed, line 6 before the period; line 7 found work after more than six months."""
    tender = readable_tender(folder)
    path = folder / "private" / "register" / "extract.csv"
    with read_register(path, tender, folder / "private") as register:
        people = assign_groups(register, tender).people
    assert [one.entrant.found for one in people] == [True, False, False, None, None, False]


def test_the_groups_reach_the_register(folder: Path) -> None:
    tender = readable_tender(folder)
    path = folder / "private" / "register" / "extract.csv"
    corrections = read_corrections(
        b"client,group,who,reason,day\nASIAKAS-1,hard,V,R,2018-01-02\n", "c.csv", ["easy", "average", "hard"]
    )
    with read_register(path, tender, folder / "private") as register:
        assert not register.grouped
        assign_groups(register, tender, corrections)
        assert register.grouped
        assert [found[1] for found in register.spells("group")] == ["hard", "hard", "average", "hard", "easy", "easy"]


def test_the_end_of_the_horizon_is_a_day() -> None:
    assert months_after(date(2018, 1, 31), 1) == date(2018, 2, 28)
    assert months_after(date(2018, 7, 15), 6) == date(2019, 1, 15)
    assert months_after(date(2018, 12, 1), 12) == date(2019, 12, 1)


def test_a_blank_factor_stops_with_its_line(folder: Path) -> None:
    write(folder, [*ROWS, row(9, "", EARLY)])
    found = run(folder)
    assert found.exit_code == 1
    assert "extract.csv:8" in found.output
    assert "unemployed_before" in found.output


@pytest.mark.parametrize("line", ["99", "8"])
def test_a_line_that_is_not_there(folder: Path, line: str) -> None:
    found = run(folder, "--explain", line)
    assert found.exit_code == 2
    assert line in found.output


def test_a_factor_of_a_personal_column_is_refused(tmp_path: Path) -> None:
    made = folder_with(tmp_path, POINTS.replace("unemployed_before", "client"))
    write(made, ROWS)
    assert "column client" in run(made).output


def test_a_logistic_model_groups_too(tmp_path: Path) -> None:
    """100 / (1 + e^(1 − 1)) = 50 and 100 / (1 + e^1) = 26.9."""
    made = folder_with(tmp_path, LOGISTIC)
    write(made, ROWS)
    assert result(made, "--explain", "2")["likelihood"] == "50.0"
    assert result(made, "--explain", "3")["likelihood"] == "26.9"
    assert "Constant" in run(made, "--explain", "3").output


def test_the_card_of_many_spells_tells_no_client(tmp_path: Path) -> None:
    made = folder_with(tmp_path, POINTS)
    dice = random.Random(5)
    rows = []
    for number in range(700):
        started = date(2017, 7, 1) + timedelta(days=dice.randrange(150))
        lasts = ended(started, 90) if dice.random() < 0.4 else {}
        sex = dice.choice(["female", "male"])
        rows.append(
            row(number, dice.choice(["0", "9"]), started, sex=sex, birth_year=str(dice.randrange(1955, 2000)), **lasts)
        )
    write(made, rows)
    found = result(made)
    card = found["model_card"]
    assert (card["clients"], card["rounded_to"]) == (700, 20)
    assert {error["breakdown"] for error in card["errors"]} == {"sex", "age", "education"}
    assert {error["label"]["en"] for error in card["errors"] if error["breakdown"] == "sex"}
    assert "ASIAKAS" not in json.dumps(found)
