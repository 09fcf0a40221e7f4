"""The bundle of the story's award, unpacked and read once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evaluation.acts.desk import DECISION
from evaluation.replay import AWARD_BUNDLE, Bundle, read_bundle
from tender.publishing.examination import readable_tender


@pytest.fixture(scope="session")
def bundle_zip(story_once: Path) -> Path:
    """The ZIP that deciding wrote."""
    return story_once / DECISION / AWARD_BUNDLE


@pytest.fixture(scope="session")
def unpacked_once(bundle_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a folder; never touch it."""
    place = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(bundle_zip) as archive:
        archive.extractall(place)
    [folder] = place.iterdir()
    return folder


@pytest.fixture(scope="session")
def bundle_once(unpacked_once: Path) -> Bundle:
    """The same as read."""
    files = {
        path.relative_to(unpacked_once).as_posix(): path.read_bytes()
        for path in sorted(unpacked_once.rglob("*"))
        if path.is_file()
    }
    return read_bundle(readable_tender(unpacked_once / "source"), files)
