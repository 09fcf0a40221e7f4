"""Plug-ins are found by group and name, and only the wanted one is imported."""

from __future__ import annotations

import pytest

from tender.plugins import Group, plugin, plugin_names, plugins


def test_the_houses_plug_in_their_commands() -> None:
    """Sorted by name, so that help is the same everywhere."""
    assert plugin_names(Group.COMMANDS) == ("bids", "demo", "design", "dialogue", "evaluate", "questions")


@pytest.mark.parametrize("group", [Group.CHECKS, Group.DOCUMENTS, Group.STATEMENTS, Group.CHAPTERS])
def test_what_is_plugged_in_loads(group: Group) -> None:
    """Every declared entry point leads to an object."""
    assert plugins(group)


def test_an_unknown_plug_in_is_a_key_error() -> None:
    """Nothing is guessed."""
    with pytest.raises(KeyError):
        plugin(Group.COMMANDS, "no-such")
