"""How the upper houses plug into the tender: entry points, in seven groups only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any


class Group(StrEnum):
    """The seven groups of entry points."""

    COMMANDS = "valinta.commands"
    PAGES = "valinta.pages"
    CHECKS = "valinta.checks"
    DOCUMENTS = "valinta.documents"
    STATEMENTS = "valinta.statements"
    SCENARIOS = "valinta.scenarios"
    CHAPTERS = "valinta.chapters"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter that a house adds to the story of an example (`valinta demo`), between the drafts and the publication.

    Attributes:
        title: Term id of its title.
        plays: Whether the example in a folder has what the chapter tells.
        tell: Plays it in a tender folder, tells the name of each file before it is made, and gives what came of it:
            term ids of lines with the values of their words.
    """

    title: str
    plays: Callable[[Traversable], bool]
    tell: Callable[[Path, Callable[[str], None]], tuple[tuple[str, Mapping[str, object]], ...]]


def plugin_names(group: Group) -> tuple[str, ...]:
    """Names of the plug-ins of `group`, sorted; nothing is imported."""
    return tuple(entry.name for entry in _entries(group))


def plugins(group: Group) -> tuple[tuple[str, Any], ...]:
    """Name and loaded object of every plug-in of `group`, in the order of their names."""
    return tuple((entry.name, entry.load()) for entry in _entries(group))


def plugin(group: Group, name: str) -> Any:  # noqa: ANN401 - each group has its own type
    """The one plug-in of `group` called `name`, loaded; the others stay untouched.

    Raises:
        KeyError: There is none.
    """
    for entry in _entries(group):
        if entry.name == name:
            return entry.load()
    raise KeyError(name)


def _entries(group: Group) -> list[EntryPoint]:
    return sorted(entry_points(group=group.value), key=lambda entry: entry.name)
