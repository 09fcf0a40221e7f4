"""From the path of a field to its place."""

from __future__ import annotations

from tender.errors import Place
from tender.reading.positions import spots
from tender.reading.source_map import SourceMap

TEXT = "[framework]\nclient_cpa = 700\n\n[[groups]]\nclients = { a = 1 }\n"


def test_a_field_has_its_place_and_a_missing_one_that_of_its_table() -> None:
    """The nearest thing above that the file has is where the user looks."""
    source = SourceMap("tender.toml", spots(TEXT))
    assert source.place("groups[0].clients.a") == Place("tender.toml", 5, 13)
    assert source.place("groups[0].clients.b") == Place("tender.toml", 5, 1)
    assert source.place("groups[0].name.fi") == Place("tender.toml", 4, 1)
    assert source.place("groups[1].name") == Place("tender.toml", 4, 1)
    assert source.place("award.criteria") == Place("tender.toml", 1, 1)
    assert source.place("") == Place("tender.toml", 1, 1)
    assert source.place("not[a") == Place("tender.toml", 1, 1)


def test_a_misspelt_key_is_found_by_the_name_that_was_meant() -> None:
    """Later rules know only the right names."""
    aliases = {"framework.client_cap": "framework.client_cpa", "groups[0].volumes": "groups[0].clients"}
    source = SourceMap("tender.toml", spots(TEXT), aliases)
    assert source.place("framework.client_cap") == Place("tender.toml", 2, 1)
    assert source.place("groups[0].volumes.a") == Place("tender.toml", 5, 13)


def test_a_right_key_wins_over_an_alias() -> None:
    """What the file has under its own name is there."""
    source = SourceMap("tender.toml", spots("a = 1\nb = 2"), {"a": "b"})
    assert source.place("a") == Place("tender.toml", 1, 1)
