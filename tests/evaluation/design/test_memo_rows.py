"""The memo names whose every assumption is, subgroups among them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from evaluation.acts.design import design
from evaluation.assumptions_file import ASSUMPTIONS
from evaluation.design.weights.rounds import Chances
from evaluation.reports.design_memo import DESIGN_MEMO, design_memo_context
from tender.documents.pages import render_html
from tender.language import Language
from tender.publishing.papers import draft_of
from tests.house.sources import ROOT

OWN = """
within = 16
[[groups.average.subgroups]]
id = "recalled"
name = { fi = "takaisin kutsuttavat", sv = "återkallade", en = "recalled" }
share = 0.2
hours = 1.5
[groups.hard]
duty_cost = 61.5
"""


def test_own_figures_stand_as_the_buyer_s(tmp_path: Path) -> None:
    """Four figures of the file, all others defaults; the subgroup is named in the page's language."""
    folder = tmp_path / "town"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", folder)
    (folder / ASSUMPTIONS).write_text(OWN, encoding="utf-8")
    designed = design(folder, Chances(1, 40))
    publication = draft_of(designed.tender, date(2026, 11, 25))
    context = design_memo_context(publication, designed, "")
    own = [one for one in context.assumed if one.own]
    assert [str(one.value) for one in own] == ["16.00", "20.0", "1.50", "61.50"]
    assert "återkallade" in render_html(DESIGN_MEMO, context, publication, Language.SV)
