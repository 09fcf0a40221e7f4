"""Fields of the whole tender that ended up inside a table, because TOML has no way back out of one.

``synthetic = true`` after ``[round]`` belongs to the round as far as TOML knows. That is one mistake, so it is one
finding: the field is taken out of the table and used where it was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender.reading.dictionary import Dictionary, Noun
from tender.reading.notes import Notes
from tender.reading.paths import child


def brought_home(dictionary: Dictionary, notes: Notes, raw: Mapping[str, Any]) -> dict[str, Any]:
    """`raw` with the top fields that it lacks, brought up from the tables where they stand."""
    home = {name: field for name, field in dictionary.root.fields.items() if name not in raw}
    found: dict[str, Any] = {}

    def search(noun: Noun, table: Mapping[str, Any], path: str) -> dict[str, Any]:
        kept = {}
        for key, value in table.items():
            here = child(path, key)
            if path and key in home and key not in noun.fields and key not in found:
                found[key] = value
                notes.aliases[key] = here
                notes.add("field.misplaced", here, home[key], found=key)
            else:
                kept[key] = below(noun, key, value, here)
        return kept

    def below(noun: Noun, key: str, value: Any, path: str) -> Any:  # noqa: ANN401 - any TOML value
        field = noun.fields.get(key)
        inner = dictionary.nouns.get(field.type.of) if field is not None else None
        if inner is None:
            return value
        if isinstance(value, dict):
            return search(inner, value, path)
        if isinstance(value, list):
            return [below(noun, key, item, child(path, index)) for index, item in enumerate(value)]
        return value

    kept = search(dictionary.root, raw, "")
    return {**found, **kept}
