"""Clauses are read, picked by their day, overridden and numbered; every clause of the package is in order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents.clauses import (
    Clause,
    chosen_clauses,
    clauses_of,
    front_matter,
    numbered,
    read_clause,
    split_front_matter,
)
from tender.errors import UsageError
from tender.language import Language
from tender.words import templates_folder

TEXT = """+++
id = "cap"
version = 2
title = "Asiakaskatto"
basis = "HL 3 §"
valid_from = 2017-01-01
valid_to = 2024-12-31
approved = ""
level = 2
when = "capped"
+++

Katto on {{ cap }}.
"""


def clause(clause_id: str, level: int = 1, **more: object) -> Clause:
    values: dict[str, object] = {"valid_from": date(2017, 1, 1), **more}
    return Clause(clause_id, 1, clause_id, "x", "", level=level, **values)  # type: ignore[arg-type]


def test_a_clause_file() -> None:
    read = read_clause(TEXT, "10-cap.fi.md")
    assert (read.id, read.version, read.level, read.when) == ("cap", 2, 2, "capped")
    assert read.body == "Katto on {{ cap }}.\n"
    assert not read.in_force(date(2016, 12, 31))
    assert read.in_force(date(2017, 1, 1))
    assert read.in_force(date(2024, 12, 31))
    assert not read.in_force(date(2025, 1, 1))


@given(
    lines=st.lists(
        st.builds(
            "{} = {}".format,
            st.sampled_from(["id", "level", "valid_from", "Title", "a.b", ""]),
            st.one_of(
                st.text(max_size=8).map(lambda words: f'"{words}"'),
                st.sampled_from(
                    ["0", "07", "+1", "1_0", "2017-01-01", "2017-02-30", "true", "[1]", "'x'", '"a" # b', ""]
                ),
            ),
        ),
        max_size=4,
    )
)
def test_the_quick_reading_of_front_matter_is_that_of_the_toml_reader(lines: list[str]) -> None:
    """Plain lines or odd ones: the same values, or the same refusal."""
    text = "\n".join(lines)
    assert _read(front_matter, text) == _read(tomllib.loads, text)


def _read(reader: Callable[[str], dict[str, Any]], text: str) -> dict[str, Any] | None:
    """What `reader` gives; ``None`` when it refuses."""
    try:
        return reader(text)
    except ValueError:
        return None


def test_every_clause_of_the_package_is_read_alike() -> None:
    """The quick reading changes nothing."""
    for source in (templates_folder() / "clauses").iterdir():
        for file in source.iterdir():
            front, _ = split_front_matter(file.read_text(encoding="utf-8"))
            assert front_matter(front) == tomllib.loads(front), file.name


@pytest.mark.parametrize(
    "text", ["ei alkua", "+++\nid = 'x'\n", TEXT.replace("version = 2\n", ""), TEXT.replace("basis", "bases")]
)
def test_a_faulty_front_matter_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"front matter|10-cap"):
        read_clause(text, "10-cap.fi.md")


def test_the_body_may_hold_plus_signs() -> None:
    assert split_front_matter("+++\na = 1\n+++\nx\n+++\ny") == ("a = 1", "x\n+++\ny\n")


def test_the_day_and_the_context_choose() -> None:
    clauses = (
        clause("a"),
        clause("b", valid_to=date(2024, 12, 31)),
        clause("b", valid_from=date(2025, 1, 1)),
        clause("c", when="wanted"),
    )
    early = chosen_clauses(clauses, date(2018, 1, 1), {"wanted": False}, {})
    late = chosen_clauses(clauses, date(2026, 1, 1), {"wanted": True}, {})
    assert [each.id for each in early] == ["a", "b"]
    assert [each.id for each in late] == ["a", "b", "c"]
    assert late[1].valid_from == date(2025, 1, 1)


def test_two_wordings_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="two wordings"):
        chosen_clauses((clause("a"), clause("a")), date(2020, 1, 1), {}, {})


def test_overrides_replace_the_wording_and_say_so() -> None:
    whole = TEXT.replace('approved = ""', 'approved = "N. N. 1.2.2026"').replace("Katto on", "Kattomme on")
    chosen = chosen_clauses((clause("a"), clause("cap", 2)), date(2020, 1, 1), {}, {"a": "oma", "cap": whole})
    assert [(each.body, each.overridden) for each in chosen] == [("oma", True), ("Kattomme on {{ cap }}.\n", True)]
    assert chosen[1].approved == "N. N. 1.2.2026"
    assert chosen[1].when == ""
    with pytest.raises(UsageError, match="unknown-clause"):
        chosen_clauses((clause("a"),), date(2020, 1, 1), {}, {"b": "x"})


def test_numbers() -> None:
    entries = numbered((clause("cover", 0), clause("a"), clause("b", 2), clause("c", 2), clause("d"), clause("e", 2)))
    assert [entry.number for entry in entries] == ["", "1", "1.1", "1.2", "2", "2.1"]
    assert entries[1].anchor == "c-a"


def test_no_clauses_in_a_language() -> None:
    with pytest.raises(UsageError, match="no-clauses"):
        clauses_of("no-such-document", Language.EN)


NOTICES = {"contract-award-notice", "market-consultation-notice"}
"""Texts of notices, whose fields have the words of eForms: there the buyer is *ostaja*."""


def documents() -> list[str]:
    return sorted(folder.name for folder in (templates_folder() / "clauses").iterdir() if folder.is_dir())


@pytest.mark.parametrize("document", documents())
def test_every_clause_of_the_package_is_in_order(document: str) -> None:
    clauses = clauses_of(document, Language.FI)
    assert clauses[0].id == "cover"
    for each in clauses:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", each.id)
        assert each.source.split(".")[0].split("-", 1)[1].startswith(each.id), "the file is named after its clause"
        assert each.level in {0, 1, 2}
        assert (each.level == 0) == (each.id == "cover")
        assert each.title.strip() == each.title != ""
        assert each.approved == "", "no clause of the package was approved by a named lawyer yet"
        assert not re.search(r"^##? ", each.body, re.MULTILINE), "a body has ### headings only"
        assert "{% macro" not in each.body
        assert "{% include" not in each.body
        assert "|safe" not in each.body
        assert document in NOTICES or "ostaja" not in each.body.lower(), "the buyer is called tilaaja"
    for first, second in ((a, b) for a in clauses for b in clauses if a is not b and a.id == b.id):
        assert first.valid_to is not None or second.valid_to is not None, f"{first.id} has two open wordings"
