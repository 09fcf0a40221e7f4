"""The structure figures of the design hold; the test prints them (``pytest -s tests/house/test_structure.py``)."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from statistics import median, quantiles

import pytest

from tests.house.sources import Function, Source, body_length, imports, sources

MOST_LINES, MOST_BODY, MOST_BODY_P95, LEAST_TEST_RATIO = 400, 60, 30, 0.7


def _public(function: Function) -> bool:
    return not function.name.startswith("_")


def _unhinted(function: Function) -> list[str]:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    bare = [one.arg for one in arguments if one.annotation is None and one.arg not in {"self", "cls"}]
    return bare + (["return"] if function.returns is None else [])


def _circle() -> list[str]:
    """Modules that import each other in a ring, late imports counted too; empty when there are none."""
    known = frozenset(source.module for source in sources())
    try:
        TopologicalSorter({source.module: imports(source, known) for source in sources()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_the_figures_of_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    """Sizes of files and functions, tests against code; printed for whoever looks."""
    lines = [source.lines for source in sources() if source.lines > 0]
    bodies = [body_length(function) for source in sources() for function in source.functions()]
    tests = sum(source.lines for source in sources("tests"))
    with capsys.disabled():
        print(  # noqa: T201 - the figures are meant to be read in the test's output
            f"\nhouse: {len(lines)} files, median {median(lines):.0f}, longest {max(lines)} lines; "
            f"{len(bodies)} functions, median {median(bodies):.0f}, p95 {quantiles(bodies, n=20)[-1]:.0f}, "
            f"longest {max(bodies)}; tests/code {tests / sum(lines):.2f}; circle {_circle() or 0}"
        )
    assert max(lines) <= MOST_LINES, [source.path for source in sources() if source.lines > MOST_LINES]
    assert max(bodies) <= MOST_BODY
    assert quantiles(bodies, n=20)[-1] <= MOST_BODY_P95
    assert tests / sum(lines) >= LEAST_TEST_RATIO


@pytest.mark.parametrize("source", sources(), ids=lambda source: str(source.path))
def test_every_function_has_hints_and_every_public_thing_a_docstring(source: Source) -> None:
    """100 % hints, 100 % docstrings of public modules, classes and functions."""
    assert ast.get_docstring(source.tree), "the module says nothing about itself"
    for function in source.functions():
        assert not _unhinted(function), f"{function.name}: {_unhinted(function)}"
    public = [
        node
        for holder in ast.walk(source.tree)
        if isinstance(holder, ast.Module | ast.ClassDef)
        for node in holder.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    silent = [node.name for node in public if ast.get_docstring(node) is None]
    assert not silent


def test_there_are_no_import_circles() -> None:
    """No module imports itself through others, late imports counted too."""
    assert _circle() == []


def test_the_circle_finder_finds_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard is guarded: two modules that import each other are found."""
    trees = {"tender.a": "import tender.b", "tender.b": "from tender import a"}
    planted = tuple(
        Source(path, module, 1, ast.parse(text))
        for path, (module, text) in zip([s.path for s in sources()], trees.items(), strict=False)
    )
    monkeypatch.setattr("tests.house.test_structure.sources", lambda *_: planted)
    assert set(_circle()) == {"tender.a", "tender.b"}
