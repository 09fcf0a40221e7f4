"""Starting a tender folder from one of the examples, as it is or moved to a new start of production."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from tender.errors import UsageError
from tender.reading.days import words_moved
from tender.reading.shift import moved_days, shifted

DEFAULT_EXAMPLE = "tyollisyysalue"
_TENDER_PARTS = ("tender.toml", "texts", "clauses")
_OPEN_DATA = "open-data"
_SYNTHETIC_PARTS = ("synthetic", "private", "seeds", "answers")


def examples_folder() -> Traversable:
    """The folder of examples: inside the installed package, or beside it in a checkout."""
    inside = files("tender") / "examples"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "examples"


def example_names() -> tuple[str, ...]:
    """Names of the examples, sorted."""
    return tuple(sorted(entry.name for entry in examples_folder().iterdir() if (entry / "tender.toml").is_file()))


def start_folder(target: Path, example: str, start: date | None, *, synthetic: bool = False) -> Path:
    """Copy `example` to the new folder `target`.

    Args:
        target: A folder that does not exist yet, or is empty.
        example: Name of the example.
        start: First day of production that all dates are moved to; ``None`` keeps the dates.
        synthetic: Whether the example's invented bids, answers, scores and seed come along.

    Raises:
        UsageError: `target` is in use, or there is no such example.
    """
    if example not in example_names():
        raise UsageError("new.no-example", found=example, expected=", ".join(example_names()))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError("new.in-use", folder=target)
    data = (_OPEN_DATA,) if start is None else ()  # other days are other figures: they are built anew
    parts = (*_TENDER_PARTS, *data, *(_SYNTHETIC_PARTS if synthetic else ()))
    with as_file(examples_folder() / example) as source:
        target.mkdir(parents=True, exist_ok=True)
        for part in parts:
            _copy(source / part, target / part)
    if start is not None:
        _move(target, start)
    return target


def _move(folder: Path, start: date) -> None:
    """Move every day in the tender file, and the same days where the long texts name them."""
    file = folder / "tender.toml"
    text = file.read_text(encoding="utf-8")
    moved = moved_days(text, start)
    for words in sorted((folder / "texts").glob("*.md")):
        words.write_text(words_moved(words.read_text(encoding="utf-8"), moved), encoding="utf-8")
    file.write_text(shifted(text, start), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.is_file():
        shutil.copyfile(source, target)
