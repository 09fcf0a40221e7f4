"""Where each value of a TOML text stands, from its syntax tree (tree-sitter-toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from tender.reading.paths import child

_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field stands.

    Attributes:
        line: Line of its key, table header or item, from 1.
        column: Column of the same, in characters from 1.
        value: First and last byte of its value in the UTF-8 text; ``None`` for tables that headers or dots make.
    """

    line: int
    column: int
    value: tuple[int, int] | None = None


def spots(text: str) -> Mapping[str, Spot]:
    """The spot of every path in a TOML `text` that parses; what the tree does not understand is left out."""
    data = text.encode("utf-8")
    tree = _parser().parse(data)
    return _Walk(data).document(tree.root_node)


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


class _Walk:
    """One walk over a syntax tree; it remembers how far each array of tables has come."""

    def __init__(self, data: bytes) -> None:
        self.lines = data.split(b"\n")
        self.found: dict[str, Spot] = {}
        self.implied: set[str] = set()
        self.last: dict[str, int] = {}

    def document(self, root: Node) -> Mapping[str, Spot]:
        """Every pair before the first header, then table by table."""
        for node in root.named_children:
            if node.type == "pair":
                self.pair(node, "")
            elif node.type in {"table", "table_array_element"}:
                self.table(node)
        return self.found

    def table(self, node: Node) -> None:
        """A ``[table]`` or one ``[[item]]`` with its pairs."""
        key, *rest = node.named_children
        *way, (name, _) = _names(key)
        path = ""
        for step, part in way:
            path = child(path, step)
            self.imply(path, part)
            path = self.newest(path)
        path = child(path, name)
        if node.type == "table_array_element":
            self.imply(path, node)
            self.last[path] = self.last.get(path, -1) + 1
            path = self.newest(path)
        self.note(path, node)
        for pair in rest:
            if pair.type == "pair":
                self.pair(pair, path)

    def pair(self, node: Node, above: str) -> None:
        """``key = value``; dots in the key make tables on the way."""
        key, *rest = [part for part in node.named_children if part.type != "comment"]
        *way, (name, last) = _names(key)
        path = above
        for step, part in way:
            path = child(path, step)
            self.imply(path, part)
        path = child(path, name)
        if rest:
            self.note(path, last, rest[0])
            self.value(path, rest[0])

    def value(self, path: str, node: Node) -> None:
        """What stands inside an inline table or an array."""
        inner = [part for part in node.named_children if part.type != "comment"]
        if node.type == "inline_table":
            for pair in inner:
                self.pair(pair, path)
        elif node.type == "array":
            for index, item in enumerate(inner):
                here = child(path, index)
                self.note(here, item, item)
                self.value(here, item)

    def newest(self, path: str) -> str:
        """`path`, or its newest item when it is an array of tables."""
        return child(path, self.last[path]) if path in self.last else path

    def imply(self, path: str, node: Node) -> None:
        """Note a table that is only named on the way, unless it is known."""
        if path not in self.found:
            self.note(path, node)
            self.implied.add(path)

    def note(self, path: str, node: Node, value: Node | None = None) -> None:
        """Note where `path` stands; its own header wins over a mention on the way."""
        if path in self.found and path not in self.implied:
            return
        self.implied.discard(path)
        row, column = node.start_point
        before = self.lines[row][:column]
        ahead = column if before.isascii() else len(before.decode("utf-8", "replace"))
        self.found[path] = Spot(row + 1, ahead + 1, (value.start_byte, value.end_byte) if value else None)


def _names(node: Node) -> Iterator[tuple[str, Node]]:
    """The parts of a key with their nodes, quotes taken off."""
    if node.type == "dotted_key":
        for part in node.named_children:
            if part.type in _KEYS:
                yield from _names(part)
        return
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type == "quoted_key":
        text = str(next(iter(tomllib.loads(f"{text} = 0"))))
    yield text, node
