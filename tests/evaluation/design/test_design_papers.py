"""The memo and the diff of a design, its commands, and how rules are said."""

from __future__ import annotations

import json
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluation.acts.design import design, draw_flow
from evaluation.acts.design_papers import diff_of, digest_of, write_design
from evaluation.design.designed import Designed, proposed_values
from evaluation.design.weights.rounds import Chances
from evaluation.design.weights.rows import firm, soft
from evaluation.reports.design_memo import DESIGN_MEMO, design_memo_context
from evaluation.reports.design_words import names_in, repair_text, rule_text
from tender.cli.main import main
from tender.documents.pages import render_html
from tender.documents.pictures import picture_rows, picture_svg
from tender.language import Language
from tender.model.design import Repair
from tender.publishing.papers import draft_of
from tests.evaluation.design.cases import with_subgroup
from tests.house.sources import ROOT

DAY = date(2026, 11, 25)
FEW = Chances(1, 60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the pilot's tender."""
    home = tmp_path_factory.mktemp("design") / "town"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", home)
    return home


@pytest.fixture(scope="module")
def designed(folder: Path) -> Designed:
    """Its design, drawn a few times."""
    return design(folder, FEW)


@pytest.mark.parametrize("language", Language)
def test_the_memo_says_everything_in_every_language(designed: Designed, language: Language) -> None:
    """Every picture has its table, every change its row, and no blank is left open."""
    publication = draft_of(designed.tender, DAY)
    context = design_memo_context(publication, designed, digest_of(designed, 1))
    page = render_html(DESIGN_MEMO, context, publication, language)
    assert page.count("<svg") == len(context.ranges) + len(context.curve) + len(context.money) == 6
    assert page.count("<table") >= 6 + 4
    assert all(change.path in page for change in context.changes)
    assert "{%" not in page
    assert context.digest[:12] in page


def test_the_diff_changes_the_file_into_the_proposal(folder: Path, designed: Designed) -> None:
    """Nothing else differs, comments stay, and the file itself is not touched."""
    before = (folder / "tender.toml").read_bytes()
    text = diff_of(folder, designed)
    added = [line for line in text.splitlines() if line.startswith("+") and not line.startswith("+++")]
    removed = [line for line in text.splitlines() if line.startswith("-") and not line.startswith("---")]
    assert 0 < len(added) == len(removed) <= len(proposed_values(designed))
    assert any("reference" in line for line in added)
    assert (folder / "tender.toml").read_bytes() == before


def test_papers_are_the_same_twice(folder: Path, designed: Designed) -> None:
    """The same design gives the same files."""
    contents = []
    for _ in range(2):
        files = write_design(folder, designed, DAY, 1, lambda _: None)
        contents.append([path.read_bytes() for path in files])
        assert files[-1].name == "tender.toml.diff"
    assert contents[0] == contents[1]


def run(*words: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["design", *words, "--json"])
    assert result.exit_code in {0, 1}, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_commands_tell_the_same_as_the_acts(folder: Path, designed: Designed) -> None:
    """Changes in JSON, and the money of the replications that were asked for."""
    said = run("weights", str(folder), "--replications", "60", "--no-papers")
    assert said["possible"]
    assert [one["path"] for one in said["changes"]] == [path for path, _, _ in proposed_values(designed)]
    said = run("simulate", str(folder), "--replications", "40", "--cap", "400")
    assert said["any_full"] == 1
    assert said["spend_cents"]["mean"] == draw_flow(folder, Chances(1, 40), 400).found.spend.mean


@pytest.mark.parametrize("command", ["weights", "simulate"])
@pytest.mark.parametrize("language", Language)
def test_people_read_sentences(folder: Path, language: Language, command: str) -> None:
    """No id of a rule reaches the terminal."""
    more = ["--no-papers"] if command == "weights" else []
    words = [command, str(folder), "--replications", "30", "--language", language.value, *more]
    result = CliRunner().invoke(main, ["design", *words])
    assert result.exit_code == 0, result.output
    assert "budget[" not in result.stdout
    assert "€" in result.stdout


def test_every_rule_has_a_name_in_every_language(designed: Designed) -> None:
    """Rules of the model and every repair can be said."""
    case = with_subgroup()
    for language in Language:
        names = names_in(designed, language)
        for line in (*firm(case), *soft(case)):
            assert "[" not in rule_text(line.name, names, language)
        for rule in ("clients", "budget[year]", "budget[2027]", "range-highest[c,base]"):
            assert "[" not in repair_text(Repair(rule, Fraction(1), Fraction(2)), names, language)


def test_pictures_have_as_many_rows_as_categories(designed: Designed) -> None:
    """A head, and one row for each category with one cell for each series."""
    context = design_memo_context(draft_of(designed.tender, DAY), designed, "")
    for one in (*context.ranges, *context.curve, *context.money):
        rows = picture_rows(one, Language.SV)
        assert len(rows) == len(one.categories) + 1
        assert {len(row) for row in rows} == {len(one.lines) + 1}
        assert picture_svg(one, Language.SV, "x").startswith("<svg")


def test_the_proposal_stands_when_costs_are_wrong(designed: Designed) -> None:
    """Each group ten percent cheaper and dearer; the proposal is evener than the tender's own prices each time."""
    assert [(one.group, one.percent) for one in designed.doubts] == [
        (group.id, percent) for group in designed.tender.groups for percent in (-10, 10)
    ]
    assert all(one.after < one.before for one in designed.doubts)
    assert len({one.after for one in designed.doubts}) > 1
