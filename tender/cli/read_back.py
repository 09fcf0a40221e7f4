"""``valinta review read-back``: a reviewer's DOCX as a list, and as edits of the tender's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tender.console import Command, Console, common_options, console_of, option
from tender.documents.review import Remark, RemarkKind, Review, read_review
from tender.errors import UsageError
from tender.language import Language
from tender.publishing.folder import TENDER_FILE
from tender.publishing.proposals import Proposal, Verdict, apply, document_of, proposals

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LANGUAGES = click.Choice([language.value for language in Language])


@click.command("read-back", cls=Command)
@click.argument("file", type=_FILE)
@click.argument("folder", type=_FOLDER, required=False)
@option("--document", default="", metavar="ID", help="option.review-document")
@option("--language-of-document", "spoken", type=_LANGUAGES, default=None, help="option.review-language")
@option("--apply", "wish", is_flag=True, help="option.review-apply")
@common_options
@click.pass_context
def read_back(
    context: click.Context, /, file: Path, folder: Path | None, document: str, spoken: str | None, **flags: bool
) -> None:
    """List tracked changes and comments by clause; propose edits of the files that the words came from."""
    console = console_of(context)
    if flags["wish"] and folder is None:
        raise UsageError("review.no-folder")
    review = read_review(file.read_bytes(), file.name)
    made = _proposed(review, folder, document, spoken) if folder else ()
    written = apply(made, folder) if folder and flags["wish"] else ()
    _say(console, review, made, written)
    if folder and not flags["wish"] and any(one.verdict is Verdict.EXACT for one in made):
        console.say("review.dry")
    console.result(
        {
            "file": str(file),
            "remarks": [_remark(each) for each in review.remarks],
            "proposals": [_plain(each, set(written)) for each in made],
            "written": list(written),
        }
    )


def _proposed(review: Review, folder: Path, document: str, spoken: str | None) -> tuple[Proposal, ...]:
    if not (folder / TENDER_FILE).is_file():
        raise UsageError("reading.no-file", folder=folder, file=TENDER_FILE)
    language = spoken or review.language
    if language not in set(Language):
        raise UsageError("review.no-language")
    return proposals(review, folder, document_of(review, document), Language(language))


def _say(console: Console, review: Review, made: tuple[Proposal, ...], written: tuple[str, ...]) -> None:
    console.say("review.count", count=len(review.remarks))
    clause = None
    for remark in review.remarks:
        if remark.clause != clause:
            clause = remark.clause
            console.line(f"\n{clause or console.words('review.outside')}", bold=True)
        console.line(f"  {_line(console, remark)}")
    if made:
        console.line()
        console.say("review.proposals", count=len(made))
    for each in made:
        console.line(f"\n  {console.words(f'review.verdict-{each.verdict.value}', file=each.file)}")
        console.line(f"    - {each.edit.old or '–'}")
        console.line(f"    + {each.edit.new or '–'}")
    for name in written:
        console.say("review.written", file=name)


def _line(console: Console, remark: Remark) -> str:
    kind = console.words(f"review.kind-{remark.kind.value}")
    about = f" [{remark.about}]" if remark.about else ""
    signed = ", ".join(filter(None, (remark.author, remark.date[:10])))
    return (
        f"{kind}: {remark.text}{about} ({signed})"
        if remark.kind is not RemarkKind.COMMENT
        else (f"{kind}{about}: {remark.text} ({signed})")
    )


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "clause": remark.clause or None,
        "kind": remark.kind.value,
        "author": remark.author,
        "date": remark.date or None,
        "text": remark.text,
        "about": remark.about or None,
        "paragraph": remark.paragraph,
    }


def _plain(proposal: Proposal, written: set[str]) -> dict[str, Any]:
    return {
        "clause": proposal.edit.clause or None,
        "authors": list(proposal.edit.authors),
        "old": proposal.edit.old,
        "new": proposal.edit.new,
        "verdict": proposal.verdict.value,
        "file": proposal.file or None,
        "new_file": proposal.fresh,
        "applied": proposal.verdict is Verdict.EXACT and proposal.file in written,
    }
