"""What the tests of the house read: source files, their functions and their imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("tender", "evaluation", "market_dialogue")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the house.

    Attributes:
        path: Path relative to the checkout.
        module: Dotted name.
        lines: Number of lines.
        tree: Its syntax tree.
    """

    path: Path
    module: str
    lines: int
    tree: ast.Module

    def functions(self) -> list[Function]:
        """Every function and method in the file."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """All Python files below `folders`, the three packages by default."""
    paths = sorted(path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    return tuple(_source(path) for path in paths)


def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    relative = path.relative_to(ROOT)
    module = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Source(relative, module, text.count("\n"), ast.parse(text))


def body_length(function: Function) -> int:
    """Lines of a function's body without its docstring."""
    statements = function.body
    if ast.get_docstring(function) is not None:
        statements = statements[1:]
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def imports(source: Source, known: frozenset[str]) -> set[str]:
    """Modules of the house that `source` imports, anywhere in the file."""
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                found.add(inner if inner in known else node.module)
    return {name for name in found if name in known and name != source.module}
