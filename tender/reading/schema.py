"""The field dictionary as a JSON Schema (draft 2020-12), for editors that complete and check `tender.toml`.

TOML days and moments reach a JSON Schema as strings, so they have patterns. What a schema cannot say (ids that refer to
each other, texts in the declared languages) the reader says.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

from tender.language import Language
from tender.reading.dictionary import Dictionary, Field, Noun, Shape, dictionary
from tender.reading.limits import FORMS, form_of
from tender.words import words

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
_KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "id": {"type": "string"},
    "path": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "fraction": {"type": ["string", "number"]},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": f"^{_DAY}$"},
    "moment": {"type": "string", "pattern": f"^{_DAY}[T ]{_CLOCK}$"},
}


def json_schema(language: Language = Language.EN) -> dict[str, Any]:
    """The schema of a tender file, with titles and descriptions in `language`."""
    book = dictionary()
    root = _noun(book, book.root, language)
    definitions = {name: _noun(book, noun, language) for name, noun in book.nouns.items() if noun is not book.root}
    choices = {name: _choice(name, choice, language) for name, choice in book.choices.items()}
    text = {"Text": _text(language)}
    return {"$schema": DRAFT, **root, "$defs": {**text, **definitions, **dict(sorted(choices.items()))}}


def _noun(book: Dictionary, noun: Noun, language: Language) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "title": words(language).term(noun.label),
        "description": noun.meaning.best(language),
        "type": "object",
        "properties": {name: _field(book, field, language) for name, field in noun.fields.items()},
        "required": [field.name for field in noun.fields.values() if field.required],
        "additionalProperties": False,
    }
    conditions = [condition for field in noun.fields.values() for condition in _conditions(field)]
    return {**schema, "allOf": conditions} if conditions else schema


def _field(book: Dictionary, field: Field, language: Language) -> dict[str, Any]:
    about: dict[str, Any] = {
        "title": words(language).term(field.label),
        "description": f"{field.meaning.best(language)} ({field.basis})"
        if field.basis
        else field.meaning.best(language),
    }
    if not field.required and isinstance(field.default, str | int):
        about["default"] = field.default
    value = _value(book, field)
    if field.type.shape is Shape.LIST:
        shape: dict[str, Any] = {"type": "array", "items": value, "minItems": field.items}
        return about | shape | ({"uniqueItems": True} if field.unique else {})
    if field.type.shape is Shape.MAP:
        return about | {
            "type": "object",
            "propertyNames": {"pattern": _pattern("name")},
            "additionalProperties": value,
        }
    if field.type.shape is Shape.FILES:
        return about | {"type": "array", "items": _string("id"), "uniqueItems": True}
    return about | value


def _value(book: Dictionary, field: Field) -> dict[str, Any]:
    of = field.type.of
    if of == "text" or of in book.nouns or of in book.choices:
        return {"$ref": f"#/$defs/{'Text' if of == 'text' else of}"}
    limits = {
        name: _number(end) for name, end in (("minimum", field.minimum), ("maximum", field.maximum)) if end is not None
    }
    if of == "fraction":
        return {**_KINDS[of], "pattern": "^[0-9]+(/[1-9][0-9]*)?$", **limits}
    form = form_of(field)
    return _string(form, empty=field.default == "") if form else {**_KINDS[of], **limits}


def _string(form: str, *, empty: bool = False) -> dict[str, Any]:
    pattern = _pattern(form)
    return {"type": "string", "pattern": f"{pattern}|^$" if empty else pattern}


def _pattern(form: str) -> str:
    r"""The form as a pattern of ECMA 262, which has ``$`` where Python has ``\Z``."""
    return f"^(?:{FORMS[form].pattern})$".replace("\\Z", "$")


def _conditions(field: Field) -> list[dict[str, Any]]:
    """When a field is needed, and when it has no place."""
    found = []
    for condition, needed in ((field.when, {"required": [field.name]}), (field.only, {})):
        for name, values in (condition or {}).items():
            holds = {"properties": {name: {"enum": list(values)}}, "required": [name]}
            found.append({"if": holds, "then": needed, "else": {"properties": {field.name: _nothing(field)}}})
    return found


def _nothing(field: Field) -> object:
    """What a field without a place may still hold: nothing, or its default, which says the same."""
    return {"const": field.default} if isinstance(field.default, str) else False


def _choice(name: str, choice: type[StrEnum], language: Language) -> dict[str, Any]:
    said = [f"{one.value}: {words(language).term(f'choice.{name}.{one.value}')}" for one in choice]
    return {"type": "string", "enum": [one.value for one in choice], "description": "; ".join(said)}


def _text(language: Language) -> dict[str, Any]:
    return {
        "title": words(language).term("field-type.text"),
        "type": "object",
        "properties": {one.value: {"type": "string", "minLength": 1} for one in Language},
        "minProperties": 1,
        "additionalProperties": False,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
