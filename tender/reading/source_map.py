"""From the path of a field to its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tender.errors import Place
from tender.reading.paths import ancestors
from tender.reading.positions import Spot


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where every field of a tender file stands.

    Attributes:
        file: Name of the file, for places.
        spots: Spot by path, as the file writes it.
        aliases: Path in the file by the path that was meant, where a misspelt key was taken for its nearest name.
    """

    file: str
    spots: Mapping[str, Spot]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def place(self, path: str) -> Place:
        """The place of the field at `path`, or of the nearest thing above it that the file has."""
        for above in ancestors(self._written(path)):
            spot = self.spots.get(above)
            if spot is not None:
                return Place(self.file, spot.line, spot.column)
        return Place(self.file, 1, 1)

    def _written(self, path: str) -> str:
        """`path` as the file writes it, misspelt keys included."""
        for above in ancestors(path):
            if above in self.aliases and above not in self.spots:
                return self._written(self.aliases[above] + path[len(above) :])
        return path
