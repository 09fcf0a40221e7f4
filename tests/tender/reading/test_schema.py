"""The JSON Schema for editors says the same as the reader."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tender.language import Language
from tender.reading.dictionary import dictionary
from tender.reading.reference import schema_text
from tender.reading.schema import json_schema
from tests.tender.reading.folders import changed

ROOT = Path(__file__).parents[3]
FILES = (Path(__file__).parent / "sample.toml", *sorted(ROOT.glob("examples/*/tender.toml")))
VALIDATOR = Draft202012Validator(json_schema())


def as_editors_see_it(data: Any) -> Any:
    """TOML as JSON: days and moments become strings."""
    if isinstance(data, dict):
        return {key: as_editors_see_it(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_editors_see_it(value) for value in data]
    return data.isoformat() if isinstance(data, date | datetime | time) else data


def complaints(text: str) -> list[str]:
    """What the schema says of a TOML text."""
    data = as_editors_see_it(tomllib.loads(text, parse_float=Decimal))
    return [error.json_path for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    """In every language, and without anything that JSON cannot say."""
    for language in Language:
        schema = json_schema(language)
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema
    assert json.loads(schema_text()) == json_schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_good_files_are_valid(path: Path) -> None:
    """What the reader takes without a finding, the editor does not complain about."""
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("client_cap = 700", 'client_cap = "700"', "$.framework.client_cap"),
        ("client_cap = 700", "client_cap = 0", "$.framework.client_cap"),
        ("client_cap = 700", "client_cpa = 700", "$.framework"),
        ("vat_rate = 24", "vat_rate = 124", "$.prices.vat_rate"),
        ("decision = 2018-12-21", 'decision = "21.12.2018"', "$.timetable.decision"),
        ("decision = 2018-12-21", "decision = 2018-12-21T12:00:00", "$.timetable.decision"),
        ("opening = 2018-12-11 13:00:00", "opening = 2018-12-11", "$.timetable.opening"),
        ('falls_away = "keep"', 'falls_away = "keeep"', "$.award.falls_away"),
        ('cpv = "79611000"', 'cpv = "7961"', "$.object.cpv"),
        ('id = "easy"', 'id = "Easy"', "$.groups[0].id"),
        ('name = { fi = "Esimerkkiostaja" }', 'name = { de = "Käufer" }', "$.buyer.name"),
        ('languages = ["fi"]', "languages = []", "$.languages"),
        ('languages = ["fi"]', 'languages = ["fi", "fi"]', "$.languages"),
        ("weights = { easy = 0.4, average = 0.8, hard = 1.5 }\n", "", "$.prices.outcome"),
        ("vat_rate = 24", "vat_rate = 24\n[prices.capitation.groups]", "$.prices.capitation"),
    ],
)
def test_the_schema_sees_mistakes_where_the_reader_does(old: str, new: str, path: str) -> None:
    """The editor marks the same field."""
    assert path in complaints(changed((old, new)))


def test_every_field_is_described() -> None:
    """Hovering over a name tells what it means."""
    schema = json_schema()
    for noun in dictionary().nouns.values():
        table = schema if noun is dictionary().root else schema["$defs"][noun.name]
        assert list(table["properties"]) == list(noun.fields)
        assert all(entry["title"] and entry["description"] for entry in table["properties"].values())
        assert table["additionalProperties"] is False
