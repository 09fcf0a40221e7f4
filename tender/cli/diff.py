"""``valinta diff``: two versions of a tender, as data and as redlines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tender.console import Command, Console, common_options, console_of, day_of, option, today_option
from tender.documents.redline import Fate
from tender.language import Language
from tender.model.changes import DataChange
from tender.publishing.differences import Difference, DocumentDifference, difference, redline_files
from tender.publishing.orders import Wanted
from tender.publishing.sides import new_side, old_side

_FOLDER = click.Path(exists=True, file_okay=False)
_LANGUAGES = click.Choice([language.value for language in Language])


@click.command(cls=Command)
@click.argument("old")
@click.argument("new", type=_FOLDER)
@option("--document", "documents", multiple=True, metavar="ID", help="option.diff-document")
@option("--language-of-documents", "spoken", type=_LANGUAGES, multiple=True, help="option.diff-language")
@option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("redline"), help="option.diff-out")
@option("--author", default="Valinta", metavar="NAME", help="option.diff-author")
@today_option
@common_options
@click.pass_context
def diff(
    context: click.Context,
    /,
    old: str,
    new: str,
    out: Path,
    author: str,
    today: datetime | None,
    **options: tuple[str, ...],
) -> None:
    """Compare two versions of a tender: data, clauses, redlines."""
    console = console_of(context)
    day = day_of(today)
    wanted = Wanted(options["documents"], tuple(map(Language, options["spoken"])))
    before = old_side(old, new, day, wanted)
    found = difference(before, new_side(new, day, wanted, draft=before.draft), wanted)
    written = dict(redline_files(found, console.language, author, day))
    for name, data in written.items():
        out.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    _say(console, found, out, sorted(written))
    console.result(_plain(console, found, out, sorted(written)))


def _say(console: Console, found: Difference, out: Path, written: list[str]) -> None:
    console.say("diff.data", count=len(found.data))
    for words in found.data_words(console.language):
        console.line(f"  {words}")
    for each in found.documents:
        console.line()
        console.say("diff.document", document=each.document, language=each.language.value,
                    changed=len(each.redline.changed), unchanged=each.redline.count(Fate.UNCHANGED),
                    renumbered=each.redline.count(Fate.RENUMBERED))  # fmt: skip
        for change in each.redline.changed:
            console.line(f"  {console.words(f'redline.fate-{change.fate.value}')}: {change.title} ({change.id})")
    for term, keys in (("diff.added", found.added), ("diff.removed", found.removed)):
        for document, language in keys:
            console.say(term, document=document, language=language.value)
    console.line()
    console.say("diff.written" if written else "diff.same", folder=out, count=len(written))


def _plain(console: Console, found: Difference, out: Path, written: list[str]) -> dict[str, Any]:
    return {
        "old": found.old.name,
        "new": found.new.name,
        "data": [_change(console, change, found, index) for index, change in enumerate(found.data)],
        "documents": [_document(each) for each in found.documents],
        "added": [{"document": document, "language": language.value} for document, language in found.added],
        "removed": [{"document": document, "language": language.value} for document, language in found.removed],
        "folder": str(out) if written else None,
        "files": written,
    }


def _change(console: Console, change: DataChange, found: Difference, index: int) -> dict[str, Any]:
    words = found.data_words(console.language)[index]
    return {
        "path": change.path,
        "kind": change.kind.value,
        "language": change.language.value if change.language else None,
        "label": words.label,
        "before": words.before,
        "after": words.after,
    }


def _document(each: DocumentDifference) -> dict[str, Any]:
    return {
        "document": each.document,
        "language": each.language.value,
        "unchanged": each.redline.count(Fate.UNCHANGED),
        "renumbered": each.redline.count(Fate.RENUMBERED),
        "clauses": [
            {"id": change.id, "fate": change.fate.value, "title": change.title} for change in each.redline.changed
        ],
    }
