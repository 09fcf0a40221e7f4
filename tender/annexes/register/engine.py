"""DuckDB as the register room uses it: little memory, two folders, no network, nothing that a file could switch on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"
"""Most memory of the engine; beyond it works on disk, in the same private folder."""

THREADS = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """An open engine.

    Attributes:
        connection: DuckDB's connection.
        folder: Its own folder, which vanishes with it.
    """

    connection: DuckDBPyConnection
    folder: Path

    def run(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """Rows that `sql` answers; values from outside come in `values` only, never in the text."""
        rows: list[tuple[object, ...]] = self.connection.execute(sql, list(values)).fetchall()
        return rows


@contextmanager
def engine(private: Path, memory: str = MEMORY) -> Iterator[Engine]:
    """An engine whose files lie in a new folder below `private` and vanish at the end.

    Args:
        private: The tender's private folder: what is staged there is as personal as the register.
        memory: Most memory, as DuckDB writes it.
    """
    import duckdb

    private.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".counting-", dir=private)).resolve()
    try:
        connection = duckdb.connect(str(folder / "register.db"))
        try:
            connection.execute(_settings(memory, folder))
            yield Engine(connection, folder)
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(memory: str, folder: Path) -> str:
    """Limits first; then the door to the rest of the machine is shut and locked."""
    home = str(folder).replace("'", "''")
    return f"""
        SET memory_limit = '{memory}';
        SET threads = {THREADS};
        SET temp_directory = '{home}';
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET python_enable_replacements = false;
        SET enable_progress_bar = false;
        SET allowed_directories = ['{home}'];
        SET enable_external_access = false;
        SET lock_configuration = true;
    """
