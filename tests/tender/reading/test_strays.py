"""Fields of the whole tender that ended up inside a table."""

from __future__ import annotations

import pytest

from tests.sample import sample_tender
from tests.tender.reading.folders import changed, line_of, reading


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("synthetic = true\n", "dialogue.questions[0].synthetic"),
        ('rule_pack = "source-2018"\n', "dialogue.questions[0].rule_pack"),
        ('languages = ["fi"]\n', "dialogue.questions[0].languages"),
    ],
)
def test_a_top_field_inside_a_table_is_one_finding_and_is_used(line: str, field: str) -> None:
    """TOML has no way back out of a table, so this happens to everybody once."""
    moved = (line, ""), ('purpose.fi = "Katon mitoitus"\n', f'purpose.fi = "Katon mitoitus"\n{line}')
    got = reading(*moved)
    (finding,) = got.findings
    assert (finding.rule, finding.field) == ("field.misplaced", field)
    assert finding.place is not None
    assert finding.place.line == line_of(line, changed(*moved))
    assert got.tender == sample_tender()
    assert got.source.place(line.split(" ", maxsplit=1)[0]) == finding.place


def test_a_field_of_both_the_table_and_the_tender_stays_in_its_table() -> None:
    """``id`` belongs to nearly everything; nothing is taken away from a table that has it."""
    got = reading(('id = "sample"\n', ""))
    assert [(finding.rule, finding.field) for finding in got.findings] == [("field.missing", "id")]


def test_a_top_field_that_is_there_already_is_only_misplaced() -> None:
    """The one at the top counts."""
    got = reading(("client_cap = 700", "client_cap = 700\nsynthetic = false"))
    assert [(finding.rule, finding.field) for finding in got.findings] == [("field.misplaced", "framework.synthetic")]
    assert got.tender == sample_tender()


def test_a_stray_in_something_that_is_no_table_is_left_alone() -> None:
    """Odd shapes have their own findings."""
    got = reading(("synthetic = true\n", ""), ("[billing]", "[billing.synthetic]"))
    assert got.tender is not None
    assert "field.misplaced" in {finding.rule for finding in got.findings}
