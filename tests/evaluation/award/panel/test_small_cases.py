"""The panel on small cases by hand: what a signature binds, statistics to the last fraction, what the JSON hides."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.award.panel.board import Board
from evaluation.award.panel.outcome import agreed_scores, cell_views, outcome_findings
from evaluation.award.panel.statistics import Outlier, figures_of, krippendorff, weighted_kappa
from evaluation.panel_json import consensus_json, figures_json, panel_json
from tender.model.panel import (
    Declaration,
    Evaluator,
    IndividualScore,
    MarkKind,
    Panel,
    Way,
    scores_digest,
)
from tests.evaluation.award.panel.desk import APPOINTED, BIDDERS, CRITERIA, MEMBERS, Table, consensus, signed_table

F = Fraction
SCORE = IndividualScore("a1", "alfa", "impact-plan", MarkKind.LEVEL, 0, "Puuttuu.", Way.WEB)


@pytest.fixture(scope="module")
def agreed_board() -> Board:
    """Everything signed and agreed on at the chair's levels."""
    table = signed_table()
    for criterion in CRITERIA:
        for bidder in BIDDERS:
            level = table.board.levels_at((bidder, criterion))["a1"]
            table.agree(consensus(table.board, level, bidder, criterion))
    return table.board


# What is bound and what counts


@pytest.mark.parametrize(
    "change",
    [
        {"evaluator": "a2"}, {"bidder": "beta"}, {"criterion": "hours-tracking"}, {"level": 1}, {"reason": "Muu."},
        {"version": 2}, {"kind": MarkKind.SKIPPED, "level": None}, {"kind": MarkKind.ABSENT, "level": None},
    ],
)  # fmt: skip
def test_a_signature_binds_every_part_of_a_score(change: dict[str, Any]) -> None:
    """Who, what, the level, the reason, the version, and whether there is a level at all."""
    assert scores_digest([SCORE]) != scores_digest([replace(SCORE, **change)])


def test_a_signature_does_not_bind_the_way_it_came() -> None:
    """A page and a sheet may say the same; no scores at all have a digest of their own."""
    assert scores_digest([SCORE]) == scores_digest([replace(SCORE, way=Way.SHEET)])
    assert scores_digest([]) != scores_digest([SCORE])
    assert Panel().signed("a1") is False, "who signed nothing has not signed the empty sheet"


def test_skipped_and_absent_are_two_things() -> None:
    """The digests differ though neither has a level."""
    skipped, absent = (replace(SCORE, kind=kind, level=None) for kind in (MarkKind.SKIPPED, MarkKind.ABSENT))
    assert scores_digest([skipped]) != scores_digest([absent])


def test_an_evaluator_without_criteria_judges_all_and_one_with_some_judges_those() -> None:
    """An empty list is no ban."""
    assert Evaluator("a", "A").judges("anything")
    assert [Evaluator("a", "A", ("plan",)).judges(name) for name in ("plan", "plans", "")] == [True, False, False]


def test_the_last_declaration_of_a_pair_counts_and_of_no_other() -> None:
    """A friend of alfa who is later free of alfa judges again; the word about beta is another one."""
    table = Table().declare("a1", "a2").declare("a3", interest="Veli.")
    assert table.board.partial == {"a3"}
    beta = Declaration("a3", "beta", free=True, statement="", way=Way.WEB)
    table._declarations.append(beta)
    assert table.board.partial == {"a3"}, "free of beta says nothing of alfa"
    table._declarations.append(replace(beta, bidder="alfa"))
    assert table.board.partial == frozenset()


def test_signing_is_of_what_now_counts() -> None:
    """An old signature of the same levels in another version binds nothing; signing again does."""
    table = signed_table().give("a1", 3)
    assert table.board.panel.given["a1", ("alfa", "impact-plan")].version == 2
    assert not table.board.panel.signed("a1")
    assert table.sign("a1").board.panel.signed("a1")


def test_absent_for_one_cell_is_not_absent_altogether() -> None:
    """Who gave anything else must sign like everybody."""
    table = Table().declare("a1", "a2", "a3")
    table._scores.append(replace(SCORE, kind=MarkKind.ABSENT, level=None))
    assert table.board.absent(MEMBERS[0])
    table.give("a1", None, "beta")
    assert not table.board.absent(MEMBERS[0])
    assert not table.board.absent(MEMBERS[1]), "nothing given is no absence"


def test_a_level_outside_the_own_criteria_does_not_count() -> None:
    """It stays on the record, and the specialist's level of the other criterion is in no cell."""
    special = replace(MEMBERS[2], criteria=("hours-tracking",))
    table = Table(replace(APPOINTED, evaluators=(*MEMBERS[:2], special))).declare("a1", "a2", "a3")
    table.give_all("a3", 4, 4, 1, 0)
    assert table.board.levels_at(("alfa", "impact-plan")) == {}
    assert table.board.levels_at(("beta", "hours-tracking")) == {"a3": 0}
    assert table.board.missing(special) == ()


# The outcome


def test_what_keeps_the_consensus_from_scoring_is_named_cell_by_cell(agreed_board: Board) -> None:
    """Nothing at the end; with one cell unagreed that cell; with one unsigned again that evaluator."""
    assert list(outcome_findings(agreed_board)) == []
    panel = agreed_board.panel
    fewer = replace(agreed_board, panel=replace(panel, consensus=panel.consensus[1:]))
    assert [finding.field for finding in outcome_findings(fewer)] == ["panel.consensus.alfa.impact-plan"]
    unsigned = replace(agreed_board, panel=replace(panel, signatures=panel.signatures[1:]))
    assert [(one.rule, one.field) for one in outcome_findings(unsigned)] == [
        ("panel.not-signed", "panel.signatures.a1")
    ]
    assert all(finding.blocks for board in (fewer, unsigned) for finding in outcome_findings(board))


def test_scoring_takes_the_last_consensus_in_one_order(agreed_board: Board) -> None:
    """By bidder and criterion; an earlier version is history."""
    first = agreed_board.panel.consensus[0]
    later = replace(first, level=1, version=2, changed="Viite oli väärä.")
    panel = replace(agreed_board.panel, consensus=(*agreed_board.panel.consensus, later))
    found = agreed_scores(replace(agreed_board, panel=panel))
    assert [(one.bidder, one.criterion, one.level) for one in found] == [
        ("alfa", "hours-tracking", 2), ("alfa", "impact-plan", 1), ("beta", "hours-tracking", 4),
        ("beta", "impact-plan", 2),
    ]  # fmt: skip
    view, *_ = cell_views(replace(agreed_board, panel=panel))
    assert (view.versions, view.stale) == (2, False)


# Statistics


def test_severity_by_hand() -> None:
    """Of two judges at 3 1 2 2 and 2 2 2 4: the mean of 1, −1, 0 and −2 is minus a half, and a half for the other."""
    table = Table().declare("a1", "a2", "a3").give_all("a1", 3, 1, 2, 2).give_all("a2", 2, 2, 2, 4)
    figures = figures_of(table.board)
    assert figures.severity == {"a1": F(-1, 2), "a2": F(1, 2)}
    assert figures.cells == 4
    assert figures.outliers == (
        Outlier("a1", ("beta", "hours-tracking"), 2, F(4)),
        Outlier("a2", ("beta", "hours-tracking"), 4, F(2)),
    ), "two steps are an outlier, one is none"


def test_kappa_against_a_marginal_by_hand() -> None:
    """(0,2) and (2,0): seen (4+4)/2 = 4, chance (0+4+4+0)/4 = 2, so 1 − 2 = −1: worse than chance is told."""
    assert weighted_kappa([(0, 2), (2, 0)]) == -1
    assert weighted_kappa([(0, 1), (2, 1)]) == 0
    assert weighted_kappa([(0, 0), (4, 4), (0, 4)]) == F(2, 5)


def test_alpha_by_hand() -> None:
    """Units 0 0, 0 1 and 1 1: three of each value, seen 2, chance 18, so 1 − 5·2/18 = 4/9; a lone value is left out."""
    units = [(0, 0), (0, 1), (1, 1)]
    assert krippendorff(units) == F(4, 9)
    assert krippendorff(units, ordinal=True) == F(4, 9), "two values have one distance"
    assert krippendorff([*units, (4,), ()]) == F(4, 9)
    assert krippendorff([(2, 2), (2, 2, 2)]) is None
    assert krippendorff([(0,), (4,)]) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8))
def test_kappa_does_not_hang_on_who_is_named_first(pairs: list[tuple[int, int]]) -> None:
    """Nor on the order of the bids; and it never says more than one."""
    found = weighted_kappa(pairs)
    assert found == weighted_kappa([(other, one) for one, other in pairs]) == weighted_kappa(pairs[::-1])
    assert found is None or found <= 1


# JSON


def test_no_level_is_in_the_json_before_all_have_signed() -> None:
    """Who still owes what, and nothing of what anybody gave."""
    table = Table().declare("a1", "a2").give_all("a1", 3, 2, 2, 4).sign("a1")
    told = panel_json(table.board)
    assert (told["revealed"], told["cells"]) == (False, [])
    assert told["undeclared"] == [["a3", "alfa"], ["a3", "beta"]]
    assert told["evaluators"][0] == {  # type: ignore[index]
        "id": "a1", "name": "Aino", "criteria": [], "free": True, "owed": 4, "missing": 0, "signed": True, "done": True,
    }  # fmt: skip
    assert "level" not in str(told)
    assert "Kohta 3." not in str(told)


def test_the_json_of_an_agreed_panel_is_whole(agreed_board: Board) -> None:
    """Levels, spread, who moved and why."""
    told: Any = panel_json(agreed_board)
    assert (told["chair"], told["revealed"], told["waiting"]) == ("a1", True, [])
    assert [(cell["bidder"], cell["criterion"]) for cell in told["cells"]] == [
        (bidder, criterion) for criterion in CRITERIA for bidder in BIDDERS
    ]
    first = told["cells"][0]
    assert (first["levels"], first["spread"], first["stale"]) == ({"a1": 3, "a2": 3, "a3": 2}, [2, 3], False)
    assert first["consensus"]["moved"] == {"a3": "Liite 2 näyttää mittarit."}
    assert consensus_json(replace(agreed_board.panel.consensus[0], levels={}))["spread"] == []


def test_figures_are_exact_text_and_absent_ones_null() -> None:
    """A third is no 0.333; nobody's kappa is no zero."""
    table = Table().declare("a1", "a2", "a3").give_all("a1", 3, 2, 2, 4).give_all("a2", 2, 2, 2, None)
    told: Any = figures_json(figures_of(table.board))
    assert told["cells"] == 3
    assert told["severity"] == {"a1": "1/3", "a2": "-1/3"}
    assert told["kappa"][1:] == [{"pair": ["a1", "a3"], "kappa": None}, {"pair": ["a2", "a3"], "kappa": None}]
    assert told["drift"]["a3"] is None
    assert figures_json(figures_of(Table().board))["alpha"] is None
