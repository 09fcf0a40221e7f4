"""What a market-dialogue question may change must exist."""

from __future__ import annotations

import pytest

from tender.reading.dictionary import dictionary
from tender.reading.references import leads_somewhere
from tests.sample import sample_tender
from tests.tender.reading.folders import line_of, reading


@pytest.mark.parametrize(
    "path",
    [
        "groups",
        "groups[0]",
        "groups[2].clients.siilinjarvi",
        "groups.client_months",
        "prices.capitation.weights.hard",
        "award.criteria",
        "award.criteria[1].criteria[0].weight",
        "award.criteria.criteria.scale.share",
        "bonus_sanction.indicators",
        "own_team.share",
        "title.fi",
        "texts",
    ],
)
def test_a_path_of_a_field_leads_somewhere(path: str) -> None:
    """A list may be named as a whole, by index, or through all its items; an absent part may come to be."""
    if path == "title.fi":
        assert not leads_somewhere(dictionary(), sample_tender(), path), "a text is one value"
    else:
        assert leads_somewhere(dictionary(), sample_tender(), path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "groups[3]",
        "groups[0].clients.kuopio",
        "framework.cap",
        "id.x",
        "[0]",
        "award[0]",
        "texts.none",
        "a..b",
        "impact.measures[0]",
        "own_team.name[0]",
    ],
)
def test_other_paths_lead_nowhere(path: str) -> None:
    """An index or an id must exist in the tender, a name in the dictionary."""
    assert not leads_somewhere(dictionary(), sample_tender(), path)


@pytest.mark.parametrize(
    ("path", "nearest"),
    [("framework.client_cpa", "framework.client_cap"), ("bonus.indicators", "bonus_sanction.indicators"), ("xyz", "–")],
)
def test_a_wrong_path_is_one_finding_with_the_nearest(path: str, nearest: str) -> None:
    """The finding stands at the path."""
    old = 'affects = ["framework.client_cap"]'
    got = reading((old, f'affects = ["billing", "{path}"]'))
    (finding,) = got.findings
    assert (finding.rule, finding.field) == ("reference.unknown-field", "dialogue.questions[0].affects[1]")
    assert finding.values["nearest"] == nearest
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (line_of(old), 23)


def test_a_path_that_is_no_path_is_one_finding() -> None:
    """Its form is wrong, and nothing more is said."""
    got = reading(('affects = ["framework.client_cap"]', 'affects = ["Framework / cap"]'))
    assert [finding.rule for finding in got.findings] == ["field.format"]


def test_a_tender_without_a_dialogue_refers_to_nothing() -> None:
    """No questions, no paths."""
    text = reading(('affects = ["framework.client_cap"]\n', "")).tender
    assert text is not None
    assert text.dialogue is not None
    assert text.dialogue.questions[0].affects == ()
