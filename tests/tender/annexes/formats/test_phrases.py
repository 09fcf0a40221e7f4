"""Words of the files: headings that differ, numbers as each language writes them, every rule of protection told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.annexes.formats.codelists import codelists, languages_of
from tender.annexes.formats.phrases import apart, axis_labels, hidden_cells, labels, period, results, rules, say
from tender.annexes.formats.wide_sheet import MOST_TITLE, sheet_title
from tender.language import Language, Text
from tender.model.annex import Axis, Category, CellStatus, Protected
from tender.model.open_data import Guard
from tests.tender.annexes.formats.annexes import sample_annex

WORDS = st.text("aAbB (1)[]", min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_headings_always_differ(plain: list[str]) -> None:
    """Whatever the labels are, even ones that look like what is appended."""
    found = apart(plain, [str(number) for number in range(1, len(plain) + 1)])
    assert len({one.casefold() for one in found}) == len(plain)
    assert all(one.startswith(label) for one, label in zip(found, plain, strict=True))


def test_labels_that_differ_stay_as_they_are() -> None:
    """Only those that are alike get their code; capitals do not make a difference."""
    assert apart(["Muu", "muu", "Toinen"], ["1", "2", "3"]) == ("Muu (1)", "muu (2)", "Toinen")
    assert apart(["x", "x", "x (1)"], ["1", "2", "3"]) == ("x [1]", "x [2]", "x (1) [3]")


def test_labels_of_axes_and_categories_fall_back_to_a_language_that_has_them() -> None:
    """Words that are missing in one language are those of another, never blank."""
    one = Axis("area", Text("Alue"), (Category("1", Text(sv="Norr")), Category("2", Text(fi="Etelä", sv="Söder"))))
    assert labels(one, Language.EN) == ("Norr", "Etelä")
    table = replace(sample_annex().table("hours"), axes=(one, replace(one, id="other")))
    assert axis_labels(table, Language.SV) == ("Alue (area)", "Alue (other)")


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    """Thousands and decimals, days and months."""
    annex = sample_annex()
    assert period(annex, Language.FI).endswith("1.7.2017–30.6.2018.")
    assert "1\u00a0July\u00a02017 to 30\u00a0June\u00a02018" in period(annex, Language.EN)
    assert "1,400" in say("annex.method.changes", Language.EN, largest=3, total=1400)
    assert "1\u00a0400" in say("annex.method.changes", Language.SV, largest=3, total=1400)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("guard", Guard)
@pytest.mark.parametrize("proven", [True, False])
def test_every_way_of_protection_is_told_whole(language: Language, guard: Guard, proven: bool) -> None:  # noqa: FBT001
    """Threshold or base, share, counts, seed, proof: each figure that is known stands in the text."""
    is_round = guard is Guard.ROUND
    protected = Protected(guard, 7, 13, 9 if is_round else 0, "cd" * 32 if is_round else "", 8, 2, 345, proven, 17)
    annex = replace(sample_annex(), protected=protected)
    text = " ".join([*rules(annex, language), *results(annex, language)])
    wanted = ["13", "64", "8", *(["9", "1–8", "345", "cd" * 32] if is_round else ["7"])]
    wanted += [] if proven else ["1.7" if language is Language.EN else "1,7"]
    if language is Language.EN and is_round:
        wanted[wanted.index("1–8")] = "1 to 8"
    assert [one for one in wanted if one not in text] == []
    assert "{" not in text


def test_the_rule_for_hours_is_told_only_where_there_are_hours() -> None:
    """And what is hidden is counted from the cells, not from what the package claims."""
    annex = sample_annex()
    without = replace(annex, tables=annex.tables[:2], protected=replace(annex.protected, hidden=99))
    assert not any("p %" in one for one in rules(without, Language.FI))
    statuses = [cell.status for table in without.tables for cell in table.cells]
    assert hidden_cells(without) == (statuses.count(CellStatus.HIDDEN), len(statuses))
    assert "99" not in " ".join(results(without, Language.FI))


def test_sheets_are_named_by_what_they_count_and_fit_into_excel() -> None:
    """No sign that Excel forbids, at most 31 characters, never two alike."""
    annex = sample_annex()
    names = [sheet_title(table, number, Language.SV) for number, table in enumerate(annex.tables, start=1)]
    assert names == ["1 Bestånd – Arbetslöshetens lä…", "2 Påbörjade – Riskgrupp", "3 Arbetstimmar – Riskgrupp"]
    odd = replace(annex.tables[0].axes[0], label=Text("[a]:*?/\\'" * 9))
    title = sheet_title(replace(annex.tables[0], axes=(odd,)), 1, Language.FI)
    assert len(title) <= MOST_TITLE
    assert not set(title) & set("[]:*?/\\'")


def test_the_languages_are_those_of_the_title_and_lists_are_shared() -> None:
    """A tender in one language has an annex in one language."""
    annex = replace(sample_annex(), title=Text(sv="Bara svenska"), reference_day=date(2018, 6, 30))
    assert languages_of(annex) == (Language.SV,)
    names = {key: one.name for key, one in codelists(annex).items()}
    assert names["stock", "group"] == names["hours", "group"] == "codes-group"
