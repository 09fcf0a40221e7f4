"""The field dictionary and the dataclasses of `tender.model` say the same, both ways."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest

from tender.language import NO_TEXT, Language, Text
from tender.model.tender import Tender
from tender.reading.dictionary import SCALARS, Field, FieldType, Noun, Shape, dictionary, field_type
from tender.reading.limits import FORMS
from tender.words import words

BOOK = dictionary()
FIELDS = tuple(field for noun in BOOK.nouns.values() for field in noun.fields.values())
KINDS: Mapping[object, frozenset[str]] = {
    Text: frozenset({"text"}),
    str: frozenset({"string", "id", "path"}),
    int: frozenset({"integer"}),
    Decimal: frozenset({"decimal"}),
    Fraction: frozenset({"fraction"}),
    bool: frozenset({"boolean"}),
    date: frozenset({"date"}),
    datetime: frozenset({"moment"}),
}


def hints(cls: type[Any]) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return typing.get_type_hints(cls)


def bare(hint: Any) -> Any:
    """A hint without ``| None``."""
    if isinstance(hint, types.UnionType):
        (hint,) = [one for one in typing.get_args(hint) if one is not types.NoneType]
    return hint


def inner(hint: Any) -> tuple[Shape, Any]:
    """Shape of a hint, and what is inside it."""
    hint = bare(hint)
    if typing.get_origin(hint) is tuple:
        return Shape.LIST, typing.get_args(hint)[0]
    if typing.get_origin(hint) in {Mapping, dict}:
        return Shape.MAP, typing.get_args(hint)[1]
    return Shape.ONE, hint


def written_nouns(cls: type[Any] = Tender, seen: set[type[Any]] | None = None) -> Iterator[type[Any]]:
    """Every dataclass that a person writes: the tender and all inside it; texts are a kind of value."""
    seen = set() if seen is None else seen
    seen.add(cls)
    yield cls
    for hint in hints(cls).values():
        below = inner(hint)[1]
        if dataclasses.is_dataclass(below) and below is not Text and below not in seen:
            yield from written_nouns(below, seen)  # type: ignore[arg-type]


def disagreements(noun: Noun) -> list[str]:
    """Where a noun of the dictionary and its dataclass differ."""
    declared = {field.name: field for field in dataclasses.fields(noun.cls)}
    wrong = [f"{name}: in one only" for name in declared.keys() ^ noun.fields.keys()]
    for name in declared.keys() & noun.fields.keys():
        field, hint = noun.fields[name], hints(noun.cls)[name]
        if not same_type(field.type, hint):
            wrong.append(f"{name}: {field.type} is not {hint}")
        if not same_need(field, declared[name]):
            wrong.append(f"{name}: required or default differ")
    return wrong


def same_type(kind: FieldType, hint: Any) -> bool:
    """Whether a type of the dictionary is the one that the dataclass has."""
    shape, of = inner(hint)
    if (kind.shape is Shape.FILES) is not (kind == FieldType(Shape.FILES, "text") and shape is Shape.MAP):
        return False
    if kind.shape is not Shape.FILES and kind.shape is not shape:
        return False
    return kind.of in KINDS.get(of, frozenset({getattr(of, "__name__", "")}))


def same_need(field: Field, declared: dataclasses.Field[Any]) -> bool:
    """Whether the dictionary and the dataclass agree on need and default."""
    if field.required:
        return declared.default is dataclasses.MISSING and declared.default_factory is dataclasses.MISSING
    default: object = declared.default
    return field.default == default and type(field.default) is type(default)


@pytest.mark.parametrize("noun", BOOK.nouns.values(), ids=lambda noun: noun.name)
def test_the_dictionary_agrees_with_the_model(noun: Noun) -> None:
    """Names, types, need and defaults are the same in both."""
    assert disagreements(noun) == []


def test_every_written_noun_is_in_the_dictionary_and_no_other() -> None:
    """A noun that a person writes cannot be forgotten, and none lingers."""
    assert {cls.__name__ for cls in written_nouns()} == set(BOOK.nouns)
    assert BOOK.root.cls is Tender


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("clients", {"type": field_type("integer")}),
        ("clients", {"required": False}),
        ("client_months", {"type": field_type("decimal")}),
        ("definition", {"type": field_type("string")}),
    ],
)
def test_the_comparison_sees_a_planted_difference(name: str, planted: dict[str, Any]) -> None:
    """The guard is guarded: a wrong type, a wrong need and a missing field are seen."""
    noun = BOOK.nouns["RiskGroup"]
    changed = {**noun.fields, name: dataclasses.replace(noun.fields[name], **planted)}
    assert disagreements(dataclasses.replace(noun, fields=changed))
    fewer = {key: field for key, field in noun.fields.items() if key != name}
    assert disagreements(dataclasses.replace(noun, fields=fewer))


def test_a_wrong_default_is_seen() -> None:
    """0 and False are equal in Python, but not here."""
    noun = BOOK.nouns["Timetable"]
    changed = {**noun.fields, "option_months": dataclasses.replace(noun.fields["option_months"], default=False)}
    assert disagreements(dataclasses.replace(noun, fields=changed))


def test_every_choice_is_an_enumeration_of_the_model() -> None:
    """What is neither a scalar nor a noun is an enumeration."""
    assert set(BOOK.choices) == {
        field.type.of for field in FIELDS if field.type.of not in SCALARS and field.type.of not in BOOK.nouns
    }
    assert all(issubclass(choice, StrEnum) for choice in BOOK.choices.values())


@pytest.mark.parametrize("language", Language)
def test_every_field_has_its_words(language: Language) -> None:
    """Label and meaning of every noun and field, and the words of every choice, unit, form and kind."""
    terms = words(language).terms
    needed = {noun.label for noun in BOOK.nouns.values()} | {field.label for field in FIELDS}
    needed |= {f"choice.{name}.{one.value}" for name, choice in BOOK.choices.items() for one in choice}
    needed |= {f"field-unit.{field.unit}" for field in FIELDS if field.unit}
    needed |= {f"field-form.{form}" for form in FORMS} | {f"field-type.{kind}" for kind in SCALARS}
    assert needed - set(terms) == set()
    known = {term for term in terms if term.split(".")[0] in {"noun", "field", "choice", "field-unit", "field-form"}}
    assert known - needed == set(), "words that nothing uses"
    texts = [noun.meaning for noun in BOOK.nouns.values()] + [field.meaning for field in FIELDS]
    meanings = [text.get(language) for text in texts]
    assert all(meaning and meaning.endswith(".") for meaning in meanings)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.label)
def test_the_limits_of_a_field_make_sense(field: Field) -> None:
    """Limits stand on numbers, forms on strings, items on lists; ends are in order; conditions name their siblings."""
    numeric = field.type.of in {"integer", "decimal", "fraction"}
    assert numeric or (field.minimum is None and field.maximum is None)
    assert field.minimum is None or field.maximum is None or field.minimum <= field.maximum
    assert not field.form or (field.type.of == "string" and field.form in FORMS)
    assert field.type.shape is Shape.LIST or (not field.items and not field.unique)
    assert field.type.by in {"", "group", "area", "name"}
    assert bool(field.type.by) is (field.type.shape is Shape.MAP)
    siblings = BOOK.nouns[field.noun].fields
    for condition in (field.when, field.only):
        assert not condition or not field.required
        for name, values in (condition or {}).items():
            assert set(values) <= {one.value for one in BOOK.choices[siblings[name].type.of]}


def test_a_text_that_is_left_out_says_nothing() -> None:
    """The default of an optional text is no text, of a list an empty one, of all else none."""
    assert BOOK.nouns["Criterion"].fields["evidence"].default is NO_TEXT
    assert BOOK.nouns["Criterion"].fields["scale"].default == ()
    assert BOOK.nouns["Criterion"].fields["minimum"].default is None
