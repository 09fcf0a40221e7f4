"""A tender folder for tests, and mistakes planted into its file."""

from __future__ import annotations

from pathlib import Path

from tender.errors import Finding
from tender.reading.file import Reading, read_text

SAMPLE = (Path(__file__).parent / "sample.toml").read_text(encoding="utf-8")
"""The tender of `tests.sample` as a file."""


def changed(*pairs: tuple[str, str], text: str = SAMPLE) -> str:
    """The sample with each old piece, which must stand in it exactly once, replaced by a new one."""
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
        text = text.replace(old, new)
    return text


def found(*pairs: tuple[str, str]) -> tuple[Finding, ...]:
    """What reading the changed sample finds."""
    return reading(*pairs).findings


def reading(*pairs: tuple[str, str]) -> Reading:
    """The reading of the changed sample."""
    return read_text(changed(*pairs))


def line_of(piece: str, text: str = SAMPLE) -> int:
    """The line on which `piece` begins in `text`, from 1."""
    return text[: text.index(piece)].count("\n") + 1


def folder(path: Path, text: str = SAMPLE) -> Path:
    """A tender folder at `path` with `text` as its file."""
    (path / "tender.toml").write_text(text, encoding="utf-8", newline="")
    return path
