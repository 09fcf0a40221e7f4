"""The open data of the examples: made from their synthetic registers by ``python -m tests.house.example_data``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tender.annexes.building.fit import FOLDER
from tender.annexes.formats.package import write_package
from tender.annexes.register.register import PRIVATE, REGISTER
from tender.annexes.synthesis.fitting import fits_of
from tender.annexes.synthesis.spells import synthesise
from tender.annexes.synthesis.writing import NAME, csv_bytes
from tender.publishing.annex_build import Means, build
from tender.publishing.examination import readable_tender
from tender.publishing.folder import swap_folder
from tender.starting import example_names

EXAMPLES = Path(__file__).parents[2] / "examples"


def package_of(example: Path, home: Path) -> Mapping[str, bytes]:
    """The package of `example`, from the register that is invented for it in the folder `home`.

    The clock stands, so that no time limit decides what the search finds.
    """
    folder = home / example.name
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns(PRIVATE, FOLDER))
    tender = readable_tender(folder)
    assert tender.open_data is not None
    register = folder / PRIVATE / REGISTER / f"{NAME}.csv"
    register.parent.mkdir(parents=True)
    register.write_bytes(csv_bytes(synthesise(tender, tender.id, fits_of(tender.open_data))))
    means = Means(lambda: 0.0, lambda: "", 60.0, lambda *_: None, lambda *_: None, dry_run=True)
    return write_package(build(folder, means).annex)


if __name__ == "__main__":
    for name in example_names():
        with tempfile.TemporaryDirectory() as home:
            swap_folder(EXAMPLES / name / FOLDER, package_of(EXAMPLES / name, Path(home)))
