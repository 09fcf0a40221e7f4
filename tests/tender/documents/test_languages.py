"""Every clause says the same in Finnish, Swedish and English: same ids and dates, same values, same numbers.

What a machine can hold equal is held equal; whether the sentences mean the same, only a reader can say.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib.resources.abc import Traversable

import pytest
from jinja2 import nodes

from tender.documents.clauses import Clause, clauses_of
from tender.documents.environment import clause_environment
from tender.language import NBSP, Language, date_text
from tender.words import templates_folder

OTHERS = (Language.SV, Language.EN)
FRONT = ("id", "version", "level", "when", "valid_from", "valid_to")
"""What stands in the front matter of every language alike."""

NAMING = ("ref", "statement", "has_statement", "has_clause", "figure", "document_title")
"""Functions whose first argument names a thing; the rest of their arguments are words."""

SPEAKING = ("table", "inset", "footnote", "figure", "signatures")
"""Functions whose arguments are words in the document's language, beside their measures."""

FINNISH_BASIS = {
    Language.SV: r"\b(HL|JulkL|KHO|Laki|ja)\b|§:",
    Language.EN: r"\b(HL|JulkL|Laki|ja)\b|§",
}
"""What would be Finnish in a basis; the Supreme Administrative Court is KHO in English too."""

MONTHS = [date_text(date(2000, month, 1), Language.EN).split(NBSP)[1] for month in range(1, 13)]

_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r">([^<>{}\n]+)[<{]")
_LINE = re.compile(r"^(\||- |\d+\. |### )", re.MULTILINE)


def translated() -> list[str]:
    """Folders of documents that are written in more than Finnish."""
    folder = templates_folder() / "clauses"
    return sorted(place.name for place in folder.iterdir() if place.is_dir() and any(_translations(place)))


def _translations(place: Traversable) -> Iterator[str]:
    for source in place.iterdir():
        if source.name.endswith((".sv.md", ".en.md")):
            yield source.name


def path_of(node: nodes.Node) -> str:
    """``framework.dynamic.volume_bands`` of an expression, as far as it is one."""
    if isinstance(node, nodes.Getattr):
        return f"{path_of(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def called(node: nodes.Call) -> str:
    """Name of the function that `node` calls; empty for a method of a value."""
    return node.node.name if isinstance(node.node, nodes.Name) else ""


def words_of(tree: nodes.Template) -> Iterator[str]:
    """Every text that a reader sees, but for the values."""
    for data in tree.find_all(nodes.TemplateData):
        yield data.data
    for call in tree.find_all(nodes.Call):
        if called(call) in SPEAKING:
            given = [*call.args, *(each.value for each in call.kwargs if each.key != "columns")]
            for argument in given:
                yield from (const.value for const in _constants(argument) if isinstance(const.value, str))


def _constants(node: nodes.Node) -> Iterator[nodes.Const]:
    if isinstance(node, nodes.Const):
        yield node
    yield from node.find_all(nodes.Const)


def traits(clause: Clause) -> dict[str, object]:
    """What must be the same in every language of `clause`."""
    tree = clause_environment(Language.FI).parse(clause.body)
    calls = list(tree.find_all(nodes.Call))
    filters = list(tree.find_all(nodes.Filter))
    tests = {test.name for test in tree.find_all(nodes.Test)}
    text = list(words_of(tree))
    return {
        **{name: getattr(clause, name) for name in FRONT},
        "values": {path_of(node) for node in tree.find_all((nodes.Getattr, nodes.Name))},
        "filters": {each.name for each in filters} | tests,
        "terms": {each.args[0].value for each in filters if each.name == "term"},  # type: ignore[attr-defined]
        "named": {(called(call), ast_text(call.args[0])) for call in calls if called(call) in NAMING},
        "functions": Counter(called(call) for call in calls),
        "numbers": numbers(" ".join(text)),
        "shape": Counter(mark.replace("1", "0") for mark in _LINE.findall(clause.body)),
        "basis": (bool(clause.basis), numbers(clause.basis)),
    }


def numbers(text: str) -> list[str]:
    """The numbers of `text`, the month of an English date among them; a word such as May alone is none."""
    named = re.sub(rf"(?<=\d )({'|'.join(MONTHS)})\b", lambda found: str(MONTHS.index(found[0]) + 1), text)
    return sorted(_NUMBER.findall(named))


def ast_text(node: nodes.Node) -> str:
    """The names and constants of an expression, to compare it by."""
    parts = (
        each.value if isinstance(each, nodes.Const) else path_of(each) for each in (node, *node.find_all(nodes.Expr))
    )
    return " ".join(str(part) for part in parts)


def differences(first: Clause, second: Clause) -> dict[str, tuple[object, object]]:
    """What differs between two languages of a clause."""
    one, other = traits(first), traits(second)
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("folder", translated())
def test_every_clause_says_the_same(folder: str, language: Language) -> None:
    finnish, other = clauses_of(folder, Language.FI), clauses_of(folder, language)
    assert [name_of(each) for each in other] == [name_of(each) for each in finnish]
    found = {one.source: differences(one, two) for one, two in zip(finnish, other, strict=True)}
    assert not {source: each for source, each in found.items() if each}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("folder", translated())
def test_no_finnish_is_left(folder: str, language: Language) -> None:
    """Neither a title nor a basis nor a sentence is the Finnish one."""
    for finnish, other in zip(clauses_of(folder, Language.FI), clauses_of(folder, language), strict=True):
        assert other.title != finnish.title
        assert not re.search(FINNISH_BASIS[language], other.basis), other.source
        alike = set(sentences(finnish)) & set(sentences(other))
        assert not alike, f"{other.source}: {alike}"


def name_of(clause: Clause) -> str:
    """The file's name without its language."""
    return clause.source.split(".", maxsplit=1)[0]


def sentences(clause: Clause) -> Iterator[str]:
    """What a reader sees of `clause` that is long enough to be a sentence or a phrase; a command is in no language."""
    for text in words_of(clause_environment(Language.FI).parse(clause.body)):
        said = re.sub("`[^`]+`", "…", text)
        yield from (part.strip() for part in re.split(r"[.|:\n]", said) if len(part.split()) > 1)


FIGURES = templates_folder() / "partials" / "figures"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", sorted(s.name[:-7] for s in FIGURES.iterdir() if s.name.endswith(".fi.svg")))
def test_every_figure_is_drawn_alike(name: str, language: Language) -> None:
    """Same shapes, arrows and values; other words, in the drawing as in what is said to those who cannot see it."""
    finnish, other = ((FIGURES / f"{name}.{each}.svg").read_text(encoding="utf-8") for each in (Language.FI, language))
    assert drawing(other) == drawing(finnish)
    alike = set(_WORDS.findall(finnish)) & set(_WORDS.findall(other))
    assert all(len(found) == 1 for found in alike), alike


def drawing(figure: str) -> tuple[list[str], list[str]]:
    """The elements of `figure` in their order, and its values."""
    return re.findall(r"<(/?\w+)", figure), re.findall(r"{[{%].*?[%}]}", figure)


BODY = """{% call table("Katto 10", columns="40 60", note="Enintään 3") %}
| Asia | Arvo |
|:--|:--|
| Katto | {{ framework.client_cap|count("asiakas", "asiakasta") }} |
{% endcall %}

Määräaika on 14 päivää ({{ ref("appeal", "kohta") }}). {{ statement("award.ties") }} {{ kind|term("documents.tie") }}

{% if buyer.unit is present %}
- {{ buyer.unit }}
{% endif %}
"""


def clause(body: str, **more: object) -> Clause:
    whole = Clause("cap", 1, "Asiakaskatto", body, "HL 3 §", date(2017, 1, 1), 2)
    return dataclasses.replace(whole, **more)  # type: ignore[arg-type]


def test_words_and_measures_may_differ() -> None:
    other = BODY.replace("asiakasta", "kunder").replace("40 60", "45 55").replace("Määräaika on", "Tiden är")
    assert not differences(
        clause(BODY), clause(other.replace('"kohta"', '"punkt"'), title="Kundtak", basis="UpphL 3 §")
    )


@pytest.mark.parametrize(
    ("before", "after", "trait"),
    [
        ("14 päivää", "10 dagar", "numbers"),
        ("Enintään 3", "Högst 4", "numbers"),
        ("Katto 10", "Tak", "numbers"),
        ('ref("appeal"', 'ref("cap"', "named"),
        ("award.ties", "award.tie", "named"),
        ("documents.tie", "documents.theme", "terms"),
        ("framework.client_cap", "framework.client_total", "values"),
        ('|count("asiakas", "asiakasta")', "", "filters"),
        (" is present", "", "filters"),
        ("- {{ buyer.unit }}", "{{ buyer.unit }}", "shape"),
        ("| Katto |", "Katto |", "shape"),
        ('{{ statement("award.ties") }}', "", "functions"),
    ],
)
def test_a_planted_difference_is_found(before: str, after: str, trait: str) -> None:
    assert before in BODY
    assert trait in differences(clause(BODY), clause(BODY.replace(before, after)))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"level": 1},
        {"when": "ranked"},
        {"valid_from": date(2020, 1, 1)},
        {"basis": "HL 4 §"},
        {"basis": ""},
    ],
)
def test_a_planted_difference_of_the_front_matter_is_found(change: dict[str, object]) -> None:
    assert differences(clause(BODY), clause(BODY, **change))
