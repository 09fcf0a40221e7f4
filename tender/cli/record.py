"""``valinta record show | verify | backup | restore | erase | export``."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from tender.console import Command, Group, common_options, console_of, folder_argument, moment_of, option
from tender.errors import blocking
from tender.publishing.archive import Reader
from tender.publishing.archive import export as export_bundle
from tender.publishing.folder import RECORD_FILE
from tender.record import Record
from tender.record import restore as restore_record

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=Group)
def record() -> None:
    """Commands on the record; the words stand in the term ``help.record``."""


def _open(folder: str) -> Record:
    return Record.read(Path(folder) / RECORD_FILE)


@record.command(cls=Command)
@folder_argument
@common_options
@click.pass_context
def show(context: click.Context, /, folder: str, **_: object) -> None:
    """List every event in order."""
    console = console_of(context)
    with _open(folder) as opened:
        events, head = opened.events(), opened.head
    heads = [console.words(f"record-column.{name}") for name in ("seq", "at", "kind", "actor", "hash")]
    rows = [
        [str(event.seq), f"{event.at:%Y-%m-%d %H:%M:%S}Z", console.words(f"record-kind.{event.kind.value}"),
         event.actor, event.hash[:12]]
        for event in events
    ]  # fmt: skip
    console.table(heads, rows, right=(0,))
    console.say("record.head", hash=head)
    console.result(
        {
            "head": head,
            "events": [
                {
                    "seq": event.seq,
                    "at": event.at.isoformat(),
                    "kind": event.kind.value,
                    "actor": event.actor,
                    "publicity": event.publicity.value,
                    "commitment": event.commitment,
                    "hash": event.hash,
                }
                for event in events
            ],
        }
    )


@record.command(cls=Command)
@folder_argument
@option("--head", "heads", multiple=True, metavar="HASH", help="option.head")
@common_options
@click.pass_context
def verify(context: click.Context, /, folder: str, heads: tuple[str, ...], **_: object) -> None:
    """Prove the chain; name what does not hold."""
    console = console_of(context)
    with _open(folder) as opened:
        findings = opened.verify(expected_heads=heads)
        broken = blocking(findings)
        head = "" if broken else opened.head
        count = 0 if broken else len(opened.events())
    console.findings(findings)
    if broken:
        console.say("record.not-whole", count=len(broken))
    else:
        console.say("record.proven", count=count)
        console.say("record.head", hash=head)
    console.result({"head": head, "events": count, "findings": [console.finding_json(finding) for finding in findings]})
    context.exit(1 if broken else 0)


@record.command(cls=Command)
@folder_argument
@click.argument("target", type=_FILE)
@common_options
@click.pass_context
def backup(context: click.Context, /, folder: str, target: Path, **_: object) -> None:
    """Copy the record to a new file and prove the copy."""
    console = console_of(context)
    with _open(folder) as opened:
        opened.backup(target)
        head = opened.head
    console.say("record.backed-up", file=target, hash=head)
    console.result({"file": str(target), "head": head})


@record.command(cls=Command)
@click.argument("source", type=_FILE)
@folder_argument
@option("--force", is_flag=True, help="option.force")
@common_options
@click.pass_context
def restore(context: click.Context, /, source: Path, folder: str, **flags: bool) -> None:
    """Put a proven backup in place of the record; the old one is kept aside."""
    console = console_of(context)
    restored = restore_record(source, Path(folder) / RECORD_FILE, force=flags["force"])
    console.say("record.restored", count=restored.events)
    if restored.aside:
        console.say("record.aside", file=restored.aside)
    console.result({"events": restored.events, "aside": str(restored.aside) if restored.aside else None})


@record.command(cls=Command)
@click.argument("seq", type=click.IntRange(min=1))
@folder_argument
@option("--reason", required=True, metavar="TEXT", help="option.reason")
@option("--actor", default="hankintayksikkö", metavar="NAME", help="option.actor")
@option("--early", is_flag=True, help="option.early")
@common_options
@click.pass_context
def erase(context: click.Context, /, seq: int, folder: str, reason: str, **rest: str) -> None:
    """Erase one payload; the chain still verifies."""
    console = console_of(context)
    with Record.open(Path(folder) / RECORD_FILE, lambda: moment_of(None), lambda: secrets.token_bytes(32)) as opened:
        event = opened.erase(seq, reason, rest["actor"], early=bool(rest["early"]))
    console.say("record.erased", seq=seq, event=event.seq)
    console.result({"erased": seq, "event": event.seq})


@record.command(cls=Command)
@folder_argument
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@option(
    "--for",
    "reader",
    type=click.Choice([each.value for each in Reader]),
    default=Reader.COURT.value,
    help="option.export-for",
)
@common_options
@click.pass_context
def export(context: click.Context, /, folder: str, target: Path, reader: str, **_: object) -> None:
    """Write the court and archive bundle, or a copy for a party or anybody."""
    console = console_of(context)
    done = export_bundle(Path(folder), target, Reader(reader))
    console.say("record.exported", folder=done.folder, files=done.files, events=done.events, withheld=done.withheld)
    console.say("record.head", hash=done.head)
    console.result(
        {
            "folder": str(done.folder),
            "reader": reader,
            "files": done.files,
            "events": done.events,
            "withheld": done.withheld,
            "head": done.head,
        }
    )
