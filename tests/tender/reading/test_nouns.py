"""Tables against their nouns: unknown, missing and doubled things, each one finding, never two."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
import tomlkit

from tender.errors import Finding
from tender.language import Language
from tender.reading.dictionary import dictionary
from tender.reading.file import read_text
from tests.sample import sample_tender
from tests.tender.reading.folders import SAMPLE, changed, found, line_of, reading


def only(*pairs: tuple[str, str]) -> Finding:
    """The one finding of the changed sample."""
    findings = found(*pairs)
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


@pytest.mark.parametrize(
    ("old", "new", "field", "nearest"),
    [
        ("client_cap = 700", "client_cpa = 700", "framework.client_cpa", "client_cap"),
        ("client_cap = 700", "Client-Cap = 700", "framework.Client-Cap", "client_cap"),
        ("[billing]", "[biling]", "biling", "billing"),
        ("[framework.dynamic]", "[framework.dynamics]", "framework.dynamics", "dynamic"),
        ("[award.selection]", "[award.selecton]", "award.selecton", "selection"),
        ("title.fi =", "titel.fi =", "titel", "title"),
        ("title.fi =", "title.f =", "title.f", "fi"),
        ('languages = ["fi"]', 'langauges = ["fi"]', "langauges", "languages"),
        ("base = { lowest = 34.00", "base = { lowset = 34.00", "prices.capitation.base.lowset", "lowest"),
        ("synthetic = true", "sythetic = true", "sythetic", "synthetic"),
    ],
)
def test_a_typo_is_one_finding_and_its_value_is_used(old: str, new: str, field: str, nearest: str) -> None:
    """The finding stands at the typo, and the tender is the one that was meant."""
    got = reading((old, new))
    (finding,) = got.findings
    assert (finding.rule, finding.field, finding.values["nearest"]) == ("field.unknown", field, nearest)
    assert finding.place is not None
    assert finding.place.line == line_of(new, changed((old, new)))
    assert got.tender == sample_tender()
    assert got.broken == frozenset()


def test_later_findings_find_a_misspelt_table() -> None:
    """A rule speaks of the right name; its place is where the wrong one stands."""
    got = reading(("[billing]", "[biling]"))
    text = changed(("[billing]", "[biling]"))
    assert got.source.place("billing.outcome_months").line == line_of("outcome_months", text)
    assert got.source.place("billing.excluded_work").line == line_of("[biling]", text)


def test_a_key_like_nothing_says_what_belongs_there() -> None:
    """The list of names is the help."""
    finding = only(("client_cap = 700", "client_cap = 700\nsomething_else = 1"))
    assert finding.rule == "field.unknown-here"
    assert finding.values["allowed"].startswith("providers, client_total, client_cap")


def test_a_typo_of_a_field_that_is_there_is_not_used() -> None:
    """The right key wins."""
    got = reading(("client_cap = 700", "client_cap = 700\nclient_cpa = 1"))
    assert [finding.rule for finding in got.findings] == ["field.unknown"]
    assert got.tender == sample_tender()


@pytest.mark.parametrize(
    ("old", "field", "expected"),
    [
        ("client_cap = 700\n", "framework.client_cap", "field-type.integer"),
        ("production_end = 2020-12-31\n", "timetable.production_end", "field-type.date"),
        ('rule_pack = "source-2018"\n', "rule_pack", "field-type.choice"),
        ('title.fi = "Valinnanvapaus työllisyyspalveluissa" # Ääkköset ennen ja jälkeen\n', "title", "field-type.text"),
        ('steps = [{ fi = "Asiakas valitsee." }]\n', "choice.steps", "field-type.list"),
        ("clients = { siilinjarvi = 252, lapinlahti = 108 }\n", "groups[0].clients", "field-type.table"),
        ("base = { lowest = 34.00, highest = 50.00, reference = 42.00 }\n", "", ""),
        ("hours_cap = 700\n", "", ""),
    ],
)
def test_a_missing_field_is_one_finding_unless_it_may_be_left_out(old: str, field: str, expected: str) -> None:
    """The finding stands at the table that lacks it; the value is a placeholder."""
    got = reading((old, ""))
    assert got.tender is not None
    assert [(finding.rule, finding.field) for finding in got.findings] == ([("field.missing", field)] if field else [])
    assert got.broken == ({field} if field else set())
    if field:
        assert got.findings[0].values["expected"] == expected


@pytest.mark.parametrize("name", sorted(tomllib.loads(SAMPLE)))
def test_each_missing_part_of_a_tender_is_one_finding_at_most(name: str) -> None:
    """Whatever part is gone, the rest is read as it stands."""
    document = tomlkit.parse(SAMPLE)
    del document[name]
    got = read_text(tomlkit.dumps(document))
    required = dictionary().root.fields[name].required
    assert [(finding.rule, finding.field) for finding in got.findings] == (
        [("field.missing", name)] if required else []
    )
    assert got.broken == ({name} if required else set())
    whole = sample_tender()
    assert all(getattr(got.tender, other) == getattr(whole, other) for other in tomllib.loads(SAMPLE) if other != name)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('id = "lapinlahti"\nname', 'id = "siilinjarvi"\nname', "areas[1].id"),
        ('id = "average"', 'id = "easy"', "groups[1].id"),
        ('id = "hours-tracking"', 'id = "impact-plan"', "award.criteria[1].criteria[1].id"),
        ('id = "hours-tracking"', 'id = "price"', "award.criteria[1].criteria[1].id"),
        ('id = "hours-tracking"', 'id = "quality"', "award.criteria[1].criteria[1].id"),
        ('id = "interview"', 'id = "registration"', "division[1].id"),
    ],
)
def test_a_doubled_id_is_one_finding_at_the_second(old: str, new: str, field: str) -> None:
    """The finding names the place of the first; references to doubtful ids say nothing more."""
    finding = only((old, new))
    assert (finding.rule, finding.field) == ("field.duplicate-id", field)
    assert finding.values["first"].startswith("tender.toml:")
    assert finding.place is not None
    assert finding.place.line == line_of(old)


SECONDS = {
    "suitability": '[[suitability]]\nid = "experience"\nname.fi = "a"\nrequirement.fi = "b"\nevidence.fi = "c"\n',
    "conditions": '[[conditions]]\nid = "law"\ntext.fi = "a"\n',
    "impact.measures": (
        '[impact]\ndesign.fi = "a"\nmeasures = [{ id = "m", name.fi = "a", definition.fi = "b" }, '
        '{ id = "m", name.fi = "a", definition.fi = "b" }]\n'
    ),
    "dialogue.questions": (
        '[[dialogue.questions]]\nid = "q8"\nnumber = 9\nmodel.fi = "a"\ncontext.fi = "b"\nwording.fi = "c"\n'
        'kind = "open"\npurpose.fi = "d"\n'
    ),
    "bonus_sanction.indicators": (
        '[[bonus_sanction.indicators]]\nid = "education"\nname.fi = "a"\ntheme = "other"\nnumerator.fi = "a"\n'
        'denominator.fi = "a"\nunit = "%"\ntarget = 1\ntolerance = 1\nfull_scale = 2\nweight = 0\n'
        'direction = "lower"\nminimum_n = 1\nsource.fi = "a"\nlag_months = 1\ncomputed_by.fi = "a"\n'
    ),
}


@pytest.mark.parametrize("path", sorted(SECONDS))
def test_ids_are_unique_in_every_list(path: str) -> None:
    """Suitability, conditions, measures, questions, indicators."""
    finding = only(("[[conditions]]", f"{SECONDS[path]}\n[[conditions]]"))
    assert (finding.rule, finding.field) == ("field.duplicate-id", f"{path}[1].id")


def test_the_same_id_in_different_lists_is_fine() -> None:
    """A group and an area may share a name."""
    assert found(('id = "law"', 'id = "easy"')) == ()


def test_industries_have_unique_ids() -> None:
    """Two industries with one id would share their clients."""
    industries = 'industries = [{ id = "a", name.fi = "A", clients = 1 }, { id = "a", name.fi = "B", clients = 2 }]'
    finding = only(("period_months = 12", f"period_months = 12\n{industries}"))
    assert (finding.rule, finding.field) == ("field.duplicate-id", "choice.industries[1].id")


def test_a_doubled_scalar_is_one_finding() -> None:
    """Languages, tie keys and documents stand once."""
    finding = only(('tie_rule = ["quality-points",', 'tie_rule = ["lots", "quality-points",'))
    assert (finding.rule, finding.field, finding.values["found"]) == ("field.duplicate", "award.tie_rule[3]", "lots")


CLIENTS = "clients = { siilinjarvi = 252, lapinlahti = 108 }"
BANDS = "volume_bands = [{ lower = 75, upper = 125, change = 0 }]"
DOCUMENTS = 'documents = [\n  "call-for-tenders", # the first one\n  "framework-agreement",\n]'
TIES = 'tie_rule = ["quality-points", "comparison-price", "lots"]'


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("[billing]", "[[billing]]", "field.type", "billing"),
        (TIES, 'tie_rule = "lots"', "field.type", "award.tie_rule"),
        (TIES, "tie_rule = 3", "field.type", "award.tie_rule"),
        ("[[suitability]]", "[suitability]", "field.type", "suitability"),
        (CLIENTS, "clients = 360", "field.type", "groups[0].clients"),
        ('rounding = { at = "criterion", decimals = 2 }', 'rounding = "criterion"', "field.type", "award.rounding"),
        ('languages = ["fi"]', "languages = []", "field.few", "languages"),
        ('languages = ["fi"]', "languages = 5", "field.type", "languages"),
        (DOCUMENTS, 'documents = ["Call"]', "field.format", "documents[0]"),
        (BANDS, "volume_bands = [75]", "field.type", "framework.dynamic.volume_bands[0]"),
        ("parameters = {}", 'parameters = { "x y" = 1 }', "field.format", 'award.criteria[0].parameters."x y"'),
        ("parameters = {}", "parameters = []", "field.type", "award.criteria[0].parameters"),
    ],
)
def test_a_wrong_shape_is_one_finding(old: str, new: str, rule: str, field: str) -> None:
    """A table for a list, a list for a table, too few items: one finding each, and a whole tender."""
    got = reading((old, new))
    assert [(finding.rule, finding.field) for finding in got.findings] == [(rule, field)]
    assert got.tender is not None


def test_one_item_without_its_list_is_taken_for_the_list() -> None:
    """``tie_rule = "lots"`` can only mean one thing, and so can ``[suitability]`` for ``[[suitability]]``."""
    got = reading(("[[suitability]]", "[suitability]"))
    assert got.tender == sample_tender()
    assert got.source.place("suitability[0].evidence").line == line_of('evidence.fi = "Referenssit"')


WEIGHTS, FIRST, SECOND = "prices.capitation.weights", "groups[0].clients", "groups[1].clients"


@pytest.mark.parametrize(
    ("old", "new", "rule", "field", "values"),
    [
        ("average = 1,", "avrage = 1,", "reference.unknown", f"{WEIGHTS}.avrage", {"nearest": "average"}),
        ("average = 1,", "", "reference.missing", WEIGHTS, {"missing": "average"}),
        ("average = 1,", "average = 1, other = 2,", "reference.unknown", f"{WEIGHTS}.other", {"nearest": "–"}),
        ("siilinjarvi = 252,", "kuopio = 252,", "reference.unknown", f"{FIRST}.kuopio", {"nearest": "siilinjarvi"}),
        ("siilinjarvi = 252,", "", "reference.missing", FIRST, {"missing": "siilinjarvi"}),
        ("clients.lapinlahti =", "clients.lapinlathi =", "reference.unknown", f"{SECOND}.lapinlathi", {}),
        ("'lapinlahti' =", '"lapin lahti" =', "reference.unknown", 'groups[2].clients."lapin lahti"', {}),
    ],
)
def test_ids_in_maps_refer_to_what_exists(old: str, new: str, rule: str, field: str, values: dict[str, str]) -> None:
    """A group or an area that is unknown or forgotten is one finding."""
    finding = only((old, new))
    assert (finding.rule, finding.field) == (rule, field)
    assert values.items() <= finding.values.items()


def test_a_misspelt_group_keeps_its_value_and_a_forgotten_one_gets_a_placeholder() -> None:
    """Later rules find every group in every map."""
    assert reading(("average = 1,", "avrage = 1,")).tender == sample_tender()
    got = reading(("average = 1,", ""))
    assert got.tender is not None
    assert got.tender.prices.capitation.weights == {
        "easy": Decimal("0.9"),
        "average": Decimal(0),
        "hard": Decimal("1.2"),
    }
    assert got.broken == {"prices.capitation.weights.average"}


def test_ranges_by_group_must_name_every_group() -> None:
    """A price per group needs a range for each."""
    ranges = "groups = { easy = { lowest = 1, highest = 2 }, hard = { lowest = 1, highest = 2 } }"
    finding = only(("weights = { easy = 0.4, average = 0.8, hard = 1.5 }", ranges))
    assert (finding.rule, finding.field, finding.values["missing"]) == (
        "reference.missing",
        "prices.outcome.groups",
        "average",
    )


def test_a_broken_id_leaves_references_alone() -> None:
    """When an id itself cannot be trusted, what refers to it is not blamed too."""
    assert [finding.rule for finding in found(('id = "easy"', 'id = "Easy!"'))] == ["field.format"]
    assert [finding.rule for finding in found(('id = "easy"\n', ""))] == ["field.missing"]
    groups = SAMPLE[SAMPLE.index("[[groups]]") : SAMPLE.index("[prices]")]
    findings = found((groups, ""), ("documents = [", "groups = [1]\ndocuments = ["))
    assert [(finding.rule, finding.field) for finding in findings] == [("field.type", "groups[0]")]


@pytest.mark.parametrize("written", ["[]", "5", '["no"]', '"no"'])
def test_some_language_always_prevails(written: str) -> None:
    """A tender without a readable language still has one."""
    got = reading(('languages = ["fi"]', f"languages = {written}"))
    assert got.tender is not None
    assert got.tender.prevailing_language in Language


def test_findings_carry_label_and_basis() -> None:
    """The words can name the field, and the law behind it."""
    finding = only(("clients = { siilinjarvi = 252, lapinlahti = 108 }", "clients = 360"))
    assert finding.values["label"] == "field.RiskGroup.clients"
    assert finding.basis == "KHO 2019:109"


def test_choices_differ_within_their_question_only() -> None:
    """Two questions may both offer ``a``; one question may not offer it twice."""
    one, asked = '{ id = "a", label.fi = "Kyllä" }', 'affects = ["framework.client_cap"]\n'
    finding = only((asked, f"{asked}choices = [{one}, {one}]\n"))
    assert (finding.rule, finding.field) == ("field.duplicate-id", "dialogue.questions[0].choices[1].id")
    second = (
        '[[dialogue.questions]]\nid = "q9"\nnumber = 9\nmodel.fi = "M"\ncontext.fi = "C"\nwording.fi = "W"\n'
        f'kind = "choice"\npurpose.fi = "P"\nchoices = [{one}]\n\n[[conditions]]'
    )
    assert reading((asked, f"{asked}choices = [{one}]\n"), ("[[conditions]]", second)).findings == ()
