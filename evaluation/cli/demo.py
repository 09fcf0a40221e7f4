"""``valinta demo``: the whole story of one tender, told in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from evaluation.acts.demo import Story, Teller, chapters_of, tell
from evaluation.cli.shown import names_of, show_admissions, show_points, show_selection
from tender.console import Command, Console, common_options, console_of, option
from tender.language import Language
from tender.publishing.workshop import every_core
from tender.starting import example_names

_CHAPTERS = 11


@click.command(cls=Command)
@option("--example", type=click.Choice(example_names()), default="pohjois-savo", help="option.example")
@option("--into", "target", type=click.Path(path_type=Path), default=Path("valinta-demo"), help="option.into")
@option("--in", "languages", multiple=True, type=click.Choice([one.value for one in Language]), help="option.in")
@common_options
@click.pass_context
def demo(context: click.Context, /, example: str, target: Path, languages: tuple[str, ...], **_: object) -> None:
    """Play a whole tender from its file to a decision."""
    console = console_of(context)
    console.say("demo.begin", example=example)
    spoken = tuple(Language(one) for one in languages)
    story = tell(target, example, _teller(console, _CHAPTERS + len(chapters_of(example))), spoken, workers=every_core())
    _show(console, story)
    console.result(
        {
            "folder": str(story.folder),
            "award_hash": story.published.award_hash,
            "payment_hash": story.published.payment_hash,
            "chosen": list(story.selection.chosen.bidders),
            "points": {bid.bidder: str(bid.total) for bid in story.scored.sheet.bids},
            "documents": [str(path) for path in story.decided.documents],
            "record": {"head": story.head, "events": story.events, "proven": not story.broken},
            "published_proven": not story.proof.findings,
        }
    )
    context.exit(1 if story.broken or story.proof.findings else 0)


def _teller(console: Console, chapters: int) -> Teller:
    """Prints each chapter with its number, and the files as they are made."""
    number = iter(range(1, chapters + 1))

    def chapter(term_id: str) -> None:
        console.line(f"[{next(number)}/{chapters}] {console.words(term_id)}", bold=True)

    return Teller(chapter, lambda name: console.say("progress.file", name=name))


def _show(console: Console, story: Story) -> None:
    names = names_of(console, story.scored)
    console.line()
    console.say("demo.annex-built", tables=len(story.annex.annex.tables), cells=story.annex.audit.cells,
                hidden=story.annex.audit.hidden)  # fmt: skip
    for term_id, values in story.told:
        console.say(term_id, **values)
    console.line()
    console.say("demo.bids-heading")
    show_admissions(console, story.scored.admissions, names)
    console.line()
    console.say("demo.points-heading")
    show_points(console, story.scored)
    console.line()
    show_selection(console, story.selection, names)
    console.line()
    if story.broken or story.proof.findings:
        console.findings((*story.broken, *story.proof.findings))
    else:
        console.say("record.proven", count=story.events)
        console.say("record.head", hash=story.head)
        console.say("verify.proven", tender=story.proof.tender, version=story.proof.version, count=story.proof.files)
    console.line()
    console.say("demo.folder", folder=story.folder)
    console.say("demo.published", folder=story.published.folder)
    for path in story.decided.documents:
        console.say("demo.decision", file=path)
