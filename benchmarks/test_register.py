"""Twenty million spells from a Parquet file made on the fly: read, judged and counted, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROWS = 20_000_000
MOST_SECONDS, MOST_MIB = 60, 2048

_MAKE = """
COPY (
    SELECT 'SYNTHETIC-' || (range // 2)::VARCHAR AS client,
        CASE range % {areas} WHEN 0 THEN 'siilinjarvi' WHEN 1 THEN 'lapinlahti' ELSE 'area-' || range % {areas} END
            AS municipality,
        ['easy', 'average', 'hard'][1 + (hash(range + 1) % 3)::INT] AS "group",
        ['female', 'male'][1 + (hash(range + 2) % 2)::INT] AS sex,
        (1956 + hash(range + 3) % 42)::INT AS birth_year,
        ['basic', 'secondary', 'tertiary', 'unknown'][1 + (hash(range + 4) % 4)::INT] AS education,
        (hash(range + 5) % 90000 + 10000)::VARCHAR AS occupation,
        DATE '2014-07-01' + (hash(range // 2) % 700)::INT + 700 * (range % 2)::INT AS started,
        CASE WHEN range % 2 = 0 OR hash(range + 7) % 3 > 0
            THEN started + (hash(range + 8) % 690)::INT END AS ended,
        CASE WHEN ended IS NULL THEN NULL WHEN hash(range + 9) % 2 = 0 THEN 'open-work'
            ELSE ['training', 'outside', 'moved'][1 + (hash(range + 10) % 3)::INT] END AS destination,
        CASE WHEN destination = 'open-work' THEN (hash(range + 11) % 1700)::INT END AS hours,
        'SYNTHETIC' AS synthetic
    FROM range({rows})
) TO '{path}' (FORMAT parquet)
"""

_COUNT = """
import json, resource, sys, time
from pathlib import Path
from tender.annexes.register.counting import count_tables
from tender.annexes.register.register import read_register
from tender.reading.file import read_tender
from tender.starting import examples_folder
tender = read_tender(Path(str(examples_folder())) / "pohjois-savo").tender
path = Path(sys.argv[1])
begun = time.perf_counter()
with read_register(path, tender, path.parent) as register:
    read = time.perf_counter()
    tables = count_tables(register, tender)
    rows, kept = register.rows, register.kept
done = time.perf_counter()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "rows": rows, "kept": kept, "cells": sum(len(table.cells) for table in tables),
    "stock": tables[0].cells["Total", "Total", "Total"].amount,
    "read_seconds": round(read - begun, 1), "count_seconds": round(done - read, 1),
    "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1), "peak_mib": usage.ru_maxrss // 1024,
}))
"""


def counted(path: Path) -> dict[str, float]:
    """What the counting of `path` took, in a new process: its peak is its own."""
    done = subprocess.run([sys.executable, "-c", _COUNT, str(path)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("areas", "rows"), [(290, ROWS), (2, ROWS // 20)], ids=["twenty-million-of-a-country", "a-million-all-counted"]
)
def test_a_large_register(benchmark: BenchmarkFixture, tmp_path: Path, areas: int, rows: int) -> None:
    """Two municipalities of a country; and the hard case, in which no row can be passed over."""
    import duckdb

    path = tmp_path / "spells.parquet"
    duckdb.execute(_MAKE.format(rows=rows, path=path, areas=areas))
    found = benchmark.pedantic(lambda: counted(path), rounds=1, iterations=1)
    benchmark.extra_info.update(found, file_mib=path.stat().st_size // 2**20)
    assert found["rows"] == rows
    assert found["read_seconds"] + found["count_seconds"] < MOST_SECONDS
    assert found["peak_mib"] < MOST_MIB
