"""A tender folder: where each thing lies, what may leave it, and the secret seed of the lots."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tender.documents.document import Document
from tender.language import Language
from tender.record import Record, State, state_of

TENDER_FILE = "tender.toml"
RECORD_FILE = "record.db"
TEXTS = "texts"
CLAUSES = "clauses"
SEED_FILE = "seeds/lots.txt"
PUBLISHED = "published"
DRAFT = "draft"
_ORDER = re.compile(r"^\d+-")


def record_state(folder: Path) -> State:
    """The state that the record of `folder` gives; the empty state when nothing is recorded yet."""
    path = folder / RECORD_FILE
    if not path.exists():
        return state_of(())
    with Record.read(path) as record:
        return state_of(record.entries())


def lots_seed(folder: Path) -> str:
    """The secret seed of the lots; empty when there is none."""
    path = folder / SEED_FILE
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def keep_seed(folder: Path, seed: str) -> None:
    """Keep the secret seed of the lots, readable by its owner only."""
    path = folder / SEED_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{seed}\n", encoding="ascii")
    path.chmod(0o600)


def commitment(seed: str) -> str:
    """What is published about a secret seed: SHA-256 of its text."""
    return hashlib.sha256(seed.encode()).hexdigest()


def published_folder(folder: Path, version: int) -> Path:
    """Where publishing wrote `version`."""
    return folder / PUBLISHED / str(version)


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` to `target`, in place of whatever stood there."""
    if target.exists():
        shutil.rmtree(target)
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def swap_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` to `target` so that it holds either what it held or all of them, whenever the work stops."""
    fresh, old = (target.with_name(f".{target.name}.{ending}") for ending in ("partial", "old"))
    replace_folder(fresh, files)
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    if old.exists():
        shutil.rmtree(old)


def overrides(folder: Path, document: Document, language: Language) -> dict[str, str]:
    """The tender folder's own wording of `document` by clause id: ``clauses/<document>/[<order>-]<id>.<lang>.md``."""
    ending = f".{language.value}.md"
    return {
        _ORDER.sub("", path.name.removesuffix(ending)): path.read_text(encoding="utf-8")
        for path in sorted((folder / CLAUSES / document.clauses).glob(f"*{ending}"))
    }
