"""``valinta evaluate replay | bundle``."""

from __future__ import annotations

from pathlib import Path

import click

from evaluation.acts.deciding import bundle_again
from evaluation.acts.replay import replay
from tender.console import Command, common_options, console_of, folder_argument, option


@click.command("replay", cls=Command)
@click.argument("bundle", type=click.Path(path_type=Path))
@option("--manifest", default="", metavar="HASH", help="option.replay-manifest")
@common_options
@click.pass_context
def replay_command(context: click.Context, /, bundle: Path, manifest: str, **_: object) -> None:
    """Compute a published award again from its bundle alone."""
    console = console_of(context)
    found = replay(bundle, manifest)
    console.findings(found.findings)
    term = "replay.equal" if found.equal else "replay.differs"
    console.say(term, tender=found.tender, version=found.version, count=found.compared)
    console.say("replay.manifest", hash=found.manifest_hash)
    console.result(
        {
            "equal": found.equal,
            "tender": found.tender,
            "version": found.version,
            "manifest": found.manifest_hash,
            "compared": found.compared,
            "findings": [console.finding_json(finding) for finding in found.findings],
        }
    )
    context.exit(0 if found.equal else 1)


@click.command("bundle", cls=Command)
@folder_argument
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@common_options
@click.pass_context
def bundle_command(context: click.Context, /, folder: str, target: Path, **_: object) -> None:
    """Write the bundle of a decided award for others."""
    console = console_of(context)
    written = bundle_again(Path(folder), target)
    console.say("evaluate.bundle", file=written)
    console.result({"file": str(written)})
