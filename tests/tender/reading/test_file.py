"""Reading a whole tender folder."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tender.errors import Finding, Place, Severity, UsageError
from tender.reading import Reading, read_tender
from tests.sample import sample_tender
from tests.tender.reading.folders import SAMPLE, changed, folder, found, line_of, reading

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_sample_file_is_the_sample_tender(tmp_path: Path) -> None:
    """Everything that TOML can say of a tender is read, and equals the tender in code."""
    got = read_tender(folder(tmp_path))
    assert got.tender == sample_tender()
    assert got.findings == ()
    assert got.broken == frozenset()


def test_numbers_are_exact(tmp_path: Path) -> None:
    """What the file says reaches the model without a float in between."""
    tender = read_tender(folder(tmp_path)).tender
    assert tender is not None
    assert tender.prices.capitation.weights == {"easy": Decimal("0.9"), "average": Decimal(1), "hard": Decimal("1.2")}
    assert tender.prices.outcome.base is not None
    assert str(tender.prices.outcome.base.lowest) == "0.60"


def test_moments_are_in_finnish_time() -> None:
    """A moment without an offset is Finnish, one with an offset is turned into Finnish time."""
    tender = reading(("tenders_until = 2018-12-11T12:00:00+02:00", "tenders_until = 2018-12-11T10:00:00Z")).tender
    assert tender is not None
    assert tender.timetable.tenders_until.isoformat() == "2018-12-11T12:00:00+02:00"
    assert tender.dialogue is not None
    assert tender.dialogue.closes.isoformat() == "2018-10-19T16:00:00+03:00"


@pytest.mark.parametrize("share", ['"1/3"', '" 1/3"'])
def test_a_fraction_is_a_string(share: str) -> None:
    """A third has no finite decimal form, so it is written as a fraction."""
    team = f'[own_team]\nname.fi = "Oma tiimi"\nshare = {share}\nclients = 933\n\n[buyer]'
    got = reading(("[buyer]", team))
    assert got.tender is not None
    assert got.tender.own_team is not None
    assert got.tender.own_team.share == Fraction(1, 3)
    assert got.findings == ()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    """A missing folder, a file in its stead, a folder without a tender: the command was used wrongly."""
    with pytest.raises(UsageError, match=r"reading\.no-folder"):
        read_tender(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match=r"reading\.no-folder"):
        read_tender(tmp_path / "file")
    with pytest.raises(UsageError, match=r"reading\.no-file"):
        read_tender(tmp_path)
    (tmp_path / "tender.toml").mkdir()
    with pytest.raises(UsageError, match=r"reading\.no-file"):
        read_tender(tmp_path)


def test_a_file_that_is_not_toml_gives_one_finding_and_no_tender(tmp_path: Path) -> None:
    """The finding says where the parser stopped."""
    got = read_tender(folder(tmp_path, 'schema = 1\nid = "sample\n'))
    assert got.tender is None
    assert got.source.place("award") == Place("tender.toml", 1, 1)
    (finding,) = got.findings
    assert (finding.rule, finding.severity) == ("file.syntax", Severity.BLOCK)
    assert finding.place == Place("tender.toml", 2, 13)


@pytest.mark.parametrize("version", ["2", "999"])
def test_a_file_of_a_newer_format_is_not_guessed_at(version: str) -> None:
    """A newer format gives one finding, not hundreds about fields that mean something else there."""
    got = reading(("schema = 1", f"schema = {version}"))
    assert got.tender is None
    assert [(finding.rule, finding.values["found"]) for finding in got.findings] == [("file.version", version)]
    assert got.findings[0].place == Place("tender.toml", line_of("schema = 1"), 1)


@pytest.mark.parametrize("version", ["0", "-1", "1000", "10000", '"1"', "true"])
def test_a_slip_in_the_version_is_a_slip(version: str) -> None:
    """A version that cannot be a newer one is an ordinary mistake."""
    got = reading(("schema = 1", f"schema = {version}"))
    assert got.tender is not None
    assert [finding.field for finding in got.findings] == ["schema"]


TEN_MISTAKES = (
    ('email = "kirjaamo@example.invalid"\ncontact', 'emial = "kirjaamo@example.invalid"\ncontact'),
    ('rule_pack = "source-2018"', 'rule_pack = "source-2019"'),
    ("decision = 2018-12-21\n", ""),
    ("client_cap = 700", 'client_cap = "seven hundred"'),
    ('id = "lapinlahti"\nname', 'id = "siilinjarvi"\nname'),
    ("weights = { easy = 0.9, average = 1, hard = 1.2 }", "weights = { easy = 0.9, average = 1 }"),
    ('name = { fi = "Esimerkkiostaja" }', 'name = { sv = "Exempelköparen" }'),
    ("tolerance = 1\n", "tolerance = -1\n"),
    ('affects = ["framework.client_cap"]', 'affects = ["framework.cap"]'),
    ("vat_rate = 24", "vat_rate = 24\ndiscount = 5"),
)


def test_ten_mistakes_give_ten_findings_each_at_its_line() -> None:
    """All at once, none twice, none hidden by another."""
    text = changed(*TEN_MISTAKES)
    got = reading(*TEN_MISTAKES)
    assert got.tender is not None
    rules = [(finding.rule, finding.place.line if finding.place else None) for finding in got.findings]
    assert sorted(rules, key=lambda one: one[1] or 0) == [
        ("field.choice", line_of('rule_pack = "source-2019"', text)),
        ("text.missing-language", line_of('name = { sv = "Exempelköparen" }', text)),
        ("field.unknown", line_of("emial", text)),
        ("field.missing", line_of("[timetable]", text)),
        ("field.duplicate-id", line_of('id = "siilinjarvi"\nname.fi = "Lapin', text)),
        ("field.unknown-here", line_of("discount", text)),
        ("reference.missing", line_of("weights = { easy = 0.9, average = 1 }", text)),
        ("field.range", line_of("tolerance = -1", text)),
        ("field.type", line_of("client_cap = ", text)),
        ("reference.unknown-field", line_of('affects = ["framework.cap"]', text)),
    ]


def test_findings_stand_in_the_order_of_the_file() -> None:
    """A reader goes through them from top to bottom."""
    lines = [finding.place.line or 0 for finding in found(*TEN_MISTAKES) if finding.place]
    assert lines == sorted(lines)
    assert len(lines) == len(TEN_MISTAKES)


def test_places_count_characters_not_bytes() -> None:
    """An ä before a key takes one column, as in every editor."""
    old = 'id = "siilinjarvi"\nname.fi = "Siilinjärvi"'
    line = 'name = { fi = "Siilinjärvi", se = "ää" }'
    (finding,) = found((old, f'id = "siilinjarvi"\n{line}'))
    assert finding.rule == "field.unknown-here"
    assert finding.place is not None
    assert finding.place.column == line.index("se =") + 1


def test_later_findings_get_their_places_and_those_about_placeholders_are_dropped() -> None:
    """A rule that trips over a placeholder says nothing new; one without a field or with a place stays as it is."""
    got = reading(("client_cap = 700", 'client_cap = "seven hundred"'))
    assert got.broken == {"framework.client_cap"}
    placed = Finding("other", Severity.WARN, "award", place=Place("bid.xlsx"))
    later = (
        Finding("cap.low", Severity.BLOCK, "framework.client_cap"),
        Finding("framework.odd", Severity.BLOCK, "framework"),
        Finding("cap.odd", Severity.BLOCK, "framework.client_capacity"),
        Finding("weights", Severity.BLOCK, "award.criteria[1].criteria[0].weight"),
        Finding("whole", Severity.BLOCK),
        placed,
    )
    located = got.locate(later)
    assert [finding.rule for finding in located] == ["cap.odd", "weights", "whole", "other"]
    assert located[1].place == Place("tender.toml", line_of("weight = 35"), 1)
    assert located[2].place == Place("tender.toml", 1, 1)
    assert located[3] is placed


def test_a_placeholder_never_hides_the_rest_of_the_tender() -> None:
    """With a whole table missing, all else is read as it stands."""
    start, end = SAMPLE.index("[billing]"), SAMPLE.index("[bonus_sanction]")
    got = reading((SAMPLE[start:end], ""))
    assert [(finding.rule, finding.field) for finding in got.findings] == [("field.missing", "billing")]
    assert got.tender is not None
    assert got.broken == {"billing"}
    assert got.tender.award == sample_tender().award


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*/tender.toml")), ids=lambda path: path.parent.name)
def test_the_examples_are_read_without_findings_and_fast(example: Path) -> None:
    """Every example that travels with the project is faultless, and reading it takes no time to speak of."""
    read_tender(example.parent)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        got = read_tender(example.parent)
        seconds.append(time.process_time() - start)
    assert got.tender is not None
    assert [str(finding) for finding in got.findings] == []
    assert min(seconds) < 0.15


def test_a_reading_is_a_value() -> None:
    """The same text gives the same reading."""
    one, other = reading(), reading()
    assert isinstance(one, Reading)
    assert one == other
