"""The data protection officer's opinion: by name, on exactly one grouping; and the assessment that it is about."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tender.errors import BlockedError, UsageError
from tender.language import Language
from tender.publishing.assessment import write_assessment
from tender.publishing.examination import examine
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.release import draft, publish
from tender.publishing.reviewing import opine
from tender.record import Publicity, Record
from tender.starting import start_folder
from tests.conftest import chance_at, lean

DAY = date(2018, 11, 5)
NOON = datetime(2018, 11, 5, 10, tzinfo=UTC)
OFFICER = "Tiina Tietosuoja"
DATA = """
[open_data]
reference_day   = 2018-06-30
flow_from       = 2017-07-01
guard           = "suppress"
age_limits      = [25]
duration_limits = [3]
tables          = [{ id = "inflow", title = { fi = "Alkaneet" }, quantity = "inflow", dimensions = ["group"] }]
"""
GROUPING = """
[open_data.grouping]
method  = "METHOD"
limits  = { easy = 45, average = 15, hard = 0 }
factors = [
  { id = "duration", column = "unemployed_before", name = { fi = "Työttömyyden kesto" }, categories = [
    { code = "short", least = 0, points = 1, name = { fi = "alle 6 kk" } },
    { code = "long", least = 6, points = 0, name = { fi = "6 kk tai enemmän" } },
  ] },
]
"""
LOGISTIC = GROUPING.replace("METHOD", "logistic") + "intercept = -1.0\n"
POINTS = (
    GROUPING.replace("METHOD", "points")
    + "scale = [{ points = 0, likelihood = 10 }, { points = 1, likelihood = 50 }]\n"
)


def folder_with(path: Path, grouping: str) -> Path:
    """The lean example with an open data annex of its own and `grouping`."""
    folder = lean(start_folder(path / "kunta", "pohjois-savo", None, synthetic=True))
    file = folder / "tender.toml"
    text = re.sub(r"(?ms)^\[+open_data.*?(?=^\[(?!\[?open_data))", "", file.read_text(encoding="utf-8"))
    assert "open_data" not in text
    file.write_text(f"{text}\n{DATA}{grouping}", encoding="utf-8")
    return folder


def rules(folder: Path) -> list[str]:
    return [finding.rule for finding in examine(folder, DAY).blocking if finding.rule.startswith("grouping.")]


@pytest.mark.slow
def test_a_logistic_model_opens_by_a_favourable_opinion_on_exactly_it(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, LOGISTIC)
    assert rules(folder) == ["grouping.opinion"]
    with pytest.raises(BlockedError) as caught:
        publish(folder, DAY, chance_at(NOON), "tests", lambda _: None)
    assert "grouping.opinion" in {finding.rule for finding in caught.value.findings}
    opine(folder, DAY, chance_at(NOON), OFFICER, "Lausunto 12/2018", favourable=True)
    assert rules(folder) == []
    file = folder / "tender.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("intercept = -1.0", "intercept = -1.1"), encoding="utf-8")
    assert rules(folder) == ["grouping.opinion"]


@pytest.mark.slow
def test_the_last_opinion_counts(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, LOGISTIC)
    opine(folder, DAY, chance_at(NOON), OFFICER, "Puolletaan", favourable=True)
    opine(folder, DAY, chance_at(NOON), OFFICER, "Uusi tieto", favourable=False)
    assert rules(folder) == ["grouping.opinion"]


def test_a_points_table_waits_for_no_opinion(tmp_path: Path) -> None:
    assert rules(folder_with(tmp_path, POINTS)) == []


@pytest.mark.slow
def test_names_are_personal_data_and_kept_three_years(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, POINTS)
    opine(folder, DAY, chance_at(NOON), OFFICER, "Puolletaan", favourable=True)
    with Record.open(folder / RECORD_FILE, lambda: NOON, lambda: b"s" * 32, "pohjois-savo") as record:
        (entry,) = record.entries()
    assert (entry.event.actor, entry.event.publicity) == ("data-protection-officer", Publicity.PERSONAL)
    assert entry.event.retain_until == date(2021, 11, 5)
    assert OFFICER not in repr(entry.event)


@pytest.mark.parametrize(("by", "reason", "rule"), [(" ", "x", "review.nobody"), ("x", " ", "review.no-reason")])
def test_an_opinion_has_a_name_and_a_reason(tmp_path: Path, by: str, reason: str, rule: str) -> None:
    with pytest.raises(UsageError, match=re.escape(rule)):
        opine(folder_with(tmp_path, POINTS), DAY, chance_at(NOON), by, reason, favourable=True)


@pytest.mark.slow
def test_without_a_grouping_there_is_nothing_to_say(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "")
    with pytest.raises(UsageError, match=r"review\.no-grouping"):
        opine(folder, DAY, chance_at(NOON), OFFICER, "Puolletaan", favourable=True)
    with pytest.raises(UsageError, match=r"review\.no-grouping"):
        write_assessment(folder, DAY, lambda _: None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"VALINTA_LANGUAGE": "fi"})


@pytest.mark.slow
def test_the_command_records_and_says_so(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, LOGISTIC)
    said = ["--by", OFFICER, "--reason", "Lausunto 12/2018", "--today", "2018-11-05"]
    assert run("review", "opinion", str(folder), *said).exit_code == 2
    found = run("review", "opinion", str(folder), "--favourable", *said, "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.output)["favourable"] == "yes"
    assert len(record_state(folder).agreed_groupings) == 1
    found = run("review", "opinion", str(folder), "--adverse", *said)
    assert "ei puolla" in found.output
    assert record_state(folder).agreed_groupings == frozenset()


def test_the_assessment_is_drafted_with_the_tenders_facts_and_the_opinion(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, POINTS)
    opine(folder, DAY, chance_at(NOON), OFFICER, "Lausunto <b>12</b>/2018", favourable=False)
    found = run("annex", "assessment", str(folder), "--today", "2018-11-05", "--json")
    assert found.exit_code == 0, found.output
    names = sorted(Path(name).name for name in json.loads(found.output)["files"])
    assert names == [f"data-protection-assessment.fi.{kind}" for kind in ("docx", "html", "pdf")]
    page = (folder / "private" / "assessment" / "data-protection-assessment.fi.html").read_text(encoding="utf-8")
    plain = page.replace("\u00ad", "").replace("\u2060", "")
    for words in ("Työttömyyden kesto", "unemployed_before", "alle 5 henkilön", "GDPR 35(7)(a)", OFFICER, "ei puolla"):
        assert words in plain
    assert "<b>12</b>" not in plain
    assert "Tekoälyasetus" not in plain, "the AI Act was not there in 2018"


def test_the_assessment_is_not_part_of_a_publication(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, POINTS)
    write_assessment(folder, DAY, lambda _: None)
    written = draft(folder, DAY, lambda _: None)
    assert not any("assessment" in name for name in written.files)
    assert Language.FI.value in "".join(written.files)
