"""What must never be in the project: paths of a machine, addresses of registries, floats where money is."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess

import pytest

from tests.house.sources import ROOT, Source, sources

MONEY_ROOMS = ("tender.model", "tender.money", "evaluation.award", "evaluation.contract", "evaluation.acts")
FORBIDDEN = re.compile(r"/(?:work|home|root|opt)/[a-z.]|files\.pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org")


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    """Paths and hosts of the place where somebody worked stay out of the project."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = []
    for name in listed:
        path = ROOT / name
        if not path.is_file() or path == ROOT / "tests/house/test_hygiene.py":
            continue
        found = FORBIDDEN.search(path.read_bytes().decode("utf-8", "replace"))
        if found:
            named.append(f"{name}: {found.group()}")
    assert named == []


def _floats(source: Source) -> list[int]:
    """Lines on which a float is written or made."""
    return [
        node.lineno
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
    ]


@pytest.mark.parametrize(
    "source", [source for source in sources() if source.module.startswith(MONEY_ROOMS)], ids=lambda one: one.module
)
def test_no_float_lives_where_money_and_points_are(source: Source) -> None:
    """Euros and points are exact: no float literal and no ``float()`` in their rooms."""
    assert _floats(source) == []


def test_the_float_finder_finds_floats() -> None:
    """The guard is guarded."""
    planted = Source(ROOT, "planted", 2, ast.parse("price = 0.1\nother = float(3)\n"))
    assert _floats(planted) == [1, 2]
