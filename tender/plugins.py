"""How the upper houses plug into the tender: entry points, in six groups only."""

from __future__ import annotations

from enum import StrEnum
from importlib.metadata import entry_points
from typing import Any


class Group(StrEnum):
    """The six groups of entry points."""

    COMMANDS = "valinta.commands"
    PAGES = "valinta.pages"
    CHECKS = "valinta.checks"
    DOCUMENTS = "valinta.documents"
    STATEMENTS = "valinta.statements"
    SCENARIOS = "valinta.scenarios"


def plugins(group: Group) -> tuple[tuple[str, Any], ...]:
    """Name and loaded object of every plug-in of `group`, in the order of their names."""
    found = sorted(entry_points(group=group.value), key=lambda entry: entry.name)
    return tuple((entry.name, entry.load()) for entry in found)
