"""The register: every row of the catalogue once, each with exactly one way, and words in three languages."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from tender.checks import PROVISIONS, ROWS
from tender.checks.register import GAPS, Awaited, Row, Source, Way, row_of
from tender.checks.review import weight
from tender.checks.statutes import act_of
from tender.errors import Severity
from tender.language import Language
from tender.words import words
from tests.tender.checks.drill import ROOT

CATALOGUE = ROOT.parent / "shared" / "facts" / "rules.csv"
"""The catalogue as it was researched; beside the checkout where there is one."""


def test_there_are_117_rows_each_once() -> None:
    """Nothing was dropped, and nothing stands twice."""
    counts = Counter(row.id for row in ROWS)
    assert len(counts) == len(ROWS) == 117


@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the researched catalogue is not beside the checkout")
def test_the_register_is_the_researched_catalogue() -> None:
    """Ids, order, severity, regime, irregularity code and mark of reading are those of the catalogue."""
    with CATALOGUE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    marks = {Source.READ: "V", Source.PARTLY: "V/M", Source.MEMORY: "M"}
    ours = [(r.id, r.severity.value, r.full_regime, r.irregularity, marks[r.source]) for r in ROWS]
    theirs = [
        (r["id"], r["severity"], r["regime"] == "EU", r["eforms_irregularity"], r["verified"]) for r in rows
    ]  # fmt: skip
    assert ours == theirs


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_exactly_one_way(row: Row) -> None:
    """A machine row has rules, a waiting row says for what, and only those."""
    assert (row.way is Way.WAITING) == (row.waits_for is not None)
    if row.way is Way.MACHINE:
        assert row.rules, "no rule decides it"
    if row.way is Way.WAITING:
        assert not row.rules, "a rule looks at it: it no longer waits"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
@pytest.mark.parametrize("language", Language)
def test_a_row_has_its_words(row: Row, language: Language) -> None:
    """What is checked, and a question where a person decides."""
    assert words(language).term(f"rule.{row.id}")
    assert (f"question.{row.id}" in words(language).terms) == (row.way is Way.REVIEW)


def test_every_rule_with_a_catalogue_id_points_to_a_row() -> None:
    """No rule rests on a row that there is not."""
    assert {provision.catalogue for provision in PROVISIONS} - {row.id for row in ROWS} == {""}


@pytest.mark.parametrize("row", [row for row in ROWS if row.source is Source.MEMORY], ids=lambda row: row.id)
def test_what_is_known_from_memory_only_neither_blocks_nor_prints_as_law(row: Row) -> None:
    """Its basis stays in the column that is never printed."""
    assert row.basis == ""
    assert weight(row) is not Severity.BLOCK


def test_no_rule_prints_a_basis_that_its_row_has_not_read() -> None:
    """What a row keeps as unread stands in no basis."""
    unread = {row.id: row.unread.split("; ") for row in ROWS if row.unread not in {"", "-"} and row.basis}
    for provision in PROVISIONS:
        assert not any(source in provision.basis for source in unread.get(provision.catalogue, ())), provision.rule


@pytest.mark.parametrize("language", Language)
def test_the_known_gaps_have_words(language: Language) -> None:
    """They are said in every language."""
    assert {f"gap.{gap}" for gap in GAPS} == {term for term in words(language).terms if term.startswith("gap.")}


def test_every_kind_of_work_that_is_waited_for_is_known() -> None:
    """Dialogue, evaluation, notices and data bring inputs; nothing waits for the contract work alone yet."""
    waited = {row.waits_for for row in ROWS} - {None}
    assert waited <= set(Awaited)
    assert row_of("CFT-10").waits_for is Awaited.NOTICES


def test_an_unknown_row_is_an_error() -> None:
    """A misspelt id is not passed over."""
    with pytest.raises(KeyError):
        row_of("CFT-99")
    assert act_of("1/1900") is None
