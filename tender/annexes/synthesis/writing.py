"""A synthesised register as a file: the declared columns of an extract, SYNTHETIC in every row and in the name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from tender.annexes.register.columns import SYNTHETIC, columns
from tender.annexes.register.engine import engine
from tender.annexes.synthesis.spells import ATTRIBUTES, Spell

NAME = f"spells-{SYNTHETIC}"
"""Name of the file, without its end."""

HEADS = tuple(name for name in columns() if name != "industry")
"""Columns that an invented register has, in the order of the schema."""


def csv_bytes(spells: Sequence[Spell]) -> bytes:
    """The register as CSV: UTF-8, commas, a blank for what is not known."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(_rows(spells))
    return target.getvalue().encode()


def _rows(spells: Sequence[Spell]) -> Iterator[list[str]]:
    for spell in spells:
        fields = {
            "client": f"{SYNTHETIC}-{spell.client:06d}",
            "municipality": spell.area,
            "group": spell.group,
            "sex": spell.sex,
            "birth_year": str(spell.birth_year),
            "started": spell.started.isoformat(),
            "ended": spell.ended.isoformat() if spell.ended else "",
            "destination": spell.destination,
            "hours": "" if spell.hours is None else str(spell.hours),
            "synthetic": SYNTHETIC,
            **{name: spell.attributes[name] for name in ATTRIBUTES},
        }
        yield [fields[name] for name in HEADS]


def parquet_bytes(spells: Sequence[Spell], private: Path) -> bytes:
    """The register as Parquet, every column a text; made in a folder below `private` that vanishes."""
    with engine(private) as opened:
        source, target = opened.folder / "staged.csv", opened.folder / "staged.parquet"
        source.write_bytes(csv_bytes(spells))
        texts = dict.fromkeys(HEADS, "VARCHAR")
        read = opened.connection.read_csv(str(source), header=True, auto_detect=False, columns=texts)
        read.write_parquet(str(target))
        return target.read_bytes()
