"""When no prices meet the rules: the command, the memo and the scenario say so and name what would mend it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.acts.design import design
from evaluation.acts.design_papers import diff_of, write_design
from evaluation.design.designed import Designed, proposed_values
from evaluation.design.weights.rounds import Chances
from evaluation.reports.design_memo import DESIGN_MEMO, design_memo_context
from tender.cli.main import main
from tender.documents.pages import render_html
from tender.language import Language
from tender.publishing.papers import draft_of
from tender.reading.edit import set_value
from tests.house.sources import ROOT

FEW = Chances(1, 40)


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pilot with a yearly ceiling of a million: the lowest prices cost more."""
    home = tmp_path_factory.mktemp("poor") / "town"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", home)
    set_value(home, "award.selection.yearly_cost_ceiling", 1_000_000)
    return home


@pytest.fixture(scope="module")
def designed(poor: Path) -> Designed:
    """What comes of it."""
    return design(poor, FEW)


def test_there_is_no_proposal_and_no_diff(poor: Path, designed: Designed) -> None:
    """Nothing is proposed, and the tender's own prices are still judged."""
    assert designed.design.proposal is None
    assert proposed_values(designed) == ()
    assert diff_of(poor, designed) == ""
    assert designed.evenness == ()
    assert "budget[year]" in designed.design.outlook_before.broken
    rules = {one.rule for one in designed.design.repairs}
    assert {"budget[year]", "clients"} <= rules


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.FI, "Mitkään hinnat eivät täytä sääntöjä"),
        (Language.SV, "Inga priser uppfyller reglerna"),
        (Language.EN, "No prices meet the rules"),
    ],
)
def test_the_memo_says_what_would_help(designed: Designed, language: Language, said: str) -> None:
    """The result stands on the cover, every repair in the list, and no empty table of prices."""
    publication = draft_of(designed.tender, date(2026, 11, 25))
    context = design_memo_context(publication, designed, "")
    page = render_html(DESIGN_MEMO, context, publication, language)
    assert said in page
    assert len(context.repairs) == len(designed.design.repairs)
    assert "None" not in page
    assert page.count("<svg") == 5


def test_the_command_ends_with_one_and_lists_the_repairs(poor: Path) -> None:
    """Exit code 1, repairs in JSON and in words."""
    words = ["weights", str(poor), "--replications", "40", "--no-papers"]
    result = CliRunner().invoke(main, ["design", *words, "--json"])
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert not said["possible"]
    assert said["changes"] == []
    assert {one["rule"] for one in said["repairs"]} >= {"budget[year]", "clients"}
    result = CliRunner().invoke(main, ["design", *words, "--language", "sv"])
    assert "Högsta årskostnad" in result.stdout


def test_the_papers_have_no_diff(poor: Path, designed: Designed) -> None:
    """Only the memo is written."""
    files = write_design(poor, designed, date(2026, 11, 25), 1, lambda _: None)
    assert {path.suffix for path in files} == {".pdf"}
